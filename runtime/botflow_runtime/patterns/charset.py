"""Sets of characters, kept as they were written and worked out only for the characters a text can hold."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import regex

from botflow_runtime.patterns.casing import case_variants

Ranges = tuple[tuple[int, int], ...]
"""Code points from first to last, both included; sorted, with gaps between."""

HIGHEST = 0x10FFFF
_SMALL = 512
"""Members up to which looking up each one's case variants is quicker than going through all letters with case."""


@dataclass(frozen=True, slots=True, eq=False)
class Tier:
    """Code points up to `highest`: the smaller, the smaller the programs made for it."""

    highest: int

    def characters(self) -> str:
        """The characters of the tier and their case variants."""
        return _characters(self.highest)


ASCII = Tier(0x7F)
LATIN = Tier(0x24F)
FULL = Tier(HIGHEST)
TIERS = (ASCII, LATIN, FULL)


def tier_of(text: str) -> Tier:
    """The smallest tier that holds all of the text."""
    if text.isascii():
        return ASCII
    return LATIN if ord(max(text)) <= LATIN.highest else FULL


@cache
def _characters(highest: int) -> str:
    if highest == HIGHEST:
        return array("I", range(HIGHEST + 1)).tobytes().decode(f"utf-32-{sys.byteorder[0]}e", "surrogatepass")
    plain = "".join(map(chr, range(highest + 1)))
    return "".join(sorted(set(plain).union(*(case_variants().get(character, "") for character in plain))))


class CharSet(Protocol):
    """A set of characters."""

    def ranges(self, tier: Tier) -> Ranges:
        """Members among the tier's characters; case variants beyond the tier may be among them."""

    def source(self) -> str:
        """The set as an item between the brackets of the `regex` module's (version 1) sets."""

    def explicit(self) -> bool:
        """Whether the set lists its members, so that its ranges are the same for every tier."""

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Listed:
    """The given ranges."""

    members: Ranges

    def ranges(self, tier: Tier) -> Ranges:
        return self.members

    def source(self) -> str:
        return written(self.members)

    def explicit(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Property:
    r"""What Unicode calls by a name; `item` is how the `regex` module writes it (`\p{L}`)."""

    item: str

    def ranges(self, tier: Tier) -> Ranges:
        return _property_ranges(self.item, tier.highest)

    def source(self) -> str:
        return self.item

    def explicit(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """A set and all case variants of its members."""

    inner: CharSet

    def ranges(self, tier: Tier) -> Ranges:
        return _case_closed(self.inner.ranges(tier))

    def source(self) -> str:
        if self.inner.explicit():
            return written(self.ranges(FULL))
        plain = self.inner.ranges(FULL)
        return f"[{self.inner.source()}{written(intersection(_case_closed(plain), complement(plain)))}]"

    def explicit(self) -> bool:
        return self.inner.explicit()


@dataclass(frozen=True, slots=True)
class Complement:
    """All other characters."""

    inner: CharSet

    def ranges(self, tier: Tier) -> Ranges:
        return complement(self.inner.ranges(tier))

    def source(self) -> str:
        return f"[^{self.inner.source()}]" if self.inner.source() else written(((0, HIGHEST),))

    def explicit(self) -> bool:
        return self.inner.explicit()


@dataclass(frozen=True, slots=True)
class Union:
    """The members of any of the sets."""

    items: tuple[CharSet, ...]

    def ranges(self, tier: Tier) -> Ranges:
        return union(item.ranges(tier) for item in self.items)

    def source(self) -> str:
        return f"[{''.join(item.source() for item in self.items)}]"

    def explicit(self) -> bool:
        return all(item.explicit() for item in self.items)


@dataclass(frozen=True, slots=True)
class Intersection:
    """The members of both sets."""

    left: CharSet
    right: CharSet

    def ranges(self, tier: Tier) -> Ranges:
        return intersection(self.left.ranges(tier), self.right.ranges(tier))

    def source(self) -> str:
        return f"[[{self.left.source()}]&&[{self.right.source()}]]"

    def explicit(self) -> bool:
        return self.left.explicit() and self.right.explicit()


def listed(characters: Iterable[str]) -> Listed:
    """The set of these characters."""
    return Listed(union(((ord(character), ord(character)),) for character in characters))


def union(many: Iterable[Sequence[tuple[int, int]]]) -> Ranges:
    joined: list[tuple[int, int]] = []
    for low, high in sorted(span for ranges in many for span in ranges):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)


def complement(ranges: Ranges) -> Ranges:
    lows = [0, *(high + 1 for _, high in ranges)]
    highs = [*(low - 1 for low, _ in ranges), HIGHEST]
    return tuple((low, high) for low, high in zip(lows, highs, strict=True) if low <= high)


def intersection(left: Ranges, right: Ranges) -> Ranges:
    return complement(union((complement(left), complement(right))))


def contains(ranges: Ranges, code: int) -> bool:
    index = bisect_right(ranges, (code, HIGHEST + 1)) - 1
    return index >= 0 and ranges[index][1] >= code


def written(ranges: Ranges) -> str:
    """Ranges as items between the brackets of a set of the `regex` module."""
    return "".join(_code(low) if low == high else f"{_code(low)}-{_code(high)}" for low, high in ranges)


def _code(code: int) -> str:
    return f"\\U{code:08x}"


@cache
def _property_ranges(item: str, highest: int) -> Ranges:
    characters = _characters(highest)
    runs = regex.finditer(f"[{item}]+", characters, regex.V1)
    return union(_consecutive(match[0]) for match in runs)


def _consecutive(run: str) -> Ranges:
    """A run of characters in the order of their codes, as ranges: the variants beyond a tier leave gaps."""
    if ord(run[-1]) - ord(run[0]) == len(run) - 1:
        return ((ord(run[0]), ord(run[-1])),)
    return union(((ord(character), ord(character)),) for character in run)


@cache
def _case_closed(ranges: Ranges) -> Ranges:
    if sum(high - low + 1 for low, high in ranges) <= _SMALL:
        members = (chr(code) for low, high in ranges for code in range(low, high + 1))
        groups = [case_variants()[member] for member in members if member in case_variants()]
    else:
        everything = dict.fromkeys(case_variants().values())
        groups = [group for group in everything if any(contains(ranges, ord(member)) for member in group)]
    return union((ranges, *(((ord(member), ord(member)),) for group in groups for member in group)))
