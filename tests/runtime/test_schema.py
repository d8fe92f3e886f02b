"""The JSON Schemas: in step with the types, valid themselves, free of `oneOf`, and clear about what is wrong."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from botflow_runtime.content import CHANNELS
from botflow_runtime.effects import SendMessage
from botflow_runtime.events import Decision, MessageReceived
from botflow_runtime.problems import AND_MORE, MOST_DEPARTURES
from botflow_runtime.scenario import ScenarioDocument
from botflow_runtime.schema import SCHEMAS, schema_problems, schema_text, write_schemas
from botflow_runtime.steps.registry import STEP_TYPES
from botflow_runtime.thread import LogEntry, Thread, Turn, Wait

ROOT = Path(__file__).parents[2]
PIZZA: dict[str, Any] = json.loads((Path(__file__).parent / "validation" / "pizza.json").read_text())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_file_is_what_the_types_give(name: str) -> None:
    assert (ROOT / "schemas" / f"{name}.schema.json").read_text() == schema_text(name), "run `make generate`"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_and_complains_of_one_alternative_only(name: str) -> None:
    schema = SCHEMAS[name]()
    Draft202012Validator.check_schema(schema)
    keywords = set(keys_of(schema))
    assert not keywords & {"oneOf", "anyOf", "discriminator"}


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys_of(member)


def test_every_type_of_the_registries_is_in_the_scenario_schema() -> None:
    definitions = SCHEMAS["scenario"]()["$defs"]
    assert {model.__name__ for model in STEP_TYPES.values()} <= set(definitions)
    for channel in ("sms", "rcs", "viber", "whatsapp", "webchat"):
        assert {model.__name__ for model in CHANNELS[channel].messages.values()} <= set(definitions)


def test_write_schemas_writes_all(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "new")
    assert [path.name for path in written] == [f"{name}.schema.json" for name in SCHEMAS]
    assert all(path.read_text() == schema_text(name) for path, name in zip(written, SCHEMAS, strict=True))


TRANSCRIPT: dict[str, Any] = {
    "contact": {"phone": "+15550100", "attributes": {"city": "Chicago"}},
    "http": [{"match": "GET https://api.example.com/*", "status": 200, "json": {"ok": True}}],
    "turns": [
        {"in": "pizza", "out": ["Hi"], "at": "size"},
        {"in": {"text": "Small", "postback": "small"}, "out": [{"type": "text"}]},
        {"wait": 3, "status": "timeout", "vars": {"name": "Ann"}, "effects": ["report"]},
        {"operator": "stop"},
        {"operator": {"start_at": "hello"}},
        {"fail": "delivery"},
    ],
}
THREAD = Thread("t1", "pizza", 1, variables={"name": "Ann"}, wait=Wait("reply", 3, nodes=("size",)))
SENT = SendMessage("e:0", {"type": "text", "text": "Hi"}, "hello")

INSTANCES = {
    "scenario": PIZZA,
    "transcript": TRANSCRIPT,
    "event": msgspec.to_builtins(MessageReceived(id="e", at=1, text="hi", decision=Decision("reply", node="size"))),
    "effect": msgspec.to_builtins(SENT),
    "thread": msgspec.to_builtins(THREAD),
    "turn": msgspec.to_builtins(Turn(THREAD, [SENT], [LogEntry("sent", "hello")])),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_the_runtime_writes_fits_its_schema(name: str) -> None:
    validator = Draft202012Validator(SCHEMAS[name]())
    assert [error.message for error in validator.iter_errors(json.loads(json.dumps(INSTANCES[name])))] == []
    assert not validator.is_valid({**INSTANCES[name], "id": 7, "turns": 7, "thread": 7})


def test_the_content_of_the_channel_is_part_of_the_scenario_schema() -> None:
    validator = Draft202012Validator(SCHEMAS["scenario"]())
    carousel = copy.deepcopy(PIZZA)
    carousel["nodes"][0]["step"]["content"]["type"] = "carousel"
    assert not validator.is_valid(carousel)
    assert not validator.is_valid({**PIZZA, "channel": "sms"})


# --- what it says ----------------------------------------------------------------------------------------------------


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    document = copy.deepcopy(PIZZA)
    holder: Any = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return document


MESSAGES = [
    (("nodes", 0, "step", "retry"), 9, "hello", "step.retry", "Write 5 or less here."),
    (("nodes", 0, "step", "retry"), "often", "hello", "step.retry", "There is no `often` here: write `until_filled`."),
    (("nodes", 0, "step", "retry"), 1.5, "hello", "step.retry", "Write a whole number or a text here, not a number."),
    (
        ("nodes", 0, "step", "retri"),
        1,
        "hello",
        "step.retri",
        "There is no field `retri` here: write `retry`, or remove it.",
    ),
    (
        ("nodes", 0, "step", "save_as"),
        "a b",
        "hello",
        "step.save_as",
        "Write a name of letters, digits, `_` and `-` that",
    ),
    (
        ("nodes", 0, "step", "save_as"),
        "a\n",
        "hello",
        "step.save_as",
        "Write a name of letters, digits, `_` and `-` that",
    ),
    (("nodes", 0, "step", "content"), None, "hello", "step.content", "Write an object here, not null."),
    (
        ("nodes", 0, "step", "type"),
        "ask",
        "hello",
        "step.type",
        "There is no `ask` here: write one of `ask_question`, ",
    ),
    (("nodes", 0, "step"), {}, "hello", "step.type", "Add `type`: one of `ask_question`, "),
    (("nodes", 0, "kind"), "acton", "hello", "kind", "There is no `acton` here (did you mean `action`?): write one of"),
    (("nodes", 0, "kind"), 7, "hello", "kind", "Write one of `action`, `condition` here, not a number."),
    (
        ("nodes", 2, "type"),
        "x",
        "size_reply",
        "type",
        "There is no `x` here: write one of `expression`, `user_response`.",
    ),
    (("nodes", 0, "final"), "yes", "hello", "final", "Write true or false here, not a text."),
    (("nodes", 3, "timeout_seconds"), 0, "price", "timeout_seconds", "Write more than 0 here."),
    (("nodes", 3, "timeout_seconds"), True, "price", "timeout_seconds", "Write a number here, not true."),
    (("nodes", 0, "next"), "size", "hello", "next", "Write a list here, not a text."),
    (("nodes", 0, "next"), [""], "hello", "next[0]", "Write at least 1 character(s) here."),
    (("nodes", 0, "id"), "", None, "nodes[0].id", "Write at least 1 character(s) here."),
    (("nodes", 0, "id"), "x" * 201, "x" * 201, "id", "Shorten this to 200 characters at most."),
    (("nodes", 0), 7, None, "nodes[0]", "Write an object here, not a number."),
    (("layout", "nodes", "hello"), [1], None, "layout.nodes.hello", "Give this list 2 items."),
    (("layout", "nodes", "hello"), [1, 2, 3], None, "layout.nodes.hello", "Give this list 2 items, no more."),
    (
        ("format",),
        "botflow.scenario/2",
        None,
        "format",
        "There is no `botflow.scenario/2` here (did you mean `botflow.",
    ),
    (("translations",), {}, None, "translations", "There is no field `translations` here: remove it, or begin its"),
]


@pytest.mark.parametrize(("path", "value", "node", "field", "message"), MESSAGES, ids=range(len(MESSAGES)))
def test_a_mistake_has_one_message_with_its_place(
    path: tuple[str | int, ...], value: Any, node: str | None, field: str, message: str
) -> None:
    problems = schema_problems(changed(path, value))
    assert [(problem.node, problem.field, problem.message[: len(message)]) for problem in problems] == [
        (node, field, message)
    ]


def test_a_missing_field_is_named_with_what_it_may_hold() -> None:
    document = {name: value for name, value in PIZZA.items() if name not in ("channel", "name")}
    assert [(problem.field, problem.message) for problem in schema_problems(document)] == [
        ("channel", "Add `channel`: one of `sms`, `rcs`, `viber`, `whatsapp`, `webchat`."),
        ("name", "Add `name`: it is required."),
    ]


def test_names_that_begin_with_x_are_free() -> None:
    assert schema_problems({**PIZZA, "x-own": {"any": [1]}}) == []


def test_after_some_hundred_mistakes_it_says_that_there_are_more() -> None:
    problems = schema_problems({**PIZZA, **{f"field{number}": number for number in range(MOST_DEPARTURES + 1)}})
    assert [problem.field for problem in problems[:-1]] == [f"field{number}" for number in range(MOST_DEPARTURES)]
    assert (problems[-1].field, problems[-1].message) == ("", AND_MORE)


def test_as_many_mistakes_as_are_named_are_not_more() -> None:
    problems = schema_problems({**PIZZA, **{f"field{number}": number for number in range(MOST_DEPARTURES)}})
    assert len(problems) == MOST_DEPARTURES
    assert AND_MORE not in [problem.message for problem in problems]


# --- the types and the schema agree ----------------------------------------------------------------------------------


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key, member in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from places(member, (*path, key))


FULL = copy.deepcopy(PIZZA)
FULL["nodes"][0] |= {
    "timeout_seconds": 5.5,
    "on_failure": {"action": "default"},
    "condition": "1 = 1",
    "report_field": "r",
}
MORE_STEPS: dict[str, dict[str, Any]] = {
    "dynamic_message": {"language": "python", "source": "", "message_type": "card"},
    "jump": {"scenario": "x", "pass_context": True},
    "reset": {},
    "opt_out": {"scope": "channel"},
}
FULL["nodes"] += [
    {"id": name, "kind": "action", "step": {"type": name, **fields}} for name, fields in MORE_STEPS.items()
]
PLACES = list(places(FULL))[1:]
VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    5,
    6,
    1.5,
    1e9,
    "",
    "x",
    "start",
    "node",
    "until_filled",
    "x" * 201,
    "a b",
    [],
    {},
]


@st.composite
def documents(draw: st.DrawFn) -> Any:
    document = copy.deepcopy(FULL)
    place = draw(st.sampled_from(PLACES))
    holder: Any = document
    for step in place[:-1]:
        holder = holder[step]
    change = draw(st.sampled_from(["replace", "remove", "add", "wrap"]))
    value = copy.deepcopy(draw(st.sampled_from(VALUES)))
    if change == "replace":
        holder[place[-1]] = value
    elif change == "remove":
        del holder[place[-1]]
    elif change == "wrap":
        holder[place[-1]] = [holder[place[-1]]]
    elif isinstance(holder, dict):
        holder[draw(st.sampled_from(["x-own", "otherwise", "schema_", "condition", "retry", "else", "next"]))] = value
    else:
        holder.append(value)
    return document


def test_the_full_document_fits_both() -> None:
    assert schema_problems(FULL) == []
    assert ScenarioDocument.model_validate(FULL, by_name=False)


@given(documents())
def test_the_types_accept_what_the_schema_accepts(document: Any) -> None:
    try:
        ScenarioDocument.model_validate(document, by_name=False)
        accepted = True
    except ValidationError:
        accepted = False
    assert (schema_problems(document) == []) == accepted
