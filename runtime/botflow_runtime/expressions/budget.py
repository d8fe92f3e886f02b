"""How much one turn, or one check, may spend on numbers: those with thousands of digits take long.

What a turn of a chat spends is counted and not timed: the same expression gives the same value however slow
the machine is, and again when the turn is replayed. Whoever checks or tries what others have written bounds the time
as well.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import local
from typing import Final

from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.limits import MOST_EFFORT

TOO_LONG: Final = "This takes too long to compute: use fewer and shorter numbers."

_end: ContextVar[float | None] = ContextVar("end", default=None)


class _Turn(local):
    """What the expressions of this thread's turn may still spend on numbers; None outside of turns."""

    left: int | None = None


_turn: Final = _Turn()


def begin_turn() -> None:
    """From now on this thread's expressions spend what one turn may."""
    _turn.left = MOST_EFFORT


def end_turn() -> None:
    """What they spend is counted no more."""
    _turn.left = None


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Within the block expressions take so many seconds of processor time, or less where less is left already."""
    before, end = _end.get(), time.thread_time() + seconds
    token = _end.set(end if before is None else min(before, end))
    try:
        yield
    finally:
        _end.reset(token)


def spend(effort: int) -> None:
    """Count work that is about to be done or was done. Raises ExpressionError where effort or time is used up."""
    left = _turn.left
    if left is not None:
        _turn.left = left = left - effort
        if left < 0:
            raise ExpressionError(TOO_LONG)
    end = _end.get()
    if end is not None and time.thread_time() > end:
        raise ExpressionError(TOO_LONG)
