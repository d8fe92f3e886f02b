"""Erasing a contact: nothing that tells who it was is left in any table or file, and an opt-out still holds (AP-4)."""

import json
from typing import Any

import pytest

from botflow.channels.contract import Accepted, Attachment, Inbound, Report
from botflow.consent.ledger import Cause
from botflow.consent.service import known, place_of, set_opt_out
from botflow.conversations.reports import take_reports
from botflow.erasure import service as erasing
from botflow.erasure.service import Erasures
from botflow.jobs.outbox import drain
from tests.server.api import Api
from tests.server.at_once import at_once
from tests.server.line import NUMBER, SAID, Line


@pytest.fixture
def line(api: Api, monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(api, monkeypatch)


HOLDING = {
    *("contact", "conversation", "thread", "turn", "inbound_message", "inbound_part", "outbound_message", "code_run"),
    *("answer", "delivery_report", "consent_entry", "blacklist_entry", "audit_entry", "asset", "webhook_delivery"),
    "contact_tag",
    "files",
}
"""Where the words are before: a table that is not here would be no part of the test."""


def test_nothing_of_an_erased_contact_is_left_anywhere(line: Line) -> None:
    contact = line.live_through_everything()
    said = tuple(word for word in SAID if word != "platypus")  # which the chatbot itself says
    assert line.where(*said) >= HOLDING
    proof = line.call("POST", f"/contacts/{contact}/erasure", status=201)
    assert line.where(*SAID) == {"chatbot_version", "chatbot_draft"}
    assert line.where(*said) == set()
    assert (proof["state"], proof["contact_id"], proof["files"]) == ("done", contact, 1)
    gone = {"contact": 1, "conversation": 2, "asset": 1, "blacklist_entry": 2, "inbound_part": 1, "handover": 1}
    assert proof["counts"] | gone == proof["counts"]
    assert set(proof["counts"]) >= HOLDING - {"files"}


def test_the_audit_log_forgets_the_names_of_files_and_what_vendors_said(line: Line) -> None:
    for number in range(2):
        file = Attachment(f"vendor-{number}", "image/png", f"Zebedee {number}.png")
        line.write("My file", attachments=(file,))
    first, second = [one["key"] for one in line.call("GET", "/media?source=contact")["items"]]
    line.call("DELETE", f"/media/{first}", status=204)
    line.call("PATCH", f"/media/{second}", {"name": "Of Zebedee"})
    body = {"sender": "desk", "to": NUMBER, "payload": {"type": "text", "text": "Hello"}}
    message = line.call("POST", "/messages", body, 201)["id"]
    line.work()
    failed = Report(f"vendor of {message}", "failed", kind="later", reason=f"{NUMBER} is away")
    take_reports(line.core.conversations, "desk", [failed], line.api.now)
    line.call("POST", f"/messages/{message}/resend")
    line.call("POST", f"/contacts/{line.contact()}/erasure", status=201)
    assert line.where("34699887766", "Zebedee") == set()


def test_sqlite_files_do_not_hold_what_was_deleted(small_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(small_api, monkeypatch)
    contact = line.live_through_everything()
    files = list(line.api.settings.data.glob("botflow.sqlite3*"))
    assert b"umbrella" in b"".join(file.read_bytes() for file in files)
    line.call("POST", f"/contacts/{contact}/erasure", status=201)
    left = b"".join(file.read_bytes() for file in files)
    assert [word for word in (b"umbrella", b"Zebedee", b"34699887766") if word in left] == []


def test_what_is_left_is_the_proof_the_consent_and_figures(line: Line) -> None:
    contact = line.live_through_everything()
    proof = line.call("POST", f"/contacts/{contact}/erasure", status=201)
    assert line.call("POST", f"/contacts/{contact}/erasure") == proof
    assert line.call("GET", f"/erasures/{proof['id']}") == proof
    assert line.call("GET", f"/erasures?contact_id={contact}")["items"] == [proof]
    assert line.call("GET", "/contacts")["items"] == []
    shown = line.call("GET", f"/contacts/{contact}")
    assert (shown["name"], shown["phone"], shown["attributes"]) == (None, None, {})
    assert shown["address"] in proof["digests"]
    line.call("PATCH", f"/contacts/{contact}", {"name": "Zebedee"}, 404)
    ledger = line.call("GET", f"/contacts/{contact}/consent/ledger")["items"]
    assert [(entry["to_state"], entry["evidence"]) for entry in ledger] == [("opt_out", "")]
    assert line.rows("SELECT count(*) FROM visit")[0][0] > 0
    asked = line.rows("SELECT action FROM audit_entry WHERE kind = 'erasure'")
    assert asked == [("erasure.requested",)]


def test_an_opt_out_and_a_blacklist_hold_when_the_number_comes_back(line: Line) -> None:
    contact = line.live_through_everything()
    line.call("POST", f"/contacts/{contact}/erasure", status=201)
    body = {"sender": "desk", "to": NUMBER, "payload": {"type": "text", "text": "Hello again"}}
    answer = line.api.call("POST", "/messages", body, key=line.api.key("acme")).get_json()
    assert (answer["status"], answer["reason"]) == ("blocked", "opted_out_sender")
    with line.api.database.reading() as work:
        here = known(work, place_of(work, "acme", contact, "page")).row
    assert (here["blacklisted_inbound"], here["blacklisted_outbound"]) == (True, True)
    assert line.contact() == contact
    assert {entry["address"] for entry in line.call("GET", "/blacklist")["items"]} == {NUMBER}
    again = line.call("POST", f"/contacts/{contact}/erasure", status=201)
    assert line.call("GET", f"/erasures?contact_id={contact}")["items"][0] == again
    assert line.where("34699887766") == set()


def test_a_contact_is_made_anew_under_an_erased_number(line: Line) -> None:
    contact = line.live_through_everything()
    line.call("POST", f"/contacts/{contact}/erasure", status=201)
    made = line.call("POST", "/contacts", {"phone": NUMBER, "name": "Zoe"}, 201)
    assert (made["id"], made["name"], made["erased_at"]) == (contact, "Zoe", None)
    standings = line.call("GET", f"/contacts/{contact}/consent")["standings"]
    assert [standing["state"] for standing in standings] == ["opt_out"]


def test_who_writes_again_is_heard_as_anybody_is(line: Line) -> None:
    line.write("Hello")
    contact = line.contact()
    line.call("POST", f"/contacts/{contact}/erasure", status=201)
    line.call("GET", f"/contacts/{contact}", status=404)  # there was no consent to remember
    line.write("Hello once more")
    assert line.contact() != contact
    assert line.rows("SELECT count(*) FROM inbound_message") == [(1,)]


def test_what_is_queued_never_leaves_and_what_is_on_its_way_harms_nothing(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.api.now += 1000
    line.core.conversations.receive("webchat", Inbound("desk", NUMBER, "m", text="My umbrella"))
    assert line.rows("SELECT count(*) FROM outbound_message WHERE status = 'queued'")[0][0] > 0
    proofs = []

    def erased_meanwhile(account: Any, message: Any) -> Accepted:
        proofs.append(line.call("POST", f"/contacts/{line.contact()}/erasure", status=201))
        return Accepted(("vendor-1",))

    monkeypatch.setattr(line.vendor, "send", erased_meanwhile)
    drain(line.core.conversations, line.core.accounts, "desk", lambda: line.api.now)
    assert [proof["state"] for proof in proofs] == ["done"]
    assert line.where("34699887766", "umbrella") == set()


def test_another_contact_is_left_alone(line: Line) -> None:
    line.write("I am somebody else", address="+34600000000")
    line.write("I am somebody else", address="+34600000000", sender="page")
    line.work()
    before = [line.rows(f"SELECT count(*) FROM {table}") for table in ("turn", "inbound_message", "outbound_message")]
    line.call("POST", f"/contacts/{line.live_through_everything()}/erasure", status=201)
    after = [line.rows(f"SELECT count(*) FROM {table}") for table in ("turn", "inbound_message", "outbound_message")]
    assert after == before


@pytest.mark.parametrize("step", ["erase_conversation", "erase_parts", "_note"])
def test_what_a_crash_leaves_is_finished(line: Line, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    contact = line.live_through_everything()
    real, calls = getattr(erasing, step), []

    def crash(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 2 or step == "erase_parts":
            raise RuntimeError("killed")
        return real(*given)

    monkeypatch.setattr(erasing, step, crash)
    assert line.api.call("POST", f"/contacts/{contact}/erasure", key=line.api.key("acme")).status_code == 500
    monkeypatch.undo()
    (pending,) = line.call("GET", "/erasures")["items"]
    assert (pending["state"], pending["finished_at"]) == ("pending", None)
    line.core.erasures.finish_pending()
    (proof,) = line.call("GET", "/erasures")["items"]
    assert (proof["id"], proof["state"], proof["counts"]["conversation"]) == (pending["id"], "done", 2)
    assert line.where("34699887766", "Zebedee", "umbrella") == set()


def test_who_is_late_does_not_erase_one_who_has_come_back(line: Line) -> None:
    contact, key = line.live_through_everything(), line.api.key("acme")
    pending: list[Any] = []

    def as_it_began(work: Any, erasure: Any) -> bool:
        pending.append(erasure)
        return is_pending(work, erasure)

    is_pending = erasing._is_pending
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(erasing, "_is_pending", as_it_began)
        assert line.api.call("POST", f"/contacts/{contact}/erasure", key=key).status_code == 201
    line.write("I am back")
    line.core.erasures._go_on(pending[0])
    assert line.contact() == contact
    assert line.rows("SELECT count(*) FROM inbound_message") == [(1,)]


def test_the_companys_own_systems_hear_of_it(line: Line) -> None:
    contact = line.live_through_everything()
    proof = line.call("POST", f"/contacts/{contact}/erasure", status=201)
    ((kind, body),) = line.rows("SELECT kind, body FROM webhook_delivery")
    assert kind == "contact.erased"
    assert json.loads(body)["data"] == {"contact": {"id": contact}, "erasure": proof["id"]}


def test_two_who_ask_at_once_get_one_proof(line: Line) -> None:
    contact, key = line.live_through_everything(), line.api.key("acme")
    answers = at_once(*[lambda: line.api.call("POST", f"/contacts/{contact}/erasure", key=key)] * 2)
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    (proof,) = line.call("GET", "/erasures")["items"]
    assert (proof["state"], proof["counts"]["conversation"]) == ("done", 2)


def test_many_who_finish_the_erasure_of_one_who_was_deleted_meanwhile_tell_it_once(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.write("Hello")
    contact, key = line.contact(), line.api.key("acme")
    with monkeypatch.context() as patch:
        patch.setattr(Erasures, "_go_on", lambda *_: None)  # as a crash leaves it
        line.api.call("POST", f"/contacts/{contact}/erasure", key=key)
    line.call("DELETE", f"/contacts/{contact}", status=204)
    answers = at_once(*[lambda: line.api.call("POST", f"/contacts/{contact}/erasure", key=key)] * 4)
    assert [(answer.status_code, answer.get_json()["state"]) for answer in answers] == [(200, "done")] * 4
    assert line.rows("SELECT kind FROM webhook_delivery") == [("contact.erased",)]


def test_who_writes_while_being_erased_is_erased_or_new(line: Line) -> None:
    contact = line.live_through_everything()

    def erase() -> None:
        line.call("POST", f"/contacts/{contact}/erasure", status=201)

    def write(number: int) -> None:
        line.core.conversations.receive("webchat", Inbound("desk", NUMBER, f"late {number}", text="Hello"))

    at_once(erase, *[lambda number=number: write(number) for number in range(3)])
    (proof,) = line.call("GET", "/erasures")["items"]
    assert proof["state"] == "done"
    whose = {row[0] for row in line.rows("SELECT contact_id FROM conversation")}
    there = {one["id"] for one in line.call("GET", "/contacts")["items"]}
    assert whose <= there, "nobody's conversation stays with one who is erased"


def test_a_blacklist_that_means_another_contact_too_stays_as_it_is(line: Line) -> None:
    line.write("Hello")
    line.call("POST", "/contacts", {"phone": "+34600000000"}, 201)
    other = line.contact("+34600000000")
    line.call("PATCH", f"/contacts/{other}", {"phone": NUMBER})
    line.call("POST", "/blacklist", {"address": NUMBER, "direction": "outbound"}, 201)
    line.call("POST", f"/contacts/{line.contact()}/erasure", status=201)
    assert [entry["address"] for entry in line.call("GET", "/blacklist")["items"]] == [NUMBER]


def test_a_key_of_some_senders_erases_nobody(line: Line) -> None:
    line.write("Hello")
    key = line.api.key("acme", senders=frozenset({"desk"}))
    answer = line.api.call("POST", f"/contacts/{line.contact()}/erasure", key=key)
    assert (answer.status_code, line.call("GET", "/erasures")["items"]) == (403, [])


def test_an_opt_out_is_remembered_without_its_vendors_words(line: Line) -> None:
    line.write("Hello")
    contact = line.contact()
    with line.api.database.transaction() as work:
        cause = Cause("vendor", "34699887766", "number 34699887766 is barred")
        set_opt_out(work, place_of(work, "acme", contact, "desk"), "sender", True, cause, line.api.now)
    line.call("POST", f"/contacts/{contact}/erasure", status=201)
    assert line.where("34699887766") == set()
