"""The table of expressions, cases.txt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

TABLE = Path(__file__).with_name("cases.txt")


class Case(NamedTuple):
    """An expression and the values it reads."""

    feature: str
    expression: str
    values: dict[str, Any]


def table() -> dict[str, list[Case]]:
    """Every case of the table, by feature."""
    features: dict[str, list[Case]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            feature = line.removeprefix("## ")
            features[feature] = []
        elif line and not line.startswith("# "):
            expression, _, values = line.partition("\t## ")
            case = Case(feature, expression.replace("⏎", "\n"), json.loads(values) if values else {})
            features[feature].append(case)
    return features
