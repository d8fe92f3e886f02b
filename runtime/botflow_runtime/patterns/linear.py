r"""Writes patterns for RE2, which is linear in the text but knows neither Unicode's words nor back-references.

RE2 reads texts with marks at their word boundaries (subject.py). A test for a boundary takes one mark, and every
character is preceded by marks that may be skipped.
"""

from collections.abc import Callable
from functools import lru_cache, partial, singledispatch

import re2

from botflow_runtime.patterns.boundaries import most_boundaries
from botflow_runtime.patterns.casing import stretches
from botflow_runtime.patterns.charset import ASCII, FULL, HIGHEST, CharSet, Ranges, Tier, complement, intersection
from botflow_runtime.patterns.limits import BOUNDARIES_AT_ONE_PLACE, LINEAR_MEMORY, LINEAR_REPEAT, LINEAR_STEPS
from botflow_runtime.patterns.shape import everything
from botflow_runtime.patterns.subject import IN_WORD, TAIL_ONLY, WORD_ENDS, WORD_STARTS, words
from botflow_runtime.patterns.tree import (
    BOUNDARIES,
    ENDS,
    Capture,
    Choice,
    Mode,
    Node,
    OneOf,
    Place,
    Repeat,
    Sequence,
    Text,
    Unit,
)
from botflow_runtime.patterns.unicode_names import LINE_BREAKS


class NotLinear(Exception):  # noqa: N818 - not an error: the other engine runs the pattern
    """RE2 cannot run this exactly."""


SKIP = f"[{WORD_STARTS}{WORD_ENDS}]*"
_START_MARKS = WORD_STARTS * BOUNDARIES_AT_ONE_PLACE
_END_MARKS = WORD_ENDS * BOUNDARIES_AT_ONE_PLACE
_NO_MARKS = complement(((ord(WORD_STARTS), ord(WORD_ENDS)),))
_NEVER = r"[^\x{0}-\x{10FFFF}]"


WriteSet = Callable[[CharSet], str]


def in_tier(tier: Tier) -> WriteSet:
    """Writes sets exactly, for texts of the tier."""
    return partial(_in_tier, tier)


@lru_cache(maxsize=1024)
def _in_tier(tier: Tier, charset: CharSet) -> str:
    return _written(intersection(charset.ranges(tier), ((0, tier.highest),)))


@lru_cache(maxsize=1024)
def roughly(charset: CharSet) -> str:
    """Writes a set by Unicode property as its ASCII part and all other characters: small, exact for ASCII texts."""
    if charset.explicit():
        return _written(charset.ranges(FULL))
    return _written((*intersection(charset.ranges(ASCII), ((0, ASCII.highest),)), (ASCII.highest + 1, HIGHEST)))


def _written(ranges: Ranges) -> str:
    spans = intersection(ranges, _NO_MARKS)
    return f"[{''.join(f'{_code(low)}-{_code(high)}' for low, high in spans)}]" if spans else _NEVER


def _code(code: int) -> str:
    return f"\\x{{{code:X}}}"


def linear_source(node: Node, write_set: WriteSet) -> str:
    """The pattern for RE2, searching marked text; NotLinear when RE2 cannot run it exactly."""
    if most_boundaries(node) > BOUNDARIES_AT_ONE_PLACE:
        raise NotLinear
    branches = node.branches if isinstance(node, Choice) else (node,)
    # a search starts anywhere, so it need not skip marks first
    return "|".join(_write(branch, write_set).removeprefix(SKIP) for branch in branches)


@singledispatch
def _write(node: Node, write_set: WriteSet) -> str:
    """What looks around, refers back or is not tried again."""
    raise NotLinear


@_write.register
def _(node: Text, write_set: WriteSet) -> str:
    if not node.caseless:
        return SKIP + _marked([[list(node.value)]], node.value)
    folded = node.value.casefold()
    return f"{SKIP}(?i:{_marked(stretches(folded), folded)})"


def _marked(text_stretches: list[list[list[str]]], folded: str) -> str:
    """The stretches of a text, with the marks that it has inside."""
    spans = words(folded)
    starts, ends = {start for start, _ in spans} - {0}, {end for _, end in spans} - {len(folded)}
    # how a text that begins with a mark or accent goes on depends on what is before it
    unsure = bool(TAIL_ONLY.match(folded))
    written, position = [], 0
    for spellings in text_stretches:
        alternatives = "|".join(_spelled(spelling, position, starts, ends, unsure) for spelling in spellings)
        written.append(f"(?:{alternatives})" if len(spellings) > 1 else alternatives)
        position += len(spellings[0])
    return "".join(written)


def _spelled(spelling: list[str], position: int, starts: set[int], ends: set[int], unsure: bool) -> str:
    written = []
    for index, characters in enumerate(spelling, position):
        if unsure and index > 0:
            written.append(SKIP)
        elif len(spelling[0]) == 1:
            written.append((_START_MARKS if index in starts else "") + (_END_MARKS if index in ends else ""))
        written.append(_literal(characters))
    return "".join(written)


def _literal(characters: str) -> str:
    return _one(characters) if len(characters) == 1 else f"[{''.join(map(_one, characters))}]"


def _one(character: str) -> str:
    return character if character.isalnum() else _code(ord(character))


