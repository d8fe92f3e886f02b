"""Tables: the ledger of consent and the present state, and what senders and companies have set."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, Text
from sqlmodel import Field, SQLModel

from botflow.db import JsonColumn


class ConsentEntry(SQLModel, table=True):
    """A change of consent, kept for good (CO-9): rows are added, never removed.

    Of an erased contact they lose `evidence`; nothing else of them is ever changed.

    `kind` with channel, sender_id and scenario says what the consent is about (ledger.Subject); what does not apply is
    empty. Entries of a contact are numbered without gaps. They outlive the contact and the sender.
    """

    __tablename__ = "consent_entry"

    contact_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    at: int = Field(sa_type=BigInteger)
    kind: str
    channel: str
    sender_id: str
    scenario: str
    from_state: str
    to_state: str
    until: int | None = Field(default=None, sa_type=BigInteger)
    cause: str
    cause_id: str
    evidence: str = Field(sa_type=Text)
    user_id: str | None = None
    thread_id: str | None = None


class ConsentState(SQLModel, table=True):
    """What the entries of one subject come to (ledger.Standing)."""

    __tablename__ = "consent_state"

    contact_id: str = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    sender_id: str = Field(primary_key=True)
    scenario: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    state: str
    since: int = Field(sa_type=BigInteger)
    until: int | None = Field(default=None, sa_type=BigInteger)
    cause: str
    cause_id: str
    user_id: str | None = None
    thread_id: str | None = None
    spares_thread: bool = False


class SenderConsent(SQLModel, table=True):
    """What a sender has set; a sender without a row has the defaults.

    Responses are content of the sender's channel. Quiet hours are "HH:MM" on the contact's clock. `consent_templates`
    are names of the vendor's templates that ask for consent, `consent_yes` and `consent_no` what answers them (CO-7).
    """

    __tablename__ = "sender_consent"

    sender_id: str = Field(primary_key=True, foreign_key="sender.id", ondelete="CASCADE")
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    opt_out_words: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    help_words: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    join_words: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    opt_out_response: dict[str, Any] | None = Field(default=None, sa_type=JsonColumn)
    help_response: dict[str, Any] | None = Field(default=None, sa_type=JsonColumn)
    join_response: dict[str, Any] | None = Field(default=None, sa_type=JsonColumn)
    auto_reply: dict[str, Any] | None = Field(default=None, sa_type=JsonColumn)
    join_word_only: bool = False
    requires_pair: bool = False
    implied_days: int = 180
    quiet_from: str | None = None
    quiet_till: str | None = None
    consent_templates: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    consent_yes: list[str] = Field(default_factory=lambda: ["yes"], sa_type=JsonColumn)
    consent_no: list[str] = Field(default_factory=lambda: ["no"], sa_type=JsonColumn)


class PlatformWord(SQLModel, table=True):
    """An opt-out word of a whole channel, or of one sender of it (CO-1).

    `valid_from` and `valid_till` are dates or times on the clock of the company, as they were written.
    """

    __tablename__ = "platform_word"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    channel: str
    sender_id: str | None = Field(default=None, foreign_key="sender.id", ondelete="CASCADE")
    word: str
    valid_from: str | None = None
    valid_till: str | None = None
    created_at: int = Field(sa_type=BigInteger)
    user_id: str | None = None


class BlacklistEntry(SQLModel, table=True):
    """An address that a sender, or without `sender_id` the whole company, takes nothing from or does not write to."""

    __tablename__ = "blacklist_entry"
    __table_args__ = (Index("ix_blacklist_entry_address", "company_id", "address"),)

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    sender_id: str | None = Field(default=None, foreign_key="sender.id", ondelete="CASCADE")
    direction: str
    address: str
    created_at: int = Field(sa_type=BigInteger)
    user_id: str | None = None
