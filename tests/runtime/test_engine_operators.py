"""Engine.md 7 and 10: operators, campaigns, versions."""

from __future__ import annotations

from typing import Any

import pytest

from botflow_runtime import UnknownScenarioError
from botflow_runtime.effects import SetTimer
from botflow_runtime.events import Decision, Resolved, Restarted, Resumed, Started, Stopped
from tests.runtime.bots import ask, bot, code, handover, jump, reply, say, when
from tests.runtime.chat import Chat

TIMEOUT = {"seconds": 60, "action": "end_chat"}
END = say("end", final=True)


def waiting() -> Chat:
    return Chat(bot(ask("q", ["end"], timeout_seconds=5), END, response_timeout=TIMEOUT)).start()


def with_person() -> Chat:
    return Chat(bot(handover("p", ["q"]), ask("q", ["end"]), END, response_timeout=TIMEOUT)).start()


def stuck() -> Chat:
    return Chat(bot(say("hi"))).start()


def over() -> Chat:
    return Chat(bot(END)).start()


# --- stopped ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chat", [waiting, with_person, stuck])
def test_stopped_completes_and_withdraws(chat: Any) -> None:
    talk: Chat = chat().happens(Stopped)
    assert (talk.status, talk.effect_names[-1], talk.thread.timers) == (("complete", "stopped"), "Withdraw", {})
    assert "withdrew" in talk.logged


@pytest.mark.parametrize("kind", [Stopped, Resumed, Resolved])
def test_a_thread_that_is_over_stays_as_it_is(kind: Any) -> None:
    chat = over().happens(kind)
    assert (chat.status, chat.effect_names, chat.logged) == (("complete", ""), [], ["ignored"])


# --- resumed ---------------------------------------------------------------------------------------------------------


def test_resumed_arms_a_waiting_question_again_and_says_nothing() -> None:
    chat = waiting().happens(Stopped).happens(Resumed)
    assert (chat.out, chat.status, chat.thread.node) == ([], ("active", ""), "q")
    assert [(timer.name, timer.seconds, timer.after) for timer in chat.effects(SetTimer)] == [
        ("response", 60, None),
        ("step", 5, None),
    ]
    assert chat.says("Ann").out == ["end"]


def test_resumed_arms_a_waiting_user_response_again() -> None:
    nodes = [say("hi", ["r"]), reply("r", {"y": ("y", ["end"])}), END]
    chat = Chat(bot(*nodes, response_timeout=TIMEOUT)).start().happens(Stopped).happens(Resumed)
    assert (chat.effect_names, chat.thread.node) == (["SetTimer"], "r")
    assert chat.says("y").out == ["end"]


def test_resumed_waits_at_all_the_user_responses_again() -> None:
    nodes = [say("hi", ["r1", "r2"]), reply("r1", {"a": ("^a", [])}), reply("r2", {"b": ("^b", ["end"])}), END]
    chat = Chat(bot(*nodes)).start().happens(Stopped).happens(Resumed)
    assert chat.says("b").out == ["end"]


def test_resumed_after_a_response_timeout_that_handed_over_waits_on() -> None:
    policy = {"seconds": 60, "action": "handover"}
    chat = Chat(bot(ask("q", ["end"]), END, response_timeout=policy)).start().fires("response").happens(Resumed)
    assert (chat.out, chat.status, chat.armed()) == ([], ("active", ""), {"response": 60})
    assert chat.fires("response").status == ("timeout", "response_timeout"), "nobody has replied in between"


def test_resumed_follows_the_next_of_a_handover_node() -> None:
    assert with_person().happens(Resumed).out == ["q?"]
    final = Chat(bot(handover("p", final=True))).start().happens(Resumed)
    assert final.status == ("complete", "")
    assert Chat(bot(handover("p"))).start().happens(Resumed).status == ("stuck", "")


def test_resumed_runs_any_other_node_again() -> None:
    chat = Chat(bot(code("work", ["end"]), END)).start().happens(Stopped).happens(Resumed)
    assert chat.effect_names == ["RunCode"]
    assert chat.returns().out == ["end"]
    accepting = Chat(bot(say("hi", timeout_seconds=5))).start().happens(Stopped).happens(Resumed)
    assert accepting.out == ["hi"]
    dead_end = stuck().happens(Stopped).happens(Resumed)
    assert (dead_end.out, dead_end.status) == (["hi"], ("stuck", ""))


