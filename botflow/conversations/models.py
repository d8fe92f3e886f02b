"""Tables: conversations, threads, turns, visits, messages both ways, timers, code runs, answers, handovers.

Event, effects and log of a turn, the state of a thread and the content of a message are JSON text as the runtime
writes it: they are read back whole, never searched.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from botflow_runtime.thread import LIVE

LIVE_THREAD: Final = f"status IN ({', '.join(map(repr, LIVE))})"
QUEUED: Final = "status = 'queued'"
HELD: Final = "state = 'held'"
PENDING: Final = "state = 'pending'"
CAUSED: Final = "cause_id IS NOT NULL"
PARKED: Final = "message_id IS NULL"
DEAD: Final = "status = 'failed'"


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


class ConversationRow(SQLModel, table=True):
    """A contact and a sender. The row is what a turn locks.

    `address` is the contact's at this sender; `sequence` numbers the messages in the order they were shown,
    `position` the outbound ones in the order they were queued. The window's columns are consent.sessions.Session.
    `webhook_id`: what the last message of the API that left has named; it hears of the answers. It may be deleted.
    """

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("sender_id", "address"),)

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    contact_id: str = Field(foreign_key="contact.id", index=True, ondelete="CASCADE")
    sender_id: str = Field(foreign_key="sender.id", ondelete="CASCADE")
    address: str
    sequence: int = 0
    position: int = 0
    window_opened_at: int | None = Field(default=None, sa_type=BigInteger)
    window_messages: int = 0
    in_a_row: int = 0
    webhook_id: str | None = None
    created_at: int = Field(sa_type=BigInteger)


class ThreadRow(SQLModel, table=True):
    """One run of a chatbot. At most one thread of a conversation is live (TH-1).

    `node` is where it is; `waiting_since` when it began to wait for the contact there, if it does.
    A live thread ends at `expires_at` if nothing happens to it; who takes that on moves it on meanwhile.
    """

    __tablename__ = "thread"
    __table_args__ = (
        _partial("uq_thread_live", "conversation_id", where=LIVE_THREAD, unique=True),
        _partial("ix_thread_idle", "expires_at", where=LIVE_THREAD),
        Index("ix_thread_version", "company_id", "scenario", "version", "status", "node"),
        Index("ix_thread_company", "company_id", "id"),
        Index("ix_thread_updated", "company_id", "updated_at", "id"),
        Index("ix_thread_conversation", "conversation_id", "id"),
    )

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE")
    scenario: str
    version: int
    status: str
    reason: str
    node: str | None = None
    waiting_since: int | None = Field(default=None, sa_type=BigInteger)
    state: str = Field(sa_type=Text)
    turns: int = 0
    created_at: int = Field(sa_type=BigInteger)
    updated_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)


class TurnRow(SQLModel, table=True):
    """One turn of a thread: enough to explain it and to replay it (TH-3).

    `scenario` and `version` are what the thread ran before it; `user_id` is who let it happen, where somebody did.
    `offered` is what the catalog had for it, as JSON, where it looked (conversations/offers.py).
    """

    __tablename__ = "turn"

    thread_id: str = Field(primary_key=True, foreign_key="thread.id", ondelete="CASCADE")
    number: int = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    scenario: str
    version: int
    event_id: str = Field(index=True)
    user_id: str | None = None
    event: str = Field(sa_type=Text)
    effects: str = Field(sa_type=Text)
    log: str = Field(sa_type=Text)
    offered: str | None = Field(default=None, sa_type=Text)
    at: int = Field(sa_type=BigInteger)


class VisitRow(SQLModel, table=True):
    """What one turn did at which nodes, as JSON, until it is counted (conversations/visits.py)."""

    __tablename__ = "visit"

    thread_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    visits: str = Field(sa_type=Text)
    at: int = Field(sa_type=BigInteger)


class VisitCount(SQLModel, table=True):
    """How often something happened at a node within an hour, which is counted from the epoch (ED-6)."""

    __tablename__ = "visit_count"

    company_id: str = Field(primary_key=True, foreign_key="company.id", ondelete="CASCADE")
    scenario: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    hour: int = Field(primary_key=True)
    node: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    label: str = Field(primary_key=True)
    count: int = Field(sa_type=BigInteger)


class InboundMessage(SQLModel, table=True):
    """A message of the contact. `vendor_id` is the channel's: the same one again is the same message.

    `state` is `handled`, or `held` while the thread is busy: the table is the inbox. `rejected` is what is kept and
    nothing comes of: from an address on the inbound blacklist, or in parts that never all came.
    """

    __tablename__ = "inbound_message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "vendor_id"),
        Index("ix_inbound_message_history", "conversation_id", "sequence"),
        Index("ix_inbound_message_received", "company_id", "received_at", "id"),
        _partial("ix_inbound_message_held", "conversation_id", "sequence", where=HELD),
    )

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE")
    vendor_id: str
    sequence: int
    content: str = Field(sa_type=Text)
    state: str
    decision: str | None = Field(default=None, sa_type=Text)
    received_at: int = Field(sa_type=BigInteger)
    handled_at: int | None = Field(default=None, sa_type=BigInteger)


class InboundPart(SQLModel, table=True):
    """A part of a contact's message (channels.contract.Part), until its message is whole and for a while after.

    `digest` is that of the bytes and their coding: with it the same part that comes again is known. Ids are in the
    order of arrival.
    """

    __tablename__ = "inbound_part"
    __table_args__ = (
        UniqueConstraint(
            "sender_id", "address", "reference", "total", "number", "digest", name="uq_inbound_part_message"
        ),
        Index("ix_inbound_part_received_at", "received_at"),
    )

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    sender_id: str = Field(foreign_key="sender.id", ondelete="CASCADE")
    address: str
    reference: str
    total: int
    number: int
    digest: str
    data: bytes = Field(sa_type=LargeBinary)
    coding: str
    vendor_id: str
    at: int | None = Field(default=None, sa_type=BigInteger)
    received_at: int = Field(sa_type=BigInteger)
    joined_at: int | None = Field(default=None, sa_type=BigInteger)


class OutboundMessage(SQLModel, table=True):
    """A message to the contact; queued rows are the outbox. `id` is the effect's id and the key of idempotency.

    `origin` tells who wrote it: `chatbot`, `operator`, `campaign`, `api`, `auto_reply`; the first has a thread, and the
    `scenario` that the thread ran when it wrote.
    `status`: queued < sent < delivered < seen; failed, blocked, withdrawn are ends. `failure` is the kind of a failed
    one (channels.contract.FailureKind). `sequence` is given when the message leaves, in `parts` parts. `not_before` is
    when it may; `leased_until` keeps two drains apart.

    `reason` is the code of what consent said last, where that was not a plain yes (consent.gate.REASONS), and `error`
    its sentence. `cause_id` and `caused_at`: the opt-out, help or join word that this is the one response to.
    `may_be_overtaken`: it waits for the end of quiet hours, and holds up only its like. `expires_at`: from then on it
    is worth nothing, and does not leave. `revocation`: what the vendor said to taking it back, `revoked` or `refused`.
    `webhook_id`: the webhook that the message itself names, which hears of its statuses; perhaps deleted since.
    """

    __tablename__ = "outbound_message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "position"),
        Index("ix_outbound_message_queued", "company_id", "queued_at", "id"),
        Index("ix_outbound_message_history", "conversation_id", "sequence"),
        _partial("ix_outbound_message_due", "sender_id", "not_before", where=QUEUED),
        Index(
            "ix_outbound_message_failed",
            "company_id",
            "settled_at",
            sqlite_where=text(DEAD),
            postgresql_where=text(DEAD),
        ),
        _partial("ix_outbound_message_cause", "cause_id", where=CAUSED),
        _partial("ix_outbound_message_queue", "conversation_id", "position", where=QUEUED),
    )

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE")
    sender_id: str = Field(foreign_key="sender.id", ondelete="CASCADE")
    thread_id: str | None = Field(default=None, foreign_key="thread.id", index=True, ondelete="CASCADE")
    origin: str = "chatbot"
    scenario: str | None = None
    position: int
    sequence: int | None = None
    content: str = Field(sa_type=Text)
    confirmation: bool = False
    cause_id: str | None = None
    caused_at: int | None = Field(default=None, sa_type=BigInteger)
    await_acceptance: bool = False
    delay_ms: int = 0
    status: str
    error: str | None = None
    reason: str | None = None
    failure: str | None = None
    parts: int = 0
    attempts: int = 0
    not_before: int = Field(sa_type=BigInteger)
    expires_at: int | None = Field(default=None, sa_type=BigInteger)
    leased_until: int = Field(default=0, sa_type=BigInteger)
    may_be_overtaken: bool = False
    queued_at: int = Field(sa_type=BigInteger)
    settled_at: int | None = Field(default=None, sa_type=BigInteger)
    delivered_at: int | None = Field(default=None, sa_type=BigInteger)
    seen_at: int | None = Field(default=None, sa_type=BigInteger)
    revocation: str | None = None
    revoked_at: int | None = Field(default=None, sa_type=BigInteger)
    webhook_id: str | None = None


class OutboxLane(SQLModel, table=True):
    """How fast a sender's messages leave: `free_at`, in microseconds, is when its rate is used up to."""

    __tablename__ = "outbox_lane"

    sender_id: str = Field(primary_key=True, foreign_key="sender.id", ondelete="CASCADE")
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    free_at: int = Field(sa_type=BigInteger)


