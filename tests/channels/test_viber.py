"""Viber over its bot API (MS-3, MS-4), beyond its tables. Its own package, `viberbot`, reads and signs to compare."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
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
    Inbound,
    Refused,
    Report,
    RetryLater,
    SessionWindow,
    Subscription,
    WebhookRequest,
)
from botflow.channels.http import VendorHttp
from botflow.channels.testing import Sent, Webhook
from botflow.channels.viber.adapter import ViberBot
from botflow.channels.viber.calls import ViberCredentials
from botflow.vendor_sim.contract import Answer
from botflow.vendor_sim.viber import ViberBot as ViberVendor
from tests.channels.tables.viber_bot import BUTTON, CONTACT, SENT, WEBHOOKS, framed
from tests.channels.vendors import Vendor, vendor_at
from tests.channels.web_server import Answered, Asked, WebServer, web_server

TOKEN = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9"
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


@pytest.mark.parametrize("sent", SENT, ids=lambda sent: sent.name)
def test_vibers_package_reads_what_leaves(viber: Vendor, sent: Sent) -> None:
    viber.send(dict(sent.content), CONTACT)
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
    assert isinstance(viber.send({"type": "file", "media": {"url": files.url + path}}, CONTACT), Accepted)
    assert viber.taken[0].content == framed({**expected, "media": files.url + path})
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
    assert viber.send({"type": "file", "media": {"url": files.url + path}}, CONTACT) == expected
    assert viber.taken == []


def test_a_file_inside_the_network_is_not_looked_at(viber: Vendor) -> None:
    sent = viber.send({"type": "file", "media": {"url": "http://10.0.0.1/menu.pdf"}}, CONTACT)
    assert isinstance(sent, Refused)
    assert sent.kind == "permanent"


def test_a_svg_card_leaves_as_file_and_text(viber: Vendor, files: WebServer) -> None:
    card = {"type": "card", "text": "Hungry?", "media": {"url": f"{files.url}/logo.svg"}, "button": BUTTON}
    assert len(viber.send(card, CONTACT).vendor_ids) == 2
    assert [taken.content["type"] for taken in viber.taken] == ["file", "text"]


def test_the_token_and_the_avatar_go_along(viber: Vendor) -> None:
    credentials = viber.account.credentials.model_copy(update={"avatar": "https://example.com/face.png"})
    viber.account = replace(viber.account, credentials=credentials)
    assert isinstance(viber.send({"type": "text", "text": "Hello"}, CONTACT), Accepted)
    (asked,) = viber.server.asked
    assert (asked.path, asked.headers["x-viber-auth-token"]) == ("/send_message", TOKEN)
    assert viber.taken[0].content["sender"] == {"name": "Simulated", "avatar": "https://example.com/face.png"}


def test_nothing_larger_than_viber_takes_leaves(viber: Vendor) -> None:
    button = BUTTON | {"url": f"https://a.b/{'ñ' * 15_000}"}
    sent = viber.send({"type": "text", "text": "Hello", "button": button}, CONTACT)
    assert isinstance(sent, Refused)
    assert "30,000 bytes" in sent.reason
    assert viber.server.asked == []


def test_a_long_address_does_without_being_tracked(viber: Vendor) -> None:
    button = BUTTON | {"url": f"https://a.b/{'a' * 2000}" + "\\" * 36}
    assert isinstance(viber.send({"type": "text", "text": "Hello", "button": button}, CONTACT), Accepted)
    assert len(viber.taken[0].content.get("tracking_data", "")) <= 4000


# ---- what Viber answers ------------------------------------------------------------------------------------------


def status(number: int) -> Answer:
    return Answer(200, json.dumps({"status": number, "status_message": "because"}).encode())


@pytest.mark.parametrize(("contact", "kind"), [("nobody", "not_capable"), ("unsubscribed", "opted_out")])
def test_contacts_that_cannot_be_written_to(viber: Vendor, contact: str, kind: str) -> None:
    sent = viber.send({"type": "text", "text": "Hello"}, contact)
    assert isinstance(sent, Refused)
    assert sent.kind == kind


def test_viber_down_or_slow_is_later() -> None:
    with vendor_at(ViberVendor(), ViberBot(VendorHttp(["127.0.0.1"]))) as viber:
        pass  # nobody listens there any more
    assert isinstance(viber.send({"type": "text", "text": "Hello"}, CONTACT), RetryLater)
    times = iter([0.0, 19.5])
    with vendor_at(ViberVendor(), ViberBot(VendorHttp(["127.0.0.1"]), clock=lambda: next(times))) as viber:
        assert viber.send({"type": "text", "text": "Hello"}, CONTACT) == RetryLater("Viber was too slow")


def test_an_address_inside_the_network_is_refused() -> None:
    with vendor_at(ViberVendor(), ViberBot(VendorHttp())) as viber:
        sent = viber.send({"type": "text", "text": "Hello"}, CONTACT)
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


@pytest.mark.parametrize("webhook", WEBHOOKS, ids=lambda webhook: webhook.name)
def test_vibers_package_reads_what_comes_alike(viber: Vendor, viberbot: Api, webhook: Webhook) -> None:
    assert isinstance(webhook.body, Mapping)
    hook = viber.vendor.callback(**webhook.body)
    assert viberbot.verify_signature(hook.body, hook.headers["X-Viber-Content-Signature"])
    parsed = viberbot.parse_request(hook.body)
    for event in viber.post(hook).events:
        if isinstance(event, Inbound | Report):
            assert (event.vendor_id, event.at) == (str(parsed.message_token), parsed.timestamp)
        if isinstance(event, Inbound):
            sender = parsed.sender
            assert (event.address, event.name, event.language) == (sender.id, sender.name, sender.language)


def test_a_signature_of_vibers_package_is_accepted(viber: Vendor, viberbot: Api) -> None:
    body = json.dumps(WEBHOOKS[0].body, ensure_ascii=False, indent=1).encode()
    signature = viberbot._calculate_message_signature(body)
    for written in (signature, signature.upper()):
        headers = {"x-viber-content-signature": written}
        answer = viber.adapter.receive(viber.account, WebhookRequest("POST", "", {}, headers, body))
        assert list(answer.events) == list(WEBHOOKS[0].events)


def test_a_message_without_its_token_has_an_id_all_the_same(viber: Vendor) -> None:
    hook = viber.vendor.callback("unsubscribed", user_id=CONTACT)
    (first,), (second,) = viber.post(hook).events, viber.post(hook).events
    assert isinstance(first, Subscription)
    assert first.vendor_id
    assert first == second


def test_an_event_that_is_new_changes_nothing(viber: Vendor) -> None:
    assert viber.post(viber.vendor.callback("client_status", message_token=5)).events == ()


@pytest.mark.parametrize("state", ["delivered", "seen", "failed"])
def test_reports_name_a_message_as_its_sending_did(viber: Vendor, state: Any) -> None:
    sent = viber.send({"type": "text", "text": "Hello"}, CONTACT)
    (report,) = viber.post(viber.vendor.report(viber.taken[0], state)).events
    assert isinstance(report, Report)
    assert ((report.vendor_id,), report.state) == (sent.vendor_ids, state)


def test_a_tap_on_a_button_comes_back_as_its_suggestion(viber: Vendor) -> None:
    viber.send({"type": "text", "text": "Hungry?", "button": BUTTON}, CONTACT)
    tracked = viber.taken[0].content["tracking_data"]
    (tapped,) = viber.post(viber.vendor.message(CONTACT, "in-1", BUTTON["url"], tracking_data=tracked)).events
    assert isinstance(tapped, Acted)
    assert (tapped.address, tapped.action) == (CONTACT, "site")


def test_a_file_is_fetched_without_the_token(viber: Vendor) -> None:
    with web_server(lambda asked: Answered(body=b"a picture")) as files:
        found = viber.adapter.fetch(viber.account, Attachment(f"{files.url}/p.png"))
        assert b"".join(found) == b"a picture"
    assert TOKEN not in str(files.asked[0].headers)
    for reference in ("http://10.0.0.1/p.png", "file:///etc/passwd", "http://[", ""):
        with pytest.raises(OSError, match=r"."):
            list(viber.adapter.fetch(viber.account, Attachment(reference)))


# ---- what is entered ---------------------------------------------------------------------------------------------


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
