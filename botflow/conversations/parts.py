"""Messages of contacts that come in parts: kept until the message is whole, and then taken as one.

Whoever brings a part has the conversation locked, so two last parts at the same instant make one message. A message
whose parts never all came is kept with its gaps told, for people to read; no chatbot answers half a text of yesterday.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import Final

import sqlalchemy as sa

from botflow.channels.contract import Inbound, Part
from botflow.channels.parts import KEPT_HOURS, incomplete, newest, whole
from botflow.conversations.dialogue import Dialogue
from botflow.conversations.models import InboundPart
from botflow.db import UnitOfWork, table_of

PARTS: Final = table_of(InboundPart)
KEPT_MS: Final = KEPT_HOURS * 3600 * 1000
JOINED_KEPT_MS: Final = 30 * 60 * 1000
"""How long parts of a whole message are remembered: so long one that the vendor sends again is known."""
BATCH: Final = 500

_UNJOINED: Final = sa.select(PARTS).where(
    PARTS.c.sender_id == sa.bindparam("sender"), PARTS.c.address == sa.bindparam("address"), PARTS.c.joined_at.is_(None)
)
_OF_MESSAGE: Final = _UNJOINED.where(
    PARTS.c.reference == sa.bindparam("reference"), PARTS.c.total == sa.bindparam("total")
).order_by(PARTS.c.id)
_OVERDUE: Final = _UNJOINED.where(PARTS.c.received_at <= sa.bindparam("before")).order_by(
    PARTS.c.reference, PARTS.c.total, PARTS.c.id
)
_OVERDUE_PLACES: Final = (
    sa.select(PARTS.c.sender_id, PARTS.c.address)
    .distinct()
    .where(PARTS.c.received_at <= sa.bindparam("before"), PARTS.c.joined_at.is_(None))
    .limit(BATCH)
)


@dataclass(frozen=True)
class Joined:
    """A message made of parts, and whether all of them came."""

    inbound: Inbound
    is_whole: bool


def join(dialogue: Dialogue, part: Part, part_id: str) -> list[Joined]:
    """Keep a part; returns the message that it makes whole, if it does. The same part again changes nothing.

    What is left of an older message under the same reference, whose other parts can come no more, is returned before.
    """
    dialogue.work.insert_once(PARTS, _row(dialogue, part, part_id))
    named = {"reference": part.reference, "total": part.total}
    rows = dialogue.work.all(_OF_MESSAGE, sender=part.sender, address=part.address, **named)
    parts = [_part(row) for row in rows]
    message = whole(parts)
    if message is None:
        return []
    _mark(dialogue, rows)
    chosen = newest(parts)
    older = [one for one in parts if one not in chosen]
    return [*([Joined(incomplete(older), is_whole=False)] if older else []), Joined(message, is_whole=True)]


def take_overdue(dialogue: Dialogue) -> list[Joined]:
    """What there is of the conversation's messages that other parts have not come of within KEPT_HOURS."""
    place = {"sender": dialogue.place.sender_id, "address": dialogue.address}
    rows = dialogue.work.all(_OVERDUE, before=dialogue.now - KEPT_MS, **place)
    _mark(dialogue, rows)
    messages = groupby(rows, key=lambda row: (row["reference"], row["total"]))
    return [Joined(incomplete(_part(row) for row in group), is_whole=False) for _, group in messages]


def overdue_places(work: UnitOfWork, now: int) -> list[tuple[str, str]]:
    """Sender and address of conversations with parts that others have not come to within KEPT_HOURS: BATCH at most."""
    return [(row["sender_id"], row["address"]) for row in work.all(_OVERDUE_PLACES, before=now - KEPT_MS)]


def forget_joined(work: UnitOfWork, now: int) -> None:
    """Forget parts that no vendor will send again."""
    work.execute(PARTS.delete().where(PARTS.c.joined_at <= now - JOINED_KEPT_MS))


def _row(dialogue: Dialogue, part: Part, part_id: str) -> dict[str, object]:
    return InboundPart(
        id=part_id,
        company_id=dialogue.place.company_id,
        sender_id=part.sender,
        address=part.address,
        reference=part.reference,
        total=part.total,
        number=part.number,
        digest=blake2b(part.data, digest_size=16, person=part.coding.encode()[:16]).hexdigest(),
        data=part.data,
        coding=part.coding,
        vendor_id=part.vendor_id,
        at=part.at,
        received_at=dialogue.now,
    ).model_dump()


def _part(row: sa.RowMapping) -> Part:
    return Part(
        row["sender_id"],
        row["address"],
        row["reference"],
        row["number"],
        row["total"],
        bytes(row["data"]),
        row["coding"],
        row["vendor_id"],
        row["at"],
    )


def _mark(dialogue: Dialogue, rows: Sequence[sa.RowMapping]) -> None:
    if rows:
        ids = [row["id"] for row in rows]
        dialogue.work.execute(PARTS.update().where(PARTS.c.id.in_(ids)).values(joined_at=dialogue.now))
