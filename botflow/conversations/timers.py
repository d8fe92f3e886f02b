"""Timers that are due, and threads that nothing happens to any more."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from botflow.conversations.carry_out import TIMERS
from botflow.conversations.dialogue import IS_LIVE, THREADS
from botflow.conversations.service import Conversations
from botflow.conversations.turns import keep
from botflow.db import UnitOfWork
from botflow_runtime.events import Expired, TimerFired
from botflow_runtime.limits import EXPIRY_SECONDS

BATCH: Final = 100
EXPIRY_MS: Final = round(EXPIRY_SECONDS * 1000)


def due_timers(work: UnitOfWork, now: int) -> list[sa.RowMapping]:
    """Timers that are due, the oldest first, at most BATCH."""
    return work.all(sa.select(TIMERS).where(TIMERS.c.due_at <= now).order_by(TIMERS.c.due_at).limit(BATCH))


def next_due(work: UnitOfWork) -> int | None:
    """When the next timer is due, in milliseconds since the epoch; None: none is armed."""
    due: int | None = work.value(sa.select(sa.func.min(TIMERS.c.due_at)))
    return due


def fire(conversations: Conversations, timer: sa.RowMapping) -> None:
    """Fire a timer, unless it was cancelled or replaced meanwhile: the row goes in the transaction of the turn."""
    with conversations.of_thread(timer["thread_id"]) as (dialogue, thread):
        gone = dialogue.work.execute(
            TIMERS.delete().where(
                TIMERS.c.thread_id == timer["thread_id"],
                TIMERS.c.name == timer["name"],
                TIMERS.c.token == timer["token"],
                TIMERS.c.due_at <= dialogue.now,
            )
        )
        if gone.rowcount:
            event = TimerFired(name=timer["name"], token=timer["token"], **dialogue.facts())
            keep(dialogue, dialogue.engine.handle(thread, event))


def postpone(work: UnitOfWork, timer: sa.RowMapping, until: int) -> None:
    """Put off a timer whose turn could not run, so that the others get theirs."""
    work.execute(
        TIMERS.update()
        .where(TIMERS.c.thread_id == timer["thread_id"], TIMERS.c.name == timer["name"])
        .values(due_at=until)
    )


def idle_threads(work: UnitOfWork, now: int) -> list[str]:
    """Live threads that nothing has happened to for the longest time (engine.md 6), at most BATCH."""
    idle = sa.select(THREADS.c.id).where(IS_LIVE, THREADS.c.updated_at <= now - EXPIRY_MS)
    return [row["id"] for row in work.all(idle.order_by(THREADS.c.updated_at).limit(BATCH))]


def expire(conversations: Conversations, thread_id: str) -> None:
    """The thread was left alone for too long."""
    conversations.handle(thread_id, lambda facts: Expired(**facts))
