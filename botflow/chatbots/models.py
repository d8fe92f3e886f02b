"""Tables: chatbots, their versions, and the senders they are enabled on."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Chatbot(SQLModel, table=True):
    """A chatbot; `scenario` is the id in its file, which other chatbots jump to."""

    __tablename__ = "chatbot"
    __table_args__ = (UniqueConstraint("company_id", "scenario"),)

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    scenario: str
    name: str
    description: str
    language: str
    channel: str
    created_at: int = Field(sa_type=BigInteger)


class ChatbotVersion(SQLModel, table=True):
    """A published version: it never changes, and a thread stays on the one it started with (engine.md 10)."""

    __tablename__ = "chatbot_version"
    __table_args__ = (UniqueConstraint("chatbot_id", "number"),)

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    chatbot_id: str = Field(foreign_key="chatbot.id", ondelete="CASCADE")
    number: int
    content_hash: str
    document: str = Field(sa_type=Text)
    created_at: int = Field(sa_type=BigInteger)


class ChatbotSender(SQLModel, table=True):
    """A chatbot on a sender (CB-10); at most one chatbot of a sender is its default."""

    __tablename__ = "chatbot_sender"
    __table_args__ = (
        Index(
            "uq_chatbot_sender_default",
            "sender_id",
            unique=True,
            sqlite_where=text("is_default"),
            postgresql_where=text("is_default"),
        ),
    )

    chatbot_id: str = Field(primary_key=True, foreign_key="chatbot.id", ondelete="CASCADE")
    sender_id: str = Field(primary_key=True, foreign_key="sender.id", ondelete="CASCADE")
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    enabled: bool = True
    is_default: bool = False
