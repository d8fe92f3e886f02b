"""SMS over HTTP: Twilio's wire, as its documentation has it."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from botflow.channels.contract import Account, Attachment, Inbound, Report, RetryLater, Subscription, WebhookRequest
from botflow.channels.testing import FORM, WEBHOOK_URL, Said, Sent, Signature, Tables, Webhook

CONTACT: Final = "+34600000001"
NUMBER: Final = "+15550783881"
SID: Final = "SM00000000000000000000000000000001"


def sends(name: str, text: str, to: str = CONTACT) -> Sent:
    form = {"To": to, "Body": text, "From": NUMBER, "StatusCallback": f"{WEBHOOK_URL}?message=message-1"}
    return Sent(name, {"type": "text", "text": text}, [form])


def error(code: int, message: str = "No.") -> dict[str, Any]:
    return {"code": code, "message": message, "more_info": f"https://www.twilio.com/docs/errors/{code}", "status": 400}


SAID: Final = [
    Said("opted out", 400, error(21610), "opted_out"),
    Said("no number", 400, error(21211), "permanent"),
    Said("no mobile number", 400, error(21614), "permanent"),
    Said("a landline", 400, error(21635), "not_capable"),
    Said("not a number of the account", 400, error(21606), "credentials"),
    Said("wrong token", 401, error(20003), "credentials"),
    Said("no such account", 404, error(20404), "credentials"),
    Said("no words", 403, b"", "credentials"),
    Said("too many", 429, error(20429), RetryLater),
    Said("too many, with a time", 429, error(20429), RetryLater, seconds=3, headers={"Retry-After": "3"}),
    Said("queue full", 400, error(21611), RetryLater),
    Said("broken", 503, b"<html>", RetryLater),
    Said("unknown error", 400, error(29999), "permanent"),
    Said("somebody else", 200, b"<html>", "credentials"),
]


def message(**fields: str) -> bytes:
    whole = {"MessageSid": SID, "SmsStatus": "received", "From": CONTACT, "To": NUMBER, "NumMedia": "0", "Body": "Hi"}
    return urlencode({**whole, **fields}).encode()


def status(value: str, **fields: str) -> bytes:
    return urlencode({"MessageSid": SID, "MessageStatus": value, "To": CONTACT, "From": NUMBER, **fields}).encode()


def form(name: str, body: bytes, *events: Any, **query: str) -> Webhook:
    return Webhook(name, body, events, query, FORM)


MEDIA: Final = {"NumMedia": "1", "MediaUrl0": "https://api.twilio.com/m/1", "MediaContentType0": "image/png"}
WEBHOOKS: Final = [
    form("message", message(Body="¿Pizza? 🍕 & more"), Inbound("sender-1", CONTACT, SID, "¿Pizza? 🍕 & more")),
    form("no text", message(Body=""), Inbound("sender-1", CONTACT, SID, "")),
    form(
        "file",
        message(**MEDIA),
        Inbound("sender-1", CONTACT, SID, "Hi", attachments=(Attachment("https://api.twilio.com/m/1", "image/png"),)),
    ),
    form(
        "opt-out",
        message(Body="BAJA", OptOutType="STOP"),
        Inbound("sender-1", CONTACT, SID, "BAJA"),
        Subscription(CONTACT, False, SID, "the vendor took it as STOP"),
    ),
    form("queued", status("queued"), message="message-1"),
    form("sent", status("sent"), Report(SID, "sent", message="message-1"), message="message-1"),
    form("delivered", status("delivered"), Report(SID, "delivered")),
    form("read", status("read"), Report(SID, "seen")),
    form(
        "undelivered",
        status("undelivered", ErrorCode="30003"),
        Report(SID, "failed", reason="The message was not delivered (error 30003)."),
    ),
    form(
        "stopped",
        status("failed", ErrorCode="21610", ErrorMessage="Unsubscribed"),
        Report(SID, "failed", kind="opted_out", reason="Unsubscribed"),
    ),
]


def covered(account: Account[Any], request: WebhookRequest) -> bytes:
    """The address and the sorted fields."""
    pairs = sorted(set(parse_qsl(request.body.decode(), keep_blank_values=True)))
    return (request.url + "".join(name + value for name, value in pairs)).encode()


TABLES: Final = Tables(
    contact=CONTACT,
    sent=[sends("text", "¿Pizza? 5 €"), sends("emoji", "🍕" * 70), sends("long text", "x" * 1600)],
    said=SAID,
    signature=Signature(
        "x-twilio-signature",
        "sha1",
        "base64",
        lambda account: account.credentials.auth_token.get_secret_value(),
        covers=covered,
        covers_query=True,
    ),
    webhooks=WEBHOOKS,
)
