"""LIKE, SIMILAR TO, regular expressions, and the functions that use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

from botflow_runtime.expressions.catalog import BIT, BOOLEAN, BYTEA, INT4, INT8, TEXT
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.functions.text import bounded, counted, lower, refuse_too_long
from botflow_runtime.expressions.limits import MAX_PATTERN_STEPS, PATTERN_CACHE_ENTRIES
from botflow_runtime.expressions.regex import Pattern, compile_pattern
from botflow_runtime.expressions.regex.extent import Groups, TooSlowError
from botflow_runtime.expressions.registry import FUNCTIONS, OPERATORS

FAMILY: Final = "pattern"
PATTERN_OPERATORS: Final = frozenset({"~", "~*", "!~", "!~*"})

# LIKE


def like(text: str, pattern: str) -> bool:
    """LIKE: % any characters, _ one, \\ takes the next as it is."""
    return _like_matcher(pattern)(text)


@lru_cache(maxsize=PATTERN_CACHE_ENTRIES)
def _like_matcher(pattern: str) -> Callable[[str], bool]:
    if "\\" in pattern or "_" in pattern:
        return lambda text: _Like(text, pattern).matches(0, 0) is True
    pieces = pattern.split("%")
    if len(pieces) == 1:
        return lambda text: text == pattern
    return lambda text: _in_order(text, pieces)


def _in_order(text: str, pieces: list[str]) -> bool:
    first, *middle, last = pieces
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        at = text.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


class _Like:
    """LIKE as PostgreSQL walks it, so that a wrong escape is an error exactly where it meets one."""

    def __init__(self, text: str, pattern: str) -> None:
        self.text = text
        self.pattern = pattern
        self.steps = 0

    def matches(self, at: int, index: int) -> bool | None:
        """None: the text ran out, so no later beginning can match either."""
        text, pattern = self.text, self.pattern
        while at < len(text) and index < len(pattern):
            self.count()
            sign = pattern[index]
            if sign == "%":
                return self.after_percent(at, index)
            if sign == "\\":
                index += 1
                sign = self.escaped(index)
            elif sign == "_":
                sign = text[at]
            if sign != text[at]:
                return False
            at += 1
            index += 1
        if at < len(text):
            return False
        while index < len(pattern) and pattern[index] == "%":
            index += 1
        return True if index >= len(pattern) else None

    def escaped(self, index: int) -> str:
        if index >= len(self.pattern):
            raise ExpressionError("A LIKE pattern must not end in its escape character: double it.")
        return self.pattern[index]

    def after_percent(self, at: int, index: int) -> bool | None:
        text, pattern = self.text, self.pattern
        index += 1
        while index < len(pattern) and pattern[index] in "%_":
            if pattern[index] == "_":
                if at >= len(text):
                    return None
                at += 1
            index += 1
        if index >= len(pattern):
            return True
        first = self.escaped(index + 1) if pattern[index] == "\\" else pattern[index]
        for begin in range(at, len(text)):
            self.count()
            if text[begin] == first:
                result = self.matches(begin, index)
                if result is not False:
                    return result
        return None

    def count(self) -> None:
        self.steps += 1
        if self.steps > MAX_PATTERN_STEPS:
            raise TooSlowError


def ilike(text: str, pattern: str) -> bool:
    return like(lower(text), lower(pattern))


def like_escape(pattern: str, escape: str) -> str:
    """A LIKE pattern rewritten to the escape character \\; an empty escape turns escaping off."""
    if not escape:
        return pattern.replace("\\", "\\\\")
    _check_escape(escape)
    if escape == "\\":
        return pattern
    result, escaped = [], False
    for letter in pattern:
        if letter == escape and not escaped:
            result.append("\\")
            escaped = True
        else:
            result.append("\\\\" if letter == "\\" and not escaped else letter)
            escaped = False
    return "".join(result)


def _check_escape(escape: str) -> None:
    if len(escape) > 1:
        raise ExpressionError("The escape is one character, or empty for none.")


# SIMILAR TO


def similar_to_escape(pattern: str, escape: str = "\\") -> str:
    """SQL's SIMILAR TO pattern as a regular expression (similar_escape of regexp.c)."""
    if len(escape) > 1:
        raise ExpressionError("The escape is one character, or empty for none.")
    return _SimilarTranslation(pattern, escape).written()


