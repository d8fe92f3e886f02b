"""Arrays of one dimension as text: `{a,"b c",NULL}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.limits import MAX_ARRAY_ELEMENTS
from botflow_runtime.expressions.moment import Moment
from botflow_runtime.expressions.numeric import unreadable
from botflow_runtime.expressions.types import Reader, Value, Writer

_ELEMENT: Final = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|((?:[^{}",\\]|\\.)+))\s*([,}])', re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_NEEDS_QUOTES: Final = re.compile(r'[{}",\\\s]')


def array_reader(read: Reader) -> Reader:
    """The reader of an array whose elements `read` reads."""

    def read_array(text: str, moment: Moment) -> Value:
        return [None if element is None else read(element, moment) for element in _elements(text)]

    return read_array


def _elements(text: str) -> Iterator[str | None]:
    stripped = text.strip()
    if not stripped.startswith("{"):
        raise unreadable(text, "an array: write '{a,b}'")
    if stripped[1:].lstrip().startswith("{"):
        raise ExpressionError("Arrays of arrays are not supported: use one list, '{a,b}'.")
    if stripped[1:].strip() == "}":
        return
    position, last, count = 1, ",", 0
    while last == ",":
        match = _ELEMENT.match(stripped, position)
        count += 1
        if match is None or (match.group(2) is not None and not match.group(2).strip()):
            raise unreadable(text, "an array: write '{a,b}'")
        checked_size(count)
        yield _element(match)
        position, last = match.end(), match.group(3)
    if position != len(stripped):
        raise unreadable(text, "an array: write '{a,b}'")


def _element(match: re.Match[str]) -> str | None:
    quoted, plain, _ = match.groups()
    if quoted is not None:
        return _ESCAPED.sub(r"\1", quoted)
    plain = plain.rstrip() if not plain.rstrip().endswith("\\") else plain
    return None if plain.lower() == "null" else _ESCAPED.sub(r"\1", plain)


def array_writer(write: Writer) -> Writer:
    """The printer of an array whose elements `write` prints."""

    def write_array(value: Value, moment: Moment) -> str:
        return "{" + ",".join("NULL" if item is None else _quoted(write(item, moment)) for item in value) + "}"

    return write_array


def _quoted(text: str) -> str:
    if text and text.lower() != "null" and not _NEEDS_QUOTES.search(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def checked_size(count: int) -> int:
    """The number of elements, where an array may have so many."""
    if count > MAX_ARRAY_ELEMENTS:
        raise ExpressionError(f"An array has at most {MAX_ARRAY_ELEMENTS} elements: use a shorter one.")
    return count
