"""Viber over its bot API (MS-3, MS-4). Its own package, `viberbot`, reads and signs what is compared here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError
from viberbot import Api, BotConfiguration
from viberbot.api import messages as viber_messages

from botflow.channels.contract import (
    Accepted,
    Acted,
    Attachment,
    ChannelEvent,
    Inbound,
    InvalidPayloadError,
    Refused,
    Report,
    RetryLater,
    SessionWindow,
    SignatureError,
    Subscription,
    WebhookRequest,
)
from botflow.channels.http import VendorHttp
from botflow.channels.viber.adapter import ViberBot
from botflow.channels.viber.calls import ViberCredentials
from botflow.channels.viber.errors import STATUSES
from botflow.vendor_sim.contract import Answer
from botflow.vendor_sim.viber import ViberBot as ViberVendor
from botflow_runtime.content import CHANNELS
from tests.channels.vendors import Vendor, vendor_at
from tests.channels.web_server import Answered, Asked, WebServer, web_server

ANN = "01234567890A="
TOKEN = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9"
PICTURE = {"url": "https://example.com/pizza.jpg"}
BUTTON = {"id": "site", "type": "open_url", "text": "<Order> & pay", "url": "https://example.com/order?a=1&b=2"}
KEYBOARD = {
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
WITH_BUTTON = {
    "keyboard": KEYBOARD,
    "min_api_version": 6,
    "tracking_data": json.dumps({"opens": {BUTTON["url"]: "site"}}),
}
NOW = 1_800_000_000_123


@pytest.fixture
def viber() -> Iterator[Vendor]:
    with vendor_at(ViberVendor(clock=lambda: NOW / 1000), ViberBot(VendorHttp(["127.0.0.1"]))) as vendor:
        yield vendor


@pytest.fixture
def viberbot() -> Api:
    return Api(BotConfiguration(auth_token=TOKEN, name="Pizzeria", avatar=""))


@pytest.fixture
def files() -> Iterator[WebServer]:
    sizes = {
        "/menu.pdf": 1000,
        "/film.mp4": 26 * 1024**2,
        "/long.mp4": 26 * 1024**2 + 1,
        "/huge.pdf": 200 * 1024**2 + 1,
    }

    def tell(asked: Asked) -> Answered:
        if asked.path == "/moved.pdf":
            return Answered(302, b"", {"Location": "/menu.pdf"})
        if asked.path == "/broken.pdf":
            return Answered(503, b"")
        return Answered(200, b"", {"Content-Length": str(sizes.get(asked.path, 1))})

    with web_server(tell) as server:
        yield server


# ---- what leaves -------------------------------------------------------------------------------------------------

MESSAGES: list[tuple[str, dict[str, Any], list[dict[str, Any]]]] = [
    ("text", {"type": "text", "text": "Hello"}, [{"type": "text", "text": "Hello"}]),
    (
        "text and button",
        {"type": "text", "text": "Hungry?", "button": BUTTON},
        [{"type": "text", "text": "Hungry?", **WITH_BUTTON}],
    ),
    ("picture", {"type": "file", "media": PICTURE}, [{"type": "picture", "text": "", "media": PICTURE["url"]}]),
    (
        "picture, text and button",
        {"type": "card", "text": "Hungry?", "media": PICTURE, "button": BUTTON},
        [{"type": "picture", "text": "Hungry?", "media": PICTURE["url"], **WITH_BUTTON}],
    ),
    (
        "picture, long text and button",
        {"type": "card", "text": "a" * 769, "media": PICTURE, "button": BUTTON},
        [
            {"type": "picture", "text": "", "media": PICTURE["url"]},
            {"type": "text", "text": "a" * 769, **WITH_BUTTON},
        ],
    ),
]


def frame(viber: Vendor, part: dict[str, Any]) -> dict[str, Any]:
    return {"receiver": ANN, "min_api_version": 1, "sender": {"name": "Simulated"}, **part}


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in MESSAGES], ids=[case[0] for case in MESSAGES])
def test_content_leaves_as_viber_wants_it(
    viber: Vendor, content: dict[str, Any], expected: list[dict[str, Any]]
) -> None:
    assert CHANNELS["viber"].problems(content) == []
    sent = viber.send(content, ANN)
    assert [taken.content for taken in viber.taken] == [frame(viber, part) for part in expected]
    assert sent == Accepted(tuple(taken.vendor_id for taken in viber.taken))
    for taken in viber.taken:
        read = viber_messages.get_message(taken.content)
        assert read.validate()
        assert read.to_dict().items() <= {"thumbnail": None, **taken.content}.items()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/menu.pdf", {"type": "file", "size": 1000, "file_name": "menu.pdf"}),
        ("/film.mp4", {"type": "video", "size": 26 * 1024**2}),
        ("/long.mp4", {"type": "file", "size": 26 * 1024**2 + 1, "file_name": "long.mp4"}),
        ("/logo.svg", {"type": "file", "size": 1, "file_name": "logo.svg"}),
        ("/a/Men%C3%BA.PDF", {"type": "file", "size": 1, "file_name": "Menú.PDF"}),
        (f"/{'a' * 300}.pdf", {"type": "file", "size": 1, "file_name": f"{'a' * 252}.pdf"}),
        ("/", {"type": "file", "size": 1, "file_name": "file"}),
    ],
)
def test_a_file_leaves_with_its_size(viber: Vendor, files: WebServer, path: str, expected: dict[str, Any]) -> None:
    assert isinstance(viber.send({"type": "file", "media": {"url": files.url + path}}, ANN), Accepted)
    assert viber.taken[0].content == frame(viber, expected | {"media": files.url + path})
    assert viber_messages.get_message(viber.taken[0].content).validate()
    assert [asked.method for asked in files.asked] == ["HEAD"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/huge.pdf", Refused("Viber takes files of at most 200 MB.")),
        ("/moved.pdf", Refused("The file's server does not tell its size: it answered 302.")),
        ("/broken.pdf", RetryLater("The file's server answered 503")),
    ],
)
def test_a_file_that_cannot_leave(viber: Vendor, files: WebServer, path: str, expected: object) -> None:
    assert viber.send({"type": "file", "media": {"url": files.url + path}}, ANN) == expected
    assert viber.taken == []


def test_a_file_inside_the_network_is_not_looked_at(viber: Vendor) -> None:
    sent = viber.send({"type": "file", "media": {"url": "http://10.0.0.1/menu.pdf"}}, ANN)
    assert isinstance(sent, Refused)
    assert sent.kind == "permanent"


def test_a_svg_card_leaves_as_file_and_text(viber: Vendor, files: WebServer) -> None:
    card = {"type": "card", "text": "Hungry?", "media": {"url": f"{files.url}/logo.svg"}, "button": BUTTON}
    assert len(viber.send(card, ANN).vendor_ids) == 2
    assert [taken.content["type"] for taken in viber.taken] == ["file", "text"]


def test_the_token_and_the_avatar_go_along(viber: Vendor) -> None:
    credentials = viber.account.credentials.model_copy(update={"avatar": "https://example.com/face.png"})
    viber.account = replace(viber.account, credentials=credentials)
    assert isinstance(viber.send({"type": "text", "text": "Hello"}, ANN), Accepted)
    (asked,) = viber.server.asked
    assert (asked.path, asked.headers["x-viber-auth-token"]) == ("/send_message", TOKEN)
    assert viber.taken[0].content["sender"] == {"name": "Simulated", "avatar": "https://example.com/face.png"}


def test_nothing_larger_than_viber_takes_leaves(viber: Vendor) -> None:
    button = BUTTON | {"url": f"https://a.b/{'ñ' * 15_000}"}
    sent = viber.send({"type": "text", "text": "Hello", "button": button}, ANN)
    assert isinstance(sent, Refused)
    assert "30,000 bytes" in sent.reason
    assert viber.server.asked == []


def test_a_long_address_does_without_being_tracked(viber: Vendor) -> None:
    button = BUTTON | {"url": f"https://a.b/{'a' * 2000}" + "\\" * 36}
    assert isinstance(viber.send({"type": "text", "text": "Hello", "button": button}, ANN), Accepted)
    assert len(viber.taken[0].content.get("tracking_data", "")) <= 4000


# ---- what Viber answers ------------------------------------------------------------------------------------------


def status(number: int) -> Answer:
    return Answer(200, json.dumps({"status": number, "status_message": "because"}).encode())


@pytest.mark.parametrize("number", sorted(STATUSES))
def test_each_status_has_its_kind(viber: Vendor, number: int) -> None:
    viber.answers[:] = [status(number)]
    kind, sentence = STATUSES[number]
    reason = f"{sentence} ({number}: because)."
    expected = RetryLater(reason) if kind == "later" else Refused(reason, kind)
    assert viber.send({"type": "text", "text": "Hello"}, ANN) == expected


def test_the_kinds_that_matter_most() -> None:
    kinds = {number: kind for number, (kind, _) in STATUSES.items()}
    assert [kinds[number] for number in (2, 3, 5, 6, 12)] == [
        "credentials",
        "permanent",
        "not_capable",
        "opted_out",
        "later",
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (status(99), RetryLater("Viber could not do it (99: because).")),
        (Answer(200, b"{}"), RetryLater("Viber's answer has no status")),
        (Answer(500, b""), RetryLater("Viber answered 500.")),
        (Answer(429, b"", {"Retry-After": "9"}), RetryLater("Viber answered 429.", 9.0)),
        (Answer(404, b"<html>"), Refused("Viber answered 404: is its address right?", "credentials")),
        (Answer(200, b"<html>"), Refused("Viber answered 200: is its address right?", "credentials")),
        (Answer(200, b'{"status": 0}'), Accepted(())),
    ],
)
def test_answers_that_are_none_of_viber(viber: Vendor, answer: Answer, expected: object) -> None:
    viber.answers[:] = [answer]
    assert viber.send({"type": "text", "text": "Hello"}, ANN) == expected


@pytest.mark.parametrize(("contact", "kind"), [("nobody", "not_capable"), ("unsubscribed", "opted_out")])
def test_contacts_that_cannot_be_written_to(viber: Vendor, contact: str, kind: str) -> None:
    sent = viber.send({"type": "text", "text": "Hello"}, contact)
    assert isinstance(sent, Refused)
    assert sent.kind == kind


def test_viber_down_or_slow_is_later() -> None:
    with vendor_at(ViberVendor(), ViberBot(VendorHttp(["127.0.0.1"]))) as viber:
        pass  # nobody listens there any more
    assert isinstance(viber.send({"type": "text", "text": "Hello"}, ANN), RetryLater)
    times = iter([0.0, 19.5])
    with vendor_at(ViberVendor(), ViberBot(VendorHttp(["127.0.0.1"]), clock=lambda: next(times))) as viber:
        assert viber.send({"type": "text", "text": "Hello"}, ANN) == RetryLater("Viber was too slow")


def test_an_address_inside_the_network_is_refused() -> None:
    with vendor_at(ViberVendor(), ViberBot(VendorHttp())) as viber:
        sent = viber.send({"type": "text", "text": "Hello"}, ANN)
    assert isinstance(sent, Refused)
    assert sent.kind == "credentials"
    assert viber.server.asked == []


# ---- connecting --------------------------------------------------------------------------------------------------


def test_trying_the_connection_asks_for_the_bots_name(viber: Vendor) -> None:
    checked = viber.adapter.check(viber.account)
    assert (checked.works, checked.message) == (True, "This is the token of the bot simulated.")
    viber.answers[:] = [status(2)]
    checked = viber.adapter.check(viber.account)
    assert (checked.works, checked.message) == (False, "Viber does not know this token (2: because).")


def test_a_connected_sender_registers_its_webhook(viber: Vendor) -> None:
    viber.vendor.webhook_url = ""
    assert viber.adapter.connected(viber.account).works
    assert viber.vendor.webhook_url == "https://bots.example/webhooks/viber_bot/key"
    asked = json.loads(viber.server.asked[0].body)
    assert {"message", "delivered", "seen", "failed", "subscribed", "unsubscribed"} == set(asked["event_types"])
    viber.answers[:] = [status(1)]
    assert not viber.adapter.connected(viber.account).works


def test_without_a_public_address_there_is_no_webhook_to_register(viber: Vendor) -> None:
    viber.account = replace(viber.account, webhook_url="/webhooks/viber_bot/key")
    checked = viber.adapter.connected(viber.account)
    assert not checked.works
    assert "BOTFLOW_PUBLIC_URL" in checked.message
    assert viber.server.asked == []


def test_the_window_is_vibers_session() -> None:
    assert ViberBot.window == SessionWindow(hours=24, messages=60, in_a_row=10)


# ---- what comes in -----------------------------------------------------------------------------------------------

SENDER = {"id": ANN, "name": "John McClane", "avatar": "https://a.b/c", "country": "UK", "language": "en"}


def said(**message: Any) -> dict[str, Any]:
    return {"event": "message", "message_token": 4912661846655238145, "sender": SENDER, "message": message}


def heard(**fields: Any) -> Inbound:
    shown = {"language": "en", "name": "John McClane", "at": NOW}
    return Inbound("sender-1", ANN, "4912661846655238145", **{**shown, **fields})


def of_message(event: str, **fields: Any) -> dict[str, Any]:
    return {"event": event, "message_token": 5, "user_id": ANN, **fields}


EVENTS: list[tuple[str, dict[str, Any], list[ChannelEvent]]] = [
    ("text", said(type="text", text="a message"), [heard(text="a message")]),
    (
        "text after a button",
        said(type="text", text="Hi", tracking_data=WITH_BUTTON["tracking_data"]),
        [heard(text="Hi")],
    ),
    ("tracking data of somebody else", said(type="text", text="Hi", tracking_data="[{"), [heard(text="Hi")]),
    (
        "tapped link",
        said(type="text", text=BUTTON["url"], tracking_data=WITH_BUTTON["tracking_data"]) | {"silent": True},
        [Acted(ANN, "4912661846655238145", "site")],
    ),
    (
        "tapped button",
        said(type="text", text="order") | {"silent": True},
        [heard(text="order", postback="order")],
    ),
    (
        "picture",
        said(type="picture", text="Look", media="https://v.example/p?q=1", file_name="p.png"),
        [heard(text="Look", attachments=(Attachment("https://v.example/p?q=1", "image/png", "p.png"),))],
    ),
    (
        "video",
        said(type="video", media="https://v.example/v", size=10, duration=3),
        [heard(attachments=(Attachment("https://v.example/v", "video/mp4"),))],
    ),
    (
        "file",
        said(type="file", media="https://v.example/f", file_name="menu.pdf", size=10),
        [heard(attachments=(Attachment("https://v.example/f", "application/pdf", "menu.pdf"),))],
    ),
    (
        "file of an unknown kind",
        said(type="file", media="https://v.example/f", file_name="menu"),
        [heard(attachments=(Attachment("https://v.example/f", "application/octet-stream", "menu"),))],
    ),
    ("location", said(type="location", location={"lat": 40.4, "lon": -3.7}), [heard(location=(40.4, -3.7))]),
    (
        "contact",
        said(type="contact", contact={"name": "Bob", "phone_number": "+34911"}),
        [heard(text="Bob +34911")],
    ),
    ("link", said(type="url", media="https://a.b/c"), [heard(text="https://a.b/c")]),
    (
        "sticker",
        said(type="sticker", sticker_id=46105, media="https://v.example/s"),
        [heard(attachments=(Attachment("https://v.example/s", "image/png"),))],
    ),
    ("a NUL character", said(type="text", text="a\0b"), [heard(text="ab")]),
    ("delivered", of_message("delivered"), [Report("5", "delivered", NOW)]),
    ("seen", of_message("seen"), [Report("5", "seen", NOW)]),
    ("failed", of_message("failed", desc="no luck"), [Report("5", "failed", NOW, "permanent", "no luck")]),
    (
        "subscribed",
        {"event": "subscribed", "message_token": 5, "user": SENDER},
        [Subscription(ANN, True, "5", "Subscribed on Viber")],
    ),
    (
        "unsubscribed",
        of_message("unsubscribed"),
        [Subscription(ANN, False, "5", "Unsubscribed on Viber")],
    ),
    (
        "opened chat",
        {"event": "conversation_started", "message_token": 5, "type": "open", "user": SENDER, "subscribed": False},
        [],
    ),
    ("handshake", {"event": "webhook", "message_token": 5}, []),
]


@pytest.mark.parametrize(("callback", "expected"), [case[1:] for case in EVENTS], ids=[case[0] for case in EVENTS])
def test_each_callback_is_read_as_vibers_package_reads_it(
    viber: Vendor, viberbot: Api, callback: dict[str, Any], expected: list[ChannelEvent]
) -> None:
    hook = viber.vendor.callback(**callback)
    assert viberbot.verify_signature(hook.body, hook.headers["X-Viber-Content-Signature"])
    parsed = viberbot.parse_request(hook.body)
    answer = viber.post(hook)
    assert list(answer.events) == expected
    assert (answer.status, answer.body) == (200, "")
    for event in answer.events:
        if isinstance(event, Inbound):
            assert (event.address, event.name, event.language) == (
                parsed.sender.id,
                parsed.sender.name,
                parsed.sender.language,
            )
            assert (event.vendor_id, event.at) == (str(parsed.message_token), parsed.timestamp)
        elif isinstance(event, Report):
            assert (event.vendor_id, event.at) == (str(parsed.message_token), parsed.timestamp)


def test_an_event_that_is_new_changes_nothing(viber: Vendor) -> None:
    assert viber.post(viber.vendor.callback("client_status", message_token=5)).events == ()


@pytest.mark.parametrize("state", ["delivered", "seen", "failed"])
def test_reports_name_a_message_as_its_sending_did(viber: Vendor, state: Any) -> None:
    sent = viber.send({"type": "text", "text": "Hello"}, ANN)
    (report,) = viber.post(viber.vendor.report(viber.taken[0], state)).events
    assert isinstance(report, Report)
    assert ((report.vendor_id,), report.state) == (sent.vendor_ids, state)


def test_a_tap_on_a_button_comes_back_as_its_suggestion(viber: Vendor) -> None:
    viber.send({"type": "text", "text": "Hungry?", "button": BUTTON}, ANN)
    tracked = viber.taken[0].content["tracking_data"]
    (tapped,) = viber.post(viber.vendor.message(ANN, "in-1", BUTTON["url"], tracking_data=tracked)).events
    assert isinstance(tapped, Acted)
    assert (tapped.address, tapped.action) == (ANN, "site")


def receive(viber: Vendor, body: bytes, signature: str | None) -> list[ChannelEvent]:
    headers = {} if signature is None else {"x-viber-content-signature": signature}
    return list(viber.adapter.receive(viber.account, WebhookRequest("POST", "", {}, headers, body)).events)


BODY = json.dumps(said(type="text", text="¿Pizza? 🍕"), ensure_ascii=False, indent=1).encode()


def test_a_signature_of_vibers_package_is_accepted(viber: Vendor, viberbot: Api) -> None:
    signature = viberbot._calculate_message_signature(BODY)
    for written in (signature, signature.upper()):
        (found,) = receive(viber, BODY, written)
        assert found == heard(text="¿Pizza? 🍕", at=None)


def test_what_is_not_signed_is_refused(viber: Vendor, viberbot: Api) -> None:
    other = Api(BotConfiguration(auth_token=f"{TOKEN}a", name="Pizzeria", avatar=""))
    for signature in (
        None,
        "",
        "ñ",
        "0" * 64,
        other._calculate_message_signature(BODY),
        viberbot._calculate_message_signature(BODY + b" "),
    ):
        with pytest.raises(SignatureError):
            receive(viber, BODY, signature)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"{}",
        b'{"event": 5}',
        b'{"event": "message"}',
        b'{"event": "message", "message_token": 1, "sender": {"id": ""}, "message": {"type": "text"}}',
        b'{"event": "message", "message_token": 1, "sender": {"id": "a"}, "message": {"type": "text", "text": 5}}',
        b'{"event": "message", "message_token": 1, "sender": {"id": "\\ud800"}, "message": {"type": "text"}}',
        b'{"event": "delivered", "message_token": "x", "user_id": "a"}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_what_cannot_be_read_is_told_so(viber: Vendor, viberbot: Api, body: bytes) -> None:
    with pytest.raises(InvalidPayloadError) as raised:
        receive(viber, body, viberbot._calculate_message_signature(body))
    assert "\n" not in str(raised.value)


def test_a_file_is_fetched_without_the_token(viber: Vendor) -> None:
    with web_server(lambda asked: Answered(body=b"a picture")) as files:
        found = viber.adapter.fetch(viber.account, Attachment(f"{files.url}/p.png"))
        assert b"".join(found) == b"a picture"
    assert TOKEN not in str(files.asked[0].headers)
    for reference in ("http://10.0.0.1/p.png", "file:///etc/passwd", "http://[", ""):
        with pytest.raises(OSError, match=r"."):
            list(viber.adapter.fetch(viber.account, Attachment(reference)))


# ---- what is entered ---------------------------------------------------------------------------------------------


def test_secrets_are_not_shown(viber: Vendor) -> None:
    shown = repr(viber.account) + str(viber.account.credentials) + viber.account.credentials.model_dump_json()
    assert TOKEN not in shown


@pytest.mark.parametrize(
    "change",
    [
        {"auth_token": ""},
        {"auth_token": f"{TOKEN}\r\nX-Other: 1"},
        {"auth_token": f"{TOKEN}ñ"},
        {"sender_name": ""},
        {"sender_name": "a" * 29},
        {"avatar": "javascript:alert(1)"},
        {"unknown": "field"},
    ],
)
def test_credentials_that_cannot_be_used_are_refused_without_quoting_them(change: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as raised:
        ViberCredentials(**{"auth_token": TOKEN, "sender_name": "Pizzeria", **change})
    assert TOKEN not in str(raised.value)
