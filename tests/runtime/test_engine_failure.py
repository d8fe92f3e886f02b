"""Engine.md 5: what a failed step leads to, policy by policy and step by step."""

from __future__ import annotations

from typing import Any

import pytest

from botflow_runtime.effects import Handover, OpenThread, Report, RunCode
from botflow_runtime.events import Resumed
from tests.runtime.bots import Node, ask, bot, code, dynamic, handover, jump, reply, reset, say, text, when
from tests.runtime.chat import Chat

CONTINUE = {"action": "continue"}
FAILOVER = {"action": "failover"}
END = say("end", final=True)
SORRY = say("sorry", role="failover", final=True)


def broken_code(policy: dict[str, str] | None = None, *nodes: Node, **settings: Any) -> Chat:
    fields: dict[str, Any] = {"on_failure": policy} if policy else {}
    return Chat(bot(code("work", ["end"], report_field="f", **fields), END, *nodes, **settings)).start()


# --- whose rule applies ----------------------------------------------------------------------------------------------


def test_the_nodes_own_rule_goes_before_the_chatbots() -> None:
    assert broken_code({"action": "end_chat"}, SORRY, on_failure=FAILOVER).breaks().status == ("error", "code")
    assert broken_code(None, SORRY, on_failure=FAILOVER).breaks().out == ["sorry"]
    assert broken_code().breaks().status == ("error", "code")


# --- end_chat --------------------------------------------------------------------------------------------------------


def failing(kind: str, **fields: Any) -> Chat:
    """A chat whose step has just failed in one way; `fields` are those of the node."""
    if kind == "code":
        return Chat(bot(code("n", ["end"], **fields), END, SORRY)).start().breaks()
    if kind == "content":
        return Chat(bot(dynamic("n", ["end"], **fields), END, SORRY)).start().returns({"type": "card"})
    if kind == "jump":
        return Chat(bot(jump("n", "nowhere", next=["end"], **fields), END, SORRY)).start()
    if kind == "retries":
        return Chat(bot(ask("n", ["end"], validation="email", **fields), END, SORRY)).start().says("x")
    if kind == "delivery":
        return Chat(bot(say("n", ["end"], timeout_seconds=5, **fields), END, SORRY)).start().reports("failed")
    return Chat(bot(ask("n", ["end"], timeout_seconds=5, **fields), END, SORRY)).start().fires("step")


AUTHORS = ["code", "content", "jump"]
KINDS = [*AUTHORS, "retries", "delivery", "step_timeout"]


@pytest.mark.parametrize("kind", KINDS)
def test_end_chat_is_an_error_for_authors_mistakes_and_complete_otherwise(kind: str) -> None:
    chat = failing(kind, on_failure={"action": "end_chat"}, report_field="f")
    assert chat.status == ("error" if kind in AUTHORS else "complete", kind)
    assert (chat.effects(Report), chat.thread.timers) == ([], {})
    assert chat.detail("failed")["kind"] == kind


# --- failover --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_failover_leads_to_its_node(kind: str) -> None:
    chat = failing(kind, on_failure=FAILOVER, report_field="f")
    assert (chat.out, chat.status, chat.effects(Report)) == (["sorry"], ("complete", ""), [])


def test_failover_without_such_a_node_ends_the_chat() -> None:
    assert broken_code(FAILOVER).breaks().status == ("error", "code")
    chat = Chat(bot(ask("n", validation="email", on_failure=FAILOVER))).start().says("x")
    assert chat.status == ("complete", "retries")


def in_failover(*after: Node, role_next: list[str]) -> Chat:
    """The failover node waits for a reply; what follows is up to the test."""
    return Chat(
        bot(
            code("work", ["end"]),
            END,
            say("sorry", role_next, role="failover"),
            *after,
            on_failure=FAILOVER,
        )
    ).start()


def test_another_failure_in_the_failover_branch_is_an_error() -> None:
    chat = in_failover(code("again"), role_next=["again"]).breaks()
    assert (chat.out, chat.status) == (["sorry"], ("active", ""))
    assert chat.breaks().status == ("error", "code")


def test_without_a_message_of_the_contact_a_node_outside_is_no_way_out() -> None:
    """Failover that leads to the start, which fails again: no circle, whatever lies between."""
    chat = in_failover(role_next=["work"]).breaks().breaks()
    assert chat.status == ("error", "code")


def test_a_message_inside_the_branch_alone_is_no_way_out() -> None:
    chat = in_failover(reply("r", {}, otherwise=["inner"]), code("inner"), role_next=["r"]).breaks().says("hm")
    assert chat.breaks().status == ("error", "code")


