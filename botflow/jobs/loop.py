"""A thread that does the work that is there, then sleeps until it is woken or the next piece is due."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, TypeAlias

import structlog

from botflow.clock import Clock

LONGEST_SLEEP_SECONDS: Final = 30.0
"""Rows are looked for at least this often, even when nobody wakes the loop."""
SHORTEST_SLEEP_SECONDS: Final = 0.01
AFTER_FAILURE_SECONDS: Final = 1.0

Work: TypeAlias = Callable[[], int | None]
"""Does what is to be done now; returns when there is more, in milliseconds since the epoch, or None."""

_log = structlog.get_logger()


class Loop:
    """Runs `work` in a thread of its own, until it is stopped."""

    def __init__(self, name: str, work: Work, clock: Clock) -> None:
        self.name = name
        self._work = work
        self._clock = clock
        self._woken = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def lives(self) -> bool:
        """Whether its thread runs."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin; what was left behind is done first."""
        self._thread.start()

    def wake(self) -> None:
        """There may be work."""
        self._woken.set()

    def begin_stop(self) -> None:
        """End after the piece of work at hand."""
        self._stopping = True
        self._woken.set()

    def stop(self, timeout: float) -> None:
        """End after the piece of work at hand; wait for that at most `timeout` seconds."""
        self.begin_stop()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            self._woken.wait(self._do())

    def _do(self) -> float:
        """Work, and return how many seconds to sleep."""
        try:
            due = self._work()
        except Exception:  # the loop has to outlive a failure of one piece of work: the rows are still there
            if not self._stopping:
                _log.exception("job failed", job=self.name)
            return AFTER_FAILURE_SECONDS
        if due is None:
            return LONGEST_SLEEP_SECONDS
        return min(max((due - self._clock()) / 1000, SHORTEST_SLEEP_SECONDS), LONGEST_SLEEP_SECONDS)
