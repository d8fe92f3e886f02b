"""From a contact's message to the vendor's report of the answer, with the vendors of vendor-sim (MS-2 to MS-4)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from botflow.channels.contract import ChannelAdapter
from botflow.channels.http import VendorHttp
from botflow.channels.rcs.adapter import RcsBusiness
from botflow.channels.viber.adapter import ViberBot
from botflow.channels.whatsapp.adapter import WhatsAppCloud
from botflow.conversations.api import webhooks_api
from botflow.conversations.intake import Intake
from botflow.senders.sealing import Seal
from botflow.senders.service import Accounts
from botflow.vendor_sim import rcs, viber, whatsapp
from botflow.vendor_sim.contract import Hook
from botflow.web import serve_web
from tests.channels.vendors import Vendor, vendor_at
from tests.server.scenarios import ECHO
from tests.server.world import World

CONTACTS = {"rcs_business": "+34911234567", "viber_bot": "01234567890A=", "whatsapp_cloud": "34911234567"}


class Sender:
    """A sender that is connected to its vendor."""

    def __init__(self, world: World, vendor: Vendor) -> None:
        self.world = world
        self.vendor = vendor
        adapter = vendor.adapter
        self.contact = CONTACTS[adapter.name]
        world.accounts = accounts = Accounts({adapter.name: adapter}, Seal("of the tests"), "https://bots.test")
        self.id = world.publish({**ECHO, "channel": adapter.channel})
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
