"""Arithmetic and number functions."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from botflow_runtime.expressions import numeric
from botflow_runtime.expressions.catalog import FLOAT8, INT4, INT8, MONEY, NUMERIC, OTHER_TYPE, REAL, SMALLINT
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.numeric import CONTEXT, int4, int8
from botflow_runtime.expressions.registry import FUNCTIONS, OPERATORS
from botflow_runtime.expressions.types import SqlType

FAMILY: Final = "number"


def _within(compute: Callable[[int, int], int], bound: Callable[[int], int]) -> Callable[[int, int], int]:
    return lambda left, right: bound(compute(left, right))


def _register_whole_arithmetic() -> None:
    operations: dict[str, Callable[[int, int], int]] = {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": numeric.truncated_quotient,
    }
    for symbol, compute in operations.items():
        OPERATORS.add(FAMILY, symbol, (INT4, INT4), INT4, _within(compute, int4))
        for signature in ((INT8, INT8), (INT4, INT8), (INT8, INT4)):
            OPERATORS.add(FAMILY, symbol, signature, INT8, _within(compute, int8))
    for whole in (INT4, INT8):
        OPERATORS.add(FAMILY, "%", (whole, whole), whole, numeric.integer_remainder)
        FUNCTIONS.add(FAMILY, "mod", (whole, whole), whole, numeric.integer_remainder)


def _float_add(left: float, right: float) -> float:
    return numeric.overflow_checked(left + right, left, right)


def _float_subtract(left: float, right: float) -> float:
    return numeric.overflow_checked(left - right, left, right)


def _register_arithmetic() -> None:
    add = OPERATORS.add
    decimal: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
        "+": numeric.add,
        "-": numeric.subtract,
        "*": numeric.multiply,
        "/": numeric.divide,
        "%": numeric.remainder,
        "^": numeric.power,
    }
    for symbol, exact in decimal.items():
        add(FAMILY, symbol, (NUMERIC, NUMERIC), NUMERIC, exact)
    floating: dict[str, Callable[[float, float], float]] = {
        "+": _float_add,
        "-": _float_subtract,
        "*": numeric.float_multiply,
        "/": numeric.float_divide,
        "^": numeric.float_power,
    }
    for symbol, inexact in floating.items():
        add(FAMILY, symbol, (FLOAT8, FLOAT8), FLOAT8, inexact)
    signs: dict[SqlType, Callable[[Any], Any]] = {
        INT4: lambda value: int4(-value),
        INT8: lambda value: int8(-value),
        NUMERIC: lambda value: CONTEXT.minus(value) if value else value,
        FLOAT8: operator.neg,
    }
    for sql_type, negate in signs.items():
        add(FAMILY, "-", (sql_type,), sql_type, negate)
        add(FAMILY, "+", (sql_type,), sql_type, lambda value: value)
    OPERATORS.outside("+ - * /", (SMALLINT, SMALLINT), (REAL, REAL), (REAL, FLOAT8), (FLOAT8, REAL))
    OPERATORS.outside("+ - * / %", (SMALLINT, SMALLINT), (OTHER_TYPE, OTHER_TYPE))
    OPERATORS.outside("+ -", (SMALLINT,), (REAL,), (MONEY, MONEY))
    OPERATORS.outside("*", (INT4, MONEY), (INT8, MONEY), (FLOAT8, MONEY), (MONEY, INT4), (MONEY, INT8), (MONEY, FLOAT8))
    OPERATORS.outside("/", (MONEY, INT4), (MONEY, INT8), (MONEY, FLOAT8), (MONEY, MONEY))


def _ceil(value: Decimal) -> Decimal:
    return numeric.checked(value.to_integral_value("ROUND_CEILING")) if value.is_finite() else value


def _floor(value: Decimal) -> Decimal:
    return numeric.checked(value.to_integral_value("ROUND_FLOOR")) if value.is_finite() else value


def _float_whole(compute: Callable[[float], float]) -> Callable[[float], float]:
    """Floats from 2**52 on, infinities and NaN are whole already; the sign of zero stays."""

    def whole(value: float) -> float:
        if not abs(value) < 2**52:
            return value
        return math.copysign(float(compute(value)), value)

    return whole


def _clamped(scale: int) -> int:
    return max(-numeric.MAX_ROUND_SCALE, min(numeric.MAX_ROUND_SCALE, scale))


def _sign(value: Decimal) -> Decimal:
    return value if value.is_nan() else Decimal((value > 0) - (value < 0))


def _float_sign(value: float) -> float:
    return float((value > 0) - (value < 0))


def _float_sqrt(value: float) -> float:
    if value < 0:
        raise ExpressionError("The square root of a negative number does not exist: check the sign first.")
    return math.sqrt(value)


def _absolute(value: Decimal) -> Decimal:
    return value.copy_abs()


def _register_functions() -> None:
    add = FUNCTIONS.add
    add(FAMILY, "abs", (INT4,), INT4, lambda value: int4(abs(value)))
    add(FAMILY, "abs", (INT8,), INT8, lambda value: int8(abs(value)))
    add(FAMILY, "abs", (NUMERIC,), NUMERIC, _absolute)
    add(FAMILY, "abs", (FLOAT8,), FLOAT8, abs)
    add(FAMILY, "mod", (NUMERIC, NUMERIC), NUMERIC, numeric.remainder)
    pairs: list[tuple[str, Callable[[Decimal], Decimal], Callable[[float], float]]] = [
        ("ceil ceiling", _ceil, _float_whole(math.ceil)),
        ("floor", _floor, _float_whole(math.floor)),
        ("round", lambda value: numeric.rescaled(value, 0), _float_whole(round)),
        ("trunc", lambda value: numeric.cut(value, 0), _float_whole(math.trunc)),
        ("sqrt", numeric.square_root, _float_sqrt),
        ("sign", _sign, _float_sign),
    ]
    for names, exact, inexact in pairs:
        add(FAMILY, names, (FLOAT8,), FLOAT8, inexact)
        add(FAMILY, names, (NUMERIC,), NUMERIC, exact)
    add(FAMILY, "round", (NUMERIC, INT4), NUMERIC, lambda value, scale: numeric.rescaled(value, _clamped(scale)))
    add(FAMILY, "trunc", (NUMERIC, INT4), NUMERIC, _cut_at)
    add(FAMILY, "power pow", (FLOAT8, FLOAT8), FLOAT8, numeric.float_power)
    add(FAMILY, "power pow", (NUMERIC, NUMERIC), NUMERIC, numeric.power)
    FUNCTIONS.outside("abs mod", (SMALLINT,), (REAL,), (SMALLINT, SMALLINT))
    FUNCTIONS.outside("trunc", (OTHER_TYPE,))


def _cut_at(value: Decimal, scale: int) -> Decimal:
    return numeric.cut(value, _clamped(scale))


# width_bucket


def _width_bucket(value: Any, low: Any, high: Any, count: int) -> int:
    """Which of `count` equal buckets between two bounds; 0 below the first, count + 1 from the last bound on."""
    if count <= 0:
        raise ExpressionError("width_bucket needs a count of buckets above zero.")
    if any(each != each for each in (value, low, high)) or any(abs(bound) == math.inf for bound in (low, high)):
        raise ExpressionError("The value and bounds of width_bucket must be numbers, the bounds finite.")
    if low == high:
        raise ExpressionError("The bounds of width_bucket must differ.")
    if low > high:
        value, low, high = -value, -low, -high
    if value < low:
        return 0
    if value >= high:
        return int4(count + 1)
    return _bucket(value, low, high, count)


def _bucket(value: Any, low: Any, high: Any, count: int) -> int:
    if isinstance(value, Decimal):
        return int(CONTEXT.divide_int(CONTEXT.multiply(value - low, Decimal(count)), high - low)) + 1
    result = int(count * ((value - low) / (high - low)))
    return min(result, count - 1) + 1


def _register_buckets() -> None:
    add = FUNCTIONS.add
    for number in (FLOAT8, NUMERIC):
        add(FAMILY, "width_bucket", (number, number, number, INT4), INT4, _width_bucket)


_register_whole_arithmetic()
_register_arithmetic()
_register_functions()
_register_buckets()
