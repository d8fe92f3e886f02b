"""One conversation, locked for the length of a transaction: what a turn reads, and the counters it moves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from botflow.channels.contract import SessionWindow
from botflow.consent.facts import Known
from botflow.consent.gate import Window
from botflow.consent.service import Place, known
from botflow.consent.sessions import Session, contact_wrote, message_left, window_state
from botflow.contacts.service import Person, person_of
from botflow.conversations.history import Entry, with_contents
from botflow.conversations.models import ConversationRow, InboundMessage, OutboundMessage, ThreadRow, VendorMessage
from botflow.conversations.offers import NotedCatalog
from botflow.conversations.signals import UNWATCHED, Announcer, Shown, Wakes
from botflow.db import UnitOfWork, any_of, constant, one_of, table_of
from botflow.notices.service import Happening, Kind, Subscribers, tell
from botflow.senders.service import SENDER_FACTS
from botflow_runtime import Conversation, Thread
from botflow_runtime.events import AnyEvent
from botflow_runtime.thread import LIVE

CONVERSATIONS: Final = table_of(ConversationRow)
THREADS: Final = table_of(ThreadRow)
OUTBOUND: Final = table_of(OutboundMessage)
INBOUND: Final = table_of(InboundMessage)
VENDOR_MESSAGES: Final = table_of(VendorMessage)

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
_LOCK_PLACES: Final = _LOCK.where(
    one_of(CONVERSATIONS.c.sender_id, "senders"),
    one_of(CONVERSATIONS.c.address, "addresses"),
).order_by(CONVERSATIONS.c.id)
_LOCK_CONVERSATION: Final = _LOCK.where(CONVERSATIONS.c.id == sa.bindparam("conversation"))
_LOCK_CONVERSATIONS: Final = _LOCK.where(one_of(CONVERSATIONS.c.id, "ids")).order_by(CONVERSATIONS.c.id)
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
    shown: Shown
    id: str
    place: Place
    address: str
    time_zone: str
    sequence: int
    position: int
    window: SessionWindow | None
    session: Session
    subscribers: Subscribers
    revision: int
    """That of the company's catalog."""
    webhook_id: str | None = None
    """The webhook that hears of what the contact writes, besides those that hear of all (AP-1)."""
    due: list[tuple[str, AnyEvent]] = field(default_factory=list)
    """Events that a turn brought about, each with its thread's id; they are handled next."""
    kept: dict[str, Kept] = field(default_factory=dict)
    """The rows of the threads that were read or written."""
    queued: dict[str, int | None] = field(default_factory=dict)
    """The messages that were queued in this transaction, each with when it was settled, if it was."""
    inbox: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The messages that were taken in this transaction, as their rows are in the end."""
    timed: frozenset[str] | None = None
    """The messages whose leaving timers wait for; None: not known."""
    has_held: bool | None = None
    """Whether messages wait for a busy thread; None: not known."""
    queue_ends: int | None = None
    """When the last message of the queue may leave; None: not known."""
    person: Person | None = None
    """The contact, as turns may know it; None: not known."""
    _consent: Known | None = None
    _threads: dict[str, Thread] = field(default_factory=dict)
    _live: str | None = None
    _live_is_known: bool = False

    @property
    def room(self) -> str:
        """Where those who watch this conversation are."""
        return room_of(self.place.sender_id, self.address)

    def facts(self, event_id: str | None = None) -> dict[str, Any]:
        """What every event carries: id, time, and the snapshot that its turn may read."""
        if self.person is None:
            self.person = person_of(self.work, self.place.contact_id)
        return {
            "id": event_id or self.ids(),
            "at": self.now,
            "contact": self.person.contact,
            "attributes": dict(self.person.attributes),
            "sender": self.place.sender_id,
            "time_zone": self.time_zone,
        }

    def tell(self, kind: Kind, facts: Mapping[str, Any], webhook_id: str | None = None) -> None:
        """Something happened: the company's webhooks are told that want to know (AP-3), and the one that is named."""
        place, audience = self.place, self.subscribers.of(self.work, self.place.company_id, self.revision)
        if audience.of(kind, place.sender_id, webhook_id):
            data = {"contact": {"id": place.contact_id, "address": self.address}, **self._whereabouts(), **facts}
            happening = Happening(
                id=self.ids(),
                kind=kind,
                company_id=place.company_id,
                contact_id=place.contact_id,
                at=self.now,
                data=data,
                sender_id=place.sender_id,
                webhook_id=webhook_id,
            )
            tell(self.work, audience, happening)

    def _whereabouts(self) -> dict[str, str]:
        return {"conversation": self.id, "sender": self.place.sender_id, "channel": self.place.channel}

    def announce(self, entry: Entry) -> None:
        """A message is in the history: those who watch hear of it, once this is called after the commit."""
        if self.announcer is UNWATCHED:
            return
        shown = self.shown(self.place.company_id, [entry.content])
        self.announcer.message(self.room, with_contents([entry], shown)[0])

    def consent(self) -> Known:
        """What is known of the contact at the sender; read once, and anew after `consent_changed`."""
        if self._consent is None:
            self._consent = known(self.work, self.place)
        return self._consent

    def knows(
        self, person: Person, consent: Known, live: sa.RowMapping | None, queue_ends: int, *, has_held: bool
    ) -> None:
        """What was read of several conversations at once."""
        self.person, self._consent, self.queue_ends, self.has_held = person, consent, queue_ends, has_held
        self._live, self._live_is_known = None if live is None else self._read(live).id, True

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
        known = self._threads.get(thread_id)
        return known if known is not None else self._read(self.work.all(_THREAD, thread=thread_id)[0])

    def inbound_changed(self, message_id: str, values: dict[str, Any]) -> None:
        """A turn took a message of the contact, or nobody will."""
        self.work.pending.amend(INBOUND, message_id, values)
        if message_id in self.inbox:
            self.inbox[message_id].update(values)

    def live(self) -> Thread | None:
        """The thread that is Active, Stuck or Handedover, or None."""
        if not self._live_is_known:
            found = self._find(_LIVE)
            self._live, self._live_is_known = None if found is None else found.id, True
        return None if self._live is None else self._threads[self._live]

    def thread_changed(self, thread: Thread, kept: Kept) -> None:
        """A turn was kept: this is the thread now."""
        self._threads[thread.id], self.kept[thread.id] = thread, kept
        if thread.live:
            self._live, self._live_is_known = thread.id, True
        elif self._live == thread.id:
            self._live = None

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
        if self.queue_ends is None:
            self.queue_ends = self.work.value(_QUEUE_END, conversation=self.id) or 0
        return max(self.now, self.queue_ends)

    def _find(self, statement: sa.Select[Any]) -> Thread | None:
        row = self.work.first(statement, conversation=self.id)
        return None if row is None else self._read(row)

    def _read(self, row: sa.RowMapping) -> Thread:
        self.kept[row["id"]] = Kept(row["turns"], row["status"], row["reason"], row["waiting_since"])
        thread = self._threads[row["id"]] = Thread.from_json(row["state"])
        return thread

    def keep_counters(self) -> None:
        """Write the counters back; whoever locked the conversation does this at the end."""
        counters = {
            "sequence": self.sequence,
            "position": self.position,
            "window_opened_at": self.session.opened_at,
            "window_messages": self.session.messages,
            "in_a_row": self.session.in_a_row,
            "webhook_id": self.webhook_id,
        }
        self.work.pending.amend(CONVERSATIONS, self.id, counters)


