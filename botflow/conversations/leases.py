"""Leases: a claimed row is nobody else's for a short while, which its holder extends as long as it lives.

A process that is killed holds nothing for longer than LEASE_MS. One that is stopped and goes on later may do a second
time what another has done meanwhile: the window that docs/explanation/server.md tells of.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa
import sqlalchemy.exc
import structlog

from botflow.clock import Clock
from botflow.db import Database

LEASE_MS: Final = 10_000
RENEW_SECONDS: Final = 3.0

_log = structlog.get_logger()


@contextmanager
def extended(database: Database, table: sa.Table, ids: Sequence[str], clock: Clock) -> Iterator[None]:
    """Extend the leases of claimed rows for the length of a `with`; those given back meanwhile stay free."""
    over = threading.Event()
    statement = table.update().where(table.c.id.in_(ids), table.c.leased_until > 0)

    def extend() -> None:
        while not over.wait(RENEW_SECONDS):
            try:
                with database.transaction() as work:
                    work.execute(statement.values(leased_until=clock() + LEASE_MS))
            except sqlalchemy.exc.DBAPIError as error:
                _log.warning("leases not extended", table=table.name, problem=type(error.orig).__name__)

    keeper = threading.Thread(target=extend, name="leases", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()
