"""Engine.md 3: actions, expression conditions, user-responses, and how `next` is walked."""

from __future__ import annotations

import pytest

from botflow_runtime.effects import Report
from botflow_runtime.thread import Wait
from tests.runtime.bots import ask, bot, code, reply, say, when
from tests.runtime.chat import Chat

END = say("end", final=True)


@pytest.mark.parametrize("condition", ["false", "null", "'{{unknown}}' <= 3"])
def test_a_step_whose_condition_is_not_true_is_skipped_with_its_report(condition: str) -> None:
    chat = Chat(bot(say("maybe", ["end"], condition=condition, report_field="f"), END)).start()
    assert (chat.out, chat.effects(Report), chat.status) == (["end"], [], ("complete", ""))
    assert "skipped" in chat.logged


def test_a_condition_that_cannot_be_computed_leaves_a_warning() -> None:
    chat = Chat(bot(say("maybe", ["end"], condition="'{{name}}' <= 3"), END)).start(variables={"name": "abc"})
    warning = next(entry for entry in chat.turn.log if entry.what == "not_computable")
    assert warning.node == "maybe"
    assert "abc" in str(warning.detail)


def test_a_skipped_final_node_does_not_end_the_thread() -> None:
    chat = Chat(bot(say("maybe", ["end"], condition="false", final=True), END)).start()
    assert (chat.out, chat.thread.node) == (["end"], "end")
    chat = Chat(bot(say("maybe", condition="false", final=True))).start()
    assert (chat.out, chat.status, chat.thread.node) == ([], ("stuck", ""), "maybe")


def test_a_true_condition_runs_the_step_reports_and_ends_at_a_final_node() -> None:
    chat = Chat(bot(say("only", ["other"], condition="true", report_field="f", final=True), say("other"))).start()
    assert (chat.out, chat.status) == (["only"], ("complete", ""))
    assert [(report.field, report.value, report.node) for report in chat.effects(Report)] == [("f", "ONLY", "only")]


def test_the_first_action_of_next_is_taken() -> None:
    assert Chat(bot(say("hi", ["end", "other"]), END, say("other"))).start().out == ["hi", "end"]


def test_the_first_true_branch_of_an_expression_is_taken() -> None:
    one, two = say("one", final=True), say("two", final=True)
    chosen = when("w", {"no": ("false", ["end"]), "yes": ("true", ["one"]), "too": ("true", ["two"])}, ["end"])
    chat = Chat(bot(say("hi", ["w"]), chosen, one, two, END)).start()
    assert chat.out == ["hi", "one"]
    assert next(entry.branch for entry in chat.turn.log if entry.what == "branch") == "yes"


def test_an_expression_reports_its_branch_by_label_else_too() -> None:
    chat = Chat(bot(say("hi", ["w"]), when("w", {"yes": ("'{{a}}' = '1'", ["end"])}, ["end"], report="f"), END))
    assert [report.value for report in chat.start(variables={"a": 1}).effects(Report)] == ["Yes"]
    assert [report.value for report in chat.start(variables={"a": 2}).effects(Report)] == ["Else"]


def test_a_taken_branch_that_leads_nowhere_is_stuck_there() -> None:
    """An else is there for what fits no branch: a true one with an empty `next` is taken all the same."""
    chat = Chat(bot(say("hi", ["w", "end"]), when("w", {"yes": ("true", [])}, ["end"]), END)).start()
    assert (chat.out, chat.status, chat.thread.node) == (["hi"], ("stuck", ""), "w")


@pytest.mark.parametrize("otherwise", [None, []])
def test_an_expression_that_fits_nothing_leaves_the_turn_to_the_next_of_the_list(otherwise: list[str] | None) -> None:
    chat = Chat(bot(say("hi", ["w", "end"]), when("w", {"no": ("false", ["hi"])}, otherwise), END)).start()
    assert (chat.out, "passed" in chat.logged) == (["hi", "end"], True)
    chat = Chat(bot(say("hi", ["w"]), when("w", {"no": ("false", ["hi"])}, otherwise))).start()
    assert (chat.status, chat.thread.node) == (("stuck", ""), "hi")


def test_expressions_are_tried_in_order_before_the_thread_waits() -> None:
    nodes = [
        say("hi", ["w1", "w2", "r"]),
        when("w1", {"x": ("'{{a}}' = '1'", ["end"])}),
        when("w2", {"x": ("'{{a}}' = '2'", ["end"])}),
        reply("r", {"y": ("y", ["end"])}),
        END,
    ]
    for value, out, node in [(1, ["hi", "end"], "end"), (2, ["hi", "end"], "end"), (3, ["hi"], "r")]:
        chat = Chat(bot(*nodes)).start(variables={"a": value})
        assert (chat.out, chat.thread.node) == (out, node)


