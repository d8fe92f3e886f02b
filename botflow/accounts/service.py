"""Companies and senders: what exists, and what belongs to whom."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from botflow.accounts.models import Company, Sender
from botflow.db import UnitOfWork, of_company, table_of

COMPANIES: Final = table_of(Company)
SENDERS: Final = table_of(Sender)

SENDER_FACTS: Final = (
    sa.select(
        SENDERS.c.id,
        SENDERS.c.company_id,
        SENDERS.c.channel,
        SENDERS.c.adapter,
        COMPANIES.c.time_zone,
    )
    .join(COMPANIES, COMPANIES.c.id == SENDERS.c.company_id)
    .subquery("sender_facts")
)
"""What other domains may know of a sender, to join with: id, company_id, channel, adapter, the company's time_zone."""


def ensure_company(work: UnitOfWork, company_id: str, name: str, now: int) -> None:
    """Make the company unless it is there."""
    if work.first(sa.select(COMPANIES).where(COMPANIES.c.id == company_id)) is None:
        work.execute(COMPANIES.insert().values(Company(id=company_id, name=name, created_at=now).model_dump()))


def ensure_sender(
    work: UnitOfWork, sender_id: str, company_id: str, name: str, channel: str, adapter: str, now: int
) -> None:
    """Make the sender, or bring its name and channel up to date."""
    row = Sender(id=sender_id, company_id=company_id, name=name, channel=channel, adapter=adapter, created_at=now)
    if work.first(sa.select(SENDERS).where(SENDERS.c.id == sender_id)) is None:
        work.execute(SENDERS.insert().values(row.model_dump()))
    else:
        work.execute(SENDERS.update().where(SENDERS.c.id == sender_id).values(name=name, channel=channel))


def find_sender(work: UnitOfWork, sender_id: str, adapter: str) -> sa.RowMapping | None:
    """The facts of a sender that messages of this adapter may be for, or None."""
    return work.first(sa.select(SENDER_FACTS).where(SENDER_FACTS.c.id == sender_id, SENDER_FACTS.c.adapter == adapter))


def senders_of(work: UnitOfWork, company_id: str) -> list[sa.RowMapping]:
    """Every sender of a company."""
    return work.all(of_company(SENDERS, company_id).order_by(SENDERS.c.id))
