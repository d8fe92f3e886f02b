"""Engine.md 3: what a thread may do on its own, and when two machines are talking."""

from __future__ import annotations

from typing import Any

import pytest

from botflow_runtime.effects import OpenThread, Report
from botflow_runtime.expressions import ExpressionError, budget, compile_expression
from botflow_runtime.limits import (
    MOST_JUMPS,
    MOST_MESSAGES,
    MOST_NODES,
    MOST_RESETS,
    PING_PONG_MS,
    PING_PONG_TURNS,
)
from tests.runtime.bots import Node, ask, bot, code, jump, reply, reset, say, when
from tests.runtime.chat import Chat

LOOP = ("error", "loop")


def test_the_limits_are_those_of_the_document() -> None:
    assert (MOST_NODES, MOST_JUMPS, MOST_RESETS, MOST_MESSAGES) == (200, 16, 16, 50)
    assert (PING_PONG_TURNS, PING_PONG_MS) == (30, 600_000)


def chain(length: int, *, last: list[str]) -> list[Node]:
    """Nodes that do nothing, one after the other: their conditions are false."""
    return [
        say(f"n{number}", last if number == length - 1 else [f"n{number + 1}"], condition="false")
        for number in range(length)
    ]


@pytest.mark.parametrize(
    ("nodes", "status"),
    [(MOST_NODES, ("stuck", "")), (MOST_NODES + 1, LOOP)],
)
def test_two_hundred_nodes_run_and_no_more(nodes: int, status: tuple[str, str]) -> None:
    chat = Chat(bot(*chain(nodes, last=[]))).start()
    assert chat.status == status


def test_expression_conditions_count_as_nodes_taken_or_passed() -> None:
    passed = when("passed", {"no": ("false", [])})
    taken = when("taken", {"yes": ("true", ["passed", "end"])})
    nodes = [*chain(MOST_NODES - 2, last=["taken"]), taken, passed, say("end", final=True)]
    assert Chat(bot(*nodes)).start().status == LOOP
    assert Chat(bot(*nodes)).start_at("n1").status == ("complete", "")


@pytest.mark.parametrize(("messages", "status"), [(MOST_MESSAGES, ("stuck", "")), (MOST_MESSAGES + 1, LOOP)])
def test_fifty_messages_go_out_and_no_more(messages: int, status: tuple[str, str]) -> None:
    nodes = [say(f"n{number}", [f"n{number + 1}"]) for number in range(messages - 1)]
    chat = Chat(bot(*nodes, say(f"n{messages - 1}"))).start()
    assert chat.status == status
    assert len(chat.out) == MOST_MESSAGES


@pytest.mark.parametrize(("resets", "status"), [(MOST_RESETS, ("active", "")), (MOST_RESETS + 1, LOOP)])
def test_sixteen_resets_and_no_more(resets: int, status: tuple[str, str]) -> None:
    chat = Chat(bot(code("work", ["over"]), reset("over", report_field="r"))).start()
    for _ in range(resets):
        chat.returns()
    assert chat.status == status
    assert len(chat.effects(Report)) == (status != LOOP), "a reset that is not made writes no report"


@pytest.mark.parametrize("with_context", [True, False])
def test_sixteen_jumps_and_no_more(with_context: bool) -> None:
    """The count is handed on with OpenThread: a jump without context is no way round it."""
    here = bot(code("a", ["away"]), jump("away", "there", with_context, report_field="r"), id="here")
    there = bot(code("b", ["back"]), jump("back", "here", with_context), id="there")
    chat = Chat(here, there).start()
    for count in range(1, MOST_JUMPS + 1):
        assert chat.returns().status == ("active", ""), count
        assert chat.thread.jumps == count
    chat.returns()
    assert chat.status == LOOP
    assert chat.effect_names == [], "a jump that is not made writes no report and opens no thread"


def test_open_thread_hands_all_counters_on() -> None:
    target = bot(say("hi", ["wait"]), ask("wait"), id="target")
    chat = Chat(bot(say("one", ["two"]), say("two", ["go"]), jump("go", "target")), target).start()
    (opened,) = chat.effects(OpenThread)
    assert opened.counters == (3, 1, 0, 2)
    thread = chat.thread
    assert (thread.nodes, thread.jumps, thread.resets, thread.messages) == (3 + 2, 1, 0, 2 + 2)


def busy() -> Chat:
    """A thread that has done something on its own and now waits for a reply, with a response and a step timer."""
    return Chat(
        bot(
            say("hi", ["q"]),
            ask("q", ["more"], timeout_seconds=5, on_failure={"action": "continue"}),
            say("more", ["r"], "more"),
            reply("r", {"y": ("^y$", ["work"]), "e": ("^e$", [])}, otherwise=["more"]),
            code("work", ["more"]),
            response_timeout={"seconds": 9, "action": "node"},
            stuck_timeout={"seconds": 9, "action": "node"},
        ),
    )


