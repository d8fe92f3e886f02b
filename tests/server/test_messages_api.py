"""Messages over HTTP: sent once for each id, judged by consent, looked up, and dead letters sent again (AP-1)."""

from typing import Any

import pytest
import sqlalchemy as sa

from botflow.channels.contract import Accepted, Refused, Report, RetryLater, SendResult
from botflow.consent.ledger import Cause
from botflow.consent.service import place_of, set_opt_out
from botflow.conversations.api.channels import NUMBERS
from botflow.conversations.delivery import claim, settle
from botflow.conversations.dialogue import OUTBOUND
from botflow.conversations.reports import take_reports
from botflow.senders.service import SENDERS, ensure_sender
from botflow_runtime.content import CHANNELS
from tests.server.api import EVERYTHING, Api
from tests.server.at_once import at_once

HELLO = {"sender": "desk", "to": "anna", "payload": {"type": "text", "text": "Hello"}}
DOWN = Refused("given up: the vendor was down", "later")


@pytest.fixture
def acme(api: Api) -> Api:
    """A company with a web chat sender and two of WhatsApp, which share a number."""
    api.company("acme")
    with api.database.transaction() as work:
        ensure_sender(work, "desk", "acme", "Desk", "webchat", "webchat", api.now)
        for sender in ("shop", "help"):
            ensure_sender(work, sender, "acme", sender.title(), "whatsapp", "webchat", api.now)
        work.execute(SENDERS.update().where(SENDERS.c.channel == "whatsapp").values(identity="+34910000000"))
        work.execute(SENDERS.update().where(SENDERS.c.id == "desk").values(identity="our page"))
    return api


def call(api: Api, method: str, path: str, body: Any = None, status: int = 200, key: str | None = None) -> Any:
    answer = api.call(method, path, body, key=key or api.key("acme"))
    assert answer.status_code == status, answer.text
    return answer.get_json() if answer.data else None


def send(api: Api, status: int = 201, **fields: Any) -> Any:
    return call(api, "POST", "/messages", HELLO | fields, status)


def leave(api: Api, *results: SendResult, sender: str = "desk") -> None:
    """Let the outbox have its turn; the vendor answers so."""
    with api.database.transaction() as work:
        messages = claim(work, sender, 100.0, api.now).messages
    assert len(messages) == len(results)
    settle(api.parts.core.conversations, list(zip(messages, results, strict=True)), [])


def reported(api: Api, *reports: Report) -> None:
    """The vendor tells what became of messages."""
    take_reports(api.parts.core.conversations, "desk", reports, api.now)


def test_a_message_is_queued_and_shown_with_what_became_of_it(acme: Api) -> None:
    made = send(acme)
    assert (made["status"], made["reason"], made["origin"], made["to"]) == ("queued", None, "api", "anna")
    assert (made["sender"], made["channel"], made["payload"]) == ("desk", "webchat", HELLO["payload"])
    acme.now += 1000
    leave(acme, Accepted(("v1", "v2")))
    shown = call(acme, "GET", f"/messages/{made['id']}")
    assert shown == made | {"status": "sent", "parts": 2, "settled_at": "2026-03-01T10:00:01.000Z"}


HOOK = {"name": "CRM", "address": "https://example.com/botflow", "events": []}


def deliveries(api: Api, webhook: str) -> list[tuple[str, str]]:
    """Kinds and states of a webhook's events, the latest first."""
    return [(one["kind"], one["state"]) for one in call(api, "GET", f"/webhooks/{webhook}/deliveries")["items"]]


def test_a_message_names_the_webhook_that_hears_of_it(acme: Api) -> None:
    webhook = call(acme, "POST", "/webhooks", HOOK, 201)["id"]
    send(acme)
    for number, name in enumerate((HOOK["address"], webhook)):
        send(acme, id=f"m{number}", webhook=name)
    body = {"to": "anna", "webhook": webhook, "chain": [{"sender": "desk", "payload": HELLO["payload"]}]}
    call(acme, "POST", "/omnimessages", body, 201)
    leave(acme, *[Accepted((f"v{number}",)) for number in range(4)])
    assert deliveries(acme, webhook) == [("message.status", "waiting")] * 3


NO_WEBHOOK = "No enabled webhook of this sender has this address or id: make one with POST /api/v1/webhooks, once."


