"""One conversation, locked for the length of a transaction: what a turn reads, and the counters it moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from botflow.channels.contract import SessionWindow
from botflow.consent.facts import Known
from botflow.consent.gate import Window
from botflow.consent.service import Place, known
from botflow.consent.sessions import Session, contact_wrote, message_left, window_state
from botflow.contacts.service import snapshot
from botflow.conversations.models import ConversationRow, OutboundMessage, ThreadRow
from botflow.conversations.offers import NotedCatalog
from botflow.conversations.signals import Announcer, Wakes
from botflow.db import UnitOfWork, any_of, constant, table_of
from botflow.senders.service import SENDER_FACTS
from botflow_runtime import Conversation, Thread
from botflow_runtime.events import AnyEvent
from botflow_runtime.thread import LIVE

CONVERSATIONS: Final = table_of(ConversationRow)
THREADS: Final = table_of(ThreadRow)
OUTBOUND: Final = table_of(OutboundMessage)

IS_QUEUED: Final = OUTBOUND.c.status == constant("queued")
IS_LIVE: Final = THREADS.c.status.in_(any_of(LIVE))

# Statements of every turn are made once: making one costs more than running it.
_LOCK: Final = (
    sa.select(
        CONVERSATIONS,
        SENDER_FACTS.c.channel,
        SENDER_FACTS.c.adapter,
        SENDER_FACTS.c.time_zone,
        SENDER_FACTS.c.catalog_revision,
    )
    .join(SENDER_FACTS, SENDER_FACTS.c.id == CONVERSATIONS.c.sender_id)
    .with_for_update(of=CONVERSATIONS, key_share=True)
)
_LOCK_PLACE: Final = _LOCK.where(
    CONVERSATIONS.c.sender_id == sa.bindparam("sender"), CONVERSATIONS.c.address == sa.bindparam("address")
)
_LOCK_CONVERSATION: Final = _LOCK.where(CONVERSATIONS.c.id == sa.bindparam("conversation"))
_LOCK_THREAD: Final = _LOCK.where(
    CONVERSATIONS.c.id
    == sa.select(THREADS.c.conversation_id).where(THREADS.c.id == sa.bindparam("thread")).scalar_subquery()
)
_READ: Final = sa.select(
    THREADS.c.id, THREADS.c.state, THREADS.c.turns, THREADS.c.status, THREADS.c.reason, THREADS.c.waiting_since
)
_THREAD: Final = _READ.where(THREADS.c.id == sa.bindparam("thread"))
_NEWEST: Final = (
    _READ.where(THREADS.c.conversation_id == sa.bindparam("conversation")).order_by(THREADS.c.id.desc()).limit(1)
)
_LIVE: Final = _NEWEST.where(IS_LIVE)
_QUEUE_END: Final = sa.select(sa.func.max(OUTBOUND.c.not_before)).where(
    OUTBOUND.c.conversation_id == sa.bindparam("conversation"), IS_QUEUED, ~OUTBOUND.c.may_be_overtaken
)


def room_of(sender_id: str, address: str) -> str:
    """The room of a conversation: known before there is a row, and telling nothing of the address."""
    return sha256(f"{sender_id}\n{address}".encode()).hexdigest()[:32]


class Kept(NamedTuple):
    """What the row of a thread holds besides its state."""

    turns: int
    status: str
    reason: str
    waiting_since: int | None


UNKNOWN: Final = Kept(0, "", "", None)
"""Of a thread that has no row yet."""


@dataclass
class Dialogue:
    """A locked conversation. It is good for one transaction."""

    work: UnitOfWork
    now: int
    ids: Callable[[], str]
    engine: Conversation
    catalog: NotedCatalog
    wakes: Wakes
    announcer: Announcer
    id: str
    place: Place
    address: str
    time_zone: str
    sequence: int
    position: int
    window: SessionWindow | None
    session: Session
    due: list[tuple[str, AnyEvent]] = field(default_factory=list)
    """Events that a turn brought about, each with its thread's id; they are handled next."""
    kept: dict[str, Kept] = field(default_factory=dict)
    """The rows of the threads that were read or written."""
    _consent: Known | None = None

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

    def consent(self) -> Known:
        """What is known of the contact at the sender; read once, and anew after `consent_changed`."""
        if self._consent is None:
            self._consent = known(self.work, self.place)
        return self._consent

    def consent_changed(self) -> None:
        """Something of it was changed in this transaction."""
        self._consent = None

    def window_state(self) -> Window:
        """The vendor's session window as it is now."""
        return window_state(self.session, self.window, self.now)

    def contact_wrote(self, at: int | None) -> None:
        """A message of the contact came, written at that time where the vendor tells."""
        self.session = contact_wrote(self.session, self.window, min(self.now, at or self.now))

    def message_left(self) -> None:
        """A message to the contact was accepted."""
        self.session = message_left(self.session)

    def thread(self, thread_id: str) -> Thread:
        """A thread of this conversation."""
        return self._read(self.work.all(_THREAD, thread=thread_id)[0])

    def live(self) -> Thread | None:
        """The thread that is Active, Stuck or Handedover, or None."""
        return self._find(_LIVE)

    def newest(self) -> Thread | None:
        """The newest thread, live or not, or None."""
        return self._find(_NEWEST)

    def next_sequence(self) -> int:
        """The next number of the history; there are no gaps."""
        self.sequence += 1
        return self.sequence

    def next_position(self) -> int:
        """The next place in the queue."""
        self.position += 1
        return self.position

    def queue_end(self) -> int:
        """When the last message of the queue may leave that others have to stay behind, at the earliest now."""
        return max(self.now, self.work.value(_QUEUE_END, conversation=self.id) or 0)

    def _find(self, statement: sa.Select[Any]) -> Thread | None:
        row = self.work.first(statement, conversation=self.id)
        return None if row is None else self._read(row)

    def _read(self, row: sa.RowMapping) -> Thread:
        self.kept[row["id"]] = Kept(row["turns"], row["status"], row["reason"], row["waiting_since"])
        return Thread.from_json(row["state"])

    def keep_counters(self) -> None:
        """Write the counters back; whoever locked the conversation does this at the end."""
        counters = {
            "sequence": self.sequence,
            "position": self.position,
            "window_opened_at": self.session.opened_at,
            "window_messages": self.session.messages,
            "in_a_row": self.session.in_a_row,
        }
        self.work.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == self.id).values(counters))


def lock_place(work: UnitOfWork, sender: str, address: str) -> sa.RowMapping | None:
    """The conversation of a sender and an address, with the sender's facts, locked until the transaction ends."""
    return work.first(_LOCK_PLACE, sender=sender, address=address)


def lock_conversation(work: UnitOfWork, conversation_id: str) -> sa.RowMapping | None:
    """A conversation, with the sender's facts, locked until the transaction ends."""
    return work.first(_LOCK_CONVERSATION, conversation=conversation_id)


def lock_thread(work: UnitOfWork, thread_id: str) -> sa.RowMapping | None:
    """The conversation of a thread, with the sender's facts, locked until the transaction ends."""
    return work.first(_LOCK_THREAD, thread=thread_id)
