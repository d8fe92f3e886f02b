"""Tables: opt-outs. The ledger (CO-9) will stand beside them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class OptOutRow(SQLModel, table=True):
    """A contact wants no more messages: from a sender, on a channel, or of one chatbot on a channel.

    It blocks until `lifted_at`. `thread_id` is the thread whose own step made it, if one did.
    """

    __tablename__ = "opt_out"
    __table_args__ = (Index("ix_opt_out_standing", "contact_id", "lifted_at"),)

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    contact_id: str = Field(foreign_key="contact.id", ondelete="CASCADE")
    channel: str
    scope: str
    sender_id: str = Field(foreign_key="sender.id", ondelete="CASCADE")
    scenario: str | None = None
    thread_id: str | None = None
    created_at: int = Field(sa_type=BigInteger)
    lifted_at: int | None = Field(default=None, sa_type=BigInteger)
