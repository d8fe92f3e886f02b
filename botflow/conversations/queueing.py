"""Putting a message into the outbox: judged by the consent gate, in its place in the conversation's order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from botflow.consent.service import Verdict, may_send
from botflow.conversations.dialogue import OUTBOUND, Dialogue
from botflow.conversations.models import OutboundMessage
from botflow.db import json_text

Origin: TypeAlias = Literal["chatbot", "operator", "campaign", "api", "auto_reply"]


@dataclass(frozen=True)
class NewMessage:
    """A message to queue. `id` is the key of idempotency; `thread_id` and `scenario` belong to a chatbot's message.

    `confirmation`: of an opt-out, a help or a join word (consent.md, rule 2).
    """

    id: str
    content: Mapping[str, Any]
    origin: Origin = "chatbot"
    thread_id: str | None = None
    scenario: str = ""
    confirmation: bool = False
    await_acceptance: bool = False
    delay_ms: int = 0


def queue(dialogue: Dialogue, message: NewMessage) -> Verdict:
    """Make the row of a message: queued, or blocked with the reason. Returns which."""
    verdict = may_send(dialogue.work, dialogue.place, message.scenario, confirmation=message.confirmation)
    row = OutboundMessage(
        id=message.id,
        company_id=dialogue.place.company_id,
        conversation_id=dialogue.id,
        sender_id=dialogue.place.sender_id,
        thread_id=message.thread_id,
        origin=message.origin,
        position=dialogue.next_position(),
        content=json_text(message.content),
        confirmation=message.confirmation,
        await_acceptance=message.await_acceptance,
        delay_ms=message.delay_ms,
        status="queued" if verdict.allowed else "blocked",
        error=verdict.reason or None,
        not_before=dialogue.queue_end() + message.delay_ms,
        queued_at=dialogue.now,
        settled_at=None if verdict.allowed else dialogue.now,
    )
    dialogue.work.execute(OUTBOUND.insert().values(row.model_dump()))
    if verdict.allowed and message.delay_ms:
        dialogue.work.after_commit(lambda: dialogue.announcer.typing(dialogue.room, True))
    dialogue.work.after_commit(lambda: dialogue.wakes.outbox(dialogue.place.sender_id))
    return verdict