def test_resumed_evaluates_a_condition_again() -> None:
    chat = Chat(bot(say("hi", ["w"]), when("w", {"yes": ("true", [])}))).start().happens(Stopped).happens(Resumed)
    assert (chat.out, chat.status, chat.thread.node) == ([], ("stuck", ""), "w")
    assert "branch" in chat.logged


def test_resumed_where_nothing_had_run_yet_starts() -> None:
    chat = Chat(bot(END, when("w", {"no": ("false", [])}))).start_at("w").happens(Stopped).happens(Resumed)
    assert chat.out == ["end"]


def test_resumed_moves_a_stuck_thread_to_active() -> None:
    chat = Chat(bot(say("hi", ["r"]), reply("r", {"y": ("y", ["end"])}), END)).start().says("x")
    assert chat.happens(Stopped).happens(Resumed).status == ("active", "")


@pytest.mark.parametrize("chat", [waiting, stuck])
def test_a_thread_that_was_neither_stopped_nor_handed_over_is_not_resumed(chat: Any) -> None:
    talk: Chat = chat()
    before = talk.status
    assert (talk.happens(Resumed).status, talk.logged) == (before, ["ignored"])


@pytest.mark.parametrize("ending", ["timeout", "error", "complete"])
def test_only_a_stopped_thread_is_resumed_of_those_that_are_over(ending: str) -> None:
    chat = {
        "timeout": lambda: waiting().fires("response"),
        "error": lambda: Chat(bot(code("c"))).start().breaks(),
        "complete": lambda: waiting().says("stop"),
    }[ending]()
    assert chat.thread.status == ending
    assert chat.happens(Resumed).logged == ["ignored"]


# --- restarted -------------------------------------------------------------------------------------------------------


def test_restarted_takes_the_newest_version_clears_the_variables_and_starts() -> None:
    old = bot(ask("old", ["more"]), ask("more"), response_timeout=TIMEOUT)
    new = bot(say("new", ["q"]), ask("q"), version=2)
    chat = Chat(old)
    chat.start().says("Ann")
    chat.publish(old, new)
    chat.happens(Restarted)
    assert (chat.thread.version, chat.thread.variables, chat.out) == (2, {}, ["new", "q?"])
    assert (chat.thread.timers, chat.detail("restarted")) == ({}, {"version": 2})


def test_a_restarted_thread_remembers_no_timeout_no_failure_and_no_opt_out() -> None:
    nodes = [
        say("nudge", ["q"], role="response_timeout"),
        code("work", role="opt_out"),
        say("sorry", role="failover", final=True),
    ]
    policy = {"seconds": 60, "action": "node"}
    settings: dict[str, Any] = {"response_timeout": policy, "keywords": {"opt_out": ["^no thanks$"]}}
    chat = Chat(bot(ask("q", ["end"]), *nodes, END, **settings)).start()
    chat.fires("response").happens(Restarted)
    assert chat.fires("response").out == ["nudge", "q?"]
    chat.says("no thanks").happens(Restarted)
    assert (chat.out, chat.status) == (["q?"], ("active", ""))
    assert chat.says("Ann").status == ("complete", "")


@pytest.mark.parametrize("chat", [waiting, with_person, stuck, over])
def test_any_thread_can_be_restarted(chat: Any) -> None:
    talk: Chat = chat().happens(Restarted)
    assert talk.logged[0] == "restarted"
    assert talk.thread.status in ("active", "stuck", "handedover", "complete")


def test_a_thread_stays_on_the_version_it_started_with() -> None:
    old = bot(ask("q", ["one"]), say("one", final=True))
    new = bot(ask("q", ["two"]), say("two", final=True), version=2)
    chat = Chat(old)
    chat.start()
    chat.publish(old, new)
    assert chat.says("x").out == ["one"]
    assert chat.start().says("x").out == ["two"]


