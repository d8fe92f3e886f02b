"""Webhooks: the right status, nothing twice, nothing lost, nothing believed that is not signed."""

import hmac
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from botflow.channels.contract import (
    Account,
    Acted,
    ChannelEvent,
    Credentials,
    Inbound,
    InvalidPayloadError,
    Report,
    SignatureError,
    Subscription,
    WebhookAnswer,
    WebhookRequest,
)
from botflow.conversations.api import WEBHOOK_BYTES, webhooks_api
from botflow.conversations.dialogue import Dialogue
from botflow.conversations.intake import Intake
from botflow.senders.sealing import Seal
from botflow.senders.service import SenderAccounts
from botflow.web import serve_web
from botflow_runtime.json_text import JsonTextError, read_json
from tests.server.scenarios import ECHO
from tests.server.world import Vendor, World

SECRET = "the vendor's"
KINDS = {"message": Inbound, "report": Report, "act": Acted, "subscription": Subscription}


class SecretWord(Credentials):
    secret: str = SECRET


class Signed(Vendor):
    """A vendor that signs what it sends: JSON lists of [kind, fields]."""

    credentials = SecretWord

    def receive(self, account: Account[Credentials], request: WebhookRequest) -> WebhookAnswer:
        assert isinstance(account.credentials, SecretWord)
        if request.method == "GET":
            return WebhookAnswer(body=request.query.get("challenge", ""))
        if not hmac.compare_digest(sign(request.body, account.credentials.secret), request.headers.get("x-sign", "")):
            raise SignatureError
        try:
            events: list[ChannelEvent] = [
                KINDS[kind](**({"sender": account.sender} if kind == "message" else {}), **fields)
                for kind, fields in read_json(request.body)
            ]
        except (JsonTextError, ValueError, TypeError, KeyError):
            raise InvalidPayloadError("It is no list of events.") from None
        return WebhookAnswer(events)


def sign(body: bytes, secret: str = SECRET) -> str:
    return hmac.digest(secret.encode(), body, "sha256").hex()


