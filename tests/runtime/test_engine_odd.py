"""What a careless host may hand to the engine, and time zones: no turn goes wrong."""

from __future__ import annotations

import pytest

from botflow_runtime import Engine, HostError, Thread
from botflow_runtime.events import Decision, MessageReceived
from botflow_runtime.limits import LONGEST_REFERENCE
from botflow_runtime.thread import LogEntry
from tests.runtime.bots import ask, bot, dynamic, reply, say, text, when
from tests.runtime.chat import Chat

MARCH_7_AT_22 = 1_772_920_800_000
"""2026-03-07T22:00:00Z, in milliseconds."""


def test_a_message_for_a_thread_that_is_over_is_ignored() -> None:
    chat = Chat(bot(say("end", final=True))).start()
    turn = Engine(chat.catalog).handle(chat.thread, MessageReceived(id="m", at=0, text="hi"))
    assert (turn.effects, turn.log) == ([], [LogEntry("ignored", detail="the thread is over")])


def test_a_message_for_a_thread_that_never_started_makes_it_stuck() -> None:
    chat = Chat(bot(say("end", final=True)))
    turn = Engine(chat.catalog).handle(Thread("t", "bot", 1), MessageReceived(id="m", at=0, text="hi"))
    assert turn.thread.status == "stuck"


@pytest.mark.parametrize(
    "decision",
    [Decision("reply", node="r", branch="gone"), Decision("start", scenario="bot"), Decision("nothing")],
)
def test_a_decision_that_means_nothing_to_the_thread_emits_nothing(decision: Decision) -> None:
    chat = Chat(bot(say("hi", ["r"]), reply("r", {"y": ("y", [])}))).start()
    turn = Engine(chat.catalog).handle(chat.thread, MessageReceived(id="m", at=0, text="y", decision=decision))
    assert (turn.thread.status, turn.thread.node, turn.effects) == ("active", "r", [])


def test_a_decision_to_reply_where_nothing_is_awaited_emits_nothing() -> None:
    chat = Chat(bot(say("hi"))).start()
    event = MessageReceived(id="m", at=0, text="y", decision=Decision("reply"))
    turn = Engine(chat.catalog).handle(chat.thread, event)
    assert (turn.thread.status, turn.effects) == ("stuck", [])


def test_a_second_failure_of_a_message_that_is_being_made_anew_is_logged() -> None:
    """The thread is not back at the links of the visit: code runs again."""
    menu = dynamic("menu", ["r"], on_failure={"action": "continue"})
    chat = Chat(bot(menu, reply("r", {}))).start().returns(text("soup"))
    sent = chat.thread.sent
    assert sent is not None
    assert chat.reports("failed").effect_names == ["RunCode"]
    assert chat.reports("failed", sent.id).effect_names == []
    assert chat.returns(text("salad")).out == ["salad"]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", "2026-03-07"),
        ("Asia/Tokyo", "2026-03-08"),
        ("America/Chicago", "2026-03-07"),
        ("Pacific/Kiritimati", "2026-03-08"),
        ("Nowhere/Land", "2026-03-07"),
        ("America", "2026-03-07"),
        ("../../etc/passwd", "2026-03-07"),
        ("", "2026-03-07"),
    ],
)
def test_today_is_the_companys_day_at_the_events_time(zone: str, day: str) -> None:
    """A zone that nobody knows counts as UTC."""
    is_day = when("w", {"yes": (f"current_date = '{day}'", ["end"])}, ["other"])
    chat = Chat(bot(say("hi", ["w"]), is_day, say("end", final=True), say("other", final=True)))
    chat.now = MARCH_7_AT_22
    chat.snapshot = {"time_zone": zone}
    assert chat.start().out == ["hi", "end"]


def test_a_log_entry_reads_as_one_line() -> None:
    assert str(LogEntry("branch", "size", "small", {"a": 1})) == 'branch size small {"a":1}'
    assert str(LogEntry("stuck")) == "stuck"


def test_a_time_outside_the_calendar_is_the_host_s_mistake() -> None:
    talk = Chat(bot(say("hi", ["c"]), when("c", {"yes": ("now() > '2020-01-01'", ["end"])}), say("end", final=True)))
    talk.now = 10**18
    with pytest.raises(HostError, match="outside the calendar"):
        talk.start()


def test_a_thread_keeps_a_bounded_part_of_what_a_host_refers_to() -> None:
    talk = Chat(bot(ask("q", ["q2"], validation="any"), ask("q2"))).start()
    talk.says(None, attachments=("a" * 200_000,), language="x" * 200_000)
    assert talk.thread.message is not None
    assert len(talk.thread.message["attachments"][0]) == len(talk.thread.message["language"]) == LONGEST_REFERENCE
