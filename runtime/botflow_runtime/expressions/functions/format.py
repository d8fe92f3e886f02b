"""to_char: dates, times, intervals and numbers in a pattern of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from botflow_runtime.expressions.catalog import (
    FLOAT8,
    INT4,
    INT8,
    INTERVAL,
    NUMERIC,
    REAL,
    TEXT,
    TIMESTAMP,
    TIMESTAMPTZ,
)
from botflow_runtime.expressions.functions.date_format import format_interval, format_timestamp, format_timestamptz
from botflow_runtime.expressions.functions.number_format import format_float, format_numeric, format_whole
from botflow_runtime.expressions.registry import FUNCTIONS
from botflow_runtime.expressions.types import SqlType

FAMILY: Final = "format"

_FORMATTERS: Final[Sequence[tuple[SqlType, Callable[..., str | None]]]] = (
    (TIMESTAMP, format_timestamp),
    (TIMESTAMPTZ, format_timestamptz),
    (INTERVAL, format_interval),
    (NUMERIC, format_numeric),
    (INT4, format_whole),
    (INT8, format_whole),
    (FLOAT8, format_float),
)

for _type, _format in _FORMATTERS:
    FUNCTIONS.add(FAMILY, "to_char", (_type, TEXT), TEXT, _format, stable=True, needs_moment=_type is TIMESTAMPTZ)
FUNCTIONS.outside("to_char", (REAL, TEXT))
