"""Whether contacts can get messages of a sender's channel, as vendors have said (CT-1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final

import sqlalchemy as sa

from botflow.contacts.models import ContactCapability
from botflow.contacts.service import CONTACTS
from botflow.db import UnitOfWork, new_row, table_of

CAPABILITIES: Final = table_of(ContactCapability)


def known_capabilities(work: UnitOfWork, sender_id: str, contact_ids: Collection[str], since: int) -> dict[str, bool]:
    """What was said of contacts not before `since`, in milliseconds since the epoch; who is missing is not known."""
    known = sa.select(CAPABILITIES.c.contact_id, CAPABILITIES.c.capable).where(
        CAPABILITIES.c.sender_id == sender_id,
        CAPABILITIES.c.contact_id.in_(contact_ids),
        CAPABILITIES.c.checked_at >= since,
    )
    return {row["contact_id"]: row["capable"] for row in work.all(known)}


def note_capabilities(work: UnitOfWork, company_id: str, sender_id: str, capable: Mapping[str, bool], now: int) -> None:
    """Keep what a vendor has just said of contacts, by their ids, in place of what it said before.

    Of one who was deleted or erased while the vendor was asked, nothing is kept.
    """
    are_there = sa.select(CONTACTS.c.id).where(CONTACTS.c.id.in_(sorted(capable)), CONTACTS.c.erased_at.is_(None))
    # FOR KEY SHARE: nobody deletes one until its row is there, which goes with it.
    found = work.all(are_there.order_by(CONTACTS.c.id).with_for_update(read=True, key_share=True))
    there = {row["id"] for row in found}
    of_these = sa.and_(CAPABILITIES.c.sender_id == sender_id, CAPABILITIES.c.contact_id.in_(sorted(capable)))
    work.execute(CAPABILITIES.delete().where(of_these))
    rows = [
        new_row(
            ContactCapability,
            contact_id=contact_id,
            sender_id=sender_id,
            company_id=company_id,
            capable=is_capable,
            checked_at=now,
        )
        for contact_id, is_capable in sorted(capable.items())
        if contact_id in there
    ]
    work.insert_once(CAPABILITIES, rows)


def capabilities_of(work: UnitOfWork, contact_ids: Collection[str]) -> Mapping[str, list[dict[str, Any]]]:
    """What is known of contacts, for people to see: by contact, one entry for each sender."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    of_these = sa.select(CAPABILITIES).where(CAPABILITIES.c.contact_id.in_(contact_ids))
    for row in work.all(of_these.order_by(CAPABILITIES.c.sender_id)):
        found[row["contact_id"]].append(
            {"sender": row["sender_id"], "capable": row["capable"], "checked_at": row["checked_at"]}
        )
    return found


def erase_capabilities(work: UnitOfWork, contact_id: str) -> int:
    """Forget what vendors have said of a contact. Returns of how many senders."""
    return work.execute(CAPABILITIES.delete().where(CAPABILITIES.c.contact_id == contact_id)).rowcount
