"""Dates, timestamps and intervals: arithmetic, age, extract and date_part, date_trunc, now."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from botflow_runtime.expressions import calendar, numeric
from botflow_runtime.expressions.calendar import DAY, HOUR, MINUTE, MONTHS_PER_YEAR, SECOND, Clock, Interval
from botflow_runtime.expressions.catalog import (
    DATE,
    FLOAT8,
    INT4,
    INTERVAL,
    NUMERIC,
    OTHER_TYPE,
    TEXT,
    TIME,
    TIMESTAMP,
    TIMESTAMPTZ,
    TIMETZ,
)
from botflow_runtime.expressions.date_text import truncated
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.moment import Moment
from botflow_runtime.expressions.registry import FUNCTIONS, OPERATORS
from botflow_runtime.expressions.types import SqlType, Value

FAMILY: Final = "date and time"

# arithmetic


def _date_plus(days: int, count: int) -> int:
    if calendar.date_is_infinite(days):
        return days
    return calendar.date_in_range(days + count)


def _date_difference(left: int, right: int) -> int:
    if calendar.date_is_infinite(left) or calendar.date_is_infinite(right):
        raise ExpressionError("Infinite dates cannot be subtracted.")
    return left - right


def timestamp_plus(timestamp: int, value: Interval) -> int:
    """Months first, the day cut to the month's length; then days; then the time."""
    if calendar.is_infinite(timestamp):
        return timestamp
    if value.months:
        fields = calendar.clock(timestamp)
        years, month = divmod(fields.month - 1 + value.months, MONTHS_PER_YEAR)
        year = fields.year + years
        day = min(fields.day, calendar.days_in_month(year, month + 1))
        timestamp = calendar.timestamp_of(year, month + 1, day, timestamp % DAY)
    return calendar.in_range(calendar.in_range(timestamp + value.days * DAY) + value.microseconds)


def negated(value: Interval) -> Interval:
    return calendar.interval(-value.months, -value.days, -value.microseconds)


def _timestamp_minus(timestamp: int, value: Interval) -> int:
    return timestamp_plus(timestamp, negated(value))


def _timestamptz_plus(moment: Moment, timestamp: int, value: Interval) -> int:
    """Months and days are those of the session's time zone."""
    if calendar.is_infinite(timestamp):
        return timestamp
    if value.months or value.days:
        local = timestamp_plus(calendar.to_local(timestamp, moment.zone), Interval(value.months, value.days, 0))
        timestamp = calendar.to_utc(local, moment.zone)
    return calendar.in_range(timestamp + value.microseconds)


def _timestamptz_minus(moment: Moment, timestamp: int, value: Interval) -> int:
    return _timestamptz_plus(moment, timestamp, negated(value))


def _timestamp_difference(left: int, right: int) -> Interval:
    if calendar.is_infinite(left) or calendar.is_infinite(right):
        raise ExpressionError("Infinite times cannot be subtracted.")
    days, microseconds = truncated(left - right, DAY)
    return Interval(0, days, microseconds)


def _interval_sum(left: Interval, right: Interval) -> Interval:
    return calendar.interval(left.months + right.months, left.days + right.days, left.microseconds + right.microseconds)


def _interval_difference(left: Interval, right: Interval) -> Interval:
    return _interval_sum(left, negated(right))


def _interval_times(value: Interval, factor: float) -> Interval:
    """Fractions of months become days, fractions of days become time (interval_mul of timestamp.c)."""
    return _scaled(value, lambda amount: amount * factor)


def _interval_divided(value: Interval, divisor: float) -> Interval:
    if divisor == 0:
        raise numeric.division_by_zero()
    return _scaled(value, lambda amount: amount / divisor)


