"""A compiled pattern: does it match anywhere, and where."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import re2
import regex

from botflow_runtime.expressions.limits import PATTERN_CACHE_ENTRIES, PATTERN_TIMEOUT_SECONDS
from botflow_runtime.expressions.regex.extent import Extent, Groups, TooSlowError
from botflow_runtime.expressions.regex.syntax import (
    Alternation,
    Flags,
    Group,
    Look,
    Node,
    Reference,
    Repetition,
    Sequence,
    apply_option,
    parse_pattern,
)
from botflow_runtime.expressions.regex.translation import NotForRe2Error, for_re2, for_regex

Match = tuple[int, int, Groups]


class Pattern:
    """A PostgreSQL pattern.

    `search(text)` tells whether it matches; `find(text, start)` gives begin, end and groups of the first match. Both
    raise ExpressionError when the pattern takes too long.
    """

    def __init__(self, root: Node, groups: int) -> None:
        self.root = root
        self.groups = groups
        self.search: Callable[[str], bool] = _searcher(root)
        self._refers = _holds_reference(root)

    def finder(self, text: str) -> Callable[[int], Match | None]:
        """A function that finds the first match from a place on in one text."""
        if self._refers:
            return _backtracking_finder(self.root, text)
        return Extent(self.root, text).find if self.search(text) else _nowhere


def _nowhere(start: int) -> None:
    """Finds nothing: the pattern does not match this text at all."""


@lru_cache(maxsize=PATTERN_CACHE_ENTRIES)
def compile_pattern(text: str, options: str = "") -> Pattern:
    """Compile a pattern with options of one letter each (i, n, s, x ...). Raises ExpressionError."""
    flags = Flags()
    for option in options:
        apply_option(flags, option)
    return Pattern(*parse_pattern(text, flags))


def _searcher(root: Node) -> Callable[[str], bool]:
    try:
        found = re2.compile(for_re2(root), _re2_options())
    except (NotForRe2Error, re2.error):
        return _backtracking_searcher(root)

    def search(text: str) -> bool:
        return found.search(text) is not None

    return search


def _re2_options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    return options


def _backtracking(root: Node) -> regex.Pattern[str]:
    return regex.compile(for_regex(root), regex.VERSION0 | regex.ASCII)


def _backtracking_searcher(root: Node) -> Callable[[str], bool]:
    compiled = _backtracking(root)

    def search(text: str) -> bool:
        try:
            return compiled.search(text, timeout=PATTERN_TIMEOUT_SECONDS) is not None
        except TimeoutError:
            raise TooSlowError from None

    return search


def _backtracking_finder(root: Node, text: str) -> Callable[[int], Match | None]:
    """With back-references: the order in which backtracking finds them."""
    compiled = _backtracking(root)

    def find(start: int) -> Match | None:
        try:
            match = compiled.search(text, start, timeout=PATTERN_TIMEOUT_SECONDS)
        except TimeoutError:
            raise TooSlowError from None
        if match is None:
            return None
        groups = {number: match.span(number) for number in range(1, compiled.groups + 1) if match.start(number) >= 0}
        return match.start(), match.end(), groups

    return find


def _holds_reference(node: Node) -> bool:
    if isinstance(node, Reference):
        return True
    if isinstance(node, Repetition | Group | Look):
        return _holds_reference(node.part)
    if isinstance(node, Sequence):
        return any(map(_holds_reference, node.parts))
    return isinstance(node, Alternation) and any(map(_holds_reference, node.branches))
