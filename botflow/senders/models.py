"""Tables: senders."""

from __future__ import annotations

from sqlalchemy import BigInteger, Text
from sqlmodel import Field, SQLModel

from botflow.db import JsonColumn


class Sender(SQLModel, table=True):
    """What a contact writes to and gets messages from: a number, an agent, a page (AS-2).

    `channel` says what its messages look like, `adapter` who carries them: a WhatsApp sender of the examples is carried
    by web chat. `identity` is what the vendor knows it by; `credentials` are JSON, sealed; `webhook_key` is the secret
    part of its webhook's address. `problem` says in a sentence why nothing leaves until `paused_until`; `rate` is in
    messages a second. Pages of `embed_origins` may show its web chat.
    """

    __tablename__ = "sender"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    name: str
    channel: str
    adapter: str
    identity: str = ""
    status: str = "active"
    problem: str | None = Field(default=None, sa_type=Text)
    credentials: str | None = Field(default=None, sa_type=Text)
    webhook_key: str = Field(unique=True)
    paused_until: int = Field(default=0, sa_type=BigInteger)
    rate: float | None = None
    live_chat_only: bool = False
    embed_origins: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    created_at: int = Field(sa_type=BigInteger)
    updated_at: int = Field(sa_type=BigInteger)


class SenderLine(SQLModel, table=True):
    """Who keeps the line of a sender open, where its channel has one: process `holder`, until `leased_until`."""

    __tablename__ = "sender_line"

    sender_id: str = Field(primary_key=True, foreign_key="sender.id", ondelete="CASCADE")
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    holder: str = ""
    leased_until: int = Field(default=0, sa_type=BigInteger)