def _scaled(value: Interval, scale: Callable[[int], float]) -> Interval:
    try:
        months, days = int(scale(value.months)), int(scale(value.days))
        days_of_months = _rounded((scale(value.months) - months) * calendar.DAYS_PER_MONTH)
        seconds = _rounded((scale(value.days) - days + days_of_months - int(days_of_months)) * 86_400)
        whole_days = int(seconds / 86_400)
        seconds -= whole_days * 86_400
        microseconds = round(scale(value.microseconds) + seconds * SECOND)
    except (ValueError, OverflowError):
        raise ExpressionError("The interval is out of range: use a shorter one.") from None
    return calendar.interval(months, days + whole_days + int(days_of_months), microseconds)


def _rounded(value: float) -> float:
    return round(value * 1_000_000.0) / 1_000_000.0


def _register_arithmetic() -> None:
    add = OPERATORS.add
    add(FAMILY, "+", (DATE, INT4), DATE, _date_plus)
    add(FAMILY, "+", (INT4, DATE), DATE, lambda count, days: _date_plus(days, count))
    add(FAMILY, "-", (DATE, INT4), DATE, lambda days, count: _date_plus(days, -count))
    add(FAMILY, "-", (DATE, DATE), INT4, _date_difference)
    _register_interval_sums(DATE, TIMESTAMP, _date_plus_interval, _date_minus_interval)
    _register_interval_sums(TIMESTAMP, TIMESTAMP, timestamp_plus, _timestamp_minus)
    zoned = {"stable": True, "needs_moment": True}
    add(FAMILY, "+", (TIMESTAMPTZ, INTERVAL), TIMESTAMPTZ, _timestamptz_plus, **zoned)
    add(FAMILY, "+", (INTERVAL, TIMESTAMPTZ), TIMESTAMPTZ, _swapped(_timestamptz_plus), **zoned)
    add(FAMILY, "-", (TIMESTAMPTZ, INTERVAL), TIMESTAMPTZ, _timestamptz_minus, **zoned)
    for sql_type in (TIMESTAMP, TIMESTAMPTZ):
        add(FAMILY, "-", (sql_type, sql_type), INTERVAL, _timestamp_difference)
    add(FAMILY, "+", (INTERVAL, INTERVAL), INTERVAL, _interval_sum)
    add(FAMILY, "-", (INTERVAL, INTERVAL), INTERVAL, _interval_difference)
    add(FAMILY, "-", (INTERVAL,), INTERVAL, negated)
    add(FAMILY, "*", (INTERVAL, FLOAT8), INTERVAL, _interval_times)
    add(FAMILY, "*", (FLOAT8, INTERVAL), INTERVAL, lambda factor, value: _interval_times(value, factor))
    add(FAMILY, "/", (INTERVAL, FLOAT8), INTERVAL, _interval_divided)
    OPERATORS.outside("+", (DATE, TIME), (DATE, TIMETZ), (TIME, DATE), (TIMETZ, DATE), (INTERVAL, TIME))
    OPERATORS.outside("+ -", (TIME, INTERVAL), (TIMETZ, INTERVAL))
    OPERATORS.outside("-", (TIME, TIME))


def _register_interval_sums(
    source: SqlType, result: SqlType, plus: Callable[[int, Interval], int], minus: Callable[[int, Interval], int]
) -> None:
    OPERATORS.add(FAMILY, "+", (source, INTERVAL), result, plus)
    OPERATORS.add(FAMILY, "+", (INTERVAL, source), result, lambda value, timestamp: plus(timestamp, value))
    OPERATORS.add(FAMILY, "-", (source, INTERVAL), result, minus)


def _date_plus_interval(days: int, value: Interval) -> int:
    return timestamp_plus(calendar.date_to_timestamp(days), value)


def _date_minus_interval(days: int, value: Interval) -> int:
    return _timestamp_minus(calendar.date_to_timestamp(days), value)


def _swapped(compute: Callable[[Moment, int, Interval], int]) -> Callable[[Moment, Interval, int], int]:
    return lambda moment, value, timestamp: compute(moment, timestamp, value)


# age


