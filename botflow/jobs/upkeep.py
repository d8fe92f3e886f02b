"""What is done from time to time, in one process or another: expiry, parked reports, parts, counts, rollouts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from botflow.chatbots.rollouts import roll_out
from botflow.clock import Clock
from botflow.conversations.reports import match_all_parked
from botflow.conversations.service import Conversations
from botflow.jobs.loop import Work
from botflow.jobs.parts import clear_parts
from botflow.jobs.timers import expire_idle
from botflow.jobs.visits import fold_visits

EVERY_SECONDS: Final = 30
ROLLOUT_MS: Final = 20_000
"""How long threads are moved or ended before the rest of the upkeep has its turn again."""


class Chore:
    """Work that says itself when it is due again; asked earlier, it does nothing."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock
        self._due = 0

    def __call__(self) -> int | None:
        """Do it if it is due. Returns when it is due again; None: nobody knows, so ask again."""
        if self._due <= self._clock():
            self._due = self._work() or 0
        return self._due or None


def keep_up(conversations: Conversations, clock: Clock, stopping: Callable[[], bool] = lambda: False) -> None:
    """Do all of it once. The same in two processes at once is harmless."""
    expire_idle(conversations, clock)
    match_all_parked(conversations, clock())
    clear_parts(conversations, clock)
    fold_visits(conversations.database, clock)
    roll_out(conversations, clock, until=clock() + ROLLOUT_MS, stopping=stopping)
