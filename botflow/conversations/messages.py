"""Messages that programs send, what became of each message, and another try for dead letters (AP-1).

A dead letter is a message that failed though the same may work another time: its vendor was down for too long, or did
not let the sender in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

import sqlalchemy as sa

from botflow.audit.service import Audit
from botflow.consent.settings import written_address
from botflow.conversations.dialogue import CONVERSATIONS, OUTBOUND, Dialogue
from botflow.conversations.listing import within
from botflow.conversations.queueing import NewMessage, queue, queue_again
from botflow.conversations.reports import forget_reports
from botflow.conversations.service import Conversations
from botflow.db import UnitOfWork, any_of, constant, json_text
from botflow.errors import ConflictError, Fault, InvalidError, NotFoundError
from botflow.notices.service import webhook_named
from botflow.permissions import Caller, check_sender
from botflow.senders.service import SENDER_FACTS

DEAD_KINDS: Final = ("later", "credentials")
"""Kinds of failure after which the same message may go another time (channels.contract.FailureKind)."""
IN_HAND: Final = frozenset({"queued", "sent", "delivered", "seen"})
_NAMESPACE: Final = UUID("0c0e6a57-6c0e-4c3e-8f0b-0e3d7f6c6a21")

_FACTS: Final = (
    sa.select(OUTBOUND, CONVERSATIONS.c.address, CONVERSATIONS.c.contact_id, SENDER_FACTS.c.channel)
    .join(CONVERSATIONS, CONVERSATIONS.c.id == OUTBOUND.c.conversation_id)
    .join(SENDER_FACTS, SENDER_FACTS.c.id == OUTBOUND.c.sender_id)
)
_MESSAGE: Final = sa.select(OUTBOUND).where(OUTBOUND.c.id == sa.bindparam("message"))
_IS_DEAD: Final = sa.and_(OUTBOUND.c.status == constant("failed"), OUTBOUND.c.failure.in_(any_of(DEAD_KINDS)))

MESSAGE_KEY: Final = OUTBOUND.c.id
MESSAGE_SORTS: Final[Mapping[str, sa.ColumnElement[Any]]] = {"queued_at": OUTBOUND.c.queued_at}


@dataclass(frozen=True)
class MessageFilter:
    """Which messages; None says nothing. `queued` is a period in milliseconds, which ends before its second time."""

    status: str | None = None
    origin: str | None = None
    sender: str | None = None
    contact: str | None = None
    address: str | None = None
    conversation: str | None = None
    reason: str | None = None
    failure: str | None = None
    dead: bool | None = None
    queued: tuple[int | None, int | None] = (None, None)


def messages_to(caller: Caller, wanted: MessageFilter) -> sa.Select[Any]:
    """The messages to contacts that fit, of the senders that the caller may use."""
    return _FACTS.where(OUTBOUND.c.company_id == caller.company, *_conditions(caller, wanted))


def _conditions(caller: Caller, wanted: MessageFilter) -> Iterable[sa.ColumnElement[bool]]:
    if caller.senders is not None:
        yield OUTBOUND.c.sender_id.in_(sorted(caller.senders))
    for column, value in (
        (OUTBOUND.c.origin, wanted.origin),
        (OUTBOUND.c.sender_id, wanted.sender),
        (CONVERSATIONS.c.contact_id, wanted.contact),
        (CONVERSATIONS.c.address, wanted.address),
        (OUTBOUND.c.conversation_id, wanted.conversation),
        (OUTBOUND.c.reason, wanted.reason),
        (OUTBOUND.c.failure, wanted.failure),
    ):
        if value is not None:
            yield column == value
    if wanted.status is not None:
        yield OUTBOUND.c.status == constant(wanted.status)
    if wanted.dead is not None:
        yield _IS_DEAD if wanted.dead else ~sa.func.coalesce(_IS_DEAD, sa.false())
    yield from within(OUTBOUND.c.queued_at, wanted.queued)


def find_message(work: UnitOfWork, caller: Caller, message_id: str) -> sa.RowMapping:
    """A message to a contact. Raises NotFoundError, NotAllowedError."""
    found = work.first(_FACTS.where(OUTBOUND.c.company_id == caller.company, OUTBOUND.c.id == message_id))
    if found is None:
        raise NotFoundError(f"There is no message {message_id!r}.")
    check_sender(caller, found["sender_id"])
    return found


@dataclass(frozen=True)
class Sent:
    """A message that was asked for. `is_new`: this request made it."""

    id: str
    is_new: bool


def send(
    conversations: Conversations,
    caller: Caller,
    sender: str,
    to: str,
    content: Mapping[str, Any],
    request: str | None,
    ttl_seconds: int | None = None,
    webhook: str | None = None,
) -> Sent:
    """Queue a message, or block it where consent says so; its contact is made where the sender never met them.

    `request` is the client's own id of it: the same again changes nothing. After `ttl_seconds` the message expires.
    `webhook` names, by address or id, what hears of its statuses and of the answers besides those that hear of all.
    Raises NotFoundError, NotAllowedError, InvalidError where there is no such webhook, and ConflictError where the id
    stands for another message.
    """
    check_sender(caller, sender)
    with conversations.with_contact(caller.company, sender, written_address(to)) as dialogue:
        message_id = dialogue.ids() if request is None else str(uuid5(_NAMESPACE, f"{caller.company}\n{request}"))
        found = dialogue.work.first(_MESSAGE, message=message_id)
        if found is not None:
            _check_same(dialogue, found, content)
            return Sent(message_id, is_new=False)
        expires_at = None if ttl_seconds is None else dialogue.now + ttl_seconds * 1000
        named = None if webhook is None else _webhook(dialogue, webhook)
        queue(dialogue, NewMessage(message_id, content, origin="api", expires_at=expires_at, webhook_id=named))
        return Sent(message_id, is_new=True)


def _webhook(dialogue: Dialogue, name: str) -> str:
    """Id of the webhook that a message names. Raises InvalidError."""
    found = webhook_named(dialogue.work, dialogue.place.company_id, dialogue.place.sender_id, name)
    if found is None:
        sentence = (
            "No enabled webhook of this sender has this address or id: make one with POST /api/v1/webhooks, once."
        )
        raise InvalidError([Fault("/webhook", sentence)])
    return found


def _check_same(dialogue: Dialogue, found: sa.RowMapping, content: Mapping[str, Any]) -> None:
    if (found["conversation_id"], found["content"]) != (dialogue.id, json_text(content)):
        raise ConflictError("This id was given to another message: send each message with an id of its own.")


def resend(conversations: Conversations, audit: Audit, caller: Caller, message_id: str) -> None:
    """Let a dead letter be queued again, at the end of its conversation's order; consent is asked anew.

    A message that is queued or has left stays as it is. Raises NotFoundError, NotAllowedError, ConflictError.
    """
    with conversations.database.reading() as work:
        known = find_message(work, caller, message_id)
    with conversations.of_id(known["conversation_id"]) as dialogue:
        found = find_message(dialogue.work, caller, message_id)
        if found["status"] in IN_HAND:
            return
        if found["status"] != "failed" or found["failure"] not in DEAD_KINDS:
            raise ConflictError(f"It would fare no better: the message is {found['status']}. {found['error'] or ''}")
        forget_reports(dialogue.work, message_id)
        verdict = queue_again(dialogue, found)
        # Without the vendor's words, which may name the contact: the audit log outlives an erasure.
        old = {"status": found["status"], "failure": found["failure"]}
        new = {"status": "queued" if verdict.allowed or verdict.until else "blocked", "failure": None}
        audit.note(dialogue.work, caller, "message.resent", message_id, old, new)
