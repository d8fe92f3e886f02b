"""Changing companies (AC-4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from botflow.accounts.models import Company
from botflow.accounts.service import COMPANIES, catalog_changed
from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.db import UnitOfWork
from botflow.errors import ConflictError, NotFoundError
from botflow.permissions import Caller

TOLD: Final = ("name", "time_zone", "language", "history_days")
"""What the audit log tells of a company."""


class Companies:
    """Makes and changes companies."""

    def __init__(self, clock: Clock, audit: Audit) -> None:
        self._clock = clock
        self._audit = audit

    def make(self, work: UnitOfWork, caller: Caller, company_id: str, fields: Mapping[str, Any]) -> Caller:
        """A new company; returns the caller as one who acts in it. Raises ConflictError where the id is taken."""
        if work.first(sa.select(COMPANIES.c.id).where(COMPANIES.c.id == company_id)) is not None:
            raise ConflictError("There is a company with this id already.")
        row = Company(id=company_id, created_at=self._clock(), **fields)
        work.execute(COMPANIES.insert().values(row.model_dump()))
        there = Caller(company_id, name=caller.name, permissions=caller.permissions, system_owner=caller.system_owner)
        self._audit.note(work, there, "company.created", company_id, None, _told(row.model_dump()))
        return there

    def find(self, work: UnitOfWork, caller: Caller) -> sa.RowMapping:
        """The caller's company. Raises NotFoundError."""
        row = work.first(sa.select(COMPANIES).where(COMPANIES.c.id == caller.company))
        if row is None:
            raise NotFoundError(f"There is no company {caller.company}.")
        return row

    def change(self, work: UnitOfWork, caller: Caller, changes: Mapping[str, Any]) -> sa.RowMapping:
        """Change fields of the caller's company. Raises NotFoundError."""
        before = self.find(work, caller)
        if changes:
            work.execute(COMPANIES.update().where(COMPANIES.c.id == caller.company).values(dict(changes)))
            catalog_changed(work, caller.company)
        after = self.find(work, caller)
        self._audit.note(work, caller, "company.updated", caller.company, _told(before), _told(after))
        return after


def _told(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in TOLD}
