"""Retention: what is older than its company keeps conversations goes, and nothing else does (AP-4)."""

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from botflow.channels.contract import Attachment, Inbound
from botflow.erasure import retention
from botflow.senders.service import ensure_sender
from tests.server.api import Api
from tests.server.line import Line
from tests.server.plans import listening, scans

DAY = 24 * 3600 * 1000
WORN = ("thread", "turn", "answer", "code_run", "inbound_message", "outbound_message", "vendor_message", "asset")
"""Tables that hold what was said, which goes with time."""
KEPT = ("contact", "conversation", "consent_entry", "consent_state", "blacklist_entry", "audit_entry", "visit")


@pytest.fixture
def line(api: Api, monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(api, monkeypatch)


def keep_for(line: Line, days: int | None) -> None:
    assert line.call("PATCH", "/company", {"history_days": days})["history_days"] == days


def forget(line: Line) -> None:
    line.core.retention.forget_old()


def counts(line: Line, *tables: str) -> dict[str, int]:
    return {table: line.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def finish(line: Line, address: str) -> None:
    """Somebody goes through the inquiry, with a file, to the person who takes over, who is done with it."""
    line.write("Hello", address)
    line.write("Zebedee", address)
    line.write("A picture", address, attachments=(Attachment("vendor-1", "image/png", "one.png"),))
    line.api.now += 1000
    for thread in line.call("GET", "/threads")["items"]:
        if thread["to"] == address:
            line.call("POST", f"/threads/{thread['id']}/stop", {})
    line.work()


def test_it_is_set_and_taken_back_with_an_audit(line: Line) -> None:
    assert line.call("GET", "/company")["history_days"] is None
    keep_for(line, 30)
    assert line.call("PATCH", "/company", {"name": "Acme", "time_zone": None})["history_days"] == 30
    keep_for(line, None)
    noted = line.call("GET", "/audit?action=company.updated")["items"]
    changes = [(entry["old"].get("history_days"), entry["new"].get("history_days")) for entry in noted]
    assert [change for change in changes if change != (None, None)] == [(30, None), (None, 30)]


@pytest.mark.parametrize("days", [0, -1, 6, 36_501, "many"])
def test_days_that_cannot_be_are_refused(line: Line, days: Any) -> None:
    answer = line.api.call("PATCH", "/company", {"history_days": days}, key=line.api.key("acme"))
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/history_days")


def test_what_was_said_goes_with_its_files_when_its_days_are_over(line: Line) -> None:
    of_others = set(line.core.assets.store.folder.rglob("*"))
    finish(line, "+34600000001")
    line.api.now += DAY
    opted_out = {"sender_id": "desk", "opted_out": True}
    line.call("PUT", f"/contacts/{line.contact('+34600000001')}/consent/opt-out", opted_out)
    keep_for(line, 10)
    with line.api.database.transaction() as work:
        work.execute(sa.text("UPDATE webhook_delivery SET state = 'dead', settled_at = queued_at"))
    before, kept = counts(line, *WORN), counts(line, *KEPT)
    assert 0 not in before.values()
    line.api.now += 9 * DAY - 60_000
    forget(line)
    assert counts(line, *WORN) == before
    line.api.now += DAY
    forget(line)
    assert counts(line, *WORN) == dict.fromkeys(WORN, 0)
    assert counts(line, *KEPT) == kept
    there = set(line.core.assets.store.folder.rglob("*")) - of_others
    assert not [file for file in there if file.is_file()]
    assert line.where("Zebedee") == set(), "nor do webhooks that were told long ago keep it"


def test_a_company_that_says_nothing_keeps_everything(line: Line) -> None:
    finish(line, "+34600000001")
    before = counts(line, *WORN)
    line.api.now += 4000 * DAY
    forget(line)
    assert counts(line, *WORN) == before


def test_a_live_thread_keeps_its_turns_and_what_waits_goes_nowhere(line: Line) -> None:
    line.write("Hello", "+34600000001")
    line.write("Zebedee", "+34600000001")
    line.core.conversations.receive("webchat", Inbound("page", "+34600000001", "late", text="And here"))
    keep_for(line, 7)
    of_threads = ("thread", "turn", "answer", "code_run")
    before, waiting = counts(line, *of_threads), line.rows("SELECT id FROM outbound_message WHERE status = 'queued'")
    assert waiting
    line.api.now += 30 * DAY
    forget(line)
    assert counts(line, *of_threads) == before
    assert sorted(line.rows("SELECT id FROM outbound_message")) == sorted(waiting)
    line.write("I am back", "+34600000001")
    assert line.rows("SELECT count(*) FROM inbound_message WHERE state = 'handled'") == [(1,)]


def test_another_company_is_left_alone(line: Line) -> None:
    finish(line, "+34600000001")
    line.api.company("other")
    with line.api.database.transaction() as work:
        ensure_sender(work, "theirs", "other", "Theirs", "webchat", "webchat", line.api.now)
    line.core.conversations.receive("webchat", Inbound("theirs", "+34600000001", "m", text="Hello"))
    keep_for(line, 7)
    line.api.now += 30 * DAY
    forget(line)
    assert line.rows("SELECT company_id FROM inbound_message") == [("other",)]


def test_a_message_stays_though_its_thread_is_gone(line: Line) -> None:
    finish(line, "+34600000001")
    keep_for(line, 7)
    with line.api.database.transaction() as work:
        work.execute(sa.text(f"UPDATE outbound_message SET settled_at = {line.api.now + 5 * DAY}"))
    messages = counts(line, "outbound_message", "vendor_message")
    line.api.now += 8 * DAY
    forget(line)
    assert counts(line, "thread", "turn") == {"thread": 0, "turn": 0}
    assert counts(line, "outbound_message", "vendor_message") == messages


@pytest.mark.parametrize("step", ["forget_received", "forget_sent", "forget_deliveries"])
def test_a_crash_between_batches_leaves_the_rest_for_later(
    line: Line, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    for number in range(3):
        finish(line, f"+3460000000{number}")
    keep_for(line, 7)
    line.api.now += 8 * DAY
    monkeypatch.setattr(retention, "BATCH", 2)
    real, calls = getattr(retention, step), []

    def crash(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(retention, step, crash)
        with pytest.raises(RuntimeError):
            forget(line)
    assert 0 < counts(line, "inbound_message")["inbound_message"] < 9
    forget(line)
    assert counts(line, *WORN) == dict.fromkeys(WORN, 0)


def test_it_gives_the_rest_of_the_upkeep_its_turn(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(line, "+34600000001")
    keep_for(line, 7)
    line.api.now += 8 * DAY
    monkeypatch.setattr(retention, "BATCH", 1)
    monkeypatch.setattr(retention, "WORK_MS", -1)
    assert line.core.retention.forget_old() == line.api.now
    assert counts(line, "inbound_message")["inbound_message"] == 2


def test_neither_retention_nor_erasure_reads_a_growing_table_from_end_to_end(
    small_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(small_api, monkeypatch)
    finish(line, "+34600000001")
    contact = line.live_through_everything()
    keep_for(line, 7)
    line.api.now += 8 * DAY
    with listening(line.api.database.engine) as heard:
        forget(line)
        line.call("POST", f"/contacts/{contact}/erasure", status=201)
    assert scans(line.api.database.engine, heard) == set()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ages=st.lists(st.integers(0, 20 * DAY), min_size=1, max_size=8), days=st.integers(7, 15))
def test_nothing_younger_than_the_limit_goes(line: Line, ages: list[int], days: int) -> None:
    keep_for(line, days)
    now = line.api.now
    with line.api.database.transaction() as work:
        work.execute(sa.text("DELETE FROM conversation"))
    for number, age in enumerate(ages):
        line.api.now = now - age
        line.core.conversations.receive("webchat", Inbound("page", "+34600000001", f"m{number}", text=str(age)))
        line.work()
    with line.api.database.transaction() as work:
        work.execute(sa.text("UPDATE thread SET status = 'complete'"))
    line.api.now = now
    forget(line)
    limit = now - days * DAY
    received = {row[0] for row in line.rows("SELECT received_at FROM inbound_message")}
    assert received == {now - age for age in ages if now - age >= limit}
    (updated,) = {row[0] for row in line.rows("SELECT updated_at FROM thread")} or {None}
    assert updated is None or updated >= limit
