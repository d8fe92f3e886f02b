"""Erasing a contact: nothing that tells who it was is left in any table or file, and an opt-out still holds (AP-4)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from botflow.channels.contract import Accepted, Account, Attachment, Inbound, Part, Report
from botflow.consent.ledger import Cause
from botflow.consent.service import known, place_of, set_opt_out
from botflow.conversations.reports import take_reports
from botflow.erasure import service as erasing
from botflow.jobs.code import run_pending
from botflow.jobs.outbox import drain
from botflow.notices.service import KINDS
from botflow.senders.service import ensure_sender
from botflow_runtime.sandbox import CodeResult
from tests.server.api import Api
from tests.server.at_once import at_once
from tests.server.files import PNG
from tests.server.scenarios import Document, ask, code, listen, say, scenario

NUMBER = "+34699887766"
SAID = ("34699887766", "Zebedee", "platypus", "umbrella", PNG.hex()[:40])
"""What tells who the contact is, and what was said; the picture by its first bytes."""
INQUIRY = scenario(
    "inquiry",
    ask("name", "Who are you, platypus?", "name", "think"),
    code("think", "return {{name}}", "wait", save_as="twice"),
    say("wait", "Hello {{name}}, {{twice}}.", "listen"),
    listen("listen", "give"),
    {"id": "give", "kind": "action", "step": {"type": "handover"}, "next": ["end"]},
    say("end", "Thanks {{name}}."),
)
INQUIRY["nodes"][0]["step"]["show_in_report"] = True
OTHER: Document = scenario("other", ask("ask", "Anything?", "word", "again"), say("again", "Well.", "ask"))


class Line:
    """A company with a sender on which an inquiry runs, a webhook, and contacts who write."""

    def __init__(self, api: Api, patch: pytest.MonkeyPatch) -> None:
        self.api = api
        self.core = api.parts.core
        self.sent = 0
        caller = api.company("acme")
        with api.database.transaction() as work:
            for sender in ("desk", "page"):
                ensure_sender(work, sender, "acme", sender.title(), "webchat", "webchat", api.now)
        for document, sender in ((INQUIRY, "desk"), (OTHER, "page")):
            self.call("PUT", f"/chatbots/{document['id']}/draft", document, 201)
            api.parts.authoring.publish(caller, document["id"])
            api.parts.authoring.enable(caller, document["id"], sender, is_default=True)
        hook = {"name": "CRM", "address": "https://8.8.8.8/hook", "events": list(KINDS)}
        self.call("POST", "/webhooks", hook, 201)
        self.vendor = self.core.accounts.adapters["webchat"]
        patch.setattr(self.vendor, "fetch", self._fetch)
        patch.setattr(self.vendor, "send", lambda account, message: Accepted((f"vendor of {message.id}",)))

    def _fetch(self, account: Account[Any], attachment: Attachment) -> Iterator[bytes]:
        yield PNG

    def call(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = self.api.call(method, path, body, key=self.api.key("acme"))
        assert answer.status_code == status, answer.text
        return answer.get_json()

    def write(self, text: str | None, address: str = NUMBER, sender: str = "desk", **fields: Any) -> None:
        self.api.now += 1000
        self.sent += 1
        self.core.conversations.receive("webchat", Inbound(sender, address, f"m{self.sent}", text=text, **fields))
        self.work()

    def work(self) -> None:
        for sender in ("desk", "page"):
            drain(self.core.conversations, self.core.accounts, sender, lambda: self.api.now)
        run_pending(self.core.conversations, lambda request: CodeResult(value="Zebedee twice"), lambda: self.api.now)
        self.core.assets.fetch_pending(self.core.accounts)

    def contact(self, address: str = NUMBER) -> str:
        (found,) = self.call("GET", f"/contacts?address={address.replace('+', '%2B')}")["items"]
        return str(found["id"])

    def live_through_everything(self) -> str:
        """A contact of whom something is in every table that can hold something of one. Returns its id."""
        self.write("Hello, I am the umbrella man")
        contact = self.contact()
        changes = {"name": "Zebedee", "phone": NUMBER, "attributes": {"pet": "platypus"}}
        self.call("PATCH", f"/contacts/{contact}", changes)
        self.write("Zebedee")
        self.write("my platypus", attachments=(Attachment("vendor-1", "image/png", "Zebedee.png"),))
        self.write("and my umbrella")
        self.write("On the other page I am Zebedee", sender="page")
        part = Part("desk", NUMBER, "7", 1, 2, b"half an umbrella", "latin-1", "part-1", self.api.now)
        self.core.conversations.receive_all([("webchat", part)])
        opt_out = {"sender_id": "desk", "opted_out": True, "evidence": "Zebedee said so on the phone"}
        self.call("PUT", f"/contacts/{contact}/consent/opt-out", opt_out)
        for direction in ("inbound", "outbound"):
            entry = {"address": NUMBER, "direction": direction, "sender_id": "page"}
            self.call("POST", "/blacklist", entry, 201)
        body = {"sender": "desk", "to": NUMBER, "payload": {"type": "text", "text": "Dear Zebedee"}}
        self.call("POST", "/messages", body, 201)
        own = "JOIN outbound_message m ON m.id = message_id JOIN conversation c ON c.id = m.conversation_id"
        vendor_id = self.rows(f"SELECT vendor_id FROM vendor_message {own} WHERE c.address = '{NUMBER}'")[0][0]
        failed = Report(vendor_id, "failed", reason=f"{NUMBER} has no umbrella")
        take_reports(self.core.conversations, "acme", "desk", [failed], self.api.now)
        return contact

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self.api.database.reading() as work:
            return [tuple(row) for row in work.execute(sa.text(statement))]

    def where(self, *said: str) -> set[str]:
        """The tables, and the folder of media, that any of these words is in."""
        found = set()
        with self.api.database.reading() as work:
            for table in SQLModel.metadata.sorted_tables:
                rows = [list(row.values()) for row in work.all(sa.select(table))]
                if any(word in json.dumps(rows, default=repr, ensure_ascii=False) for word in said):
                    found.add(table.name)
        for file in self.core.assets.store.folder.rglob("*"):
            if file.is_file() and any(word in file.read_bytes().hex() for word in said):
                found.add("files")
        return found


@pytest.fixture
def line(api: Api, monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(api, monkeypatch)


HOLDING = {
    *("contact", "conversation", "thread", "turn", "inbound_message", "inbound_part", "outbound_message", "code_run"),
    *("answer", "delivery_report", "consent_entry", "blacklist_entry", "audit_entry", "asset", "webhook_delivery"),
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


def test_two_who_ask_at_once_get_one_proof(line: Line) -> None:
    contact, key = line.live_through_everything(), line.api.key("acme")
    answers = at_once(*[lambda: line.api.call("POST", f"/contacts/{contact}/erasure", key=key)] * 2)
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    (proof,) = line.call("GET", "/erasures")["items"]
    assert (proof["state"], proof["counts"]["conversation"]) == ("done", 2)


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
