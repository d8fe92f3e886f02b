"""Texts that a pattern is likely to be written for, and texts that two patterns both match."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, singledispatch
from itertools import islice, product

from botflow_runtime.patterns.charset import ASCII, LATIN, CharSet, contains
from botflow_runtime.patterns.limits import MAX_SAMPLE_LENGTH, MAX_SAMPLES, SAMPLED_PATTERNS
from botflow_runtime.patterns.pattern import Pattern
from botflow_runtime.patterns.tree import Atomic, Capture, Choice, Look, Node, OneOf, Repeat, Sequence, Text, Unit

_LIKELY = "a1 -.,bxyz023456789cdefghijklmnopqrstuvw@_"
"""Characters to stand for a set, the likeliest first."""


def overlap_witness(left: Pattern, right: Pattern) -> str | None:
    """A text that is a natural sample of one of the patterns and that the other matches too; None when none is found.

    Two words (`pizza`, `pasta`) have none, though a text may hold both: it would take both to write it. `yes` and `^y`
    have `yes`. What is returned is always matched by both; that nothing is returned proves nothing.
    """
    shared = (text for text in samples(left) if right.matches(text))
    return next(shared, None) or next((text for text in samples(right) if left.matches(text)), None)


@lru_cache(maxsize=SAMPLED_PATTERNS)
def samples(pattern: Pattern) -> tuple[str, ...]:
    """Up to MAX_SAMPLES short texts that the pattern matches, made from its parts, each choice in turn."""
    short = (text for text in dict.fromkeys(_texts(pattern.tree)) if text and len(text) <= MAX_SAMPLE_LENGTH)
    return tuple(text for text in short if pattern.matches(text))


def _few(texts: Iterable[str]) -> list[str]:
    return list(islice((text for text in texts if len(text) <= MAX_SAMPLE_LENGTH), MAX_SAMPLES))


@singledispatch
def _texts(node: Node) -> list[str]:
    """Of what tests a position, looks around or refers back: nothing is written for it."""
    return [""]


@_texts.register
def _(node: Text) -> list[str]:
    return [node.value]


@_texts.register
def _(node: OneOf) -> list[str]:
    return _few([_member(node.charset)])


def _member(charset: CharSet) -> str:
    ascii_members = charset.ranges(ASCII)
    likely = next((character for character in _LIKELY if contains(ascii_members, ord(character))), None)
    if likely is not None:
        return likely
    others = [chr(code) for low, high in charset.ranges(LATIN) for code in range(low, min(high, LATIN.highest) + 1)]
    return next(filter(str.islower, others), (others or [""])[0])


@_texts.register
def _(node: Unit) -> list[str]:
    return ["\n"] if node is Unit.NEWLINE else ["a"]


@_texts.register
def _(node: Sequence) -> list[str]:
    written = [""]
    for item in node.items:
        written = _few(start + end for start, end in product(written, _texts(item)))
    return written


@_texts.register
def _(node: Choice) -> list[str]:
    many = [_texts(branch) for branch in node.branches]
    longest = max(map(len, many))
    return _few(texts[turn] for turn in range(longest) for texts in many if turn < len(texts))


@_texts.register
def _(node: Repeat) -> list[str]:
    counts = [node.low] if node.low else [0, 1] if node.high != 0 else [0]
    return _few(text * count for count in counts for text in _texts(node.body))


@_texts.register
def _(node: Capture | Atomic) -> list[str]:
    return _texts(node.body)


@_texts.register
def _(node: Look) -> list[str]:
    return [""]
