"""WhatsApp templates: drafts, approval by the vendor of vendor-sim, imports, and what may be sent (AS-4, MS-6)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from botflow.channels.contract import WebhookRequest
from botflow.channels.http import VendorHttp
from botflow.channels.whatsapp.adapter import WhatsAppCloud
from botflow.conversations.intake import Intake
from botflow.jobs.outbox import drain
from botflow.senders.service import SENDERS, ensure_sender
from botflow.templates.service import WHATSAPP
from botflow.vendor_sim import whatsapp
from botflow.vendor_sim.contract import Hook
from tests.channels.vendors import Vendor, vendor_at
from tests.server.api import EVERYTHING, Api

BODY = {"type": "BODY", "text": "Order {{1}} has left.", "example": {"body_text": [["81"]]}}
DRAFT = {"sender": "shop", "name": "order_sent", "language": "en", "category": "utility", "components": [BODY]}
FILLED = {"name": "order_sent", "language": "en", "params": {"1": "81"}}


class Shop:
    """A company with a sender of WhatsApp that is connected to its vendor."""

    def __init__(self, api: Api, vendor: Vendor) -> None:
        self.api = api
        self.at = vendor
        self.vendor: whatsapp.WhatsAppCloud = vendor.vendor
        api.company("acme")
        self.connect("shop", dict(vendor.vendor.credentials(vendor.server.url)))

    def connect(self, sender: str, credentials: dict[str, Any]) -> None:
        accounts = self.api.parts.core.accounts
        with self.api.database.transaction() as work:
            ensure_sender(work, sender, "acme", sender.title(), "whatsapp", "whatsapp_cloud", self.api.now)
            entered = {"identity": self.vendor.identity, "credentials": accounts.seal(json.dumps(credentials))}
            work.execute(SENDERS.update().where(SENDERS.c.id == sender).values(entered))

    def call(self, method: str, path: str, body: Any = None, status: int = 200, key: str | None = None) -> Any:
        answer = self.api.call(method, path, body, key=key or self.api.key("acme"))
        assert answer.status_code == status, answer.text
        return answer.get_json()

    def make(self, status: int = 201, **fields: Any) -> Any:
        return self.call("POST", "/whatsapp-templates", DRAFT | fields, status)

    def submit(self, template: Any, status: int = 200) -> Any:
        return self.call("POST", f"/whatsapp-templates/{template['id']}/submit", status=status)

    def shown(self, template: Any) -> Any:
        return self.call("GET", f"/whatsapp-templates/{template['id']}")

    def import_all(self, status: int = 200) -> Any:
        return self.call("POST", "/whatsapp-templates/import", {"sender": "shop"}, status)

    def send(self, **template: Any) -> Any:
        return self.call(
            "POST", "/messages", {"sender": "shop", "to": "+34600111222", "template": FILLED | template}, 201
        )

    def hear(self, hook: Hook, sender: str = "shop") -> None:
        """The vendor posts a webhook to a sender's address."""
        core = self.api.parts.core
        with self.api.database.reading() as work:
            adapter, account = core.accounts.of_sender(work, sender)
        answer = adapter.receive(account, self.request(hook))
        Intake(core.conversations, lambda: self.api.now).take(adapter, account, answer.events)

    def request(self, hook: Hook) -> WebhookRequest:
        headers = {name.lower(): value for name, value in hook.headers.items()}
        return WebhookRequest("POST", hook.url, {}, headers, hook.body)

    def leave(self) -> list[str]:
        """What is due leaves. What contacts have got."""
        core = self.api.parts.core
        drain(core.conversations, core.accounts, "shop", lambda: self.api.now)
        return [taken.text for taken in self.at.taken]


@pytest.fixture
def shop(api: Api) -> Iterator[Shop]:
    accounts = api.parts.core.accounts
    kept = dict(accounts.adapters)
    adapter = WhatsAppCloud(VendorHttp(["127.0.0.1"]))
    with vendor_at(whatsapp.WhatsAppCloud(), adapter) as vendor:
        accounts.adapters = {**kept, adapter.name: adapter}
        yield Shop(api, vendor)
    accounts.adapters = kept


