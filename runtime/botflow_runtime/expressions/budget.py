"""How much one turn, or one check, may spend on long numbers and texts: thousands of digits or characters take long.

What a turn of a chat spends is counted and not timed: the same expression gives the same value however slow
the machine is, and again when the turn is replayed. Whoever checks or tries what others have written bounds the time
as well.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.limits import MOST_EFFORT

TOO_LONG: Final = "This takes too long to compute: use fewer and shorter numbers and texts."

CHARACTER_EFFORT: Final = 100
"""Nanoseconds, so as to hold for most functions of texts."""
FREE_CHARACTERS: Final = 1_000


class _Effort:
    """What a turn may still spend."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left


class _Budget:
    """What expressions may still spend: effort, and processor time until `end`; None: as much as they want."""

    __slots__ = ("effort", "end")

    def __init__(self, effort: _Effort | None = None, end: float | None = None) -> None:
        self.effort = effort
        self.end = end


_UNBOUNDED: Final = _Budget()
_budget: ContextVar[_Budget] = ContextVar("budget", default=_UNBOUNDED)


def begin_turn() -> None:
    """From now on expressions spend what one turn may."""
    _budget.set(_Budget(_Effort(MOST_EFFORT), _budget.get().end))


def end_turn() -> None:
    """What they spend is counted no more."""
    _budget.set(_Budget(None, _budget.get().end))


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Within the block expressions take so many seconds of processor time, or less where less is left already."""
    before, end = _budget.get(), time.thread_time() + seconds
    token = _budget.set(_Budget(before.effort, end if before.end is None else min(before.end, end)))
    try:
        yield
    finally:
        _budget.reset(token)


def spend(effort: int) -> None:
    """Count work that is about to be done or was done. Raises ExpressionError where effort or time is used up."""
    budget = _budget.get()
    if budget.effort is not None:
        budget.effort.left -= effort
        if budget.effort.left < 0:
            raise ExpressionError(TOO_LONG)
    if budget.end is not None and time.thread_time() > budget.end:
        raise ExpressionError(TOO_LONG)


def spend_on(characters: int) -> None:
    """The same for a text that is read or made; usual texts cost nothing."""
    if characters > FREE_CHARACTERS:
        spend(characters * CHARACTER_EFFORT)