def test_a_message_names_only_a_webhook_that_its_company_made_for_its_sender(acme: Api) -> None:
    """A key that may send is no way to have texts posted to just any address."""
    acme.company("other")
    theirs = call(acme, "POST", "/webhooks", HOOK, 201, acme.key("other"))["id"]
    off = call(acme, "POST", "/webhooks", HOOK | {"address": "https://example.com/off", "enabled": False}, 201)["id"]
    of_shop = HOOK | {"address": "https://example.com/shop", "senders": ["shop"]}
    elsewhere = call(acme, "POST", "/webhooks", of_shop, 201)["id"]
    for name in (theirs, HOOK["address"], off, elsewhere, of_shop["address"], "https://example.com/new"):
        assert send(acme, 422, webhook=name)["errors"] == [{"pointer": "/webhook", "detail": NO_WEBHOOK}]


def test_a_request_that_is_repeated_after_its_webhook_is_gone_changes_nothing(acme: Api) -> None:
    webhook = call(acme, "POST", "/webhooks", HOOK, 201)["id"]
    made = send(acme, id="once", webhook=HOOK["address"])
    assert made["webhook"] == webhook
    call(acme, "DELETE", f"/webhooks/{webhook}", status=204)
    assert send(acme, 200, id="once", webhook=HOOK["address"]) == made


def test_a_sender_goes_by_its_id_or_by_what_its_vendor_calls_it(acme: Api) -> None:
    assert send(acme, sender="our page")["sender"] == "desk"
    problem = send(acme, 422, sender="+34910000000")
    assert problem["errors"] == [
        {
            "pointer": "/sender",
            "detail": "Several senders are known as '+34910000000': give the id, help, shop.",
        }
    ]


def test_a_channel_chooses_between_senders_of_one_number(acme: Api) -> None:
    with acme.database.transaction() as work:
        ensure_sender(work, "texts", "acme", "Texts", "sms", "webchat", acme.now)
        work.execute(SENDERS.update().where(SENDERS.c.id == "texts").values(identity="+34910000000"))
    for number, channel in enumerate((1, "sms")):
        made = send(acme, id=f"m{number}", sender="+34910000000", channel=channel, to="+34600111222")
        assert (made["sender"], made["channel"]) == ("texts", "sms")


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        (1, "The sender 'desk' is for webchat."),
        (5, "there is no channel 5"),
        ("smoke", "there is no channel 'smoke'"),
    ],
)
def test_a_channel_that_is_not_the_senders_is_refused(acme: Api, channel: Any, told: str) -> None:
    (error,) = send(acme, 422, channel=channel)["errors"]
    assert error["pointer"] == "/channel"
    assert told in error["detail"]


@pytest.mark.parametrize("to", ["12", "600111222abc", "anna"])
def test_a_channel_of_numbers_takes_numbers(acme: Api, to: str) -> None:
    with acme.database.transaction() as work:
        ensure_sender(work, "phone", "acme", "Phone", "whatsapp", "whatsapp_cloud", acme.now)
    for path, body in (("/messages", HELLO), ("/threads", {"chatbot": "echo"})):
        problem = call(acme, "POST", path, {**body, "sender": "phone", "to": to}, 422)
        assert [error["pointer"] for error in problem["errors"]] == ["/to"]
    assert call(acme, "GET", "/contacts")["items"] == []


def test_a_number_is_one_contact_however_it_is_written(acme: Api) -> None:
    with acme.database.transaction() as work:
        ensure_sender(work, "phone", "acme", "Phone", "whatsapp", "whatsapp_cloud", acme.now)
    made = [send(acme, sender="phone", to=to) for to in ("+34600111222", "34600111222", "+34 600 11-12-22")]
    assert {one["to"] for one in made} == {"+34600111222"}
    assert len({one["contact"] for one in made}) == 1


def test_every_channel_of_a_vendor_has_its_number() -> None:
    assert sorted([*NUMBERS.values(), "webchat"]) == sorted(CHANNELS)


def test_the_same_id_sends_once_also_at_the_same_instant(acme: Api) -> None:
    key = acme.key("acme")
    first, second = at_once(
        *[lambda: acme.call("POST", "/messages", HELLO | {"id": "order-1"}, key=key).get_json()] * 2
    )
    assert first == second == send(acme, 200, id="order-1")
    send(acme, 409, id="order-1", payload={"type": "text", "text": "Something else"})
    send(acme, 409, id="order-1", to="bob")
    assert len(call(acme, "GET", "/messages")["items"]) == 1
    assert call(acme, "GET", "/messages?to=bob")["items"] == []


def test_two_companies_may_use_the_same_id(acme: Api) -> None:
    made = send(acme, id="order-1")
    key = acme.key("other")
    with acme.database.transaction() as work:
        ensure_sender(work, "theirs", "other", "Theirs", "webchat", "webchat", acme.now)
    theirs = call(acme, "POST", "/messages", HELLO | {"id": "order-1", "sender": "theirs"}, 201, key)
    assert theirs["id"] != made["id"]
    call(acme, "GET", f"/messages/{made['id']}", status=404, key=key)


