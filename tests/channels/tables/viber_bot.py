"""Viber's bot API: its wire, as its documentation has it."""

from __future__ import annotations

import json
from typing import Any, Final

from botflow.channels.contract import (
    Accepted,
    Acted,
    Attachment,
    ChannelEvent,
    Inbound,
    Report,
    RetryLater,
    Subscription,
)
from botflow.channels.testing import Said, Sent, Signature, Tables, Webhook

CONTACT: Final = "01234567890A="
PICTURE: Final = {"url": "https://example.com/pizza.jpg"}
BUTTON: Final = {"id": "site", "type": "open_url", "text": "<Order> & pay", "url": "https://example.com/order?a=1&b=2"}
KEYBOARD: Final = {
    "Type": "keyboard",
    "DefaultHeight": False,
    "Buttons": [
        {
            "Columns": 6,
            "Rows": 1,
            "ActionType": "open-url",
            "ActionBody": BUTTON["url"],
            "Text": "&lt;Order&gt; &amp; pay",
            "Silent": True,
        }
    ],
}
TRACKED: Final = json.dumps({"opens": {BUTTON["url"]: "site"}})
WITH_BUTTON: Final = {"keyboard": KEYBOARD, "min_api_version": 6, "tracking_data": TRACKED}


# ---- what leaves -------------------------------------------------------------------------------------------------


def framed(part: dict[str, Any]) -> dict[str, Any]:
    return {"receiver": CONTACT, "min_api_version": 1, "sender": {"name": "Simulated"}, **part}


def sends(name: str, content: dict[str, Any], *messages: dict[str, Any]) -> Sent:
    return Sent(name, content, [framed(message) for message in messages])


SENT: Final = [
    sends("text", {"type": "text", "text": "¿Pizza? 🍕"}, {"type": "text", "text": "¿Pizza? 🍕"}),
    sends(
        "text and button",
        {"type": "text", "text": "Hungry?", "button": BUTTON},
        {"type": "text", "text": "Hungry?", **WITH_BUTTON},
    ),
    sends("picture", {"type": "file", "media": PICTURE}, {"type": "picture", "text": "", "media": PICTURE["url"]}),
    sends(
        "picture, text and button",
        {"type": "card", "text": "Hungry?", "media": PICTURE, "button": BUTTON},
        {"type": "picture", "text": "Hungry?", "media": PICTURE["url"], **WITH_BUTTON},
    ),
    sends(
        "picture, text that is too long beside one, and button",
        {"type": "card", "text": "a" * 769, "media": PICTURE, "button": BUTTON},
        {"type": "picture", "text": "", "media": PICTURE["url"]},
        {"type": "text", "text": "a" * 769, **WITH_BUTTON},
    ),
]


# ---- what Viber answers ------------------------------------------------------------------------------------------


def status(number: int) -> dict[str, Any]:
    return {"status": number, "status_message": "because"}


CREDENTIALS: Final = (1, 2, 7, 8, 9, 10, 15, 23, 24)
PERMANENT: Final = (3, 4, 14, 16, 17, 18, 19, 20, 22)
NOT_CAPABLE: Final = (5, 11, 13, 21)

SAID: Final = [
    *(Said(f"{number}", 200, status(number), "credentials") for number in CREDENTIALS),
    *(Said(f"{number}", 200, status(number), "permanent") for number in PERMANENT),
    *(Said(f"{number}", 200, status(number), "not_capable") for number in NOT_CAPABLE),
    Said("6: not subscribed", 200, status(6), "opted_out"),
    Said("12: too many requests", 200, status(12), RetryLater),
    Said("a new status", 200, status(99), RetryLater),
    Said("no status", 200, {}, RetryLater),
    Said("no token", 200, {"status": 0}, Accepted),
    Said("429, and when", 429, b"", RetryLater, 9.0, {"Retry-After": "9"}),
    Said("500", 500, b"", RetryLater),
    Said("404 of somebody else", 404, b"<html>", "credentials"),
    Said("200 of somebody else", 200, b"<html>", "credentials"),
]


# ---- what comes in -----------------------------------------------------------------------------------------------

