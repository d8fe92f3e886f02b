"""Tables: companies."""

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
