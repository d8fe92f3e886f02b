"""The threads of a company, and the messages of a conversation, as selects to sort and to page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from botflow.conversations.dialogue import CONVERSATIONS, IS_LIVE, THREADS
from botflow.conversations.history import INBOUND, OUTBOUND
from botflow.db import UnitOfWork, of_company
from botflow.errors import NotFoundError
from botflow.permissions import Caller, check_sender

_FACTS: Final = sa.select(
    THREADS.c.id,
    THREADS.c.conversation_id,
    THREADS.c.scenario,
    THREADS.c.version,
    THREADS.c.status,
    THREADS.c.reason,
    THREADS.c.node,
    THREADS.c.turns,
    THREADS.c.waiting_since,
    THREADS.c.created_at,
    THREADS.c.updated_at,
    CONVERSATIONS.c.sender_id,
    CONVERSATIONS.c.contact_id,
    CONVERSATIONS.c.address,
).join(CONVERSATIONS, CONVERSATIONS.c.id == THREADS.c.conversation_id)

THREAD_KEY: Final = THREADS.c.id
THREAD_SORTS: Final[Mapping[str, sa.ColumnElement[Any]]] = {
    "created_at": THREADS.c.id,
    "updated_at": THREADS.c.updated_at,
}
"""What threads can be sorted by: ids grow with the time of their making."""


@dataclass(frozen=True)
class ThreadFilter:
    """Which threads; None says nothing. Periods, in milliseconds since the epoch, end before their second time."""

    live: bool | None = None
    status: str | None = None
    scenario: str | None = None
    version: int | None = None
    node: str | None = None
    sender: str | None = None
    contact: str | None = None
    address: str | None = None
    conversation: str | None = None
    created: tuple[int | None, int | None] = (None, None)
    updated: tuple[int | None, int | None] = (None, None)


def threads_of(company_id: str, wanted: ThreadFilter = ThreadFilter()) -> sa.Select[Any]:
    """The threads of a company that fit."""
    return _FACTS.where(THREADS.c.company_id == company_id, *_conditions(wanted))


def threads_seen_by(caller: Caller, wanted: ThreadFilter) -> sa.Select[Any]:
    """The threads that fit, of the senders that the caller may use."""
    fitting = threads_of(caller.company, wanted)
    if caller.senders is None:
        return fitting
    return fitting.where(CONVERSATIONS.c.sender_id.in_(sorted(caller.senders)))


def find_thread(work: UnitOfWork, caller: Caller, thread_id: str) -> sa.RowMapping:
    """A thread that the caller may see. Raises NotFoundError, NotAllowedError."""
    found = work.first(threads_of(caller.company).where(THREADS.c.id == thread_id))
    if found is None:
        raise NotFoundError(f"There is no thread {thread_id!r}.")
    check_sender(caller, found["sender_id"])
    return found


def find_conversation(work: UnitOfWork, caller: Caller, conversation_id: str) -> sa.RowMapping:
    """A conversation that the caller may see. Raises NotFoundError, NotAllowedError."""
    found = work.first(of_company(CONVERSATIONS, caller.company).where(CONVERSATIONS.c.id == conversation_id))
    if found is None:
        raise NotFoundError(f"There is no conversation {conversation_id!r}.")
    check_sender(caller, found["sender_id"])
    return found


def _conditions(wanted: ThreadFilter) -> Iterable[sa.ColumnElement[bool]]:
    if wanted.live is not None:
        yield IS_LIVE if wanted.live else sa.not_(IS_LIVE)
    for column, value in (
        (THREADS.c.status, wanted.status),
        (THREADS.c.scenario, wanted.scenario),
        (THREADS.c.version, wanted.version),
        (THREADS.c.node, wanted.node),
        (THREADS.c.conversation_id, wanted.conversation),
        (CONVERSATIONS.c.sender_id, wanted.sender),
        (CONVERSATIONS.c.contact_id, wanted.contact),
        (CONVERSATIONS.c.address, wanted.address),
    ):
        if value is not None:
            yield column == value
    yield from within(THREADS.c.created_at, wanted.created)
    yield from within(THREADS.c.updated_at, wanted.updated)


def within(column: sa.ColumnElement[Any], period: tuple[int | None, int | None]) -> Iterable[sa.ColumnElement[bool]]:
    """From the first time, to before the second, where they are given."""
    since, until = period
    if since is not None:
        yield column >= since
    if until is not None:
        yield column < until


_IN: Final = sa.select(
    INBOUND.c.id,
    INBOUND.c.conversation_id,
    INBOUND.c.company_id,
    sa.literal("in").label("direction"),
    sa.literal("contact").label("origin"),
    sa.cast(sa.null(), sa.String()).label("thread_id"),
    INBOUND.c.received_at.label("at"),
    INBOUND.c.sequence,
    INBOUND.c.content,
    INBOUND.c.state.label("status"),
    sa.cast(sa.null(), sa.String()).label("reason"),
    sa.cast(sa.null(), sa.String()).label("error"),
    sa.cast(sa.null(), sa.String()).label("failure"),
    INBOUND.c.decision,
    INBOUND.c.handled_at.label("settled_at"),
    sa.cast(sa.null(), sa.BigInteger()).label("delivered_at"),
    sa.cast(sa.null(), sa.BigInteger()).label("seen_at"),
)
_OUT: Final = sa.select(
    OUTBOUND.c.id,
    OUTBOUND.c.conversation_id,
    OUTBOUND.c.company_id,
    sa.literal("out"),
    OUTBOUND.c.origin,
    OUTBOUND.c.thread_id,
    OUTBOUND.c.queued_at,
    OUTBOUND.c.sequence,
    OUTBOUND.c.content,
    OUTBOUND.c.status,
    OUTBOUND.c.reason,
    OUTBOUND.c.error,
    OUTBOUND.c.failure,
    sa.cast(sa.null(), sa.Text()),
    OUTBOUND.c.settled_at,
    OUTBOUND.c.delivered_at,
    OUTBOUND.c.seen_at,
)


def _messages(company_id: str, conversation_id: str) -> sa.Subquery:
    """Both tables, each narrowed before they are put together."""
    halves = [
        half.where(table.c.conversation_id == conversation_id, table.c.company_id == company_id)
        for half, table in ((_IN, INBOUND), (_OUT, OUTBOUND))
    ]
    return sa.union_all(*halves).subquery("message")


@dataclass(frozen=True)
class Messages:
    """The messages of a conversation: the select, its key, and what it can be sorted by."""

    select: sa.Select[Any]
    key: sa.ColumnElement[Any]
    sorts: Mapping[str, sa.ColumnElement[Any]]


def messages_of(company_id: str, conversation_id: str) -> Messages:
    """What both sides wrote, as an operator sees it: also what waits, was blocked, withdrawn or refused, and why.

    `at` is when the contact's message came, or when ours was queued; `settled_at` when a turn took the first, or when
    the second left or was given up. `content` and `decision` are JSON.
    """
    both = _messages(company_id, conversation_id)
    return Messages(sa.select(both), both.c.id, {"at": both.c.at})
