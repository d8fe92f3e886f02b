"""Mail, notifications and calls through the whole server: what leaves, what comes back (MS-7 to MS-10)."""

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from botflow.channels.contract import ChannelAdapter
from botflow.channels.email.adapter import Smtp
from botflow.channels.email.unsubscribe import unsubscribe_url
from botflow.channels.http import VendorHttp
from botflow.channels.mobile_push.adapter import Fcm
from botflow.channels.tts.adapter import HttpVoice
from botflow.channels.web_push.adapter import WebPush
from botflow.conversations.api import webhooks_api
from botflow.conversations.intake import Intake
from botflow.conversations.queueing import NewMessage, queue
from botflow.senders.sealing import Seal
from botflow.senders.service import SenderAccounts
from botflow.vendor_sim import fcm, mail, voice, web_push
from botflow.vendor_sim.contract import Hook, State
from botflow.vendor_sim.server import Simulator
from botflow.web import serve_web
from tests.server.world import World

NOTE = {"type": "notification", "header": "Ready", "body": "Your pizza waits."}
CALL = {"type": "text", "text": "Your pizza waits.", "language": "en"}
MAIL = {"type": "email", "subject": "Ready", "blocks": [{"type": "text", "text": "Your pizza waits."}]}


class Sender:
    """A sender at its simulated vendor, and the server's webhooks."""

    def __init__(self, world: World, adapter: ChannelAdapter[Any], vendor: Any, simulator: Simulator) -> None:
        self.world, self.adapter, self.vendor = world, adapter, vendor
        self.stand = simulator.stands[vendor.name]
        self.stand.behave({"reports": ()})
        world.accounts = accounts = SenderAccounts({adapter.name: adapter}, Seal("of the tests"), "https://bots.test")
        self.id = world.sender("order")
        world.change(
            "UPDATE sender SET channel = :channel, adapter = :adapter, identity = :identity, credentials = :sealed",
            channel=adapter.channel,
            adapter=adapter.name,
            identity=vendor.identity,
            sealed=accounts.seal(json.dumps(dict(simulator.credentials(vendor.name)))),
        )
        ((key,),) = world.rows("sender", "webhook_key")
        self.path = vendor.webhook_url = f"/webhooks/{adapter.name}/{key}"
        app = Flask("webhooks")
        app.register_blueprint(webhooks_api(world.database, accounts, Intake(world.conversations, lambda: world.now)))
        serve_web(app, frozenset())
        self.client: FlaskClient = app.test_client()

    def send(self, contact: str, content: Mapping[str, Any], key: str = "m-1") -> None:
        """Write to a contact, as the API does."""
        with self.world.conversations._talking(self.adapter.name, self.id, contact) as dialogue:
            queue(dialogue, NewMessage(key, content, "api"))
        self.world.drain()

    def ask(self, method: str, url: str, body: bytes = b"", **headers: str) -> TestResponse:
        parts = urlsplit(url)
        answer = self.client.open(f"{parts.path}?{parts.query}", method=method, data=body, headers=headers)
        self.world.drain()
        return answer

    def post(self, hook: Hook) -> int:
        return self.ask(hook.method, hook.url, hook.body, **dict(hook.headers)).status_code

    def got(self) -> list[str]:
        return [taken.text for _, taken in self.stand.taken]

    def report(self, state: State) -> int:
        hook = self.vendor.report(self.stand.taken[0][1], state)
        assert isinstance(hook, Hook)
        return self.post(hook)

    def statuses(self) -> list[str]:
        return [status for _, status in self.world.rows("outbound_message", "position", "status")]


KINDS: dict[str, tuple[Any, Any]] = {
    "smtp": (Smtp, mail.MailServer),
    "web_push": (WebPush, web_push.WebPush),
    "fcm": (Fcm, fcm.Fcm),
    "http_voice": (HttpVoice, voice.HttpVoice),
}


@pytest.fixture
def sender(world: World, request: pytest.FixtureRequest) -> Iterator[Sender]:
    make_adapter, make_vendor = KINDS[request.param]
    world.now = round(time.time() * 1000)
    adapter: ChannelAdapter[Any] = make_adapter(VendorHttp(["127.0.0.1"]))
    vendor: Any = make_vendor()
    with Simulator([vendor]) as simulator:
        yield Sender(world, adapter, vendor, simulator)


@pytest.mark.parametrize(
    ("sender", "contact", "content", "state"),
    [
        ("smtp", "ann@example.net", MAIL, "delivered"),
        ("web_push", "ann", NOTE, "seen"),
        ("fcm", "ann-phone", NOTE, "seen"),
        ("http_voice", "+34911234567", CALL, "seen"),
    ],
    indirect=["sender"],
)
def test_what_leaves_is_reported_on(sender: Sender, contact: str, content: Mapping[str, Any], state: State) -> None:
    sender.send(sender.vendor.subscribe(contact) if sender.adapter.name == "web_push" else contact, content)
    assert [text.splitlines()[-1] for text in sender.got()] == ["Your pizza waits."]
    assert sender.statuses() == ["sent"]
    for _ in range(2):
        assert sender.report(state) in (200, 204)
    assert sender.statuses() == [state]


@pytest.mark.parametrize("sender", ["smtp"], indirect=True)
def test_a_mail_is_answered_by_mail_once(sender: Sender) -> None:
    sender.send("ann@example.net", MAIL)
    head = b"From: Ann <Ann@example.net>\r\nMessage-ID: <1@x>\r\nIn-Reply-To: <m-1@example.com>\r\n\r\n"
    for _ in range(2):
        assert sender.post(sender.vendor.hook(head + b"Thanks!\r\n> Your pizza waits.")) == 200
    ((content,),) = sender.world.rows("inbound_message", "content")
    assert json.loads(content) == {"type": "text", "text": "Thanks!", "in_reply_to": "m-1"}
    assert sender.world.count("conversation") == 1


@pytest.mark.parametrize("sender", ["smtp"], indirect=True)
def test_who_clicks_unsubscribe_gets_no_more_mail(sender: Sender) -> None:
    sender.send("ann@example.net", MAIL)
    with sender.world.database.reading() as work:
        _, account = sender.world.accounts.of_sender(work, sender.id)
    url = unsubscribe_url(account, "ann@example.net")
    assert url is not None
    shown = sender.ask("GET", url)
    assert (shown.status_code, "<form" in shown.text) == (200, True)
    assert sender.world.count("consent_state", "state = 'opt_out'") == 0
    assert sender.ask("POST", url.replace("unsubscribe=", "unsubscribe=x")).status_code == 403
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert sender.ask("POST", url, b"List-Unsubscribe=One-Click", **form).status_code == 200
    sender.send("ann@example.net", MAIL, "m-2")
    assert sender.statuses() == ["sent", "blocked"]


@pytest.mark.parametrize("sender", ["web_push"], indirect=True)
def test_a_subscription_that_is_gone_is_an_opt_out(sender: Sender) -> None:
    gone = sender.vendor.subscribe("gone")
    for key in ("m-1", "m-2"):
        sender.send(gone, NOTE, key)
    assert sender.statuses() == ["failed", "blocked"]


@pytest.mark.parametrize("sender", ["smtp"], indirect=True)
def test_an_unknown_mailbox_fails_for_good(sender: Sender) -> None:
    sender.send("nobody@example.net", MAIL)
    assert sender.world.rows("outbound_message", "status", "failure") == [("failed", "not_capable")]