COUNTED = (0, 0, 0, 0)


def counters(chat: Chat) -> tuple[int, int, int, int]:
    thread = chat.thread
    return thread.nodes, thread.jumps, thread.resets, thread.messages


def test_a_message_an_action_and_an_operator_clear_the_counters() -> None:
    assert counters(busy().start()) == (2, 0, 0, 2)
    assert counters(busy().start().acts()) == COUNTED
    assert counters(busy().start().says("Ann")) == (1, 0, 0, 1)
    assert counters(busy().start().says("Ann").says("y")) == (1, 0, 0, 0)
    assert counters(busy().start().says("Ann").says("e")) == COUNTED


def test_code_delivery_and_step_timers_do_not_clear_them() -> None:
    assert counters(busy().start().fires("step")) == (2, 0, 0, 3)
    assert counters(busy().start().reports("delivered")) == (2, 0, 0, 2)
    assert counters(busy().start().says("Ann").says("y").returns()) == (2, 0, 0, 1)
    assert counters(busy().start().fires("response", token="stale")) == (2, 0, 0, 2)


def test_messages_for_nobody_in_the_thread_clear_them_too() -> None:
    """Counters run since the last contact message, whatever it was for."""
    chat = Chat(bot(say("hi", ["r"]), reply("r", {"y": ("y", [])})), help_words=("help",)).start()
    assert counters(chat) == (1, 0, 0, 1)
    assert chat.says("help").decision.action == "help"
    assert counters(chat) == COUNTED


def test_no_failure_policy_rescues_a_loop() -> None:
    nodes = [
        say("a", ["b"], on_failure={"action": "continue"}),
        say("b", ["a"], on_failure={"action": "failover"}),
        say("f", ["a"], role="failover"),
    ]
    chat = Chat(bot(*nodes, on_failure={"action": "failover"})).start()
    assert chat.status == LOOP
    assert chat.detail("loop") == "messages"


# --- ping-pong -------------------------------------------------------------------------------------------------------


def echo() -> Chat:
    return Chat(
        bot(
            say("menu", ["r"], "1 or 2?"),
            reply("r", {"one": ("^1$", ["menu"])}, otherwise=["menu"], report="f"),
        )
    ).start()


def invalid() -> Chat:
    return Chat(bot(ask("mail", ["mail"], validation="email", retry="until_filled"))).start()


@pytest.mark.parametrize("chat", [echo, invalid])
def test_thirty_fruitless_turns_within_ten_minutes_are_a_machine(chat: Any) -> None:
    talk: Chat = chat()
    step = (PING_PONG_MS - 1) / (PING_PONG_TURNS - 1)
    for turn in range(PING_PONG_TURNS - 1):
        talk.now = round(turn * step)
        assert talk.says("beep").status == ("active", "")
    talk.now = PING_PONG_MS - 1
    assert talk.says("beep").status == ("error", "ping_pong")
    assert (talk.out, talk.effects(Report)) == ([], [])


@pytest.mark.parametrize("chat", [echo, invalid])
def test_thirty_fruitless_turns_in_longer_are_a_patient_person(chat: Any) -> None:
    talk: Chat = chat()
    for turn in range(PING_PONG_TURNS + 5):
        talk.now = round(turn * PING_PONG_MS / (PING_PONG_TURNS - 1))
        assert talk.says("beep").status == ("active", "")
    assert len(talk.thread.fruitless) < PING_PONG_TURNS, "the memory of such turns is bounded"


@pytest.mark.parametrize(("chat", "useful"), [(echo, "1"), (invalid, "ann@example.com")])
def test_one_turn_of_use_begins_the_count_anew(chat: Any, useful: str) -> None:
    talk: Chat = chat()
    for _ in range(2):
        for _ in range(PING_PONG_TURNS - 1):
            assert talk.says("beep").status == ("active", "")
        assert talk.says(useful).status == ("active", "")


def test_machines_that_send_each_other_on_are_found_across_threads() -> None:
    beep = bot(
        say("menu", ["r"], "1 or 2?"),
        reply("r", {"one": ("^1$", ["menu"])}, otherwise=["again"]),
        jump("again", "bot"),
    )
    talk = Chat(beep).start()
    for turn in range(PING_PONG_TURNS - 1):
        talk.now = turn
        assert talk.says("beep").status == ("active", "")
    assert len(talk.threads) == PING_PONG_TURNS
    assert talk.says("beep").status == ("error", "ping_pong")


