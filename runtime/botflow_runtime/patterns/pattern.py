"""One compiled pattern."""

from __future__ import annotations

from functools import lru_cache

from botflow_runtime.patterns.backtracking import backtracking_program, finds
from botflow_runtime.patterns.budget import Budget
from botflow_runtime.patterns.charset import Tier
from botflow_runtime.patterns.limits import LINEAR_PROGRAMS, PATTERN_SECONDS
from botflow_runtime.patterns.linear import LinearProgram, NotLinear, in_tier, linear_source
from botflow_runtime.patterns.parser import parse
from botflow_runtime.patterns.program_cache import ProgramCache
from botflow_runtime.patterns.shape import takes_crlf_as_one
from botflow_runtime.patterns.subject import Subject, readable, subject_of
from botflow_runtime.patterns.tree import Node


class Pattern:
    """A compiled pattern (CB-6): case-insensitive, matches anywhere. Made by `compile_pattern`; immutable."""

    __slots__ = ("_crlf_matters", "text", "tree")

    def __init__(self, text: str, tree: Node) -> None:
        self.text = text
        """The pattern as it was written."""
        self.tree = tree
        self._crlf_matters = takes_crlf_as_one(tree)

    def __repr__(self) -> str:
        return f"Pattern({self.text!r})"

    def matches(self, text: str) -> bool:
        """Whether the pattern matches somewhere in the text; False when it runs out of time."""
        return bool(self.test(text, Budget()))

    def test(self, text: str, budget: Budget) -> bool | None:
        """Whether the pattern matches somewhere in the text; None, noted in the budget, when the time is over."""
        subject = subject_of(text)
        program = self.linear(subject)
        if program is not None and budget.waives(program.steps(subject.utf8)):
            return program.finds(subject.utf8)
        self.prepare(subject)
        with budget.running():
            found = self.search(subject, min(PATTERN_SECONDS, budget.left))
        if found is None:
            budget.note(self.text)
        return found

    def prepare(self, subject: Subject) -> None:
        """Compile what a search of this subject needs, once: a budget is for searching."""
        if self.linear(subject) is None:
            _backtracking_program(self)

    def search(self, subject: Subject, seconds: float) -> bool | None:
        """Whether the pattern matches somewhere in the subject; None when it needs more seconds than that."""
        if seconds <= 0:
            return None
        program = self.linear(subject)
        if program is not None:
            return program.finds(subject.utf8)
        return finds(_backtracking_program(self), subject.text, seconds)

    def linear(self, subject: Subject) -> LinearProgram | None:
        """The program that is sure to decide about this subject in time, where there is one."""
        if subject.has_crlf and self._crlf_matters:
            return None
        program = _linear_program(self, subject.tier)
        return program if program is not None and program.may_search(subject.utf8) else None


@lru_cache(maxsize=LINEAR_PROGRAMS)
def _linear_program(pattern: Pattern, tier: Tier) -> LinearProgram | None:
    try:
        return LinearProgram(linear_source(pattern.tree, in_tier(tier)))
    except NotLinear:
        return None


_backtracking_program = ProgramCache[Pattern](lambda pattern: backtracking_program(pattern.tree))


def compile_pattern(text: str) -> Pattern:
    """Compile a pattern in MySQL's dialect (CB-6, docs/reference/patterns.md).

    Raises PatternError, with a sentence that says what to do and the place, for what MySQL or this engine refuses.
    """
    return Pattern(text, parse(readable(text)))
