"""How much processor time this thread may still spend on numbers: those with thousands of digits take long.

A chat has no such bound: the same expression gives the same value however slow the machine is. Whoever checks or tries
what others have written sets one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from botflow_runtime.expressions.errors import ExpressionError

TOO_LONG: Final = "This takes too long to compute: use fewer and shorter numbers."

_end: ContextVar[float | None] = ContextVar("end", default=None)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Within the block expressions take so many seconds of processor time, or less where less is left already."""
    before, end = _end.get(), time.thread_time() + seconds
    token = _end.set(end if before is None else min(before, end))
    try:
        yield
    finally:
        _end.reset(token)


def check_time() -> None:
    """Raises ExpressionError where the time is used up."""
    end = _end.get()
    if end is not None and time.thread_time() > end:
        raise ExpressionError(TOO_LONG)
