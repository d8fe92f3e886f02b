"""Looks at the rows and puts into the queues what they say is due: the queues can lose everything at any time.

Several schedulers may run: work that waits in its queue already is not added twice.
"""

from __future__ import annotations

import threading
from typing import Final

import sqlalchemy.exc
import structlog

from botflow.clock import Clock
from botflow.conversations.code import next_free
from botflow.conversations.delivery import next_of_senders
from botflow.conversations.timers import next_due
from botflow.db import Database
from botflow.jobs.queued import QueuedJobs
from botflow.jobs.queues import CODE, OUTBOX, TIMERS, UPKEEP, WEBHOOKS
from botflow.jobs.upkeep import EVERY_SECONDS
from botflow.notices.delivering import next_of_webhooks

TICK_SECONDS: Final = 0.25
AFTER_FAILURE_SECONDS: Final = 1.0

_log = structlog.get_logger()


class Scheduler:
    """Ticks until it is stopped."""

    def __init__(self, database: Database, jobs: QueuedJobs, clock: Clock) -> None:
        self._database = database
        self._jobs = jobs
        self._clock = clock
        self._upkeep_at = 0
        self._stopped = threading.Event()

    def run(self) -> None:
        """Tick; a database that does not answer is waited for."""
        while not self._stopped.is_set():
            self._stopped.wait(self._ticked())

    def stop(self, *_signal: object) -> None:
        """End after the tick at hand."""
        self._stopped.set()

    def tick(self) -> None:
        """Add everything that is due."""
        now = self._clock()
        with self._database.reading() as work:
            senders = [sender_id for sender_id, at in next_of_senders(work).items() if at <= now]
            webhooks = [webhook_id for webhook_id, at in next_of_webhooks(work).items() if at <= now]
            timer, code = next_due(work), next_free(work)
        for sender_id in senders:
            self._jobs.add(OUTBOX, sender_id)
        for webhook_id in webhooks:
            self._jobs.add(WEBHOOKS, webhook_id)
        if timer is not None and timer <= now:
            self._jobs.add(TIMERS, "due")
        if code is not None and code <= now:
            self._jobs.add(CODE, "any")
        if self._upkeep_at <= now:
            self._upkeep_at = now + EVERY_SECONDS * 1000
            self._jobs.add(UPKEEP, "all")

    def _ticked(self) -> float:
        try:
            self.tick()
        except sqlalchemy.exc.DBAPIError as error:
            _log.warning("database does not answer", problem=type(error.orig).__name__)
            return AFTER_FAILURE_SECONDS
        return TICK_SECONDS
