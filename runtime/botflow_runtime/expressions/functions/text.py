"""Text functions. Case and classes of letters are those of the C collation: ASCII alone has case."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any, Final

from botflow_runtime.expressions.arrays import checked_size
from botflow_runtime.expressions.budget import spend_on
from botflow_runtime.expressions.catalog import BIT, BOOLEAN, BYTEA, INT4, OTHER_TYPE, TEXT, TEXT_ARRAY
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.limits import MAX_TEXT_CHARACTERS
from botflow_runtime.expressions.numeric import INT4_MAX
from botflow_runtime.expressions.registry import FUNCTIONS, OPERATORS

FAMILY: Final = "text"

_UPPER: Final = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_WORD: Final = re.compile("[A-Za-z0-9]+")
FEW_CHARACTERS: Final = 16
"""Python's own strip goes through all the characters for each letter of the text."""


def lower(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_LOWER)


def upper(text: str) -> str:
    return text.upper() if text.isascii() else text.translate(_UPPER)


def initcap(text: str) -> str:
    return _WORD.sub(lambda match: upper(match.group()[0]) + lower(match.group()[1:]), text)


def bounded(length: int) -> None:
    """Count a text that is about to be made; refuse one that would be too long."""
    refuse_too_long(length)
    spend_on(length)


def refuse_too_long(length: int) -> None:
    if length > MAX_TEXT_CHARACTERS:
        raise ExpressionError(f"A text may have at most {MAX_TEXT_CHARACTERS} characters: make it shorter.")


def counted(compute: Callable[..., Any]) -> Callable[..., Any]:
    """A function that goes through its texts and makes none that is longer."""

    def run(*given: Any) -> Any:
        for value in given:
            if isinstance(value, str):
                spend_on(len(value))
        return compute(*given)

    return run


def joined(left: str, right: str) -> str:
    bounded(len(left) + len(right))
    return left + right


def substring(text: str, start: int, count: int | None = None) -> str:
    """Characters from `start`, counted from 1; a start before 1 uses up the count."""
    if count is None:
        return text[max(start - 1, 0) :]
    if count < 0:
        raise ExpressionError("A substring cannot have a negative length: check the third value.")
    return text[max(start - 1, 0) : max(start - 1 + count, 0)]


def left(text: str, count: int) -> str:
    return text[:count]


def right(text: str, count: int) -> str:
    return text[-count:] if count else ""


def strpos(text: str, part: str) -> int:
    return text.find(part) + 1


def split_part(text: str, separator: str, index: int) -> str:
    """The part at an index from 1; a negative index counts from the end."""
    if index == 0:
        raise ExpressionError("split_part counts from 1: the third value must not be zero.")
    parts = text.split(separator) if separator else [text]
    position = index - 1 if index > 0 else len(parts) + index
    return parts[position] if 0 <= position < len(parts) and text else ""


def replace(text: str, part: str, replacement: str) -> str:
    if not part:
        return text
    bounded(len(text) + text.count(part) * (len(replacement) - len(part)))
    return text.replace(part, replacement)


def translate(text: str, letters: str, replacements: str) -> str:
    table: dict[int, str | None] = {}
    for index, letter in enumerate(letters):
        table.setdefault(ord(letter), replacements[index] if index < len(replacements) else None)
    return text.translate(table)


def overlay(text: str, replacement: str, start: int, count: int | None = None) -> str:
    if start <= 0:
        raise ExpressionError("OVERLAY counts from 1: FROM must be positive.")
    length = len(replacement) if count is None else count
    if start + length > INT4_MAX:
        raise ExpressionError("The number is out of range for integer.")
    return joined(substring(text, 1, start - 1) + replacement, substring(text, start + length))


def repeat(text: str, times: int) -> str:
    bounded(len(text) * max(times, 0))
    return text * times


def lpad(text: str, length: int, fill: str = " ") -> str:
    return _padding(text, length, fill) + text[: max(length, 0)]


def rpad(text: str, length: int, fill: str = " ") -> str:
    return text[: max(length, 0)] + _padding(text, length, fill)


