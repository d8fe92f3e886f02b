"""What a pattern is made of, once parsed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from botflow_runtime.patterns.charset import CharSet


@dataclass(frozen=True, slots=True)
class Text:
    """Characters in a row; `caseless` compares them as Unicode's full case folding does (ß as ss)."""

    value: str
    caseless: bool


@dataclass(frozen=True, slots=True)
class OneOf:
    """One character of a set; the set already holds the case variants it should."""

    charset: CharSet


class Unit(Enum):
    """What is taken as one though it may be several characters."""

    ANY = "(?s)."
    """Any character, or carriage return and line feed together."""
    NEWLINE = r"\R"
    CLUSTER = r"\X"


class Place(Enum):
    """A test of a position; takes no character."""

    START = r"\A"
    END = r"\z"
    LAST_LINE_END = "$"
    """The end, or before the line break that ends the text."""
    LINE_START = "(?m)^"
    LINE_END = "(?m)$"
    BOUNDARY = r"\b"
    NO_BOUNDARY = r"\B"
    WORD_START = "[[:<:]]"
    WORD_END = "[[:>:]]"


BOUNDARIES = frozenset({Place.BOUNDARY, Place.WORD_START, Place.WORD_END})
ENDS = frozenset({Place.END, Place.LAST_LINE_END})


@dataclass(frozen=True, slots=True)
class Sequence:
    """All of the items in a row."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first of the branches that lets the rest match."""

    branches: tuple[Node, ...]


class Mode(Enum):
    """How many a repetition tries first; the value is what follows the quantifier."""

    GREEDY = ""
    LAZY = "?"
    POSSESSIVE = "+"


@dataclass(frozen=True, slots=True)
class Repeat:
    """`body` between `low` and `high` times (None: without end)."""

    body: Node
    low: int
    high: int | None
    mode: Mode


@dataclass(frozen=True, slots=True)
class Capture:
    """A group that a back-reference can name."""

    body: Node
    number: int


@dataclass(frozen=True, slots=True)
class Atomic:
    """A group that is not tried in another way once it has matched."""

    body: Node


@dataclass(frozen=True, slots=True)
class Look:
    """Looks ahead or behind for `body` without taking it."""

    body: Node
    ahead: bool
    wanted: bool


@dataclass(frozen=True, slots=True)
class BackReference:
    """What a group took, once more."""

    number: int
    caseless: bool


Node: TypeAlias = Text | OneOf | Unit | Place | Sequence | Choice | Repeat | Capture | Atomic | Look | BackReference

EMPTY = Sequence(())
