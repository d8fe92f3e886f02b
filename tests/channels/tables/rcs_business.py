"""Google's RCS Business Messaging: its wire, as its documentation has it."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any, Final

from botflow.channels.contract import (
    Accepted,
    Account,
    Acted,
    Attachment,
    Inbound,
    Report,
    RetryLater,
    Subscription,
    WebhookRequest,
)
from botflow.channels.testing import Payload, Said, Sent, Signature, Tables, Webhook

CONTACT: Final = "+34911234567"
AGENT: Final = "simulated_agent"
PICTURE: Final = {"url": "https://example.com/pizza.jpg"}
SMALL: Final = {"url": "https://example.com/small.jpg"}
INFO: Final = {"fileUrl": PICTURE["url"], "forceRefresh": False}
REPLY: Final = {"id": "yes", "type": "reply", "text": "Yes", "postback": "order"}
SAID_REPLY: Final = {"reply": {"text": "Yes", "postbackData": "order"}}


# ---- what leaves -------------------------------------------------------------------------------------------------


def sends(name: str, content: dict[str, Any], *messages: dict[str, Any]) -> Sent:
    return Sent(name, content, [{"contentMessage": message} for message in messages])


def acts(name: str, action: dict[str, Any], expected: dict[str, Any]) -> Sent:
    content = {"type": "text", "text": "Hello", "suggestions": [{"id": "a", "text": "Tap", **action}]}
    suggestion = {"action": {"text": "Tap", "postbackData": "Tap", **expected}}
    return sends(name, content, {"text": "Hello", "suggestions": [suggestion]})


def standalone(**body: Any) -> dict[str, Any]:
    return {"richCard": {"standaloneCard": {"cardOrientation": "VERTICAL", "cardContent": body}}}


def carousel(width: str, *cards: dict[str, Any]) -> dict[str, Any]:
    return {"richCard": {"carouselCard": {"cardWidth": width, "cardContents": list(cards)}}}


def titles(start: int, end: int) -> list[dict[str, Any]]:
    return [{"title": f"Card {number}"} for number in range(start, end)]


SENT: Final = [
    sends("text", {"type": "text", "text": "¿Pizza? 🍕"}, {"text": "¿Pizza? 🍕"}),
    sends(
        "text with a suggestion",
        {"type": "text", "text": "Pizza?", "suggestions": [REPLY]},
        {"text": "Pizza?", "suggestions": [SAID_REPLY]},
    ),
    acts("web page", {"type": "open_url", "url": "https://a.b"}, {"openUrlAction": {"url": "https://a.b"}}),
    acts("call", {"type": "dial", "phone": "34911"}, {"dialAction": {"phoneNumber": "+34911"}}),
    acts(
        "video call, which is a call here, with a page instead",
        {"type": "dial", "phone": "+34911", "call": "video", "fallback_url": "https://a.b"},
        {"dialAction": {"phoneNumber": "+34911"}, "fallbackUrl": "https://a.b"},
    ),
    acts(
        "place by coordinates",
        {"type": "show_location", "latitude": "40.4", "longitude": -3, "label": "Shop", "fallback_url": "https://a.b"},
        {
            "viewLocationAction": {"latLong": {"latitude": 40.4, "longitude": -3.0}, "label": "Shop"},
            "fallbackUrl": "https://a.b",
        },
    ),
    acts("place by a query", {"type": "show_location", "query": "pizza"}, {"viewLocationAction": {"query": "pizza"}}),
    acts("question for a place", {"type": "request_location"}, {"shareLocationAction": {}}),
    acts(
        "calendar event, its beginning in the company's time",
        {
            "type": "calendar_event",
            "start": "2027-07-01T10:00:00",
            "end": "2027-07-01T10:00:00Z",
            "title": "Party",
            "description": "Bring friends",
            "fallback_url": "https://a.b",
        },
        {
            "createCalendarEventAction": {
                "startTime": "2027-07-01T08:00:00Z",
                "endTime": "2027-07-01T10:00:00Z",
                "title": "Party",
                "description": "Bring friends",
            },
            "fallbackUrl": "https://a.b",
        },
    ),
    sends("file", {"type": "file", "media": PICTURE}, {"contentInfo": INFO}),
    sends(
        "file with a thumbnail",
        {"type": "file", "media": PICTURE, "thumbnail": SMALL},
        {"contentInfo": {**INFO, "thumbnailUrl": SMALL["url"]}},
    ),
    sends(
        "file with a caption, which is a message of its own and has the suggestions",
        {"type": "file", "media": PICTURE, "caption": "Our menu", "suggestions": [REPLY]},
        {"contentInfo": INFO},
        {"text": "Our menu", "suggestions": [SAID_REPLY]},
    ),
    sends(
        "vertical card",
        {"type": "card", "title": "Margherita", "text": "With basil", "media": PICTURE, "image_size": "tall"},
        standalone(title="Margherita", description="With basil", media={"height": "TALL", "contentInfo": INFO}),
    ),
    sends(
        "horizontal card with buttons in it and below",
        {
            "type": "card",
            "layout": "horizontal",
            "image_side": "right",
            "media": PICTURE,
            "title": "Margherita",
            "buttons": [REPLY],
            "suggestions": [REPLY | {"id": "below"}],
        },
        {
            "richCard": {
                "standaloneCard": {
                    "cardOrientation": "HORIZONTAL",
                    "thumbnailImageAlignment": "RIGHT",
                    "cardContent": {
                        "title": "Margherita",
                        "media": {"height": "MEDIUM", "contentInfo": INFO},
                        "suggestions": [SAID_REPLY],
                    },
                }
            },
            "suggestions": [SAID_REPLY],
        },
    ),
    sends(
        "horizontal card without a picture, which Google has not",
        {"type": "card", "layout": "horizontal", "text": "With basil"},
        standalone(description="With basil"),
    ),
    sends(
        "small carousel, which has no tall pictures",
        {
            "type": "carousel",
            "card_width": "small",
            "cards": [{"title": "One", "media": PICTURE, "image_size": "tall"}, {"title": "Two"}],
        },
        carousel("SMALL", {"title": "One", "media": {"height": "MEDIUM", "contentInfo": INFO}}, {"title": "Two"}),
    ),
    sends(
        "carousel of one",
        {"type": "carousel", "cards": [{"title": "One"}], "suggestions": [REPLY]},
        {**standalone(title="One"), "suggestions": [SAID_REPLY]},
    ),
    sends("carousel of ten", {"type": "carousel", "cards": titles(0, 10)}, carousel("MEDIUM", *titles(0, 10))),
    sends(
        "carousel of eleven, one more than Google takes",
        {"type": "carousel", "cards": titles(0, 11), "suggestions": [REPLY]},
        carousel("MEDIUM", *titles(0, 5)),
        {**carousel("MEDIUM", *titles(5, 11)), "suggestions": [SAID_REPLY]},
    ),
    sends(
        "carousel of twelve",
        {"type": "carousel", "cards": titles(0, 12)},
        carousel("MEDIUM", *titles(0, 6)),
        carousel("MEDIUM", *titles(6, 12)),
    ),
]


# ---- what Google answers -----------------------------------------------------------------------------------------


def refusal(status: int) -> dict[str, Any]:
    return {"error": {"code": status, "message": "Because.", "status": "SOMETHING"}}


SAID: Final = [
    Said("400", 400, refusal(400), "permanent"),
    Said("401 for a new token too", 401, refusal(401), Accepted),  # the next call has another token, and is taken
    Said("403", 403, refusal(403), "credentials"),
    Said("404: no RCS", 404, refusal(404), "not_capable"),
    Said("404 of somebody else", 404, b"<html>", "credentials"),
    Said("409: taken before", 409, refusal(409), Accepted),
    Said("413", 413, refusal(413), "permanent"),
    Said("418", 418, refusal(418), "permanent"),
    Said("302", 302, b"", "credentials"),
    Said("408", 408, refusal(408), RetryLater),
    Said("429", 429, refusal(429), RetryLater),
    Said("429, and when", 429, refusal(429), RetryLater, 7.0, {"Retry-After": "7"}),
    Said("500", 500, refusal(500), RetryLater),
    Said("503 of a proxy", 503, b"<html>", RetryLater),
    Said("200 of a proxy", 200, b"<html>", RetryLater),
]


# ---- what comes in -----------------------------------------------------------------------------------------------

AT: Final = 1_800_000_000_123
BASE: Final = {"agentId": AGENT, "sendTime": "2027-01-15T08:00:00.123456789Z"}
FROM: Final = {**BASE, "senderPhoneNumber": CONTACT}


def heard(vendor_id: str, **fields: Any) -> Inbound:
    return Inbound("sender-1", CONTACT, vendor_id, at=AT, **fields)


def tapped(**fields: Any) -> dict[str, Any]:
    return {"suggestionResponse": {"postbackData": "order", "text": "Yes", **fields}}


WEBHOOKS: Final = [
    Webhook("text", {**FROM, "messageId": "1", "text": "¿Pizza? 🍕"}, [heard("1", text="¿Pizza? 🍕")]),
    Webhook("text without an id of a message", {**FROM, "eventId": "2", "text": "Hi"}, [heard("2", text="Hi")]),
    Webhook(
        "without a time",
        {**FROM, "sendTime": None, "messageId": "3", "text": "Hi"},
        [Inbound("sender-1", CONTACT, "3", "Hi")],
    ),
    Webhook(
        "agent with its domain",
        {**FROM, "agentId": f"{AGENT}@rbm.goog", "messageId": "4", "text": "Hi"},
        [heard("4", text="Hi")],
    ),
    Webhook("reply", {**FROM, "messageId": "5", **tapped(type="REPLY")}, [heard("5", text="Yes", postback="order")]),
    Webhook(
        "suggestion of an unknown type",
        {**FROM, "messageId": "6", **tapped()},
        [heard("6", text="Yes", postback="order")],
    ),
    Webhook("action", {**FROM, "messageId": "7", **tapped(type="ACTION")}, [Acted(CONTACT, "7", "order")]),
    Webhook(
        "location",
        {**FROM, "messageId": "8", "location": {"latitude": 40.4, "longitude": -3.7}},
        [heard("8", location=(40.4, -3.7))],
    ),
    Webhook(
        "file",
        {
            **FROM,
            "messageId": "9",
            "userFile": {"payload": {"mimeType": "image/gif", "fileUri": "https://g.example/a", "fileName": "a.gif"}},
        },
        [heard("9", attachments=(Attachment("https://g.example/a", "image/gif", "a.gif"),))],
    ),
    Webhook("NUL character", {**FROM, "messageId": "10", "text": "a\0b"}, [heard("10", text="ab")]),
    Webhook(
        "delivered",
        {**FROM, "eventType": "DELIVERED", "eventId": "e", "messageId": "m"},
        [Report("m", "delivered", AT)],
    ),
    Webhook("read", {**FROM, "eventType": "READ", "eventId": "e", "messageId": "m"}, [Report("m", "seen", AT)]),
    Webhook(
        "expired",
        {**BASE, "phoneNumber": CONTACT, "eventType": "TTL_EXPIRATION_REVOKED", "eventId": "e", "messageId": "m"},
        [Report("m", "failed", AT, "expired", "It was not delivered in its time.")],
    ),
    Webhook(
        "perhaps expired",
        {**BASE, "phoneNumber": CONTACT, "eventType": "TTL_EXPIRATION_REVOKE_FAILED", "messageId": "m"},
        [],
    ),
    Webhook(
        "subscribed",
        {**FROM, "eventType": "SUBSCRIBE", "eventId": "e"},
        [Subscription(CONTACT, True, "e", "Subscribed on RCS")],
    ),
    Webhook(
        "unsubscribed",
        {**FROM, "eventType": "UNSUBSCRIBE", "eventId": "e"},
        [Subscription(CONTACT, False, "e", "Unsubscribed on RCS")],
    ),
    Webhook("typing", {**FROM, "eventType": "IS_TYPING", "eventId": "e"}, []),
    Webhook("news of the agent", {**BASE, "eventType": "AGENT_LAUNCH_EVENT", "eventId": "e"}, []),
    Webhook("nothing known", {**BASE, "eventId": "e", "somethingNew": {}}, []),
]


def envelope(data: Payload) -> dict[str, Any]:
    """The data as Pub/Sub pushes it."""
    raw = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode(errors="surrogatepass")
    return {"message": {"data": b64encode(raw).decode(), "messageId": "1"}, "subscription": "projects/rbm"}


def signed_data(account: Account[Any], request: WebhookRequest) -> bytes:
    """What Google signs: the data, decoded."""
    return b64decode(json.loads(request.body)["message"]["data"])


TABLES: Final = Tables(
    contact=CONTACT,
    sent=SENT,
    said=SAID,
    signature=Signature(
        "x-goog-signature",
        "sha512",
        "base64",
        lambda account: account.credentials.client_token.get_secret_value(),
        covers=signed_data,
    ),
    webhooks=WEBHOOKS,
    wrap=envelope,
)
