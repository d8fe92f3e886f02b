"""Tables: the audit log."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from botflow.db import JsonColumn


class AuditEntry(SQLModel, table=True):
    """Something that somebody did (AC-3). It goes with its company only, and nothing but an erasure changes it.

    `user_id` or `key_id` is who did it, by `actor` as they were called then; neither: the server. `old` and `new` hold
    the fields that changed, secrets masked.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_company_id", "company_id", "id"),
        Index("ix_audit_entry_object", "company_id", "kind", "object_id", "id"),
    )

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    at: int = Field(sa_type=BigInteger)
    user_id: str | None = None
    key_id: str | None = None
    actor: str
    action: str
    kind: str
    object_id: str
    old: dict[str, Any] | None = Field(default=None, sa_type=JsonColumn)
    new: dict[str, Any] | None = Field(default=None, sa_type=JsonColumn)
