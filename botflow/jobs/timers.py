"""Firing what is due, and expiring what nobody cares for. Any number of processes may do it at the same time."""

from __future__ import annotations

import structlog

from botflow.clock import Clock
from botflow.conversations import timers
from botflow.conversations.service import Conversations
from botflow.jobs.stopping import Stopping, never
from botflow.metrics import timer_fired

_log = structlog.get_logger()


def fire_due(conversations: Conversations, clock: Clock, stopping: Stopping = never) -> int | None:
    """Fire every timer that is due. Returns when the next one is, in milliseconds since the epoch."""
    database = conversations.database
    while not stopping():
        with database.transaction() as work:
            due = timers.claim_due(work, clock())
        if not due:
            break
        for timer in due:
            try:
                timers.fire(conversations, timer)
                timer_fired(clock() - timer["due_at"])
            except Exception:  # one turn that cannot run must not stop the timers of everybody else
                _log.exception("timer failed", thread=timer["thread_id"], timer=timer["name"])
                with database.transaction() as work:
                    timers.put_off(work, timer, clock())
    with database.reading() as work:
        return timers.next_due(work)


def expire_idle(conversations: Conversations, clock: Clock) -> int | None:
    """Let every thread expire that nothing has happened to for the longest time. Returns when the next one may."""
    database = conversations.database
    while True:
        with database.transaction() as work:
            idle = timers.claim_idle(work, clock())
        if not idle:
            break
        for thread in idle:
            try:
                timers.expire(conversations, thread["id"])
            except Exception:  # as above
                _log.exception("expiry failed", thread=thread["id"])
                with database.transaction() as work:
                    timers.put_off_expiry(work, thread, clock())
    with database.reading() as work:
        return timers.next_idle(work)
