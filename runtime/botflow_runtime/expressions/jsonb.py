"""jsonb: read, printed and compared as PostgreSQL does."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cmp_to_key
from typing import Any, Final, NamedTuple, NoReturn

from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.moment import Moment
from botflow_runtime.expressions.numeric import read_numeric, unreadable, write_numeric

Json = Any


class Jsonb(NamedTuple):
    """A JSON value beside SQL's NULL: `Jsonb(None)` is JSON's null. Its numbers are Decimal."""

    value: Json


def read_jsonb(text: str, moment: Moment) -> Jsonb:
    try:
        value = _DECODER.decode(text)
        _refuse_unprintable(value)
    except (ValueError, RecursionError):
        raise unreadable(text, "jsonb") from None
    return Jsonb(value)


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(text)


def _number(text: str) -> Decimal:
    return read_numeric(text, Moment(None))


_DECODER: Final = json.JSONDecoder(parse_float=_number, parse_int=_number, parse_constant=_refuse_constant)


def _refuse_unprintable(value: Json) -> None:
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError(value)
        value.encode()
    elif isinstance(value, list):
        for item in value:
            _refuse_unprintable(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            _refuse_unprintable(key)
            _refuse_unprintable(item)


def write_jsonb(document: Jsonb, moment: Moment) -> str:
    return _written(document.value)


def _written(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {_written(value[key])}" for key in ordered_keys(value)) + "}"
    return write_numeric(value, Moment(None))


def _quoted(text: str) -> str:
    # JSON's encoder writes the control characters as PostgreSQL does, save for DEL, which neither escapes.
    return json.dumps(text, ensure_ascii=False)


def ordered_keys(value: dict[str, Json]) -> list[str]:
    """jsonb keeps keys by length in bytes, then by bytes."""
    return sorted(value, key=lambda key: (len(key.encode()), key.encode()))


def text_of(value: Json) -> str | None:
    """What `->>` gives: a text without its quotes, null as NULL."""
    if value is None:
        return None
    return value if isinstance(value, str) else _written(value)


def step(value: Json, key: str | int) -> Json:
    """The part of a container under a key or an index; KeyError where there is none."""
    if isinstance(value, dict) and isinstance(key, str):
        return value[key]
    if not isinstance(value, list | dict) and isinstance(key, int):
        # PostgreSQL keeps a plain value as a list of one.
        value = [value]
    if isinstance(value, list) and isinstance(key, int) and -len(value) <= key < len(value):
        return value[key]
    raise KeyError(key)


_RANKS: Final = {dict: 5, list: 4, bool: 3, Decimal: 2, str: 1, type(None): 0}


def compare(left: Jsonb, right: Jsonb) -> int:
    """-1, 0 or 1: jsonb's order, objects over arrays over booleans over numbers over texts over null."""
    if (left.value == [] or right.value == []) and left.value != right.value:
        # An empty array sorts below everything, by a quirk PostgreSQL keeps.
        return _compare_empty(left.value, right.value)
    return _compare(left.value, right.value)


def _compare_empty(left: Json, right: Json) -> int:
    if isinstance(left, list) and isinstance(right, list):
        return _sign(len(left) - len(right))
    return -1 if left == [] else 1


def _compare(left: Json, right: Json) -> int:
    ranks = _RANKS[type(left)] - _RANKS[type(right)]
    if ranks:
        return _sign(ranks)
    if isinstance(left, list):
        return _compare_lists(left, right)
    if isinstance(left, dict):
        return _compare_objects(left, right)
    if left == right:
        return 0
    return -1 if left < right else 1


def _compare_lists(left: list[Json], right: list[Json]) -> int:
    if len(left) != len(right):
        return _sign(len(left) - len(right))
    return next((result for pair in zip(left, right, strict=True) if (result := _compare(*pair))), 0)


def _compare_objects(left: dict[str, Json], right: dict[str, Json]) -> int:
    if len(left) != len(right):
        return _sign(len(left) - len(right))
    pairs = [(key, left[key]) for key in ordered_keys(left)], [(key, right[key]) for key in ordered_keys(right)]
    for (left_key, left_value), (right_key, right_value) in zip(*pairs, strict=True):
        if left_key != right_key:
            return -1 if left_key < right_key else 1
        if result := _compare(left_value, right_value):
            return result
    return 0


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


ORDER: Final = cmp_to_key(compare)


def scalar(document: Jsonb, kinds: tuple[type, ...], type_name: str) -> Any:
    """The value inside for a cast to a number or boolean. Raises ExpressionError for any other kind."""
    if isinstance(document.value, kinds):
        return document.value
    raise ExpressionError(f"This jsonb value cannot become {type_name}: take it as text first, with ->>.")
