"""Engine.md 6: timers, their tokens, what they do when they fire."""

from __future__ import annotations

from typing import Any

import pytest

from botflow_runtime.effects import Handover, SetTimer
from botflow_runtime.events import TIMER_NAMES, Expired
from tests.runtime.bots import Node, ask, bot, code, handover, jump, reply, reset, say
from tests.runtime.chat import Chat

RESPONSE = {"seconds": 60, "action": "node"}
STUCK = {"seconds": 90, "action": "node"}
NUDGE = say("nudge", role="response_timeout", final=True)


def waiting(action: str = "end_chat", *nodes: Node, **settings: Any) -> Chat:
    return Chat(
        bot(ask("q"), *nodes, response_timeout={"seconds": 60, "action": action, "department": "d"}, **settings)
    ).start()


def stuck(action: str = "end_chat", *nodes: Node) -> Chat:
    return Chat(bot(say("hi"), *nodes, stuck_timeout={"seconds": 90, "action": action, "department": "d"})).start()


def test_a_response_timer_ends_the_chat_as_timeout() -> None:
    assert waiting().fires("response").status == ("timeout", "response_timeout")


def test_a_response_timer_leads_to_its_node() -> None:
    chat = waiting("node", say("nudge", ["r"], role="response_timeout"), reply("r", {"y": ("y", ["q"])}))
    assert chat.fires("response").out == ["nudge"]
    assert chat.effect_names == ["SendMessage", "SetTimer"], "a timer that has fired needs no cancelling"
    assert (chat.status, chat.thread.node) == (("active", ""), "r")
    assert chat.says("y").out == ["q?"]


def test_a_response_timer_hands_over_urgently() -> None:
    chat = waiting("handover").fires("response")
    (effect,) = chat.effects(Handover)
    assert (effect.department, effect.reason, effect.urgent) == ("d", "response_timeout", True)
    assert chat.status == ("handedover", "response_timeout")


@pytest.mark.parametrize("chat", [waiting, stuck])
def test_a_timeout_whose_node_is_missing_ends_the_chat(chat: Any) -> None:
    name = "response" if chat is waiting else "stuck"
    assert chat("node").fires(name).thread.reason == f"{name}_timeout"


def test_a_second_response_timeout_without_a_reply_ends_the_thread() -> None:
    chat = waiting("node", say("nudge", ["q"], role="response_timeout"))
    assert chat.fires("response").out == ["nudge", "q?"]
    assert chat.acts().fires("response").status == ("timeout", "response_timeout")


def test_a_reply_in_between_makes_it_the_first_again() -> None:
    chat = waiting("node", say("nudge", ["r"], role="response_timeout"), reply("r", {}, otherwise=["q"]))
    for _ in range(3):
        assert chat.fires("response").out == ["nudge"]
        assert chat.says("here").out == ["q?"]


def test_an_end_on_the_branch_of_the_response_timeout_is_timeout() -> None:
    assert waiting("node", NUDGE).fires("response").status == ("timeout", "response_timeout")


def test_after_a_reply_there_it_is_complete() -> None:
    nodes = [say("nudge", ["r"], role="response_timeout"), reply("r", {}, otherwise=["bye"]), say("bye", final=True)]
    assert waiting("node", *nodes).fires("response").says("ok").status == ("complete", "")


def test_a_failure_that_ends_the_chat_there_is_timeout_too() -> None:
    nudge = say("nudge", role="response_timeout", final=True, timeout_seconds=5)
    chat = waiting("node", nudge).fires("response").reports("failed")
    assert chat.status == ("timeout", "response_timeout")
    broken = code("nudge", role="response_timeout", final=True)
    assert waiting("node", broken).fires("response").breaks().status == ("error", "code")


def test_jumping_to_and_fro_is_no_reply() -> None:
    """The next chatbot has a response timeout of its own, yet nobody has said a word."""
    settings: dict[str, Any] = {"response_timeout": RESPONSE}
    here = bot(ask("a"), jump("away", "there", role="response_timeout"), id="here", **settings)
    there = bot(ask("b"), jump("back", "here", role="response_timeout"), id="there", **settings)
    chat = Chat(here, there).start().fires("response")
    assert (chat.out, chat.threads["t1"].reason) == (["b?"], "jumped")
    assert chat.fires("response").status == ("timeout", "response_timeout")
    chat = Chat(here, there).start().fires("response").says("hello")
    assert chat.status == ("stuck", "")


@pytest.mark.parametrize("with_context", [True, False])
def test_two_chatbots_that_are_stuck_in_turn_come_to_an_end(with_context: bool) -> None:
    here = bot(say("a"), jump("away", "there", with_context, role="stuck_timeout"), id="here", stuck_timeout=STUCK)
    there = bot(say("b"), jump("back", "here", with_context, role="stuck_timeout"), id="there", stuck_timeout=STUCK)
    chat = Chat(here, there).start().fires("stuck")
    assert (chat.out, chat.status) == (["b"], ("stuck", ""))
    assert chat.fires("stuck").status == ("error", "stuck_timeout")


