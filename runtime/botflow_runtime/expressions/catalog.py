"""The types that expressions have, and every cast between them (PostgreSQL's pg_type and pg_cast)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from botflow_runtime.expressions import calendar, numeric
from botflow_runtime.expressions.arrays import array_reader, array_writer
from botflow_runtime.expressions.date_text import (
    read_date,
    read_interval,
    read_timestamp,
    read_timestamptz,
    write_date,
    write_interval,
    write_timestamp,
    write_timestamptz,
)
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.jsonb import Jsonb, read_jsonb, scalar, write_jsonb
from botflow_runtime.expressions.moment import Moment
from botflow_runtime.expressions.types import TYPES, SqlType

_TRUE: Final = frozenset({"t", "tr", "tru", "true", "y", "ye", "yes", "on", "1"})
_FALSE: Final = frozenset({"f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0"})
_SPACE: Final = " \t\n\r\f\v"


def read_boolean(text: str, moment: Moment) -> bool:
    word = text.strip(_SPACE).lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise numeric.unreadable(text, "boolean")


def read_text(text: str, moment: Moment) -> str:
    if "\0" in text:
        raise ExpressionError("A text holds the character NUL, which PostgreSQL's text cannot: remove it.")
    if not text.isascii():
        _check_utf8(text)
    return text


def _check_utf8(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ExpressionError("A text holds half of a character (a lone surrogate): remove it.") from None


def _same(value: Any, moment: Moment) -> Any:
    return value


def _write_whole(value: int, moment: Moment) -> str:
    return str(value)


def _write_boolean(value: bool, moment: Moment) -> str:
    return "t" if value else "f"


TEXT: Final = TYPES.add(SqlType("text", "S", True, read_text, _same))
BOOLEAN: Final = TYPES.add(SqlType("boolean", "B", True, read_boolean, _write_boolean), "bool")
INT4: Final = TYPES.add(SqlType("integer", "N", False, numeric.read_int4, _write_whole), "int", "int4")
INT8: Final = TYPES.add(SqlType("bigint", "N", False, numeric.read_int8, _write_whole), "int8")
NUMERIC: Final = TYPES.add(
    SqlType("numeric", "N", False, numeric.read_numeric, numeric.write_numeric), "decimal", "dec"
)
FLOAT8: Final = TYPES.add(
    SqlType("double precision", "N", True, numeric.read_float8, numeric.write_float8), "float8", "float"
)
DATE: Final = TYPES.add(SqlType("date", "D", False, read_date, write_date, True, True))
TIMESTAMP: Final = TYPES.add(
    SqlType("timestamp without time zone", "D", False, read_timestamp, write_timestamp, True, True), "timestamp"
)
TIMESTAMPTZ: Final = TYPES.add(
    SqlType("timestamp with time zone", "D", True, read_timestamptz, write_timestamptz, True, True), "timestamptz"
)
INTERVAL: Final = TYPES.add(SqlType("interval", "T", True, read_interval, write_interval, True, True))
JSONB: Final = TYPES.add(SqlType("jsonb", "U", False, read_jsonb, write_jsonb))

SCALARS: Final = (TEXT, BOOLEAN, INT4, INT8, NUMERIC, FLOAT8, DATE, TIMESTAMP, TIMESTAMPTZ, INTERVAL, JSONB)


def _add_array(element: SqlType) -> SqlType:
    assert element.read is not None
    assert element.write is not None
    array = SqlType(
        f"{element.name}[]", "A", False, array_reader(element.read), array_writer(element.write), True, True, element
    )
    aliases = [f"{alias}[]" for alias, known in TYPES.by_name.items() if known is element]
    return TYPES.add(array, *aliases)


ARRAYS: Final = {element: _add_array(element) for element in SCALARS}
TEXT_ARRAY: Final = ARRAYS[TEXT]

# Types known to the choice between overloads, and refused wherever an author names them: what to use instead.
REFUSED_TYPES: Final = {
    **dict.fromkeys(("smallint", "int2"), "integer"),
    **dict.fromkeys(("real", "float4"), "double precision"),
    **dict.fromkeys(("varchar", "char", "character", "character varying", "char varying", "bpchar", "name"), "text"),
    "json": "jsonb",
    "money": "numeric",
    **dict.fromkeys(("time", "timetz", "time with time zone", "time without time zone"), "timestamp"),
}
SMALLINT: Final = SqlType("smallint", "N")
REAL: Final = SqlType("real", "N")
BYTEA: Final = SqlType("bytea", "U")
BIT: Final = SqlType("bit", "V")
TIME: Final = SqlType("time", "D")
TIMETZ: Final = SqlType("timetz", "D", True)
MONEY: Final = SqlType("money", "N")
OTHER_TYPE: Final = SqlType("other", "U")


def _number_casts() -> None:
    cast = TYPES.add_cast
    cast(INT4, INT8, "i")
    cast(INT8, INT4, "a", lambda value, moment: numeric.int4(value))
    for whole, maximum in ((INT4, numeric.INT4_MAX), (INT8, numeric.INT8_MAX)):
        cast(whole, NUMERIC, "i", lambda value, moment: Decimal(value))
        cast(whole, FLOAT8, "i", lambda value, moment: float(value))
        cast(NUMERIC, whole, "a", _numeric_to_whole(whole.name, maximum))
        cast(FLOAT8, whole, "a", _float_to_whole(whole.name, maximum))
    cast(NUMERIC, FLOAT8, "i", lambda value, moment: numeric.numeric_to_float(value))
    cast(FLOAT8, NUMERIC, "a", lambda value, moment: numeric.float_to_numeric(value))
    cast(INT4, BOOLEAN, "e", lambda value, moment: value != 0)
    cast(BOOLEAN, INT4, "e", lambda value, moment: int(value))
    cast(BOOLEAN, TEXT, "a", lambda value, moment: "true" if value else "false")
    for source in (INT4, INT8, NUMERIC, FLOAT8):
        cast(source, REAL, "i")


def _numeric_to_whole(name: str, maximum: int) -> Any:
    return lambda value, moment: numeric.numeric_to_whole(value, name, maximum)


def _float_to_whole(name: str, maximum: int) -> Any:
    return lambda value, moment: numeric.float_to_whole(value, name, maximum)


def _date_casts() -> None:
    cast = TYPES.add_cast
    cast(DATE, TIMESTAMP, "i", lambda value, moment: calendar.date_to_timestamp(value))
    cast(DATE, TIMESTAMPTZ, "i", date_to_timestamptz, stable=True)
    cast(TIMESTAMP, TIMESTAMPTZ, "i", lambda value, moment: calendar.to_utc(value, moment.zone), stable=True)
    cast(TIMESTAMP, DATE, "a", lambda value, moment: calendar.timestamp_to_date(value))
    cast(TIMESTAMPTZ, TIMESTAMP, "a", lambda value, moment: calendar.to_local(value, moment.zone), stable=True)
    cast(TIMESTAMPTZ, DATE, "a", timestamptz_to_date, stable=True)


def date_to_timestamptz(value: int, moment: Moment) -> int:
    return calendar.to_utc(calendar.date_to_timestamp(value), moment.zone)


def timestamptz_to_date(value: int, moment: Moment) -> int:
    return calendar.timestamp_to_date(calendar.to_local(value, moment.zone))


def _json_casts() -> None:
    for target in (NUMERIC, INT4, INT8, FLOAT8):
        TYPES.add_cast(JSONB, target, "e", _json_number(target))
    TYPES.add_cast(JSONB, BOOLEAN, "e", lambda value, moment: scalar(value, (bool,), "boolean"))


def _json_number(target: SqlType) -> Any:
    onward = TYPES.casts.get((NUMERIC, target))

    def convert(value: Jsonb, moment: Moment) -> Any:
        number = scalar(value, (Decimal,), target.name)
        return onward.convert(number, moment) if onward and onward.convert else number

    return convert


_number_casts()
_date_casts()
_json_casts()
