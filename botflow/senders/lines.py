"""Which process keeps the line of a sender open over which its messages come in: a lease, renewed while it lives."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import sqlalchemy as sa

from botflow.db import UnitOfWork, one_of, table_of
from botflow.senders.models import SenderLine
from botflow.senders.service import ACTIVE, SENDERS

LINES: Final = table_of(SenderLine)
LEASE_MS: Final = 10_000
"""So long after a process was killed another one opens its lines."""

_NOW: Final = sa.bindparam("now", type_=sa.BigInteger())
_HOLDER: Final = sa.bindparam("holder", type_=sa.String())
_WANTED: Final = sa.select(SENDERS.c.id, SENDERS.c.company_id).where(
    one_of(SENDERS.c.adapter, "adapters"), SENDERS.c.status == ACTIVE
)
_NEW: Final = _WANTED.outerjoin(LINES, LINES.c.sender_id == SENDERS.c.id).where(LINES.c.sender_id.is_(None))
_FREE: Final = (
    sa.select(LINES.c.sender_id)
    .where(LINES.c.sender_id.in_(_WANTED.with_only_columns(SENDERS.c.id)))
    .where(sa.or_(LINES.c.holder == _HOLDER, LINES.c.leased_until <= _NOW))
    .order_by(LINES.c.sender_id)
    .with_for_update(skip_locked=True)
)


def claim_lines(work: UnitOfWork, adapters: Collection[str], holder: str, now: int) -> list[str]:
    """Claim the lines of active senders of these adapters that nobody holds, and renew those that `holder` does.

    Returns the senders whose lines are the holder's until `now` + LEASE_MS, in milliseconds since the epoch.
    """
    new = work.all(_NEW, adapters=list(adapters))
    rows = [SenderLine(sender_id=row["id"], company_id=row["company_id"]).model_dump() for row in new]
    work.insert_once(LINES, rows)
    held = [str(row["sender_id"]) for row in work.all(_FREE, adapters=list(adapters), holder=holder, now=now)]
    claimed = LINES.update().where(LINES.c.sender_id.in_(held))
    work.execute(claimed.values(holder=holder, leased_until=now + LEASE_MS))
    return held


def release_lines(work: UnitOfWork, holder: str) -> None:
    """Give back what a holder has."""
    work.execute(LINES.update().where(LINES.c.holder == holder).values(leased_until=0))


def release_all_lines(work: UnitOfWork) -> None:
    """Forget every claim: who held them is gone. Only for a server that has the database to itself."""
    work.execute(LINES.update().values(leased_until=0))
