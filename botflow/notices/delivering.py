"""Delivering what webhooks are to be told: in order for each address, again after growing delays, for a day.

An event that is not taken holds up those behind it as long as its own delay is at most HOLD_UP_MS; later they overtake
it, so that one event that a receiver cannot bear does not cost it all others.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
import structlog

from botflow.channels.http import VendorAddressError, VendorHttp, VendorUnreachableError
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, constant
from botflow.notices.service import DELIVERIES, WEBHOOKS
from botflow.notices.signature import headers
from botflow.senders.sealing import Seal, UnsealError

CALL_SECONDS: Final = 10.0
LEASE_MS: Final = 60_000
WORK_SECONDS: Final = 20.0
"""After so long another webhook has its turn."""
FIRST_DELAY_MS: Final = 5_000
MOST_DOUBLINGS: Final = 20
LONGEST_DELAY_MS: Final = 2 * 3600 * 1000
HOLD_UP_MS: Final = 5 * 60 * 1000
GIVE_UP_MS: Final = 24 * 3600 * 1000
JITTER: Final = 0.2
KEPT_MS: Final = {"delivered": 7 * GIVE_UP_MS, "dead": 30 * GIVE_UP_MS}
"""How long what became of an event can be seen, and the event sent again."""
BATCH: Final = 500
SWEEP_EVERY_MS: Final = 3_600_000

_log = structlog.get_logger()

IS_WAITING: Final = DELIVERIES.c.state == constant("waiting")
_NOW: Final = sa.bindparam("now", type_=sa.BigInteger())
_ID: Final = sa.bindparam("webhook", type_=sa.String())
_FIRST: Final = (
    sa.select(sa.func.min(DELIVERIES.c.not_before))
    .where(DELIVERIES.c.webhook_id == WEBHOOKS.c.id, IS_WAITING)
    .scalar_subquery()
)
_NEXT: Final = sa.select(WEBHOOKS.c.id, WEBHOOKS.c.paused_until, WEBHOOKS.c.leased_until, _FIRST.label("first")).where(
    WEBHOOKS.c.enabled
)
_NEXT_OF_ONE: Final = _NEXT.where(WEBHOOKS.c.id == _ID)
# `+ 0` keeps planners from the index of times: of a long backlog they would sort all that is due to find the first.
_DUE: Final = (
    sa.select(DELIVERIES, WEBHOOKS.c.address, WEBHOOKS.c.secret)
    .join(WEBHOOKS, WEBHOOKS.c.id == DELIVERIES.c.webhook_id)
    .where(DELIVERIES.c.webhook_id == _ID, IS_WAITING, DELIVERIES.c.not_before + 0 <= _NOW, WEBHOOKS.c.enabled)
    .order_by(DELIVERIES.c.event_id)
    .limit(1)
)


@dataclass(frozen=True)
class Called:
    """What came of one call; `problem` is None where the receiver took it."""

    problem: str | None
    status: int | None = None


@dataclass(frozen=True)
class _Task:
    """An event to post, and the lease under which that is done."""

    row: sa.RowMapping
    leased_until: int


def next_of_webhooks(work: UnitOfWork) -> dict[str, int]:
    """Webhooks that something waits for, and when to deliver to each, in milliseconds since the epoch."""
    return {row["id"]: at for row in work.all(_NEXT) if (at := _next(row)) is not None}


def _next(row: sa.RowMapping | None) -> int | None:
    if row is None or row["first"] is None:
        return None
    return int(max(row["first"], row["paused_until"], row["leased_until"]))


class Deliverer:
    """Delivers; usable from several threads and processes."""

    def __init__(
        self,
        database: Database,
        seal: Seal,
        http: VendorHttp,
        clock: Clock,
        chance: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self.database = database
        self._seal = seal
        self._http = http
        self._clock = clock
        self._chance = chance

    def deliver(self, webhook_id: str, stopping: Callable[[], bool] = lambda: False) -> int | None:
        """Deliver what is due for one webhook, until the process stops. Returns when more is, in ms since the epoch."""
        end = time.monotonic() + WORK_SECONDS
        with self.database.transaction() as work:
            task = self._begun(work, webhook_id)
        while task is not None:
            called = self.call(task.row["address"], task.row["secret"], task.row["event_id"], task.row["body"])
            with self.database.transaction() as work:
                self._settle(work, task.row, called)
                goes_on = called.problem is None and time.monotonic() < end and not stopping()
                task = self._following(work, task, goes_on=goes_on)
        with self.database.reading() as work:
            return _next(work.first(_NEXT_OF_ONE, webhook=webhook_id))

    def call(self, address: str, sealed: str, event_id: str, body: str) -> Called:
        """Post one event, signed."""
        raw = body.encode()
        try:
            signed = headers(self._seal.open(sealed), event_id, self._clock() // 1000, raw)
            answer = self._http.request("POST", address, headers=signed, body=raw, timeout=CALL_SECONDS)
        except UnsealError:
            return Called("The secret was sealed with another BOTFLOW_SECRET_KEY: set the webhook's secret anew.")
        except (VendorAddressError, VendorUnreachableError) as error:
            return Called(str(error))
        if answer.ok:
            return Called(None, answer.status)
        redirected = ": redirects are not followed" if 300 <= answer.status < 400 else ""
        return Called(f"It answered {answer.status}{redirected}.", answer.status)

    def _begun(self, work: UnitOfWork, webhook_id: str) -> _Task | None:
        now = self._clock()
        free = sa.and_(WEBHOOKS.c.leased_until <= now, WEBHOOKS.c.paused_until <= now)
        return self._leased(work, webhook_id, free, now)

    def _following(self, work: UnitOfWork, task: _Task, *, goes_on: bool) -> _Task | None:
        held = WEBHOOKS.c.leased_until == task.leased_until
        if goes_on:
            return self._leased(work, task.row["webhook_id"], held, self._clock())
        work.execute(WEBHOOKS.update().where(WEBHOOKS.c.id == task.row["webhook_id"], held).values(leased_until=0))
        return None

    def _leased(self, work: UnitOfWork, webhook_id: str, condition: sa.ColumnElement[bool], now: int) -> _Task | None:
        """Lease the webhook for its next event, or let go of it where nothing is due."""
        row = work.first(_DUE, webhook=webhook_id, now=now)
        until = 0 if row is None else now + LEASE_MS
        this = WEBHOOKS.update().where(WEBHOOKS.c.id == webhook_id, condition)
        leased = work.execute(this.values(leased_until=until)).rowcount == 1
        return _Task(row, until) if leased and row is not None else None

    def _settle(self, work: UnitOfWork, row: sa.RowMapping, called: Called) -> None:
        now, attempts = self._clock(), row["attempts"] + 1
        if called.problem is None:
            _update(work, row, state="delivered", attempts=attempts, problem=None, settled_at=now)
            return
        delay = self._delay(attempts)
        pause = WEBHOOKS.update().where(WEBHOOKS.c.id == row["webhook_id"])
        work.execute(pause.values(paused_until=now + min(delay, HOLD_UP_MS)))
        if now + delay > row["queued_at"] + GIVE_UP_MS:
            _update(work, row, state="dead", attempts=attempts, problem=called.problem, settled_at=now)
            _log.warning("event given up", webhook=row["webhook_id"], id=row["event_id"], attempts=attempts)
        else:
            _update(work, row, attempts=attempts, problem=called.problem, not_before=now + delay)

    def _delay(self, attempts: int) -> int:
        delay = min(FIRST_DELAY_MS << min(attempts - 1, MOST_DOUBLINGS), LONGEST_DELAY_MS)
        return round(delay * self._chance(1 - JITTER, 1 + JITTER))


def _update(work: UnitOfWork, row: sa.RowMapping, **values: Any) -> None:
    this = sa.and_(DELIVERIES.c.webhook_id == row["webhook_id"], DELIVERIES.c.event_id == row["event_id"])
    work.execute(DELIVERIES.update().where(this, IS_WAITING).values(**values))


def release_all(work: UnitOfWork) -> None:
    """Forget every lease: who held them is gone. Only for a server that has the database to itself."""
    work.execute(WEBHOOKS.update().where(WEBHOOKS.c.leased_until > 0).values(leased_until=0))


_KEY: Final = (DELIVERIES.c.webhook_id, DELIVERIES.c.event_id)
_OLD: Final = (
    sa.select(*_KEY)
    .where(DELIVERIES.c.state == sa.bindparam("settled"), DELIVERIES.c.state != constant("waiting"))
    .where(DELIVERIES.c.settled_at < sa.bindparam("before", type_=sa.BigInteger()))
    .limit(BATCH)
)
_ORPHANS: Final = (
    sa.select(*_KEY).where(~sa.exists().where(WEBHOOKS.c.id == DELIVERIES.c.webhook_id), IS_WAITING).limit(BATCH)
)


def sweep(database: Database, now: int) -> int:
    """Delete what was settled long ago, and what no webhook is there for any more, some rows at a time.

    Returns when to do it again, in milliseconds since the epoch.
    """
    for state, kept in KEPT_MS.items():
        _delete_all(database, _OLD, settled=state, before=now - kept)
    _delete_all(database, _ORPHANS)
    return now + SWEEP_EVERY_MS


def _delete_all(database: Database, chosen: sa.Select[Any], **parameters: Any) -> None:
    while True:
        with database.transaction() as work:
            keys = [tuple(row.values()) for row in work.all(chosen, **parameters)]
            if not keys:
                return
            work.execute(DELIVERIES.delete().where(sa.tuple_(*_KEY).in_(keys)))
