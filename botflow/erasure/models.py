"""Tables: what was erased on request."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from botflow.db import JsonColumn

PENDING: Final = "state = 'pending'"


class ErasureRow(SQLModel, table=True):
    """The erasure of a contact, and the proof of it: nothing in it tells who the contact was (AP-4).

    `state` is `pending` until everything is gone, then `done`. `digests` are those of what the contact was known by
    (contacts.erased). `user_id` or `key_id` asked for it, by `actor` as they were called then. `counts` tells how many
    rows went, or lost what they told of the contact, by table; `files` how many files.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        Index("ix_erasure_company_id", "company_id", "id"),
        Index("ix_erasure_contact_id", "contact_id"),
        Index(
            "uq_erasure_pending",
            "contact_id",
            unique=True,
            sqlite_where=text(PENDING),
            postgresql_where=text(PENDING),
        ),
    )

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    contact_id: str
    state: str = "pending"
    digests: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    user_id: str | None = None
    key_id: str | None = None
    actor: str
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JsonColumn)
    files: int = 0
    requested_at: int = Field(sa_type=BigInteger)
    finished_at: int | None = Field(default=None, sa_type=BigInteger)
