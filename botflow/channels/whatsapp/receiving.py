"""WhatsApp's webhooks as events: checked over the raw body, then read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest, digest
from typing import Any, Final

import structlog

from botflow.channels.contract import (
    Attachment,
    ChannelEvent,
    Inbound,
    InvalidPayloadError,
    Report,
    SignatureError,
    State,
    TemplateStatus,
    WebhookAnswer,
    WebhookRequest,
)
from botflow.channels.whatsapp.calls import WhatsAppAccount
from botflow.channels.whatsapp.errors import kind_of, reason
from botflow.channels.whatsapp.payload import (
    Button,
    Card,
    Change,
    Contact,
    Envelope,
    Failure,
    Interactive,
    Medium,
    Messages,
    Place,
    Status,
    Template,
    Words,
    understood,
    webhook,
)

SIGNATURE: Final = "x-hub-signature-256"
SCHEME: Final = "sha256="
CHALLENGE_LENGTH: Final = 200
NO_MESSAGES: Final = frozenset({"reaction", "system", "edit", "revoke", "request_welcome"})
"""What WhatsApp lists among the messages, and is none."""
STATES: Final[Mapping[str, State]] = {"sent": "sent", "delivered": "delivered", "read": "seen", "failed": "failed"}
"""Others (`deleted`, `played`, ...) change nothing."""
STATUS_OF: Final = {"REINSTATED": "approved"}
"""Events of templates that are called otherwise than the status that they bring about."""
NO_STATUS: Final = frozenset({"FLAGGED", "LOCKED", "UNLOCKED"})
"""Events of templates after which they can be sent as before."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Content:
    """What is in a message."""

    text: str | None = None
    postback: str | None = None
    attachments: tuple[Attachment, ...] = ()
    location: tuple[float, float] | None = None


def receive(account: WhatsAppAccount, request: WebhookRequest) -> WebhookAnswer:
    """Check and read a webhook. Raises SignatureError, InvalidPayloadError."""
    if request.method == "GET":
        return _handshake(account, request.query)
    secret = account.credentials.app_secret.get_secret_value()
    if not is_signed(secret, request.body, request.headers.get(SIGNATURE, "")):
        raise SignatureError("The signature is not that of the app secret over this body.")
    changes = (change for entry in webhook(request.body).entry for change in entry.changes)
    return WebhookAnswer(tuple(event for change in changes for event in _events(account, change)))


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Whether a signature is that of the secret: hex of HMAC-SHA256 over the raw body. Without a secret nothing is."""
    expected = f"{SCHEME}{digest(secret.encode(), body, sha256).hex()}" if secret else ""
    return bool(secret) and compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def _handshake(account: WhatsAppAccount, query: Mapping[str, str]) -> WebhookAnswer:
    token = account.credentials.verify_token.get_secret_value()
    if not token or not compare_digest(token.encode(), query.get("hub.verify_token", "").encode("utf-8", "replace")):
        raise SignatureError("The verify token is not the sender's.")
    challenge = query.get("hub.challenge", "")
    if query.get("hub.mode") != "subscribe" or not 0 < len(challenge) <= CHALLENGE_LENGTH:
        raise InvalidPayloadError("A verification has hub.mode=subscribe and a hub.challenge.")
    return WebhookAnswer(body=challenge)


def _events(account: WhatsAppAccount, change: Change) -> Iterator[ChannelEvent]:
    read = FIELDS.get(change.field)
    if read is not None:
        yield from read(account, change.value)


def _messages(account: WhatsAppAccount, value: Mapping[str, Any]) -> Iterator[ChannelEvent]:
    """An app has one webhook for all its numbers: what is another's is left to the sender of that number."""
    found = understood(Messages, value)
    if found is None or found.metadata.phone_number_id != account.identity:
        return
    contacts = [contact for each in found.contacts if (contact := understood(Contact, each))]
    for each in found.messages:
        message = understood(Envelope, each)
        if message is not None and message.type not in NO_MESSAGES:
            yield from _message(account.sender, message, each, contacts)
    for each in found.statuses:
        status = understood(Status, each)
        if status is not None and status.status in STATES:
            yield _report(account, status)
    for each in found.errors:
        failure = understood(Failure, each) or Failure()
        _log.warning("WhatsApp reports an error", sender=account.sender, code=failure.code, title=failure.title)


