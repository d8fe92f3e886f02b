"""Every code of validation: a smallest scenario that has exactly this problem, and its mended twin that has none."""

import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from botflow_runtime.validation import RULES, validate
from botflow_runtime.validation.reference import problems_reference
from botflow_runtime.validation.returned_keys import returned_keys
from botflow_runtime.validation.source import FORMAT_CODES

Document = dict[str, Any]


def bot(*nodes: Document, id: str = "bot", channel: str = "webchat", **settings: Any) -> Document:
    head = {"format": "botflow.scenario/1", "id": id, "name": id, "channel": channel, "language": "en"}
    return {**head, "settings": settings, "nodes": list(nodes)}


def action(id: str, step: Document, *following: str, **fields: Any) -> Document:
    return {"id": id, "kind": "action", "step": step, "next": list(following), **fields}


def say(id: str, *following: str, text: str = "Hello", suggestions: Any = (), **fields: Any) -> Document:
    content = {"type": "text", "text": text, **({"suggestions": list(suggestions)} if suggestions else {})}
    return action(id, {"type": "static_message", "content": content}, *following, **fields)


def ask(id: str, *following: str, save_as: str = "answer", **fields: Any) -> Document:
    content = {"type": "text", "text": "Tell me"}
    return action(id, {"type": "ask_question", "content": content, "save_as": save_as}, *following, **fields)


def code(id: str, source: str, *following: str, save_as: str | None = None, **fields: Any) -> Document:
    step = {"type": "execute_code", "language": "javascript", "source": source, "save_as": save_as}
    return action(id, step, *following, **fields)


def jump(id: str, scenario: str, *, pass_context: bool = False, **fields: Any) -> Document:
    return action(id, {"type": "jump", "scenario": scenario, "pass_context": pass_context}, **fields)


def branch(id: str, patterns: list[str], *following: str, **fields: Any) -> Document:
    return {"id": id, "label": id, "patterns": patterns, "next": list(following), **fields}


def reply(id: str, *branches: Document, **fields: Any) -> Document:
    return {"id": id, "kind": "condition", "type": "user_response", "branches": list(branches), **fields}


def when(id: str, expression: str, *following: str, otherwise: list[str] | None = None, **fields: Any) -> Document:
    branches = [{"id": "yes", "label": "yes", "expression": expression, "next": list(following)}]
    rest = {} if otherwise is None else {"else": {"next": otherwise}}
    return {"id": id, "kind": "condition", "type": "expression", "branches": branches, **rest, **fields}


def button(id: str, text: str) -> Document:
    return {"id": id, "type": "reply", "text": text, "postback": text.lower()}


START = say("hello", "end", role="start")
END = say("end", final=True, text="Bye")
ANY = reply("any", **{"else": {"next": ["end"]}})
SMALL = button("s", "Small")
LAST_WORD = say("last", final=True, suggestions=[SMALL])
FAILOVER = {"action": "failover"}
NODE_TIMEOUT = {"seconds": 60, "action": "node"}


SETTINGS_WITHOUT_ROLE: dict[str, dict[str, Any]] = {
    "failover": {},
    "response_timeout": {"response_timeout": {"seconds": 1, "action": "end_chat"}},
    "stuck_timeout": {"stuck_timeout": {"seconds": 1, "action": "handover"}},
    "opt_out": {"keywords": {"opt_out": ["^no thanks$"]}},
}
"""Settings that have no use for the node of a role."""

BRANCHES_OF_DIGITS = [branch(f"b{digit}", [f"^{digit}$"], "end") for digit in range(11)]
"""So many that a branch's number has two digits."""
ELSE_END: Document = {"else": {"next": ["end"]}}


class Case(NamedTuple):
    code: str
    place: tuple[str | None, str]
    broken: Any
    mended: Any
    others: list[Any] | None = None


