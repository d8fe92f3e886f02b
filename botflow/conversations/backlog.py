"""What waits to be done, read from the rows at little cost: for those who look after the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from botflow.conversations.carry_out import CODE_RUNS, TIMERS
from botflow.conversations.dialogue import IS_QUEUED, OUTBOUND
from botflow.db import UnitOfWork, constant
from botflow.senders.service import SENDER_FACTS

MOST_COUNTED: Final = 100_000
"""Rows of a kind that are counted; where there are more, this is the figure."""


@dataclass(frozen=True)
class Backlog:
    """Messages queued and seconds since the oldest one was due, by adapter; what else waits."""

    queued: dict[str, int] = field(default_factory=dict)
    oldest_seconds: dict[str, float] = field(default_factory=dict)
    timers_late_seconds: float = 0.0
    code_runs: int = 0
    dead_letters: int = 0


def _counted(*conditions: sa.ColumnElement[bool], source: sa.FromClause) -> sa.Select[Any]:
    rows = sa.select(sa.literal(1).label("one")).select_from(source).where(*conditions).limit(MOST_COUNTED)
    return sa.select(sa.func.count()).select_from(rows.subquery())


_NOW: Final = sa.bindparam("now", type_=sa.BigInteger())
_FIRST: Final = sa.select(sa.func.min(OUTBOUND.c.not_before)).where(
    OUTBOUND.c.sender_id == SENDER_FACTS.c.id, IS_QUEUED
)
_OLDEST: Final = sa.select(SENDER_FACTS.c.adapter, sa.func.min(_FIRST.scalar_subquery()).label("at")).group_by(
    SENDER_FACTS.c.adapter
)
_QUEUED: Final = _counted(
    SENDER_FACTS.c.adapter == sa.bindparam("adapter"),
    IS_QUEUED,
    source=OUTBOUND.join(SENDER_FACTS, SENDER_FACTS.c.id == OUTBOUND.c.sender_id),
)
# A timer that somebody has claimed, or that was put off because its turn failed, is not late.
_TIMER: Final = (
    sa.select(TIMERS.c.due_at)
    .where(TIMERS.c.due_at <= _NOW, TIMERS.c.leased_until <= _NOW)
    .order_by(TIMERS.c.due_at)
    .limit(1)
)
_CODE_RUNS: Final = _counted(CODE_RUNS.c.state == constant("pending"), source=CODE_RUNS)
_DEAD: Final = _counted(OUTBOUND.c.status == constant("failed"), source=OUTBOUND)


def backlog(work: UnitOfWork, now: int) -> Backlog:
    """What waits at `now`, in milliseconds since the epoch."""
    oldest = {row["adapter"]: row["at"] for row in work.all(_OLDEST)}
    return Backlog(
        queued={adapter: work.value(_QUEUED, adapter=adapter) for adapter in oldest},
        oldest_seconds={adapter: _seconds_since(at, now) for adapter, at in oldest.items()},
        timers_late_seconds=_seconds_since(work.value(_TIMER, now=now), now),
        code_runs=work.value(_CODE_RUNS),
        dead_letters=work.value(_DEAD),
    )


def _seconds_since(at: int | None, now: int) -> float:
    return 0.0 if at is None else max(0, now - at) / 1000
