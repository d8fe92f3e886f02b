"""Tables: saved contents, templates that a vendor approves, and those that operators pick from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from botflow.db import JsonColumn


class ContentTemplate(SQLModel, table=True):
    """Content of a channel under a name, with `{{placeholders}}` that are filled when it is sent (AS-3)."""

    __tablename__ = "content_template"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    name: str
    channel: str
    content: dict[str, Any] = Field(sa_type=JsonColumn)
    created_at: int = Field(sa_type=BigInteger)
    updated_at: int = Field(sa_type=BigInteger)


class WhatsAppTemplate(SQLModel, table=True):
    """A template of a sender that WhatsApp approves (AS-4). Components are written as the Graph API has them.

    `status` is `draft`, `submitted` while it is handed in, or WhatsApp's word in lower case; `reason` says why it was
    refused. `vendor_id` is WhatsApp's id of it, once it was taken.
    """

    __tablename__ = "whatsapp_template"
    __table_args__ = (UniqueConstraint("sender_id", "name", "language"),)

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    sender_id: str = Field(foreign_key="sender.id", ondelete="CASCADE")
    name: str
    language: str
    category: str
    components: list[dict[str, Any]] = Field(sa_type=JsonColumn)
    status: str = "draft"
    reason: str | None = Field(default=None, sa_type=Text)
    vendor_id: str | None = None
    created_at: int = Field(sa_type=BigInteger)
    updated_at: int = Field(sa_type=BigInteger)


class ConversationTemplate(SQLModel, table=True):
    """What operators pick in a conversation: a text with `{{placeholders}}` and files of the media library (AS-3).

    `channel` is None where it is for every channel; `files` are keys of the library, in the order they are sent in.
    """

    __tablename__ = "conversation_template"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    name: str
    channel: str | None = None
    text: str = Field(sa_type=Text)
    files: list[str] = Field(sa_type=JsonColumn)
    created_at: int = Field(sa_type=BigInteger)
    updated_at: int = Field(sa_type=BigInteger)
