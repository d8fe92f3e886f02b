"""What is done from time to time, in one process or another: expiry, reports that were parked, counts of visits."""

from __future__ import annotations

from typing import Final

from botflow.clock import Clock
from botflow.conversations.reports import match_all_parked
from botflow.conversations.service import Conversations
from botflow.jobs.timers import expire_idle
from botflow.jobs.visits import fold_visits

EVERY_SECONDS: Final = 30


def keep_up(conversations: Conversations, clock: Clock) -> None:
    """Do all of it once. The same in two processes at once is harmless."""
    expire_idle(conversations, clock)
    match_all_parked(conversations, clock())
    fold_visits(conversations.database, clock)
