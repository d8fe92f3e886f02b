"""Viber's callbacks as events: checked over the raw body, then read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from hmac import compare_digest, digest
from mimetypes import guess_type
from typing import Final

from pydantic import ValidationError

from botflow.channels.contract import (
    Acted,
    Attachment,
    ChannelEvent,
    Inbound,
    InvalidPayloadError,
    Report,
    SignatureError,
    State,
    Subscription,
    WebhookAnswer,
    WebhookRequest,
)
from botflow.channels.viber.payload import Callback, Message
from botflow.channels.viber.sending import opened

MEDIA_TYPES: Final[Mapping[str, str]] = {"picture": "image/jpeg", "video": "video/mp4", "sticker": "image/png"}
"""Of media whose name does not tell."""


def receive(sender: str, auth_token: str, request: WebhookRequest) -> WebhookAnswer:
    """Check and read a webhook. Raises SignatureError, InvalidPayloadError."""
    if not is_signed(auth_token, request.body, request.headers.get("x-viber-content-signature", "")):
        raise SignatureError("The signature is not of this bot's token.")
    callback = _read(request.body)
    read = EVENTS.get(callback.event)
    token = callback.message_token
    vendor_id = sha256(request.body).hexdigest() if token is None else str(token)
    event = read(sender, callback, vendor_id) if read else None
    return WebhookAnswer(() if event is None else (event,))


def is_signed(auth_token: str, body: bytes, signature: str) -> bool:
    """Whether a signature is that of the token: hex of HMAC-SHA256 over the raw body."""
    expected = digest(auth_token.encode(), body, sha256).hex().encode()
    return bool(auth_token) and compare_digest(expected, signature.lower().encode(errors="replace"))


def _read(body: bytes) -> Callback:
    try:
        return Callback.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"])) or "body"
        raise InvalidPayloadError(f"{place}: {first['msg']}.") from None


def _message(sender: str, callback: Callback, vendor_id: str) -> Inbound | Acted:
    message, contact = callback.message, callback.sender
    if message is None or contact is None:
        raise InvalidPayloadError("A message has the fields message and sender.")
    action = opened(message.tracking_data, message.text or "")
    if action is not None:
        return Acted(contact.id, vendor_id, action)
    return Inbound(
        sender=sender,
        address=contact.id,
        vendor_id=vendor_id,
        text=_text(message),
        postback=message.text if callback.silent else None,
        attachments=_attachments(message),
        location=(message.location.lat, message.location.lon) if message.location else None,
        language=contact.language,
        name=contact.name,
        at=callback.timestamp,
    )


def _text(message: Message) -> str | None:
    """What a person would read: a link's address, name and number of somebody's contact."""
    if message.type == "url":
        return message.media or message.text
    if message.contact is not None:
        return f"{message.contact.name} {message.contact.phone_number}".strip() or None
    return message.text or None


def _attachments(message: Message) -> tuple[Attachment, ...]:
    if not message.media or message.type == "url":
        return ()
    name = message.file_name or None
    media_type = guess_type(name)[0] if name else None
    return (Attachment(message.media, media_type or MEDIA_TYPES.get(message.type, "application/octet-stream"), name),)


def _report(sender: str, callback: Callback, vendor_id: str, state: State) -> Report | None:
    if callback.message_token is None:
        return None
    reason = (callback.desc or "Viber could not deliver it.") if state == "failed" else ""
    return Report(vendor_id, state, callback.timestamp, "permanent", reason)


def _subscription(sender: str, callback: Callback, vendor_id: str, wanted: bool, reason: str) -> Subscription | None:
    address = callback.user.id if callback.user else callback.user_id
    return Subscription(address, wanted, vendor_id, reason) if address else None


EVENTS: Final[Mapping[str, Callable[[str, Callback, str], ChannelEvent | None]]] = {
    "message": _message,
    "delivered": partial(_report, state="delivered"),
    "seen": partial(_report, state="seen"),
    "failed": partial(_report, state="failed"),
    "subscribed": partial(_subscription, wanted=True, reason="Subscribed on Viber"),
    "unsubscribed": partial(_subscription, wanted=False, reason="Unsubscribed on Viber"),
}
"""What is not listed changes nothing: `webhook`, and `conversation_started`, which is no message yet."""