class VendorMessage(SQLModel, table=True):
    """A part of a message under the id that the vendor's reports name it by."""

    __tablename__ = "vendor_message"

    sender_id: str = Field(primary_key=True, foreign_key="sender.id", ondelete="CASCADE")
    vendor_id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    message_id: str = Field(foreign_key="outbound_message.id", index=True, ondelete="CASCADE")


class DeliveryReport(SQLModel, table=True):
    """A vendor's report, once for each state. `message_id` is empty while no message of that id is known: parked.

    `at` is the vendor's time of it, where it says one.
    """

    __tablename__ = "delivery_report"
    __table_args__ = (_partial("ix_delivery_report_parked", "received_at", where=PARKED),)

    sender_id: str = Field(primary_key=True, foreign_key="sender.id", ondelete="CASCADE")
    vendor_id: str = Field(primary_key=True)
    state: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    message_id: str | None = Field(default=None, foreign_key="outbound_message.id", index=True, ondelete="CASCADE")
    kind: str | None = None
    reason: str | None = Field(default=None, sa_type=Text)
    at: int | None = Field(default=None, sa_type=BigInteger)
    received_at: int = Field(sa_type=BigInteger)


class TimerRow(SQLModel, table=True):
    """An armed timer. `due_at` is empty while it waits for the acceptance of the message `after`.

    `leased_until` keeps two processes apart, and puts off a timer whose turn has failed `attempts` times.
    """

    __tablename__ = "timer"

    thread_id: str = Field(primary_key=True, foreign_key="thread.id", ondelete="CASCADE")
    name: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    token: str
    milliseconds: int = Field(sa_type=BigInteger)
    after: str | None = Field(default=None, index=True)
    due_at: int | None = Field(default=None, index=True, sa_type=BigInteger)
    leased_until: int = Field(default=0, sa_type=BigInteger)
    attempts: int = 0


