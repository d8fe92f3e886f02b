"""Writes patterns for the `regex` module, which runs all of the dialect but may take for ever: it gets a time limit."""

from dataclasses import replace
from functools import lru_cache, singledispatch

import regex

from botflow_runtime.patterns.casing import case_variants, stretches
from botflow_runtime.patterns.charset import FULL, CharSet
from botflow_runtime.patterns.shape import is_idempotent
from botflow_runtime.patterns.subject import CORE, TAIL
from botflow_runtime.patterns.tree import (
    Atomic,
    BackReference,
    Capture,
    Choice,
    Look,
    Node,
    OneOf,
    Place,
    Repeat,
    Sequence,
    Text,
    Unit,
)
from botflow_runtime.patterns.unicode_names import EVERYTHING, LINE_BREAKS

_IN_NO_TEXT = "\ufdd0"
"""subject.py reads it as U+FFFD."""

_LINE_BREAK = f"[{LINE_BREAKS.source()}]"
_NOT_INSIDE_CRLF = r"(?!(?<=\r)\n)"
_WORD_START = f"(?<!{CORE}{TAIL}*)(?={CORE})"
_WORD_END = f"(?<={CORE}{TAIL}*)(?!{TAIL})"

_PLACES = {
    Place.START: r"\A",
    Place.END: r"\Z",
    Place.LAST_LINE_END: rf"(?={_NOT_INSIDE_CRLF}(?:\r\n|{_LINE_BREAK})?\Z)",
    Place.LINE_START: rf"(?:\A|(?<={_LINE_BREAK}){_NOT_INSIDE_CRLF}(?!\Z))",
    Place.LINE_END: rf"(?:(?={_LINE_BREAK}){_NOT_INSIDE_CRLF}|\Z)",
    Place.BOUNDARY: f"(?:{_WORD_START}|{_WORD_END})",
    Place.NO_BOUNDARY: f"(?!{_WORD_START}|{_WORD_END})",
    Place.WORD_START: _WORD_START,
    Place.WORD_END: _WORD_END,
}
_UNITS = {
    Unit.ANY: rf"(?>\r\n|[{EVERYTHING.source()}])",
    Unit.NEWLINE: rf"(?>\r\n|{_LINE_BREAK})",
    Unit.CLUSTER: r"\X",
}


def backtracking_program(node: Node) -> "regex.Pattern[str]":
    """The pattern compiled by the `regex` module."""
    return regex.compile(backtracking_source(node), regex.V1, cache_pattern=False)


def finds(program: "regex.Pattern[str]", text: str, seconds: float) -> bool | None:
    """Whether the program finds something in the text; None when the time is over."""
    try:
        return program.search(text, timeout=seconds) is not None
    except TimeoutError:
        return None


@singledispatch
def backtracking_source(node: Node) -> str:
    """The pattern as the `regex` module (version 1) reads it."""
    raise NotImplementedError(node)


@backtracking_source.register
def _(node: Text) -> str:
    if not node.caseless:
        return "".join(map(_one, node.value))
    return "".join(_stretch(spellings) for spellings in stretches(node.value.casefold()))


def _stretch(spellings: list[list[str]]) -> str:
    ways = ["".join(map(_literal, spelling)) for spelling in spellings]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _literal(characters: str) -> str:
    """One of the characters, or of their case variants."""
    variants = characters if len(characters) > 1 else case_variants().get(characters, characters)
    return _one(variants) if len(variants) == 1 else f"[{''.join(map(regex.escape, variants))}]"


def _one(character: str) -> str:
    """A character, as a set with one that no text holds: `regex` joins lone characters to a string.

    Before its first search it prepares to look for the string, which takes the cube of the length and no time limit.
    """
    return f"[{regex.escape(character)}{_IN_NO_TEXT}]"


@lru_cache(maxsize=1024)
def _set(charset: CharSet) -> str:
    members = charset.ranges(FULL) if charset.explicit() else ()
    if len(members) == 1 and members[0][0] == members[0][1]:
        return _one(chr(members[0][0]))
    return f"[{charset.source()}]" if charset.source() else "(?!)"


@backtracking_source.register
def _(node: OneOf) -> str:
    return _set(node.charset)


@backtracking_source.register
def _(node: Unit) -> str:
    return _UNITS[node]


@backtracking_source.register
def _(node: Place) -> str:
    return _PLACES[node]


@backtracking_source.register
def _(node: Sequence) -> str:
    return "".join(_grouped(item) for item in node.items)


def _grouped(node: Node) -> str:
    return f"(?:{backtracking_source(node)})" if isinstance(node, Choice) else backtracking_source(node)


@backtracking_source.register
def _(node: Choice) -> str:
    return "|".join(map(backtracking_source, node.branches))


@backtracking_source.register
def _(node: Repeat) -> str:
    if node.low > 1 and is_idempotent(node.body):
        # thousands of groups with nothing in them take `regex` minutes
        node = replace(node, low=1, high=1)
    high = "" if node.high is None else node.high
    return f"(?:{backtracking_source(node.body)}){{{node.low},{high}}}{node.mode.value}"


@backtracking_source.register
def _(node: Capture) -> str:
    return f"({backtracking_source(node.body)})"


@backtracking_source.register
def _(node: Atomic) -> str:
    return f"(?>{backtracking_source(node.body)})"


@backtracking_source.register
def _(node: Look) -> str:
    return f"(?{'' if node.ahead else '<'}{'=' if node.wanted else '!'}{backtracking_source(node.body)})"


@backtracking_source.register
def _(node: BackReference) -> str:
    return f"(?{'i' if node.caseless else ''}:\\{node.number})"
