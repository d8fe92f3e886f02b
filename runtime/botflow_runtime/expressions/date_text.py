"""Dates, times and intervals as text, as PostgreSQL has them (DateStyle ISO, MDY; IntervalStyle postgres)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from botflow_runtime.expressions import calendar
from botflow_runtime.expressions.calendar import DAY, HOUR, MINUTE, SECOND, Interval
from botflow_runtime.expressions.moment import Moment
from botflow_runtime.expressions.numeric import unreadable

MAX_DATE_CHARACTERS: Final = 128

_MONTH_NAMES: Final = (
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may",),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
_WEEKDAYS: Final = frozenset(
    day
    for days in (
        ("sun", "sunday", "mon", "monday", "tue", "tues", "tuesday", "wed", "weds", "wednesday"),
        ("thu", "thur", "thurs", "thursday", "fri", "friday", "sat", "saturday"),
    )
    for day in days
)
_BEFORE_DIGITS: Final = frozenset({"t", "am", "pm", "at", "on", *_MONTHS})
_IGNORED: Final = frozenset({"at", "on"})
_ABBREVIATIONS: Final = {
    "z": 0, "zulu": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "met": 1,
    "eet": 2, "eest": 3, "msk": 3, "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "jst": 9, "kst": 9, "brt": -3, "art": -3,
}  # fmt: skip


_TOKEN: Final = re.compile(
    r"""
          (?P<space>[\s,;]+)
        | (?P<time>\d+:[\d:]*(?:\.\d*)?)
        | (?P<date>\d+(?P<first>[-/.])(?:\d+|[a-z]+)(?:(?P=first)(?:\d+|[a-z]+))?)
        | (?P<word_date>[a-z]{3,9}(?P<second>[-/.])\d+(?P=second)\d+)
        | (?P<number>\d+(?:\.\d+)?)
        | (?P<zone>[a-z]+(?:/[a-z_+\-0-9]+)+)
        | (?P<offset>[+-]\d+(?::\d+)*)
        | (?P<special>[+-]infinity)
      | (?P<julian>j\d+)
        | (?P<word>[a-z]+)
    """,
    re.VERBOSE,
)


@dataclass(slots=True)
class _Reading:
    """What has been found of a date and time so far."""

    moment: Moment
    year: int | None = None
    year_digits: int = 4
    month: int | None = None
    day: int | None = None
    text_month: bool = False
    day_of_year: int | None = None
    days: int | None = None
    time: int | None = None
    meridian: str = ""
    before_christ: bool = False
    era: bool = False
    offset: int | None = None
    zone: datetime.tzinfo | None = None
    whole: int | None = None
    time_next: bool = False

    def number(self, digits: str) -> None:
        """A number that stands alone: the next missing part of the date, or the whole of it."""
        value = int(digits)
        if self.time_next and len(digits) in (4, 6):
            self.set_time(int(digits[:2]), int(digits[2:4]), int(digits[4:] or 0) * SECOND)
        elif self.empty_date() and len(digits) >= 6:
            self.year, self.month, self.day = int(digits[:-4]), int(digits[-4:-2]), int(digits[-2:])
            self.year_digits = len(digits) - 4
        elif self.year is not None and self.month is not None and self.day is not None and len(digits) in (4, 6):
            self.set_time(int(digits[:2]), int(digits[2:4]), int(digits[4:] or 0) * SECOND)
        else:
            self.part(value, len(digits))

    def empty_date(self) -> bool:
        return self.year is None and self.month is None and self.day is None and self.days is None

    def part(self, value: int, digits: int) -> None:
        """A year, month or day, told apart by length and by what is known already (order month, day, year)."""
        if self.days is not None:
            raise ValueError
        if self.year is not None and self.month is None and digits == 3 and self.day is None and not self.text_month:
            self.day_of_year = value
        elif self.year is None and (digits >= 3 or (self.month is not None and self.day is not None)):
            self.year, self.year_digits = value, digits
        elif self.month is None:
            self.month = value
        elif self.day is None:
            self.day = value
        else:
            raise ValueError

    def set_time(self, hour: int, minute: int, microseconds: int) -> None:
        if self.time is not None or minute > 59 or microseconds > 60 * SECOND or hour > 24:
            raise ValueError
        self.time = hour * HOUR + minute * MINUTE + microseconds
        if self.time > DAY:
            raise ValueError

    def date(self) -> int:
        """Days from 2000-01-01. Raises ValueError when parts are missing or wrong."""
        if self.days is not None:
            return self.days
        if self.year is None:
            raise ValueError
        year = self.full_year()
        if self.day_of_year is not None:
            return self.of_year(year, self.day_of_year)
        if self.month is None or self.day is None or not 1 <= self.month <= 12:
            raise ValueError
        if not 1 <= self.day <= calendar.days_in_month(year, self.month):
            raise ValueError
        return calendar.days_of(year, self.month, self.day)

    def full_year(self) -> int:
        year = self.year or 0
        if self.before_christ:
            if year < 1:
                raise ValueError
            return 1 - year
        if self.year_digits <= 2 and not self.era:
            return year + (2000 if year < 70 else 1900)
        if year < 1:
            raise ValueError
        return year

    def of_year(self, year: int, day_of_year: int) -> int:
        if not 1 <= day_of_year <= 365 + (calendar.days_in_month(year, 2) == 29):
            raise ValueError
        return calendar.days_of(year, 1, 1) + day_of_year - 1

    def time_of_day(self) -> int:
        time = self.time or 0
        if self.meridian:
            if time // HOUR > 12:
                raise ValueError
            time = time % (12 * HOUR) + (12 * HOUR if self.meridian == "pm" else 0)
        return time


def _read(text: str, moment: Moment, type_name: str) -> _Reading:
    reading = _Reading(moment)
    try:
        if len(text) > MAX_DATE_CHARACTERS or not text.isascii():
            raise ValueError
        _read_tokens(text.strip().lower(), reading)
    except (ValueError, OverflowError):
        raise unreadable(text, type_name) from None
    return reading


def _read_tokens(text: str, reading: _Reading) -> None:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError
        position = match.end()
        kind = match.lastgroup
        if kind and kind != "space":
            token = match.group(kind)
            if _glued(kind, token, text[position : position + 1]):
                raise ValueError
            if kind == "number" and "." in token:
                reading.set_time(0, 0, SECOND * 61)  # a fraction alone is no date
            _TOKENS[kind](token, reading)
            # ISO's T stands between a date and a time without colons.
            reading.time_next = token == "t"
    if not text:
        raise ValueError


def _glued(kind: str, token: str, following: str) -> bool:
    """Whether a word runs into what follows it, which PostgreSQL does not take apart."""
    if kind == "word":
        return following.isdigit() and token not in _BEFORE_DIGITS
    return (
        kind in ("date", "word_date")
        and following.isalpha()
        and not token[-1].isalpha()
        and "-" in token
        and (any(letter.isalpha() for letter in token))
    )


def _time_token(token: str, reading: _Reading) -> None:
    match = re.fullmatch(r"(\d+):(\d+)(?::(\d+)(?:\.(\d*))?)?", token)
    if match is None:
        raise ValueError
    hour, minute, second, fraction = match.groups()
    microseconds = int(second or 0) * SECOND + _rounded(
        Fraction(int(fraction or 0), 10 ** len(fraction or "")) * SECOND
    )
    reading.set_time(int(hour), int(minute), microseconds)


def _date_token(token: str, reading: _Reading) -> None:
    parts = re.split(r"[-/.]", token)
    if not reading.empty_date():
        raise ValueError
    for part in parts:
        if not part.isdigit():
            _month(part, reading)
    if len(parts) == 2 and not reading.text_month and (len(parts[0]) < 3 or len(parts[1]) != 3):
        raise ValueError
    for part in parts:
        if part.isdigit():
            reading.part(int(part), len(part))


def _number_token(token: str, reading: _Reading) -> None:
    reading.number(token)


def _month(word: str, reading: _Reading) -> None:
    if word not in _MONTHS or reading.text_month:
        raise ValueError
    if reading.month is not None:
        # The number read as a month before was the day.
        if reading.day is not None:
            raise ValueError
        reading.day = reading.month
    reading.month, reading.text_month = _MONTHS[word], True


def _offset_token(token: str, reading: _Reading) -> None:
    match = re.fullmatch(r"([+-])(\d+)(?::(\d+))?(?::(\d+))?", token)
    if match is None or reading.offset is not None:
        raise ValueError
    sign, hours, minutes, seconds = match.groups()
    if minutes is None and len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    if int(hours) > 15 or int(minutes or 0) > 59 or int(seconds or 0) > 59:
        raise ValueError
    offset = int(hours) * HOUR + int(minutes or 0) * MINUTE + int(seconds or 0) * SECOND
    reading.offset = (reading.offset or 0) + (offset if sign == "+" else -offset)


def _zone_token(token: str, reading: _Reading) -> None:
    name = _zone_names().get(token)
    if name is None:
        raise ValueError
    reading.zone = ZoneInfo(name)


_ZONE_NAMES: dict[str, str] = {}


def _zone_names() -> dict[str, str]:
    if not _ZONE_NAMES:
        _ZONE_NAMES.update({name.lower(): name for name in available_timezones()})
    return _ZONE_NAMES


def _word_token(token: str, reading: _Reading) -> None:
    if token in _WORDS:
        _WORDS[token](reading)
    elif token in _MONTHS:
        _month(token, reading)
    elif token in _ABBREVIATIONS:
        reading.offset = _ABBREVIATIONS[token] * HOUR
    elif token in ("am", "pm"):
        reading.meridian = token
    elif token in ("bc", "ad"):
        reading.before_christ, reading.era = token == "bc", True
    elif token == "t" and not reading.empty_date():
        return
    elif token not in _WEEKDAYS and token not in _IGNORED:
        _zone_token(token, reading)


def _alone(reading: _Reading) -> None:
    """A word that stands for a date stands beside no other."""
    if not reading.empty_date():
        raise ValueError


def _julian(reading: _Reading, digits: str) -> None:
    _alone(reading)
    reading.days = int(digits) - calendar.JULIAN_OF_2000


def _today(plus: int) -> Callable[[_Reading], None]:
    def read(reading: _Reading) -> None:
        _alone(reading)
        local = calendar.to_local(reading.moment.microseconds, reading.moment.zone)
        reading.days = local // DAY + plus
        reading.time = reading.time or 0

    return read


def _now(reading: _Reading) -> None:
    _alone(reading)
    local = calendar.to_local(reading.moment.microseconds, reading.moment.zone)
    reading.days, reading.time = divmod(local, DAY)


def _epoch(reading: _Reading) -> None:
    reading.days, reading.time, reading.offset = calendar.UNIX_EPOCH_DAYS, 0, 0


def _all_balls(reading: _Reading) -> None:
    reading.time, reading.offset = 0, 0


def _infinite(value: int) -> Callable[[_Reading], None]:
    def read(reading: _Reading) -> None:
        reading.whole = value

    return read


_WORDS: Final[dict[str, Callable[[_Reading], None]]] = {
    "now": _now,
    "today": _today(0),
    "tomorrow": _today(1),
    "yesterday": _today(-1),
    "epoch": _epoch,
    "allballs": _all_balls,
    "infinity": _infinite(calendar.INFINITY),
}


def _special_token(token: str, reading: _Reading) -> None:
    reading.whole = calendar.INFINITY if token[0] == "+" else calendar.MINUS_INFINITY


_TOKENS: Final[dict[str, Callable[[str, _Reading], None]]] = {
    "time": _time_token,
    "date": _date_token,
    "word_date": _date_token,
    "number": _number_token,
    "zone": _zone_token,
    "offset": _offset_token,
    "special": _special_token,
    "julian": lambda token, reading: _julian(reading, token[1:]),
    "word": _word_token,
}


# The form that nearly every date has; anything else goes the long way.
_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?", re.ASCII)


def _iso_timestamp(text: str) -> int | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    if not (year and 1 <= month <= 12 and 1 <= day <= calendar.days_in_month(year, month)):
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    return calendar.days_of(year, month, day) * DAY + hour * HOUR + minute * MINUTE + second * SECOND


def _iso_date(text: str) -> int | None:
    """Days of a date in its commonest form, 2026-03-01: read by the standard library, in a tenth of the time."""
    if len(text) != 10 or not text[4] == "-" == text[7]:
        return None
    try:
        return datetime.date.fromisoformat(text).toordinal() - calendar.ORDINAL_OF_DAY_0
    except ValueError:
        return None


def read_date(text: str, moment: Moment) -> int:
    if (days := _iso_date(text)) is not None:
        return days
    if (timestamp := _iso_timestamp(text)) is not None:
        return timestamp // DAY
    reading = _read(text, moment, "date")
    if reading.whole is not None:
        return calendar.DATE_INFINITY if reading.whole > 0 else calendar.DATE_MINUS_INFINITY
    try:
        reading.time_of_day()
        return calendar.date_in_range(reading.date())
    except ValueError:
        raise unreadable(text, "date") from None


def read_timestamp(text: str, moment: Moment) -> int:
    """A zone in the text is read and not used, as in PostgreSQL."""
    if (timestamp := _iso_timestamp(text)) is not None:
        return timestamp
    return _timestamp(text, _read(text, moment, "timestamp"), "timestamp")


def read_timestamptz(text: str, moment: Moment) -> int:
    if (timestamp := _iso_timestamp(text)) is not None:
        return calendar.to_utc(timestamp, moment.zone)
    reading = _read(text, moment, "timestamp with time zone")
    local = _timestamp(text, reading, "timestamp with time zone")
    if calendar.is_infinite(local):
        return local
    if reading.offset is not None:
        return calendar.in_range(local - reading.offset)
    return calendar.to_utc(local, reading.zone or moment.zone)


def _timestamp(text: str, reading: _Reading, type_name: str) -> int:
    if reading.whole is not None:
        return reading.whole
    try:
        return calendar.in_range(reading.date() * DAY + reading.time_of_day())
    except ValueError:
        raise unreadable(text, type_name) from None


# printing


def write_date(days: int, moment: Moment) -> str:
    if calendar.date_is_infinite(days):
        return "infinity" if days > 0 else "-infinity"
    year, month, day = calendar.civil(days)
    shown = year if year > 0 else 1 - year
    return f"{shown:04d}-{month:02d}-{day:02d}{'' if year > 0 else ' BC'}"


def write_timestamp(timestamp: int, moment: Moment) -> str:
    return _written(timestamp, "")


def write_timestamptz(timestamp: int, moment: Moment) -> str:
    if calendar.is_infinite(timestamp):
        return _written(timestamp, "")
    offset = calendar.utc_offset(timestamp, moment.zone)
    return _written(timestamp + offset, written_offset(offset))


def written_offset(offset: int) -> str:
    """`+05:30`, the minutes and seconds left away where they are zero."""
    hours, rest = divmod(abs(offset), HOUR)
    minutes, rest = divmod(rest, MINUTE)
    text = f"{'-' if offset < 0 else '+'}{hours:02d}"
    if minutes or rest:
        text += f":{minutes:02d}"
    return text + (f":{rest // SECOND:02d}" if rest else "")


def _written(timestamp: int, zone: str) -> str:
    if calendar.is_infinite(timestamp):
        return "infinity" if timestamp > 0 else "-infinity"
    days, time = divmod(timestamp, DAY)
    date = write_date(days, Moment(None))
    date, christ = (date[:-3], " BC") if date.endswith("BC") else (date, "")
    return f"{date} {written_time(time)}{zone}{christ}"


def written_time(microseconds: int) -> str:
    """HH:MM:SS with as many digits of the fraction as are not zero."""
    hours, rest = divmod(microseconds, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, fraction = divmod(rest, SECOND)
    text = f"{hours:02d}:{minutes:02d}:{seconds:02d}"
    return f"{text}.{fraction:06d}".rstrip("0") if fraction else text


def truncated(value: int, unit: int) -> tuple[int, int]:
    """Quotient and rest towards zero, as C divides."""
    quotient = abs(value) // unit
    quotient = -quotient if value < 0 else quotient
    return quotient, value - quotient * unit


def write_interval(value: Interval, moment: Moment) -> str:
    years, months = truncated(value.months, calendar.MONTHS_PER_YEAR)
    text, negative = "", False
    for amount, unit in ((years, "year"), (months, "mon"), (value.days, "day")):
        if amount:
            sign = "+" if negative and amount > 0 else ""
            text += f"{' ' if text else ''}{sign}{amount} {unit}{'' if amount == 1 else 's'}"
            negative = amount < 0
    if value.microseconds or not text:
        sign = "-" if value.microseconds < 0 else "+" if negative else ""
        text += f"{' ' if text else ''}{sign}{written_time(abs(value.microseconds))}"
    return text


# intervals


_UNITS: Final[dict[str, tuple[str, int]]] = {
    **dict.fromkeys(["us", "usec", "usecs", "usecond", "useconds", "microsecon"], ("microseconds", 1)),
    **dict.fromkeys(["ms", "msec", "msecs", "msecond", "mseconds", "millisecon"], ("microseconds", 1_000)),
    **dict.fromkeys(["s", "sec", "secs", "second", "seconds"], ("microseconds", SECOND)),
    **dict.fromkeys(["m", "min", "mins", "minute", "minutes"], ("microseconds", MINUTE)),
    **dict.fromkeys(["h", "hr", "hrs", "hour", "hours"], ("microseconds", HOUR)),
    **dict.fromkeys(["d", "day", "days"], ("days", 1)),
    **dict.fromkeys(["w", "week", "weeks"], ("days", 7)),
    **dict.fromkeys(["mon", "mons", "month", "months"], ("months", 1)),
    **dict.fromkeys(["y", "yr", "yrs", "year", "years"], ("months", 12)),
    **dict.fromkeys(["dec", "decs", "decade", "decades"], ("months", 120)),
    **dict.fromkeys(["c", "cent", "century", "centuries"], ("months", 1_200)),
    **dict.fromkeys(["mil", "mils", "millennia", "millennium"], ("months", 12_000)),
}
# PostgreSQL compares no more of a word than this.
_UNIT_CHARACTERS: Final = 10
_INTERVAL_TOKEN: Final = re.compile(
    r"""
      (?P<time>[+-]?\d+:\d*(?::\d*)?(?:\.\d*)?)
    | (?P<year_month>[+-]?\d+-\d+)
    | (?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(?P<unit>[a-z]+)?
    | (?P<ago>ago)
    """,
    re.VERBOSE,
)
_TIME_AHEAD: Final = re.compile(r"[+-]?\d+:")
_ISO_INTERVAL: Final = re.compile(r"(?:[-+]?\d*\.?\d*(?:e[-+]?\d+)?[ymwd])*(?:t(?:[-+]?\d*\.?\d*[hms])*)?")
_ISO_FIELD: Final = re.compile(r"([-+]?\d*\.?\d*)([ymwdhst])")


@dataclass(slots=True)
class _Amounts:
    months: Fraction | int = 0
    days: int = 0
    microseconds: Fraction = Fraction(0)

    def add(self, amount: Fraction, field: str, factor: int) -> None:
        """Fractions go down: of years to months, of months to days (30), of days to microseconds."""
        if field == "months" and factor > 1:
            whole, part = _split(amount)
            self.months += whole * factor + _rounded_even(part * factor)
        elif field == "months":
            whole, part = _split(amount)
            self.months += whole
            self.add(part * calendar.DAYS_PER_MONTH, "days", 1)
        elif field == "days":
            whole, part = _split(amount * factor)
            self.days += whole
            self.microseconds += part * DAY
        else:
            self.microseconds += amount * factor

    def interval(self, sign: int) -> Interval:
        return calendar.interval(sign * int(self.months), sign * self.days, sign * _rounded_even(self.microseconds))


def _split(amount: Fraction) -> tuple[int, Fraction]:
    whole = int(amount)
    return whole, amount - whole


def _rounded(value: Fraction) -> int:
    return int(value + Fraction(1, 2)) if value >= 0 else -int(-value + Fraction(1, 2))


def _rounded_even(value: Fraction) -> int:
    return round(value)


def read_interval(text: str, moment: Moment) -> Interval:
    lowered = text.strip().lower()
    try:
        if not lowered or len(lowered) > MAX_DATE_CHARACTERS:
            raise ValueError
        if text[0] in "pP":
            return _read_iso_interval(lowered[1:])
        return _read_interval(lowered)
    except (ValueError, OverflowError):
        raise unreadable(text, "interval") from None


def _read_interval(text: str) -> Interval:
    amounts, seen = _Amounts(), set[str]()
    # "@" may begin the verbose form.
    position, ago = len(text) - len(text.lstrip("@ ")), False
    while position < len(text):
        match = _INTERVAL_TOKEN.match(text, position)
        if match is None or ago:
            raise ValueError
        position = match.end()
        if _runs_on(match["unit"], text[position : position + 1]):
            raise ValueError
        while position < len(text) and (text[position].isspace() or text[position] == ","):
            position += 1
        if match["ago"]:
            ago = True
        elif match["time"]:
            _once(seen, "time")
            amounts.microseconds += _signed_time(match["time"])
        elif match["year_month"]:
            _once(seen, "months")
            amounts.months += _year_month(match["year_month"])
        else:
            unit = match["unit"]
            if unit is None and _TIME_AHEAD.match(text, position):
                unit = "day"
            _unit(match["number"], unit, position == len(text), amounts, seen)
            if match["unit"] == "ago":
                ago = True
    if not seen:
        raise ValueError
    return amounts.interval(-1 if ago else 1)


def _runs_on(unit: str | None, following: str) -> bool:
    return unit is not None and len(unit) > 1 and following != "" and following in "0123456789+-./"


def _once(seen: set[str], field: str) -> None:
    if field in seen or (field == "time" and seen & {"hour", "minute", "second"}):
        raise ValueError
    seen.add(field)


def _unit(number: str, unit: str | None, last: bool, amounts: _Amounts, seen: set[str]) -> None:
    if unit in (None, "ago") and (last or unit):
        unit = "second"
    found = _UNITS.get((unit or "")[:_UNIT_CHARACTERS])
    if found is None:
        raise ValueError
    field, factor = found
    _once(seen, f"{field}{factor}")
    amounts.add(Fraction(number), field, factor)


def _signed_time(text: str) -> Fraction:
    sign = -1 if text.startswith("-") else 1
    parts = text.lstrip("+-").split(":")
    if len(parts) == 2 and "." in parts[1]:
        # mm:ss.fff
        parts = ["0", *parts]
    hours, minutes, seconds = (*parts, "0")[:3]
    if int(minutes or 0) > 59 or Fraction(seconds or 0) > 60:
        raise ValueError
    return sign * (int(hours) * HOUR + int(minutes or 0) * MINUTE + Fraction(seconds or 0) * SECOND)


def _year_month(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    years, months = text.lstrip("+-").split("-")
    if int(months) > 11:
        raise ValueError
    return sign * (int(years) * calendar.MONTHS_PER_YEAR + int(months))


_ISO_DATE_UNITS: Final = {"y": ("months", 12), "m": ("months", 1), "w": ("days", 7), "d": ("days", 1)}
_ISO_TIME_UNITS: Final = {"h": HOUR, "m": MINUTE, "s": SECOND}


def _read_iso_interval(text: str) -> Interval:
    if not text or _ISO_INTERVAL.fullmatch(text) is None:
        raise ValueError
    amounts, in_time = _Amounts(), False
    for number, unit in _ISO_FIELD.findall(text):
        if unit == "t":
            in_time = True
        elif in_time:
            amounts.add(Fraction(number), "microseconds", _ISO_TIME_UNITS[unit])
        else:
            amounts.add(Fraction(number), *_ISO_DATE_UNITS[unit])
    return amounts.interval(1)
