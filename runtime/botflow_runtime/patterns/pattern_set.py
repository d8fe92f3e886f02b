"""Many patterns at once: which of thousands of chatbots does a message start?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

import msgspec
import re2

from botflow_runtime.patterns.budget import Budget
from botflow_runtime.patterns.charset import FULL
from botflow_runtime.patterns.factor import Factor, factors_of
from botflow_runtime.patterns.limits import (
    BOUNDARIES_AT_ONE_PLACE,
    CHUNK_LENGTH,
    FACTOR_LENGTH,
    FEW_PATTERNS,
    FIRST_SLICE_SECONDS,
    LITERALS_PER_CLOCK,
    PATTERN_SECONDS,
    SET_MEMORY,
    SHARD_WEIGHT,
)
from botflow_runtime.patterns.linear import options
from botflow_runtime.patterns.literal_index import LiteralIndex
from botflow_runtime.patterns.literals import Literals, literals_of
from botflow_runtime.patterns.pattern import Pattern, compile_pattern
from botflow_runtime.patterns.shape import everything
from botflow_runtime.patterns.subject import Subject, subject_of
from botflow_runtime.patterns.tree import Node, OneOf

Key = TypeVar("Key")

_OVERLAP = (FACTOR_LENGTH + 2) * (1 + 2 * BOUNDARIES_AT_ONE_PLACE)
"""Characters of marked text that two chunks share: a factor, one character on each side, and all their marks."""


class Matches(msgspec.Struct, Generic[Key], frozen=True):
    """What a message matches, both in the order in which the set was given its keys."""

    keys: list[Key]
    """Keys with a pattern that matches."""

    timed_out: list[Key]
    """Keys that are not among `keys` and have a pattern that could not be decided in time."""


@dataclass(slots=True)
class _Entry:
    """A pattern, the part of it to look for, and the places of the keys that have it."""

    pattern: Pattern
    literals: Literals | None
    factor: Factor | None
    places: list[int]

    def holds_all(self, indexed: str) -> bool:
        """Whether the indexed text holds a literal of each group, one of which is already known to be held."""
        return self.literals is not None and (len(self.literals.groups) == 1 or self.literals.are_in(indexed))


class PatternSet(Generic[Key]):
    """An immutable set of patterns, each with a key; one pass over a message finds all that match (CB-6).

    Takes pairs of a key and a pattern, as text or compiled; a key may come more than once. Up to `few` different
    patterns are tried one by one. Raises PatternError.
    """

    __slots__ = ("_everywhere", "_few", "_index", "_keys", "_shards", "_with_literal")

    def __init__(self, items: Iterable[tuple[Key, str | Pattern]], few: int = FEW_PATTERNS) -> None:
        places: dict[Key, int] = {}
        entries: dict[str, _Entry] = {}
        for key, given in items:
            text = given if isinstance(given, str) else given.text
            if text not in entries:
                entries[text] = _entry(given)
            entries[text].places.append(places.setdefault(key, len(places)))
        self._keys = list(places)
        self._few = list(entries.values()) if len(entries) <= few else None
        self._with_literal = [entry for entry in entries.values() if entry.literals]
        self._index = LiteralIndex((entry, entry.literals) for entry in self._with_literal if entry.literals)
        others = [entry for entry in entries.values() if entry.literals is None]
        _choose_factors(others)
        _look_up_properties(entry.pattern.tree for entry in entries.values())
        self._everywhere = [entry for entry in others if entry.factor is None]
        self._shards = [shard for factors in _by_weight(_by_source(others)) for shard in _shards(factors)]

    def __len__(self) -> int:
        return len(self._keys)

    def matching(self, text: str, budget: Budget | None = None) -> Matches[Key]:
        """The keys whose pattern matches somewhere in the text, within the budget (that of one message by default).

        Patterns that run out of time are noted in the budget.
        """
        budget = Budget() if budget is None else budget
        matched, undecided = self._decided(text, budget)
        if not matched and not undecided:
            return Matches([], [])
        found = {place for entry in matched for place in entry.places}
        unknown = {place for entry in undecided for place in entry.places} - found
        return Matches([self._keys[place] for place in sorted(found)], [self._keys[place] for place in sorted(unknown)])

    def _decided(self, text: str, budget: Budget) -> tuple[list[_Entry], list[_Entry]]:
        """The entries that match, and those that could not be decided in time."""
        return self._in_one_pass(text, budget) if self._few is None else _one_by_one(self._few, text, budget)

    def _in_one_pass(self, text: str, budget: Budget) -> tuple[list[_Entry], list[_Entry]]:
        with budget.running():
            matched, undecided = self._sorted_out(subject_of(text), budget)
        for entry in undecided:
            budget.note(entry.pattern.text)
        return matched, undecided

    def _sorted_out(self, subject: Subject, budget: Budget) -> tuple[list[_Entry], list[_Entry]]:
        """The entries that match, and those that could not be decided in time."""
        chunks = _chunks(subject.marked)
        matched: list[_Entry] = []
        open_: list[_Entry] = []
        held, undecided = self._with_literals(subject, budget)
        for entry in held:
            settled = entry.literals is not None and entry.literals.decide and subject.keeps_length
            (matched if settled else open_).append(entry)
        open_ += self._everywhere
        for shard in self._shards:
            found, certain, complete = shard.candidates(chunks, budget)
            for entry in found:
                settled = certain and entry.factor is not None and entry.factor.settles(subject, len(chunks))
                (matched if settled else open_).append(entry)
            if not complete:
                undecided += shard.all_but(found)
        confirmed, late = _confirmed(open_, subject, budget)
        return matched + confirmed, undecided + late

    def _with_literals(self, subject: Subject, budget: Budget) -> tuple[list[_Entry], list[_Entry]]:
        """The entries whose literals are in the text, and those for which there was no time."""
        indexed = subject.indexed
        candidates = self._index.candidates(indexed)
        held: dict[int, _Entry] = {}
        first = True
        while some := list(islice(candidates, LITERALS_PER_CLOCK)):
            if not first and budget.left <= 0:
                return list(held.values()), [entry for entry in self._with_literal if id(entry) not in held]
            held |= {id(entry): entry for entry, text in some if text in indexed and entry.holds_all(indexed)}
            first = False
        return list(held.values()), []


def _one_by_one(entries: list[_Entry], text: str, budget: Budget) -> tuple[list[_Entry], list[_Entry]]:
    outcomes = [(entry, entry.pattern.test(text, budget)) for entry in entries]
    matched = [entry for entry, outcome in outcomes if outcome]
    return matched, [entry for entry, outcome in outcomes if outcome is None]


def _entry(given: str | Pattern) -> _Entry:
    pattern = compile_pattern(given) if isinstance(given, str) else given
    return _Entry(pattern, literals_of(pattern.tree), None, [])


def _look_up_properties(trees: Iterable[Node]) -> None:
    """Find the members of each Unicode property now: the first message should not pay for it."""
    charsets = {part.charset for tree in trees for part in everything(tree) if isinstance(part, OneOf)}
    for charset in charsets:
        if not charset.explicit():
            charset.ranges(FULL)


def _choose_factors(entries: Sequence[_Entry]) -> None:
    """Give each entry the factor that it shares with the fewest others: texts that hold a common one say little."""
    choices = [factors_of(entry.pattern.tree) for entry in entries]
    shared = Counter(factor.source for factors in choices for factor in factors)
    for entry, factors in zip(entries, choices, strict=True):
        entry.factor = min(factors, key=lambda factor: shared[factor.source], default=None)


def _by_source(entries: Iterable[_Entry]) -> list[tuple[str, list[_Entry]]]:
    """Entries that share a factor, together."""
    together: dict[str, list[_Entry]] = {}
    for entry in entries:
        if entry.factor is not None:
            together.setdefault(entry.factor.source, []).append(entry)
    return list(together.items())


def _by_weight(factors: list[tuple[str, list[_Entry]]]) -> Iterator[list[tuple[str, list[_Entry]]]]:
    """The factors in groups that a set can go through in bounded time."""
    group: list[tuple[str, list[_Entry]]] = []
    weight = 0.0
    for source, entries in factors:
        added = entries[0].factor.weight if entries[0].factor else 0.0
        if group and weight + added > SHARD_WEIGHT:
            yield group
            group, weight = [], 0.0
        group.append((source, entries))
        weight += added
    yield group


def _chunks(marked: str) -> list[bytes]:
    """The marked text in parts that overlap, so that each factor is whole in one of them."""
    if len(marked) <= CHUNK_LENGTH:
        return [marked.encode()]
    starts = range(0, len(marked) - _OVERLAP, CHUNK_LENGTH - _OVERLAP)
    return [marked[start : start + CHUNK_LENGTH].encode() for start in starts]


_ALWAYS = b""
"""Is in every text."""


class _Shard:
    """A set of factors that RE2 looks for in one pass."""

    __slots__ = ("_entries", "_set")

    def __init__(self, factors: Sequence[tuple[str, list[_Entry]]]) -> None:
        """Compile; re2.error when the set needs more memory than it may have."""
        self._entries = [entries for _, entries in factors]
        self._set = re2.Set.SearchSet(options(SET_MEMORY))
        for source, _ in factors:
            self._set.Add(source.encode())
        self._set.Add(_ALWAYS)
        self._set.Compile()

    def candidates(self, chunks: list[bytes], budget: Budget) -> tuple[list[_Entry], bool, bool]:
        """The entries whose factor is in a chunk; whether it surely is; whether there was time for all chunks."""
        found: set[int] = set()
        for chunk in chunks:
            if budget.left <= 0:
                return self._listed(found), True, False
            indexes = self._set.Match(chunk)
            if indexes is None:
                # RE2's memory did not suffice: it finds not even what is in every text
                return self._listed(set(range(len(self._entries)))), False, True
            found.update(indexes)
        return self._listed(found), True, True

    def _listed(self, indexes: set[int]) -> list[_Entry]:
        always = len(self._entries)
        return [entry for index in sorted(indexes) if index != always for entry in self._entries[index]]

    def all_but(self, found: list[_Entry]) -> list[_Entry]:
        known = set(map(id, found))
        return [entry for entries in self._entries for entry in entries if id(entry) not in known]


def _shards(factors: Sequence[tuple[str, list[_Entry]]]) -> Iterator[_Shard]:
    """All factors in as few sets as memory allows."""
    if not factors:
        return
    try:
        yield _Shard(factors)
    except re2.error:
        if len(factors) == 1:
            raise
        middle = len(factors) // 2
        yield from _shards(factors[:middle])
        yield from _shards(factors[middle:])


def _confirmed(entries: list[_Entry], subject: Subject, budget: Budget) -> tuple[list[_Entry], list[_Entry]]:
    """Which of the entries match, and which could not be decided in time."""
    matched: list[_Entry] = []
    slow: list[_Entry] = []
    late: list[_Entry] = []
    for entry in entries:
        if budget.left <= 0:
            late.append(entry)
            continue
        program = entry.pattern.linear(subject)
        if program is None:
            slow.append(entry)
        elif program.finds(subject.utf8):
            matched.append(entry)
    for seconds in (FIRST_SLICE_SECONDS, PATTERN_SECONDS):
        outcomes = [(entry, entry.pattern.search(subject, min(seconds, budget.left))) for entry in slow]
        matched += [entry for entry, outcome in outcomes if outcome]
        slow = [entry for entry, outcome in outcomes if outcome is None]
    return matched, late + slow