@_write.register
def _(node: OneOf, write_set: WriteSet) -> str:
    return SKIP + write_set(node.charset)


@_write.register
def _(node: Unit, write_set: WriteSet) -> str:
    """Exact for texts without carriage return and line feed together."""
    if node is Unit.CLUSTER:
        raise NotLinear
    return SKIP + _written(LINE_BREAKS.members if node is Unit.NEWLINE else ((0, HIGHEST),))


_PLACES = {
    Place.START: r"\A",
    Place.END: rf"{SKIP}\z",
    Place.LAST_LINE_END: rf"(?:{SKIP}(?:\r\n|{_written(LINE_BREAKS.members)}))?{SKIP}\z",
    Place.BOUNDARY: f"[{WORD_STARTS}{WORD_ENDS}]",
    Place.WORD_START: WORD_STARTS,
    Place.WORD_END: WORD_ENDS,
}


@_write.register
def _(node: Place, write_set: WriteSet) -> str:
    if node not in _PLACES:
        raise NotLinear
    return _PLACES[node]


@_write.register
def _(node: Sequence, write_set: WriteSet) -> str:
    for item in node.items[:-1]:
        _refuse_end(item)
    _refuse_late_start(node.items)
    return "".join(_grouped(item, write_set) for item in _told_apart(node.items))


def _refuse_late_start(items: tuple[Node, ...]) -> None:
    """A test for a boundary takes a mark, and behind it is not the start, so the start cannot be tested any more."""
    tested = False
    for item in items:
        parts = set(everything(item)) if tested or not isinstance(item, Text) else set()
        if tested and Place.START in parts:
            raise NotLinear
        tested = tested or not parts.isdisjoint(BOUNDARIES)


def _told_apart(items: tuple[Node, ...]) -> list[Node]:
    """The items; a boundary beside a letter is the start or end of a word, which RE2 finds quicker."""
    told = list(items)
    for index, item in enumerate(items):
        if item is Place.BOUNDARY:
            before, after = items[index - 1] if index else None, items[index + 1] if index + 1 < len(items) else None
            if isinstance(after, Text) and IN_WORD.match(after.value[0]):
                told[index] = Place.WORD_START
            elif isinstance(before, Text) and IN_WORD.match(before.value[-1]):
                told[index] = Place.WORD_END
    return told


def _refuse_end(node: Node) -> None:
    """RE2 takes the line break when it tests for the end, so nothing may come behind."""
    if any(part in ENDS for part in everything(node)):
        raise NotLinear


def _grouped(node: Node, write_set: WriteSet) -> str:
    written = _write(node, write_set)
    return f"(?:{written})" if isinstance(node, Choice) else written


@_write.register
def _(node: Choice, write_set: WriteSet) -> str:
    return "|".join(_write(branch, write_set) for branch in node.branches)


@_write.register
def _(node: Repeat, write_set: WriteSet) -> str:
    if node.mode is Mode.POSSESSIVE or max(node.low, node.high or 0) > LINEAR_REPEAT:
        raise NotLinear
    if node.high != 1:
        _refuse_end(node.body)
        _refuse_late_start((node.body, node.body))
    return f"(?:{_write(node.body, write_set)}){{{node.low},{'' if node.high is None else node.high}}}"


@_write.register
def _(node: Capture, write_set: WriteSet) -> str:
    return f"(?:{_write(node.body, write_set)})"


_ALWAYS = b""
"""Is in every text."""


class LinearProgram:
    """A pattern compiled by RE2."""

    __slots__ = ("_match", "_search", "_size")

    def __init__(self, source: str) -> None:
        """Compile; NotLinear when RE2 finds the program too large."""
        try:
            compiled = re2.compile(source.encode(), options(LINEAR_MEMORY))
        except re2.error:
            raise NotLinear from None
        self._search = compiled.search
        self._size: int = compiled.programsize
        self._match = _set_of_one(source)

    def steps(self, utf8: bytes) -> int:
        """How many steps a search takes at the most."""
        return self._size * len(utf8)

    def may_search(self, utf8: bytes) -> bool:
        """Whether a search is sure to end within a pattern's time."""
        return self._size * len(utf8) <= LINEAR_STEPS

    def finds(self, utf8: bytes) -> bool:
        """Whether the pattern matches somewhere.

        A set of one answers in half the time of a search, which makes an object of its match; a set that finds not even
        what is in every text has run out of memory.
        """
        found = self._match(utf8)
        return 0 in found if found else self._search(utf8) is not None


def _set_of_one(source: str) -> Callable[[bytes], list[int] | None]:
    """What tells which of the pattern (0) and what is in every text (1) are found; None when it cannot tell."""
    alone = re2.Set.SearchSet(options(LINEAR_MEMORY))
    alone.Add(source.encode())
    alone.Add(_ALWAYS)
    try:
        alone.Compile()
    except re2.error:
        # large patterns fit into the memory alone, but not in a set
        return lambda _utf8: None
    match: Callable[[bytes], list[int] | None] = alone.Match
    return match


def options(max_mem: int) -> re2.Options:
    """RE2's settings for sources written here."""
    chosen = re2.Options()
    chosen.log_errors = False
    chosen.max_mem = max_mem
    return chosen
