"""Engine.md 1: what holds for every turn: ids, order, repetition, replay, nothing changed behind the host's back."""

from __future__ import annotations

import pytest

from botflow_runtime import Catalog, Engine, Thread, UnknownScenarioError
from botflow_runtime.effects import Report, RunCode, SendMessage, SetTimer
from botflow_runtime.events import Decision, MessageReceived, Started, TimerFired
from botflow_runtime.limits import REMEMBERED_EVENTS
from tests.runtime.bots import ask, bot, code, reply, say
from tests.runtime.chat import Chat

TIMEOUT = {"seconds": 60, "action": "end_chat"}


def two_questions() -> Chat:
    return Chat(bot(ask("name", ["city"]), ask("city", ["bye"], save_as="city"), say("bye", final=True)))


def test_an_effect_is_named_by_its_event_and_its_place() -> None:
    chat = Chat(bot(say("one", ["two"], report_field="f"), ask("two"), response_timeout=TIMEOUT))
    chat.start(id="abc")
    assert [(effect.id, type(effect)) for effect in chat.turn.effects] == [
        ("abc:0", SendMessage),
        ("abc:1", Report),
        ("abc:2", SendMessage),
        ("abc:3", SetTimer),
    ]


def test_effects_follow_the_order_in_which_things_were_done() -> None:
    chat = Chat(
        bot(ask("size", ["thanks"], show_in_report=True, report_field="asked"), say("thanks", final=True)),
    ).start()
    assert chat.says("large").effect_names == ["Report", "Report", "SendMessage"]
    assert [(report.field, report.value) for report in chat.effects(Report)] == [("answer", "large"), ("asked", "SIZE")]


def test_a_repeated_event_id_changes_nothing() -> None:
    chat = two_questions().start()
    message = MessageReceived(id="m", at=0, text="Ann", sender="sender")
    engine = Engine(chat.catalog)
    once = engine.handle(chat.thread, message)
    again = engine.handle(once.thread, message)
    assert (again.thread, again.effects) == (once.thread, [])
    assert [entry.what for entry in again.log] == ["repeated_event"]


def test_an_event_id_is_remembered_while_a_hundred_others_pass() -> None:
    chat = two_questions().start()
    engine, thread = Engine(chat.catalog), chat.thread
    first = TimerFired(id="first", at=0, name="response", token="old")
    thread = engine.handle(thread, first).thread
    for number in range(REMEMBERED_EVENTS - 1):
        thread = engine.handle(thread, TimerFired(id=f"n{number}", at=0, name="response", token="old")).thread
    assert [entry.what for entry in engine.handle(thread, first).log] == ["repeated_event"]
    thread = engine.handle(thread, TimerFired(id="one more", at=0, name="response", token="old")).thread
    assert [entry.what for entry in engine.handle(thread, first).log] == ["stale_timer"]
    assert len(thread.handled) == REMEMBERED_EVENTS * 16


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("", "", "repeated_event"),
        ("0" * 16, "0" * 32, "repeated_event"),
        ("0" * 8, "0" * 8, "stale_timer"),
        ("0", "0" * 15, "stale_timer"),
        ("0" * 8 + "{digest}" + "0" * 8, "", "repeated_event"),
        ("", "0" * 8 + "{digest}" + "0" * 8, "repeated_event"),
        ("0" * 8 + "{digest}" + "0" * 8, "0" * 8 + "{digest}" + "0" * 8, "repeated_event"),
    ],
)
def test_a_digest_is_found_at_its_place_only(before: str, after: str, what: str) -> None:
    """The digests stand in one text without a mark between them: one that spans two of them is none."""
    engine = Engine(two_questions().catalog)
    event = TimerFired(id="x", at=0, name="response", token="old")
    digest = engine.handle(Thread("t", "bot", 1), event).thread.handled
    thread = Thread("t", "bot", 1, handled=(before + digest + after).replace("{digest}", digest))
    assert [entry.what for entry in engine.handle(thread, event).log] == [what]


def test_an_event_id_may_hold_what_is_no_character() -> None:
    engine, event = Engine(two_questions().catalog), TimerFired(id="\ud800", at=0, name="response", token="old")
    turn = engine.handle(Thread("t", "bot", 1), event)
    assert [entry.what for entry in engine.handle(turn.thread, event).log] == ["repeated_event"]


