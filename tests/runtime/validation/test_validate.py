"""What `validate` promises for any input: never an exception, all problems at once, in a fixed order."""

import copy
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botflow_runtime import Problem, ScenarioError, load_scenario, required_keys, validate
from botflow_runtime.json_faults import DEEPEST_NESTING
from botflow_runtime.problems import AND_MORE, MOST_DEPARTURES
from botflow_runtime.validation import EXPRESSION_SECONDS
from tests.runtime.bots import ask, document, say

PIZZA = Path(__file__).parent / "pizza.json"
BROKEN = Path(__file__).parent / "broken.json"
BROKEN_PROBLEMS = Path(__file__).parent / "broken.problems.txt"

REFUSED_BY_LOADING = {"unreadable", "schema", "no_start", "dangling_next", "bad_expression", "bad_pattern"}


def pizza() -> dict[str, Any]:
    document = json.loads(PIZZA.read_text())
    assert isinstance(document, dict)
    return document


def test_the_scenario_of_the_format_page_has_no_problem() -> None:
    assert validate(PIZZA) == []


def test_a_source_is_a_path_a_text_bytes_a_mapping_or_a_scenario() -> None:
    sources: list[Any] = [PIZZA, str(PIZZA), PIZZA.read_text(), PIZZA.read_bytes(), pizza(), load_scenario(PIZZA)]
    assert [validate(source) for source in sources] == [[]] * len(sources)


def test_one_pass_over_a_file_with_many_mistakes_finds_all() -> None:
    found = "".join(f"{problem}\n" for problem in validate(BROKEN, others=[PIZZA]))
    assert found == BROKEN_PROBLEMS.read_text()


def test_problems_do_not_depend_on_when_they_are_looked_for() -> None:
    assert validate(BROKEN) == validate(json.loads(BROKEN.read_text()))


def test_errors_come_first_and_then_the_order_of_the_file() -> None:
    problems = validate(BROKEN)
    assert [problem.severity for problem in problems] == sorted(problem.severity for problem in problems)
    ids = [node.get("id") for node in json.loads(BROKEN.read_text())["nodes"] if isinstance(node, dict)]
    for severity in ("error", "warning"):
        places = [ids.index(problem.node) for problem in problems if problem.severity == severity and problem.node]
        assert places == sorted(places)


def test_a_broken_node_does_not_hide_the_problems_of_others() -> None:
    document = pizza()
    document["nodes"][0]["step"] = 7
    document["nodes"][4]["branches"][0]["expression"] = "1 +"
    document["nodes"][2]["branches"][0]["patterns"] = ["("]
    codes = {(problem.node, problem.code) for problem in validate(document)}
    assert codes >= {("hello", "schema"), ("vip", "bad_expression"), ("size_reply", "bad_pattern")}


def test_an_unknown_field_does_not_hide_other_problems_of_its_node() -> None:
    document = pizza()
    document["nodes"][2] |= {"colour": "red"}
    document["nodes"][2]["branches"][0]["patterns"] = ["("]
    assert [problem.code for problem in validate(document)] == ["schema", "bad_pattern"]


def codes(document: dict[str, Any]) -> list[str]:
    return [problem.code for problem in validate(document)]


@pytest.mark.parametrize("entry", ["islnad", 5, ""])
def test_what_cannot_be_reached_is_told_once_every_link_leads_somewhere(entry: Any) -> None:
    scenario = document(say("hello", ["end"]), say("end", final=True), say("island", ["end"]))
    assert codes(scenario) == ["unreachable"]
    scenario["nodes"][1]["next"] = [entry]
    assert "unreachable" not in codes(scenario)


def test_a_node_that_cannot_be_read_may_wait() -> None:
    scenario = document(say("hello", ["question"]), ask("question", ["hello"], save_as="answer"))
    scenario["nodes"][1]["step"]["save_as"] = 5
    assert codes(scenario) == ["schema"]


