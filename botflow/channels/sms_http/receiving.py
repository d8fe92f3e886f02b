"""The vendor's webhooks: messages of contacts, and what became of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from botflow.channels.contract import (
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
from botflow.channels.sms_http.credentials import SmsHttpAccount
from botflow.channels.sms_http.errors import kind_of
from botflow.channels.sms_http.signature import HEADER, SETTINGS_HEADER, Pairs, check, check_body

MOST_FIELDS: Final = 500
MOST_MEDIA: Final = 10
LONGEST_NAME: Final = 200
"""Characters of an id or an address."""
MESSAGE: Final = "message"
"""What of the address of reports names our message; the signature covers it."""
NO_REPLY: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
"""We answer contacts through the API, not here."""

_STATES: Final[Mapping[str, State]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "seen",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}
"""Queued, accepted, scheduled and sending tell nothing new."""


def receive(account: SmsHttpAccount, request: WebhookRequest) -> WebhookAnswer:
    """Check and read a webhook. Raises SignatureError, InvalidPayloadError."""
    fields = {_plain(name): _plain(value) for name, value in _signed_fields(account, request)}
    if "MessageStatus" in fields:
        events = _report(fields, _plain(request.query.get(MESSAGE, "")) or None)
    else:
        events = _message(account.sender, fields)
    return WebhookAnswer(events, body=NO_REPLY, content_type="text/xml; charset=utf-8")


def _signed_fields(account: SmsHttpAccount, request: WebhookRequest) -> Pairs:
    token = account.credentials.auth_token.get_secret_value()
    if not token:
        raise SignatureError("the sender has no auth token")
    if SETTINGS_HEADER in request.headers:
        raise SignatureError("webhooks are signed with a shared key: let the vendor sign them with the auth token")
    given = request.headers.get(HEADER, "")
    if request.headers.get("content-type", "").startswith("application/json"):
        check(token, request.url, given, [])
        check_body(request.url, request.body)
        return _json_fields(request.body)
    pairs = _form_fields(request.body)
    check(token, request.url, given, pairs)
    return pairs


def _form_fields(body: bytes) -> Pairs:
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="surrogateescape")
    except ValueError:
        raise SignatureError("the body is no form") from None


def _json_fields(body: bytes) -> Pairs:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise InvalidPayloadError("The body is no JSON object.")
    return [(name, str(value)) for name, value in fields.items() if isinstance(value, str | int)]


def _report(fields: Mapping[str, str], message: str | None) -> list[ChannelEvent]:
    state = _STATES.get(fields["MessageStatus"])
    if state is None:
        return []
    name = _field(fields, "MessageSid")
    if state != "failed":
        return [Report(name, state, message=message)]
    code = fields.get("ErrorCode", "")
    number = int(code) if code.isascii() and code.isdecimal() else 0
    reason = fields.get("ErrorMessage") or f"The message was not delivered (error {number})."
    return [Report(name, state, kind=kind_of(number), reason=reason, message=message)]


def _message(sender: str, fields: Mapping[str, str]) -> list[ChannelEvent]:
    address, name = _field(fields, "From"), _field(fields, "MessageSid")
    events: list[ChannelEvent] = [
        Inbound(sender, address, name, text=fields.get("Body", ""), attachments=_attachments(fields))
    ]
    choice = fields.get("OptOutType", "").upper()
    if choice in ("STOP", "START"):  # behind the message, which would lift the block again
        events.append(Subscription(address, choice == "START", name, f"the vendor took it as {choice}"))
    return events


def _attachments(fields: Mapping[str, str]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(url, fields.get(f"MediaContentType{number}", "application/octet-stream"))
        for number in range(MOST_MEDIA)
        if (url := fields.get(f"MediaUrl{number}"))
    )


def _field(fields: Mapping[str, str], name: str) -> str:
    value = fields.get(name, "")
    if not 0 < len(value) <= LONGEST_NAME:
        raise InvalidPayloadError(f"The webhook has no {name}, or one that is too long.")
    return value


def _plain(text: str) -> str:
    """Without what no database takes."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