class _SimilarTranslation:
    def __init__(self, pattern: str, escape: str) -> None:
        self.pattern = pattern
        self.escape = escape
        self.parts = ["^(?:"]
        self.separators = 0
        self.brackets = 0
        # Characters since a bracket was opened, as far as they decide whether ] ends it: up to 3, ^ counts one.
        self.since_bracket = 0
        self.after_escape = False

    def written(self) -> str:
        for letter in self.pattern:
            self.take(letter)
        return "".join([*self.parts, ")$"])

    def take(self, letter: str) -> None:
        if self.after_escape:
            self.escaped(letter)
        elif letter == self.escape:
            self.after_escape = True
        elif self.brackets:
            self.in_bracket(letter)
        else:
            self.parts.append(_SIMILAR_SIGNS.get(letter, letter))
            if letter == "[":
                self.brackets = self.since_bracket = 1

    def escaped(self, letter: str) -> None:
        self.after_escape = False
        if letter == '"' and not self.brackets:
            self.separator()
        else:
            self.parts.append("\\" + letter)
            self.since_bracket = 3

    def in_bracket(self, letter: str) -> None:
        self.parts.append("\\\\" if letter == "\\" else letter)
        if letter == "]" and self.since_bracket > 2:
            self.brackets -= 1
        elif letter == "[":
            self.brackets += 1
        self.since_bracket = self.since_bracket + 1 if letter == "^" else 3

    def separator(self) -> None:
        """Two separators mark the part that SUBSTRING takes."""
        if self.separators > 1:
            raise ExpressionError('A SUBSTRING pattern has at most two separators, escape followed by ".')
        self.parts.append("){1,1}?(" if self.separators == 0 else "){1,1}(?:")
        self.separators += 1


_SIMILAR_SIGNS: Final = {"%": ".*", "_": ".", "(": "(?:", "\\": "\\\\", ".": "\\.", "^": "\\^", "$": "\\$"}


# regular expressions


def matches(text: str, pattern: str) -> bool:
    return compile_pattern(pattern).search(text)


def matches_ignoring_case(text: str, pattern: str) -> bool:
    return compile_pattern(pattern, "i").search(text)


def substring_of_pattern(text: str, pattern: str) -> str | None:
    """What matches: the first group, where the pattern has one, or all."""
    compiled = compile_pattern(pattern)
    found = compiled.finder(text)(0)
    if found is None:
        return None
    begin, end, groups = found
    if compiled.groups:
        if 1 not in groups:
            return None
        begin, end = groups[1]
    return text[begin:end]


def substring_similar(text: str, pattern: str, escape: str) -> str | None:
    return substring_of_pattern(text, similar_to_escape(pattern, escape))


def regexp_replace(
    text: str, pattern: str, replacement: str, start: int | str = 1, occurrence: int = 1, flags: str = ""
) -> str:
    """The text with a match by number (0: every match) from `start` on replaced; \\1 ... and \\& stand for groups."""
    if isinstance(start, str):
        return _replace_with_flags(text, pattern, replacement, start)
    if start < 1 or occurrence < 0:
        raise ExpressionError("regexp_replace counts from 1: start is above zero, and the match is not negative.")
    if "g" in flags:
        # With a match given by number, g means nothing.
        flags = flags.replace("g", "")
    return _replaced(text, compile_pattern(pattern, flags), replacement, start - 1, occurrence)


def _replace_from(text: str, pattern: str, replacement: str, start: int, occurrence: int = 1) -> str:
    return regexp_replace(text, pattern, replacement, start, occurrence)


