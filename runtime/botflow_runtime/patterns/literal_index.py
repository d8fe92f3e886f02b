"""Finds which of many plain texts a text holds, by grams: stretches of a fixed length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from botflow_runtime.patterns.limits import GRAM_LENGTHS
from botflow_runtime.patterns.literals import Literals

Entry = TypeVar("Entry")


class LiteralIndex(Generic[Entry]):
    """An immutable index from grams to the entries whose literals hold them.

    Each literal is filed under the gram that it shares with the fewest others, of the greatest length it has.
    """

    __slots__ = ("_grams", "_tables")

    def __init__(self, entries: Iterable[tuple[Entry, Literals]]) -> None:
        listed = list(entries)
        shared = Counter(
            gram for _, literals in listed for group in literals.groups for text in group for gram in _own_grams(text)
        )
        self._tables: dict[int, dict[str, list[tuple[Entry, str]]]] = {length: {} for length in GRAM_LENGTHS}
        for entry, literals in listed:
            for text, gram in _rarest_key(literals, shared).items():
                self._tables[len(gram)].setdefault(gram, []).append((entry, text))
        self._grams = {length: frozenset(table) for length, table in self._tables.items()}

    def candidates(self, text: str) -> Iterator[tuple[Entry, str]]:
        """Entries with a literal that may be in the text; all whose literals are in it are among them."""
        for length, known in self._grams.items():
            if known:
                for gram in known & set(_grams(text, length)):
                    yield from self._tables[length][gram]


def _rarest_key(literals: Literals, shared: Counter[str]) -> dict[str, str]:
    """The texts of a group, each with one gram: those of the group that the fewest other entries share."""
    groups = [group for group in literals.groups if all(map(_own_grams, group))]
    keys = [{text: min(_own_grams(text), key=shared.__getitem__) for text in group} for group in groups]
    return min(keys, key=lambda key: sum(shared[gram] for gram in key.values()))


def _own_grams(text: str) -> list[str]:
    """The grams of the greatest length that the text has."""
    length = next((length for length in GRAM_LENGTHS if length <= len(text)), 0)
    return _grams(text, length) if length else []


def _grams(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(len(text) - length + 1)]
