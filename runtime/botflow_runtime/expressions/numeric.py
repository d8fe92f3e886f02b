"""Numbers as PostgreSQL has them: integer and bigint with overflow, numeric with its scales, double precision."""

from __future__ import annotations

import math
import re
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal, InvalidOperation, Overflow
from typing import Final

from botflow_runtime.expressions.budget import spend
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.limits import MAX_NUMERIC_DIGITS, MAX_NUMERIC_SCALE, MAX_POWER_DIGITS
from botflow_runtime.expressions.moment import Moment

INT4_MAX: Final = 2**31 - 1
INT8_MAX: Final = 2**63 - 1
# Of PostgreSQL's numeric.h and numeric.c.
MIN_SIGNIFICANT_DIGITS: Final = 16
MAX_DISPLAY_SCALE: Final = 1_000
MAX_ROUND_SCALE: Final = 2_000
DIGITS_PER_WORD: Final = 4

# Nanoseconds, so as to hold for the slowest of each kind.
DIGIT_EFFORT: Final = 100
BIT_EFFORT: Final = 50
POWER_EFFORT: Final = 200_000
EFFORT_SHARE: Final = 32
"""A whole power multiplies for each bit of its exponent; a root takes a 32nd of the square of its digits, a fractional
power of their cube."""

CONTEXT: Final = Context(
    prec=2 * (MAX_NUMERIC_DIGITS + MAX_NUMERIC_SCALE),
    rounding=ROUND_HALF_UP,
    Emax=MAX_EMAX,
    Emin=MIN_EMIN,
    traps=[InvalidOperation, Overflow],
)
ESTIMATE: Final = Context(prec=20, Emax=MAX_EMAX, Emin=MIN_EMIN)
ESTIMATED_DIGITS: Final = 8
NEAR_ONE: Final = (Decimal("0.9"), Decimal("1.1"))
LARGEST_LOGARITHM: Final = Decimal("3.01") * MAX_ROUND_SCALE
NAN: Final = Decimal("NaN")
INFINITY: Final = Decimal("Infinity")

_INTEGER: Final = re.compile(r"[ \t\n\r\f\v]*([+-]?[0-9]+)[ \t\n\r\f\v]*")
_NUMERIC: Final = re.compile(
    r"[ \t\n\r\f\v]*([+-]?)(?:([0-9]*)(?:\.([0-9]*))?(?:e([+-]?[0-9]+))?)[ \t\n\r\f\v]*", re.IGNORECASE
)
_SPECIAL: Final = re.compile(r"[ \t\n\r\f\v]*(nan|([+-]?)inf(?:inity)?)[ \t\n\r\f\v]*", re.IGNORECASE)
_FLOAT: Final = re.compile(
    r"[ \t\n\r\f\v]*([+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|nan|inf(?:inity)?"
    r"|0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)(?:p[+-]?[0-9]+)?))[ \t\n\r\f\v]*",
    re.IGNORECASE,
)


def unreadable(text: str, type_name: str) -> ExpressionError:
    """The error of a literal that cannot be read as its type."""
    shown = text if len(text) <= 60 else f"{text[:60]}..."
    return ExpressionError(f"'{shown}' cannot be read as {type_name}.")


def out_of_range(type_name: str) -> ExpressionError:
    return ExpressionError(f"The number is out of range for {type_name}.")


def division_by_zero() -> ExpressionError:
    return ExpressionError("Division by zero: check the divisor first, for instance with NULLIF(divisor, 0).")


# integer and bigint


def int4(value: int) -> int:
    """The value, where an integer can hold it."""
    if value + 1 >= -INT4_MAX and value <= INT4_MAX:
        return value
    raise out_of_range("integer")


def int8(value: int) -> int:
    """The value, where a bigint can hold it."""
    if value + 1 >= -INT8_MAX and value <= INT8_MAX:
        return value
    raise out_of_range("bigint")


def _read_whole(text: str, type_name: str) -> int:
    match = _INTEGER.fullmatch(text)
    if match is None:
        raise unreadable(text, type_name)
    if len(match.group(1)) > 4_000:
        raise out_of_range(type_name)
    return int(match.group(1))


