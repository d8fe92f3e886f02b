"""What is done from time to time, in one process or another: expiry, parked reports, parts, counts, rollouts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import structlog

from botflow.chatbots.rollouts import roll_out
from botflow.clock import Clock
from botflow.conversations.reports import match_all_parked
from botflow.conversations.service import Conversations
from botflow.jobs.loop import Work
from botflow.jobs.parts import clear_parts
from botflow.jobs.stopping import Stopping, never
from botflow.jobs.timers import expire_idle
from botflow.jobs.visits import fold_visits

EVERY_SECONDS: Final = 30
ROLLOUT_MS: Final = 20_000
"""How long threads are moved or ended before the rest of the upkeep has its turn again."""
MATCH_EVERY_MS: Final = 60_000

_log = structlog.get_logger()


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


def upkeep(conversations: Conversations, clock: Clock, stopping: Stopping = never) -> dict[str, Work]:
    """What is done from time to time for conversations, by name. The same in two processes at once is harmless."""
    return {
        "expiry": lambda: expire_idle(conversations, clock),
        "reports": lambda: _match_parked(conversations, clock),
        "parts": lambda: clear_parts(conversations, clock),
        "visits": lambda: fold_visits(conversations.database, clock),
        "rollouts": lambda: roll_out(conversations, clock, until=clock() + ROLLOUT_MS, stopping=stopping),
    }


def do_all(chores: Mapping[str, Work], stopping: Stopping = never) -> None:
    """Do each once. One that fails is logged, and tried again the next time; the others must not wait for it."""
    for name, chore in chores.items():
        if stopping():
            return
        try:
            chore()
        except Exception:
            _log.exception("chore failed", chore=name)


def _match_parked(conversations: Conversations, clock: Clock) -> int:
    now = clock()
    match_all_parked(conversations, now)
    return now + MATCH_EVERY_MS
