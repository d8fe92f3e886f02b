"""Putting a message into the outbox: judged by the consent gate, in its place in the conversation's order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import msgspec
import sqlalchemy as sa

from botflow.consent.gate import Message, Origin, Reason, Template, Verdict, may_send
from botflow.conversations.dialogue import OUTBOUND, Dialogue
from botflow.conversations.models import OutboundMessage
from botflow.db import json_text, new_row
from botflow.templates.approval import unsendable
from botflow_runtime.content import CHANNELS

Row: TypeAlias = Mapping[str, Any] | sa.RowMapping

NEVER_SENT: Final[Mapping[str, Any]] = {
    "failure": None,
    "attempts": 0,
    "parts": 0,
    "sequence": None,
    "leased_until": 0,
    "delivered_at": None,
    "seen_at": None,
    "revocation": None,
    "revoked_at": None,
}
"""Columns of a message that nobody has tried to send yet."""


@dataclass(frozen=True)
class Answered:
    """What a response answers (consent.md, rule 2): the id of an opt-out, help or join word, and when it came."""

    cause_id: str
    at: int


@dataclass(frozen=True)
class NewMessage:
    """A message to queue. `id` is the key of idempotency; `thread_id` and `scenario` belong to a chatbot's message.

    `confirmation`: of an opt-out that the thread's own step or keyword brought about. `answers`: it is the sender's
    own response to that. `expires_at`: when it is worth nothing any more, in milliseconds since the epoch.
    `webhook_id`: what hears of it besides those that hear of all (AP-1).
    """

    id: str
    content: Mapping[str, Any]
    origin: Origin = "chatbot"
    thread_id: str | None = None
    scenario: str = ""
    confirmation: bool = False
    answers: Answered | None = None
    expires_at: int | None = None
    webhook_id: str | None = None
    await_acceptance: bool = False
    delay_ms: int = 0


def queue(dialogue: Dialogue, message: NewMessage) -> Verdict:
    """Make the row of a message: queued, perhaps for later, or blocked with the reason. Returns which."""
    answers = _first_answer(dialogue, message)
    asked = Message(message.origin, _template(dialogue, message.content), answers.at if answers is not None else None)
    verdict = _judge(dialogue, asked, message.scenario, message.content)
    row = new_row(
        OutboundMessage,
        id=message.id,
        company_id=dialogue.place.company_id,
        conversation_id=dialogue.id,
        sender_id=dialogue.place.sender_id,
        thread_id=message.thread_id,
        origin=message.origin,
        scenario=message.scenario or None,
        content=json_text(message.content),
        confirmation=message.confirmation or message.answers is not None,
        cause_id=answers.cause_id if answers is not None else None,
        caused_at=answers.at if answers is not None else None,
        await_acceptance=message.await_acceptance,
        delay_ms=message.delay_ms,
        expires_at=message.expires_at,
        webhook_id=message.webhook_id,
        queued_at=dialogue.now,
        **_place(dialogue, verdict, message.delay_ms, message.expires_at),
    )
    placed = dialogue.work.pending.add(OUTBOUND, row)
    _queued(dialogue, placed, placed)
    if verdict.allowed and message.delay_ms:
        dialogue.work.after_commit(lambda: dialogue.announcer.typing(dialogue.room, True))
    return verdict


def queue_again(dialogue: Dialogue, row: sa.RowMapping) -> Verdict:
    """Put a message that failed at the end of the conversation's order; consent is asked anew. Returns the verdict."""
    content = msgspec.json.decode(row["content"])
    asked = Message(row["origin"], _template(dialogue, content), row["caused_at"])
    verdict = _judge(dialogue, asked, row["scenario"] or "", content)
    place = {**NEVER_SENT, **_place(dialogue, verdict, 0, row["expires_at"])}
    dialogue.work.pending.amend(OUTBOUND, row["id"], place)
    _queued(dialogue, row, place)
    return verdict


def _place(dialogue: Dialogue, verdict: Verdict, delay_ms: int, expires_at: int | None) -> dict[str, Any]:
    """Where a message stands after a verdict: its columns that say so. It waits no longer than it is worth anything."""
    blocked = not verdict.allowed and verdict.until is None
    not_before = max(dialogue.queue_end() + delay_ms, verdict.until or 0)
    return {
        "position": dialogue.next_position(),
        "status": "blocked" if blocked else "queued",
        "reason": None if verdict.allowed else verdict.reason.code,
        "error": None if verdict.allowed else verdict.reason.sentence,
        "not_before": not_before if expires_at is None else min(not_before, expires_at),
        "may_be_overtaken": verdict.until is not None,
        "settled_at": dialogue.now if blocked else None,
    }


def _queued(dialogue: Dialogue, message: Row, place: Mapping[str, Any]) -> None:
    """The conversation and the jobs have to know."""
    if place["status"] == "blocked":
        tell_status(dialogue, message, "blocked", place["error"])
    dialogue.queued[message["id"]] = place["settled_at"]
    if place["status"] == "queued" and not place["may_be_overtaken"]:
        dialogue.queue_ends = max(dialogue.queue_end(), place["not_before"])
    dialogue.work.once_committed(dialogue.wakes.outbox, dialogue.place.sender_id)


def tell_status(dialogue: Dialogue, message: Row, status: str, problem: str | None = None) -> None:
    """What became of a message, given as its row, for the webhooks that want to know and the one that it names."""
    facts = {"message": message["id"], "thread": message["thread_id"], "status": status, "problem": problem}
    dialogue.tell("message.status", facts, message["webhook_id"])


def _template(dialogue: Dialogue, content: Mapping[str, Any]) -> Template:
    return dialogue.consent().template(templates_in(dialogue.place.channel, content))


def _judge(dialogue: Dialogue, message: Message, scenario: str, content: Mapping[str, Any]) -> Verdict:
    """What consent says; what it lets go, now or later, needs a template that can be sent (MS-6)."""
    verdict = may_send(message, dialogue.consent().facts(scenario, dialogue.now, dialogue.window_state()))
    if message.template == "none" or not (verdict.allowed or verdict.until is not None):
        return verdict
    # Without a session window there is no vendor that approves anything: a sender of the examples, on web chat.
    found = unsendable(dialogue.work, dialogue.place.sender_id, content) if dialogue.window is not None else None
    return verdict if found is None else Verdict(False, Reason(0, found.code, found.sentence))


def templates_in(channel: str, content: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the vendor's templates that content needs."""
    return CHANNELS[channel].required_keys(content).templates


_ANSWER: Final = sa.select(OUTBOUND.c.id).where(OUTBOUND.c.cause_id == sa.bindparam("cause")).limit(1)


def _first_answer(dialogue: Dialogue, message: NewMessage) -> Answered | None:
    """What the message answers, if nothing has answered that before: one response each."""
    answers = message.answers
    if message.confirmation and message.thread_id is not None:
        standing = dialogue.consent().opt_out_of(message.thread_id)
        answers = Answered(standing.cause.id, standing.since) if standing is not None else None
    if answers is None or dialogue.work.first(_ANSWER, cause=answers.cause_id) is not None:
        return None
    return answers
