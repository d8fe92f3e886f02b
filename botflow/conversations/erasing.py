"""Taking a conversation away, with everything that was said in it (AP-4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from botflow.conversations.carry_out import CODE_RUNS, TIMERS
from botflow.conversations.dialogue import CONVERSATIONS, INBOUND, OUTBOUND, THREADS, lock_conversation
from botflow.conversations.models import Answer, DeliveryReport, HandoverRow, VendorMessage
from botflow.conversations.parts import PARTS
from botflow.conversations.retention import files_in
from botflow.conversations.turns import TURNS
from botflow.db import UnitOfWork, one_of, table_of

_CONVERSATION: Final = sa.bindparam("conversation", type_=sa.String())
_OWN_THREADS: Final = sa.select(THREADS.c.id).where(THREADS.c.conversation_id == _CONVERSATION)
_OWN_MESSAGES: Final = sa.select(OUTBOUND.c.id).where(OUTBOUND.c.conversation_id == _CONVERSATION)
_OF_CONTACTS: Final = (
    sa.select(CONVERSATIONS.c.id)
    .where(one_of(CONVERSATIONS.c.contact_id, "contacts"))
    .order_by(CONVERSATIONS.c.id)
    .with_for_update(key_share=True)
)
_GOES_WITH_IT: Final = {
    **{
        table: table.c.conversation_id == _CONVERSATION for table in (THREADS, INBOUND, OUTBOUND, table_of(HandoverRow))
    },
    **{table: table.c.thread_id.in_(_OWN_THREADS) for table in (TURNS, TIMERS, CODE_RUNS, table_of(Answer))},
    **{table: table.c.message_id.in_(_OWN_MESSAGES) for table in (table_of(VendorMessage), table_of(DeliveryReport))},
}
"""What the database deletes with a conversation."""
_COUNTS: Final = {
    table: sa.select(sa.func.count()).select_from(table).where(own) for table, own in _GOES_WITH_IT.items()
}


def conversations_of(work: UnitOfWork, contact_id: str) -> list[str]:
    """The ids of a contact's conversations."""
    own = sa.select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.contact_id == contact_id)
    return [row["id"] for row in work.all(own.order_by(CONVERSATIONS.c.id))]


def files_received(work: UnitOfWork, conversation_id: str) -> set[str]:
    """The keys of the files that the contact has sent in a conversation."""
    return files_in(work.all(sa.select(INBOUND.c.content).where(INBOUND.c.conversation_id == conversation_id)))


def erase_conversation(work: UnitOfWork, conversation_id: str) -> Counter[str]:
    """Delete a locked conversation: live threads end with it, and nothing that is queued leaves any more.

    Returns how many rows went, by table.
    """
    counts = Counter({table.name: work.value(count, conversation=conversation_id) for table, count in _COUNTS.items()})
    gone = work.execute(CONVERSATIONS.delete().where(CONVERSATIONS.c.id == conversation_id)).rowcount
    return counts + Counter({CONVERSATIONS.name: gone})


def lock_to_erase(work: UnitOfWork, conversation_id: str) -> bool:
    """Lock a conversation as turns do. Returns whether it is still there."""
    return lock_conversation(work, conversation_id) is not None


def lock_conversations_of(work: UnitOfWork, contact_ids: Sequence[str]) -> None:
    """Lock every conversation of contacts as turns do, in the order of their ids."""
    work.all(_OF_CONTACTS, contacts=contact_ids)


def erase_parts(work: UnitOfWork, company_id: str, address: str) -> int:
    """Delete what has come of messages in parts from an address. Returns how many parts."""
    return work.execute(PARTS.delete().where(PARTS.c.company_id == company_id, PARTS.c.address == address)).rowcount
