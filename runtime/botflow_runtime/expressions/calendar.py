"""Dates and times as counts, the way PostgreSQL stores them: proleptic Gregorian, years from 4714 BC on.

A date is days from 2000-01-01, a timestamp microseconds from 2000-01-01 00:00 (with time zone: of UTC), an interval
months, days and microseconds. Years before Christ are astronomical: 0 is 1 BC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from botflow_runtime.expressions.errors import ExpressionError

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
MONTHS_PER_YEAR: Final = 12
DAYS_PER_MONTH: Final = 30

DATE_INFINITY: Final = 2**31 - 1
DATE_MINUS_INFINITY: Final = -(2**31)
INFINITY: Final = 2**63 - 1
MINUS_INFINITY: Final = -(2**63)
# PostgreSQL's bounds: 4714-11-24 BC, and the end of 5874897 (date) or 294276 (timestamp).
FIRST_DATE: Final = -2_451_545
END_DATE: Final = 2_145_031_949
FIRST_TIMESTAMP: Final = -211_813_488_000_000_000
END_TIMESTAMP: Final = 9_223_371_331_200_000_000
JULIAN_OF_2000: Final = 2_451_545
UNIX_EPOCH_DAYS: Final = -10_957

_DAYS_FROM_MARCH_0: Final = 730_425
_GREGORIAN_CYCLE_DAYS: Final = 146_097


class Interval(NamedTuple):
    """months, days and microseconds, each with its own sign."""

    months: int
    days: int
    microseconds: int


class Clock(NamedTuple):
    """A timestamp taken apart."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    microsecond: int


def date_out_of_range() -> ExpressionError:
    return ExpressionError("The date is out of range: use one between 4714 BC and AD 294276.")


def days_of(year: int, month: int, day: int) -> int:
    """Days from 2000-01-01 to a date of the Gregorian calendar."""
    if month <= 2:
        year -= 1
        month += 12
    return (
        365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day - 1 - _DAYS_FROM_MARCH_0
    )


ORDINAL_OF_DAY_0: Final = date(2000, 1, 1).toordinal() - days_of(2000, 1, 1)
"""Python's number of our day 0."""


def civil(days: int) -> tuple[int, int, int]:
    """Year, month and day of a count of days."""
    days += _DAYS_FROM_MARCH_0
    era, day_of_era = divmod(days, _GREGORIAN_CYCLE_DAYS)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return era * 400 + year_of_era + (month <= 2), month, day


def days_in_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def clock(timestamp: int) -> Clock:
    """The fields of a timestamp."""
    days, rest = divmod(timestamp, DAY)
    hour, rest = divmod(rest, HOUR)
    minute, rest = divmod(rest, MINUTE)
    return Clock(*civil(days), hour, minute, *divmod(rest, SECOND))


def timestamp_of(year: int, month: int, day: int, microseconds: int = 0) -> int:
    return in_range(days_of(year, month, day) * DAY + microseconds)


def in_range(timestamp: int) -> int:
    """The timestamp, where PostgreSQL can hold it."""
    if FIRST_TIMESTAMP <= timestamp < END_TIMESTAMP:
        return timestamp
    raise date_out_of_range()


def date_in_range(days: int) -> int:
    """The date, where PostgreSQL can hold it."""
    if FIRST_DATE <= days < END_DATE:
        return days
    raise date_out_of_range()


def is_infinite(timestamp: int) -> bool:
    return timestamp in (INFINITY, MINUS_INFINITY)


def date_is_infinite(days: int) -> bool:
    return days in (DATE_INFINITY, DATE_MINUS_INFINITY)


def interval(months: int, days: int, microseconds: int) -> Interval:
    """An interval, where PostgreSQL can hold it."""
    if abs(months) >= 2**31 or abs(days) >= 2**31 or abs(microseconds) >= 2**63:
        raise ExpressionError("The interval is out of range: use a shorter one.")
    return Interval(months, days, microseconds)


def span(value: Interval) -> int:
    """Microseconds of an interval by which intervals compare: months count 30 days, days 24 hours."""
    return (value.months * DAYS_PER_MONTH + value.days) * DAY + value.microseconds


# time zones


def _as_datetime(timestamp: int) -> datetime:
    """The same instant of a year that Python's calendar has, by the 400-year cycle."""
    fields = clock(timestamp)
    year = fields.year if 2 <= fields.year <= 9_998 else 2000 + fields.year % 400
    return datetime(year, *fields[1:])


def utc_offset(timestamp: int, zone: tzinfo) -> int:
    """Microseconds by which the zone is ahead of UTC at an instant given in UTC."""
    if zone is UTC:
        return 0
    moment = _as_datetime(timestamp).replace(tzinfo=zone)
    return _microseconds(zone.fromutc(moment).utcoffset())


def zone_name(timestamp: int, zone: tzinfo) -> str:
    """The zone's abbreviation at an instant given in UTC."""
    return zone.fromutc(_as_datetime(timestamp).replace(tzinfo=zone)).tzname() or ""


def local_offset(timestamp: int, zone: tzinfo) -> int:
    """The same at a time given in the zone; of a time that comes twice, the second, as PostgreSQL takes it."""
    if zone is UTC:
        return 0
    moment = _as_datetime(timestamp).replace(tzinfo=zone)
    first, second = moment.utcoffset(), moment.replace(fold=1).utcoffset()
    skipped = first is not None and second is not None and second > first
    return _microseconds(first if skipped else second)


def _microseconds(offset: timedelta | None) -> int:
    return (offset or timedelta()) // timedelta(microseconds=1)


def to_local(timestamp: int, zone: tzinfo) -> int:
    """timestamp with time zone -> timestamp."""
    return timestamp if is_infinite(timestamp) else timestamp + utc_offset(timestamp, zone)


def to_utc(timestamp: int, zone: tzinfo) -> int:
    """timestamp -> timestamp with time zone."""
    return timestamp if is_infinite(timestamp) else in_range(timestamp - local_offset(timestamp, zone))


def date_to_timestamp(days: int) -> int:
    if date_is_infinite(days):
        return INFINITY if days == DATE_INFINITY else MINUS_INFINITY
    return in_range(days * DAY)


def timestamp_to_date(timestamp: int) -> int:
    if is_infinite(timestamp):
        return DATE_INFINITY if timestamp == INFINITY else DATE_MINUS_INFINITY
    return timestamp // DAY
