"""Tables: saved contents."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger
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