def _padding(text: str, length: int, fill: str) -> str:
    bounded(length)
    missing = max(length - len(text), 0)
    return (fill * (missing // len(fill) + 1))[:missing] if fill else ""


def btrim(text: str, characters: str = " ") -> str:
    return ltrim(rtrim(text, characters), characters)


def ltrim(text: str, characters: str = " ") -> str:
    if len(characters) <= FEW_CHARACTERS:
        return text.lstrip(characters)
    trimmed = frozenset(characters)
    return text[next((at for at, letter in enumerate(text) if letter not in trimmed), len(text)) :]


def rtrim(text: str, characters: str = " ") -> str:
    if len(characters) <= FEW_CHARACTERS:
        return text.rstrip(characters)
    trimmed = frozenset(characters)
    return text[: next((end for end in range(len(text), 0, -1) if text[end - 1] not in trimmed), 0)]


def ascii_code(text: str) -> int:
    return ord(text[0]) if text else 0


def character(code: int) -> str:
    if code == 0 or code < 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise ExpressionError("No character has this code: chr takes 1 to 1114111.")
    return chr(code)


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def string_to_array(text: str | None, separator: str | None, null: str | None = None) -> list[str | None] | None:
    if text is None:
        return None
    if not text:
        return []
    parts = list(text) if separator is None else text.split(separator) if separator else [text]
    checked_size(len(parts))
    return [None if part == null else part for part in parts] if null is not None else list(parts)


def _register() -> None:
    one: list[tuple[str, Any, Callable[[str], Any]]] = [
        ("length char_length character_length", INT4, len),
        ("octet_length", INT4, counted(lambda text: len(text.encode()))),
        ("bit_length", INT4, counted(lambda text: 8 * len(text.encode()))),
        ("lower", TEXT, counted(lower)),
        ("upper", TEXT, counted(upper)),
        ("initcap", TEXT, counted(initcap)),
        ("reverse", TEXT, counted(lambda text: text[::-1])),
        ("ascii", INT4, ascii_code),
        ("md5", TEXT, counted(md5)),
    ]
    add = FUNCTIONS.add
    for names, result, compute in one:
        add(FAMILY, names, (TEXT,), result, compute)
    for name, trim in (("btrim", btrim), ("ltrim", ltrim), ("rtrim", rtrim)):
        add(FAMILY, name, (TEXT,), TEXT, counted(trim))
        add(FAMILY, name, (TEXT, TEXT), TEXT, counted(trim))
    for names in ("substring substr",):
        add(FAMILY, names, (TEXT, INT4), TEXT, counted(substring))
        add(FAMILY, names, (TEXT, INT4, INT4), TEXT, counted(substring))
    add(FAMILY, "left", (TEXT, INT4), TEXT, left)
    add(FAMILY, "right", (TEXT, INT4), TEXT, right)
    add(FAMILY, "position strpos", (TEXT, TEXT), INT4, counted(strpos))
    add(FAMILY, "split_part", (TEXT, TEXT, INT4), TEXT, counted(split_part))
    add(FAMILY, "replace", (TEXT, TEXT, TEXT), TEXT, counted(replace))
    add(FAMILY, "translate", (TEXT, TEXT, TEXT), TEXT, counted(translate))
    add(FAMILY, "overlay", (TEXT, TEXT, INT4), TEXT, counted(overlay))
    add(FAMILY, "overlay", (TEXT, TEXT, INT4, INT4), TEXT, counted(overlay))
    add(FAMILY, "repeat", (TEXT, INT4), TEXT, repeat)
    for name, pad in (("lpad", lpad), ("rpad", rpad)):
        add(FAMILY, name, (TEXT, INT4), TEXT, counted(pad))
        add(FAMILY, name, (TEXT, INT4, TEXT), TEXT, counted(pad))
    add(FAMILY, "starts_with", (TEXT, TEXT), BOOLEAN, str.startswith)
    add(FAMILY, "chr", (INT4,), TEXT, character)
    add(FAMILY, "string_to_array", (TEXT, TEXT), TEXT_ARRAY, counted(string_to_array), strict=False)
    add(FAMILY, "string_to_array", (TEXT, TEXT, TEXT), TEXT_ARRAY, counted(string_to_array), strict=False)
    OPERATORS.add(FAMILY, "||", (TEXT, TEXT), TEXT, joined)


def _register_outside() -> None:
    """What PostgreSQL also has under these names, for other types."""
    outside = FUNCTIONS.outside
    outside("length octet_length bit_length", (BYTEA,), (BIT,))
    outside("length", (OTHER_TYPE,))
    outside("md5", (BYTEA,))
    outside("btrim ltrim rtrim", (BYTEA, BYTEA))
    outside("position", (BYTEA, BYTEA), (BIT, BIT))
    outside("substring", (BIT, INT4), (BIT, INT4, INT4))
    outside("substring substr", (BYTEA, INT4), (BYTEA, INT4, INT4))
    outside("overlay", (BYTEA, BYTEA, INT4), (BYTEA, BYTEA, INT4, INT4), (BIT, BIT, INT4), (BIT, BIT, INT4, INT4))
    OPERATORS.outside("||", (BYTEA, BYTEA), (BIT, BIT))


_register()
_register_outside()
