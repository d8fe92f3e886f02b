"""Placeholders inside quoted literals (engine.md 11): found when compiling, bound as text when evaluating."""

from __future__ import annotations

from typing import Any, NamedTuple

from botflow_runtime import templates
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.templates import PLACEHOLDER

__all__ = ["PLACEHOLDER", "Placeholder", "printed"]


class Placeholder(NamedTuple):
    """`{{name}}`: a key of the values given when evaluating."""

    name: str


def printed(value: Any) -> str:
    """The text of a JSON value, printed as in messages."""
    try:
        return templates.printed(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise ExpressionError("A value is no JSON, or is nested too deeply to be printed.") from error
