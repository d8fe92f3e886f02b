"""The functions and operators of expressions, one file per family; importing this fills the registry."""

from __future__ import annotations

from botflow_runtime.expressions.functions import array, comparison, date, format, json, number, pattern, text
from botflow_runtime.expressions.registry import FUNCTIONS, OPERATORS

FAMILIES = (comparison, text, pattern, number, date, format, json, array)

__all__ = ["FAMILIES", "FUNCTIONS", "OPERATORS"]
