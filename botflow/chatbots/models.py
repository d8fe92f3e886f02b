"""Tables: chatbots, their drafts, their versions, and the senders they are enabled on."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Chatbot(SQLModel, table=True):
    """A chatbot; `scenario` is the id in its file, which other chatbots jump to and the API goes by.

    Name, description, language, channel and `keywords` (JSON: a list of each kind, as KEYWORD_KINDS orders them) are
    those of the newest version, or of the draft where nothing is published. `revision` is that of the draft;
    `newest_version` is 0 until something is published. A deleted chatbot keeps its versions, since threads of the past
    refer to them; saving a chatbot of the same id brings it back.
    """

    __tablename__ = "chatbot"
    __table_args__ = (
        UniqueConstraint("company_id", "scenario"),
        Index("ix_chatbot_name", "company_id", "name", "id"),
        Index("ix_chatbot_updated", "company_id", "updated_at", "id"),
    )

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    scenario: str
    name: str
    description: str
    language: str
    channel: str
    keywords: str = Field(default="[]", sa_type=Text)
    revision: int = 0
    newest_version: int = 0
    newest_hash: str = ""
    created_at: int = Field(sa_type=BigInteger)
    updated_at: int = Field(sa_type=BigInteger)
    deleted_at: int | None = Field(default=None, sa_type=BigInteger)


class ChatbotDraft(SQLModel, table=True):
    """The document that is being worked on, of which there is one a chatbot. It may be wrong or unfinished.

    `content_hash` is that of what the engine reads, as of a version.
    """

    __tablename__ = "chatbot_draft"

    chatbot_id: str = Field(primary_key=True, foreign_key="chatbot.id", ondelete="CASCADE")
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    document: str = Field(sa_type=Text)
    content_hash: str
    saved_at: int = Field(sa_type=BigInteger)
    saved_by: str | None = None


class DraftPresence(SQLModel, table=True):
    """A page at which somebody has a draft open. It is renewed at `renewed_at`, and gone some time after."""

    __tablename__ = "draft_presence"

    chatbot_id: str = Field(primary_key=True, foreign_key="chatbot.id", ondelete="CASCADE")
    page: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    user_id: str
    name: str
    since: int = Field(sa_type=BigInteger)
    renewed_at: int = Field(sa_type=BigInteger)


class ChatbotVersion(SQLModel, table=True):
    """A published version: it never changes, and a thread stays on the one it started with (engine.md 10).

    `document` is in canonical form.
    """

    __tablename__ = "chatbot_version"
    __table_args__ = (UniqueConstraint("chatbot_id", "number"),)

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    chatbot_id: str = Field(foreign_key="chatbot.id", ondelete="CASCADE")
    number: int
    content_hash: str
    document: str = Field(sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    created_at: int = Field(sa_type=BigInteger)
    created_by: str | None = None


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


class RolloutRow(SQLModel, table=True):
    """What is done with the live threads of older versions after a publication: `choice` is `move` or `end`.

    Threads of versions below `below` are taken in pages: those of version `source`, behind the thread `after`. `state`
    is `running`, `done`, or `replaced` by a later one of the same chatbot. `threads` were moved or ended; `stayed` is
    JSON. Who works on it holds the lease.
    """

    __tablename__ = "rollout"
    __table_args__ = (
        Index("ix_rollout_chatbot", "chatbot_id", "id"),
        Index(
            "ix_rollout_running",
            "leased_until",
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
    )

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    chatbot_id: str = Field(foreign_key="chatbot.id", ondelete="CASCADE")
    scenario: str
    below: int
    choice: str
    state: str = "running"
    round: int = 1
    source: int = 0
    after: str = ""
    threads: int = 0
    stayed: str = Field(default="[]", sa_type=Text)
    user_id: str | None = None
    leased_until: int = Field(default=0, sa_type=BigInteger)
    created_at: int = Field(sa_type=BigInteger)
    finished_at: int | None = Field(default=None, sa_type=BigInteger)
