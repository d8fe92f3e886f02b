"""The tree of an advanced regular expression, and its parser (PostgreSQL's documentation, section 9.7.3).

Letters and classes are those of the C collation: ASCII alone has case and classes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.limits import (
    MAX_PATTERN_CHARACTERS,
    MAX_PATTERN_DEPTH,
    MAX_PATTERN_NODES,
    MAX_PATTERN_REPETITIONS,
)

LAST_CHARACTER: Final = 0x10FFFF
Ranges = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Node:
    """A part of a pattern. `greedy`: prefers the longest (True) or the shortest (False) match, None neither."""

    greedy: bool | None = field(default=None, init=False)


@dataclass(slots=True)
class Characters(Node):
    """One character out of ranges of code points."""

    ranges: Ranges


@dataclass(slots=True)
class Sequence(Node):
    parts: list[Node]


@dataclass(slots=True)
class Alternation(Node):
    branches: list[Node]


@dataclass(slots=True)
class Repetition(Node):
    part: Node
    minimum: int
    maximum: int | None


@dataclass(slots=True)
class Group(Node):
    """A capturing group, numbered from 1."""

    part: Node
    number: int


@dataclass(slots=True)
class Reference(Node):
    """What a group matched, again."""

    number: int
    ignore_case: bool


@dataclass(slots=True)
class Constraint(Node):
    """A place: text_start, text_end, line_start, line_end, word_start, word_end, word_edge, word_inside."""

    kind: str


@dataclass(slots=True)
class Look(Node):
    """What must (not) stand ahead of or behind a place."""

    part: Node
    ahead: bool
    negated: bool


@dataclass(slots=True)
class Flags:
    """Options of a pattern: i, n (and its halves p, w), x, q."""

    ignore_case: bool = False
    dot_matches_newline: bool = True
    line_anchors: bool = False
    expanded: bool = False
    literal: bool = False


def _ascii(pattern: str) -> Ranges:
    return tuple((ord(pattern[index]), ord(pattern[index + 1])) for index in range(0, len(pattern), 2))


DIGIT: Final = _ascii("09")
SPACE: Final = _ascii("\t\r  ")
WORD: Final = _ascii("09AZ__az")
CLASSES: Final[dict[str, Ranges]] = {
    "alpha": _ascii("AZaz"),
    "upper": _ascii("AZ"),
    "lower": _ascii("az"),
    "digit": DIGIT,
    "alnum": _ascii("09AZaz"),
    "xdigit": _ascii("09AFaf"),
    "space": SPACE,
    "blank": _ascii("\t\t  "),
    "punct": _ascii("!/:@[`{~"),
    "print": _ascii(" ~"),
    "graph": _ascii("!~"),
    "cntrl": ((0, 31), (127, 127)),
    "word": WORD,
    "ascii": ((0, 127),),
}
_SHORTHANDS: Final = {"d": DIGIT, "s": SPACE, "w": WORD}
_CONSTRAINTS: Final = {
    "A": "text_start",
    "Z": "text_end",
    "m": "word_start",
    "M": "word_end",
    "y": "word_edge",
    "Y": "word_inside",
}
_LETTERS: Final = {"a": 7, "b": 8, "B": 92, "e": 27, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_NAMES: Final = {
    "NUL": 0, "tab": 9, "newline": 10, "space": 32, "exclamation-mark": 33, "hyphen": 45, "hyphen-minus": 45,
    "period": 46, "full-stop": 46, "slash": 47, "colon": 58, "comma": 44, "underscore": 95, "dollar-sign": 36,
    "backslash": 92, "left-square-bracket": 91, "right-square-bracket": 93, "circumflex": 94,
}  # fmt: skip


def invert(ranges: Ranges) -> Ranges:
    """Every character that is in none of the ranges."""
    result, start = [], 0
    for low, high in sorted(ranges):
        if low > start:
            result.append((start, low - 1))
        start = max(start, high + 1)
    if start <= LAST_CHARACTER:
        result.append((start, LAST_CHARACTER))
    return tuple(result)


def both_cases(ranges: Ranges) -> Ranges:
    """The ranges with the other case of each of their ASCII letters."""
    extra = []
    for low, high in ranges:
        for first, last, shift in ((65, 90, 32), (97, 122, -32)):
            if low <= last and high >= first:
                extra.append((max(low, first) + shift, min(high, last) + shift))
    return ranges + tuple(extra) if extra else ranges


def without_newline(ranges: Ranges) -> Ranges:
    return invert((*invert(ranges), (10, 10)))


def bad_pattern(reason: str) -> ExpressionError:
    return ExpressionError(f"The regular expression is not valid: {reason}.")


def parse_pattern(text: str, flags: Flags) -> tuple[Node, int]:
    """The tree of a pattern and the number of its groups. Raises ExpressionError for what PostgreSQL refuses."""
    if len(text) > MAX_PATTERN_CHARACTERS:
        raise bad_pattern(f"it has more than {MAX_PATTERN_CHARACTERS} characters")
    if text.startswith("***="):
        flags.literal, text = True, text[4:]
    elif text.startswith("***:"):
        text = text[4:]
    elif text.startswith("***"):
        raise bad_pattern("*** begins only ***= and ***:")
    parser = _Parser(text, flags)
    node = parser.whole()
    return node, parser.groups


class _Parser:
    def __init__(self, text: str, flags: Flags) -> None:
        self.text = text
        self.flags = flags
        self.index = 0
        self.groups = 0
        self.closed: set[int] = set()
        self.nodes = 0
        self.depth = 0
        self.in_look = 0

    def whole(self) -> Node:
        if self.flags.literal:
            return _sequence([self.character(ord(letter)) for letter in self.text])
        self.embedded_options()
        node = self.alternation()
        if self.index < len(self.text):
            raise bad_pattern("a parenthesis is closed that was never opened")
        return node

    def peek(self) -> str:
        return self.text[self.index : self.index + 1]

    def accept(self, text: str) -> bool:
        if self.text.startswith(text, self.index):
            self.index += len(text)
            return True
        return False

    def embedded_options(self) -> None:
        """`(?i)` and so on, at the very beginning only."""
        end = self.text.find(")")
        options = self.text[2:end]
        if self.text.startswith("(?") and options[:1].isalpha() and end > 0:
            for option in options:
                if option in "be":
                    raise bad_pattern("(?b) and (?e), other kinds of patterns, are not supported")
                apply_option(self.flags, option)
            self.index = end + 1
            if self.flags.literal:
                self.text = self.text[self.index :]
                raise bad_pattern("(?q) is not supported: begin the pattern with ***= instead")

    def alternation(self) -> Node:
        self.depth += 1
        if self.depth > MAX_PATTERN_DEPTH:
            raise bad_pattern(f"it is nested more than {MAX_PATTERN_DEPTH} deep")
        branches = [self.branch()]
        while self.accept("|"):
            branches.append(self.branch())
        self.depth -= 1
        if len(branches) == 1:
            return branches[0]
        node = Alternation(branches)
        node.greedy = True
        return node

    def branch(self) -> Node:
        parts: list[Node] = []
        while self.skip() and self.peek() not in ("|", ")"):
            parts.append(self.quantified())
        return _sequence(parts)

    def skip(self) -> bool:
        """Pass over comments, and white space in expanded syntax; False at the end."""
        while True:
            if self.accept("(?#"):
                end = self.text.find(")", self.index)
                self.index = len(self.text) if end < 0 else end + 1
            elif self.flags.expanded and self.peek().isspace():
                self.index += 1
            elif self.flags.expanded and self.peek() == "#":
                end = self.text.find("\n", self.index)
                self.index = len(self.text) if end < 0 else end + 1
            else:
                return self.index < len(self.text)

    def quantified(self) -> Node:
        in_group = self.peek() == "(" and self.text[self.index : self.index + 3] not in ("(?=", "(?!", "(?<")
        atom = self.atom()
        self.skip()
        bounds = self.quantifier()
        if bounds is None:
            return atom
        if isinstance(atom, Look | Constraint) and not in_group:
            raise bad_pattern("a quantifier cannot follow ^, $ or another constraint")
        minimum, maximum, greedy = bounds
        self.skip()
        if self.quantifier() is not None:
            raise bad_pattern("a quantifier follows another one")
        self.count((maximum or minimum or 1) * _size(atom))
        node = Repetition(atom, minimum, maximum)
        # {m} has the preference of what it repeats.
        node.greedy = atom.greedy if greedy is None else greedy
        return node

    def count(self, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > MAX_PATTERN_NODES:
            raise bad_pattern("its repetitions are too large")

    def quantifier(self) -> tuple[int, int | None, bool | None] | None:
        sign = self.peek()
        if sign and sign in "*+?":
            self.index += 1
            minimum, maximum = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        elif sign == "{" and self.text[self.index + 1 : self.index + 2].isdigit():
            minimum, maximum, exact = self.bounds()
            lazy = self.accept("?")
            return minimum, maximum, None if exact else not lazy
        else:
            return None
        return minimum, maximum, not self.accept("?")

    def bounds(self) -> tuple[int, int | None, bool]:
        end = self.text.find("}", self.index)
        low, comma, high = self.text[self.index + 1 : max(end, self.index)].partition(",")
        if end < 0 or not low.isdecimal() or (high and not high.isdecimal()):
            raise bad_pattern("a repetition is written {m}, {m,} or {m,n}")
        self.index = end + 1
        minimum = int(low[:9])
        maximum = int(high[:9]) if high else (None if comma else minimum)
        if max(minimum, maximum or 0) > MAX_PATTERN_REPETITIONS or (maximum is not None and maximum < minimum):
            raise bad_pattern(f"a repetition goes from 0 to {MAX_PATTERN_REPETITIONS}, the smaller number first")
        return minimum, maximum, not comma

    def atom(self) -> Node:
        self.count(1)
        letter = self.text[self.index]
        self.index += 1
        if letter == "(":
            return self.group()
        if letter == "[":
            return self.bracket()
        if letter == "\\":
            return self.escape()
        if letter == ".":
            every: Ranges = ((0, LAST_CHARACTER),)
            return Characters(every if self.flags.dot_matches_newline else without_newline(every))
        if letter == "^":
            return Constraint("line_start" if self.flags.line_anchors else "text_start")
        if letter == "$":
            return Constraint("line_end" if self.flags.line_anchors else "text_end")
        if letter in "*+?" or (letter == "{" and self.peek().isdigit()):
            raise bad_pattern(f"there is nothing before {letter} to repeat")
        return self.character(ord(letter))

    def character(self, code: int) -> Node:
        ranges: Ranges = ((code, code),)
        return Characters(both_cases(ranges) if self.flags.ignore_case else ranges)

    def group(self) -> Node:
        for opening, ahead, negated in (
            ("?=", True, False),
            ("?!", True, True),
            ("?<=", False, False),
            ("?<!", False, True),
        ):
            if self.accept(opening):
                self.in_look += 1
                look = Look(self.closing(), ahead, negated)
                self.in_look -= 1
                return look
        if self.accept("?:"):
            return self.closing()
        if self.peek() == "?":
            raise bad_pattern("after (? comes :, =, !, <= or <!")
        if self.in_look:
            # Groups inside of lookaround do not capture.
            return self.closing()
        self.groups += 1
        number = self.groups
        inner = self.closing()
        self.closed.add(number)
        node = Group(inner, number)
        node.greedy = inner.greedy
        return node

    def closing(self) -> Node:
        inner = self.alternation()
        if not self.accept(")"):
            raise bad_pattern("a parenthesis is not closed")
        return inner

    # escapes

    def escape(self) -> Node:
        letter = self.peek()
        if not letter:
            raise bad_pattern("it ends in a backslash")
        if letter in _CONSTRAINTS:
            self.index += 1
            return Constraint(_CONSTRAINTS[letter])
        if letter.lower() in _SHORTHANDS:
            self.index += 1
            return Characters(self.shorthand(letter))
        if letter in "123456789" and (reference := self.reference()) is not None:
            return reference
        return self.character(self.escaped_code())

    def shorthand(self, letter: str) -> Ranges:
        ranges = _SHORTHANDS[letter.lower()]
        return ranges if letter.islower() else invert(ranges)

    def reference(self) -> Node | None:
        end = self.index
        while end < len(self.text) and self.text[end] in "0123456789":
            end += 1
        digits = self.text[self.index : end]
        if len(digits) > 1 and int(digits) > self.groups:
            return None
        self.index = end
        if int(digits) not in self.closed or self.in_look:
            raise bad_pattern(f"\\{digits} refers to a group that does not exist yet")
        return Reference(int(digits), self.flags.ignore_case)

    def escaped_code(self) -> int:
        letter = self.text[self.index]
        self.index += 1
        if letter in _LETTERS:
            return _LETTERS[letter]
        if letter == "c":
            return ord(self.take(1)) & 31
        if letter in "uU":
            return self.hexadecimal(4 if letter == "u" else 8)
        if letter == "x":
            return self.hexadecimal(None)
        if letter.isdigit() and letter.isascii():
            return self.octal(letter)
        if letter.isalnum() and letter.isascii():
            raise bad_pattern(f"\\{letter} means nothing")
        return ord(letter)

    def take(self, count: int) -> str:
        taken = self.text[self.index : self.index + count]
        if len(taken) < count:
            raise bad_pattern("an escape is cut short")
        self.index += count
        return taken

    def hexadecimal(self, count: int | None) -> int:
        end = self.index
        while (
            end < len(self.text)
            and self.text[end] in "0123456789abcdefABCDEF"
            and (count is None or end < self.index + count)
        ):
            end += 1
        digits = self.text[self.index : end]
        if not digits or (count is not None and len(digits) < count):
            raise bad_pattern("an escape is cut short")
        self.index = end
        code = int(digits[:32], 16)
        if code > LAST_CHARACTER:
            raise bad_pattern("an escape names no character")
        return code

    def octal(self, first: str) -> int:
        digits = first
        while len(digits) < 3 and self.peek() and self.peek() in "01234567":
            digits += self.take(1)
        try:
            return int(digits, 8)
        except ValueError:
            raise bad_pattern(f"\\{digits} means nothing") from None

    # brackets

    def bracket(self) -> Node:
        if self.accept("[:<:]]"):
            return Constraint("word_start")
        if self.accept("[:>:]]"):
            return Constraint("word_end")
        negated = self.accept("^")
        ranges: list[tuple[int, int]] = []
        first = True
        while first or self.peek() != "]":
            if not self.peek():
                raise bad_pattern("a bracket is not closed")
            ranges += self.bracket_item(first)
            first = False
        self.index += 1
        result: Ranges = both_cases(tuple(ranges)) if self.flags.ignore_case else tuple(ranges)
        if not negated:
            return Characters(result)
        inverted = invert(result)
        return Characters(inverted if self.flags.dot_matches_newline else without_newline(inverted))

    def bracket_item(self, first: bool) -> Ranges:
        low = self.bracket_element(first)
        if isinstance(low, tuple):
            if self.peek() == "-" and self.text[self.index + 1 : self.index + 2] != "]":
                raise bad_pattern("a class cannot begin a range")
            return low
        if self.peek() != "-" or self.text[self.index + 1 : self.index + 2] in ("]", ""):
            return ((low, low),)
        self.index += 1
        high = self.bracket_element(False, ends_range=True)
        if isinstance(high, tuple) or high < low:
            raise bad_pattern("a range goes from a smaller to a greater character")
        return ((low, high),)

    def bracket_element(self, first: bool, *, ends_range: bool = False) -> int | Ranges:
        if self.accept("[:"):
            return self.named_class()
        if self.accept("[."):
            return self.collating_element(".]")
        if self.accept("[="):
            return (((code := self.collating_element("=]")), code),)
        letter = self.take(1)
        if letter == "\\":
            return self.bracket_escape()
        if letter == "-" and not first and not ends_range and self.peek() != "]":
            raise bad_pattern("in brackets, - stands at the beginning, at the end or in a range")
        return ord(letter)

    def named_class(self) -> Ranges:
        end = self.text.find(":]", self.index)
        name = self.text[self.index : end] if end >= 0 else ""
        if name not in CLASSES:
            raise bad_pattern(f"there is no class [:{name}:]")
        self.index = end + 2
        if self.flags.ignore_case and name in ("upper", "lower"):
            return CLASSES["alpha"]
        return CLASSES[name]

    def collating_element(self, closing: str) -> int:
        end = self.text.find(closing, self.index + 1)
        name = self.text[self.index : end] if end >= 0 else ""
        if len(name) != 1 and name not in _NAMES:
            raise bad_pattern("there is no such collating element")
        self.index = end + 2
        return _NAMES[name] if name in _NAMES else ord(name)

    def bracket_escape(self) -> int | Ranges:
        letter = self.peek()
        if not letter:
            raise bad_pattern("it ends in a backslash")
        if letter.lower() in _SHORTHANDS:
            self.index += 1
            return self.shorthand(letter)
        if letter in _CONSTRAINTS or letter in "123456789":
            raise bad_pattern(f"\\{letter} cannot stand in brackets")
        return self.escaped_code()


def apply_option(flags: Flags, option: str) -> None:
    """One letter of the options that PostgreSQL's patterns take."""
    if option in "ic":
        flags.ignore_case = option == "i"
    elif option in "nm":
        flags.dot_matches_newline, flags.line_anchors = False, True
    elif option == "s":
        flags.dot_matches_newline, flags.line_anchors = True, False
    elif option == "p":
        flags.dot_matches_newline, flags.line_anchors = False, False
    elif option == "w":
        flags.dot_matches_newline, flags.line_anchors = True, True
    elif option in "xt":
        flags.expanded = option == "x"
    elif option == "q":
        flags.literal = True
    else:
        raise bad_pattern(f"there is no option {option}")


def _sequence(parts: list[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    node = Sequence(parts)
    node.greedy = next((part.greedy for part in parts if part.greedy is not None), None)
    return node


def _size(node: Node) -> int:
    """How many nodes a part has once its repetitions are written out."""
    if isinstance(node, Repetition):
        return max(node.maximum or node.minimum, 1) * _size(node.part)
    if isinstance(node, Group | Look):
        return _size(node.part)
    children = node.parts if isinstance(node, Sequence) else node.branches if isinstance(node, Alternation) else []
    return 1 + sum(map(_size, children))