def lock_place(work: UnitOfWork, sender: str, address: str) -> sa.RowMapping | None:
    """The conversation of a sender and an address, with the sender's facts, locked until the transaction ends."""
    return work.first(_LOCK_PLACE, sender=sender, address=address)


def lock_places(work: UnitOfWork, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], sa.RowMapping]:
    """The conversations of senders and addresses that there are, locked in the order of their ids."""
    wanted = set(places)
    senders, addresses = sorted({sender for sender, _ in wanted}), sorted({address for _, address in wanted})
    rows = work.all(_LOCK_PLACES, senders=senders, addresses=addresses)
    return {place: row for row in rows if (place := (row["sender_id"], row["address"])) in wanted}


def lock_conversation(work: UnitOfWork, conversation_id: str) -> sa.RowMapping | None:
    """A conversation, with the sender's facts, locked until the transaction ends."""
    return work.first(_LOCK_CONVERSATION, conversation=conversation_id)


def lock_conversations(work: UnitOfWork, ids: Collection[str]) -> list[sa.RowMapping]:
    """Conversations, with their senders' facts, locked in the order of their ids until the transaction ends."""
    return work.all(_LOCK_CONVERSATIONS, ids=sorted(ids))


def lock_thread(work: UnitOfWork, thread_id: str) -> sa.RowMapping | None:
    """The conversation of a thread, with the sender's facts, locked until the transaction ends."""
    return work.first(_LOCK_THREAD, thread=thread_id)
