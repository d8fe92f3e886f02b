"""Tables: applications for sender IDs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Text
from sqlmodel import Field, SQLModel

from botflow.db import JsonColumn


class SenderRegistration(SQLModel, table=True):
    """An application for a sender ID (AS-2).

    `details` are what its channel's form asks for besides the `name`. `identity` is the sender ID that the vendor gave,
    `note` what was said with the last status.
    """

    __tablename__ = "sender_registration"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    channel: str
    name: str
    details: dict[str, Any] = Field(sa_type=JsonColumn)
    status: str = "draft"
    identity: str = ""
    note: str = Field(default="", sa_type=Text)
    created_at: int = Field(sa_type=BigInteger)
    updated_at: int = Field(sa_type=BigInteger)
