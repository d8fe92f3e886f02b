"""Consent over HTTP: what is known, what changed, and what may be set."""

from typing import Any

import pytest
import sqlalchemy as sa

from botflow.contacts.service import ensure_contact
from botflow.senders.service import ensure_sender
from tests.server.api import EVERYTHING, START, Api


@pytest.fixture
def acme(api: Api) -> Api:
    """A company with a contact and a sender."""
    api.company("acme")
    with api.database.transaction() as work:
        ensure_contact(work, "acme", "+1555123", "anna", api.now)
        ensure_sender(work, "desk", "acme", "Desk", "webchat", "webchat", api.now)
    return api


def call(api: Api, method: str, path: str, body: Any = None, status: int = 200, **options: Any) -> Any:
    answer = api.call(method, path, body, key=options.get("key") or api.key("acme"))
    assert answer.status_code == status, answer.text
    return answer.get_json()


def test_explicit_consent_is_recorded_and_the_ledger_says_by_whom(acme: Api) -> None:
    call(acme, "PUT", "/contacts/anna/consent/opt-out", {"sender_id": "desk", "opted_out": True})
    acme.now += 1000
    said = {"sender_id": "desk", "evidence": "Said so on the phone."}
    shown = call(acme, "POST", "/contacts/anna/consent/explicit", said)
    assert {(standing["kind"], standing["state"]) for standing in shown["standings"]} == {
        ("pair", "explicit"),
        ("sender", "open"),
    }
    assert call(acme, "GET", "/contacts/anna/consent") == shown
    page = call(acme, "GET", "/contacts/anna/consent/ledger?limit=2")
    newest, before = page["items"]
    assert (newest["number"], newest["kind"], newest["from_state"], newest["to_state"]) == (
        3,
        "sender",
        "opt_out",
        "open",
    )
    assert (newest["cause"], newest["evidence"], newest["at"]) == ("api", said["evidence"], "2026-03-01T10:00:01.000Z")
    rest = call(acme, "GET", f"/contacts/anna/consent/ledger?cursor={page['next']}")
    assert [entry["number"] for entry in (newest, before, *rest["items"])] == [3, 2, 1]
    assert acme.now == START + 1000


def test_compliance_is_set_and_shown(acme: Api) -> None:
    for said in ("no", "yes", "unknown"):
        shown = call(acme, "PUT", "/contacts/anna/consent/compliance", {"compliance": said})
        assert [standing["state"] for standing in shown["standings"]] == [said]


def test_words_and_responses_of_a_sender_are_put_and_audited(acme: Api) -> None:
    body = {"help_words": ["Info"], "help_response": {"type": "text", "text": "Ask away."}, "join_word_only": True}
    first = call(acme, "PUT", "/senders/desk/consent", body)
    assert call(acme, "PUT", "/senders/desk/consent", body) == first == call(acme, "GET", "/senders/desk/consent")
    assert (first["help_words"], first["implied_days"]) == (["info"], 180)
    with acme.database.reading() as work:
        audited = [row["action"] for row in work.all(sa.text("SELECT action FROM audit_entry"))]
    assert audited.count("sender_consent.updated") == 2


def test_what_cannot_be_set_is_named_by_its_place(acme: Api) -> None:
    body = {"help_words": ["stop"], "quiet_from": "9pm", "quiet_till": "08:00", "auto_reply": {"type": "nonsense"}}
    problem = call(acme, "PUT", "/senders/desk/consent", body, 422)
    assert [error["pointer"] for error in problem["errors"]] == ["/help_words/0", "/auto_reply", "/quiet_from"]
    call(acme, "PUT", "/senders/desk/consent", {"implied_days": "180"}, 422)
    call(acme, "POST", "/opt-out-words", {"channel": "webchat", "word": "baja", "valid_from": "soon"}, 422)


def test_opt_out_words_are_put_listed_and_taken_back(acme: Api) -> None:
    body = {"channel": "webchat", "word": "Baja", "valid_till": "2026-12-31"}
    made = call(acme, "POST", "/opt-out-words", body, 201)
    assert call(acme, "GET", "/opt-out-words") == [made]
    assert made == {"id": made["id"], "sender_id": None, "valid_from": None, **body, "word": "baja"}
    address = f"/opt-out-words/{made['id']}"
    assert call(acme, "PUT", address, body | {"word": "fin"}) == made | {"word": "fin"}
    call(acme, "DELETE", address, status=204)
    call(acme, "DELETE", address, status=404)
    call(acme, "PUT", address, body, 404)


def test_blacklists_are_filtered_and_paged(acme: Api) -> None:
    for number in range(3):
        body = {"address": f"+1 555-000{number}", "direction": "inbound" if number else "outbound"}
        made = call(acme, "POST", "/blacklist", body, 201)
        assert call(acme, "POST", "/blacklist", body, 201) == made
    page = call(acme, "GET", "/blacklist?direction=inbound&limit=1&sort=address")
    assert [entry["address"] for entry in page["items"]] == ["+15550001"]
    rest = call(acme, "GET", f"/blacklist?direction=inbound&sort=address&cursor={page['next']}")
    assert [entry["address"] for entry in rest["items"]] == ["+15550002"]
    call(acme, "DELETE", f"/blacklist/{made['id']}", status=204)
    assert len(call(acme, "GET", "/blacklist")["items"]) == 2


def test_a_key_of_other_senders_may_not_speak_for_this_one(acme: Api) -> None:
    key = acme.key("acme", EVERYTHING, frozenset({"another"}))
    call(acme, "PUT", "/senders/desk/consent", {}, 403, key=key)
    call(acme, "POST", "/contacts/anna/consent/explicit", {"sender_id": "desk", "evidence": "x"}, 403, key=key)
    call(acme, "POST", "/blacklist", {"address": "+1555", "direction": "inbound", "sender_id": "desk"}, 403, key=key)
    # nor for all of them
    call(acme, "POST", "/blacklist", {"address": "+1555", "direction": "inbound"}, 403, key=key)
    call(acme, "POST", "/opt-out-words", {"channel": "webchat", "word": "Baja"}, 403, key=key)
    call(acme, "PUT", "/contacts/anna/consent/compliance", {"compliance": "yes"}, 403, key=key)
    of_channel = {"sender_id": "another", "scope": "channel", "opted_out": True}
    call(acme, "PUT", "/contacts/anna/consent/opt-out", of_channel, 403, key=key)


def test_a_key_of_other_senders_sees_nothing_of_what_was_said_to_this_one(acme: Api) -> None:
    call(acme, "POST", "/contacts/anna/consent/explicit", {"sender_id": "desk", "evidence": "on paper"})
    call(acme, "PUT", "/contacts/anna/consent/compliance", {"compliance": "yes"})
    call(acme, "POST", "/blacklist", {"address": "+1555", "direction": "inbound", "sender_id": "desk"}, 201)
    call(acme, "POST", "/blacklist", {"address": "+1666", "direction": "inbound"}, 201)
    for sender, kinds, addresses in (
        ("desk", {"pair", "compliance"}, {"+1555"}),
        ("another", {"compliance"}, set()),
    ):
        key = acme.key("acme", EVERYTHING, frozenset({sender}))
        standings = call(acme, "GET", "/contacts/anna/consent", key=key)["standings"]
        assert {one["kind"] for one in standings} == kinds
        ledger = call(acme, "GET", "/contacts/anna/consent/ledger", key=key)["items"]
        assert {one["kind"] for one in ledger} == kinds
        assert {one["address"] for one in call(acme, "GET", "/blacklist", key=key)["items"]} == addresses
