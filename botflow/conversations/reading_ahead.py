"""What turns of several conversations read, read for all of them at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from botflow.consent.facts import Known, gather
from botflow.contacts.service import persons_of
from botflow.conversations.dialogue import INBOUND, IS_LIVE, IS_QUEUED, OUTBOUND, THREADS, Dialogue
from botflow.db import UnitOfWork, constant, one_of, one_of_pairs

_LIVE: Final = sa.select(
    THREADS.c.conversation_id,
    THREADS.c.id,
    THREADS.c.state,
    THREADS.c.turns,
    THREADS.c.status,
    THREADS.c.reason,
    THREADS.c.waiting_since,
).where(one_of(THREADS.c.conversation_id, "ids"), IS_LIVE)
_QUEUE_ENDS: Final = (
    sa.select(OUTBOUND.c.conversation_id, sa.func.max(OUTBOUND.c.not_before).label("ends"))
    .where(one_of(OUTBOUND.c.conversation_id, "ids"), IS_QUEUED, ~OUTBOUND.c.may_be_overtaken)
    .group_by(OUTBOUND.c.conversation_id)
)
_HELD: Final = (
    sa.select(INBOUND.c.conversation_id)
    .where(one_of(INBOUND.c.conversation_id, "ids"), INBOUND.c.state == constant("held"))
    .distinct()
)
_KNOWN_IDS: Final = sa.select(INBOUND.c.conversation_id, INBOUND.c.vendor_id).where(
    one_of_pairs(INBOUND.c.conversation_id, INBOUND.c.vendor_id, ("ids", "vendor_ids"))
)


def known_ids(work: UnitOfWork, messages: Sequence[tuple[Dialogue, str]]) -> set[tuple[str, str]]:
    """Which of these messages, each with the vendor's id, are there already: (conversation, vendor's id)."""
    ids, vendor_ids = [dialogue.id for dialogue, _ in messages], [vendor_id for _, vendor_id in messages]
    rows = work.all(_KNOWN_IDS, ids=ids, vendor_ids=vendor_ids)
    return {(row["conversation_id"], row["vendor_id"]) for row in rows}


def read_ahead(work: UnitOfWork, dialogues: Sequence[Dialogue]) -> None:
    """Let conversations know what their turns will ask for.

    A contact of two of them is left out: what one changes of the contact, the other has to see.
    """
    seen = Counter(dialogue.place.contact_id for dialogue in dialogues)
    dialogues = [dialogue for dialogue in dialogues if seen[dialogue.place.contact_id] == 1]
    ids = [dialogue.id for dialogue in dialogues]
    live = {row["conversation_id"]: row for row in work.all(_LIVE, ids=ids)}
    ends = {row["conversation_id"]: row["ends"] for row in work.all(_QUEUE_ENDS, ids=ids)}
    held = {row["conversation_id"] for row in work.all(_HELD, ids=ids)}
    persons = persons_of(work, {dialogue.place.contact_id for dialogue in dialogues})
    consent = _consent(work, dialogues)
    for dialogue in dialogues:
        contact_id = dialogue.place.contact_id
        dialogue.knows(
            persons[contact_id],
            consent[dialogue.place.sender_id, contact_id],
            live.get(dialogue.id),
            ends.get(dialogue.id, 0),
            has_held=dialogue.id in held,
        )


def _consent(work: UnitOfWork, dialogues: Sequence[Dialogue]) -> dict[tuple[str, str], Known]:
    contacts: dict[str, set[str]] = defaultdict(set)
    for dialogue in dialogues:
        contacts[dialogue.place.sender_id].add(dialogue.place.contact_id)
    return {
        (sender_id, contact_id): known
        for sender_id, ids in contacts.items()
        for contact_id, known in gather(work, sender_id, ids).items()
    }
