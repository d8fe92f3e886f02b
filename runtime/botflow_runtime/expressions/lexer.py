"""Words, numbers, operators and quoted literals of an expression, as PostgreSQL's own lexer cuts them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.placeholders import PLACEHOLDER, Placeholder


class Token(NamedTuple):
    """`kind` is word, name (double quotes), number, literal, operator, punctuation or end."""

    kind: str
    text: str
    position: int
    end: int
    parts: tuple[str | Placeholder, ...] = ()


Decoder = Callable[[str, int], str]

_TOKEN: Final = re.compile(
    r"""
      (?P<space>\s+|--[^\n\r]*)
    | (?P<comment>/\*)
    | (?P<escape>[eE]')
    | (?P<special>[uU]&['"]|[bBxXnN]')
    | (?P<quote>')
    | (?P<dollar>\$(?:[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*)?\$)
    | (?P<number>(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_$\x80-\U0010ffff]*)
    | (?P<name>"(?:[^"]|"")*")
    | (?P<placeholder>\{\{[^{}]*\}\})
    | (?P<cast>::)
    | (?P<operator>[-+*/<>=~!@\#%^&|`?]+)
    | (?P<punctuation>[()\[\],.;:])
    """,
    re.VERBOSE,
)
_PLAIN_QUOTED: Final = re.compile(r"((?:[^']|'')*)'")
_ESCAPE_QUOTED: Final = re.compile(r"((?:[^'\\]|''|\\.)*)'", re.DOTALL)
_CONTINUED: Final = re.compile(r"(?:[ \t\f\v]|--[^\n\r]*)*[\n\r](?:\s|--[^\n\r]*[\n\r])*'")
_ESCAPE: Final = re.compile(
    r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL
)
_ESCAPE_LETTERS: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
# An operator of several characters may end in + or - only when it holds one of these.
_KEEPS_SIGN: Final = frozenset("~!@#%^&|`?")
_SPECIAL_LITERALS: Final = {"u": "U&", "b": "B", "x": "X", "n": "N"}


def tokenize(text: str) -> list[Token]:
    """Cut the text into tokens, the last of kind `end`. Raises ExpressionError for what no token can be."""
    tokens: list[Token] = []
    position, length = 0, len(text)
    while position < length:
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(f"The character {text[position]} has no place in an expression.", position)
        kind = match.lastgroup or ""
        reader = _READERS.get(kind)
        if reader is None:
            if kind != "space":
                tokens.append(Token(kind, match.group(), position, match.end()))
            position = match.end()
            continue
        token, position = reader(text, match)
        if token is not None:
            tokens.append(token)
    tokens.append(Token("end", "", length, length))
    return tokens


def _word(text: str, match: re.Match[str]) -> tuple[Token, int]:
    # PostgreSQL folds ASCII letters only.
    return Token("word", match.group().lower(), match.start(), match.end()), match.end()


def _name(text: str, match: re.Match[str]) -> tuple[Token, int]:
    return Token("name", match.group()[1:-1].replace('""', '"'), match.start(), match.end()), match.end()


def _number(text: str, match: re.Match[str]) -> tuple[Token, int]:
    following = text[match.end() : match.end() + 1]
    if following.isalpha() or following == "_":
        raise ExpressionError(f"A space or an operator is missing after the number {match.group()}.", match.end())
    return Token("number", match.group(), match.start(), match.end()), match.end()


def _operator(text: str, match: re.Match[str]) -> tuple[Token, int]:
    operator = match.group()
    for comment in ("--", "/*"):
        if comment in operator:
            operator = operator[: operator.index(comment)]
    while len(operator) > 1 and operator[-1] in "+-" and not _KEEPS_SIGN.intersection(operator):
        operator = operator[:-1]
    end = match.start() + len(operator)
    return Token("operator", "<>" if operator == "!=" else operator, match.start(), end), end


def _comment(text: str, match: re.Match[str]) -> tuple[None, int]:
    depth, position = 1, match.end()
    while depth:
        mark = re.compile(r"/\*|\*/").search(text, position)
        if mark is None:
            raise ExpressionError("A comment is not closed: add */ at its end.", match.start())
        depth += 1 if mark.group() == "/*" else -1
        position = mark.end()
    return None, position


def _quoted(text: str, match: re.Match[str]) -> tuple[Token, int]:
    escapes = match.lastgroup == "escape"
    pattern = _ESCAPE_QUOTED if escapes else _PLAIN_QUOTED
    raw, position = "", match.end()
    while True:
        body = pattern.match(text, position)
        if body is None:
            raise ExpressionError("A quote is not closed: add ' at the end of the text.", match.start())
        raw += body.group(1)
        continued = _CONTINUED.match(text, body.end())
        if continued is None:
            break
        position = continued.end()
    decode = _unescaped if escapes else _undoubled
    return Token("literal", "", match.start(), body.end(), _parts(raw, decode, match.start())), body.end()


def _dollar_quoted(text: str, match: re.Match[str]) -> tuple[Token, int]:
    close = text.find(match.group(), match.end())
    if close < 0:
        raise ExpressionError(f"A quote is not closed: add {match.group()} at the end of the text.", match.start())
    end = close + len(match.group())
    parts = _parts(text[match.end() : close], lambda part, position: part, match.start())
    return Token("literal", "", match.start(), end, parts), end


def _parts(raw: str, decode: Decoder, position: int) -> tuple[str | Placeholder, ...]:
    if "{{" not in raw:
        return (decode(raw, position),)
    parts: list[str | Placeholder] = []
    for index, piece in enumerate(PLACEHOLDER.split(raw)):
        if index % 2:
            parts.append(Placeholder(piece))
        elif piece:
            parts.append(decode(piece, position))
    return tuple(parts)


def _undoubled(raw: str, position: int) -> str:
    return raw.replace("''", "'")


def _unescaped(raw: str, position: int) -> str:
    def character(match: re.Match[str]) -> str:
        octal, byte, short, long, letter = match.groups()
        if letter is not None:
            if letter in "uUx" and letter != "x":
                raise ExpressionError(
                    f"After \\{letter} come {4 if letter == 'u' else 8} hexadecimal digits.", position
                )
            return _ESCAPE_LETTERS.get(letter, letter)
        code = int(octal, 8) & 255 if octal else int(byte or short or long, 16)
        return _code_point(code, position, is_byte=bool(octal or byte))

    return _ESCAPE.sub(character, raw.replace("''", "'") if "\\" not in raw else _undouble_outside_escapes(raw))


def _undouble_outside_escapes(raw: str) -> str:
    return re.sub(r"(\\.)|''", lambda match: match.group(1) or "'", raw, flags=re.DOTALL)


def _code_point(code: int, position: int, *, is_byte: bool) -> str:
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or (is_byte and code > 127):
        raise ExpressionError("An escape names no character of UTF-8: write the character itself.", position)
    return chr(code)


def _special(text: str, match: re.Match[str]) -> tuple[Token, int]:
    prefix = _SPECIAL_LITERALS[match.group()[0].lower()]
    raise ExpressionError(f"Literals that begin with {prefix} are not supported: use '...' or E'...'.", match.start())


def _placeholder(text: str, match: re.Match[str]) -> tuple[Token, int]:
    written = match.group()
    fixed = f"{text[: match.start()]}'{written}'{text[match.end() :]}"
    raise ExpressionError(f"Put the placeholder in quotes: '{written}'.", match.start(), fixed)


def _cast(text: str, match: re.Match[str]) -> tuple[Token, int]:
    return Token("punctuation", "::", match.start(), match.end()), match.end()


_READERS: Final = {
    "word": _word,
    "name": _name,
    "number": _number,
    "operator": _operator,
    "comment": _comment,
    "quote": _quoted,
    "escape": _quoted,
    "dollar": _dollar_quoted,
    "special": _special,
    "placeholder": _placeholder,
    "cast": _cast,
}
