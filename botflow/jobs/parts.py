"""Giving up messages whose parts do not all come, and forgetting parts that nobody asks for again."""

from __future__ import annotations

from typing import Final

from botflow.clock import Clock
from botflow.conversations.parts import forget_joined, overdue_places
from botflow.conversations.service import Conversations

EVERY_MS: Final = 60_000


def clear_parts(conversations: Conversations, clock: Clock) -> int:
    """Do both once. Returns when to look again, in milliseconds since the epoch."""
    now = clock()
    with conversations.database.reading() as work:
        places = overdue_places(work, now)
    for sender_id, address in places:
        conversations.give_up_parts(sender_id, address)
    with conversations.database.transaction() as work:
        forget_joined(work, now)
    return now + EVERY_MS
