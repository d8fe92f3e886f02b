"""Delivering to several webhooks at a time in one process, each by a thread of its own: a slow one takes one place."""

from __future__ import annotations

import threading
from typing import Final

import structlog

from botflow.clock import Clock
from botflow.notices.delivering import Deliverer, next_of_webhooks

AT_ONCE: Final = 8
LOOK_EVERY_MS: Final = 1_000
"""Turns wake nobody for the webhooks: what they wrote is found so soon."""

_log = structlog.get_logger()


class Posting:
    """Looks what is due, and lets it be delivered."""

    def __init__(self, deliverer: Deliverer, clock: Clock) -> None:
        self._deliverer = deliverer
        self._clock = clock
        self._lock = threading.Lock()
        self._running: set[str] = set()

    def look(self) -> int:
        """Begin what is due, what has waited longest first. Returns when to look again, in ms since the epoch."""
        with self._deliverer.database.reading() as work:
            found = next_of_webhooks(work)
        now = self._clock()
        for at, webhook_id in sorted((at, webhook_id) for webhook_id, at in found.items()):
            if at <= now:
                self._begin(webhook_id)
        return now + LOOK_EVERY_MS

    def _begin(self, webhook_id: str) -> None:
        with self._lock:
            if webhook_id in self._running or len(self._running) >= AT_ONCE:
                return
            self._running.add(webhook_id)
        # A daemon: a receiver that hangs does not hold up the end of the process.
        threading.Thread(target=self._deliver, args=(webhook_id,), name="webhook", daemon=True).start()

    def _deliver(self, webhook_id: str) -> None:
        try:
            self._deliverer.deliver(webhook_id)
        except Exception:  # the rows are still there; the next look finds them
            _log.exception("webhook failed", webhook=webhook_id)
        finally:
            with self._lock:
                self._running.discard(webhook_id)
