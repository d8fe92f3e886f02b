"""Putting a message into the outbox: judged by the consent gate, in its place in the conversation's order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from botflow.consent.gate import Message, Origin, Verdict, may_send
from botflow.conversations.dialogue import OUTBOUND, Dialogue
from botflow.conversations.models import OutboundMessage
from botflow.db import json_text, new_row
from botflow_runtime.content import CHANNELS


@dataclass(frozen=True)
class Answered:
    """What a response answers (consent.md, rule 2): the id of an opt-out, help or join word, and when it came."""

    cause_id: str
    at: int


@dataclass(frozen=True)
class NewMessage:
    """A message to queue. `id` is the key of idempotency; `thread_id` and `scenario` belong to a chatbot's message.

    `confirmation`: of an opt-out that the thread's own step or keyword brought about. `answers`: it is the sender's
    own response to that.
    """

    id: str
    content: Mapping[str, Any]
    origin: Origin = "chatbot"
    thread_id: str | None = None
    scenario: str = ""
    confirmation: bool = False
    answers: Answered | None = None
    await_acceptance: bool = False
    delay_ms: int = 0


def queue(dialogue: Dialogue, message: NewMessage) -> Verdict:
    """Make the row of a message: queued, perhaps for later, or blocked with the reason. Returns which."""
    answers = _first_answer(dialogue, message)
    verdict = _judge(dialogue, message, answers)
    blocked = not verdict.allowed and verdict.until is None
    row = new_row(
        OutboundMessage,
        id=message.id,
        company_id=dialogue.place.company_id,
        conversation_id=dialogue.id,
        sender_id=dialogue.place.sender_id,
        thread_id=message.thread_id,
        origin=message.origin,
        position=dialogue.next_position(),
        content=json_text(message.content),
        confirmation=message.confirmation or message.answers is not None,
        cause_id=answers.cause_id if answers is not None else None,
        caused_at=answers.at if answers is not None else None,
        await_acceptance=message.await_acceptance,
        delay_ms=message.delay_ms,
        status="blocked" if blocked else "queued",
        reason=None if verdict.allowed else verdict.reason.code,
        error=None if verdict.allowed else verdict.reason.sentence,
        not_before=max(dialogue.queue_end() + message.delay_ms, verdict.until or 0),
        may_be_overtaken=verdict.until is not None,
        queued_at=dialogue.now,
        settled_at=dialogue.now if blocked else None,
    )
    dialogue.work.pending.add(OUTBOUND, row)
    dialogue.queued[message.id] = row["settled_at"]
    if not (blocked or row["may_be_overtaken"]):
        dialogue.queue_ends = row["not_before"]
    if verdict.allowed and message.delay_ms:
        dialogue.work.after_commit(lambda: dialogue.announcer.typing(dialogue.room, True))
    dialogue.work.after_commit(lambda: dialogue.wakes.outbox(dialogue.place.sender_id))
    return verdict


def _judge(dialogue: Dialogue, message: NewMessage, answers: Answered | None) -> Verdict:
    here = dialogue.consent()
    template = here.template(templates_in(dialogue.place.channel, message.content))
    asked = Message(message.origin, template, answers.at if answers is not None else None)
    return may_send(asked, here.facts(message.scenario, dialogue.now, dialogue.window_state()))


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