def age(left: int, right: int) -> Interval:
    """The difference in years, months, days and time, as a calendar shows it."""
    if calendar.is_infinite(left) or calendar.is_infinite(right):
        raise ExpressionError("Infinite times have no age.")
    if left < right:
        return negated(_positive_age(right, left, earlier_first=True))
    return _positive_age(left, right, earlier_first=False)


def _positive_age(late: int, early: int, *, earlier_first: bool) -> Interval:
    end, start = calendar.clock(late), calendar.clock(early)
    months = (end.year - start.year) * MONTHS_PER_YEAR + end.month - start.month
    days = end.day - start.day
    time = late % DAY - early % DAY
    if time < 0:
        time += DAY
        days -= 1
    # The borrowed month is that of the second argument's date, or the first's where it is the earlier.
    while days < 0:
        days += calendar.days_in_month(start.year, start.month)
        months -= 1
    return Interval(months, days, time)


def _zoned_age(moment: Moment, left: int, right: int) -> Interval:
    return age(calendar.to_local(left, moment.zone), calendar.to_local(right, moment.zone))


def _age_today(moment: Moment, timestamp: int) -> Interval:
    return age(calendar.date_to_timestamp(current_date(moment)), timestamp)


def _zoned_age_today(moment: Moment, timestamp: int) -> Interval:
    return _age_today(moment, calendar.to_local(timestamp, moment.zone))


def _register_age() -> None:
    add = FUNCTIONS.add
    add(FAMILY, "age", (TIMESTAMP, TIMESTAMP), INTERVAL, age)
    add(FAMILY, "age", (TIMESTAMPTZ, TIMESTAMPTZ), INTERVAL, _zoned_age, needs_moment=True)
    add(FAMILY, "age", (TIMESTAMP,), INTERVAL, _age_today, stable=True, needs_moment=True)
    add(FAMILY, "age", (TIMESTAMPTZ,), INTERVAL, _zoned_age_today, stable=True, needs_moment=True)
    FUNCTIONS.outside("age", (OTHER_TYPE,))


# the present


def now(moment: Moment) -> int:
    return moment.microseconds


def local_now(moment: Moment) -> int:
    return calendar.to_local(moment.microseconds, moment.zone)


def current_date(moment: Moment) -> int:
    return moment.at.toordinal() - calendar.ORDINAL_OF_DAY_0


FUNCTIONS.add(FAMILY, "now", (), TIMESTAMPTZ, now, stable=True, needs_moment=True)
# Written without parentheses.
KEYWORDS: Final[dict[str, tuple[SqlType, Callable[[Moment], int]]]] = {
    "current_date": (DATE, current_date),
    "current_timestamp": (TIMESTAMPTZ, now),
    "localtimestamp": (TIMESTAMP, local_now),
}


# extract and date_part

FIELDS: Final[dict[str, str]] = {
    alias: field
    for field, aliases in {
        "microseconds": "us usec usecs usecond useconds microsecon",
        "milliseconds": "ms msec msecs msecond mseconds millisecon",
        "second": "s sec secs second seconds",
        "minute": "m min mins minute minutes",
        "hour": "h hr hrs hour hours",
        "day": "d day days",
        "week": "w week weeks",
        "month": "mon mons month months",
        "quarter": "qtr quarter",
        "year": "y yr yrs year years",
        "decade": "dec decs decade decades",
        "century": "c cent century centuries",
        "millennium": "mil mils millennia millennium",
        "dow": "dow",
        "isodow": "isodow",
        "doy": "doy",
        "isoyear": "isoyear",
        "julian": "julian j",
        "epoch": "epoch",
        "timezone": "timezone",
        "timezone_hour": "timezone_h",
        "timezone_minute": "timezone_m",
    }.items()
    for alias in aliases.split()
}
_FIELD_CHARACTERS: Final = 10
_MONOTONIC: Final = frozenset({"year", "decade", "century", "millennium", "julian", "isoyear", "epoch"})


