"""Letting go of conversations that are older than their company keeps them (AP-4)."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from botflow.accounts.service import COMPANIES
from botflow.assets.service import Assets
from botflow.clock import Clock
from botflow.conversations.retention import Limit, forget_received, forget_sent, forget_threads
from botflow.db import UnitOfWork
from botflow.notices.service import forget_deliveries

DAY_MS: Final = 86_400_000
BATCH: Final = 300
"""Rows of a table that go in one transaction."""
EVERY_MS: Final = 3_600_000
WORK_MS: Final = 20_000
"""How long it is at it before the rest of the upkeep has its turn again."""

_KEEPING: Final = sa.select(COMPANIES.c.id, COMPANIES.c.history_days).where(COMPANIES.c.history_days.is_not(None))


class Retention:
    """Looks through every company that keeps its history for some days only."""

    def __init__(self, assets: Assets, clock: Clock) -> None:
        self._assets = assets
        self._clock = clock

    def forget_old(self) -> int:
        """Delete what is too old. Returns when to go on, in milliseconds since the epoch; two at once are harmless."""
        now = self._clock()
        with self._assets.database.reading() as work:
            companies = work.all(_KEEPING)
        for company in companies:
            limit = Limit(company["id"], now - company["history_days"] * DAY_MS, BATCH)
            while self._forget_some(limit):
                if self._clock() > now + WORK_MS:
                    return self._clock()
        return now + EVERY_MS

    def _forget_some(self, limit: Limit) -> bool:
        """One transaction. Returns whether there may be more."""
        with self._assets.database.transaction() as work:
            counts = (
                forget_threads(work, limit),
                self._forget_received(work, limit),
                forget_sent(work, limit),
                forget_deliveries(work, limit.company, limit.before, limit.most),
            )
        return max(counts) == limit.most

    def _forget_received(self, work: UnitOfWork, limit: Limit) -> int:
        count, keys = forget_received(work, limit)
        self._assets.erase_received(work, limit.company, keys)
        return count