def test_without_others_a_jump_may_lead_anywhere_and_is_required() -> None:
    document = jump_to("loyalty")
    assert validate(document) == []
    assert required_keys(document).chatbots == ("loyalty",)
    assert [problem.code for problem in validate(document, others=[])] == ["unknown_chatbot"]
    assert [problem.code for problem in validate(document, others=[PIZZA])] == ["unknown_chatbot"]


def test_a_chatbot_that_is_given_among_the_others_too_is_no_other() -> None:
    assert validate(PIZZA, others=[PIZZA, pizza(), load_scenario(PIZZA)]) == []


def test_others_that_cannot_be_read_are_left_out() -> None:
    assert validate(PIZZA, others=["no such file", "{", {}, {"id": 7}]) == []


def jump_to(target: str) -> dict[str, Any]:
    step = {"type": "jump", "scenario": target}
    node = {"id": "go", "kind": "action", "role": "start", "step": step}
    head = {"format": "botflow.scenario/1", "id": "bot", "name": "Bot", "channel": "webchat", "language": "en"}
    return {**head, "nodes": [node]}


# --- required keys ---------------------------------------------------------------------------------------------------


def test_required_keys_are_listed_once() -> None:
    document = pizza()
    document["nodes"][5]["step"]["content"] = {
        "type": "card",
        "media": {"asset": "menu.png"},
        "text": "{{attribute.city}}",
    }
    document["nodes"][8]["step"]["content"] = {"type": "file", "media": {"asset": "menu.png"}}
    document["nodes"][3]["step"]["source"] = "return {{attribute.points}} + {{attribute.tier}}"
    keys = required_keys(document)
    assert keys.departments == ("support", "vip")
    assert keys.assets == ("menu.png",)
    assert keys.attributes == ("tier", "points", "city")
    assert (keys.chatbots, keys.templates) == ((), ())


def test_a_whatsapp_template_is_required() -> None:
    content = {"type": "template", "name": "order_ready", "language": "en", "variables": {"1": "{{contact.name}}"}}
    document = jump_to("x") | {"channel": "whatsapp"}
    document["nodes"][0] |= {"step": {"type": "static_message", "content": content}, "final": True}
    assert validate(document) == []
    assert required_keys(document).templates == ("order_ready",)


def test_a_file_that_cannot_be_read_requires_nothing() -> None:
    assert required_keys("{").chatbots == ()


# --- whatever comes in -----------------------------------------------------------------------------------------------


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


STRANGE: list[Any] = [
    "",
    "   ",
    "no such file.json",
    "\0",
    "{",
    "{}",
    "[]",
    "7",
    b"",
    b"\xff\xfe",
    b"{\xff}",
    {},
    {"nodes": None},
    {"nodes": {}},
    {"nodes": [None, 7, "x", [], {}]},
    {"nodes": [{"id": "", "kind": "action"}]},
    {"settings": 7},
    {1: 2},
    {"x-own": object()},
    {"x-own": {1: 2}},
    {**pizza(), "x-own": float("nan")},
    {**pizza(), "name": "\ud800"},
    {**pizza(), "nodes": (pizza()["nodes"][0] | {"id": "\ud800"},)},
    {**pizza(), "x-own": nested(DEEPEST_NESTING + 5)},
    {**pizza(), "tests": [{"turns": nested(5000)}]},
    '{"nodes": ' + "[" * 100_000 + "]" * 100_000 + "}",
    '{"nodes": [' + '{"a":' * 5000 + "1" + "}" * 5000 + "]}",
    '{"language": ' + "9" * 5000 + "}",
    '{"settings": {"response_timeout": {"seconds": 1e400, "action": "node"}}}',
    {**pizza(), "settings": {"response_timeout": {"seconds": 10**400, "action": "end_chat"}}},
    {**pizza(), "settings": {"response_timeout": {"seconds": float("inf"), "action": "end_chat"}}},
]