@lru_cache(maxsize=512)
def field_named(name: str, known: frozenset[str], type_name: str) -> str:
    """The field that a name stands for. Raises ExpressionError where the type has no such field."""
    field = FIELDS.get(name.lower()[:_FIELD_CHARACTERS], "")
    if field not in known:
        raise ExpressionError(f"'{name}' is no field of a {type_name}: use year, month, day ...")
    return field


def shown_year(year: int) -> int:
    """The year as people count: there is no year 0."""
    return year if year > 0 else year - 1


def decade(year: int) -> int:
    return year // 10 if year >= 0 else -((8 - (year - 1)) // 10)


def century(year: int) -> int:
    return (year + 99) // 100 if year > 0 else -((99 - (year - 1)) // 100)


def millennium(year: int) -> int:
    return (year + 999) // 1000 if year > 0 else -((999 - (year - 1)) // 1000)


def iso_week(days: int) -> tuple[int, int]:
    """ISO 8601's year and week of a date."""
    thursday = days - (days + 5) % 7 + 3
    year = calendar.civil(thursday)[0]
    return year, (thursday - calendar.days_of(year, 1, 1)) // 7 + 1


def day_of_week(days: int) -> int:
    """0 Sunday to 6 Saturday."""
    return (days + 6) % 7


def _seconds(fields: Clock) -> int:
    return fields.second * SECOND + fields.microsecond


def _scale(value: int, digits: int) -> Decimal:
    return Decimal(value).scaleb(-digits)


_DATE_FIELDS: Final[dict[str, Callable[[Clock, int], int]]] = {
    "day": lambda fields, days: fields.day,
    "month": lambda fields, days: fields.month,
    "quarter": lambda fields, days: (fields.month - 1) // 3 + 1,
    "year": lambda fields, days: shown_year(fields.year),
    "decade": lambda fields, days: decade(fields.year),
    "century": lambda fields, days: century(fields.year),
    "millennium": lambda fields, days: millennium(fields.year),
    "week": lambda fields, days: iso_week(days)[1],
    "isoyear": lambda fields, days: shown_year(iso_week(days)[0]),
    "dow": lambda fields, days: day_of_week(days),
    "isodow": lambda fields, days: day_of_week(days) or 7,
    "doy": lambda fields, days: days - calendar.days_of(fields.year, 1, 1) + 1,
}
_TIME_FIELDS: Final[dict[str, Callable[[Clock], Decimal]]] = {
    "microseconds": lambda fields: Decimal(_seconds(fields)),
    "milliseconds": lambda fields: _scale(_seconds(fields), 3),
    "second": lambda fields: _scale(_seconds(fields), 6),
    "minute": lambda fields: Decimal(fields.minute),
    "hour": lambda fields: Decimal(fields.hour),
}
_ZONE_FIELDS: Final[dict[str, Callable[[int], int]]] = {
    "timezone": lambda offset: truncated(offset, SECOND)[0],
    "timezone_hour": lambda offset: truncated(offset, HOUR)[0],
    "timezone_minute": lambda offset: truncated(truncated(offset, HOUR)[1], MINUTE)[0],
}
_FIELDS_OF_A_DATE: Final = frozenset({*_DATE_FIELDS, "julian", "epoch"})
_TIMESTAMP_FIELDS: Final = frozenset({*_DATE_FIELDS, *_TIME_FIELDS, "julian", "epoch"})
_TIMESTAMPTZ_FIELDS: Final = _TIMESTAMP_FIELDS.union(_ZONE_FIELDS)


def _infinite_field(field: str, positive: bool) -> Decimal | None:
    if field not in _MONOTONIC:
        return None
    return numeric.INFINITY if positive else -numeric.INFINITY


def extract_date(name: str, days: int) -> Decimal | None:
    field = field_named(name, _FIELDS_OF_A_DATE, "date")
    if calendar.date_is_infinite(days):
        return _infinite_field(field, days > 0)
    if field == "epoch":
        return Decimal((days - calendar.UNIX_EPOCH_DAYS) * 86_400)
    if field == "julian":
        return Decimal(days + calendar.JULIAN_OF_2000)
    return Decimal(_DATE_FIELDS[field](Clock(*calendar.civil(days), 0, 0, 0, 0), days))


