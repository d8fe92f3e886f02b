"""Companies: what everything belongs to."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from botflow.accounts.models import Company
from botflow.db import UnitOfWork, table_of

COMPANIES: Final = table_of(Company)

COMPANY_FACTS: Final = sa.select(
    COMPANIES.c.id, COMPANIES.c.name, COMPANIES.c.time_zone, COMPANIES.c.catalog_revision
).subquery("company_facts")
"""What other domains may know of a company, to join with."""


def ensure_company(work: UnitOfWork, company_id: str, name: str, now: int) -> None:
    """Make the company unless it is there."""
    if work.first(sa.select(COMPANIES).where(COMPANIES.c.id == company_id)) is None:
        work.execute(COMPANIES.insert().values(Company(id=company_id, name=name, created_at=now).model_dump()))


def catalog_changed(work: UnitOfWork, company_id: str) -> None:
    """Chatbots, senders or words changed: every process reads the company's catalog anew at its next turn.

    Call it in the transaction of the change.
    """
    this = COMPANIES.c.id == company_id
    work.execute(COMPANIES.update().where(this).values(catalog_revision=COMPANIES.c.catalog_revision + 1))


def lock_company(work: UnitOfWork, company_id: str) -> None:
    """Let nobody else make what a company has a number of until the transaction ends, so that the last one is one."""
    work.first(sa.select(COMPANIES.c.id).where(COMPANIES.c.id == company_id).with_for_update(key_share=True))
