"""Reads a pattern in MySQL's dialect: ICU's regular expressions, and the markers of MySQL before 8.0.4."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from botflow_runtime.patterns.error import PatternError
from botflow_runtime.patterns.escapes import CHARACTER_ESCAPES, character_escape
from botflow_runtime.patterns.expansion import refuse_oversized
from botflow_runtime.patterns.limits import MAX_NESTING, MAX_PATTERN_LENGTH, MAX_REPEAT
from botflow_runtime.patterns.reader import Reader
from botflow_runtime.patterns.set_parser import SetParser
from botflow_runtime.patterns.shape import longest
from botflow_runtime.patterns.tree import (
    EMPTY,
    Atomic,
    BackReference,
    Capture,
    Choice,
    Look,
    Mode,
    Node,
    OneOf,
    Place,
    Repeat,
    Sequence,
    Text,
    Unit,
)
from botflow_runtime.patterns.unicode_names import CLASS_ESCAPES, NOT_LINE_BREAK


@dataclass(frozen=True, slots=True)
class _Flags:
    caseless: bool = True
    comments: bool = False
    multiline: bool = False
    dot_all: bool = False


_FLAG_FIELDS = {"i": "caseless", "x": "comments", "m": "multiline", "s": "dot_all"}
_REFUSED_FLAGS = {
    "w": r"the flag w (word boundaries by language) is not supported: use \b",
    "d": r"the flag d (only \n ends a line) is not supported: write [^\n] for the dot",
}
_MARKERS = {"[[:<:]]": Place.WORD_START, "[[:>:]]": Place.WORD_END}
_PLACE_ESCAPES = {
    "A": Place.START,
    "b": Place.BOUNDARY,
    "B": Place.NO_BOUNDARY,
    "G": Place.START,
    "z": Place.END,
    "Z": Place.LAST_LINE_END,
}
_UNIT_ESCAPES = {"R": Unit.NEWLINE, "X": Unit.CLUSTER}
_DIGITS = tuple("0123456789")
_QUANTIFIERS = ("*", "+", "?", "{")
_LOOKS = {"(?=": (True, True), "(?!": (True, False), "(?<=": (False, True), "(?<!": (False, False)}
_INTERVAL = re.compile(r"\{(\d+)(?:(,)(\d*))?\}", re.ASCII)
_GROUP_NAME = re.compile(r"\(\?<([A-Za-z][A-Za-z0-9]*)>", re.ASCII)
_REFERENCE_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9]*)>", re.ASCII)
_FLAGS = re.compile(r"\(\?([a-z]*)(?:(-)([a-z]*))?([:)])", re.ASCII)


def parse(text: str) -> Node:
    """The tree of a pattern; PatternError when MySQL, or this engine, refuses it."""
    if not text:
        raise PatternError("the pattern is empty: write a word or a regular expression")
    if len(text) > MAX_PATTERN_LENGTH:
        raise PatternError(
            f"the pattern has {len(text)} characters, at most {MAX_PATTERN_LENGTH} are allowed: split it"
        )
    tree = _Parser(Reader(text)).pattern()
    if "{" in text:
        refuse_oversized(tree)
    return tree


@dataclass(slots=True)
class _Parser:
    reader: Reader
    flags: _Flags = _Flags()
    groups: int = 0
    names: dict[str, int] = field(default_factory=dict)
    references: list[tuple[int, int]] = field(default_factory=list)
    depth: int = 0

    def pattern(self) -> Node:
        node = self.choice()
        if self.reader.peek() == ")":
            raise PatternError(r"there is a ) without its (: write \) for the character", self.reader.position)
        for number, position in self.references:
            if number > self.groups:
                raise PatternError(f"\\{number} refers to a group that is not there", position)
        return node

    # --- branches, items, quantifiers ------------------------------------------------------------------------------

    def choice(self) -> Node:
        outer = self.flags
        branches = [self.sequence()]
        while self.reader.take("|"):
            branches.append(self.sequence())
        self.flags = outer
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def sequence(self) -> Node:
        items: list[Node] = []
        while (character := self._next_item()) and character not in "|)":
            node = self._item(character)
            if node is not None:
                _append(items, self._quantified(node, character in "^$"))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _next_item(self) -> str:
        if self.flags.comments:
            self.reader.skip_comments()
        return self.reader.peek()

    def _item(self, character: str) -> Node | None:
        """The next item; None for what only changes how the rest is read."""
        read = _ITEMS.get(character)
        return read(self) if read else Text(self.reader.next(), self.flags.caseless)

    def _quantified(self, node: Node, anchor: bool) -> Node:
        """The node with the quantifier that follows it; ICU lets ^ and $ have one, but no other test of a position."""
        self._skip_insignificant()
        position = self.reader.position
        bounds = self._bounds()
        if bounds is None:
            return node
        if isinstance(node, Look | Place) and not anchor:
            raise PatternError("what tests a position cannot be repeated: remove the quantifier", position)
        mode = Mode(self.reader.next()) if self.reader.peek() in ("?", "+") else Mode.GREEDY
        self._skip_insignificant()
        if self.reader.peek() in _QUANTIFIERS:
            raise PatternError("a quantifier follows another: put the repeated part in a group", self.reader.position)
        return Repeat(node, *bounds, mode)

    def _skip_insignificant(self) -> None:
        while self.reader.starts("(?#"):
            self._comment()
        if self.flags.comments:
            self.reader.skip_comments()

    def _bounds(self) -> tuple[int, int | None] | None:
        simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(self.reader.peek())
        if simple is not None:
            self.reader.next()
            return simple
        return self._interval() if self.reader.peek() == "{" else None

    def _interval(self) -> tuple[int, int | None]:
        position = self.reader.position
        match = self.reader.match(_INTERVAL)
        if match is None:
            raise PatternError(r"{ starts a count like {2}, {2,} or {2,5}: write \{ for the character", position)
        low = int(match[1])
        high = int(match[3]) if match[3] else None if match[2] else low
        if max(low, high or 0) > MAX_REPEAT:
            raise PatternError(f"a count may be at most {MAX_REPEAT}", position)
        if high is not None and high < low:
            raise PatternError(f"the count {{{low},{high}}} ends below its start: swap the numbers", position)
        return low, high

    # --- single items ----------------------------------------------------------------------------------------------

    def _dot(self) -> Node:
        self.reader.next()
        return Unit.ANY if self.flags.dot_all else OneOf(NOT_LINE_BREAK)

    def _caret(self) -> Node:
        self.reader.next()
        return Place.LINE_START if self.flags.multiline else Place.START

    def _dollar(self) -> Node:
        self.reader.next()
        return Place.LINE_END if self.flags.multiline else Place.LAST_LINE_END

    def _stray_quantifier(self) -> Node:
        character = self.reader.peek()
        raise PatternError(
            f"{character} has nothing before it to repeat: write \\{character} for the character", self.reader.position
        )

    def _stray_brace(self) -> Node:
        raise PatternError(r"there is a } without its {: write \} for the character", self.reader.position)

    def _set(self) -> Node:
        for marker, place in _MARKERS.items():
            if self.reader.take(marker):
                return place
        return OneOf(SetParser(self.reader, self.flags.caseless, self.flags.comments).parse())

    def _escape(self) -> Node | None:
        position = self.reader.position
        self.reader.next()
        letter = self.reader.peek()
        if letter == "":
            raise PatternError(r"the pattern ends with \: write \\ for the character", position)
        if letter == "Q":
            return self._quotation()
        if letter in CHARACTER_ESCAPES:
            return Text(character_escape(self.reader, position), self.flags.caseless)
        if letter in "pPN":
            return self._named(position)
        if letter in "123456789":
            return self._back_reference(position)
        self.reader.next()
        if letter == "k":
            return self._named_reference(position)
        return self._simple_escape(letter)

    def _simple_escape(self, letter: str) -> Node:
        if letter in CLASS_ESCAPES:
            return OneOf(CLASS_ESCAPES[letter])
        found = _PLACE_ESCAPES.get(letter) or _UNIT_ESCAPES.get(letter)
        if found is not None:
            return found
        return Text(letter, self.flags.caseless)

    def _quotation(self) -> Node | None:
        self.reader.next()
        quoted = self.reader.until(r"\E")
        return Text(quoted, self.flags.caseless) if quoted else None

    def _named(self, position: int) -> Node:
        if self.reader.peek() == "N":
            return Text(character_escape(self.reader, position), self.flags.caseless)
        return OneOf(SetParser(self.reader, self.flags.caseless, self.flags.comments).property_escape(position))

    def _back_reference(self, position: int) -> Node:
        number = int(self.reader.next())
        while number < self.groups and self.reader.peek() in _DIGITS:
            number = number * 10 + int(self.reader.next())
        self.references.append((number, position))
        return BackReference(number, self.flags.caseless)

    def _named_reference(self, position: int) -> Node:
        match = self.reader.match(_REFERENCE_NAME)
        if match is None or match[1] not in self.names:
            raise PatternError(r"\k needs the name of a group before it, as in (?<name>a)\k<name>", position)
        return BackReference(self.names[match[1]], self.flags.caseless)

    # --- groups ----------------------------------------------------------------------------------------------------

    def _group(self) -> Node | None:
        position = self.reader.position
        if self.reader.starts("(?#"):
            self._comment()
            return None
        for opening, (ahead, wanted) in _LOOKS.items():
            if self.reader.take(opening):
                return self._look(position, ahead, wanted)
        if self.reader.take("(?>"):
            return Atomic(self._body(position))
        if self.reader.starts("(?") and not self.reader.starts("(?<"):
            return self._flag_group(position)
        return self._capture(position)

    def _comment(self) -> None:
        position = self.reader.position
        if ")" not in self.reader.text[position:]:
            raise PatternError("the comment (?# has no ) at its end", position)
        self.reader.until(")")

    def _look(self, position: int, ahead: bool, wanted: bool) -> Node:
        body = self._body(position)
        if not ahead and longest(body) is None:
            raise PatternError("what looks behind needs a limit: write {0,50} in place of * or +", position)
        return Look(body, ahead, wanted)

    def _capture(self, position: int) -> Node:
        match = self.reader.match(_GROUP_NAME)
        if match is None and self.reader.starts("(?"):
            raise PatternError("the name of a group is letters and digits, a letter first: (?<name>...)", position)
        if match is None:
            self.reader.next()
        elif match[1] in self.names:
            raise PatternError(f"two groups are named {match[1]}: rename one", position)
        self.groups += 1
        number = self.groups
        if match is not None:
            self.names[match[1]] = number
        return Capture(self._body(position), number)

    def _flag_group(self, position: int) -> Node | None:
        match = self.reader.match(_FLAGS)
        if match is None or match[0] == "(?)":
            raise PatternError("MySQL knows no group that starts like this: see the reference of patterns", position)
        outer = self.flags
        self.flags = _changed(_changed(outer, match[1], True, position), match[3] or "", False, position)
        if match[4] == ")":
            if self.reader.peek() in _QUANTIFIERS:
                self._stray_quantifier()
            return None
        body = self._body(position)
        self.flags = outer
        return Sequence((body,))

    def _body(self, position: int) -> Node:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise PatternError(f"more than {MAX_NESTING} groups inside each other: simplify the pattern", position)
        body = self.choice()
        self.depth -= 1
        if not self.reader.take(")"):
            raise PatternError(r"there is a ( without its ): write \( for the character", position)
        return body


_ITEMS: dict[str, Callable[[_Parser], Node | None]] = {
    ".": _Parser._dot,
    "^": _Parser._caret,
    "$": _Parser._dollar,
    "[": _Parser._set,
    "(": _Parser._group,
    "\\": _Parser._escape,
    "*": _Parser._stray_quantifier,
    "+": _Parser._stray_quantifier,
    "?": _Parser._stray_quantifier,
    "{": _Parser._stray_quantifier,
    "}": _Parser._stray_brace,
}


def _changed(flags: _Flags, letters: str, value: bool, position: int) -> _Flags:
    for letter in letters:
        if value and letter in _REFUSED_FLAGS:
            raise PatternError(_REFUSED_FLAGS[letter], position)
        if letter not in _FLAG_FIELDS and letter not in "uwd":
            raise PatternError(f"there is no flag {letter}: MySQL knows i, m, s and x", position)
        if letter in _FLAG_FIELDS:
            flags = replace(flags, **{_FLAG_FIELDS[letter]: value})
    return flags


def _append(items: list[Node], node: Node) -> None:
    """Add an item, joining letters in a row to one text."""
    last = items[-1] if items else None
    if isinstance(node, Text) and isinstance(last, Text) and last.caseless == node.caseless:
        items[-1] = Text(last.value + node.value, node.caseless)
    elif node != EMPTY:
        items.append(node)