def test_what_a_turn_may_spend_on_long_numbers_is_counted_and_then_they_are_not_computable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(budget, "MOST_EFFORT", 5_000_000)
    long = {f"n{number}": ("power('{{n}}.5'::numeric, 99.7) < 0", ["end"]) for number in range(20)}
    short = {"short": ("'{{n}}'::numeric * 2 = 15554", ["end"])}
    nodes = [ask("ask", ["long"]), when("long", long, ["short"]), when("short", short), say("end", final=True)]

    def warnings() -> list[tuple[str | None, str]]:
        chat = Chat(bot(*nodes)).start(variables={"n": "7777"}).says("go on")
        return [(entry.branch, str(entry.detail)) for entry in chat.turn.log if entry.what == "not_computable"]

    first = warnings()
    assert 0 < len(first) < len(long) + len(short)
    assert all(budget.TOO_LONG in detail for _, detail in first)
    assert warnings() == first, "it is counted, not timed"


def test_a_whole_power_counts_each_of_its_multiplications(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_EFFORT", 200_000_000)
    powers = {f"p{number}": ("power('{{n}}'::numeric, 2147483647) < 0", ["end"]) for number in range(20)}
    chat = Chat(bot(ask("ask", ["w"]), when("w", powers, ["end"]), say("end", final=True)))
    assert "not_computable" in chat.start(variables={"n": "1.00002" + "0" * 990 + "1"}).says("x").logged


READ_OR_MADE = """
upper({})  lower({})  initcap({})  reverse({})  md5({})  octet_length({})  bit_length({})  substring({},2)  {}||'y'
btrim({})  btrim({},'y')  btrim('y',{})  ltrim({},'y')  ltrim('y',{})  rtrim({},'y')  rtrim('y',{})
replace({},'x','y')  replace('y',{},'y')  replace('y','y',{})  split_part({},'y',1)  split_part('y',{},1)
strpos({},'y')  strpos('y',{})  translate({},'x','y')  translate('y',{},'y')  translate('y','y',{})
overlay({},'y',1)  overlay('y',{},1)  lpad({},5)  lpad('y',5,{})  rpad({},5)  rpad('y',5,{})  repeat({},1)
string_to_array({},'y')  string_to_array('y',{})  string_to_array('y','y',{})  regexp_replace({},'y','z')
(''like{}escape'!')  (''similar/**/to{}escape'!')
""".split()
"""Each place of a long text that costs by its length."""


@pytest.mark.parametrize("made", READ_OR_MADE)
def test_what_a_turn_may_spend_on_long_texts_is_counted_too(made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_EFFORT", 10_000_000)
    expression = made.format("'{{t}}'")
    long = {f"t{number}": (f"{expression} is null", ["end"]) for number in range(30)}
    short = {"short": ("upper('{{letter}}') = 'Y'", ["end"])}
    chat = Chat(bot(ask("ask", ["w"]), when("w", long | short, ["end"]), say("end", final=True)))
    talk = chat.start(variables={"letter": "x", "t": "x" * 5_000}).says("go on")
    late = [entry.branch for entry in talk.turn.log if entry.what == "not_computable"]
    assert late
    assert late == list(long)[-len(late) :], "the first of them are computed, and usual texts after them"


def test_what_is_spent_within_a_bounded_time_is_spent_of_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_EFFORT", 10)
    budget.begin_turn()
    try:
        with budget.at_most(seconds=60):
            budget.spend(10)
        with pytest.raises(ExpressionError):
            budget.spend(1)
    finally:
        budget.end_turn()


def test_each_turn_has_its_own_and_nothing_is_counted_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    expression = "power('{{n}}.5'::numeric, 99.7) > 0"
    nodes = [ask("ask", ["w"]), when("w", {"yes": (expression, ["ask"])})]
    chat = Chat(bot(*nodes)).start(variables={"n": "7777"})
    monkeypatch.setattr(budget, "MOST_EFFORT", 3_000_000)
    for _ in range(5):
        assert "not_computable" not in chat.says("again").logged
    compiled = compile_expression(expression)
    assert all(compiled({"n": "7777"}) for _ in range(5))


def test_thousands_of_usual_numbers_are_no_trouble_for_a_turn() -> None:
    prices = " or ".join(["'{{n}}'::numeric * 1.21 < 0"] * 500)
    ways = {f"w{number}": (prices, ["end"]) for number in range(10)}
    chat = Chat(bot(ask("ask", ["w"]), when("w", ways, ["end"]), say("end", final=True)))
    assert "not_computable" not in chat.start(variables={"n": "19.99"}).says("x").logged