# --- started, started at ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chat", [waiting, stuck])
@pytest.mark.parametrize("start", ["start", "start_at"])
def test_a_start_ends_an_active_or_stuck_thread_as_replaced(chat: Any, start: str) -> None:
    talk: Chat = chat()
    node = talk.thread.node
    talk.start() if start == "start" else talk.start_at(node or "")
    assert (talk.threads["t1"].status, talk.threads["t1"].reason, talk.newest) == ("complete", "replaced", "t2")
    assert talk.decision == Decision("start", scenario="bot")
    assert [event.id for event in talk.outcome.events] == ["e2/replaced", "e2"]
    assert talk.threads["t1"].timers == {}
    assert "Withdraw" not in talk.effect_names


def test_an_operator_who_starts_a_chatbot_takes_the_chat_back_from_a_person() -> None:
    chat = with_person().start_at("end")
    assert (chat.threads["t1"].reason, chat.out) == ("resolved", ["end"])
    assert [event.id for event in chat.outcome.events] == ["e2/resolved", "e2"]


@pytest.mark.parametrize("origin", ["broadcast", "api"])
def test_a_campaign_never_takes_over_a_contact_who_is_with_a_person(origin: Any) -> None:
    chat = with_person()
    chat.start(origin=origin)
    assert (chat.decision.action, chat.outcome.turns, chat.status) == ("live_chat", [], ("handedover", "step"))


def test_a_start_at_a_handed_over_thread_itself_changes_nothing() -> None:
    chat = with_person().happens(Started)
    assert (chat.status, chat.effect_names, chat.logged) == (("handedover", "step"), [], ["ignored"])


def test_a_start_brings_variables_and_its_origin() -> None:
    chat = Chat(bot(say("hi", ["end"], "{{name}}"), END)).start(origin="api", variables={"name": "Ann"})
    assert (chat.out, chat.thread.variables, chat.detail("started")) == (["Ann", "end"], {"name": "Ann"}, "api")
    chat.start_at("hi", variables={"name": "Bob"})
    assert (chat.out, chat.detail("started")) == (["Bob", "end"], "operator")


def test_a_start_at_any_kind_of_node() -> None:
    nodes = [END, reply("r", {"y": ("y", ["end"])}), when("w", {"yes": ("true", ["end"])})]
    chat = Chat(bot(*nodes, response_timeout=TIMEOUT))
    assert chat.start_at("w").out == ["end"]
    chat.start_at("r")
    assert (chat.thread.node, chat.status) == ("r", ("active", ""))
    assert chat.says("y").out == ["end"]


def test_a_start_at_a_node_that_is_not_there_is_an_error_in_the_log() -> None:
    chat = Chat(bot(END)).start_at("gone")
    assert (chat.status, chat.detail("warning")) == (
        ("error", "unknown_node"),
        "there is no node 'gone' in this version",
    )


def test_a_start_of_a_chatbot_that_is_not_there_is_the_hosts_mistake() -> None:
    with pytest.raises(UnknownScenarioError, match="no chatbot 'gone'"):
        Chat(bot(END)).start("gone")


# --- resolved --------------------------------------------------------------------------------------------------------


def test_resolved_ends_a_thread_that_is_with_a_person() -> None:
    assert with_person().happens(Resolved).status == ("complete", "resolved")


@pytest.mark.parametrize("chat", [waiting, stuck])
def test_resolved_leaves_every_other_thread_alone(chat: Any) -> None:
    talk: Chat = chat()
    before = talk.status
    assert (talk.happens(Resolved).status, talk.logged) == (before, ["ignored"])


# --- with a person ---------------------------------------------------------------------------------------------------


def test_what_a_contact_writes_to_a_person_does_not_reach_the_engine() -> None:
    chat = with_person().says("hello?")
    assert (chat.decision.action, chat.outcome.turns) == ("live_chat", [])


def test_a_jump_keeps_the_version_it_found() -> None:
    target_1, target_2 = bot(ask("one"), id="t"), bot(ask("two"), id="t", version=2)
    for with_context in (True, False):
        chat = Chat(bot(jump("go", "t", with_context)), target_1, target_2).start()
        assert (chat.out, chat.thread.version) == (["two?"], 2)