CASES = [
    Case("unreadable", (None, ""), '{"format": ', bot(START, END)),
    Case("unreadable", (None, ""), "[1, 2]", bot(START, END)),
    Case("unreadable", (None, ""), b'{"name": "\xff"}', bot(START, END)),
    Case("unreadable", (None, "x-own"), {**bot(START, END), "x-own": {1, 2}}, {**bot(START, END), "x-own": [1, 2]}),
    Case("schema", ("end", "colour"), bot(START, say("end", final=True, colour="red")), bot(START, END)),
    Case("no_start", (None, "nodes"), bot(END), bot(say("end", final=True, role="start"))),
    Case(
        "two_starts",
        ("again", "role"),
        bot(START, END, say("again", "end", role="start")),
        bot(say("hello", "again", role="start"), say("again", "end"), END),
    ),
    Case(
        "start_is_condition",
        ("vip", "role"),
        bot(when("vip", "1 = 1", "end", otherwise=["end"], role="start"), END),
        bot(say("hello", "vip", role="start"), when("vip", "1 = 1", "end", otherwise=["end"]), END),
    ),
    Case(
        "two_of_a_role",
        ("sorry2", "role"),
        bot(
            START,
            END,
            say("sorry", "end", role="failover"),
            say("sorry2", "end", role="failover"),
            on_failure=FAILOVER,
        ),
        bot(START, END, say("sorry", "end", role="failover"), on_failure=FAILOVER),
    ),
    Case(
        "missing_role_node",
        (None, "settings.response_timeout.action"),
        bot(START, END, response_timeout=NODE_TIMEOUT),
        bot(START, END, say("nudge", "end", role="response_timeout"), response_timeout=NODE_TIMEOUT),
    ),
    Case(
        "missing_role_node",
        (None, "settings.on_failure.action"),
        bot(START, END, on_failure=FAILOVER),
        bot(START, END, say("sorry", "end", role="failover"), on_failure=FAILOVER),
    ),
    Case(
        "missing_role_node",
        ("end", "on_failure.action"),
        bot(START, {**END, "on_failure": FAILOVER}),
        bot(START, {**END, "on_failure": FAILOVER}, say("sorry", role="failover", final=True)),
    ),
    *(
        Case(
            "unused_role", ("idle", "role"), bot(START, END, say("idle", "end", role=role)), bot(START, END, **settings)
        )
        for role, settings in SETTINGS_WITHOUT_ROLE.items()
    ),
    Case(
        "duplicate_node_id",
        ("end", "nodes[2].id"),
        bot(START, END, END),
        bot(say("hello", "end", role="start"), say("end", "end2"), say("end2", final=True)),
    ),
    Case(
        "duplicate_branch_id",
        ("size", "branches[1].id"),
        bot(
            say("hello", "size", role="start"), reply("size", branch("b", ["x"], "end"), branch("b", ["y"], "end")), END
        ),
        bot(
            say("hello", "size", role="start"), reply("size", branch("a", ["x"], "end"), branch("b", ["y"], "end")), END
        ),
    ),
    Case("dangling_next", ("hello", "next[0]"), bot(say("hello", "edn", role="start")), bot(START, END)),
    Case(
        "mixed_next",
        ("hello", "next[1]"),
        bot(say("hello", "size", "end", role="start"), reply("size", branch("b", ["x"], "end")), END),
        bot(say("hello", "size", role="start"), reply("size", branch("b", ["x"], "end")), END),
    ),
    Case(
        "never_tried",
        ("hello", "next[1]"),
        bot(say("hello", "one", "two", role="start"), say("one", "two"), say("two", final=True)),
        bot(say("hello", "one", role="start"), say("one", "two"), say("two", final=True)),
    ),
    Case(
        "never_tried",
        ("hello", "next[1]"),
        bot(say("hello", "vip", "end", role="start"), when("vip", "1 = 1", "end", otherwise=["end"]), END),
        bot(say("hello", "vip", "end", role="start"), when("vip", "1 = 1", "end"), END),
    ),
    Case(
        "next_never_followed",
        ("hello", "next"),
        bot({**START, "final": True}, END),
        bot({**START, "final": True, "condition": "'{{contact.name}}' = 'Ann'"}, END),
    ),
    Case(
        "next_never_followed",
        ("go", "next"),
        bot(say("hello", "go", role="start"), action("go", {"type": "jump", "scenario": "x"}, "end"), END),
        bot(
            say("hello", "go", role="start"),
            action("go", {"type": "jump", "scenario": "x"}, "end", on_failure={"action": "continue"}),
            END,
        ),
    ),
    Case(
        "bad_expression",
        ("vip", "branches[0].expression"),
        bot(say("hello", "vip", role="start"), when("vip", "(1 = 1", "end", otherwise=["end"]), END),
        bot(say("hello", "vip", role="start"), when("vip", "(1 = 1)", "end", otherwise=["end"]), END),
    ),
    Case("bad_expression", ("hello", "condition"), bot({**START, "condition": "1 +"}, END), bot(START, END)),
    Case(
        "bad_pattern",
        ("size", "branches[0].patterns[1]"),
        bot(say("hello", "size", role="start"), reply("size", branch("b", ["x", "(y"], "end")), END),
        bot(say("hello", "size", role="start"), reply("size", branch("b", ["x", "(y)"], "end")), END),
    ),
    Case(
        "bad_pattern",
        (None, "settings.keywords.stop[0]"),
        bot(START, END, keywords={"stop": [""]}),
        bot(START, END, keywords={"stop": ["^bye$"]}),
    ),
    Case(
        "no_patterns",
        ("size", "branches[0].patterns"),
        bot(say("hello", "size", role="start"), reply("size", branch("b", [], "end")), END),
        bot(say("hello", "size", role="start"), reply("size", branch("b", ["b"], "end")), END),
    ),
    Case(
        "overlapping_patterns",
        ("size", "branches[1].patterns[0]"),
        bot(
            say("hello", "size", role="start"),
            reply("size", branch("a", ["^y"], "end"), branch("b", ["yes"], "end")),
            END,
        ),
        bot(
            say("hello", "size", role="start"),
            reply("size", branch("a", ["^n"], "end"), branch("b", ["yes"], "end")),
            END,
        ),
    ),
    Case(
        "overlapping_patterns",
        ("size", "branches[1].patterns[0]"),
        bot(
            say("hello", "size", role="start"),
            reply("size", branch("a", [".*"], "end"), branch("b", ["yes"], "end")),
            END,
        ),
        bot(
            say("hello", "size", role="start"),
            reply("size", branch("b", ["yes"], "end"), branch("a", [".*"], "end")),
            END,
        ),
    ),
    Case(
        "overlapping_patterns",
        ("size", "branches[11].patterns[0]"),
        bot(
            say("hello", "size", role="start"),
            reply("size", *BRANCHES_OF_DIGITS, branch("last", ["3"], "end")),
            END,
        ),
        bot(
            say("hello", "size", role="start"),
            reply("size", *BRANCHES_OF_DIGITS, branch("last", [".*"], "end")),
            END,
        ),
    ),
    Case(
        "suggestion_unmatched",
        ("size", "branches[11].patterns"),
        bot(
            say("hello", "size", role="start", suggestions=[button("s", "Large")]),
            reply("size", *BRANCHES_OF_DIGITS, branch("last", ["small"], "end", suggestion="s"), **ELSE_END),
            END,
        ),
        bot(
            say("hello", "size", role="start", suggestions=[button("s", "Large")]),
            reply("size", *BRANCHES_OF_DIGITS, branch("last", ["large"], "end", suggestion="s"), **ELSE_END),
            END,
        ),
    ),
    Case(
        "question_before_response",
        ("hello", "next"),
        bot(ask("hello", "size", role="start"), reply("size", branch("b", ["x"], "end")), END),
        bot(ask("hello", "size", role="start"), when("size", "'{{answer}}' = 'x'", "end", otherwise=["end"]), END),
    ),
    Case(
        "bad_content",
        ("hello", "step.content.suggestions[0].text"),
        bot(say("hello", "any", role="start", suggestions=[button("s", "x" * 61)]), ANY, END),
        bot(say("hello", "any", role="start", suggestions=[button("s", "x" * 60)]), ANY, END),
    ),
    Case(
        "bad_content",
        ("hello", "step.content.suggestions[1].id"),
        bot(say("hello", "any", role="start", suggestions=[button("s", "x"), button("s", "y")]), ANY, END),
        bot(say("hello", "any", role="start", suggestions=[button("s", "x"), button("t", "y")]), ANY, END),
    ),
    *(
        Case(
            "bad_message_type",
            ("hello", "step.message_type"),
            bot(action("hello", {**dynamic, "message_type": "carousel"}, "end", role="start"), END),
            bot(action("hello", {**dynamic, "message_type": "card"}, "end", role="start"), END),
        )
        for dynamic in [{"type": "dynamic_message", "language": "python", "source": "return 'hi'"}]
    ),
    Case(
        "suggestion_gone",
        ("size", "branches[0].suggestion"),
        bot(
            say("hello", "size", role="start", suggestions=[button("s", "Small")]),
            reply("size", branch("l", ["large"], "end", suggestion="l"), branch("s", ["small"], "end", suggestion="s")),
            END,
        ),
        bot(
            say("hello", "size", role="start", suggestions=[button("s", "Small"), button("l", "Large")]),
            reply("size", branch("l", ["large"], "end", suggestion="l"), branch("s", ["small"], "end", suggestion="s")),
            END,
        ),
    ),
    Case(
        "suggestion_unmatched",
        ("size", "branches[0].patterns"),
        bot(
            say("hello", "size", role="start", suggestions=[button("s", "Small")]),
            reply("size", branch("s", ["tiny"], "end", suggestion="s"), **{"else": {"next": ["end"]}}),
            END,
        ),
        bot(
            say("hello", "size", role="start", suggestions=[button("s", "Small")]),
            reply("size", branch("s", ["tiny", "^small$"], "end", suggestion="s"), **{"else": {"next": ["end"]}}),
            END,
        ),
    ),
    Case(
        "suggestion_untaken",
        ("hello", "step.content"),
        bot(
            say("hello", "size", role="start", suggestions=[button("s", "Small"), button("m", "Medium")]),
            reply("size", branch("s", ["small"], "end")),
            END,
        ),
        bot(
            say("hello", "size", role="start", suggestions=[button("s", "Small"), button("m", "Medium")]),
            reply("size", branch("s", ["small"], "end"), **{"else": {"next": ["end"]}}),
            END,
        ),
    ),
    Case(
        "suggestion_unanswered",
        ("hello", "next"),
        bot(say("hello", "end", role="start", suggestions=[SMALL]), END),
        bot(say("hello", "any", role="start", suggestions=[SMALL]), ANY, END),
    ),
    Case(
        "suggestion_unanswered",
        ("hello", "next"),
        bot(say("hello", role="start", final=True, suggestions=[SMALL]), keywords={"reset": ["^again$"]}),
        bot(say("hello", role="start", final=True, suggestions=[SMALL]), keywords={"trigger": ["^small$"]}),
    ),
    Case(
        "suggestion_unanswered",
        ("hello", "next"),
        bot(say("hello", "end", role="start", suggestions=[SMALL]), END),
        bot(say("hello", "more", role="start", suggestions=[SMALL]), say("more", "asked"), ask("asked", "end"), END),
    ),
    Case(
        "suggestion_unanswered",
        ("last", "next"),
        bot(code("hello", "return {said: 1}", "last", role="start"), LAST_WORD),
        bot(code("hello", "return {said: message.text}", "last", role="start"), LAST_WORD),
    ),
    Case(
        "suggestion_unanswered",
        ("hello", "next"),
        bot(say("hello", role="start", final=True, suggestions=[SMALL])),
        bot(say("hello", "pizza", role="start", suggestions=[SMALL]), jump("pizza", "pizza")),
        [bot(START, END, id="pizza")],
    ),
    Case(
        "suggestion_unanswered",
        ("hello", "next"),
        bot(say("hello", role="start", final=True, suggestions=[SMALL])),
        bot(say("hello", role="start", final=True, suggestions=[button("p", "Pizza")])),
        [bot(START, END, id="pizza", keywords={"trigger": ["^pizza$"]})],
    ),
    Case(
        "bad_code",
        ("hello", "step.source"),
        bot(code("hello", "return (1", "end", role="start"), END),
        bot(code("hello", "return {one: 1}", "end", role="start"), END),
    ),
    Case(
        "unknown_chatbot",
        ("hello", "step.scenario"),
        bot(jump("hello", "pizzza", role="start")),
        bot(jump("hello", "pizza", role="start")),
        [bot(START, END, id="pizza")],
    ),
    Case(
        "other_channel",
        ("hello", "step.scenario"),
        bot(jump("hello", "texts", role="start")),
        bot(jump("hello", "pizza", role="start")),
        [bot(START, END, id="pizza"), bot(START, END, id="texts", channel="sms")],
    ),
    Case(
        "jump_cycle",
        ("hello", "step.scenario"),
        bot(jump("hello", "menu", role="start")),
        bot(jump("hello", "pizza", role="start")),
        [bot(START, END, id="pizza"), bot(jump("hello", "bot", role="start"), id="menu")],
    ),
    Case(
        "trigger_collision",
        (None, "settings.keywords.trigger[0]"),
        bot(START, END, keywords={"trigger": ["^p"]}),
        bot(START, END, keywords={"trigger": ["^q"]}),
        [bot(START, END, id="pizza", keywords={"trigger": ["pizza"]})],
    ),
    Case(
        "opt_out_word",
        (None, "settings.keywords.trigger[0]"),
        bot(START, END, keywords={"trigger": ["^(halt|stop)$"]}),
        bot(START, END, keywords={"trigger": ["^(halt|stopper)$"]}),
    ),
    Case(
        "opt_out_word",
        ("size", "branches[0].patterns[0]"),
        bot(say("hello", "size", role="start"), reply("size", branch("b", ["Cancel"], "end")), END),
        bot(say("hello", "size", role="start"), reply("size", branch("b", ["Never mind"], "end")), END),
    ),
    Case(
        "opt_out_word",
        ("hello", "step.content"),
        bot(say("hello", "any", role="start", suggestions=[button("s", "Quit")]), ANY, END),
        bot(say("hello", "any", role="start", suggestions=[button("s", "Leave")]), ANY, END),
    ),
    Case(
        "keyword_takes_reply",
        ("size", "branches[0].patterns[0]"),
        bot(
            say("hello", "size", role="start"),
            reply("size", branch("b", ["^restart$"], "end")),
            END,
            keywords={"reset": ["start"]},
        ),
        bot(
            say("hello", "size", role="start"),
            reply("size", branch("b", ["^restart$"], "end")),
            END,
            keywords={"reset": ["^start$"]},
        ),
    ),
    Case("unreachable", ("island", ""), bot(START, END, say("island", "end")), bot(START, END)),
    Case(
        "loop_without_wait",
        ("hello", "next"),
        bot(say("hello", "count", role="start"), code("count", "return {n: 1}", "hello")),
        bot(say("hello", "count", role="start"), code("count", "return {n: 1}", "size"), ask("size", "hello")),
    ),
    Case(
        "dead_end",
        ("last", "next"),
        bot(say("hello", "last", role="start"), say("last")),
        bot(say("hello", "last", role="start"), action("last", {"type": "handover"})),
    ),
    Case(
        "dead_end",
        ("end", "next"),
        bot(START, {**END, "condition": "1 = 1"}),
        bot(START, {**END, "condition": "1 = 1", "next": ["last"]}, say("last", final=True)),
    ),
    Case(
        "branch_without_next",
        ("size", "branches[0].next"),
        bot(say("hello", "size", role="start"), reply("size", branch("b", ["x"]))),
        bot(say("hello", "size", role="start"), reply("size", branch("b", ["x"], "end")), END),
    ),
    Case(
        "branch_without_next",
        ("size", "else.next"),
        bot(say("hello", "size", role="start"), reply("size", branch("b", ["x"], "end"), **{"else": {}}), END),
        bot(say("hello", "size", role="start"), reply("size", branch("b", ["x"], "end")), END),
    ),
    Case(
        "no_else",
        ("vip", "else"),
        bot(say("hello", "vip", role="start"), when("vip", "'{{attribute.tier}}' = 'gold'", "end"), END),
        bot(say("hello", "vip", "end", role="start"), when("vip", "'{{attribute.tier}}' = 'gold'", "end"), END),
    ),
    Case(
        "unset_variable",
        ("hello", "step.content.text"),
        bot(say("hello", "who", role="start", text="Hi {{name}}"), ask("who", "end", save_as="name"), END),
        bot(ask("who", "hello", save_as="name", role="start"), say("hello", "end", text="Hi {{name}}"), END),
    ),
    Case(
        "unset_variable",
        ("vip", "branches[0].expression"),
        bot(say("hello", "vip", role="start"), when("vip", "'{{pirce}}' > 9", "end", otherwise=["end"]), END),
        bot(
            code("hello", "return {'pirce': 9, b: [1, 2]}", "vip", role="start"),
            when("vip", "'{{pirce}}' > 9", "end", otherwise=["end"]),
            END,
        ),
    ),
    Case(
        "unset_variable",
        ("price", "step.source"),
        bot(code("price", "return {price: {{size}} + 1}", "end", role="start"), END),
        bot(
            code("size", "vars.size = 3", "price", role="start"),
            code("price", "return {price: {{size}} + 1}", "end"),
            END,
        ),
    ),
    Case(
        "unset_variable",
        ("hello", "step.content.text"),
        bot(say("hello", "end", role="start", text="Hi {{name}}"), END),
        bot(say("hello", "end", role="start", text="Hi {{first}}"), END),
        [bot(ask("who", "go", save_as="first", role="start"), jump("go", "bot", pass_context=True), id="menu")],
    ),
    Case(
        "shared_variable",
        ("two", "step.save_as"),
        bot(ask("one", "two", role="start"), ask("two", "end"), END),
        bot(ask("one", "two", role="start"), ask("two", "end", save_as="other"), END),
    ),
    Case(
        "odd_placeholder",
        ("hello", "step.content.text"),
        bot(say("hello", "end", role="start", text="Hi {{first name}}"), END),
        bot(say("hello", "end", role="start", text="Hi {{ contact.name }}"), END),
    ),
    Case(
        "failover_into_itself",
        ("sorry", "on_failure"),
        bot(START, END, code("sorry", "return {}", "end", role="failover"), on_failure=FAILOVER),
        bot(
            START,
            END,
            code("sorry", "return {}", "end", role="failover", on_failure={"action": "handover"}),
            on_failure=FAILOVER,
        ),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{index}-{case.code}" for index, case in enumerate(CASES)])
def test_a_scenario_has_exactly_this_problem_and_its_mended_twin_none(case: Case) -> None:
    found = [(problem.code, (problem.node, problem.field)) for problem in validate(case.broken, case.others)]
    assert found == [(case.code, case.place)]
    assert validate(case.mended, case.others) == []


def test_every_rule_has_a_case() -> None:
    assert {rule.code for rule in RULES} | set(FORMAT_CODES) == {case.code for case in CASES}


def test_a_rule_tells_what_it_means_and_what_to_do() -> None:
    for rule in RULES:
        assert rule.meaning.endswith("."), rule.code
        assert rule.remedy.endswith("."), rule.code


def test_codes_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)


def scripted(source: str, **fields: Any) -> Document:
    return action("say", {"type": "dynamic_message", "language": "python", "source": source}, "size", **fields)


SIZE = reply("size", branch("s", ["small"], "end", suggestion="s"))
CAREFUL = {
    "a handover goes on only when a person gives the chat back": bot(
        action("hello", {"type": "handover"}, role="start")
    ),
    "the branch of an opt-out keyword completes where others get stuck": bot(
        START, END, say("sorry", role="opt_out"), keywords={"opt_out": ["^no thanks$"]}
    ),
    "a last branch that takes everything is an else": bot(
        say("hello", "size", role="start"), reply("size", branch("a", ["yes"], "end"), branch("b", [".*"], "end")), END
    ),
    "two words that a text may hold both do not overlap": bot(
        say("hello", "size", role="start"),
        reply("size", branch("a", ["pizza"], "end"), branch("b", ["pasta"], "end")),
        END,
    ),
    "a question in a circle waits": bot(ask("hello", "hello", role="start")),
    "a user-response in a circle waits": bot(
        say("hello", "size", role="start"),
        reply("size", branch("a", ["yes"], "end"), **{"else": {"next": ["hello"]}}),
        END,
    ),
    "a reset that is not reached without a word of the contact": bot(
        ask("hello", "again", role="start"), action("again", {"type": "reset"})
    ),
    "code that writes to vars may set anything": bot(
        code("hello", "vars['a' + 'b'] = 1", "end", role="start"), say("end", text="{{ab}}", final=True)
    ),
    "code that returns what cannot be read may set anything": bot(
        code("hello", "return JSON.parse('{}')", "end", role="start"), say("end", text="{{ab}}", final=True)
    ),
    "a timeout comes from anywhere, so any variable may be set": bot(
        ask("hello", "end", role="start"),
        END,
        say("nudge", role="response_timeout", text="{{answer}}", final=True),
        response_timeout=NODE_TIMEOUT,
    ),
    "attributes, contact, sender and thread are no variables": bot(
        say("hello", role="start", final=True, text="{{attribute.a}} {{contact.name}} {{sender.id}} {{thread.id}}")
    ),
    "suggestions of a dynamic message cannot be told": bot(scripted("return {}", role="start"), SIZE, END),
    "a suggestion of an earlier message since the last wait counts": bot(
        say("hello", "more", role="start", suggestions=[button("s", "Small")]), say("more", "size"), SIZE, END
    ),
    "a suggestion that becomes its text only when it is sent": bot(
        say("hello", "size", role="start", suggestions=[button("s", "{{attribute.size}}")]), SIZE, END
    ),
    "a link to open is no reply": bot(
        say(
            "hello",
            "size",
            role="start",
            suggestions=[
                button("s", "Small"),
                {"id": "w", "type": "open_url", "text": "Web", "url": "https://example.com"},
            ],
        ),
        SIZE,
        END,
    ),
    "a link needs no reply": bot(
        say(
            "hello",
            role="start",
            final=True,
            suggestions=[{"id": "w", "type": "open_url", "text": "Web", "url": "https://example.com"}],
        )
    ),
    "a person takes every suggestion": bot(
        say("hello", "person", role="start", suggestions=[SMALL]), action("person", {"type": "handover"})
    ),
    "a suggestion that may become a keyword when it is sent": bot(
        say("hello", role="start", final=True, suggestions=[button("s", "{{attribute.word}}")]),
        keywords={"trigger": ["^pizza$"]},
    ),
    "a question takes every suggestion of its message": bot(
        action(
            "hello",
            {
                "type": "ask_question",
                "save_as": "size",
                "content": {"type": "text", "text": "?", "suggestions": [button("s", "Small")]},
            },
            "end",
            role="start",
        ),
        END,
    ),
    "a message of the failover branch may fail to arrive": bot(
        START, END, say("sorry", "end", role="failover"), on_failure=FAILOVER
    ),
    "a step that both the failover and others lead to": bot(
        say("hello", "work", role="start"),
        code("work", "return {}", "end"),
        END,
        say("sorry", "work", role="failover"),
        on_failure=FAILOVER,
    ),
    "a word within a longer one is no opt-out word": bot(START, END, keywords={"trigger": ["nonstop", "^c"]}),
}


@pytest.mark.parametrize("document", CAREFUL.values(), ids=CAREFUL.keys())
def test_what_may_be_meant_so_is_no_problem(document: Document) -> None:
    assert validate(document, others=[]) == []


def test_a_reply_that_no_time_tells_from_a_keyword_may_be_one() -> None:
    slow = button("a", "a" * 30)
    document = bot(say("hello", role="start", final=True, suggestions=[slow]), keywords={"reset": [r"^(a|aa)+\1$x"]})
    assert validate(document) == []


RETURNED = [
    ("return {price: 1, 'tax': 2, \"vat\": 3}", {"price", "tax", "vat"}),
    ("return {a: {b: 1, c: [2, 3]}, d: f(1, '},{')}", {"a", "d"}),
    ("if (x) { return {a: 1} }\nreturn {b: 2};", {"a", "b"}),
    ("return {\n    'a': 1,\n}", {"a"}),
    ("return {short}", {"short"}),
    ("log('hello')", set()),
    ("return;", set()),
    ("return {}", set()),
    ("return {...other}", None),
    ("return {[name]: 1}", None),
    ("return {a: 1, // it's\n b: 2}", None),
    ("return {a: 1", None),
    ("return result", None),
    ("return dict(a=1)", None),
]


@pytest.mark.parametrize(("source", "keys"), RETURNED)
def test_the_keys_that_a_script_returns(source: str, keys: set[str] | None) -> None:
    assert returned_keys(source) == (None if keys is None else frozenset(keys))


def test_a_circle_of_jumps_without_a_wait_is_told_apart() -> None:
    silent = [bot(jump("hello", "bot", role="start"), id="menu")]
    asking = [bot({**ask("hello", role="start"), "next": ["go"]}, jump("go", "bot"), id="menu")]
    (worse,), (better,) = (validate(bot(jump("hello", "menu", role="start")), others) for others in (silent, asking))
    assert worse.message == (
        "Check the circle of jumps 'bot' → 'menu' → 'bot': nothing in it waits for the contact, "
        "so the chat ends as Error (loop). Let one of them wait or end."
    )
    assert better.message == (
        "Check the circle of jumps 'bot' → 'menu' → 'bot': make sure that a contact can get out of it."
    )


def test_a_circle_without_a_wait_is_shown_in_the_order_of_the_chat() -> None:
    (problem,) = validate(bot(say("a", "b", role="start"), say("b", "c"), say("c", "b")))
    assert "'b' → 'c' → 'b'" in problem.message


def test_an_overlap_shows_a_text_that_fits_both() -> None:
    document = bot(
        say("hello", "size", role="start"), reply("size", branch("a", ["^y"], "end"), branch("b", ["yes"], "end")), END
    )
    (problem,) = validate(document)
    assert problem.message.startswith("Tell these patterns apart: “yes” fits '^y' of an earlier branch too")


def test_the_reference_page_is_what_the_rules_give() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "problems.md"
    assert page.read_text() == problems_reference(), "run `make generate`"


def test_the_libraries_of_validation_load_only_when_needed() -> None:
    script = "import sys, botflow_runtime.validation; print({'networkx', 'jsonschema'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("case", CASES, ids=[f"{index}-{case.code}" for index, case in enumerate(CASES)])
def test_every_problem_is_one_sentence_or_two_on_one_line(case: Case) -> None:
    (problem,) = validate(case.broken, case.others)
    assert problem.message[0].isupper() or problem.code == "unreadable"
    assert "\n" not in problem.message
