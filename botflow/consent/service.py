"""Who may be written to. The whole gate of consent.md comes with the ledger; here stands its opt-out rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from botflow.consent.models import OptOutRow
from botflow.db import UnitOfWork, table_of

OPT_OUTS: Final = table_of(OptOutRow)
WHOLE_CHANNEL: Final = ("channel", "platform")


@dataclass(frozen=True)
class Place:
    """Whom a message goes to, and through what."""

    contact_id: str
    company_id: str
    sender_id: str
    channel: str


@dataclass(frozen=True)
class Verdict:
    """Whether a message may go, and why not."""

    allowed: bool
    reason: str = ""


def may_send(work: UnitOfWork, place: Place, scenario: str, *, confirmation: bool, but_of_thread: str = "") -> Verdict:
    """The gate: asked when a message is queued, and when it leaves.

    When it leaves, `but_of_thread` is its own thread: an opt-out of the thread's own step does not stop what was queued
    before it, and what came after it was judged when it was queued (engine.md 9).
    """
    if confirmation:
        return Verdict(allowed=True)
    standing = [row for row in _standing(work, place) if not but_of_thread or row["thread_id"] != but_of_thread]
    if any(row["scope"] != "chatbot" or row["scenario"] == scenario for row in standing):
        return Verdict(allowed=False, reason="the contact has opted out")
    return Verdict(allowed=True)


def opt_out(
    work: UnitOfWork, row_id: str, place: Place, scope: str, now: int, scenario: str | None = None, thread_id: str = ""
) -> None:
    """Block what `scope` says from now on."""
    row = OptOutRow(
        id=row_id,
        company_id=place.company_id,
        contact_id=place.contact_id,
        channel=place.channel,
        scope=scope,
        sender_id=place.sender_id,
        scenario=scenario,
        thread_id=thread_id or None,
        created_at=now,
    )
    work.execute(OPT_OUTS.insert().values(row.model_dump()))


def lift(work: UnitOfWork, place: Place, now: int) -> None:
    """The contact wrote something that is no opt-out word: the blocks of channel and sender end (CO-2)."""
    standing = [row["id"] for row in _standing(work, place)]
    if standing:
        work.execute(OPT_OUTS.update().where(OPT_OUTS.c.id.in_(standing)).values(lifted_at=now))


_STANDING: Final = sa.select(OPT_OUTS).where(
    OPT_OUTS.c.contact_id == sa.bindparam("contact"),
    OPT_OUTS.c.lifted_at.is_(None),
    OPT_OUTS.c.channel == sa.bindparam("channel"),
    sa.or_(OPT_OUTS.c.scope.in_((*WHOLE_CHANNEL, "chatbot")), OPT_OUTS.c.sender_id == sa.bindparam("sender")),
)


def _standing(work: UnitOfWork, place: Place) -> list[sa.RowMapping]:
    """The opt-outs that are in force for the channel and the sender."""
    return work.all(_STANDING, contact=place.contact_id, channel=place.channel, sender=place.sender_id)