def test_a_message_after_which_a_node_outside_runs_leaves_the_branch() -> None:
    nodes = [reply("r", {"again": ("again", ["work"])})]
    chat = in_failover(*nodes, role_next=["r"])
    for _ in range(3):
        assert chat.breaks().out == ["sorry"]
        chat.says("again")


def test_a_condition_outside_leaves_the_branch_too() -> None:
    nodes = [
        code("work", ["outside"]),
        when("outside", {"yes": ("true", ["bad"])}),
        code("bad"),
        say("sorry", ["r"], role="failover"),
        reply("r", {"again": ("again", ["outside"])}),
    ]
    chat = Chat(bot(*nodes, on_failure=FAILOVER)).start().breaks().says("again")
    assert chat.thread.failover == ""
    assert chat.breaks().out == ["sorry"]


def test_a_condition_outside_that_waits_has_left_the_branch() -> None:
    """The message of the branch fails late: it is a first failure again."""
    nodes = [
        code("work", ["outside"]),
        when("outside", {"yes": ("true", ["r2"])}),
        reply("r2", {}),
        say("sorry", ["r"], role="failover"),
        reply("r", {"again": ("again", ["outside"])}),
    ]
    chat = Chat(bot(*nodes, on_failure=FAILOVER)).start().breaks().says("again")
    assert (chat.thread.node, chat.thread.failover) == ("r2", "")
    assert chat.reports("failed").out == ["sorry"]


def test_a_condition_inside_the_branch_is_no_way_out() -> None:
    inner = when("w", {"yes": ("true", ["r2"])})
    chat = in_failover(reply("r", {}, ["w"]), inner, reply("r2", {}), role_next=["r"]).breaks().says("x")
    assert (chat.thread.node, chat.thread.failover) == ("r2", "replied")


def test_a_failed_step_leaves_no_timer_behind() -> None:
    nodes = [ask("q", timeout_seconds=5), code("repair", role="failover")]
    scenario = bot(*nodes, on_failure=FAILOVER, response_timeout={"seconds": 60, "action": "end_chat"})
    for chat in (Chat(scenario).start().fires("step"), Chat(scenario).start().reports("failed")):
        assert (chat.effect_names[-1], chat.thread.timers) == ("RunCode", {})


def test_a_reset_leaves_the_branch() -> None:
    chat = in_failover(reset("over"), role_next=["over"]).breaks()
    assert chat.breaks().out == ["sorry"]


def test_a_jump_leaves_the_branch() -> None:
    away = bot(code("b"), say("sorry", role="failover", final=True), id="away", on_failure=FAILOVER)
    here = bot(code("a"), jump("go", "away", True, role="failover"), on_failure=FAILOVER)
    chat = Chat(here, away).start().breaks().breaks()
    assert (chat.out, chat.status) == (["sorry"], ("complete", ""))


# --- handover --------------------------------------------------------------------------------------------------------


def test_handover_gives_the_chat_to_the_department() -> None:
    chat = broken_code({"action": "handover", "department": "d"}).breaks()
    (effect,) = chat.effects(Handover)
    assert (effect.department, effect.reason, effect.urgent, chat.status) == (
        "d",
        "code",
        False,
        ("handedover", "code"),
    )


# --- default ---------------------------------------------------------------------------------------------------------


def test_default_opens_the_senders_default_chatbot() -> None:
    welcome = bot(say("welcome", ["q"]), ask("q"), id="welcome")
    chat = Chat(bot(code("work", on_failure={"action": "default"})), welcome, default="welcome").start().breaks()
    (opened,) = chat.effects(OpenThread)
    assert (opened.scenario, opened.origin, chat.out) == ("welcome", "failure", ["welcome", "q?"])
    assert (chat.threads["t1"].status, chat.threads["t1"].reason) == ("complete", "jumped")
    assert (chat.thread.jumps, chat.thread.scenario) == (1, "welcome")


@pytest.mark.parametrize("default", [None, "bot", "gone"])
def test_default_ends_the_chat_where_there_is_none_or_it_is_the_same(default: str | None) -> None:
    chat = Chat(bot(code("work", on_failure={"action": "default"})), default=default).start().breaks()
    assert chat.status == ("error", "code")


def test_default_ends_the_chat_at_a_sender_that_the_catalog_does_not_know() -> None:
    chat = Chat(bot(code("work", on_failure={"action": "default"})), default="bot")
    chat.snapshot = {"sender": "unknown"}
    assert chat.start().breaks().status == ("error", "code")


# --- continue --------------------------------------------------------------------------------------------------------


def test_continue_runs_code_once_more_and_then_goes_on_without_it() -> None:
    chat = broken_code(CONTINUE)
    first = chat.effects(RunCode)[0].id
    chat.breaks()
    assert (chat.logged[-2:], chat.status) == (["repeated", "code_started"], ("active", ""))
    second = chat.effects(RunCode)[0].id
    assert first != second
    chat.breaks()
    assert (chat.out, chat.status, chat.effects(Report)) == (["end"], ("complete", ""), [])