def extract_timestamp(name: str, timestamp: int) -> Decimal | None:
    return _extract(field_named(name, _TIMESTAMP_FIELDS, "timestamp"), timestamp, timestamp)


def extract_timestamptz(moment: Moment, name: str, timestamp: int) -> Decimal | None:
    field = field_named(name, _TIMESTAMPTZ_FIELDS, "timestamp with time zone")
    if field in _ZONE_FIELDS and not calendar.is_infinite(timestamp):
        return Decimal(_ZONE_FIELDS[field](calendar.utc_offset(timestamp, moment.zone)))
    return _extract(field, calendar.to_local(timestamp, moment.zone), timestamp)


def _extract(field: str, local: int, timestamp: int) -> Decimal | None:
    if calendar.is_infinite(timestamp):
        return _infinite_field(field, timestamp > 0)
    if field == "epoch":
        return _scale(timestamp - calendar.UNIX_EPOCH_DAYS * DAY, 6)
    days, time = divmod(local, DAY)
    if field == "julian":
        return numeric.add(Decimal(days + calendar.JULIAN_OF_2000), numeric.divide(Decimal(time), Decimal(DAY)))
    fields = calendar.clock(local)
    if field in _TIME_FIELDS:
        return _TIME_FIELDS[field](fields)
    return Decimal(_DATE_FIELDS[field](fields, days))


_INTERVAL_FIELDS: Final[dict[str, Callable[[Interval], Decimal]]] = {
    "microseconds": lambda value: Decimal(truncated(value.microseconds, MINUTE)[1]),
    "milliseconds": lambda value: _scale(truncated(value.microseconds, MINUTE)[1], 3),
    "second": lambda value: _scale(truncated(value.microseconds, MINUTE)[1], 6),
    "minute": lambda value: Decimal(truncated(truncated(value.microseconds, HOUR)[1], MINUTE)[0]),
    "hour": lambda value: Decimal(truncated(value.microseconds, HOUR)[0]),
    "day": lambda value: Decimal(value.days),
    "month": lambda value: Decimal(truncated(value.months, MONTHS_PER_YEAR)[1]),
    "quarter": lambda value: Decimal(truncated(truncated(value.months, MONTHS_PER_YEAR)[1], 3)[0] + 1),
    "year": lambda value: Decimal(_years(value)),
    "decade": lambda value: Decimal(truncated(_years(value), 10)[0]),
    "century": lambda value: Decimal(truncated(_years(value), 100)[0]),
    "millennium": lambda value: Decimal(truncated(_years(value), 1_000)[0]),
    "epoch": lambda value: _interval_epoch(value),
}


def _years(value: Interval) -> int:
    return truncated(value.months, MONTHS_PER_YEAR)[0]


