"""The jobs as threads of the server's own process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import structlog

from botflow.clock import Clock
from botflow.conversations import code as code_runs
from botflow.conversations import delivery, timers
from botflow.conversations.code import RunScript
from botflow.conversations.delivery import next_of_senders
from botflow.conversations.service import Conversations
from botflow.jobs.code import run_pending
from botflow.jobs.lines import Lines
from botflow.jobs.loop import Loop, Work
from botflow.jobs.outbox import drain
from botflow.jobs.stopping import Stopping, never
from botflow.jobs.timers import fire_due
from botflow.jobs.upkeep import upkeep
from botflow.notices import delivering
from botflow.senders.lines import release_all_lines
from botflow.senders.service import SenderAccounts

STOP_SECONDS: Final = 5.0
SENDERS_AT_ONCE: Final = 8
"""Senders whose outboxes are drained at the same time; a slow vendor takes one place."""
AFTER_FAILURE_MS: Final = 1_000

_log = structlog.get_logger()


class EmbeddedJobs:
    """Outboxes, lines, timers, expiry, reports and code, each in its threads; it wakes them when there is work."""

    def __init__(self, clock: Clock, code_workers: int) -> None:
        self._clock = clock
        self._code_workers = code_workers
        self._outbox: list[Loop] = []
        self._timers: list[Loop] = []
        self._upkeep: list[Loop] = []
        self._code: list[Loop] = []
        self._drains: Drains | None = None
        self._lines: Lines | None = None
        self._stopping = threading.Event()

    def start(
        self, conversations: Conversations, accounts: SenderAccounts, script: RunScript, chores: Mapping[str, Work]
    ) -> None:
        """Take up what a former process left behind, and go on."""
        clock, stopping = self._clock, self._stopping.is_set
        if conversations.database.is_one_process:
            _release_all(conversations)
        self._drains = Drains(conversations, accounts, clock, lambda: _wake(self._outbox), stopping)
        self._lines = Lines(conversations, accounts, clock)
        self._outbox = [Loop("outbox", self._drains.dispatch, clock)]
        self._timers = [Loop("timers", lambda: fire_due(conversations, clock, stopping), clock)]
        upkept = {**upkeep(conversations, clock, stopping), **chores, "lines": self._lines.keep}
        self._upkeep = [Loop(name, chore, clock) for name, chore in upkept.items()]
        self._code = [
            Loop(f"code-{number}", lambda: run_pending(conversations, script, clock, stopping), clock)
            for number in range(self._code_workers)
        ]
        for loop in self._loops():
            loop.start()

    def stop(self) -> None:
        """End the threads after the work at hand; what takes longer than STOP_SECONDS is left."""
        self._stopping.set()
        end = time.monotonic() + STOP_SECONDS
        for loop in self._loops():
            loop.begin_stop()
        for loop in self._loops():
            loop.stop(max(0.0, end - time.monotonic()))
        if self._drains is not None:
            self._drains.close(max(0.0, end - time.monotonic()))
        if self._lines is not None:
            self._lines.close()

    def ended(self) -> list[str]:
        """Names of the threads that do not run; before the start there are none."""
        return [loop.name for loop in self._loops() if not loop.lives]

    def outbox(self, sender_id: str) -> None:
        """Messages of a sender were queued."""
        _wake(self._outbox)

    def timers(self) -> None:
        """Timers were armed."""
        _wake(self._timers)

    def code(self) -> None:
        """Code is to be run."""
        _wake(self._code)

    def _loops(self) -> list[Loop]:
        return [*self._outbox, *self._timers, *self._upkeep, *self._code]


class Drains:
    """Drains the outboxes of several senders at a time, each by one thread; calls `finished` after each."""

    def __init__(
        self,
        conversations: Conversations,
        accounts: SenderAccounts,
        clock: Clock,
        finished: Callable[[], None],
        stopping: Stopping = never,
    ) -> None:
        self._conversations = conversations
        self._accounts = accounts
        self._clock = clock
        self._finished = finished
        self._stopping = stopping
        self._pool = ThreadPoolExecutor(SENDERS_AT_ONCE, thread_name_prefix="outbox")
        self._lock = threading.Lock()
        self._ended = threading.Condition(self._lock)
        self._running: set[str] = set()
        self._next: dict[str, int] = {}
        """When a sender's rate, or its vendor, lets it send again."""

    def dispatch(self) -> int | None:
        """Begin what is due. Returns when something more is, in milliseconds since the epoch."""
        with self._conversations.database.reading() as work:
            queued = next_of_senders(work)
        now = self._clock()
        waiting = []
        for sender_id, at in queued.items():
            due = max(at, self._next.get(sender_id, 0))
            if due > now:
                waiting.append(due)
            else:
                self._begin(sender_id)
        return min(waiting, default=None)

    def close(self, seconds: float) -> None:
        """Begin nothing more, and wait so long for what has begun; whoever has not begun sees that it is to stop."""
        self._pool.shutdown(wait=False)
        with self._lock:
            self._ended.wait_for(lambda: not self._running, seconds)

    def _begin(self, sender_id: str) -> None:
        with self._lock:
            if sender_id in self._running:
                return
            self._running.add(sender_id)
        self._pool.submit(self._drain, sender_id)

    def _drain(self, sender_id: str) -> None:
        try:
            due = drain(self._conversations, self._accounts, sender_id, self._clock, self._stopping)
            self._next[sender_id] = due or 0
        except Exception:  # the rows are still there; others must not wait for this sender
            _log.exception("outbox failed", sender=sender_id)
            self._next[sender_id] = self._clock() + AFTER_FAILURE_MS
        finally:
            with self._lock:
                self._running.discard(sender_id)
                self._ended.notify_all()
            self._finished()


def _release_all(conversations: Conversations) -> None:
    """Whoever held these leases is gone: there is one server at a time."""
    with conversations.database.transaction() as work:
        delivery.release_all(work)
        code_runs.release_all(work)
        timers.release_all(work)
        delivering.release_all(work)
        release_all_lines(work)


def _wake(loops: list[Loop]) -> None:
    for loop in loops:
        loop.wake()
