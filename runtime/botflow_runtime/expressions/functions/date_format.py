"""to_char of timestamps and intervals: the patterns of PostgreSQL's documentation, table 9.27."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from botflow_runtime.expressions import calendar
from botflow_runtime.expressions.calendar import DAY, HOUR, MINUTE, SECOND, Interval
from botflow_runtime.expressions.date_text import truncated, written_offset
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.functions.date import century, day_of_week, iso_week
from botflow_runtime.expressions.functions.text import bounded
from botflow_runtime.expressions.moment import Moment

_MONTHS: Final = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_DAYS: Final = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
_ROMAN: Final = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_NAME_WIDTH: Final = 9
_ROMAN_WIDTH: Final = 4


@dataclass(frozen=True, slots=True)
class _Fields:
    """What the patterns ask for, of a timestamp or an interval."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    microsecond: int
    days: int | None = None
    day_of_year: int = 0
    offset: int | None = None
    zone_name: str = ""

    @property
    def date(self) -> int:
        """Days from 2000-01-01. Raises ExpressionError for an interval, which has no date."""
        if self.days is None:
            raise ExpressionError("An interval has no month, weekday or era to show: use numbers, such as DD or HH24.")
        return self.days


Render = Callable[[_Fields, bool], str]


def _number(value: Callable[[_Fields], int], width: int) -> Render:
    def render(fields: _Fields, fill: bool) -> str:
        number = value(fields)
        return f"{number:0{width + (number < 0)}d}" if fill else str(number)

    return render


def _year(fields: _Fields) -> int:
    return fields.year if fields.days is None or fields.year > 0 else 1 - fields.year


def _iso_year(fields: _Fields) -> int:
    year = iso_week(fields.date)[0]
    return year if year > 0 else 1 - year


def _iso_day(fields: _Fields) -> int:
    return day_of_week(fields.date) or 7


def _iso_day_of_year(fields: _Fields) -> int:
    return (iso_week(fields.date)[1] - 1) * 7 + _iso_day(fields)


def _twelve(fields: _Fields, fill: bool) -> str:
    width = 0 if not fill else 2 if fields.hour >= 0 else 3
    return f"{truncated(fields.hour, 12)[1] or 12:0{width}d}"


def _name(names: list[str], index: Callable[[_Fields], int], case: Callable[[str], str], width: int) -> Render:
    def render(fields: _Fields, fill: bool) -> str:
        assert fields.date is not None
        name = case(names[index(fields)])
        return name.ljust(width) if fill else name

    return render


def _choice(late: Callable[[_Fields], bool], first: str, second: str) -> Render:
    return lambda fields, fill: second if late(fields) else first


def _grouped_year(fields: _Fields, fill: bool) -> str:
    thousands, rest = truncated(_year(fields), 1000)
    return f"{thousands},{rest:03d}"


def _century(fields: _Fields, fill: bool) -> str:
    number = truncated(fields.year, 100)[0] if fields.days is None else century(fields.year)
    if not fill or abs(number) > 99:
        return str(number)
    return f"{number:0{2 if number >= 0 else 3}d}"


def _zone_offset(fields: _Fields) -> int:
    if fields.days is None:
        raise ExpressionError("An interval has no time zone to show.")
    return fields.offset or 0


def _zone_hours(fields: _Fields, fill: bool) -> str:
    offset = _zone_offset(fields)
    return f"{'-' if offset < 0 else '+'}{abs(offset) // HOUR:02d}"


def _zone_name(case: Callable[[str], str]) -> Render:
    def render(fields: _Fields, fill: bool) -> str:
        _zone_offset(fields)
        return case(fields.zone_name)

    return render


def _offset(fields: _Fields, fill: bool) -> str:
    return written_offset(_zone_offset(fields))[:6]


def _fraction(digits: int) -> Render:
    # Unlike elsewhere, a sign counts as one of the digits.
    return lambda fields, fill: f"{truncated(fields.microsecond, 10 ** (6 - digits))[0]:0{digits}d}"


