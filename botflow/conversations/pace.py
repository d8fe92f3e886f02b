"""How many messages of a sender may leave now: its rate, kept in a row, so that all processes share it."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from botflow.conversations.models import OutboxLane
from botflow.db import UnitOfWork, table_of

LANES: Final = table_of(OutboxLane)
BURST_SECONDS: Final = 1.0
"""So much of an unused rate may be made up for."""
PACE_SECONDS: Final = 0.05
MICROSECONDS: Final = 1_000_000

_LANE: Final = sa.select(LANES.c.free_at).where(LANES.c.sender_id == sa.bindparam("sender")).with_for_update()
_USED: Final = LANES.update().where(LANES.c.sender_id == sa.bindparam("sender")).values(free_at=sa.bindparam("used"))


def open_lane(work: UnitOfWork, sender_id: str, company_id: str, rate: float, now: int) -> tuple[int, int]:
    """Lock the sender's lane until the transaction ends.

    Returns (how many messages may leave at `now`, when its rate is used up to in microseconds).
    """
    moment = now * 1000
    free_at = work.value(_LANE, sender=sender_id)
    if free_at is None:
        row = OutboxLane(sender_id=sender_id, company_id=company_id, free_at=0)
        work.insert_once(LANES, row.model_dump())
        free_at = work.value(_LANE, sender=sender_id)
    interval = MICROSECONDS / rate
    burst = max(interval, BURST_SECONDS * MICROSECONDS)
    free_at = max(int(free_at), round(moment - burst))
    return max(0, int((moment - free_at) / interval)), free_at


def use_lane(work: UnitOfWork, sender_id: str, rate: float, free_at: int, messages: int) -> None:
    """So many messages leave."""
    used = round(free_at + messages * MICROSECONDS / rate)
    work.execute(_USED, [{"sender": sender_id, "used": used}])


def next_free(rate: float, free_at: int) -> int:
    """When more messages may leave, in milliseconds since the epoch: of a fast sender some at once, not each alone."""
    return int((free_at + max(MICROSECONDS / rate, PACE_SECONDS * MICROSECONDS)) / 1000) + 1
