"""Counting what the turns did at which nodes."""

from __future__ import annotations

from typing import Final

from botflow.clock import Clock
from botflow.conversations.visits import fold
from botflow.db import Database

EVERY_MS: Final = 5_000


def fold_visits(database: Database, clock: Clock) -> int:
    """Count what is there. Returns when to look again, in milliseconds since the epoch."""
    while True:
        with database.transaction() as work:
            if not fold(work):
                return clock() + EVERY_MS