AT: Final = 1_800_000_000_123
TOKEN: Final = 4912661846655238145
SENDER: Final = {"id": CONTACT, "name": "John McClane", "avatar": "https://a.b/c", "country": "UK", "language": "en"}


def told(event: str, **fields: Any) -> dict[str, Any]:
    return {"event": event, "timestamp": AT, "message_token": TOKEN, **fields}


def comes(name: str, message: dict[str, Any], silent: bool = False, **expected: Any) -> Webhook:
    """A message of the contact."""
    heard = Inbound("sender-1", CONTACT, str(TOKEN), language="en", name="John McClane", at=AT, **expected)
    return Webhook(name, told("message", sender=SENDER, message=message, silent=silent), [heard])


def happens(name: str, event: str, *expected: ChannelEvent, **fields: Any) -> Webhook:
    return Webhook(name, told(event, **fields), expected)


WEBHOOKS: Final = [
    comes("text", {"type": "text", "text": "¿Pizza? 🍕"}, text="¿Pizza? 🍕"),
    comes("text after a button", {"type": "text", "text": "Hi", "tracking_data": TRACKED}, text="Hi"),
    comes("tracking data of somebody else", {"type": "text", "text": "Hi", "tracking_data": "[{"}, text="Hi"),
    happens(
        "tapped link",
        "message",
        Acted(CONTACT, str(TOKEN), "site"),
        sender=SENDER,
        message={"type": "text", "text": BUTTON["url"], "tracking_data": TRACKED},
        silent=True,
    ),
    comes("tapped button", {"type": "text", "text": "order"}, silent=True, text="order", postback="order"),
    comes(
        "picture",
        {"type": "picture", "text": "Look", "media": "https://v.example/p?q=1", "file_name": "p.png"},
        text="Look",
        attachments=(Attachment("https://v.example/p?q=1", "image/png", "p.png"),),
    ),
    comes(
        "video",
        {"type": "video", "media": "https://v.example/v", "size": 10, "duration": 3},
        attachments=(Attachment("https://v.example/v", "video/mp4"),),
    ),
    comes(
        "file",
        {"type": "file", "media": "https://v.example/f", "file_name": "menu.pdf", "size": 10},
        attachments=(Attachment("https://v.example/f", "application/pdf", "menu.pdf"),),
    ),
    comes(
        "file of an unknown kind",
        {"type": "file", "media": "https://v.example/f", "file_name": "menu"},
        attachments=(Attachment("https://v.example/f", "application/octet-stream", "menu"),),
    ),
    comes("location", {"type": "location", "location": {"lat": 40.4, "lon": -3.7}}, location=(40.4, -3.7)),
    comes("contact", {"type": "contact", "contact": {"name": "Bob", "phone_number": "+34911"}}, text="Bob +34911"),
    comes("link", {"type": "url", "media": "https://a.b/c"}, text="https://a.b/c"),
    comes(
        "sticker",
        {"type": "sticker", "sticker_id": 46105, "media": "https://v.example/s"},
        attachments=(Attachment("https://v.example/s", "image/png"),),
    ),
    comes("NUL character", {"type": "text", "text": "a\0b"}, text="ab"),
    happens("delivered", "delivered", Report(str(TOKEN), "delivered", AT), user_id=CONTACT),
    happens("seen", "seen", Report(str(TOKEN), "seen", AT), user_id=CONTACT),
    happens(
        "failed",
        "failed",
        Report(str(TOKEN), "failed", AT, "permanent", "no luck"),
        user_id=CONTACT,
        desc="no luck",
    ),
    happens("subscribed", "subscribed", Subscription(CONTACT, True, str(TOKEN), "Subscribed on Viber"), user=SENDER),
    happens(
        "unsubscribed",
        "unsubscribed",
        Subscription(CONTACT, False, str(TOKEN), "Unsubscribed on Viber"),
        user_id=CONTACT,
    ),
    happens("opened chat", "conversation_started", type="open", user=SENDER, subscribed=False),
    happens("handshake", "webhook"),
]

TABLES: Final = Tables(
    contact=CONTACT,
    sent=SENT,
    said=SAID,
    signature=Signature(
        "x-viber-content-signature",
        "sha256",
        "hex",
        lambda account: account.credentials.auth_token.get_secret_value(),
    ),
    webhooks=WEBHOOKS,
)
