"""How far a pattern matches, and what its groups hold, by PostgreSQL's rules.

A match begins as early as it can. Then it is the longest or the shortest one, as the whole pattern prefers; inside of
it each part takes as much or as little as it prefers itself, earlier parts first. That is not what backtracking
engines do, so this file computes, for parts and places, the set of all ends (as bits of an integer), and takes a
match apart with them. Every piece of work is counted, so no pattern runs away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from botflow_runtime.expressions.budget import spend_on
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.limits import MAX_PATTERN_STEPS
from botflow_runtime.expressions.regex.syntax import (
    Alternation,
    Characters,
    Constraint,
    Group,
    Look,
    Node,
    Repetition,
    Sequence,
)

Groups = dict[int, tuple[int, int]]


class TooSlowError(ExpressionError):
    """A pattern took more than its share of time."""

    def __init__(self) -> None:
        super().__init__("The regular expression takes too long on this text: make it simpler.")


def _is_word(text: str, index: int) -> bool:
    return 0 <= index < len(text) and text[index].isascii() and (text[index].isalnum() or text[index] == "_")


_PLACES: Final[dict[str, Callable[[str, int], bool]]] = {
    "text_start": lambda text, at: at == 0,
    "text_end": lambda text, at: at == len(text),
    "line_start": lambda text, at: at == 0 or text[at - 1] == "\n",
    "line_end": lambda text, at: at == len(text) or text[at] == "\n",
    "word_start": lambda text, at: not _is_word(text, at - 1) and _is_word(text, at),
    "word_end": lambda text, at: _is_word(text, at - 1) and not _is_word(text, at),
    "word_edge": lambda text, at: _is_word(text, at - 1) != _is_word(text, at),
    "word_inside": lambda text, at: _is_word(text, at - 1) == _is_word(text, at),
}


class Extent:
    """One text matched against one pattern."""

    def __init__(self, root: Node, text: str) -> None:
        self.root = root
        self.text = text
        self.memory: dict[tuple[int, int], int] = {}
        self.characters: dict[int, int] = {}
        self.steps = 0
        # A step on a long text works on long integers.
        self.cost = 1 + len(text) // 512

    def find(self, start: int) -> tuple[int, int, Groups] | None:
        """The first match from a place on: its begin, its end and its groups."""
        for begin in range(start, len(self.text) + 1):
            ends = self.ends(self.root, begin)
            if ends:
                end = _lowest(ends) if self.root.greedy is False else ends.bit_length() - 1
                groups: Groups = {}
                self.divide(self.root, begin, end, groups)
                return begin, end, groups
        return None

    def count(self) -> None:
        self.steps += self.cost
        if self.steps > MAX_PATTERN_STEPS:
            raise TooSlowError

    # where a part can end

    def ends(self, node: Node, at: int) -> int:
        """Bit n is set where the part matches from `at` up to n."""
        key = (id(node), at)
        found = self.memory.get(key)
        if found is None:
            self.count()
            found = self.memory[key] = self.compute(node, at)
        return found

    def compute(self, node: Node, at: int) -> int:
        if isinstance(node, Characters):
            return self.character(node, at)
        if isinstance(node, Sequence):
            return self.sequence(node.parts, at)
        if isinstance(node, Alternation):
            return self.any_of(node.branches, at)
        if isinstance(node, Repetition):
            return self.repetition(node, at)
        if isinstance(node, Group):
            return self.ends(node.part, at)
        if isinstance(node, Constraint):
            return 1 << at if _PLACES[node.kind](self.text, at) else 0
        assert isinstance(node, Look)
        return 1 << at if self.look(node, at) is not node.negated else 0

    def character(self, node: Characters, at: int) -> int:
        return 1 << at + 1 if self.places(node) >> at & 1 else 0

    def places(self, node: Characters) -> int:
        """Bit n is set where the text's character n is one of the node's."""
        found = self.characters.get(id(node))
        if found is None:
            letters = set(self.text)
            spend_on(len(letters) * len(node.ranges))
            fitting = {letter for letter in letters if any(low <= ord(letter) <= high for low, high in node.ranges)}
            bits = "".join("1" if letter in fitting else "0" for letter in reversed(self.text))
            found = self.characters[id(node)] = int(bits or "0", 2)
        return found

    def run(self, node: Repetition, part: Characters, at: int) -> int:
        """The ends of a repeated character: every place in the run of such characters that begins here."""
        rest = self.places(part) >> at
        length = _lowest(~rest)
        if node.maximum is not None:
            length = min(length, node.maximum)
        return ((1 << length + 1) - (1 << node.minimum)) << at if length >= node.minimum else 0

    def any_of(self, branches: list[Node], at: int) -> int:
        result = 0
        for branch in branches:
            result |= self.ends(branch, at)
        return result

    def sequence(self, parts: list[Node], at: int) -> int:
        places = 1 << at
        for part in parts:
            places = self.onward(part, places)
            if not places:
                break
        return places

    def onward(self, part: Node, places: int) -> int:
        result = 0
        for place in _bits(places):
            self.count()
            result |= self.ends(part, place)
        return result

    def repetition(self, node: Repetition, at: int) -> int:
        if isinstance(node.part, Characters):
            return self.run(node, node.part, at)
        places = 1 << at
        for _ in range(node.minimum):
            places = self.onward(node.part, places)
        result = fresh = places
        more = node.maximum - node.minimum if node.maximum is not None else len(self.text) + 1
        while fresh and more > 0:
            self.count()
            fresh = self.onward(node.part, fresh) & ~result
            result |= fresh
            more -= 1
        return result

    def look(self, node: Look, at: int) -> bool:
        if node.ahead:
            return bool(self.ends(node.part, at))
        return any(self.ends(node.part, begin) >> at & 1 for begin in range(at, -1, -1))

    # what the groups hold

    def divide(self, node: Node, begin: int, end: int, groups: Groups) -> None:
        """Note what the groups of a part hold that is known to match from begin to end."""
        if isinstance(node, Group):
            groups[node.number] = (begin, end)
            self.divide(node.part, begin, end, groups)
        elif isinstance(node, Alternation):
            branch = next(branch for branch in node.branches if self.ends(branch, begin) >> end & 1)
            self.divide(branch, begin, end, groups)
        elif isinstance(node, Sequence):
            self.divide_sequence(node.parts, begin, end, groups)
        elif isinstance(node, Repetition):
            self.divide_repetition(node, begin, end, groups)

    def divide_sequence(self, parts: list[Node], begin: int, end: int, groups: Groups) -> None:
        if not parts:
            return
        # From the back: the places from which the rest of the parts can still reach the end.
        reach = [1 << end]
        for part in reversed(parts[1:]):
            reach.append(self.sources(part, reach[-1], begin, end))
        at = begin
        for part, goal in zip(parts, reversed(reach), strict=True):
            ends = self.ends(part, at) & goal
            stop = _lowest(ends) if part.greedy is False else ends.bit_length() - 1
            self.divide(part, at, stop, groups)
            at = stop

    def sources(self, part: Node, goal: int, begin: int, end: int) -> int:
        """The places between begin and end from which a part reaches any place of `goal`."""
        result = 0
        for place in range(begin, end + 1):
            self.count()
            if self.ends(part, place) & goal:
                result |= 1 << place
        return result

    def divide_repetition(self, node: Repetition, begin: int, end: int, groups: Groups) -> None:
        """PostgreSQL takes x{m,n} for x{m-1,n-1}x and keeps what the groups of the last x hold."""
        if node.maximum == 0 or (begin == end and node.minimum == 0 and self.leaves_empty(node.part, begin)):
            return
        least = max(node.minimum, 1)
        most = None if node.maximum is None else node.maximum - 1
        starts = self.sources(node.part, 1 << end, begin, end)
        if node.minimum == 0:
            at = self.last_round(node, begin, end)
        else:
            before = Repetition(node.part, least - 1, most)
            at = self.preferred(self.repetition(before, begin) & starts, node)
        self.divide(node.part, at, end, groups)

    def leaves_empty(self, part: Node, at: int) -> bool:
        """Of an empty repetition: whether it is no round at all rather than one empty round."""
        return part.greedy is False or not self.ends(part, at) >> at & 1

    def preferred(self, places: int, node: Node) -> int:
        return _lowest(places) if node.greedy is False else places.bit_length() - 1

    def last_round(self, node: Repetition, begin: int, end: int) -> int:
        """Where the last round begins when each round takes what it prefers."""
        at, rounds = begin, 0
        most = min(node.maximum or end - begin, max(end - begin, 1))
        while True:
            stop = self.next_round(node, at, end, most - rounds)
            if stop == end:
                return at
            at, rounds = stop, rounds + 1

    def next_round(self, node: Repetition, at: int, end: int, most: int) -> int:
        """Where a round ends: as far (or near) as it may, as long as the rest can be matched in the rounds left."""
        ends = self.ends(node.part, at) & ((1 << end + 1) - 1)
        for place in sorted(_bits(ends), reverse=node.part.greedy is not False):
            if (place > at or at == end) and self.reaches(node, place, end, most - 1):
                return place
        raise AssertionError("a match that was found can be taken apart")

    def reaches(self, node: Repetition, at: int, end: int, most: int) -> bool:
        rest = Repetition(node.part, 0, most)
        return bool(self.repetition(rest, at) >> end & 1)


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _bits(places: int) -> Iterator[int]:
    while places:
        low = places & -places
        yield low.bit_length() - 1
        places ^= low