# ---- from a draft to a message -----------------------------------------------------------------------------------


def test_an_approved_template_leaves(shop: Shop) -> None:
    made = shop.make()
    assert (made["status"], made["vendor_id"]) == ("draft", None)
    submitted = shop.submit(made)
    assert (submitted["status"], submitted["vendor_id"]) == ("pending", "700000000000001")
    (decision,) = shop.vendor.decisions()
    shop.hear(decision)
    assert shop.shown(made)["status"] == "approved"
    assert shop.send()["status"] == "queued"
    assert shop.leave() == ["order_sent 81"]


def test_a_rejected_template_is_refused_with_the_reason_and_handed_in_anew(shop: Shop) -> None:
    made = shop.make(name="please_reject")
    shop.submit(made)
    shop.hear(shop.vendor.decisions()[0])
    assert [shop.shown(made)[name] for name in ("status", "reason")] == ["rejected", "INVALID_FORMAT"]
    blocked = shop.send(name="please_reject")
    assert (blocked["status"], blocked["reason"]) == ("blocked", "template_not_approved")
    assert blocked["error"] == "The template 'please_reject' in 'en' is rejected: INVALID_FORMAT."
    path = f"/whatsapp-templates/{made['id']}"
    better = [{**BODY, "text": "Your order {{1}} has left."}]
    assert shop.call("PATCH", path, {"components": better})["status"] == "rejected"
    assert shop.submit(made)["status"] == "pending"
    assert [one["components"] for one in shop.vendor.templates.values()] == [better]
    shop.hear(shop.vendor.decide("please_reject"))
    assert [shop.shown(made)[name] for name in ("status", "reason")] == ["approved", None]


def test_a_decision_that_comes_before_the_answer_stays(shop: Shop) -> None:
    made = shop.make()
    handle = shop.vendor.handle

    def decided_at_once(call: Any) -> Any:
        answer = handle(call)
        if call.path.endswith("/message_templates"):
            shop.hear(shop.vendor.decide("order_sent"))
        return answer

    shop.vendor.handle = decided_at_once  # type: ignore[method-assign]  # the vendor of this test only
    submitted = shop.submit(made)
    assert (submitted["status"], submitted["vendor_id"]) == ("approved", "700000000000001")


def test_a_decision_on_the_vendors_own_template_of_that_name_approves_no_draft(shop: Shop) -> None:
    made = shop.make()
    at_vendor(shop, 1, name="order_sent")
    shop.hear(shop.vendor.decide("order_sent"))
    assert shop.shown(made) == made
    assert shop.send()["error"] == "The template 'order_sent' in 'en' is draft."


def test_what_the_vendor_does_not_take_stays_a_draft_with_the_reason(shop: Shop) -> None:
    made = shop.make()
    shop.vendor.templates["1"] = {"id": "1", "name": "order_sent", "language": "en"}
    problem = shop.submit(made, 409)
    assert problem["detail"].startswith("WhatsApp Cloud API did not take it: there is content in this language already")
    assert shop.shown(made)["status"] == "draft"
    assert "there is content" in shop.shown(made)["reason"]


def test_one_whose_answer_was_lost_is_handed_in_again_after_a_minute(shop: Shop) -> None:
    made = shop.make()
    with shop.api.database.transaction() as work:
        work.execute(WHATSAPP.update().values(status="submitted"))
    assert shop.submit(made, 409)["detail"].startswith("It is submitted")
    shop.api.now += 61_000
    assert shop.submit(made)["status"] == "pending"


def test_without_the_business_account_nothing_is_handed_in(shop: Shop) -> None:
    credentials = dict(shop.vendor.credentials(shop.at.server.url))
    shop.connect("shop", {name: value for name, value in credentials.items() if name != "business_account_id"})
    assert "Enter the id of the WhatsApp Business account" in shop.submit(shop.make(), 409)["detail"]


