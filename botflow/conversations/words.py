"""What a message of the contact means besides the chatbots: opt-outs, their end, and the sender's own responses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec
import sqlalchemy as sa

from botflow.consent.ledger import Cause
from botflow.consent.service import SCOPES, answered_consent, opt_out
from botflow.consent.service import heard as lift
from botflow.conversations.dialogue import OUTBOUND, Dialogue
from botflow.conversations.queueing import Answered, NewMessage, queue, templates_in
from botflow_runtime.catalog import Sender, fold
from botflow_runtime.events import Action, Decision

RESPONSES: Final[Mapping[Action, str]] = {
    "opt_out_word": "opt_out_response",
    "help": "help_response",
    "join": "join_response",
    "nothing": "auto_reply",
}
"""What a sender answers by itself (CO-3), by the decision of the router."""
MOST_RESPONSES: Final = 30
RESPONSES_MS: Final = 10 * 60_000
"""A contact who gets so many responses in a row, and nothing else, within this time is a machine (engine.md 3)."""


def heard(dialogue: Dialogue, message_id: str, content: Mapping[str, Any], decision: Decision) -> None:
    """Consent changes by a message: an opt-out word blocks, any other message lifts what blocks channel and sender.

    An answer to a consent template is Yes or No besides (CO-7). A No lifts nothing. Nor does an opt-out condition of
    the chatbot (engine.md 8): its own opt-out follows.
    """
    text = content.get("text")
    if decision.action == "opt_out_word":
        _opt_out(dialogue, message_id, text, decision.scope or "sender")
    elif decision.action != "opt_out":
        join = text is not None and fold(text) in _sender(dialogue).join_words
        cause = Cause("message", message_id, text or content.get("postback") or "")
        answer = _answer(dialogue, content)
        if answer is not None:
            answered_consent(dialogue.work, dialogue.place, answer, cause, dialogue.now)
            dialogue.consent_changed()
        if answer is not False and lift(
            dialogue.work, dialogue.place, dialogue.consent(), cause, dialogue.now, join=join
        ):
            dialogue.consent_changed()


def _answer(dialogue: Dialogue, content: Mapping[str, Any]) -> bool | None:
    """What the message answers to a consent template of the conversation, if it answers one."""
    answered = content.get("in_reply_to")
    if answered is None or not dialogue.consent().row["consent_templates"]:
        return None
    message = dialogue.work.first(_ANSWERED, message=answered, conversation=dialogue.id)
    if message is None:
        return None
    names = templates_in(dialogue.place.channel, msgspec.json.decode(message["content"]))
    if dialogue.consent().template(names) != "consent":
        return None
    return dialogue.consent().answer(content.get("postback"), content.get("text"))


_ANSWERED: Final = sa.select(OUTBOUND.c.content).where(
    OUTBOUND.c.id == sa.bindparam("message"), OUTBOUND.c.conversation_id == sa.bindparam("conversation")
)


def opted_out(dialogue: Dialogue, message_id: str, text: str | None) -> None:
    """An opt-out word of somebody whom nobody listens to."""
    word, sender = fold(text or ""), _sender(dialogue)
    if word in sender.platform_opt_out_words:
        _opt_out(dialogue, message_id, text, "platform")
    elif word in sender.opt_out_words:
        _opt_out(dialogue, message_id, text, "sender")


def respond(dialogue: Dialogue, message_id: str, text: str | None, decision: Decision, received_at: int) -> None:
    """The sender's own response, where it has one: to an opt-out, help or join word, or to what nothing fits."""
    name = RESPONSES.get(decision.action)
    content = dialogue.consent().row[name] if name is not None else None
    if content is None or _is_machine(dialogue):
        return
    answers = _answered(dialogue, message_id, decision, received_at)
    queue(dialogue, NewMessage(f"{message_id}/response", content, "auto_reply", answers=answers))


def _answered(dialogue: Dialogue, message_id: str, decision: Decision, received_at: int) -> Answered | None:
    """What the response answers: the opt-out that is in force since then, or the message itself."""
    if decision.action == "nothing":
        return None
    if decision.action != "opt_out_word":
        return Answered(message_id, received_at)
    subject = dialogue.place.subject(SCOPES[decision.scope or "sender"])
    standing = dialogue.consent().standings.get(subject)
    return Answered(standing.cause.id, standing.since) if standing is not None else None


def _opt_out(dialogue: Dialogue, message_id: str, text: str | None, word: Literal["sender", "platform"]) -> None:
    cause = Cause("message", message_id, text or "")
    dialogue.consent_changed()
    opt_out(dialogue.work, dialogue.place, SCOPES[word], cause, dialogue.now)


def _sender(dialogue: Dialogue) -> Sender:
    return dialogue.engine.catalog.sender(dialogue.place.sender_id)


_RESPONSES_IN_A_ROW: Final = sa.select(sa.func.count()).where(
    OUTBOUND.c.conversation_id == sa.bindparam("conversation"),
    OUTBOUND.c.position > sa.bindparam("position", type_=sa.Integer()),
    OUTBOUND.c.origin == "auto_reply",
    OUTBOUND.c.queued_at > sa.bindparam("since", type_=sa.BigInteger()),
)


def _is_machine(dialogue: Dialogue) -> bool:
    """Two machines are talking: the last messages to the contact were all responses, one after the other."""
    found = dialogue.work.value(
        _RESPONSES_IN_A_ROW,
        conversation=dialogue.id,
        position=dialogue.position - MOST_RESPONSES,
        since=dialogue.now - RESPONSES_MS,
    )
    return int(found) >= MOST_RESPONSES
