"""RBM's webhooks as events: checked over the bytes that were signed, then read."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha512
from hmac import compare_digest, digest
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from botflow.channels.contract import (
    Acted,
    Attachment,
    ChannelEvent,
    FailureKind,
    Inbound,
    InvalidPayloadError,
    Report,
    SignatureError,
    State,
    Subscription,
    WebhookAnswer,
    WebhookRequest,
)
from botflow.channels.rcs.payload import Event, Posted

Read = TypeVar("Read", bound=BaseModel)


def receive(sender: str, agent: str, client_token: str, request: WebhookRequest) -> WebhookAnswer:
    """Check and read a webhook. Raises SignatureError, InvalidPayloadError."""
    posted = _read(Posted, request.body)
    if posted.client_token is not None:
        return _shake_hands(client_token, posted.client_token.get_secret_value(), posted.secret)
    if posted.message is None:
        raise InvalidPayloadError("message: Field required.")
    data = _decoded(posted.message.data)
    if not is_signed(client_token, data, request.headers.get("x-goog-signature", "")):
        raise SignatureError("The signature is not of this webhook's client token.")
    event = _read(Event, data)
    if event.agent and _short(event.agent) != _short(agent):
        raise InvalidPayloadError(f"This is the webhook of the agent {agent}, not of {event.agent}.")
    return WebhookAnswer(_events(sender, event, event.message or event.event or sha512(data).hexdigest()))


def is_signed(client_token: str, data: bytes, signature: str) -> bool:
    """Whether a signature is that of the client token: base64 of HMAC-SHA512 over the decoded data."""
    expected = b64encode(digest(client_token.encode(), data, sha512))
    return bool(client_token) and compare_digest(expected, signature.encode(errors="replace"))


def _shake_hands(client_token: str, told: str, secret: str) -> WebhookAnswer:
    """Google's first call of a webhook, which is answered with its secret."""
    if not client_token or not compare_digest(told.encode(), client_token.encode()):
        raise SignatureError("The client token is not this webhook's.")
    return WebhookAnswer(body=secret)


def _read(shape: type[Read], body: bytes) -> Read:
    try:
        return shape.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"])) or "body"
        raise InvalidPayloadError(f"{place}: {first['msg']}.") from None


def _decoded(data: str) -> bytes:
    try:
        return b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidPayloadError("message.data: it is no base64.") from None


def _short(agent: str) -> str:
    """An agent's id with or without its domain."""
    return agent.removesuffix("@rbm.goog")


def _events(sender: str, event: Event, vendor_id: str) -> tuple[ChannelEvent, ...]:
    if event.kind is not None:
        read = EVENTS.get(event.kind)
        found = read(event, vendor_id) if read else None
    elif event.contact is None:
        found = None  # of the platform, not of a contact
    else:
        found = _written(sender, event.contact, vendor_id, event)
    return () if found is None else (found,)


def _written(sender: str, contact: str, vendor_id: str, event: Event) -> Inbound | Acted:
    """A message, or a tapped action; where RBM does not say that it was one, a suggestion counts as a reply."""
    tapped = event.suggestion
    if tapped is not None and tapped.type == "ACTION":
        return Acted(contact, vendor_id, tapped.postback or tapped.text or "")
    return Inbound(
        sender=sender,
        address=contact,
        vendor_id=vendor_id,
        text=tapped.text if tapped else event.text,
        postback=tapped.postback if tapped else None,
        attachments=_attachments(event),
        location=(event.location.latitude, event.location.longitude) if event.location else None,
        at=_milliseconds(event),
    )


def _attachments(event: Event) -> tuple[Attachment, ...]:
    if event.file is None:
        return ()
    file = event.file.payload
    return (Attachment(file.uri, file.media_type, file.name),)


def _milliseconds(event: Event) -> int | None:
    return None if event.at is None else int(event.at.timestamp() * 1000)


def _report(
    event: Event, vendor_id: str, state: State, kind: FailureKind = "permanent", reason: str = ""
) -> Report | None:
    return Report(event.message, state, _milliseconds(event), kind, reason) if event.message else None


def _subscription(event: Event, vendor_id: str, wanted: bool, reason: str) -> Subscription | None:
    return Subscription(event.contact, wanted, vendor_id, reason) if event.contact else None


EVENTS: Final[Mapping[str, Callable[[Event, str], ChannelEvent | None]]] = {
    "DELIVERED": partial(_report, state="delivered"),
    "READ": partial(_report, state="seen"),
    "TTL_EXPIRATION_REVOKED": partial(
        _report, state="failed", kind="expired", reason="It was not delivered in its time."
    ),
    "SUBSCRIBE": partial(_subscription, wanted=True, reason="Subscribed on RCS"),
    "UNSUBSCRIBE": partial(_subscription, wanted=False, reason="Unsubscribed on RCS"),
}
"""What is not listed changes nothing: IS_TYPING, TTL_EXPIRATION_REVOKE_FAILED, the agent's launches."""