def _replace_with_flags(text: str, pattern: str, replacement: str, flags: str) -> str:
    if flags[:1].isdigit():
        raise ExpressionError("The flags of regexp_replace are letters; for a start, write ::integer after it.")
    occurrence = 0 if "g" in flags else 1
    return _replaced(text, compile_pattern(pattern, flags.replace("g", "")), replacement, 0, occurrence)


def _replaced(text: str, pattern: Pattern, replacement: str, start: int, occurrence: int) -> str:
    find = pattern.finder(text)
    parts: list[str] = []
    length = done = number = 0
    at = start
    while at <= len(text) and (found := find(at)) is not None:
        begin, end, groups = found
        number += 1
        if occurrence in (0, number):
            for part in chain((text[done:begin],), _expanded(replacement, text, begin, end, groups)):
                parts.append(part)
                length += len(part)
                refuse_too_long(length)
            done = end
        if number == occurrence:
            break
        at = end + (begin == end)
    parts.append(text[done:])
    bounded(length + len(parts[-1]))
    return "".join(parts)


def _expanded(replacement: str, text: str, begin: int, end: int, groups: Groups) -> Iterator[str]:
    """What stands for a match, in parts: with many \\& of a long one it would be longer than any text may be."""
    if "\\" not in replacement:
        yield replacement
        return
    index = 0
    while index < len(replacement):
        letter = replacement[index]
        following = replacement[index + 1 : index + 2]
        index += 1
        if letter != "\\" or not following:
            yield letter
            continue
        index += 1
        if following == "&":
            yield text[begin:end]
        elif following in "123456789":
            first, last = groups.get(int(following), (0, 0))
            yield text[first:last]
        else:
            # An escaped backslash is one; before anything else it stays.
            yield "\\" if following == "\\" else "\\" + following


def _register() -> None:
    operators: dict[str, Callable[[str, str], bool]] = {
        "~~": like,
        "!~~": lambda text, pattern: not like(text, pattern),
        "~~*": ilike,
        "!~~*": lambda text, pattern: not ilike(text, pattern),
        "~": matches,
        "!~": lambda text, pattern: not matches(text, pattern),
        "~*": matches_ignoring_case,
        "!~*": lambda text, pattern: not matches_ignoring_case(text, pattern),
    }
    for symbol, compute in operators.items():
        OPERATORS.add(FAMILY, symbol, (TEXT, TEXT), BOOLEAN, compute)
    OPERATORS.outside("~~ !~~", (BYTEA, BYTEA))
    OPERATORS.outside("~", (INT4,), (INT8,), (BIT,))
    add = FUNCTIONS.add
    add(FAMILY, "substring", (TEXT, TEXT), TEXT, substring_of_pattern)
    add(FAMILY, "substring", (TEXT, TEXT, TEXT), TEXT, substring_similar)
    add(FAMILY, "regexp_replace", (TEXT, TEXT, TEXT), TEXT, regexp_replace)
    add(FAMILY, "regexp_replace", (TEXT, TEXT, TEXT, TEXT), TEXT, _replace_with_flags)
    add(FAMILY, "regexp_replace", (TEXT, TEXT, TEXT, INT4), TEXT, _replace_from)
    add(FAMILY, "regexp_replace", (TEXT, TEXT, TEXT, INT4, INT4), TEXT, _replace_from)
    add(FAMILY, "regexp_replace", (TEXT, TEXT, TEXT, INT4, INT4, TEXT), TEXT, regexp_replace)
    add(FAMILY, "like_escape", (TEXT, TEXT), TEXT, counted(like_escape))
    FUNCTIONS.outside("like_escape", (BYTEA, BYTEA))
    add(FAMILY, "similar_to_escape", (TEXT,), TEXT, counted(similar_to_escape))
    add(FAMILY, "similar_to_escape", (TEXT, TEXT), TEXT, counted(similar_to_escape))
    FUNCTIONS.hide("like_escape", "similar_to_escape")


_register()