def _template(account: WhatsAppAccount, value: Mapping[str, Any]) -> Iterator[ChannelEvent]:
    template = understood(Template, value)
    if template is not None and template.event not in NO_STATUS:
        told = template.rejection_info.reason if template.rejection_info else ""
        word = template.reason if template.reason and template.reason != "NONE" else ""
        yield TemplateStatus(
            template.message_template_name,
            template.message_template_language,
            STATUS_OF.get(template.event, template.event.lower()),
            told or word,
            template.message_template_id,
        )


FIELDS: Final[Mapping[str, Callable[[WhatsAppAccount, Mapping[str, Any]], Iterator[ChannelEvent]]]] = {
    "messages": _messages,
    "message_template_status_update": _template,
}
"""The fields of a webhook that are read."""


# ---- messages ----------------------------------------------------------------------------------------------------


def _message(
    sender: str, message: Envelope, fields: Mapping[str, Any], contacts: list[Contact]
) -> Iterator[ChannelEvent]:
    contact = _contact_of(message, contacts)
    address = _address(message, contact)
    if address is None:
        return
    content = _content(message.type, fields)
    yield Inbound(
        sender=sender,
        address=address,
        vendor_id=message.id,
        text=content.text,
        postback=content.postback,
        attachments=content.attachments,
        location=content.location,
        in_reply_to=message.context.id if message.context else None,
        name=(contact.profile.name or None) if contact else None,
        at=None if message.timestamp is None else message.timestamp * 1000,
    )


def _contact_of(message: Envelope, contacts: list[Contact]) -> Contact | None:
    ids = {message.phone, message.from_user_id} - {None}
    named = next((contact for contact in contacts if {contact.wa_id, contact.user_id} & ids), None)
    return named or (contacts[0] if len(contacts) == 1 and not ids else None)


def _address(message: Envelope, contact: Contact | None) -> str | None:
    """A number with its plus; the business's id for a contact who shows none."""
    number = message.phone or (contact.wa_id if contact else None)
    if number is not None:
        return f"+{number}" if number.isdecimal() else number
    return message.from_user_id or (contact.user_id if contact else None)


def _content(kind: str, fields: Mapping[str, Any]) -> Content:
    """What is in a message; nothing where it is of a kind, or a form, that is not known."""
    read = CONTENTS.get(kind)
    return (read(fields.get(kind)) if read else None) or Content()


def _text(value: object) -> Content | None:
    found = understood(Words, value)
    return Content(text=found.body or None) if found else None


def _button(value: object) -> Content | None:
    found = understood(Button, value)
    return Content(text=found.text, postback=found.payload) if found else None


def _interactive(value: object) -> Content | None:
    found = understood(Interactive, value)
    choice = (found.button_reply or found.list_reply) if found else None
    return Content(text=choice.title, postback=choice.id) if choice else None


def _medium(value: object) -> Content | None:
    found = understood(Medium, value)
    if found is None:
        return None
    return Content(found.caption or None, attachments=(Attachment(found.id, found.mime_type, found.filename),))


def _location(value: object) -> Content | None:
    found = understood(Place, value)
    return Content(location=(found.latitude, found.longitude)) if found else None


def _cards(value: object) -> Content | None:
    """Somebody's contact is text: name and numbers, a line each."""
    cards = [card for each in value if (card := understood(Card, each))] if isinstance(value, list) else []
    lines = [" ".join([card.name.formatted_name, *(phone.phone for phone in card.phones)]).strip() for card in cards]
    return Content(text="\n".join(line for line in lines if line) or None)


CONTENTS: Final[Mapping[str, Callable[[object], Content | None]]] = {
    "text": _text,
    "button": _button,
    "interactive": _interactive,
    "image": _medium,
    "video": _medium,
    "audio": _medium,
    "document": _medium,
    "sticker": _medium,
    "location": _location,
    "contacts": _cards,
}


# ---- reports -----------------------------------------------------------------------------------------------------


def _report(account: WhatsAppAccount, status: Status) -> Report:
    at = None if status.timestamp is None else status.timestamp * 1000
    report = Report(status.id, STATES[status.status], at, message=status.biz_opaque_callback_data)
    if status.status != "failed":
        return report
    failure = status.errors[0] if status.errors else Failure(title="WhatsApp could not deliver it")
    said = failure.error_data.details or failure.message or failure.title
    told = account.credentials.without_secrets(reason(failure.code, said))
    return Report(status.id, "failed", at, kind_of(failure.code), told, status.biz_opaque_callback_data)
