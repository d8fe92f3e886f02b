"""HTTP: messages that programs send, and what became of messages (AP-1)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final, Literal

import msgspec
import sqlalchemy as sa
from pydantic import Field

from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.conversations.api.addresses import Address, address_at
from botflow.conversations.api.channels import Channel
from botflow.conversations.api.payloads import Template, content_of
from botflow.conversations.messages import (
    MESSAGE_KEY,
    MESSAGE_SORTS,
    MessageFilter,
    Sent,
    find_message,
    messages_to,
    resend,
    send,
)
from botflow.conversations.revoking import revoke
from botflow.conversations.service import Conversations
from botflow.errors import Fault, InvalidError
from botflow.permissions import MESSAGES_SEND, MESSAGES_VIEW, OPERATION_ACT, Caller, check_sender
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Id, Moment, Page, Text, View, examples
from botflow.senders.service import SenderAccounts, senders_named

SORTS: Final = Sorts(MESSAGE_KEY, MESSAGE_SORTS, "-queued_at")
CHAIN_MOST: Final = 1
"""Steps of an omnimessage that are carried out."""
LONGEST_TTL_SECONDS: Final = 30 * 24 * 3600

Status = Literal["queued", "sent", "delivered", "seen", "failed", "blocked", "withdrawn"]
Origin = Literal["chatbot", "operator", "campaign", "api", "auto_reply"]
Failure = Literal["later", "permanent", "opted_out", "not_capable", "credentials", "expired"]
Revocation = Literal["revoked", "refused"]


class Step(Body):
    """What is sent through which sender: a payload, or a template."""

    sender: Text = Field(min_length=1, description="Its id, or the number or name that its vendor knows it by.")
    channel: Channel | None = Field(
        default=None,
        description="The sender's, by name or number; chooses where several are known by one name.",
    )
    payload: dict[str, Any] | None = Field(
        default=None, description="Content of the sender's channel, as the scenario format has it in messages."
    )
    template: Template | None = None


class Recipient(Body):
    """To whom."""

    id: Id | None = Field(
        default=None, description="Your own id of it: the same request again changes nothing, and answers 200."
    )
    to: Address = Field(description="Number with country code, or what the channel knows the contact by.")
    webhook: Text | None = Field(
        default=None,
        min_length=1,
        description="Address or id of one of your webhooks: it is told the statuses of this message, and what the "
        "contact answers.",
    )
    ttl_seconds: int | None = Field(
        default=None, ge=1, le=LONGEST_TTL_SECONDS, description="After so many seconds it expires instead of arriving."
    )


class NewMessage(Step, Recipient):
    """A message to one contact."""

    model_config = {
        "json_schema_extra": examples(
            {"id": "order-81", "sender": "shop", "to": "+34600111222", "payload": {"type": "text", "text": "Hello"}}
        )
    }


class NewOmnimessage(Recipient):
    """A message to one contact over a chain of senders. At present a chain has exactly one step."""

    chain: list[Step] = Field(min_length=1, description="Exactly one step, at present.")


class MessageView(View):
    """A message to a contact."""

    id: str
    sender: str
    channel: str
    to: str
    contact: str
    conversation: str
    thread: str | None
    origin: Origin
    payload: dict[str, Any]
    status: Status = Field(description="`queued` < `sent` < `delivered` < `seen`; the others are ends.")
    reason: str | None = Field(description="Code of why consent blocked it, or lets it wait.")
    error: str | None = Field(description="In a sentence, why it was blocked, waits or failed.")
    failure: Failure | None = Field(description="Kind of failure; `later` and `credentials` can be sent again.")
    parts: int = Field(description="How many it left in.")
    attempts: int = Field(description="Tries that came to nothing.")
    queued_at: Moment
    not_before: Moment
    expires_at: Moment | None = Field(description="From then on it does not leave any more.")
    settled_at: Moment | None = Field(description="When it left, or was given up.")
    delivered_at: Moment | None
    seen_at: Moment | None
    webhook: str | None = Field(description="Id of the webhook that the message named.")
    revocation: Revocation | None = Field(description="What the vendor said when it was asked to take it back.")
    revoked_at: Moment | None = Field(description="When it said so.")

    @classmethod
    def of(cls, row: sa.RowMapping) -> MessageView:
        """A row as it is shown."""
        named = {name: row[f"{name}_id"] for name in ("sender", "contact", "conversation", "thread", "webhook")}
        payload = msgspec.json.decode(row["content"])
        return cls.model_validate({**row, **named, "to": row["address"], "payload": payload})


class OmnimessageView(View):
    """An omnimessage: the messages of its steps so far."""

    messages: list[MessageView]


class MessageQuery(PageQuery):
    """Which messages."""

    status: Status | None = None
    origin: Origin | None = None
    sender: str | None = Field(default=None, max_length=200)
    contact: str | None = Field(default=None, max_length=200, description="Id of a contact.")
    to: str | None = Field(default=None, max_length=2000, description="Address of a contact.")
    conversation: str | None = Field(default=None, max_length=200)
    reason: str | None = Field(default=None, max_length=50)
    failure: Failure | None = None
    dead_letter: bool | None = Field(default=None, description="Whether it failed and can be sent again.")
    queued_from: Moment | None = None
    queued_before: Moment | None = None

    def filter(self) -> MessageFilter:
        """The same for the service."""
        return MessageFilter(
            status=self.status,
            origin=self.origin,
            sender=self.sender,
            contact=self.contact,
            address=self.to,
            conversation=self.conversation,
            reason=self.reason,
            failure=self.failure,
            dead=self.dead_letter,
            queued=(self.queued_from, self.queued_before),
        )


def messages_api(conversations: Conversations, accounts: SenderAccounts, audit: Audit, clock: Clock) -> Routes:
    """Routes under /messages and /omnimessages."""
    routes = Routes("messages", "")
    database = conversations.database

    def carried(caller: Caller, step: Step, recipient: Recipient, request: str | None, place: str) -> Sent:
        """Send a step, which stands at `place` of the body."""
        sender, channel = _sender(conversations, caller, step, place)
        content = content_of(database, caller, channel, step.payload, step.template, place)
        to = address_at(database, accounts, sender, recipient.to)
        return send(conversations, caller, sender, to, content, request, recipient.ttl_seconds, recipient.webhook)

    def shown(caller: Caller, message_id: str) -> MessageView:
        with database.reading() as work:
            return MessageView.of(find_message(work, caller, message_id))

    @routes.post("/messages", MESSAGES_SEND, statuses=[HTTPStatus.OK, HTTPStatus.CREATED])
    def send_message(caller: Caller, body: NewMessage) -> Answer[MessageView]:
        """Send a message to a contact. `status` says whether it is queued, or blocked and by which `reason`."""
        sent = carried(caller, body, body, body.id and f"message {body.id}", "")
        return Answer(shown(caller, sent.id), _status(sent))

    @routes.post("/omnimessages", MESSAGES_SEND, statuses=[HTTPStatus.OK, HTTPStatus.CREATED])
    def send_omnimessage(caller: Caller, body: NewOmnimessage) -> Answer[OmnimessageView]:
        """Send a message to a contact over a chain of senders, at present of exactly one step."""
        if len(body.chain) > CHAIN_MOST:
            sentence = "Give one step: a chain of several senders is not carried out yet."
            raise InvalidError([Fault("/chain", sentence)])
        sent = carried(caller, body.chain[0], body, body.id and f"omnimessage {body.id}", "/chain/0")
        return Answer(OmnimessageView(messages=[shown(caller, sent.id)]), _status(sent))

    @routes.get("/messages", MESSAGES_VIEW)
    def list_messages(caller: Caller, query: MessageQuery) -> Page[MessageView]:
        """List messages to contacts, the latest first; `dead_letter=true` are those that wait for another try."""
        with database.reading() as work:
            rows, following = SORTS.page(work, messages_to(caller, query.filter()), query)
        return Page(items=list(map(MessageView.of, rows)), next=following)

    @routes.get("/messages/<message_id>", MESSAGES_VIEW)
    def show_message(caller: Caller, message_id: str) -> MessageView:
        """Show what became of a message to a contact."""
        return shown(caller, message_id)

    @routes.post("/messages/<message_id>/resend", OPERATION_ACT)
    def resend_message(caller: Caller, message_id: str) -> MessageView:
        """Queue a dead letter again, at the end of its conversation; what is queued or has left stays as it is."""
        resend(conversations, audit, caller, message_id)
        return shown(caller, message_id)

    @routes.post("/messages/<message_id>/revoke", MESSAGES_SEND)
    def revoke_message(caller: Caller, message_id: str) -> MessageView:
        """Ask the vendor to take back a message that has left and was not delivered. `revocation` is its answer."""
        revoke(database, accounts, audit, caller, message_id, clock)
        return shown(caller, message_id)

    return routes


def _status(sent: Sent) -> HTTPStatus:
    return HTTPStatus.CREATED if sent.is_new else HTTPStatus.OK


def _sender(conversations: Conversations, caller: Caller, step: Step, place: str) -> tuple[str, str]:
    """Id and channel of the sender that is meant. Raises InvalidError, NotAllowedError."""
    name = step.sender
    with conversations.database.reading() as work:
        named = senders_named(work, caller.company, name)
    found = [row for row in named if step.channel in (None, row["channel"])]
    if named and not found:
        raise InvalidError([Fault(f"{place}/channel", f"The sender {name!r} is for {named[0]['channel']}.")])
    if not found:
        raise InvalidError([Fault(f"{place}/sender", f"There is no sender {name!r}.")])
    if len(found) > 1:
        ids = ", ".join(row["id"] for row in found)
        raise InvalidError([Fault(f"{place}/sender", f"Several senders are known as {name!r}: give the id, {ids}.")])
    check_sender(caller, found[0]["id"])
    return found[0]["id"], found[0]["channel"]
