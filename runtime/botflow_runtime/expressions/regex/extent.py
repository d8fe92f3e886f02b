"""How far a pattern matches, and what its groups hold, by PostgreSQL's rules.

A match begins as early as it can. Then it is the longest or the shortest one, as the whole pattern prefers; inside of
it each part takes as much or as little as it prefers itself, earlier parts first. That is not what backtracking
engines do, so this file computes, for parts and places, the set of all ends (as bits of an integer), and takes a
match apart with them. Every piece of work is counted, so no pattern runs away.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

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


_PLACES: Final = {
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
        self.steps = 0

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
        self.steps += 1
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
        if at >= len(self.text):
            return 0
        code = ord(self.text[at])
        return 1 << at + 1 if any(low <= code <= high for low, high in node.ranges) else 0

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
            result |= self.ends(part, place)
        return result

    def repetition(self, node: Repetition, at: int) -> int:
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
            if self.ends(part, place) & goal:
                result |= 1 << place
        return result

    def divide_repetition(self, node: Repetition, begin: int, end: int, groups: Groups) -> None:
        if begin == end and node.minimum == 0:
            return
        limit = node.maximum if node.maximum is not None else max(node.minimum, end - begin)
        limit = min(limit, max(node.minimum, end - begin))
        at, rounds = begin, 0
        while at < end or rounds < node.minimum:
            stop = self.next_round(node, at, end, rounds, limit)
            self.divide(node.part, at, stop, groups)
            at, rounds = stop, rounds + 1

    def next_round(self, node: Repetition, at: int, end: int, rounds: int, limit: int) -> int:
        """Where this round ends: as far (or near) as it may, as long as the rest can be matched in the rounds left."""
        ends = self.ends(node.part, at) & ((1 << end + 1) - 1)
        places = sorted(_bits(ends), reverse=node.part.greedy is not False)
        for place in places:
            if place == at and rounds >= node.minimum:
                continue
            if self.reaches(node, place, end, node.minimum - rounds - 1, limit - rounds - 1):
                return place
        raise AssertionError("a match that was found can be taken apart")

    def reaches(self, node: Repetition, at: int, end: int, least: int, most: int) -> bool:
        places = 1 << at
        for _ in range(max(least, 0)):
            places = self.onward(node.part, places)
        seen = places
        for _ in range(max(most, 0) - max(least, 0)):
            if seen >> end & 1:
                return True
            self.count()
            places = self.onward(node.part, places) & ~seen
            if not places:
                break
            seen |= places
        return bool(seen >> end & 1)


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _bits(places: int) -> Iterator[int]:
    while places:
        low = places & -places
        yield low.bit_length() - 1
        places ^= low