def test_a_status_reaches_the_template_of_another_sender_of_the_account(shop: Shop) -> None:
    shop.connect("help", dict(shop.vendor.credentials(shop.at.server.url)))
    made = shop.make()
    shop.submit(made)
    shop.hear(shop.vendor.decide("order_sent", "PAUSED"), "help")
    assert shop.shown(made)["status"] == "paused"


# ---- what may be sent --------------------------------------------------------------------------------------------


def approved(shop: Shop, *components: dict[str, Any], category: str = "marketing") -> None:
    made = shop.make(components=list(components), category=category)
    shop.submit(made)
    shop.hear(shop.vendor.decide("order_sent"))


def test_a_template_that_is_not_known_is_refused(shop: Shop) -> None:
    blocked = shop.send()
    assert (blocked["status"], blocked["reason"]) == ("blocked", "template_unknown")
    approved(shop, BODY)
    assert shop.send(language="es")["reason"] == "template_unknown"
    assert shop.send()["status"] == "queued"


@pytest.mark.parametrize("event", ["PAUSED", "DISABLED", "PENDING_DELETION"])
def test_a_template_that_the_vendor_stops_is_refused(shop: Shop, event: str) -> None:
    approved(shop, BODY)
    shop.hear(shop.vendor.decide("order_sent", event))
    assert shop.send()["reason"] == "template_not_approved"