def read_int4(text: str, moment: Moment) -> int:
    return int4(_read_whole(text, "integer"))


def read_int8(text: str, moment: Moment) -> int:
    return int8(_read_whole(text, "bigint"))


def truncated_quotient(left: int, right: int) -> int:
    """Integer division towards zero."""
    if right == 0:
        raise division_by_zero()
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


def integer_remainder(left: int, right: int) -> int:
    """The remainder of integer division, with the sign of the left side."""
    if right == 0:
        raise division_by_zero()
    remainder = abs(left) % abs(right)
    return -remainder if left < 0 else remainder


# numeric


def checked(value: Decimal) -> Decimal:
    """The value without a negative zero, where it has no more digits than allowed."""
    if not value.is_finite():
        return NAN if value.is_nan() else value
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    spend(DIGIT_EFFORT * len(digits))
    if exponent > 0:
        if exponent + len(digits) > MAX_NUMERIC_DIGITS and value:
            raise _too_long()
        value = CONTEXT.quantize(value, Decimal(1))
    elif value.adjusted() >= MAX_NUMERIC_DIGITS or -exponent > MAX_NUMERIC_SCALE:
        raise _too_long()
    return value or value.copy_abs()


def _too_long() -> ExpressionError:
    return ExpressionError(f"A number has more than {MAX_NUMERIC_DIGITS} digits: use smaller numbers.")