class Hooks:
    """A sender's webhook."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.vendor = Signed()
        self.accounts = world.accounts = SenderAccounts(
            {"webchat": world.vendor}, Seal("of the tests"), "https://bots.test"
        )
        self.sender = world.publish(ECHO)
        self.key = world.rows("sender", "webhook_key")[0][0]
        app = Flask("webhooks")
        app.register_blueprint(
            webhooks_api(world.database, self.accounts, Intake(world.conversations, lambda: world.now))
        )
        serve_web(app, frozenset())
        self.client: FlaskClient = app.test_client()

    def post(self, *events: tuple[str, dict[str, object]]) -> int:
        body = json.dumps(events).encode()
        return self.raw(body, sign(body))

    def raw(self, body: bytes, signature: str) -> int:
        return self.client.post(f"/webhooks/webchat/{self.key}", data=body, headers={"X-Sign": signature}).status_code


@pytest.fixture
def hooks(world: World) -> Hooks:
    return Hooks(world)


def message(vendor_id: str, text: str, address: str = "visitor:one") -> tuple[str, dict[str, object]]:
    return "message", {"vendor_id": vendor_id, "text": text, "address": address}


def test_a_message_is_answered_when_it_is_safe_and_starts_the_chatbot(hooks: Hooks) -> None:
    assert hooks.post(message("1", "hi")) == 200
    hooks.world.drain()
    assert hooks.world.shown(hooks.sender) == ["> hi", "Say something."]


def test_the_same_webhook_again_changes_nothing(hooks: Hooks) -> None:
    for _ in range(3):
        assert hooks.post(message("1", "hi"), message("2", "word")) == 200
    hooks.world.drain()
    assert hooks.world.shown(hooks.sender)[-2:] == ["You said word.", "Say something."]
    assert hooks.world.count("inbound_message") == 2


def test_two_equal_messages_are_two(hooks: Hooks) -> None:
    assert hooks.post(message("1", "hi"), message("2", "yes"), message("3", "yes")) == 200
    hooks.world.drain()
    assert hooks.world.shown(hooks.sender).count("You said yes.") == 2


def test_reports_acts_and_subscriptions_come_in_the_same_way(hooks: Hooks) -> None:
    hooks.post(message("1", "hi"))
    hooks.world.drain()
    assert (
        hooks.post(
            ("report", {"vendor_id": "vendor-1", "state": "seen"}),
            ("act", {"address": "visitor:one", "vendor_id": "a", "action": "https://example.com"}),
            ("subscription", {"address": "visitor:one", "wanted": False}),
        )
        == 200
    )
    assert hooks.world.rows("outbound_message", "status") == [("seen",)]
    assert hooks.world.count("turn", "event LIKE '%ContactActed%'") == 1
    assert hooks.world.count("consent_state", "state = 'opt_out'") == 1


def test_who_subscribes_again_may_be_written_to(hooks: Hooks) -> None:
    for wanted in (False, False, True):
        hooks.post(("subscription", {"address": "visitor:one", "wanted": wanted}))
    assert hooks.world.count("consent_state", "state = 'opt_out'") == 0


@pytest.mark.parametrize("signature", ["", "0" * 64, sign(b"other"), sign(b"[]", "another secret")])
def test_what_is_not_signed_over_this_body_is_refused_and_not_kept(hooks: Hooks, signature: str) -> None:
    assert hooks.raw(b"[]", signature) == 403
    assert hooks.world.count("inbound_message") == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b'[["message", {}]]'])
def test_a_body_that_is_none_is_a_400(hooks: Hooks, body: bytes) -> None:
    assert hooks.raw(body, sign(body)) == 400


def test_a_huge_body_is_a_413_and_is_not_read_whole(hooks: Hooks) -> None:
    body = b"x" * (WEBHOOK_BYTES + 1)
    assert hooks.raw(body, sign(body)) == 413


def test_an_unknown_address_is_a_404(hooks: Hooks) -> None:
    assert hooks.client.post("/webhooks/webchat/nobody").status_code == 404
    assert hooks.client.post(f"/webhooks/other/{hooks.key}").status_code == 404


def test_credentials_that_cannot_be_read_are_a_503_so_that_the_vendor_comes_again(hooks: Hooks) -> None:
    hooks.world.change("UPDATE sender SET credentials = 'sealed with another key'")
    assert hooks.post(message("1", "hi")) == 503


def test_a_handshake_is_answered(hooks: Hooks) -> None:
    assert hooks.client.get(f"/webhooks/webchat/{hooks.key}?challenge=42").text == "42"


def test_a_fault_of_ours_is_a_500_and_the_same_again_is_taken(hooks: Hooks, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be kept is, and is not answered twice; of the contact whose message failed nothing that came later."""
    take = hooks.world.conversations._take

    def broken(dialogue: Dialogue, inbound: Inbound) -> str:
        if inbound.vendor_id == "2":
            raise OSError("the disk is full")
        return take(dialogue, inbound)

    events = [message("1", "hi"), message("2", "word"), message("3", "other"), message("4", "hi", "visitor:two")]
    monkeypatch.setattr(hooks.world.conversations, "_take", broken)
    assert hooks.post(*events) == 500
    assert hooks.world.rows("inbound_message", "sequence", "vendor_id") == [(1, "1"), (1, "4")]
    monkeypatch.undo()
    assert hooks.post(*events) == 200
    hooks.world.drain()
    assert hooks.world.shown(hooks.sender)[2:] == [
        "> other",
        "Say something.",
        "You said word.",
        "Say something.",
        "You said other.",
        "Say something.",
    ]


def test_an_answer_names_the_message_by_the_vendors_id(hooks: Hooks) -> None:
    hooks.post(message("1", "hi"))
    hooks.world.drain()
    hooks.post(("message", {"vendor_id": "2", "text": "x", "address": "visitor:one", "in_reply_to": "vendor-1"}))
    (sent,) = hooks.world.rows("outbound_message", "position", "id")[0][1:]
    assert hooks.world.count("turn", f'event LIKE \'%"in_reply_to":"{sent}"%\'') == 1