def test_from_the_first_user_response_on_only_those_count() -> None:
    nodes = [say("hi", ["r1", "end", "w", "r2"]), when("w", {"yes": ("true", ["end"])}), END]
    chat = Chat(bot(*nodes, reply("r1", {"a": ("^a", ["end"])}), reply("r2", {"b": ("^b", ["end"])}))).start()
    wait = chat.thread.wait
    assert wait is not None
    assert (chat.out, chat.thread.node, wait.nodes) == (["hi"], "r1", ("r1", "r2"))
    assert chat.says("b").out == ["end"]


def several() -> Chat:
    return Chat(
        bot(
            say("hi", ["r1", "r2", "r3"]),
            reply("r1", {"a": ("^a", ["one"]), "any": ("^b", ["one"])}),
            reply("r2", {"b": ("^b", ["two"]), "c": ("^c", ["two"])}, otherwise=["two"], report="f"),
            reply("r3", {"d": ("^d", ["three"])}, otherwise=["three"]),
            say("one", final=True),
            say("two", final=True),
            say("three", final=True),
        )
    ).start()


@pytest.mark.parametrize(
    ("said", "out"),
    [
        ({"text": "b"}, ["one"]),  # in order: the first condition's branches first
        ({"text": "c"}, ["two"]),
        ({"text": "d"}, ["three"]),  # a branch of a later condition goes before an else of an earlier one
        ({"text": "x"}, ["two"]),  # the first linked else
        ({"text": "x", "postback": "d"}, ["three"]),  # then the postback
        ({"text": "c", "postback": "a"}, ["two"]),  # the text of all branches first
        ({"postback": "a"}, ["one"]),
        ({"text": "", "postback": "a"}, ["one"]),
        ({"attachments": ("file",)}, ["two"]),
    ],
)
def test_a_reply_is_tried_on_all_branches_in_order_then_on_the_first_linked_else(
    said: dict[str, object], out: list[str]
) -> None:
    assert several().says(**said).out == out  # type: ignore[arg-type] # a table of fields


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ({"text": "x"}, "x"),
        ({"text": "x", "postback": "c"}, "x"),
        ({"postback": "c"}, "c"),
        ({"attachments": ("file", "other")}, "file"),
        ({"location": (41.5, -87.25)}, "41.5,-87.25"),
        ({"language": "en"}, ""),
    ],
)
def test_a_user_response_reports_the_reply_its_else_too(said: dict[str, object], value: str) -> None:
    chat = several().says(**said)  # type: ignore[arg-type] # a table of fields
    assert [(report.field, report.value, report.node) for report in chat.effects(Report)] == [("f", value, "r2")]


def test_a_branch_of_a_user_response_that_leads_nowhere_is_stuck_there() -> None:
    chat = Chat(bot(say("hi", ["r"]), reply("r", {"y": ("y", [])}, otherwise=["hi"]))).start().says("y")
    assert (chat.status, chat.thread.node, chat.thread.wait) == (("stuck", ""), "r", None)


def test_an_else_that_leads_nowhere_uses_no_message() -> None:
    chat = Chat(bot(say("hi", ["r"]), reply("r", {"y": ("y", ["end"])}, otherwise=[]), END)).start().says("x")
    assert (chat.decision.action, chat.status) == ("stuck", ("stuck", ""))


def test_a_stuck_thread_moves_on_with_a_later_message_that_fits() -> None:
    chat = Chat(bot(say("hi", ["r"]), reply("r", {"y": ("y", ["q"])}), ask("q"))).start().says("x")
    assert (chat.status, chat.armed()) == (("stuck", ""), {"stuck": 24 * 3600})
    assert chat.says("z").effect_names == [], "it is stuck already"
    chat.says("y")
    assert (chat.status, chat.out, chat.thread.timers) == (("active", ""), ["q?"], {})


def test_a_thread_says_what_it_waits_for_and_no_more() -> None:
    chat = Chat(
        bot(ask("q", ["r"], retry=2), reply("r", {"y": ("y", ["c"])}), code("c", ["m"]), say("m", timeout_seconds=3))
    )
    assert chat.start().thread.wait == Wait("question", 1, retries=2)
    assert chat.says("Ann").thread.wait == Wait("reply", 1, ("r",))
    assert chat.says("y").thread.wait == Wait("code", 2, effect="e3:0")
    assert chat.returns().thread.wait == Wait("acceptance", 3, effect="e4:0")


def test_a_reply_that_answered_a_question_is_spent() -> None:
    chat = Chat(bot(ask("q", ["r"]), reply("r", {"y": ("y", ["end"])}), END)).start().says("y")
    assert (chat.out, chat.thread.node, chat.status) == ([], "r", ("active", ""))
    assert chat.says("y").out == ["end"]


def test_a_start_that_leads_nowhere_is_stuck() -> None:
    chat = Chat(bot(say("hi"))).start()
    assert (chat.status, chat.thread.wait) == (("stuck", ""), None)
    assert chat.says("hello").decision.action == "stuck"