def test_numbers_mean_the_same_contact_however_they_are_written(acme: Api) -> None:
    template = {"name": "hello", "language": "en", "params": {"1": "Anna"}}
    sent = [
        call(acme, "POST", "/messages", {"sender": "shop", "to": to, "template": template}, 201)
        for to in ("+34 600 111-222", "34600111222")
    ]
    assert {one["to"] for one in sent} == {"+34600111222"}
    assert sent[0]["conversation"] == sent[1]["conversation"]
    assert sent[0]["payload"] == {"type": "template", "name": "hello", "language": "en", "variables": {"1": "Anna"}}


def test_what_consent_forbids_is_blocked_and_says_why(acme: Api) -> None:
    contact = send(acme)["contact"]
    with acme.database.transaction() as work:
        place = place_of(work, "acme", contact, "desk")
        set_opt_out(work, place, "sender", True, Cause("operator", ""), acme.now)
    made = send(acme, id="after")
    assert (made["status"], made["reason"]) == ("blocked", "opted_out_sender")
    assert made["error"] == "The contact has opted out of this sender."
    assert send(acme, 200, id="after") == made


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"payload": {"type": "text"}}, ["/payload/text"]),
        ({"payload": {"type": "list"}}, ["/payload/type"]),
        ({"payload": None}, ["/payload"]),
        ({"payload": {}}, ["/payload/type"]),
        ({"template": {"name": "hello", "language": "en"}}, ["/payload"]),
        ({"template": {"name": "hello", "language": "en"}, "payload": None}, ["/template"]),
        (
            {
                "sender": "shop",
                "payload": None,
                "template": {"name": "", "language": "en", "params": {"1": "x" * 1999}},
            },
            ["/template/name", "/template/params/1"],
        ),
        ({"sender": "nobody"}, ["/sender"]),
        ({"to": ""}, ["/to"]),
        ({"to": "é" * 1001}, ["/to"]),
        ({"id": "with blanks"}, ["/id"]),
        ({"text": "Hello"}, ["/text"]),
    ],
)
def test_what_cannot_be_sent_is_named_by_its_place(acme: Api, change: dict[str, Any], pointers: list[str]) -> None:
    assert [error["pointer"] for error in send(acme, 422, **change)["errors"]] == pointers
    assert call(acme, "GET", "/messages")["items"] == []


def test_a_key_sends_and_sees_through_its_own_senders_only(acme: Api) -> None:
    key = acme.key("acme", EVERYTHING, frozenset({"shop"}))
    made = send(acme)
    call(acme, "POST", "/messages", HELLO, 403, key)
    call(acme, "GET", f"/messages/{made['id']}", status=403, key=key)
    call(acme, "POST", f"/messages/{made['id']}/resend", status=403, key=key)
    assert call(acme, "GET", "/messages", key=key)["items"] == []


def test_messages_are_found_by_filter_and_paged(acme: Api) -> None:
    made = []
    for number in range(3):
        made.append(send(acme, to=f"reader-{number}")["id"])
        acme.now += 1000
    leave(acme, Accepted(("v1",)), Refused("no such number", "permanent"), DOWN)

    def found(query: str) -> list[int]:
        return [made.index(one["id"]) for one in call(acme, "GET", f"/messages?{query}")["items"]]

    assert found("") == [2, 1, 0]
    assert found("sort=queued_at&status=failed") == [1, 2]
    assert (found("dead_letter=true"), found("dead_letter=false")) == ([2], [1, 0])
    assert (found("failure=permanent"), found("to=reader-0"), found("origin=chatbot")) == ([1], [0], [])
    assert found("queued_from=2026-03-01T10:00:01Z&queued_before=2026-03-01T10:00:02Z") == [1]
    page = call(acme, "GET", "/messages?limit=2")
    rest = call(acme, "GET", f"/messages?limit=2&cursor={page['next']}")
    assert [made.index(one["id"]) for one in page["items"] + rest["items"]] == [2, 1, 0]
    assert rest["next"] is None


def test_a_dead_letter_is_sent_again_behind_what_waits(acme: Api) -> None:
    dead = send(acme)["id"]
    leave(acme, DOWN)
    waiting = send(acme, payload={"type": "text", "text": "Second"})["id"]
    again = call(acme, "POST", f"/messages/{dead}/resend")
    assert (again["status"], again["failure"], again["error"], again["attempts"]) == ("queued", None, None, 0)
    assert call(acme, "POST", f"/messages/{dead}/resend") == again
    with acme.database.reading() as work:
        order = work.all(sa.select(OUTBOUND.c.id).order_by(OUTBOUND.c.position))
        audited = work.all(sa.text("SELECT action, object_id FROM audit_entry WHERE action LIKE 'message%'"))
    assert [row["id"] for row in order] == [waiting, dead]
    assert [tuple(row.values()) for row in audited] == [("message.resent", dead)]
    leave(acme, Accepted(("v1",)), Accepted(("v2",)))
    assert call(acme, "POST", f"/messages/{dead}/resend")["status"] == "sent"


