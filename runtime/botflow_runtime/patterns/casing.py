"""Case folding as Unicode defines it: simple for single characters, full (ß is ss) for words."""

import re
from functools import cache

from botflow_runtime.patterns.limits import FOLD_VARIANTS

_CASED_BLOCKS = (
    range(0x3000),
    range(0xA640, 0xAC00),
    range(0xFB00, 0x10000),
    range(0x10400, 0x10D00),
    range(0x118A0, 0x118E0),
    range(0x16E40, 0x16E80),
    range(0x1E900, 0x1E944),
)
"""Where letters with case live; a test holds this against every code point."""


def simple_fold(character: str) -> str:
    """The one character that stands for all its case variants (CaseFolding.txt, status C and S)."""
    folded = character.casefold()
    if len(folded) == 1:
        return folded
    lower = character.lower()
    return lower if len(lower) == 1 else character


@cache
def case_variants() -> dict[str, str]:
    """Each character that has case, with all characters that differ from it by case only, itself included."""
    groups: dict[str, set[str]] = {}
    for block in _CASED_BLOCKS:
        for character in map(chr, block):
            folded = simple_fold(character)
            if folded != character:
                groups.setdefault(folded, {folded}).add(character)
    joined = ("".join(sorted(group)) for group in groups.values())
    return {character: group for group in joined for character in group}


@cache
def long_folds() -> dict[str, str]:
    """What folds to several characters: folded text -> the characters that fold to it ("ss" -> "ßẞ")."""
    folds: dict[str, str] = {}
    for block in _CASED_BLOCKS:
        for character in map(chr, block):
            folded = character.casefold()
            if len(folded) > 1:
                folds[folded] = folds.get(folded, "") + character
    return folds


@cache
def _long_fold_pattern() -> re.Pattern[str]:
    return re.compile(f"(?={'|'.join(sorted(long_folds(), key=len, reverse=True))})")


def stretches(folded: str) -> list[list[list[str]]]:
    """Cut folded text into stretches, each the list of its spellings; a spelling is a list of character sets in a row.

    "was" is one stretch with one spelling, w a s; "ss" has two: s s, and one of ß ẞ.
    """
    starts = [match.start() for match in _long_fold_pattern().finditer(folded)]
    pieces: list[list[list[str]]] = []
    position = 0
    for start, end in _joined([(start, start + _longest_fold_at(folded, start)) for start in starts]):
        pieces.append([list(folded[position:start])])
        pieces.append(_spellings(folded[start:end]))
        position = end
    pieces.append([list(folded[position:])])
    return [piece for piece in pieces if piece != [[]]]


def _longest_fold_at(folded: str, start: int) -> int:
    return max(length for length in (2, 3) if folded[start : start + length] in long_folds())


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _spellings(folded: str) -> list[list[str]]:
    """All ways to write a stretch; when there are too many, only the plain one."""
    ways: list[list[list[str]]] = [[[]]]
    for end in range(1, len(folded) + 1):
        found = [[*way, folded[end - 1]] for way in ways[end - 1]]
        for length in (2, 3):
            variants = long_folds().get(folded[end - length : end]) if length <= end else None
            found += [[*way, variants] for way in ways[end - length]] if variants else []
        if len(found) > FOLD_VARIANTS:
            return [list(folded)]
        ways.append(found)
    return ways[-1]