@pytest.mark.parametrize("source", STRANGE, ids=range(len(STRANGE)))
def test_strange_input_becomes_problems(source: Any) -> None:
    problems = validate(source, others=[source])
    assert all(isinstance(problem, Problem) and problem.message for problem in problems)
    assert bool(loading_refuses(source)) == any(problem.code in REFUSED_BY_LOADING for problem in problems)


def loading_refuses(source: Any) -> bool:
    try:
        load_scenario(source)
    except ScenarioError:
        return True
    return False


# --- a scenario with random mistakes ---------------------------------------------------------------------------------


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, member in members for place in places(member, (*path, key)))]


REPLACEMENTS: list[Any] = [
    None,
    0,
    -1,
    2.0,
    True,
    "",
    "x",
    "start",
    "size",
    "{{name}}",
    "(",
    "end_chat",
    [],
    ["size"],
    {},
]


def replaced(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    holder = document
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    return document


def removed(document: Any, place: tuple[Any, ...], _value: Any) -> Any:
    holder = document
    for step in place[:-1]:
        holder = holder[step]
    del holder[place[-1]]
    return document


def added(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    holder = document
    for step in place:
        holder = holder[step]
    if isinstance(holder, dict):
        holder["otherwise" if value is None else "nxet"] = value
    elif isinstance(holder, list):
        holder.append(value)
    return document


CHANGES: list[Callable[[Any, tuple[Any, ...], Any], Any]] = [replaced, removed, added]


@st.composite
def mistaken(draw: st.DrawFn) -> dict[str, Any]:
    document = copy.deepcopy(pizza())
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.sampled_from(places(document)[1:]))
        document = draw(st.sampled_from(CHANGES))(document, place, copy.deepcopy(draw(st.sampled_from(REPLACEMENTS))))
    return document


UNKNOWN = {f"field{number}": number for number in range(100_000)}
CROWDED: dict[str, tuple[Any, ...]] = {
    "file": (),
    "node": ("nodes", 0),
    "step": ("nodes", 0, "step"),
    "settings": ("settings",),
}
GENEROUS_SECONDS = 20.0
"""Processor time for what takes one, and minutes where the time grows with the square of the mistakes."""


@pytest.mark.parametrize("path", CROWDED.values(), ids=CROWDED)
def test_a_hundred_thousand_unknown_fields_take_their_time_once(path: tuple[Any, ...]) -> None:
    document = pizza()
    document.setdefault("settings", {})
    holder: Any = document
    for step in path:
        holder = holder[step]
    holder.update(UNKNOWN)
    started = time.thread_time()
    problems = validate(document)
    assert time.thread_time() - started < GENEROUS_SECONDS
    assert MOST_DEPARTURES < len(problems) < MOST_DEPARTURES + 10
    assert AND_MORE in [problem.message for problem in problems]


@given(mistaken())
def test_validation_never_raises_and_agrees_with_loading(document: dict[str, Any]) -> None:
    problems = validate(document, others=[document])
    assert validate(json.dumps(document), others=[document]) == problems
    required_keys(document)
    refused = loading_refuses(document)
    assert not refused or any(problem.severity == "error" for problem in problems)
    assert refused or not any(problem.code in REFUSED_BY_LOADING for problem in problems)


def test_expressions_that_take_long_are_told_within_seconds() -> None:
    """Constants are computed when a file is read: a file of large powers would take minutes."""
    bomb = " or ".join(["power(9.5, 999.7) < 5"] * 300)
    nodes = [
        {"id": f"c{n}", "kind": "condition", "type": "expression", "branches": [{"id": "b", "expression": bomb}]}
        for n in range(3)
    ]
    file = {"format": "botflow.scenario/1", "id": "bomb", "name": "Bomb", "channel": "webchat", "language": "en"}
    begun = time.thread_time()
    problems = validate(file | {"nodes": nodes})
    assert time.thread_time() - begun < 4 * EXPRESSION_SECONDS
    told = [problem.message for problem in problems if problem.code == "bad_expression"]
    assert len(told) == 3
    assert all("takes too long to compute" in message for message in told)
