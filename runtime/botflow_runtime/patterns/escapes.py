r"""Escapes that stand for one character, in a set and outside: `\n`, `\x{e9}`, `\u00e9`, `\0101`, `\cA`, `\N{...}`."""

import re
from collections.abc import Callable

from botflow_runtime.patterns.charset import HIGHEST
from botflow_runtime.patterns.error import PatternError
from botflow_runtime.patterns.reader import Reader
from botflow_runtime.patterns.subject import readable
from botflow_runtime.patterns.unicode_names import named_character

_PLAIN = {"a": "\a", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CODE = re.compile(r"x\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})", re.ASCII)
_LOW_SURROGATE = re.compile(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})", re.ASCII)
_OCTAL = re.compile(r"0([0-3][0-7]{0,2}|[4-7][0-7]?)", re.ASCII)
_NAME = re.compile(r"N\{([^}]*)\}")
_CONTROL = re.compile(r"c([\x00-\x7f])")


def character_escape(reader: Reader, position: int) -> str:
    r"""The character of an escape; the reader stands behind the `\`, which is at `position`."""
    return CHARACTER_ESCAPES[reader.peek()](reader, position)


def _plain(reader: Reader, position: int) -> str:
    return _PLAIN[reader.next()]


def _code(reader: Reader, position: int) -> str:
    r"""`\x{e9}`, `\xe9`, `\u00e9` (two of them for a surrogate pair), `\U000000e9`."""
    code = _code_point(reader, position)
    low = _LOW_SURROGATE.match(reader.text, reader.position)
    if 0xD800 <= code < 0xDC00 and low is not None:
        reader.position = low.end()
        code = 0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00
    return readable(chr(code))


def _code_point(reader: Reader, position: int) -> int:
    match = reader.match(_CODE)
    code = int("".join(filter(None, match.groups())), 16) if match else HIGHEST + 1
    if code > HIGHEST:
        raise PatternError(r"the code of a character is written \x{e9}, \xe9, \u00e9 or \U000000e9", position)
    return code


def _octal(reader: Reader, position: int) -> str:
    match = reader.match(_OCTAL)
    if match is None:
        raise PatternError(r"\0 needs one to three octal digits: \0101 is A", position)
    return chr(int(match[1], 8))


def _control(reader: Reader, position: int) -> str:
    match = reader.match(_CONTROL)
    if match is None:
        raise PatternError(r"\c needs a letter: \cA is control-A", position)
    return chr(ord(match[1]) & 0x1F)


def _named(reader: Reader, position: int) -> str:
    match = reader.match(_NAME)
    if match is None:
        raise PatternError(r"\N needs the name of a character: \N{GREEK SMALL LETTER ALPHA}", position)
    return named_character(match[1], position)


CHARACTER_ESCAPES: dict[str, Callable[[Reader, int], str]] = {
    **dict.fromkeys(_PLAIN, _plain),
    **dict.fromkeys("xuU", _code),
    "0": _octal,
    "c": _control,
    "N": _named,
}