def test_a_reply_cancels_the_response_timer() -> None:
    chat = waiting("end_chat", say("more", ["q"]))
    chat.says("Ann")
    assert chat.effect_names == ["CancelTimer", "SetTimer"]
    assert chat.armed() == {"stuck": 24 * 3600}


@pytest.mark.parametrize(
    ("action", "status"), [("end_chat", ("complete", "stuck_timeout")), ("handover", ("handedover", "stuck_timeout"))]
)
def test_a_stuck_timer_ends_the_chat_or_hands_it_over(action: str, status: tuple[str, str]) -> None:
    chat = stuck(action)
    assert chat.armed() == {"stuck": 90}
    assert chat.fires("stuck").status == status
    assert [(effect.department, effect.urgent) for effect in chat.effects(Handover)] == [("d", True)] * (
        action == "handover"
    )


def test_a_stuck_timer_leads_to_its_node() -> None:
    chat = stuck("node", ask("help", role="stuck_timeout")).fires("stuck")
    assert (chat.out, chat.status, chat.thread.node) == (["help?"], ("active", ""), "help")


def test_a_second_stuck_timeout_without_a_reply_is_an_error() -> None:
    chat = stuck("node", say("help", role="stuck_timeout")).fires("stuck")
    assert (chat.out, chat.status, chat.armed()) == (["help"], ("stuck", ""), {"stuck": 90})
    assert chat.fires("stuck").status == ("error", "stuck_timeout")


def test_a_message_in_between_makes_it_the_first_again() -> None:
    chat = stuck("node", say("help", role="stuck_timeout")).fires("stuck").says("?")
    assert chat.fires("stuck").out == ["help"]


def test_a_stuck_thread_without_a_setting_waits_a_day_and_completes() -> None:
    chat = Chat(bot(say("hi"))).start()
    assert chat.armed() == {"stuck": 24 * 3600}
    assert chat.fires("stuck").status == ("complete", "stuck_timeout")


def test_a_step_timer_fails_the_step_that_runs() -> None:
    chat = Chat(bot(code("work", ["q"], timeout_seconds=2.5), ask("q"))).start()
    assert chat.armed() == {"step": 2.5}
    assert chat.fires("step").detail("failed") == {"kind": "step_timeout", "message": "not completed within 2.5 s"}
    assert chat.status == ("complete", "step_timeout")


def test_a_step_that_ends_takes_its_timer_along() -> None:
    chat = Chat(bot(code("work", ["q"], timeout_seconds=2), ask("q"))).start().returns()
    assert (chat.effect_names, chat.thread.timers) == (["CancelTimer", "SendMessage"], {})


@pytest.mark.parametrize("name", TIMER_NAMES)
@pytest.mark.parametrize("token", ["0", "99", ""])
def test_a_stale_timer_changes_nothing(name: Any, token: str) -> None:
    chat = waiting("end_chat")
    before = chat.thread
    assert chat.fires(name, token).effect_names == []
    assert chat.logged == ["stale_timer"]
    chat.thread.handled = before.handled
    assert chat.thread == before


def test_each_armed_timer_has_a_token_of_its_own() -> None:
    chat = waiting("end_chat").acts().acts()
    tokens = [effect.token for turn in chat.turns for effect in turn.effects if isinstance(effect, SetTimer)]
    assert tokens == ["1", "2", "3"]


def test_timers_of_a_thread_that_is_over_or_with_a_person_are_gone() -> None:
    for chat in (waiting().says("Ann"), Chat(bot(ask("q", ["p"]), handover("p"))).start().says("Ann")):
        assert chat.thread.timers == {} or chat.thread.status == "stuck"
    over = waiting("end_chat", handover("p"))
    token = over.thread.timers["response"]
    over.says("stop")
    assert over.fires("response", token).logged == ["stale_timer"]


def test_a_reset_cancels_the_timers_and_keeps_count_of_the_response_timeout() -> None:
    chat = waiting("node", reset("again", role="response_timeout")).fires("response")
    assert (chat.out, chat.thread.variables) == (["q?"], {})
    assert chat.fires("response").status == ("timeout", "response_timeout")


@pytest.mark.parametrize("state", ["active", "stuck", "handedover"])
def test_a_thread_without_any_event_expires_as_timeout(state: str) -> None:
    chat = {"active": waiting, "stuck": stuck, "handedover": lambda: Chat(bot(handover("p"))).start()}[state]()
    assert chat.thread.status == state
    assert chat.happens(Expired).status == ("timeout", "expired")
    assert chat.thread.timers == {}
    assert (chat.happens(Expired).logged, chat.status) == (["ignored"], ("timeout", "expired"))
