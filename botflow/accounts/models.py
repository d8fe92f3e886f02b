"""Tables: companies and senders."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class Company(SQLModel, table=True):
    """Everything belongs to one (AC-4)."""

    __tablename__ = "company"

    id: str = Field(primary_key=True)
    name: str
    time_zone: str = "UTC"
    language: str = "en"
    created_at: int = Field(sa_type=BigInteger)


class Sender(SQLModel, table=True):
    """What a contact writes to and gets messages from: a number, an agent, a page (AS-2).

    `channel` says what its messages look like, `adapter` who carries them: a WhatsApp sender of the examples is carried
    by web chat.
    """

    __tablename__ = "sender"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    name: str
    channel: str
    adapter: str
    created_at: int = Field(sa_type=BigInteger)