def _roman(case: Callable[[str], str]) -> Render:
    def render(fields: _Fields, fill: bool) -> str:
        if not fields.month:
            return ""
        numeral = case(_ROMAN[fields.month - 1])
        return numeral.ljust(_ROMAN_WIDTH) if fill else numeral

    return render


def _quarter(fields: _Fields, fill: bool) -> str:
    return str((fields.month - 1) // 3 + 1) if fields.month else ""


_NUMBERS: Final[dict[str, Render]] = {
    "HH24": _number(lambda fields: fields.hour, 2),
    "HH12": _twelve,
    "HH": _twelve,
    "MI": _number(lambda fields: fields.minute, 2),
    "SSSSS": _number(lambda fields: fields.hour * 3600 + fields.minute * 60 + fields.second, 0),
    "SSSS": _number(lambda fields: fields.hour * 3600 + fields.minute * 60 + fields.second, 0),
    "SS": _number(lambda fields: fields.second, 2),
    "MS": _fraction(3),
    "US": _fraction(6),
    **{f"FF{digits}": _fraction(digits) for digits in range(1, 7)},
    "Y,YYY": _grouped_year,
    "YYYY": _number(_year, 4),
    "YYY": _number(lambda fields: truncated(_year(fields), 1000)[1], 3),
    "YY": _number(lambda fields: truncated(_year(fields), 100)[1], 2),
    "Y": _number(lambda fields: truncated(_year(fields), 10)[1], 1),
    "IYYY": _number(_iso_year, 4),
    "IYY": _number(lambda fields: _iso_year(fields) % 1000, 3),
    "IY": _number(lambda fields: _iso_year(fields) % 100, 2),
    "I": _number(lambda fields: _iso_year(fields) % 10, 1),
    "CC": _century,
    "Q": _quarter,
    "MM": _number(lambda fields: fields.month, 2),
    "IDDD": _number(_iso_day_of_year, 3),
    "ID": _number(_iso_day, 0),
    "IW": _number(lambda fields: iso_week(fields.date)[1], 2),
    "WW": _number(lambda fields: (fields.day_of_year - 1) // 7 + 1, 2),
    "W": _number(lambda fields: (fields.day - 1) // 7 + 1, 0),
    "DDD": _number(lambda fields: fields.day_of_year, 3),
    "DD": _number(lambda fields: fields.day, 2),
    "D": _number(lambda fields: day_of_week(fields.date) + 1, 0),
    "J": _number(lambda fields: fields.date + calendar.JULIAN_OF_2000, 0),
    "TZH": _zone_hours,
    "TZM": _number(lambda fields: abs(_zone_offset(fields)) % HOUR // MINUTE, 2),
    "OF": _offset,
}


def _afternoon(fields: _Fields) -> bool:
    return truncated(fields.hour, 24)[1] >= 12


def _before_christ(fields: _Fields) -> bool:
    return calendar.civil(fields.date)[0] <= 0


def _month_index(fields: _Fields) -> int:
    return fields.month - 1


def _weekday(fields: _Fields) -> int:
    return day_of_week(fields.date)


_CASES: Final[dict[tuple[bool, bool], Callable[[str], str]]] = {
    (True, True): str.upper,
    (False, True): str.title,
    (False, False): str.lower,
}


def _case_of(keyword: str) -> Callable[[str], str]:
    """Upper, title or lower case, as the keyword itself is written."""
    return _CASES[keyword[1].isupper(), keyword[0].isupper()]


def _words() -> dict[str, Render]:
    short_months, short_days = [name[:3] for name in _MONTHS], [name[:3] for name in _DAYS]
    words: dict[str, Render] = {}
    for keyword in ("Month", "MONTH", "month"):
        words[keyword] = _name(_MONTHS, _month_index, _case_of(keyword), _NAME_WIDTH)
    for keyword in ("Mon", "MON", "mon"):
        words[keyword] = _name(short_months, _month_index, _case_of(keyword), 0)
    for keyword in ("Day", "DAY", "day"):
        words[keyword] = _name(_DAYS, _weekday, _case_of(keyword), _NAME_WIDTH)
    for keyword in ("Dy", "DY", "dy"):
        words[keyword] = _name(short_days, _weekday, _case_of(keyword), 0)
    for first, second, late in (("AM", "PM", _afternoon), ("AD", "BC", _before_christ)):
        for dotted in (str, _dotted):
            for case in (str.upper, str.lower):
                chosen = _choice(late, case(dotted(first)), case(dotted(second)))
                words[case(dotted(first))] = words[case(dotted(second))] = chosen
    return words | {
        "RM": _roman(str.upper),
        "rm": _roman(str.lower),
        "TZ": _zone_name(str.upper),
        "tz": _zone_name(str.lower),
    }


def _dotted(word: str) -> str:
    return f"{word[0]}.{word[1]}."


_RENDERERS: Final[dict[str, Render]] = {
    **{keyword.lower(): render for keyword, render in _NUMBERS.items()},
    **_NUMBERS,
    **_words(),
}
_PATTERN: Final = re.compile(
    r'"((?:[^"\\]|\\.)*)"?|(FM|fm|TM|tm|FX|fx)|('
    + "|".join(re.escape(keyword) for keyword in sorted(_RENDERERS, key=len, reverse=True))
    + r")(TH|th|SP|sp)?|\\(.)|(.)",
    re.DOTALL,
)


def _rendered(fields: _Fields, pattern: str) -> str | None:
    if not pattern:
        return None
    result: list[str] = []
    fill = True
    for match in _PATTERN.finditer(pattern):
        quoted, prefix, keyword, suffix, escaped, other = match.groups()
        if prefix is not None:
            fill = fill and prefix.upper() == "FX"
            continue
        if keyword is not None:
            text = _RENDERERS[keyword](fields, fill)
            result.append(text + ordinal(text, suffix))
        elif quoted is not None:
            result.append(re.sub(r"\\(.)", r"\1", quoted))
        else:
            result.append((escaped if escaped == '"' else f"\\{escaped}") if escaped is not None else other)
        fill = True
    bounded(sum(map(len, result)))
    return "".join(result)


def ordinal(number: str, suffix: str | None) -> str:
    """st, nd, rd or th after a number, in the case of the suffix asked for."""
    if suffix is None or suffix.upper() != "TH":
        return ""
    if not number or not number[-1].isdigit():
        raise ExpressionError(f'"{number}" is not a number, so {suffix} cannot follow it.')
    last = "" if number[-2:-1] == "1" else number[-1]
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(last, "th")
    return ending.upper() if suffix == "TH" else ending


def format_timestamp(timestamp: int, pattern: str) -> str | None:
    if calendar.is_infinite(timestamp):
        return None
    return _rendered(_timestamp_fields(timestamp, None, ""), pattern)


def format_timestamptz(moment: Moment, timestamp: int, pattern: str) -> str | None:
    if calendar.is_infinite(timestamp):
        return None
    offset = calendar.utc_offset(timestamp, moment.zone)
    name = calendar.zone_name(timestamp, moment.zone)
    return _rendered(_timestamp_fields(timestamp + offset, offset, name), pattern)


def _timestamp_fields(timestamp: int, offset: int | None, zone_name: str) -> _Fields:
    clock = calendar.clock(timestamp)
    days = timestamp // DAY
    day_of_year = days - calendar.days_of(clock.year, 1, 1) + 1
    return _Fields(*clock, days=days, day_of_year=day_of_year, offset=offset, zone_name=zone_name)


def format_interval(value: Interval, pattern: str) -> str | None:
    years, months = truncated(value.months, calendar.MONTHS_PER_YEAR)
    hours, rest = truncated(value.microseconds, HOUR)
    minutes, rest = truncated(rest, MINUTE)
    seconds, microseconds = truncated(rest, SECOND)
    day_of_year = value.months * calendar.DAYS_PER_MONTH + value.days
    return _rendered(
        _Fields(years, months, value.days, hours, minutes, seconds, microseconds, day_of_year=day_of_year), pattern
    )
