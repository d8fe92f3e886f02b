"""From a contact's message to the vendor's report of the answer, with the vendors of vendor-sim (MS-2 to MS-4)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from botflow.audit.service import Audit
from botflow.channels.contract import ChannelAdapter
from botflow.channels.http import VendorHttp
from botflow.channels.rcs.adapter import RcsBusiness
from botflow.channels.viber.adapter import ViberBot
from botflow.channels.whatsapp.adapter import WhatsAppCloud
from botflow.conversations.api import webhooks_api
from botflow.conversations.intake import Intake
from botflow.conversations.messages import find_message, send
from botflow.conversations.revoking import VendorDownError, revoke
from botflow.errors import ConflictError
from botflow.permissions import Caller
from botflow.senders.sealing import Seal
from botflow.senders.service import SenderAccounts
from botflow.vendor_sim import rcs, viber, whatsapp
from botflow.vendor_sim.contract import Hook
from botflow.web import serve_web
from tests.channels.vendors import Vendor, vendor_at
from tests.server.scenarios import ECHO, ask, say, scenario, text
from tests.server.world import World

CONTACTS = {"rcs_business": "+34911234567", "viber_bot": "01234567890A=", "whatsapp_cloud": "34911234567"}

CALLER = Caller("acme", name="the tests")


class Sender:
    """A sender that is connected to its vendor."""

    def __init__(self, world: World, vendor: Vendor, document: Mapping[str, Any] = ECHO) -> None:
        self.world = world
        self.vendor = vendor
        adapter = vendor.adapter
        self.contact = CONTACTS[adapter.name]
        world.accounts = accounts = SenderAccounts({adapter.name: adapter}, Seal("of the tests"), "https://bots.test")
        self.id = world.publish({**document, "channel": adapter.channel})
        entered = dict(vendor.vendor.credentials(vendor.server.url))
        world.change(
            "UPDATE sender SET adapter = :adapter, identity = :identity, credentials = :credentials",
            adapter=adapter.name,
            identity=vendor.vendor.identity,
            credentials=accounts.seal(json.dumps(entered)),
        )
        ((key,),) = world.rows("sender", "webhook_key")
        self.path = f"/webhooks/{adapter.name}/{key}"
        app = Flask("webhooks")
        app.register_blueprint(webhooks_api(world.database, accounts, Intake(world.conversations, lambda: world.now)))
        serve_web(app, frozenset())
        self.client = app.test_client()

    def post(self, hook: Hook) -> int:
        """Post a webhook, and let leave what is due."""
        status = self.client.post(self.path, data=hook.body, headers=dict(hook.headers)).status_code
        self.world.drain()
        return status

    def write(self, text: str, message_id: str, **fields: Any) -> int:
        return self.post(self.vendor.vendor.message(self.contact, message_id, text, **fields))

    def got(self) -> list[str]:
        """What the contact reads."""
        return [taken.text for taken in self.vendor.taken]


RCS = pytest.param((RcsBusiness, rcs.RcsBusiness), id="rcs")
VIBER = pytest.param((ViberBot, viber.ViberBot), id="viber")
WHATSAPP = pytest.param((WhatsAppCloud, whatsapp.WhatsAppCloud), id="whatsapp")


@pytest.fixture(params=[RCS, VIBER, WHATSAPP])
def sender(world: World, request: pytest.FixtureRequest) -> Iterator[Sender]:
    make_adapter, make_vendor = request.param
    adapter: ChannelAdapter[Any] = make_adapter(VendorHttp(["127.0.0.1"]))
    with vendor_at(make_vendor(), adapter) as vendor:
        yield Sender(world, vendor)


def test_a_contact_is_answered_and_the_answer_is_seen(sender: Sender) -> None:
    assert sender.write("hi", "in-1") == 200
    assert sender.write("pizza", "in-2") == 200
    assert sender.got() == ["Say something.", "You said pizza.", "Say something."]
    for state in ("seen", "delivered"):
        assert sender.post(sender.vendor.vendor.report(sender.vendor.taken[0], state)) == 200
    statuses = dict(sender.world.rows("outbound_message", "position", "status"))
    assert statuses == {1: "seen", 2: "sent", 3: "sent"}


def test_the_same_message_twice_is_answered_once(sender: Sender) -> None:
    for _ in range(2):
        assert sender.write("hi", "in-1") == 200
    assert sender.got() == ["Say something."]


def test_a_message_that_is_not_signed_is_not_taken(sender: Sender) -> None:
    hook = sender.vendor.vendor.message(sender.contact, "in-1", "hi")
    assert sender.post(Hook(hook.url, {}, hook.body)) == 403
    assert sender.world.count("inbound_message") == 0


@pytest.mark.parametrize("sender", [RCS, VIBER], indirect=True)
def test_who_unsubscribes_at_the_vendor_gets_nothing_more(sender: Sender) -> None:
    sender.write("hi", "in-1")
    events = {
        "rcs_business": lambda vendor: vendor.event(
            {"senderPhoneNumber": sender.contact, "eventType": "UNSUBSCRIBE", "eventId": "e-1"}
        ),
        "viber_bot": lambda vendor: vendor.callback("unsubscribed", message_token=1, user_id=sender.contact),
    }
    assert sender.post(events[sender.vendor.adapter.name](sender.vendor.vendor)) == 200
    assert sender.world.count("consent_state", "state = 'opt_out'") == 1


def suggesting(**suggestion: str) -> dict[str, Any]:
    """Asks for a word, and sends a suggestion with it; then another message."""
    fields = {"id": "s", "text": "Look", **suggestion}
    step = {"type": "static_message", "content": text("Here:") | {"suggestions": [fields]}}
    offer = {"id": "offer", "kind": "action", "step": step, "next": ["more"]}
    return scenario("shapes", ask("ask", "Say something.", "word", "offer"), offer, say("more", "That was it."))


OPENS = {"type": "open_url", "url": "{{word}}"}
ENTERS = {"type": "calendar_event", "start": "{{word}}", "end": "2026-03-02", "title": "A day"}
SHOWS = {"type": "show_location", "latitude": "{{word}}", "longitude": "2"}


@pytest.mark.parametrize(
    ("suggestion", "word", "place"),
    [
        (OPENS, "javascript:alert(1)", "suggestions.0.url"),
        (OPENS, "file:///etc/passwd", "suggestions.0.url"),
        (ENTERS, "2026-02-31", "suggestions.0.start"),
        (ENTERS, "tomorrow", "suggestions.0.start"),
        (SHOWS, "north", "suggestions.0.latitude"),
    ],
)
def test_what_a_placeholder_left_and_no_vendor_can_read_fails_and_holds_nothing_up(
    world: World, suggestion: dict[str, str], word: str, place: str
) -> None:
    with vendor_at(rcs.RcsBusiness(), RcsBusiness(VendorHttp(["127.0.0.1"]))) as vendor:
        sender = Sender(world, vendor, suggesting(**suggestion))
        sender.write("hi", "in-1")
        sender.write(word, "in-2")
        assert sender.got() == ["Say something.", "That was it."]
        outcomes = dict(world.rows("outbound_message", "status", "error"))
        assert outcomes["failed"].startswith(place)


@pytest.mark.parametrize(
    ("suggestion", "word"), [(OPENS, "https://example.com/menu"), (ENTERS, "2026-03-01"), (SHOWS, "41.4")]
)
def test_what_a_placeholder_left_is_sent_where_it_can_be_read(
    world: World, suggestion: dict[str, str], word: str
) -> None:
    with vendor_at(rcs.RcsBusiness(), RcsBusiness(VendorHttp(["127.0.0.1"]))) as vendor:
        sender = Sender(world, vendor, suggesting(**suggestion))
        sender.write("hi", "in-1")
        sender.write(word, "in-2")
        assert sender.got() == ["Say something.", "Here:", "That was it."]


class TestRcs:
    """Who has RCS is asked before the first message; messages have a time to live, and can be taken back (CT-1)."""

    WITHOUT = "+34600000404"
    WITH = "+34600111222"

    @pytest.fixture
    def rcs(self, world: World) -> Iterator[Sender]:
        with vendor_at(rcs.RcsBusiness(), RcsBusiness(VendorHttp(["127.0.0.1"]))) as vendor:
            yield Sender(world, vendor)

    def send(self, rcs: Sender, to: str, **fields: Any) -> str:
        """Queue a message of the API, and let leave what is due. Returns its id."""
        sent = send(rcs.world.conversations, CALLER, rcs.id, to, text("Hello"), None, **fields)
        rcs.world.drain()
        return sent.id

    def message(self, rcs: Sender, message_id: str) -> sa.RowMapping:
        with rcs.world.database.reading() as work:
            return find_message(work, CALLER, message_id)

    def questions(self, rcs: Sender) -> int:
        """How often the vendor was asked who has RCS."""
        asked = [asked.path for asked in rcs.vendor.server.asked]
        return sum("capabilities" in path or "batchGet" in path for path in asked)

    def revoke(self, rcs: Sender, message_id: str) -> None:
        world = rcs.world
        revoke(world.database, world.accounts, audit(world), CALLER, message_id, lambda: world.now)

    def test_who_has_no_rcs_is_refused_before_anything_is_sent(self, rcs: Sender) -> None:
        refused, sent = self.send(rcs, self.WITHOUT), self.send(rcs, self.WITH)
        shown = self.message(rcs, refused)
        assert (shown["status"], shown["failure"]) == ("failed", "not_capable")
        assert self.message(rcs, sent)["status"] == "sent"
        assert not any("404/agentMessages" in asked.path for asked in rcs.vendor.server.asked)
        assert sorted(rcs.world.rows("contact_capability", "capable", "checked_at")) == [
            (False, rcs.world.now),
            (True, rcs.world.now),
        ]

    def test_several_contacts_are_asked_for_together(self, rcs: Sender) -> None:
        for to in (self.WITHOUT, self.WITH):
            send(rcs.world.conversations, CALLER, rcs.id, to, text("Hello"), None)
        rcs.world.drain()
        assert (self.questions(rcs), rcs.got()) == (1, ["Hello"])

    def test_an_answer_is_good_for_a_day(self, rcs: Sender) -> None:
        for hours, questions in ((0, 1), (23, 1), (2, 2)):
            rcs.world.now += hours * 3_600_000
            self.send(rcs, self.WITHOUT)
            assert self.questions(rcs) == questions

    def test_while_the_vendor_cannot_tell_it_is_tried(self, rcs: Sender) -> None:
        self.send(rcs, self.WITH)
        rcs.vendor.answers.append(rcs.vendor.vendor.failed())
        assert self.message(rcs, self.send(rcs, "+34600111333"))["status"] == "sent"
        assert rcs.world.count("contact_capability") == 1

    def test_the_vendor_is_told_how_long_a_message_is_worth_anything(self, rcs: Sender) -> None:
        self.send(rcs, self.WITH, ttl_seconds=90)
        assert rcs.vendor.taken[-1].content["ttl"] == "90s"

    def test_a_message_that_could_not_be_delivered_in_time_has_expired(self, rcs: Sender) -> None:
        message = self.send(rcs, self.WITH, ttl_seconds=90)
        rcs.post(rcs.vendor.vendor.report(rcs.vendor.taken[-1], "failed"))
        shown = self.message(rcs, message)
        assert (shown["status"], shown["failure"]) == ("failed", "expired")

    def test_a_message_is_taken_back_once_and_its_vendor_asked_no_more(self, rcs: Sender) -> None:
        message = self.send(rcs, self.WITH)
        for _ in range(2):
            self.revoke(rcs, message)
        shown = self.message(rcs, message)
        assert (shown["status"], shown["revocation"], shown["revoked_at"]) == ("sent", "revoked", rcs.world.now)
        assert [asked.method for asked in rcs.vendor.server.asked].count("DELETE") == 1
        assert rcs.vendor.vendor.report(rcs.vendor.taken[-1], "delivered") is None

    def test_what_the_vendor_has_no_more_is_told_as_refused(self, rcs: Sender) -> None:
        message = self.send(rcs, self.WITH)
        rcs.vendor.vendor.forget()
        self.revoke(rcs, message)
        assert self.message(rcs, message)["revocation"] == "refused"

    def test_only_what_is_under_way_can_be_taken_back(self, rcs: Sender) -> None:
        refused = self.send(rcs, self.WITHOUT)
        with pytest.raises(ConflictError, match="this one is failed"):
            self.revoke(rcs, refused)

    def test_when_the_vendor_cannot_be_asked_nothing_is_noted(self, rcs: Sender) -> None:
        message = self.send(rcs, self.WITH)
        rcs.world.change("UPDATE sender SET credentials = :credentials", credentials=self.unreachable(rcs))
        with pytest.raises(VendorDownError, match="ask again later"):
            self.revoke(rcs, message)
        assert self.message(rcs, message)["revocation"] is None

    def unreachable(self, rcs: Sender) -> str:
        """The credentials of a vendor that does not answer."""
        entered = dict(rcs.vendor.vendor.credentials("http://127.0.0.1:9"))
        return rcs.world.accounts.seal(json.dumps(entered))


def audit(world: World) -> Audit:
    return Audit(lambda: world.now, world.ids)
