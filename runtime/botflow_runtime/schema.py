"""JSON Schema of the scenario format, generated from the types, and what it says of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from botflow_runtime.problems import Problem
from botflow_runtime.scenario import ScenarioDocument


def schema_problems(raw: Mapping[str, Any]) -> list[Problem]:
    """Everything in which a mapping departs from the format."""
    try:
        ScenarioDocument.model_validate(raw)
    except ValidationError as error:
        return [
            Problem("error", "schema", item["msg"], field=".".join(str(part) for part in item["loc"]))
            for item in error.errors()
        ]
    return []
