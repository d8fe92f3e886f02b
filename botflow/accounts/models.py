"""Tables: companies."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class Company(SQLModel, table=True):
    """Everything belongs to one (AC-4).

    `catalog_revision` grows with every change of what its conversations run over: chatbots, senders, their words.
    """

    __tablename__ = "company"

    id: str = Field(primary_key=True)
    name: str
    time_zone: str = "UTC"
    language: str = "en"
    catalog_revision: int = 0
    created_at: int = Field(sa_type=BigInteger)
