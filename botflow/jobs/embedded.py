"""The jobs as threads of the server's own process."""

from __future__ import annotations

from typing import Final

from botflow.clock import Clock
from botflow.conversations import code as code_runs
from botflow.conversations import delivery, timers
from botflow.conversations.code import RunScript
from botflow.conversations.service import Conversations
from botflow.jobs.code import run_pending
from botflow.jobs.loop import Loop
from botflow.jobs.outbox import drain
from botflow.jobs.timers import expire_idle, fire_due
from botflow.jobs.visits import fold_visits
from botflow.senders.service import Accounts

STOP_SECONDS: Final = 2.0


class EmbeddedJobs:
    """Outbox, timers, expiry and code, each in its thread; it wakes them when there is work."""

    def __init__(self, clock: Clock, code_workers: int) -> None:
        self._clock = clock
        self._code_workers = code_workers
        self._outbox: list[Loop] = []
        self._timers: list[Loop] = []
        self._code: list[Loop] = []

    def start(self, conversations: Conversations, accounts: Accounts, script: RunScript) -> None:
        """Take up what a former process left behind, and go on."""
        clock = self._clock
        with conversations.database.transaction() as work:
            delivery.release_all(work)
            code_runs.release_all(work)
            timers.release_all(work)
        self._outbox = [Loop("outbox", lambda: drain(conversations, accounts, clock), clock)]
        self._timers = [
            Loop("timers", lambda: fire_due(conversations, clock), clock),
            Loop("expiry", lambda: expire_idle(conversations, clock), clock),
            Loop("visits", lambda: fold_visits(conversations.database, clock), clock),
        ]
        self._code = [
            Loop(f"code-{number}", lambda: run_pending(conversations, script, clock), clock)
            for number in range(self._code_workers)
        ]
        for loop in self._loops():
            loop.start()

    def stop(self) -> None:
        """End the threads after the work at hand."""
        for loop in self._loops():
            loop.stop(STOP_SECONDS)

    def outbox(self) -> None:
        """Messages were queued."""
        _wake(self._outbox)

    def timers(self) -> None:
        """Timers were armed."""
        _wake(self._timers)

    def code(self) -> None:
        """Code is to be run."""
        _wake(self._code)

    def _loops(self) -> list[Loop]:
        return [*self._outbox, *self._timers, *self._code]


def _wake(loops: list[Loop]) -> None:
    for loop in loops:
        loop.wake()
