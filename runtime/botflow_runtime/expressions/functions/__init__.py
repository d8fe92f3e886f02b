"""The functions and operators of expressions, one file per family; importing this fills the registry."""

from __future__ import annotations

from botflow_runtime.expressions.functions import comparison, date, format, json, number, pattern, polymorphic, text
from botflow_runtime.expressions.registry import FUNCTIONS, OPERATORS

FAMILIES = (comparison, text, pattern, number, date, format, json, polymorphic)

__all__ = ["FAMILIES", "FUNCTIONS", "OPERATORS"]