def _interval_epoch(value: Interval) -> Decimal:
    """Seconds, a year counted as 365.25 days and a month as 30."""
    years, months = truncated(value.months, MONTHS_PER_YEAR)
    quarter_days = 1_461 * years + 4 * (calendar.DAYS_PER_MONTH * months + value.days)
    return _scale(quarter_days * (DAY // 4) + value.microseconds, 6)


def extract_interval(name: str, value: Interval) -> Decimal:
    return _INTERVAL_FIELDS[field_named(name, frozenset(_INTERVAL_FIELDS), "interval")](value)


def _as_float(extract: Callable[..., Decimal | None]) -> Callable[..., float | None]:
    def date_part(*arguments: Value) -> float | None:
        value = extract(*arguments)
        return None if value is None else float(value)

    return date_part


def _date_part_of_date(name: str, days: int) -> float | None:
    # date_part has the time of a date as well: midnight.
    return _as_float(extract_timestamp)(name, calendar.date_to_timestamp(days))


def _register_extract() -> None:
    plain: list[tuple[SqlType, Callable[..., Any]]] = [
        (DATE, extract_date),
        (TIMESTAMP, extract_timestamp),
        (INTERVAL, extract_interval),
    ]
    for sql_type, extract in plain:
        FUNCTIONS.add(FAMILY, "extract", (TEXT, sql_type), NUMERIC, extract)
        part = _date_part_of_date if sql_type is DATE else _as_float(extract)
        FUNCTIONS.add(FAMILY, "date_part", (TEXT, sql_type), FLOAT8, part)
    zoned = {"stable": True, "needs_moment": True}
    FUNCTIONS.add(FAMILY, "extract", (TEXT, TIMESTAMPTZ), NUMERIC, extract_timestamptz, **zoned)
    FUNCTIONS.add(FAMILY, "date_part", (TEXT, TIMESTAMPTZ), FLOAT8, _as_float(extract_timestamptz), **zoned)
    FUNCTIONS.outside("extract date_part", (TEXT, TIME), (TEXT, TIMETZ))


# date_trunc

_TIME_UNITS: Final = {
    "microseconds": 1,
    "milliseconds": 1_000,
    "second": SECOND,
    "minute": MINUTE,
    "hour": HOUR,
    "day": DAY,
}


def _quarter_start(month: int) -> int:
    return (month - 1) // 3 * 3 + 1


_DATE_UNITS: Final[dict[str, Callable[[Clock], tuple[int, int]]]] = {
    "month": lambda fields: (fields.year, fields.month),
    "quarter": lambda fields: (fields.year, _quarter_start(fields.month)),
    "year": lambda fields: (fields.year, 1),
    "decade": lambda fields: (decade(fields.year) * 10, 1),
    "century": lambda fields: (_first_year(century(fields.year), 100), 1),
    "millennium": lambda fields: (_first_year(millennium(fields.year), 1_000), 1),
}


def _first_year(number: int, length: int) -> int:
    return number * length - length + 1 if number > 0 else number * length + 1


def date_trunc(name: str, timestamp: int) -> int:
    """The beginning of the unit in which a timestamp lies."""
    unit = field_named(name, frozenset({*_TIME_UNITS, *_DATE_UNITS, "week"}), "timestamp")
    if calendar.is_infinite(timestamp):
        return timestamp
    if unit == "week":
        days = timestamp // DAY
        return calendar.in_range((days - (days + 5) % 7) * DAY)
    if unit in _TIME_UNITS:
        return timestamp - timestamp % _TIME_UNITS[unit]
    return calendar.timestamp_of(*_DATE_UNITS[unit](calendar.clock(timestamp)), 1)


def _date_trunc_zoned(moment: Moment, name: str, timestamp: int) -> int:
    local = date_trunc(name, calendar.to_local(timestamp, moment.zone))
    return calendar.to_utc(local, moment.zone)


_INTERVAL_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1_200, "millennium": 12_000}


def _date_trunc_interval(name: str, value: Interval) -> Interval:
    unit = field_named(name, frozenset({*_TIME_UNITS, *_INTERVAL_MONTHS}), "interval")
    if unit in _INTERVAL_MONTHS:
        months = truncated(value.months, _INTERVAL_MONTHS[unit])[0] * _INTERVAL_MONTHS[unit]
        return Interval(months, 0, 0)
    if unit == "day":
        return Interval(value.months, value.days, 0)
    size = _TIME_UNITS[unit]
    return Interval(value.months, value.days, truncated(value.microseconds, size)[0] * size)


def _register_trunc() -> None:
    FUNCTIONS.add(FAMILY, "date_trunc", (TEXT, TIMESTAMP), TIMESTAMP, date_trunc)
    FUNCTIONS.add(
        FAMILY, "date_trunc", (TEXT, TIMESTAMPTZ), TIMESTAMPTZ, _date_trunc_zoned, stable=True, needs_moment=True
    )
    FUNCTIONS.add(FAMILY, "date_trunc", (TEXT, INTERVAL), INTERVAL, _date_trunc_interval)


_register_arithmetic()
_register_age()
_register_extract()
_register_trunc()
