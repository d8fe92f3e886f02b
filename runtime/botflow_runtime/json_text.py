"""JSON as people write it by hand: strict, with the place of a mistake, and no name twice in an object (RFC 8259)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from math import isfinite
from typing import Any, NoReturn

from botflow_runtime.json_types import Json, JsonObject


class JsonTextError(ValueError):
    """A text that is no JSON; the message says where and why."""


def read_json(text: str | bytes, number: Callable[[str], Any] | None = None) -> Json:
    """The value of a JSON text; bytes are UTF-8, with or without a byte order mark.

    `number` makes a value of the text of each number that is no whole one; a float by default. Raises JsonTextError.
    """
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        return json.loads(decoded, parse_float=number or finite, parse_constant=_constant, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        message = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise JsonTextError(f"this is not JSON: {message}") from None
    except UnicodeDecodeError as error:
        raise JsonTextError(f"this is not JSON in UTF-8: byte {error.start + 1} is no part of a character") from None
    except RecursionError:
        raise JsonTextError("this is nested too deep to be read") from None
    except ValueError as error:
        raise JsonTextError(f"this JSON cannot be used: {error}") from None


def finite(text: str) -> float:
    """The number that a text stands for. Raises ValueError where a computer's floating-point number ends."""
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"the number {text[:40]} is too large")
    return value


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number that JSON has")


def _object(pairs: list[tuple[str, Json]]) -> JsonObject:
    found = dict(pairs)
    if len(found) < len(pairs):
        name = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise ValueError(f"the name {name!r} stands twice in one object")
    return found
