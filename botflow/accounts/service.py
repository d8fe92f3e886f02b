"""Companies: what everything belongs to."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from botflow.accounts.models import Company
from botflow.db import UnitOfWork, table_of

COMPANIES: Final = table_of(Company)

COMPANY_FACTS: Final = sa.select(COMPANIES.c.id, COMPANIES.c.name, COMPANIES.c.time_zone).subquery("company_facts")
"""What other domains may know of a company, to join with."""


def ensure_company(work: UnitOfWork, company_id: str, name: str, now: int) -> None:
    """Make the company unless it is there."""
    if work.first(sa.select(COMPANIES).where(COMPANIES.c.id == company_id)) is None:
        work.execute(COMPANIES.insert().values(Company(id=company_id, name=name, created_at=now).model_dump()))
