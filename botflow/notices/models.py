"""Tables: outbound webhooks, and what each of them is told."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Index, Text, text
from sqlmodel import Field, SQLModel

from botflow.db import JsonColumn

WAITING: Final = "state = 'waiting'"
SETTLED: Final = "state <> 'waiting'"


class Webhook(SQLModel, table=True):
    """An address of a company's own system, and the kinds of events that it wants. `secret` is sealed.

    `senders`: it hears of these only; of all where there are none. It hears of messages that name it in any case.
    `paused_until`: it did not take the last event. `leased_until`: somebody delivers to it.
    """

    __tablename__ = "webhook"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    name: str
    address: str
    events: list[str] = Field(sa_type=JsonColumn)
    senders: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    enabled: bool = True
    secret: str = Field(sa_type=Text)
    paused_until: int = Field(default=0, sa_type=BigInteger)
    leased_until: int = Field(default=0, sa_type=BigInteger)
    created_at: int = Field(sa_type=BigInteger)


class WebhookDelivery(SQLModel, table=True):
    """An event for one webhook. Ids of events sort by time; `body` is what is posted, as it is.

    `state`: `waiting` till `not_before`, `delivered`, or `dead` a day after `queued_at`. A webhook that is deleted
    leaves rows behind, which are swept: a turn that writes one at that moment must not fail.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index(
            "ix_webhook_delivery_order",
            "webhook_id",
            "event_id",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        Index(
            "ix_webhook_delivery_due",
            "webhook_id",
            "not_before",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        Index("ix_webhook_delivery_settled", "settled_at", sqlite_where=text(SETTLED), postgresql_where=text(SETTLED)),
    )

    webhook_id: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    contact_id: str = Field(index=True)
    kind: str
    body: str = Field(sa_type=Text)
    state: str = "waiting"
    attempts: int = 0
    problem: str | None = None
    not_before: int = Field(sa_type=BigInteger)
    queued_at: int = Field(sa_type=BigInteger)
    settled_at: int | None = Field(default=None, sa_type=BigInteger)
    created_at: int = Field(sa_type=BigInteger)
