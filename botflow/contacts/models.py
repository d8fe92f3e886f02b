"""Tables: contacts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from botflow.db import JsonColumn


class Contact(SQLModel, table=True):
    """A person who writes. `address` is what the channel knows them by: a number, or a visitor's mark.

    `time_zone` is an IANA name; None: not known, so that of the company counts. `erased_at`: nothing is left of the
    contact but its consent, and `address` is a digest (contacts.erased).
    """

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("company_id", "address"),)

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    address: str
    phone: str | None = None
    name: str | None = None
    attributes: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    time_zone: str | None = None
    created_at: int = Field(sa_type=BigInteger)
    erased_at: int | None = Field(default=None, sa_type=BigInteger)


class ContactTag(SQLModel, table=True):
    """A fixed mark on a contact (CT-3)."""

    __tablename__ = "contact_tag"
    __table_args__ = (Index("ix_contact_tag_tag", "company_id", "tag"),)

    contact_id: str = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    tag: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")


class ContactCapability(SQLModel, table=True):
    """Whether a contact can get messages of a sender's channel, as its vendor said at `checked_at` (CT-1)."""

    __tablename__ = "contact_capability"

    contact_id: str = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    sender_id: str = Field(primary_key=True, foreign_key="sender.id", index=True, ondelete="CASCADE")
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    capable: bool
    checked_at: int = Field(sa_type=BigInteger)