def test_a_held_message_is_offered_again_under_its_own_id() -> None:
    chat = Chat(bot(code("work", ["size"]), ask("size"))).start()
    held = MessageReceived(id="m", at=0, text="large", sender="sender")
    engine = Engine(chat.catalog)
    turn = engine.handle(chat.thread, held)
    assert (turn.thread, turn.effects) == (chat.thread, [])
    chat.returns()
    assert engine.handle(chat.thread, held).thread.variables == {"answer": "large"}


def test_held_messages_push_nothing_out_of_the_memory_of_events() -> None:
    chat = Chat(bot(code("work", ["size"]), ask("size"))).start(id="begin")
    engine, thread = Engine(chat.catalog), chat.thread
    for number in range(REMEMBERED_EVENTS - 1):
        thread = engine.handle(thread, TimerFired(id=f"n{number}", at=0, name="response", token="old")).thread
    for number in range(3):
        thread = engine.handle(thread, MessageReceived(id=f"m{number}", at=0, text="hi", sender="sender")).thread
    for known in ("begin", "n0", "n50", "n98"):
        assert [entry.what for entry in engine.handle(thread, Started(id=known, at=0)).log] == ["repeated_event"]


def test_a_recorded_decision_is_followed_and_not_taken_again() -> None:
    """A pattern that ran out of time may not run out of it again: replay follows the record (engine.md 1)."""
    chat = Chat(
        bot(
            say("size", ["reply"]),
            reply("reply", {"small": ("s", ["small"]), "large": ("l", ["large"])}),
            say("small", final=True),
            say("large", final=True),
        )
    ).start()
    decision = Decision("reply", node="reply", branch="large", timed_out=("s",))
    turn = Engine(chat.catalog).handle(chat.thread, MessageReceived(id="m", at=0, text="small", decision=decision))
    assert turn.thread.node == "large"
    assert [(entry.what, entry.detail) for entry in turn.log][:2] == [
        ("patterns_timed_out", ["s"]),
        ("received", "reply"),
    ]


def test_recorded_events_replay_to_the_same_threads() -> None:
    chat = Chat(bot(ask("name", ["work"]), code("work", ["city"], save_as="x"), ask("city"), response_timeout=TIMEOUT))
    chat.start().says("Ann").returns({"deep": [1, None]}).says("Paris")
    thread = Thread("t1", "bot", 1)
    for event, turn in zip(chat.events, chat.turns, strict=True):
        assert Engine(chat.catalog).handle(thread, event) == turn
        thread = turn.thread
    assert thread == chat.thread


def test_the_code_of_a_turn_sees_variables_attributes_contact_and_the_newest_message() -> None:
    chat = Chat(bot(ask("name", ["work"]), code("work", source="return '{{answer}}'", timeout_seconds=3)))
    chat.snapshot = {"attributes": {"city": "Rome"}, "contact": {"phone": "+1"}}
    chat.start().says("Ann", postback="ann", language="it", attachments=("a1",), location=(1.5, 2.0))
    (run,) = chat.effects(RunCode)
    assert (run.language, run.source, run.variables, run.timeout_seconds) == (
        "javascript",
        "return 'Ann'",
        {"answer": "Ann"},
        3,
    )
    assert (run.attributes, run.contact) == ({"city": "Rome"}, {"phone": "+1"})
    assert run.message == {
        "text": "Ann",
        "postback": "ann",
        "language": "it",
        "attachments": ["a1"],
        "location": [1.5, 2.0],
    }


def test_a_catalog_without_the_version_is_the_hosts_mistake() -> None:
    engine = Engine(Catalog([bot(say("hi"))]))
    with pytest.raises(UnknownScenarioError, match="version 2 of chatbot 'bot'"):
        engine.handle(Thread("t", "bot", 2), Started(id="e", at=0))


@pytest.mark.parametrize("text", ["", None])
def test_a_message_without_text_and_postback_matches_no_pattern(text: str | None) -> None:
    """Engine.md 2: keywords look at text, branches at text and postback; there is neither."""
    anything = {"trigger": [".*"], "stop": [".*"], "reset": [".*"], "opt_out": [".*"]}
    chat = Chat(bot(say("hi", ["any"]), reply("any", {"all": (".*", [])}), keywords=anything))
    assert chat.says(text, attachments=("a",)).decision.action == "nothing"
    chat.start().says(text, attachments=("a",))
    assert (chat.decision.action, chat.thread.status) == ("stuck", "stuck")
