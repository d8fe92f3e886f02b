"""Forgetting what is older than a company keeps its conversations, some rows at a time (AP-4).

A thread goes whole, with its turns and answers, once it is over and nothing has happened to it for so long. Messages go
by their own age, but for those that wait. Visits and their counts hold nothing of a contact and stay.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import msgspec
import sqlalchemy as sa

from botflow.conversations.dialogue import INBOUND, IS_LIVE, IS_QUEUED, OUTBOUND, THREADS, lock_conversations
from botflow.db import UnitOfWork, constant

_COMPANY: Final = sa.bindparam("company", type_=sa.String())
_BEFORE: Final = sa.bindparam("before", type_=sa.BigInteger())
_MOST: Final = sa.bindparam("most", type_=sa.Integer())
_IS_OVER: Final = sa.and_(THREADS.c.company_id == _COMPANY, THREADS.c.updated_at < _BEFORE, ~IS_LIVE)
_OVER: Final = (
    sa.select(THREADS.c.id, THREADS.c.conversation_id)
    .where(_IS_OVER)
    .order_by(THREADS.c.updated_at, THREADS.c.id)
    .limit(_MOST)
)
_RECEIVED: Final = (
    sa.select(INBOUND.c.id, INBOUND.c.content)
    .where(INBOUND.c.company_id == _COMPANY, INBOUND.c.received_at < _BEFORE, INBOUND.c.state != constant("held"))
    .order_by(INBOUND.c.received_at)
    .limit(_MOST)
    .with_for_update(skip_locked=True)
)
_SENT: Final = (
    sa.select(OUTBOUND.c.id)
    .where(
        OUTBOUND.c.company_id == _COMPANY,
        OUTBOUND.c.queued_at < _BEFORE,
        sa.func.coalesce(OUTBOUND.c.settled_at, OUTBOUND.c.queued_at) < _BEFORE,
        ~IS_QUEUED,
    )
    .order_by(OUTBOUND.c.queued_at)
    .limit(_MOST)
    .with_for_update(skip_locked=True)
)


class Limit(NamedTuple):
    """What is older goes: of which company, from before when in milliseconds since the epoch, at most how many rows."""

    company: str
    before: int
    most: int


def forget_threads(work: UnitOfWork, limit: Limit) -> int:
    """Delete threads that are over, with all that they did; their messages stay until their own time. How many."""
    found = work.all(_OVER, **limit._asdict())
    # Somebody may resume one just now: whoever has the conversation comes first.
    lock_conversations(work, {row["conversation_id"] for row in found})
    over = _OVER.where(THREADS.c.id.in_([row["id"] for row in found]))
    ids = [row["id"] for row in work.all(over, **limit._asdict())]
    if ids:
        work.execute(OUTBOUND.update().where(OUTBOUND.c.thread_id.in_(ids)).values(thread_id=None))
        work.execute(THREADS.delete().where(THREADS.c.id.in_(ids)))
    return len(ids)


def forget_received(work: UnitOfWork, limit: Limit) -> tuple[int, set[str]]:
    """Delete messages of contacts. Returns how many, and the keys of the files that came with them."""
    rows = work.all(_RECEIVED, **limit._asdict())
    _delete(work, INBOUND, rows)
    return len(rows), files_in(rows)


def forget_sent(work: UnitOfWork, limit: Limit) -> int:
    """Delete messages to contacts that wait for nothing any more, with their reports. Returns how many."""
    rows = work.all(_SENT, **limit._asdict())
    _delete(work, OUTBOUND, rows)
    return len(rows)


def files_in(messages: list[sa.RowMapping]) -> set[str]:
    """The keys of the files that contacts have sent with messages."""
    return {key for row in messages for key in msgspec.json.decode(row["content"]).get("attachments") or ()}


def _delete(work: UnitOfWork, table: Any, rows: list[sa.RowMapping]) -> None:
    if rows:
        work.execute(table.delete().where(table.c.id.in_([row["id"] for row in rows])))