HEADER = {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": {"header_text": ["81"]}}
PICTURE = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW"]}}
LINK = {"type": "URL", "text": "Open", "url": "https://example.com/{{1}}", "example": ["https://example.com/81"]}
COUPON = {"type": "COPY_CODE", "example": "SUMMER25"}


@pytest.mark.parametrize(
    ("components", "wanted"),
    [
        ([BODY], ["1"]),
        ([HEADER, BODY], ["header.1", "1"]),
        ([BODY, {"type": "BUTTONS", "buttons": [COUPON, LINK]}], ["1", "code.0", "button.1"]),
    ],
)
def test_every_variable_has_to_be_filled(shop: Shop, components: list[dict[str, Any]], wanted: list[str]) -> None:
    approved(shop, *components)
    (shown,) = shop.call("GET", "/whatsapp-templates")["items"]
    assert (shown["variables"], shown["wants_media"]) == (wanted, False)
    blocked = shop.send(params={})
    told = ", ".join(f"a value for {name}" for name in wanted)
    assert (blocked["status"], blocked["reason"]) == ("blocked", "template_unfilled")
    assert blocked["error"] == f"The template 'order_sent' in 'en' wants {told}."
    assert shop.send(params=dict.fromkeys(wanted, "81"))["status"] == "queued"


def test_media_of_the_header_has_to_be_there(shop: Shop) -> None:
    approved(shop, PICTURE, BODY)
    (shown,) = shop.call("GET", "/whatsapp-templates")["items"]
    assert shown["wants_media"]
    assert shop.send()["error"] == "The template 'order_sent' in 'en' wants media for its header."
    assert shop.send(media={"url": "https://example.com/a.jpg"})["status"] == "queued"


OFFER = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon"}}
ENDING = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon", "has_expiration": True}}
CARD = {"components": [PICTURE, BODY, {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Yes"}]}]}


def test_an_offer_without_an_end_is_sent(shop: Shop) -> None:
    approved(shop, PICTURE, OFFER, BODY, {"type": "BUTTONS", "buttons": [LINK]})
    picture = {"url": "https://example.com/a.jpg"}
    assert shop.send(params={"1": "81", "button.0": "81"}, media=picture)["status"] == "queued"


@pytest.mark.parametrize(
    ("components", "wanted"),
    [
        ([BODY, {"type": "CAROUSEL", "cards": [CARD, CARD]}], "its cards"),
        ([{"type": "HEADER", "format": "LOCATION"}, BODY], "a place for its header"),
        (
            [
                PICTURE,
                ENDING,
                BODY,
                {"type": "BUTTONS", "buttons": [{**LINK, "url": "https://example.com", "example": []}]},
            ],
            "the end of its offer",
        ),
    ],
)
def test_what_a_message_cannot_hold_is_told(shop: Shop, components: list[dict[str, Any]], wanted: str) -> None:
    approved(shop, *components)
    blocked = shop.send(media={"url": "https://example.com/a.jpg"})
    assert blocked["reason"] == "template_unfilled"
    assert blocked["error"].endswith(f"wants {wanted}, which messages of templates cannot hold yet.")


def test_a_one_time_password_wants_its_code_twice(shop: Shop) -> None:
    button = {"type": "OTP", "otp_type": "COPY_CODE"}
    approved(shop, {"type": "BODY"}, {"type": "BUTTONS", "buttons": [button]}, category="authentication")
    assert shop.send(params={})["error"].endswith("wants a value for 1, a value for button.0.")
    assert shop.send(params={"1": "123456", "button.0": "123456"})["status"] == "queued"


def test_what_consent_forbids_is_told_first(shop: Shop) -> None:
    contact = shop.send()["contact"]
    shop.call("PUT", f"/contacts/{contact}/consent/opt-out", {"sender_id": "shop", "opted_out": True})
    assert shop.send()["reason"] == "opted_out_sender"


# ---- imports -----------------------------------------------------------------------------------------------------


def at_vendor(shop: Shop, number: int, **fields: Any) -> dict[str, Any]:
    """A template that was made in the vendor's own page."""
    template = {"id": str(number), "name": f"made_there_{number}", "language": "en", "category": "UTILITY"}
    template |= {"components": [BODY], "status": "APPROVED", "rejected_reason": "NONE"} | fields
    shop.vendor.templates[str(number)] = template
    return template


def test_templates_are_imported_page_by_page_and_may_be_sent(shop: Shop) -> None:
    for number in range(30):
        at_vendor(shop, number)
    assert shop.import_all() == {"new": 30, "changed": 0, "gone": 0}
    assert shop.import_all() == {"new": 0, "changed": 0, "gone": 0}
    (shown,) = shop.call("GET", "/whatsapp-templates?limit=1")["items"]
    assert (shown["name"], shown["category"], shown["status"]) == ("made_there_0", "utility", "approved")
    assert shown["components"] == [BODY]
    assert shop.send(name="made_there_7")["status"] == "queued"


def test_an_import_brings_what_changed_and_leaves_drafts(shop: Shop) -> None:
    draft = shop.make(name="only_here")
    changed, gone = at_vendor(shop, 1), at_vendor(shop, 2)
    shop.import_all()
    changed |= {"status": "REJECTED", "rejected_reason": "SCAM"}
    del shop.vendor.templates[gone["id"]]
    assert shop.import_all() == {"new": 0, "changed": 1, "gone": 1}
    listed = shop.call("GET", "/whatsapp-templates")["items"]
    assert {one["name"]: (one["status"], one["reason"]) for one in listed} == {
        "made_there_1": ("rejected", "SCAM"),
        "made_there_2": ("deleted", None),
        "only_here": ("draft", None),
    }
    assert shop.shown(draft) == draft


def test_a_vendor_that_refuses_is_told(shop: Shop) -> None:
    shop.connect("shop", dict(shop.vendor.credentials(shop.at.server.url)) | {"access_token": "another"})
    assert "The access token is not valid any more (190)" in shop.import_all(409)["detail"]


# ---- drafts ------------------------------------------------------------------------------------------------------


def places(problem: Any) -> list[str]:
    return [error["pointer"] for error in problem["errors"]]


def test_every_broken_rule_is_told_at_its_place(shop: Shop) -> None:
    buttons = {"type": "BUTTONS", "buttons": [LINK, LINK]}
    components = [{**BODY, "text": "x" * 551, "example": {}}, buttons]
    found = places(shop.make(422, name="Order sent", components=components))
    assert found == [
        "/components/0/text",
        "/components/1/buttons/1/text",
        "/components/1/buttons/1/url",
        "/name",
    ]
    assert places(shop.make(422, category="service")) == ["/category"]
    assert places(shop.make(422, sender="nobody")) == ["/sender"]
    assert shop.call("GET", "/whatsapp-templates")["items"] == []


def test_a_sender_has_one_template_of_a_name_in_a_language(shop: Shop) -> None:
    shop.make()
    shop.make(409)
    assert shop.make(language="es")["language"] == "es"


def test_what_is_handed_in_is_not_changed(shop: Shop) -> None:
    made = shop.make()
    shop.submit(made)
    changes = {"components": [{"type": "BODY", "text": "Other"}]}
    assert shop.call("PATCH", f"/whatsapp-templates/{made['id']}", changes, 409)["detail"].startswith("It is pending")
    shop.submit(made, 409)


def test_a_template_is_deleted_at_the_vendor_too(shop: Shop) -> None:
    made = shop.make()
    shop.submit(made)
    shop.call("DELETE", f"/whatsapp-templates/{made['id']}", status=204)
    assert shop.vendor.templates == {}
    with shop.api.database.reading() as work:
        noted = work.all(sa.text("SELECT action FROM audit_entry WHERE kind = 'whatsapp_template' ORDER BY id"))
    assert [row["action"].partition(".")[2] for row in noted] == ["created", "submitted", "deleted"]


def test_one_that_the_vendor_has_no_more_is_deleted(shop: Shop) -> None:
    made = shop.make()
    shop.submit(made)
    shop.vendor.templates.clear()
    shop.call("DELETE", f"/whatsapp-templates/{made['id']}", status=204)


def test_a_key_has_the_templates_of_its_senders(shop: Shop) -> None:
    made = shop.make()
    key = shop.api.key("acme", EVERYTHING, frozenset({"desk"}))
    assert shop.call("GET", "/whatsapp-templates", key=key)["items"] == []
    shop.call("GET", f"/whatsapp-templates/{made['id']}", status=403, key=key)
    shop.call("POST", "/whatsapp-templates", DRAFT, 403, key)
    shop.call("POST", "/whatsapp-templates/import", {"sender": "shop"}, 403, key)


def test_templates_are_listed_by_sender_status_category_and_language(shop: Shop) -> None:
    shop.make(name="a")
    shop.make(name="b", language="es", category="marketing")

    def names(query: str) -> list[str]:
        return [one["name"] for one in shop.call("GET", f"/whatsapp-templates?{query}")["items"]]

    assert (names("sender=shop&status=draft"), names("sender=other"), names("status=approved")) == (["a", "b"], [], [])
    assert (names("category=marketing"), names("language=en"), names("sort=-name")) == (["b"], ["a"], ["b", "a"])


def test_a_template_is_checked_without_being_kept(shop: Shop) -> None:
    draft = {name: value for name, value in DRAFT.items() if name != "sender"}
    assert shop.call("POST", "/whatsapp-templates/check", draft) == {"errors": []}
    broken = draft | {"name": "Order", "components": [BODY | {"text": "Order {{2}}"}]}
    found = shop.call("POST", "/whatsapp-templates/check", broken)["errors"]
    assert [error["pointer"] for error in found] == ["/components/0/text", "/name"]
    assert shop.make(422, **broken)["errors"] == found
    assert shop.call("GET", "/whatsapp-templates")["items"] == []


def test_a_check_tells_the_first_hundred_faults(shop: Shop) -> None:
    buttons = [{"type": "NONSENSE"} for _ in range(300)]
    broken = {
        "name": "b",
        "language": "en",
        "category": "utility",
        "components": [{"type": "BUTTONS", "buttons": buttons}],
    }
    assert len(shop.call("POST", "/whatsapp-templates/check", broken)["errors"]) == 100


def test_the_limits_are_those_of_the_rules(shop: Shop) -> None:
    limits = shop.call("GET", "/whatsapp-templates/limits")
    footer = {"type": "FOOTER", "text": "x" * limits["footer"]}
    assert shop.make(components=[BODY, footer])["status"] == "draft"
    assert shop.make(422, components=[BODY, footer | {"text": footer["text"] + "x"}])["errors"]
