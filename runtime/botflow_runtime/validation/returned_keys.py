"""Which variables a script sets, as far as its source tells (ST-4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from botflow_runtime.steps.step import Meaning

_RETURN: Final = re.compile(r"\breturn\b\s*(.)", re.DOTALL)
_KEY: Final = re.compile(r"""\s*(?:(\w+)|'(\w+)'|"(\w+)")\s*(?::|$)""")
_COMMENT: Final = re.compile(r"//|/\*|#")
_OPEN, _CLOSE, _QUOTES = "([{", ")]}", "'\"`"


def variables_set(meaning: Meaning) -> frozenset[str] | None:
    """The variables that a step may set; None where they cannot be told from the file."""
    if not meaning.sets_unknown:
        return frozenset(meaning.sets)
    source = meaning.source[1] if meaning.source is not None else "vars"
    if re.search(r"\bvars\b", source):
        return None
    if meaning.sets or meaning.returns is not None:
        return frozenset(meaning.sets)
    return returned_keys(source)


def returned_keys(source: str) -> frozenset[str] | None:
    """The keys of all objects that a script returns; None where one of them cannot be read."""
    keys: set[str] = set()
    for found in _RETURN.finditer(source):
        if found[1] in ";}":
            continue
        members = _members(source, found.end() - 1) if found[1] == "{" else None
        if members is None:
            return None
        for member in members:
            key = _KEY.match(member)
            if key is None:
                return None
            keys.add(key[1] or key[2] or key[3])
    return frozenset(keys)


def _members(source: str, start: int) -> list[str] | None:
    """The members of the object literal that begins at `start`; None where it does not end or is not plain."""
    members, depth, begin = [], 0, start + 1
    for position, character in _outside_strings(source, start):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth -= 1
        if depth == 0 or (depth == 1 and character == ","):
            members.append(source[begin:position])
            begin = position + 1
        if depth == 0:
            return _plain(source[start:position], members)
    return None


def _plain(literal: str, members: list[str]) -> list[str] | None:
    return None if _COMMENT.search(literal) else [member for member in members if member.strip()]


def _outside_strings(source: str, start: int) -> Iterator[tuple[int, str]]:
    quote = ""
    escaped = False
    for position in range(start, len(source)):
        character = source[position]
        if not quote:
            quote = character if character in _QUOTES else ""
            if not quote:
                yield position, character
        elif escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == quote:
            quote = ""
