"""One conversation, locked for the length of a transaction: what a turn reads, and the counters it moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

import sqlalchemy as sa

from botflow.accounts.service import SENDER_FACTS
from botflow.consent.service import Place
from botflow.contacts.service import snapshot
from botflow.conversations.models import ConversationRow, OutboundMessage, ThreadRow
from botflow.conversations.signals import Announcer, Wakes
from botflow.db import UnitOfWork, table_of
from botflow_runtime import Conversation, Thread
from botflow_runtime.events import AnyEvent

CONVERSATIONS: Final = table_of(ConversationRow)
THREADS: Final = table_of(ThreadRow)
OUTBOUND: Final = table_of(OutboundMessage)

LIVE_STATUSES: Final = ("active", "stuck", "handedover")


def room_of(sender_id: str, address: str) -> str:
    """The room of a conversation: known before there is a row, and telling nothing of the address."""
    return sha256(f"{sender_id}\n{address}".encode()).hexdigest()[:32]


@dataclass
class Dialogue:
    """A locked conversation. It is good for one transaction."""

    work: UnitOfWork
    now: int
    ids: Callable[[], str]
    engine: Conversation
    wakes: Wakes
    announcer: Announcer
    id: str
    place: Place
    address: str
    time_zone: str
    sequence: int
    position: int
    due: list[tuple[str, AnyEvent]] = field(default_factory=list)
    """Events that a turn brought about, each with its thread's id; they are handled next."""

    @property
    def room(self) -> str:
        """Where those who watch this conversation are."""
        return room_of(self.place.sender_id, self.address)

    def facts(self, event_id: str | None = None) -> dict[str, Any]:
        """What every event carries: id, time, and the snapshot that its turn may read."""
        contact, attributes = snapshot(self.work, self.place.contact_id)
        return {
            "id": event_id or self.ids(),
            "at": self.now,
            "contact": contact,
            "attributes": attributes,
            "sender": self.place.sender_id,
            "time_zone": self.time_zone,
        }

    def thread(self, thread_id: str) -> Thread:
        """A thread of this conversation."""
        return Thread.from_json(self.work.value(sa.select(THREADS.c.state).where(THREADS.c.id == thread_id)))

    def live(self) -> Thread | None:
        """The thread that is Active, Stuck or Handedover, or None."""
        return self._newest(THREADS.c.status.in_(LIVE_STATUSES))

    def newest(self) -> Thread | None:
        """The newest thread, live or not, or None."""
        return self._newest(sa.true())

    def next_sequence(self) -> int:
        """The next number of the history; there are no gaps."""
        self.sequence += 1
        self._save(sequence=self.sequence)
        return self.sequence

    def next_position(self) -> int:
        """The next place in the queue."""
        self.position += 1
        self._save(position=self.position)
        return self.position

    def queue_end(self) -> int:
        """When the last message of the queue may leave, at the earliest now."""
        last = self.work.value(
            sa.select(sa.func.max(OUTBOUND.c.not_before)).where(
                OUTBOUND.c.conversation_id == self.id, OUTBOUND.c.status == "queued"
            )
        )
        return max(self.now, last or 0)

    def _newest(self, condition: sa.ColumnElement[bool]) -> Thread | None:
        state = self.work.value(
            sa.select(THREADS.c.state)
            .where(THREADS.c.conversation_id == self.id, condition)
            .order_by(THREADS.c.id.desc())
            .limit(1)
        )
        return None if state is None else Thread.from_json(state)

    def _save(self, **counters: int) -> None:
        self.work.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == self.id).values(**counters))


def locked_row(work: UnitOfWork, condition: sa.ColumnElement[bool]) -> sa.RowMapping | None:
    """The conversation with its sender's channel and its company's time zone, locked until the transaction ends."""
    return work.first(
        sa.select(CONVERSATIONS, SENDER_FACTS.c.channel, SENDER_FACTS.c.time_zone)
        .join(SENDER_FACTS, SENDER_FACTS.c.id == CONVERSATIONS.c.sender_id)
        .where(condition)
        .with_for_update(of=CONVERSATIONS)
    )
