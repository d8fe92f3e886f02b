"""Placeholders inside quoted literals (engine.md 11): found when compiling, bound as text when evaluating."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NamedTuple

from botflow_runtime.expressions.errors import ExpressionError

PLACEHOLDER: Final = re.compile(r"\{\{\s*([^{}']+?)\s*\}\}")


class Placeholder(NamedTuple):
    """`{{name}}`: a key of the values given when evaluating."""

    name: str


def printed(value: Any) -> str:
    """The text of a JSON value: text as it is, null and unknown as nothing, anything else as JSON."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ExpressionError("A value is no JSON, or is nested too deeply to be printed.") from error