def test_reports_of_the_first_sending_mean_the_second_no_more(acme: Api) -> None:
    dead = send(acme)["id"]
    leave(acme, Accepted(("first",)))
    failed = Report("first", "failed", kind="later", reason="the network was down")
    reported(acme, failed)
    assert call(acme, "GET", f"/messages/{dead}")["failure"] == "later"
    call(acme, "POST", f"/messages/{dead}/resend")
    leave(acme, Accepted(("second",)))
    reported(acme, failed, Report("second", "delivered"))
    assert call(acme, "GET", f"/messages/{dead}")["status"] == "delivered"


def test_what_would_fare_no_better_is_not_sent_again(acme: Api) -> None:
    made = send(acme)["id"]
    leave(acme, Refused("no such number", "permanent"))
    problem = call(acme, "POST", f"/messages/{made}/resend", status=409)
    assert problem["detail"] == "It would fare no better: the message is failed. no such number"
    call(acme, "POST", "/messages/nothing/resend", status=404)


def test_an_omnimessage_of_one_step_is_sent_and_of_more_is_refused(acme: Api) -> None:
    step = {name: HELLO[name] for name in ("sender", "payload")}
    body = {"id": "o-1", "to": "anna", "chain": [step]}
    made = call(acme, "POST", "/omnimessages", body, 201)
    assert call(acme, "POST", "/omnimessages", body) == made
    assert [one["status"] for one in made["messages"]] == ["queued"]
    assert send(acme, id="o-1")["id"] != made["messages"][0]["id"]
    problem = call(acme, "POST", "/omnimessages", body | {"chain": [step, step]}, 422)
    assert problem["errors"][0]["pointer"] == "/chain"
    wrong = call(acme, "POST", "/omnimessages", body | {"chain": [step | {"payload": {"type": "text"}}]}, 422)
    assert wrong["errors"][0]["pointer"] == "/chain/0/payload/text"


class TestTimeToLive:
    """After its time a message expires instead of leaving."""

    def test_the_channel_is_told_what_is_left_of_it(self, acme: Api) -> None:
        made = send(acme, ttl_seconds=60)
        assert made["expires_at"] == "2026-03-01T10:01:00.000Z"
        acme.now += 50_500
        with acme.database.transaction() as work:
            (leaving,) = claim(work, "desk", 100.0, acme.now).messages
        assert leaving.outbound.ttl_seconds == 10

    def test_what_has_not_left_by_then_expires(self, acme: Api) -> None:
        made = send(acme, ttl_seconds=60)
        acme.now += 60_000
        with acme.database.transaction() as work:
            (leaving,) = claim(work, "desk", 100.0, acme.now).messages
        assert leaving.stopped is not None
        settle(acme.parts.core.conversations, [(leaving, leaving.stopped)], [])
        shown = call(acme, "GET", f"/messages/{made['id']}")
        assert (shown["status"], shown["failure"]) == ("failed", "expired")
        call(acme, "POST", f"/messages/{made['id']}/resend", status=409)

    def test_it_does_not_wait_for_another_try_for_longer_than_it_is_worth_anything(self, acme: Api) -> None:
        made = send(acme, ttl_seconds=60)
        leave(acme, RetryLater("busy", 3600))
        assert call(acme, "GET", f"/messages/{made['id']}")["not_before"] == made["expires_at"]

    def test_without_one_it_waits_as_long_as_it_takes(self, acme: Api) -> None:
        made = send(acme)
        leave(acme, RetryLater("busy", 3600))
        shown = call(acme, "GET", f"/messages/{made['id']}")
        assert (shown["not_before"], shown["expires_at"]) == ("2026-03-01T11:00:00.000Z", None)

    def test_it_is_a_second_at_least_and_thirty_days_at_most(self, acme: Api) -> None:
        for seconds in (0, 30 * 24 * 3600 + 1):
            problem = send(acme, 422, ttl_seconds=seconds)
            assert problem["errors"][0]["pointer"] == "/ttl_seconds"


def test_a_message_is_revoked_over_http(acme: Api) -> None:
    made = send(acme)
    problem = call(acme, "POST", f"/messages/{made['id']}/revoke", status=409)
    assert "this one is queued" in problem["detail"]
    leave(acme, Accepted(("v1",)))
    # the page's channel has no way to take anything back
    assert call(acme, "POST", f"/messages/{made['id']}/revoke")["revocation"] == "refused"
