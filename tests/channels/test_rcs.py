"""RCS over Google's RCS Business Messaging (MS-2, MS-12)."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import ValidationError

from botflow.channels.contract import (
    Accepted,
    Account,
    Acted,
    Attachment,
    ChannelEvent,
    Inbound,
    InvalidPayloadError,
    Outbound,
    Refused,
    Report,
    RetryLater,
    SignatureError,
    Subscription,
    WebhookRequest,
)
from botflow.channels.http import VendorHttp, VendorResponse
from botflow.channels.rcs.adapter import RcsBusiness, part_id
from botflow.channels.rcs.calls import RcsCredentials
from botflow.channels.rcs.sending import parts
from botflow.vendor_sim.contract import Answer, Behaviour, Hook
from botflow.vendor_sim.rcs import RcsBusiness as Google
from botflow.vendor_sim.server import Simulator
from botflow_runtime.content import CHANNELS
from tests.channels.vendors import Vendor, vendor_at
from tests.channels.web_server import Answered, web_server

ANN = "+34911234567"
NO_RCS = "+34911234404"
TOKEN = "SIMULATEDCLIENTTOKEN"
PICTURE = {"url": "https://example.com/pizza.jpg"}
SMALL = {"url": "https://example.com/small.jpg"}
INFO = {"fileUrl": PICTURE["url"], "forceRefresh": False}
REPLY = {"id": "yes", "type": "reply", "text": "Yes", "postback": "order"}
SAID_REPLY = {"reply": {"text": "Yes", "postbackData": "order"}}


@pytest.fixture
def google() -> Iterator[Vendor]:
    with vendor_at(Google(), RcsBusiness(VendorHttp(["127.0.0.1"])), "Europe/Madrid") as vendor:
        yield vendor


def last_message(google: Vendor) -> Any:
    return google.taken[-1].content


# ---- what leaves -------------------------------------------------------------------------------------------------

MESSAGES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("text", {"type": "text", "text": "Hello"}, {"text": "Hello"}),
    (
        "text with a suggestion",
        {"type": "text", "text": "Pizza?", "suggestions": [REPLY]},
        {"text": "Pizza?", "suggestions": [SAID_REPLY]},
    ),
    ("file", {"type": "file", "media": PICTURE}, {"contentInfo": INFO}),
    (
        "file with a thumbnail",
        {"type": "file", "media": PICTURE, "thumbnail": SMALL},
        {"contentInfo": INFO | {"thumbnailUrl": SMALL["url"]}},
    ),
    (
        "vertical card",
        {"type": "card", "title": "Margherita", "text": "With basil", "media": PICTURE, "image_size": "tall"},
        {
            "richCard": {
                "standaloneCard": {
                    "cardOrientation": "VERTICAL",
                    "cardContent": {
                        "title": "Margherita",
                        "description": "With basil",
                        "media": {"height": "TALL", "contentInfo": INFO},
                    },
                }
            }
        },
    ),
    (
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
    (
        "horizontal card without a picture",
        {"type": "card", "layout": "horizontal", "text": "With basil"},
        {"richCard": {"standaloneCard": {"cardOrientation": "VERTICAL", "cardContent": {"description": "With basil"}}}},
    ),
    (
        "small carousel, which has no tall pictures",
        {
            "type": "carousel",
            "card_width": "small",
            "cards": [{"title": "One", "media": PICTURE, "image_size": "tall"}, {"title": "Two"}],
        },
        {
            "richCard": {
                "carouselCard": {
                    "cardWidth": "SMALL",
                    "cardContents": [
                        {"title": "One", "media": {"height": "MEDIUM", "contentInfo": INFO}},
                        {"title": "Two"},
                    ],
                }
            }
        },
    ),
    (
        "carousel of one",
        {"type": "carousel", "cards": [{"title": "One"}], "suggestions": [REPLY]},
        {
            "richCard": {"standaloneCard": {"cardOrientation": "VERTICAL", "cardContent": {"title": "One"}}},
            "suggestions": [SAID_REPLY],
        },
    ),
]


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in MESSAGES], ids=[case[0] for case in MESSAGES])
def test_content_leaves_as_google_wants_it(google: Vendor, content: dict[str, Any], expected: dict[str, Any]) -> None:
    assert CHANNELS["rcs"].problems(content) == []
    assert google.send(content, ANN) == Accepted((part_id("m1", 0),))
    assert last_message(google) == {"contentMessage": expected}


ACTIONS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "open_url", "url": "https://a.b"}, {"openUrlAction": {"url": "https://a.b"}}),
    (
        {"type": "dial", "phone": "+34911", "call": "video", "fallback_url": "https://a.b"},
        {"dialAction": {"phoneNumber": "+34911"}, "fallbackUrl": "https://a.b"},
    ),
    ({"type": "dial", "phone": "34911"}, {"dialAction": {"phoneNumber": "+34911"}}),
    (
        {"type": "show_location", "latitude": "40.4", "longitude": -3, "label": "Shop", "fallback_url": "https://a.b"},
        {
            "viewLocationAction": {"latLong": {"latitude": 40.4, "longitude": -3.0}, "label": "Shop"},
            "fallbackUrl": "https://a.b",
        },
    ),
    ({"type": "show_location", "query": "pizza"}, {"viewLocationAction": {"query": "pizza"}}),
    ({"type": "request_location"}, {"shareLocationAction": {}}),
    (
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
                "startTime": "2027-07-01T08:00:00Z",  # the company is in Madrid
                "endTime": "2027-07-01T10:00:00Z",
                "title": "Party",
                "description": "Bring friends",
            },
            "fallbackUrl": "https://a.b",
        },
    ),
]


@pytest.mark.parametrize(("action", "expected"), ACTIONS)
def test_every_action_leaves_as_google_wants_it(
    google: Vendor, action: dict[str, Any], expected: dict[str, Any]
) -> None:
    content = {"type": "text", "text": "Hello", "suggestions": [{"id": "a", "text": "Tap", **action}]}
    assert isinstance(google.send(content, ANN), Accepted)
    (suggestion,) = last_message(google)["contentMessage"]["suggestions"]
    assert suggestion == {"action": {"text": "Tap", "postbackData": "Tap"} | expected}


def test_a_file_with_a_caption_leaves_as_two_messages_and_suggestions_under_the_second(google: Vendor) -> None:
    content = {"type": "file", "media": PICTURE, "caption": "Our menu", "suggestions": [REPLY]}
    assert CHANNELS["rcs"].problems(content) == []
    sent = google.send(content, ANN)
    assert sent == Accepted((part_id("m1", 0), part_id("m1", 1)))
    assert [taken.vendor_id for taken in google.taken] == list(sent.vendor_ids)
    assert [taken.content["contentMessage"] for taken in google.taken] == [
        {"contentInfo": INFO},
        {"text": "Our menu", "suggestions": [SAID_REPLY]},
    ]


@pytest.mark.parametrize(("cards", "messages"), [(2, [2]), (10, [10]), (11, [5, 6]), (12, [6, 6])])
def test_a_carousel_longer_than_googles_leaves_as_two(google: Vendor, cards: int, messages: list[int]) -> None:
    content = {"type": "carousel", "cards": [{"title": f"Card {number}"} for number in range(cards)]}
    assert CHANNELS["rcs"].problems(content) == []
    assert len(google.send(content, ANN).vendor_ids) == len(messages)
    sent = [taken.content["contentMessage"]["richCard"]["carouselCard"]["cardContents"] for taken in google.taken]
    assert [len(part) for part in sent] == messages
    assert [card["title"] for part in sent for card in part] == [f"Card {number}" for number in range(cards)]


def test_a_message_sent_again_is_taken_once_and_named_alike(google: Vendor) -> None:
    content = {"type": "file", "media": PICTURE, "caption": "Our menu"}
    first = google.send(content, ANN)
    assert google.send(content, ANN) == first
    assert len(google.taken) == 2
    assert all(UUID(part).version == 5 for part in first.vendor_ids)
    assert google.send(content, ANN, message_id="m2") != first


def test_the_first_part_taken_before_a_failure_is_not_taken_again(google: Vendor) -> None:
    content = {"type": "file", "media": PICTURE, "caption": "Our menu"}
    google.send({"type": "text", "text": "so that there is a token"}, ANN, "m0")
    google.answers[:] = [Answer(200, b"{}"), Answer(503, b"")]
    google.taken.clear()
    assert isinstance(google.send(content, ANN), RetryLater)
    google.taken.pop()  # the vendor was down: it did not take the second
    google.vendor._taken.popitem()
    assert len(google.send(content, ANN).vendor_ids) == 2
    assert [taken.text for taken in google.taken] == ["", "Our menu"]


@pytest.mark.parametrize(("seconds", "said"), [(None, None), (90, "90s"), (0, "1s"), (10**9, "1296000s")])
def test_the_time_to_live_is_told_within_googles_limits(google: Vendor, seconds: int | None, said: str | None) -> None:
    google.send({"type": "text", "text": "Hello"}, ANN, ttl=seconds)
    assert last_message(google).get("ttl") == said


def test_every_moment_is_utc_also_a_day_without_a_time() -> None:
    event = {
        "id": "e",
        "type": "calendar_event",
        "text": "Save",
        "title": "Party",
        "start": "2027-01-31",
        "end": "2027-02-01T00:30+02:00",
    }
    (message,) = parts({"type": "text", "text": "Hello", "suggestions": [event]}, "America/New_York")
    saved = message["suggestions"][0]["action"]["createCalendarEventAction"]
    assert (saved["startTime"], saved["endTime"]) == ("2027-01-31T05:00:00Z", "2027-01-31T22:30:00Z")


# ---- what Google answers -----------------------------------------------------------------------------------------


def refusal(status: int, message: str = "Because.", **headers: str) -> Answer:
    return Answer(status, json.dumps({"error": {"code": status, "message": message}}).encode(), headers)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusal(400), Refused("Google does not take the message: Because.", "permanent")),
        (refusal(403), Refused("The service account may not send for this agent: Because.", "credentials")),
        (refusal(404), Refused("This number cannot get RCS messages of this agent: Because.", "not_capable")),
        (refusal(409), Accepted((part_id("m1", 0),))),
        (refusal(413), Refused("The message is too large for Google: Because.", "permanent")),
        (refusal(429, **{"Retry-After": "7"}), RetryLater("Google answered 429: Because.", 7.0)),
        (refusal(500), RetryLater("Google answered 500: Because.")),
        (Answer(503, b"<html>"), RetryLater("Google answered 503")),
        (refusal(418), Refused("Google answered 418: Because.", "permanent")),
        (
            Answer(404, b"<html>"),
            Refused("Google answered 404 without saying why. Is its address right?", "credentials"),
        ),
        (Answer(302, b""), Refused("Google answered 302 without saying why. Is its address right?", "credentials")),
        (Answer(200, b"<html>"), RetryLater("Google answered 200")),
    ],
)
def test_each_refusal_has_its_kind(google: Vendor, answer: Answer, expected: object) -> None:
    google.adapter.check(google.account)  # so that there is a token
    google.answers[:] = [answer]
    assert google.send({"type": "text", "text": "Hello"}, ANN) == expected


def test_a_number_without_rcs_is_not_capable(google: Vendor) -> None:
    sent = google.send({"type": "text", "text": "Hello"}, NO_RCS)
    assert isinstance(sent, Refused)
    assert sent.kind == "not_capable"


def test_a_token_that_google_took_back_is_renewed_at_once(google: Vendor) -> None:
    google.send({"type": "text", "text": "Hello"}, ANN, "m0")
    google.vendor.forget_tokens()
    assert isinstance(google.send({"type": "text", "text": "Hello"}, ANN), Accepted)
    assert [asked.path for asked in google.server.asked].count("/token") == 2


def test_one_token_serves_many_messages(google: Vendor) -> None:
    for number in range(5):
        google.send({"type": "text", "text": "Hello"}, ANN, f"m{number}")
    assert [asked.path for asked in google.server.asked].count("/token") == 1


def test_another_key_waits_for_somebody_to_mend_it(google: Vendor) -> None:
    google.vendor.assertion_address = "https://elsewhere.example/token"
    sent = google.send({"type": "text", "text": "Hello"}, ANN)
    assert isinstance(sent, Refused)
    assert sent.kind == "credentials"
    assert not google.adapter.check(google.account).works


def test_the_assertion_is_what_another_implementation_reads(google: Vendor) -> None:
    google.adapter.check(google.account)
    form = parse_qs(google.server.asked[0].body.decode())
    key = json.loads(google.account.credentials.service_account.get_secret_value())
    private = load_pem_private_key(key["private_key"].encode(), None)
    assert isinstance(private, RSAPrivateKey)
    claims = jwt.decode(form["assertion"][0], private.public_key(), ["RS256"], audience=key["token_uri"])
    assert claims["scope"] == "https://www.googleapis.com/auth/rcsbusinessmessaging"
    assert claims["iss"] == key["client_email"]


def test_google_down_or_slow_is_later() -> None:
    with vendor_at(Google(), RcsBusiness(VendorHttp(["127.0.0.1"]))) as google:
        pass  # nobody listens there any more
    assert isinstance(google.send({"type": "text", "text": "Hello"}, ANN), RetryLater)
    times = iter([0.0, 19.5])
    with vendor_at(Google(), RcsBusiness(VendorHttp(["127.0.0.1"]), clock=lambda: next(times))) as google:
        assert google.send({"type": "text", "text": "Hello"}, ANN) == RetryLater("Google was too slow")


def test_an_address_inside_the_network_is_refused() -> None:
    with vendor_at(Google(), RcsBusiness(VendorHttp())) as google:
        sent = google.send({"type": "text", "text": "Hello"}, ANN)
    assert isinstance(sent, Refused)
    assert sent.kind == "credentials"
    assert google.server.asked == []


# ---- who can get it, taking back, trying -------------------------------------------------------------------------


def test_capability_of_one_number_and_of_many(google: Vendor) -> None:
    assert google.adapter.capable(google.account, [ANN]) == {ANN: True}
    assert google.adapter.capable(google.account, [NO_RCS]) == {NO_RCS: False}
    assert google.adapter.capable(google.account, []) == {}
    bare = [ANN.lstrip("+"), NO_RCS.lstrip("+")]
    assert google.adapter.capable(google.account, bare) == {bare[0]: True, bare[1]: False}
    many = [f"+349112{number:05}" for number in range(10_001)]
    found = google.adapter.capable(google.account, [*many, many[0]])
    assert found == {number: not number.endswith("404") for number in many}
    assert [asked.path.partition("?")[0] for asked in google.server.asked].count("/v1/users:batchGet") == 3


@pytest.mark.parametrize("said", [{}, {"reachableUsers": None}, {"reachableUsers": [{}, 5]}, {"reachableUsers": 5}])
def test_who_is_not_named_cannot_get_it(google: Vendor, said: dict[str, Any]) -> None:
    google.adapter.check(google.account)
    google.answers[:] = [Answer(200, json.dumps(said).encode())]
    assert google.adapter.capable(google.account, [ANN, NO_RCS]) == {ANN: False, NO_RCS: False}


def test_capability_that_google_does_not_tell_is_an_error(google: Vendor) -> None:
    google.adapter.check(google.account)
    for numbers in ([ANN], [ANN, NO_RCS]):
        google.answers[:] = [refusal(400, "Numbers of several regions.")]
        with pytest.raises(OSError, match=r"Numbers of several regions\."):
            google.adapter.capable(google.account, numbers)
        google.answers[:] = [Answer(404, b"<html>")]
        with pytest.raises(OSError, match="404"):
            google.adapter.capable(google.account, numbers)


def test_a_message_is_taken_back(google: Vendor) -> None:
    sent = google.send({"type": "file", "media": PICTURE, "caption": "Our menu"}, ANN)
    assert google.adapter.revoke(google.account, ANN, sent.vendor_ids)
    assert not google.adapter.revoke(google.account, ANN, sent.vendor_ids)


def test_trying_the_connection_writes_to_nobody(google: Vendor) -> None:
    checked = google.adapter.check(google.account)
    assert (checked.works, checked.message) == (True, "Google takes the key for the agent simulated_agent.")
    assert google.taken == []
    google.answers[:] = [refusal(403, "The caller does not have permission")]
    checked = google.adapter.check(google.account)
    assert not checked.works
    assert "permission" in checked.message


# ---- what comes in -----------------------------------------------------------------------------------------------


def event(google: Vendor, **fields: Any) -> Hook:
    hook: Hook = google.vendor.event(fields)
    return hook


AT = 1_800_000_000_123
FROM = {"senderPhoneNumber": ANN}

EVENTS: list[tuple[str, dict[str, Any], list[ChannelEvent]]] = [
    ("text", FROM | {"messageId": "1", "text": "Hi"}, [Inbound("sender-1", ANN, "1", "Hi")]),
    ("text without an id of a message", FROM | {"eventId": "2", "text": "Hi"}, [Inbound("sender-1", ANN, "2", "Hi")]),
    (
        "reply",
        FROM | {"messageId": "3", "suggestionResponse": {"postbackData": "order", "text": "Yes", "type": "REPLY"}},
        [Inbound("sender-1", ANN, "3", "Yes", "order")],
    ),
    (
        "suggestion of an unknown type",
        FROM | {"messageId": "4", "suggestionResponse": {"postbackData": "order", "text": "Yes"}},
        [Inbound("sender-1", ANN, "4", "Yes", "order")],
    ),
    (
        "action",
        FROM | {"messageId": "5", "suggestionResponse": {"postbackData": "map", "text": "Map", "type": "ACTION"}},
        [Acted(ANN, "5", "map")],
    ),
    (
        "location",
        FROM | {"messageId": "6", "location": {"latitude": 40.4, "longitude": -3.7}},
        [Inbound("sender-1", ANN, "6", location=(40.4, -3.7))],
    ),
    (
        "file",
        FROM
        | {
            "messageId": "7",
            "userFile": {"payload": {"mimeType": "image/gif", "fileUri": "https://g.example/a", "fileName": "a.gif"}},
        },
        [Inbound("sender-1", ANN, "7", attachments=(Attachment("https://g.example/a", "image/gif", "a.gif"),))],
    ),
    ("delivered", FROM | {"eventType": "DELIVERED", "eventId": "e", "messageId": "m"}, [Report("m", "delivered")]),
    ("read", FROM | {"eventType": "READ", "eventId": "e", "messageId": "m"}, [Report("m", "seen")]),
    (
        "expired",
        {"phoneNumber": ANN, "eventType": "TTL_EXPIRATION_REVOKED", "eventId": "e", "messageId": "m"},
        [Report("m", "failed", None, "permanent", "It was not delivered in its time.")],
    ),
    ("perhaps expired", {"phoneNumber": ANN, "eventType": "TTL_EXPIRATION_REVOKE_FAILED", "messageId": "m"}, []),
    (
        "subscribed",
        FROM | {"eventType": "SUBSCRIBE", "eventId": "e"},
        [Subscription(ANN, True, "e", "Subscribed on RCS")],
    ),
    (
        "unsubscribed",
        FROM | {"eventType": "UNSUBSCRIBE", "eventId": "e"},
        [Subscription(ANN, False, "e", "Unsubscribed on RCS")],
    ),
    ("typing", FROM | {"eventType": "IS_TYPING", "eventId": "e"}, []),
    ("news of the agent", {"eventType": "AGENT_LAUNCH_EVENT", "eventId": "e"}, []),
    ("nothing known", {"eventId": "e", "somethingNew": {}}, []),
    ("a NUL character", FROM | {"messageId": "8", "text": "a\0b"}, [Inbound("sender-1", ANN, "8", "ab")]),
]


@pytest.mark.parametrize(("fields", "expected"), [case[1:] for case in EVENTS], ids=[case[0] for case in EVENTS])
def test_each_event_is_read(google: Vendor, fields: dict[str, Any], expected: list[ChannelEvent]) -> None:
    answer = google.post(event(google, **{"sendTime": "2027-01-15T08:00:00.123456789Z", **fields}))
    assert list(answer.events) == [
        replace(found, at=AT) if isinstance(found, Inbound | Report) else found for found in expected
    ]
    assert (answer.status, answer.body) == (200, "")


def test_an_event_without_a_time_has_none(google: Vendor) -> None:
    (found,) = google.post(event(google, sendTime=None, **FROM, messageId="1", text="Hi")).events
    assert found == Inbound("sender-1", ANN, "1", "Hi")


@pytest.mark.parametrize("state", ["delivered", "seen", "failed"])
def test_reports_name_a_message_as_its_sending_did(google: Vendor, state: Any) -> None:
    sent = google.send({"type": "text", "text": "Hello"}, ANN)
    (report,) = google.post(google.vendor.report(google.taken[0], state)).events
    assert isinstance(report, Report)
    assert ((report.vendor_id,), report.state) == (sent.vendor_ids, state)


def test_the_handshake_is_answered_with_the_secret_where_the_token_is_right(google: Vendor) -> None:
    hook = google.vendor.handshake()
    assert google.post(hook).body == "1234567890"
    for token in ("another", "", "ñ"):
        body = json.dumps({"clientToken": token, "secret": "1234567890"}, ensure_ascii=False).encode()
        with pytest.raises(SignatureError):
            google.post(replace(hook, body=body))


def openssl_signature(data: bytes, token: str = TOKEN) -> str:
    signed = subprocess.run(
        ["openssl", "dgst", "-sha512", "-hmac", token, "-binary"], input=data, capture_output=True, check=True
    )
    return base64.b64encode(signed.stdout).decode()


def pushed(data: bytes) -> bytes:
    return json.dumps({"message": {"data": base64.b64encode(data).decode()}}).encode()


DATA = json.dumps(FROM | {"messageId": "1", "text": "¿Pizza? 🍕"}, ensure_ascii=False).encode()


def receive(google: Vendor, body: bytes, **headers: str) -> list[ChannelEvent]:
    request = WebhookRequest("POST", "", {}, {name.replace("_", "-"): text for name, text in headers.items()}, body)
    return list(google.adapter.receive(google.account, request).events)


def test_a_signature_of_openssl_is_accepted(google: Vendor) -> None:
    (found,) = receive(google, pushed(DATA), x_goog_signature=openssl_signature(DATA))
    assert found == Inbound("sender-1", ANN, "1", "¿Pizza? 🍕")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x_goog_signature": ""},
        {"x_goog_signature": "ñ"},
        {"x_goog_signature": openssl_signature(DATA, "another token")},
        {"x_goog_signature": openssl_signature(DATA + b" ")},
        {"x_goog_signature": openssl_signature(pushed(DATA))},
    ],
)
def test_what_is_not_signed_is_refused(google: Vendor, headers: dict[str, str]) -> None:
    with pytest.raises(SignatureError):
        receive(google, pushed(DATA), **headers)


UNREADABLE = [
    b"",
    b"[]",
    b"{",
    b"{}",
    b'{"message": {}}',
    b'{"message": {"data": "no base64!"}}',
    b'{"message": {"data": 5}}',
    b'{"clientToken": 5, "secret": "x"}',
    b"[" * 100_000,
    b"\xff",
]


@pytest.mark.parametrize("body", UNREADABLE)
def test_what_cannot_be_read_is_told_so(google: Vendor, body: bytes) -> None:
    with pytest.raises(InvalidPayloadError):
        receive(google, body, x_goog_signature=openssl_signature(b""))


@pytest.mark.parametrize(
    "data",
    [
        b"no json",
        b"[]",
        b'{"senderPhoneNumber": "nobody", "messageId": "1", "text": "Hi"}',
        b'{"senderPhoneNumber": "+34911", "messageId": "1", "location": {"latitude": 91}}',
        b'{"senderPhoneNumber": "+34911", "messageId": "1", "text": "\\ud800"}',
        b'{"senderPhoneNumber": "+34911", "messageId": "1", "text": "Hi", "agentId": "another_agent@rbm.goog"}',
    ],
)
def test_signed_data_that_cannot_be_read_is_told_so(google: Vendor, data: bytes) -> None:
    with pytest.raises(InvalidPayloadError) as raised:
        receive(google, pushed(data), x_goog_signature=openssl_signature(data))
    assert "\n" not in str(raised.value)


def test_an_agent_is_the_same_with_its_domain(google: Vendor) -> None:
    assert google.post(event(google, agentId="simulated_agent@rbm.goog", **FROM, messageId="1", text="Hi")).events


def test_a_file_is_fetched_without_the_key(google: Vendor) -> None:
    with web_server(lambda asked: Answered(body=b"a picture")) as files:
        found = google.adapter.fetch(google.account, Attachment(f"{files.url}/a.gif"))
        assert b"".join(found) == b"a picture"
    assert "authorization" not in files.asked[0].headers
    for reference in ("http://10.0.0.1/a.gif", "file:///etc/passwd", "http://[", ""):
        with pytest.raises(OSError, match=r"."):
            list(google.adapter.fetch(google.account, Attachment(reference)))


# ---- what is entered ---------------------------------------------------------------------------------------------


def test_secrets_are_not_shown(google: Vendor) -> None:
    shown = repr(google.account) + str(google.account.credentials) + google.account.credentials.model_dump_json()
    assert TOKEN not in shown
    assert "PRIVATE KEY" not in shown


@pytest.mark.parametrize("change", [{"client_token": ""}, {"service_account": "{}"}, {"unknown": "field"}])
def test_credentials_that_cannot_be_used_are_refused_without_quoting_them(
    google: Vendor, change: dict[str, str]
) -> None:
    with pytest.raises(ValidationError) as raised:
        RcsCredentials(**{**google.vendor.credentials("https://a.b"), **change})
    assert "PRIVATE KEY" not in str(raised.value)


# ---- over the simulator, with its faults -------------------------------------------------------------------------


class Impatient(VendorHttp):
    """Waits 0.3 s for an answer."""

    def request(self, *args: Any, **fields: Any) -> VendorResponse:
        return super().request(*args, **{**fields, "timeout": 0.3})


def test_whatever_happens_to_calls_each_message_is_taken_once() -> None:
    rcs = RcsBusiness(Impatient(["127.0.0.1"]))
    with Simulator([Google()], behaviour=Behaviour(errors=0.2, lost_answers=0.2), seed=1) as simulator:
        credentials = RcsCredentials(**simulator.credentials("rcs_business"))
        account = Account("sender-1", "simulated_agent", credentials)
        for number in range(20):
            message = Outbound(f"m{number}", "sender-1", ANN, {"type": "text", "text": str(number)})
            while not isinstance(rcs.send(account, message), Accepted):
                pass
        google = simulator["rcs_business"]
        assert google.counts["error"]
        assert google.counts["lose_answer"]
        assert [taken.text for _, taken in google.taken] == [str(number) for number in range(20)]
