"""Firing what is due, and expiring what nobody cares for."""

from __future__ import annotations

from typing import Final

import structlog

from botflow.clock import Clock
from botflow.conversations.service import Conversations
from botflow.conversations.timers import due_timers, expire, fire, idle_threads, next_due, postpone

POSTPONE_MS: Final = 30_000

_log = structlog.get_logger()


def fire_due(conversations: Conversations, clock: Clock) -> int | None:
    """Fire every timer that is due. Returns when the next one is, in milliseconds since the epoch."""
    while True:
        with conversations.database.reading() as work:
            timers = due_timers(work, clock())
        if not timers:
            break
        for timer in timers:
            try:
                fire(conversations, timer)
            except Exception:  # one turn that cannot run must not stop the timers of everybody else
                _log.exception("timer failed", thread=timer["thread_id"], timer=timer["name"])
                with conversations.database.transaction() as work:
                    postpone(work, timer, clock() + POSTPONE_MS)
    with conversations.database.reading() as work:
        return next_due(work)


def expire_idle(conversations: Conversations, clock: Clock) -> None:
    """Let every thread expire that nothing has happened to for the longest time."""
    while True:
        with conversations.database.reading() as work:
            idle = idle_threads(work, clock())
        for thread_id in idle:
            expire(conversations, thread_id)
        if not idle:
            return
