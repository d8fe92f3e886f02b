"""Timers that are due, and threads that nothing happens to any more.

Both are claimed in batches under a lease, so that any number of processes share them. The lease is for sharing the
work only: that a timer fires once is due to its row, which goes in the transaction of the turn that it fires.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from botflow.conversations.carry_out import TIMERS
from botflow.conversations.dialogue import IS_LIVE, THREADS
from botflow.conversations.service import Conversations
from botflow.conversations.turns import EXPIRY_MS, keep
from botflow.db import UnitOfWork
from botflow_runtime.events import Expired, TimerFired

BATCH: Final = 100
LEASE_MS: Final = 15_000
"""How long claimed timers and threads are nobody else's; longer than the turns of a batch take."""
FIRST_DELAY_MS: Final = 1_000
LONGEST_DELAY_MS: Final = 3_600_000
"""A timer whose turn cannot run is tried again after a delay that doubles from the first to the longest."""

_NOW: Final = sa.bindparam("now", type_=sa.BigInteger())
_DUE: Final = (
    sa.select(TIMERS)
    .where(TIMERS.c.due_at <= _NOW, TIMERS.c.leased_until <= _NOW)
    .order_by(TIMERS.c.due_at)
    .limit(BATCH)
    .with_for_update(skip_locked=True)
)
_NEXT_DUE: Final = sa.select(
    sa.func.min(sa.case((TIMERS.c.leased_until > TIMERS.c.due_at, TIMERS.c.leased_until), else_=TIMERS.c.due_at))
)
_THIS_TIMER: Final = sa.and_(
    TIMERS.c.thread_id == sa.bindparam("of_thread"),
    TIMERS.c.name == sa.bindparam("of_name"),
    TIMERS.c.token == sa.bindparam("of_token"),
)
_LEASE: Final = TIMERS.update().where(_THIS_TIMER).values(leased_until=sa.bindparam("until"))
_IDLE: Final = (
    sa.select(THREADS.c.id, THREADS.c.updated_at)
    .where(IS_LIVE, THREADS.c.expires_at <= _NOW)
    .order_by(THREADS.c.expires_at)
    .limit(BATCH)
    .with_for_update(skip_locked=True, key_share=True)
)
_NEXT_IDLE: Final = sa.select(sa.func.min(THREADS.c.expires_at)).where(IS_LIVE)


def claim_due(work: UnitOfWork, now: int) -> list[sa.RowMapping]:
    """Claim timers that are due and that nobody has, the oldest first, at most BATCH."""
    timers = work.all(_DUE, now=now)
    if timers:
        work.execute(_LEASE, [{**_this(timer), "until": now + LEASE_MS} for timer in timers])
    return timers


def next_due(work: UnitOfWork) -> int | None:
    """When the next timer is due, in milliseconds since the epoch; None: none is armed."""
    due: int | None = work.value(_NEXT_DUE)
    return due


def fire(conversations: Conversations, timer: sa.RowMapping) -> None:
    """Fire a timer, unless it was fired, cancelled or replaced meanwhile."""
    with conversations.of_thread(timer["thread_id"]) as (dialogue, thread):
        gone = dialogue.work.execute(
            TIMERS.delete().where(_THIS_TIMER, TIMERS.c.due_at <= dialogue.now), [_this(timer)]
        )
        if gone.rowcount:
            event = TimerFired(name=timer["name"], token=timer["token"], **dialogue.facts())
            keep(dialogue, dialogue.engine.handle(thread, event))


def put_off(work: UnitOfWork, timer: sa.RowMapping, now: int) -> None:
    """Put off a timer whose turn could not run, for longer each time; the others get theirs."""
    attempts = timer["attempts"]
    delay = min(FIRST_DELAY_MS << min(attempts, 32), LONGEST_DELAY_MS)
    later = {"leased_until": now + delay, "attempts": attempts + 1}
    work.execute(TIMERS.update().where(_THIS_TIMER).values(later), [_this(timer)])


def release_all(work: UnitOfWork) -> None:
    """Forget every lease: who held them is gone. Only for a server that has the database to itself."""
    work.execute(TIMERS.update().where(TIMERS.c.leased_until > 0).values(leased_until=0))


def _this(timer: sa.RowMapping) -> dict[str, Any]:
    return {"of_thread": timer["thread_id"], "of_name": timer["name"], "of_token": timer["token"]}


def claim_idle(work: UnitOfWork, now: int) -> list[sa.RowMapping]:
    """Claim live threads that nothing has happened to for the longest time (engine.md 6), at most BATCH."""
    idle = work.all(_IDLE, now=now)
    if idle:
        claimed = THREADS.update().where(THREADS.c.id.in_([thread["id"] for thread in idle]))
        work.execute(claimed.values(expires_at=now + LEASE_MS))
    return idle


def next_idle(work: UnitOfWork) -> int | None:
    """When the next thread expires if nothing happens to it, in milliseconds since the epoch; None: none is live."""
    due: int | None = work.value(_NEXT_IDLE)
    return due


def expire(conversations: Conversations, thread_id: str) -> None:
    """End a thread that was left alone for too long, unless something has happened to it meanwhile."""
    with conversations.of_thread(thread_id) as (dialogue, thread):
        touched = dialogue.work.value(sa.select(THREADS.c.updated_at).where(THREADS.c.id == thread_id))
        if thread.live and touched <= dialogue.now - EXPIRY_MS:
            keep(dialogue, dialogue.engine.handle(thread, Expired(**dialogue.facts())))


def put_off_expiry(work: UnitOfWork, idle: sa.RowMapping, now: int) -> None:
    """Put off a thread that could not be ended: by as much as it is late already, which doubles with each try."""
    late = now - (idle["updated_at"] + EXPIRY_MS)
    later = now + min(max(late, LEASE_MS), LONGEST_DELAY_MS)
    work.execute(THREADS.update().where(THREADS.c.id == idle["id"]).values(expires_at=later))