class CodeRun(SQLModel, table=True):
    """Code to run, `pending` or `done`. A crash repeats it with the same id."""

    __tablename__ = "code_run"
    __table_args__ = (_partial("ix_code_run_pending", "leased_until", where=PENDING),)

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    thread_id: str = Field(foreign_key="thread.id", index=True, ondelete="CASCADE")
    request: str = Field(sa_type=Text)
    state: str
    attempts: int = 0
    leased_until: int = Field(default=0, sa_type=BigInteger)
    created_at: int = Field(sa_type=BigInteger)
    finished_at: int | None = Field(default=None, sa_type=BigInteger)


class Answer(SQLModel, table=True):
    """A value of a report field (CB-11). `id` is the effect's; `newest`: the thread has written no later one."""

    __tablename__ = "answer"
    __table_args__ = (
        Index("ix_answer_field", "company_id", "scenario", "field", "at"),
        _partial("uq_answer_newest", "thread_id", "scenario", "field", where="newest", unique=True),
    )

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    thread_id: str = Field(foreign_key="thread.id", index=True, ondelete="CASCADE")
    scenario: str
    version: int
    field: str
    value: str = Field(sa_type=Text)
    node: str
    newest: bool = True
    at: int = Field(sa_type=BigInteger)


class HandoverRow(SQLModel, table=True):
    """A conversation was given to a person. `id` is the effect's."""

    __tablename__ = "handover"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    conversation_id: str = Field(foreign_key="conversation.id", index=True, ondelete="CASCADE")
    thread_id: str = Field(foreign_key="thread.id", index=True, ondelete="CASCADE")
    department: str | None = None
    reason: str
    urgent: bool = False
    at: int = Field(sa_type=BigInteger)
