"""= <> < <= > >= for every type."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Final

from botflow_runtime.expressions import catalog, jsonb
from botflow_runtime.expressions.calendar import date_to_timestamp, span, to_utc
from botflow_runtime.expressions.catalog import (
    ARRAYS,
    BOOLEAN,
    BYTEA,
    DATE,
    FLOAT8,
    INT4,
    INT8,
    INTERVAL,
    JSONB,
    NUMERIC,
    TEXT,
    TIME,
    TIMESTAMP,
    TIMESTAMPTZ,
    TIMETZ,
)
from botflow_runtime.expressions.moment import Moment
from botflow_runtime.expressions.registry import OPERATORS
from botflow_runtime.expressions.types import SqlType, Value

Compare = Callable[[Any, Any], bool]

FAMILY: Final = "comparison"
SYMBOLS: Final[dict[str, Compare]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _with_nan(symbol: str, compare: Compare) -> Compare:
    """NaN equals NaN and is greater than every other number."""

    def compare_numbers(left: Any, right: Any) -> bool:
        if left == left and right == right:
            return compare(left, right)
        return compare(left != left, right != right)

    return compare_numbers


def _by_key(key: Callable[[Any], Any]) -> Callable[[str, Compare], Compare]:
    def make(symbol: str, compare: Compare) -> Compare:
        return lambda left, right: compare(key(left), key(right))

    return make


def _plain(symbol: str, compare: Compare) -> Compare:
    return compare


MAKERS: Final[dict[SqlType, Callable[[str, Compare], Compare]]] = {
    **dict.fromkeys((TEXT, BOOLEAN, INT4, INT8, DATE, TIMESTAMP, TIMESTAMPTZ), _plain),
    **dict.fromkeys((NUMERIC, FLOAT8), _with_nan),
    INTERVAL: _by_key(span),
    JSONB: _by_key(jsonb.ORDER),
}


def _array_order(element: SqlType) -> Callable[[list[Value], list[Value]], int]:
    """-1, 0 or 1 for two arrays: element by element, NULL last, then the shorter first."""
    before = MAKERS[element]("<", operator.lt)

    def order(left: list[Value], right: list[Value]) -> int:
        for first, second in zip(left, right, strict=False):
            if first is None or second is None:
                if first is not second:
                    return 1 if first is None else -1
            elif before(first, second):
                return -1
            elif before(second, first):
                return 1
        return (len(left) > len(right)) - (len(left) < len(right))

    return order


def _of_array(order: Callable[[list[Value], list[Value]], int], compare: Compare) -> Compare:
    return lambda left, right: compare(order(left, right), 0)


def _as_timestamp(value: int, sql_type: SqlType) -> int:
    return date_to_timestamp(value) if sql_type is DATE else value


def _as_timestamptz(value: int, sql_type: SqlType, moment: Moment) -> int:
    return value if sql_type is TIMESTAMPTZ else to_utc(_as_timestamp(value, sql_type), moment.zone)


def _dates(compare: Compare, left: SqlType, right: SqlType) -> Compare:
    return lambda first, second: compare(_as_timestamp(first, left), _as_timestamp(second, right))


def _zoned(compare: Compare, left: SqlType, right: SqlType) -> Callable[[Moment, int, int], bool]:
    return lambda moment, first, second: compare(
        _as_timestamptz(first, left, moment), _as_timestamptz(second, right, moment)
    )


def _register(symbol: str, compare: Compare) -> None:
    for sql_type, maker in MAKERS.items():
        OPERATORS.add(FAMILY, symbol, (sql_type, sql_type), BOOLEAN, maker(symbol, compare))
    for left, right in ((INT4, INT8), (INT8, INT4)):
        OPERATORS.add(FAMILY, symbol, (left, right), BOOLEAN, compare)
    for left, right in ((DATE, TIMESTAMP), (TIMESTAMP, DATE)):
        OPERATORS.add(FAMILY, symbol, (left, right), BOOLEAN, _dates(compare, left, right))
    for other in (DATE, TIMESTAMP):
        for left, right in ((other, TIMESTAMPTZ), (TIMESTAMPTZ, other)):
            OPERATORS.add(
                FAMILY, symbol, (left, right), BOOLEAN, _zoned(compare, left, right), stable=True, needs_moment=True
            )
    for element, array in ARRAYS.items():
        OPERATORS.add(FAMILY, symbol, (array, array), BOOLEAN, _of_array(_array_order(element), compare))
    outside = (BYTEA, TIME, TIMETZ, catalog.BIT, catalog.MONEY, catalog.SMALLINT, catalog.REAL, catalog.OTHER_TYPE)
    OPERATORS.outside(symbol, *((each, each) for each in outside))


for _symbol, _compare in SYMBOLS.items():
    _register(_symbol, _compare)