def test_code_that_works_the_second_time_completes_its_step() -> None:
    chat = broken_code(CONTINUE).breaks().returns({"x": 1})
    assert (chat.out, [report.field for report in chat.effects(Report)]) == (["end"], ["f"])


def test_continue_repeats_on_each_visit_anew() -> None:
    again = when("w", {"more": ("'{{more}}' = 'yes'", ["work"])}, otherwise=["end"])
    chat = Chat(bot(code("work", ["w"], on_failure=CONTINUE), again, END)).start()
    chat.breaks().returns({"more": "yes"})
    assert chat.breaks().status == ("active", "")
    assert chat.breaks().status == ("active", ""), "more is still yes: the third visit"
    assert chat.breaks().returns({"more": "no"}).out == ["end"]


@pytest.mark.parametrize(("accepted", "out"), [(False, ["hi"]), (True, ["end"])])
def test_continue_sends_a_message_again_only_if_it_was_not_accepted(accepted: bool, out: list[str]) -> None:
    chat = Chat(bot(say("hi", ["end"], timeout_seconds=5, report_field="f", on_failure=CONTINUE), END)).start()
    chat.reports("failed", accepted=accepted)
    assert (chat.out, chat.effects(Report)) == (out, [])


def test_a_message_that_is_sent_again_gets_its_whole_time_again_and_then_is_left() -> None:
    chat = Chat(bot(say("hi", ["end"], timeout_seconds=5, on_failure=CONTINUE), END)).start().fires("step")
    assert (chat.out, chat.armed()) == (["hi"], {"step": 5})
    assert (chat.fires("step").out, chat.status) == (["end"], ("complete", ""))


def test_a_late_failure_sends_again_and_waits_at_the_same_links() -> None:
    nodes = [say("hi", ["r"], on_failure=CONTINUE), reply("r", {"y": ("y", ["end"])}), END]
    chat = Chat(bot(*nodes, response_timeout={"seconds": 9, "action": "end_chat"})).start().reports("failed")
    assert (chat.out, chat.thread.node, chat.armed()) == (["hi"], "r", {"response": 9})
    chat.reports("failed")
    assert (chat.out, chat.thread.node, chat.armed()) == ([], "r", {"response": 9})
    assert chat.says("y").out == ["end"]


@pytest.mark.parametrize(("accepted", "names"), [(False, ["RunCode", "SetTimer"]), (True, ["SendMessage"])])
def test_continue_makes_a_dynamic_message_anew_only_if_it_was_not_accepted(accepted: bool, names: list[str]) -> None:
    chat = Chat(bot(dynamic("menu", ["end"], timeout_seconds=5, on_failure=CONTINUE), END)).start()
    chat.returns(text("soup")).reports("failed", accepted=accepted)
    assert [name for name in chat.effect_names if name != "CancelTimer"] == names


def test_continue_asks_once_more_with_fresh_retries_and_then_leaves_the_variable_empty() -> None:
    question = ask("mail", ["end"], validation="email", retry=1, on_failure=CONTINUE)
    chat = Chat(bot(question, END)).start(variables={"answer": "old"})
    for _ in range(3):
        assert chat.says("x").out == ["mail?"]
    chat.says("x")
    assert (chat.out, chat.thread.variables, chat.status) == (["end"], {"answer": None}, ("complete", ""))


def test_a_valid_reply_at_the_second_asking_is_kept() -> None:
    question = ask("mail", ["end"], validation="email", on_failure=CONTINUE)
    chat = Chat(bot(question, END)).start().says("x").says("ann@example.com")
    assert (chat.out, chat.thread.variables) == (["end"], {"answer": "ann@example.com"})


def test_continue_after_a_jump_that_cannot_be_made_goes_on() -> None:
    chat = failing("jump", on_failure=CONTINUE, report_field="f")
    assert (chat.out, chat.effects(Report), "repeated" in chat.logged) == (["end"], [], False)


def test_continue_ends_the_chat_at_a_final_node() -> None:
    chat = Chat(bot(code("work", final=True, on_failure=CONTINUE))).start().breaks().breaks()
    assert chat.status == ("complete", "")


def test_a_handover_after_failure_runs_the_step_again_when_it_is_resumed() -> None:
    chat = broken_code({"action": "handover"}).breaks()
    assert chat.happens(Resumed).effect_names == ["RunCode"]


def test_a_person_can_be_reached_through_the_failover_branch() -> None:
    chat = in_failover(handover("p"), role_next=["p"]).breaks()
    assert (chat.out, chat.status) == (["sorry"], ("handedover", "step"))