def scale_of(value: Decimal) -> int:
    """Digits after the point."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def read_numeric(text: str, moment: Moment) -> Decimal:
    match = _NUMERIC.fullmatch(text)
    if match is None or not (match.group(2) or match.group(3)):
        return _read_special_numeric(text)
    sign, whole, fraction, exponent = match.groups()
    if len(text) > MAX_NUMERIC_DIGITS + MAX_NUMERIC_SCALE or (exponent and abs(int(exponent[:9])) > MAX_NUMERIC_DIGITS):
        raise _too_long()
    number = Decimal(f"{sign}{whole or ''}.{fraction or ''}e{exponent or 0}")
    return checked(number)


def _read_special_numeric(text: str) -> Decimal:
    match = _SPECIAL.fullmatch(text)
    if match is None:
        raise unreadable(text, "numeric")
    if match.group(2) is None:
        return NAN
    return -INFINITY if match.group(2) == "-" else INFINITY


def _length(value: Decimal) -> int:
    """How many digits a finite number has, before and after the point."""
    return max(value.adjusted(), 0) + 1 + scale_of(value)


def write_numeric(value: Decimal, moment: Moment) -> str:
    return format(value, "f")


def rescaled(value: Decimal, scale: int) -> Decimal:
    """Rounded half away from zero to `scale` digits after the point; a negative scale rounds before it."""
    if not value.is_finite():
        return value
    if scale < 0:
        rounded = value.quantize(Decimal(1).scaleb(-scale), context=CONTEXT)
        return checked(rounded)
    return checked(value.quantize(Decimal(1).scaleb(-scale), context=CONTEXT))


def cut(value: Decimal, scale: int) -> Decimal:
    """Truncated towards zero to `scale` digits after the point."""
    if not value.is_finite():
        return value
    context = CONTEXT.copy()
    context.rounding = "ROUND_DOWN"
    return checked(value.quantize(Decimal(1).scaleb(-scale), context=context))


def constrained(value: Decimal, precision: int, scale: int) -> Decimal:
    """A value of numeric(precision, scale)."""
    if value.is_nan():
        return value
    if value.is_infinite():
        raise ExpressionError(f"numeric({precision},{scale}) cannot hold an infinite value.")
    rounded = rescaled(value, scale)
    if rounded and rounded.adjusted() >= precision - scale:
        raise ExpressionError(f"The number does not fit numeric({precision},{scale}).")
    return rounded


def add(left: Decimal, right: Decimal) -> Decimal:
    if left.is_finite() and right.is_finite():
        return checked(CONTEXT.add(left, right))
    if left.is_infinite() and right.is_infinite() and left != right:
        return NAN
    return left + right


def subtract(left: Decimal, right: Decimal) -> Decimal:
    return add(left, right.copy_negate()) if not right.is_nan() else NAN


def multiply(left: Decimal, right: Decimal) -> Decimal:
    if not (left.is_finite() and right.is_finite()):
        if left.is_nan() or right.is_nan() or not left or not right:
            return NAN
        return CONTEXT.multiply(left, right)
    product = CONTEXT.multiply(left, right)
    if scale_of(product) > MAX_NUMERIC_SCALE:
        product = product.quantize(Decimal(1).scaleb(-MAX_NUMERIC_SCALE), context=CONTEXT)
    return checked(product)


def _leading_word(value: Decimal) -> tuple[int, int]:
    """Weight and value of the first base-10000 digit, in which PostgreSQL stores a numeric."""
    if not value:
        return 0, 0
    weight = value.adjusted() // DIGITS_PER_WORD
    return weight, int(abs(value).scaleb(-DIGITS_PER_WORD * weight, context=CONTEXT))


def _quotient_scale(left: Decimal, right: Decimal) -> int:
    """Digits after the point of a quotient (select_div_scale of numeric.c)."""
    left_weight, left_digit = _leading_word(left)
    right_weight, right_digit = _leading_word(right)
    weight = left_weight - right_weight - (left_digit <= right_digit)
    scale = max(MIN_SIGNIFICANT_DIGITS - weight * DIGITS_PER_WORD, scale_of(left), scale_of(right), 0)
    return min(scale, MAX_DISPLAY_SCALE)


def quotient(left: Decimal, right: Decimal, scale: int) -> Decimal:
    """left / right, rounded half away from zero to `scale` digits after the point."""
    spend(DIGIT_EFFORT * _length(left))
    # One digit more than asked for, cut off, decides the rounding.
    one_more = CONTEXT.divide_int(left.scaleb(scale + 1, context=CONTEXT), right)
    return checked(one_more.scaleb(-scale - 1, context=CONTEXT).quantize(Decimal(1).scaleb(-scale), context=CONTEXT))


def divide(left: Decimal, right: Decimal) -> Decimal:
    if left.is_nan() or right.is_nan():
        return NAN
    if left.is_infinite():
        return _divide_infinite(left, right)
    if right.is_infinite():
        return Decimal(0)
    if not right:
        raise division_by_zero()
    return quotient(left, right, _quotient_scale(left, right))


def _divide_infinite(left: Decimal, right: Decimal) -> Decimal:
    if right.is_infinite():
        return NAN
    if not right:
        raise division_by_zero()
    return left if right > 0 else -left


def remainder(left: Decimal, right: Decimal) -> Decimal:
    if left.is_nan() or right.is_nan():
        return NAN
    if left.is_infinite():
        if not right:
            raise division_by_zero()
        return NAN
    if right.is_infinite():
        return left
    if not right:
        raise division_by_zero()
    spend(DIGIT_EFFORT * _length(left))
    result = CONTEXT.remainder(left, right)
    return checked(result.quantize(Decimal(1).scaleb(-max(scale_of(left), scale_of(right))), context=CONTEXT))


def square_root(value: Decimal) -> Decimal:
    if value.is_nan() or value == INFINITY:
        return value
    if value < 0:
        raise ExpressionError("The square root of a negative number does not exist: check the sign first.")
    weight = _leading_word(value)[0]
    result_weight = (weight + 1) * DIGITS_PER_WORD // 2 - 1
    scale = min(max(MIN_SIGNIFICANT_DIGITS - result_weight, scale_of(value), 0), MAX_DISPLAY_SCALE)
    spend((max(value.adjusted(), 0) + 2 * (scale + 1)) ** 2 // EFFORT_SHARE)
    # Cut to one digit more than asked for, as in `quotient`.
    scaled = int(value.scaleb(2 * (scale + 1), context=CONTEXT).to_integral_value("ROUND_DOWN"))
    root = Decimal(math.isqrt(scaled)).scaleb(-scale - 1, context=CONTEXT)
    return checked(root.quantize(Decimal(1).scaleb(-scale), context=CONTEXT))


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """base ^ exponent with the scale PostgreSQL gives it (numeric_power and power_var of numeric.c)."""
    if not (base.is_finite() and exponent.is_finite()):
        return _special_power(base, exponent)
    _check_power(base, exponent)
    if exponent == exponent.to_integral_value() and -INT4_MAX - 1 <= exponent <= INT4_MAX:
        return _whole_power(base, int(exponent))
    return _fractional_power(base, exponent)


def _check_power(base: Decimal, exponent: Decimal) -> None:
    if not base and exponent < 0:
        raise ExpressionError("Zero cannot be raised to a negative power.")
    if base < 0 and exponent != exponent.to_integral_value():
        raise ExpressionError("A negative number cannot be raised to a fraction.")


def _whole_power(base: Decimal, exponent: int) -> Decimal:
    scale = min(max(MIN_SIGNIFICANT_DIGITS, scale_of(base)), MAX_DISPLAY_SCALE)
    if not base:
        return rescaled(Decimal(1 if exponent == 0 else 0), scale)
    magnitude = exponent * float(base.copy_abs().log10(Context(prec=20)))
    if magnitude > MAX_NUMERIC_DIGITS:
        raise _too_long()
    if magnitude + 1 < -scale:
        return rescaled(Decimal(0), scale)
    precision = max(1, scale + int(magnitude)) + 30
    spend(precision * (DIGIT_EFFORT + BIT_EFFORT * exponent.bit_length()))
    context = Context(prec=precision, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN)
    return rescaled(context.power(base, exponent), scale)


def _fractional_power(base: Decimal, exponent: Decimal) -> Decimal:
    if not base:
        return rescaled(Decimal(0), MIN_SIGNIFICANT_DIGITS)
    if len(base.as_tuple().digits) > MAX_POWER_DIGITS:
        raise ExpressionError(f"A base of more than {MAX_POWER_DIGITS} digits has no such power here: round it first.")
    negative = base < 0 and _is_odd(exponent)
    base = base.copy_abs()
    logarithm = _estimated_logarithm(base, exponent)
    if abs(logarithm) > LARGEST_LOGARITHM:
        if logarithm > 0:
            raise out_of_range("numeric")
        return rescaled(Decimal(0), MAX_DISPLAY_SCALE)
    magnitude = int(float(logarithm) * 0.434294481903252)
    scale = min(max(MIN_SIGNIFICANT_DIGITS - magnitude, scale_of(base), scale_of(exponent), 0), MAX_DISPLAY_SCALE)
    precision = scale + abs(magnitude) + 30
    spend(POWER_EFFORT + precision**3 // EFFORT_SHARE)
    context = Context(prec=precision, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN)
    result = rescaled(context.power(base, exponent), scale)
    return -result if negative else result


def _estimated_logarithm(base: Decimal, exponent: Decimal) -> Decimal:
    """The natural logarithm of base ^ exponent, to as many digits as PostgreSQL chooses the result's scale by.

    Not as a float: the logarithm of 1 is 0 and an exponent may be larger than any float; their product would be NaN.
    """
    logarithm = base.ln(ESTIMATE)
    if not logarithm:
        return logarithm
    near_one = NEAR_ONE[0] <= base <= NEAR_ONE[1]
    weight = CONTEXT.subtract(base, Decimal(1)).adjusted() if near_one else int(abs(logarithm).log10(ESTIMATE))
    place = Decimal(1).scaleb(min(weight - ESTIMATED_DIGITS, 0))
    product = CONTEXT.multiply(logarithm.quantize(place, context=CONTEXT), exponent)
    return product.quantize(place, context=CONTEXT)


def _is_odd(value: Decimal) -> bool:
    return abs(CONTEXT.remainder(value, Decimal(2))) == 1


def _special_power(base: Decimal, exponent: Decimal) -> Decimal:
    """Powers with NaN or an infinity."""
    if exponent == 0 or base == 1:
        return Decimal(1)
    if base.is_nan() or exponent.is_nan():
        return NAN
    _check_power(base, exponent)
    if base == -1:
        return Decimal(1)
    if (abs(base) > 1) != (exponent > 0):
        return Decimal(0)
    return -INFINITY if base < 0 and exponent.is_finite() and _is_odd(exponent) else INFINITY


# double precision


def read_float8(text: str, moment: Moment) -> float:
    match = _FLOAT.fullmatch(text)
    if match is None:
        raise unreadable(text, "double precision")
    number = match.group(1)
    value = float.fromhex(number) if "x" in number.lower() else float(number)
    if math.isinf(value) and "inf" not in number.lower():
        raise out_of_range("double precision")
    # A number too small to be told from zero, though it is written as another.
    if value == 0 and re.search(r"[1-9]", re.split("[eE]", number)[0]):
        raise out_of_range("double precision")
    return value


def write_float8(value: float, moment: Moment) -> str:
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if math.isnan(value):
        return "NaN"
    text = repr(value)
    if 1e15 <= abs(value) < 1e16:
        # Python turns to the exponent one digit later than PostgreSQL.
        digits = text.removesuffix(".0").lstrip("-").replace(".", "").rstrip("0")
        sign = "-" if value < 0 else ""
        return f"{sign}{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e+15"
    return text.removesuffix(".0")


def overflow_checked(result: float, *operands: float) -> float:
    """The result, where it is infinite only because an operand was."""
    if math.isinf(result) and not any(math.isinf(operand) for operand in operands):
        raise out_of_range("double precision")
    return result


def float_multiply(left: float, right: float) -> float:
    result = overflow_checked(left * right, left, right)
    if result == 0 and left != 0 and right != 0:
        raise out_of_range("double precision")
    return result


def float_divide(left: float, right: float) -> float:
    if right == 0:
        if math.isnan(left):
            return left
        raise division_by_zero()
    result = overflow_checked(left / right, left)
    if result == 0 and left != 0 and not math.isinf(right):
        raise out_of_range("double precision")
    return result


def float_power(base: float, exponent: float) -> float:
    if math.isnan(base) or math.isnan(exponent):
        return 1.0 if exponent == 0 or base == 1 else math.nan
    if base == 0 and exponent < 0:
        raise ExpressionError("Zero cannot be raised to a negative power.")
    if base < 0 and not math.isinf(exponent) and exponent != math.floor(exponent):
        raise ExpressionError("A negative number cannot be raised to a fraction.")
    try:
        result = math.pow(base, exponent)
    except OverflowError:
        raise out_of_range("double precision") from None
    if result == 0 and base != 0 and math.isfinite(base) and math.isfinite(exponent):
        raise out_of_range("double precision")
    return result


# from one to the other


def numeric_to_whole(value: Decimal, type_name: str, maximum: int) -> int:
    if not value.is_finite():
        raise ExpressionError(f"NaN and infinity cannot become {type_name}.")
    whole = int(value.quantize(Decimal(1), context=CONTEXT)) if value.adjusted() < 25 else maximum + 1
    if not -maximum - 1 <= whole <= maximum:
        raise out_of_range(type_name)
    return whole


def float_to_whole(value: float, type_name: str, maximum: int) -> int:
    if not math.isfinite(value):
        raise out_of_range(type_name)
    whole = round(value)
    if not -maximum - 1 <= whole <= maximum:
        raise out_of_range(type_name)
    return whole


def numeric_to_float(value: Decimal) -> float:
    result = float(value)
    if math.isinf(result) and value.is_finite():
        raise out_of_range("double precision")
    if result == 0 and value != 0:
        raise out_of_range("double precision")
    return result


def float_to_numeric(value: float) -> Decimal:
    """The 15 digits that a double precision surely has."""
    if not math.isfinite(value):
        return Decimal(value) if not math.isnan(value) else NAN
    return checked(Decimal(f"{value:.15g}"))
