"""How much time patterns may use on one message."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from botflow_runtime.patterns.limits import MESSAGE_SECONDS, UNCLOCKED_STEPS


class Budget:
    """Time that patterns may use on one message, in seconds of processor time of this thread.

    Only time spent in patterns counts. `timed_out` names the patterns (their text) that could not be decided, each
    once, in the order in which their time was over: what a clock decides cannot be repeated, so the engine logs it.
    `clock` gives seconds; processor time is the default because a busy machine must not make a pattern fail.
    """

    __slots__ = ("_clock", "_left", "_started", "_timed_out", "_unclocked")

    def __init__(self, seconds: float = MESSAGE_SECONDS, clock: Callable[[], float] = time.thread_time) -> None:
        self._left = seconds
        self._clock = clock
        self._started: float | None = None
        self._timed_out: dict[str, None] = {}
        self._unclocked = 0

    def waives(self, steps: int) -> bool:
        """Whether a linear search of so many steps may go without a look at the clock."""
        self._unclocked += steps
        return self._unclocked <= UNCLOCKED_STEPS and self._left > 0

    @property
    def left(self) -> float:
        """Seconds that are left; not above 0 when the time is over."""
        return self._left if self._started is None else self._left - (self._clock() - self._started)

    @property
    def timed_out(self) -> list[str]:
        """Texts of the patterns that ran out of time."""
        return list(self._timed_out)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time spent inside."""
        self._started = self._clock()
        try:
            yield
        finally:
            self._left, self._started = self.left, None

    def note(self, pattern: str) -> None:
        """Note that a pattern ran out of time."""
        self._timed_out[pattern] = None
