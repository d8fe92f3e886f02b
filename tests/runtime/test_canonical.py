"""One way to write a scenario: order of keys and indentation, nothing else."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botflow_runtime import ScenarioError, load_scenario
from botflow_runtime.canonical import LINE_LENGTH, canonical, canonical_text
from botflow_runtime.loading import content_hash
from tests.runtime.bots import ask, document, reply, say

PIZZA: dict[str, Any] = {
    **document(
        ask("name", ["size"], save_as="name", validation="text", retry=2),
        say("size", ["chosen"], words="Which size, {{name}}? " * 10) | {"x-colour": "red"},
        reply("chosen", {"small": ("^s", ["done"]), "large": ("^l", ["done"])}, otherwise=["size"]),
        say("done", final=True),
        response_timeout={"seconds": 300, "action": "end_chat"},
        keywords={"trigger": ["pizza", "ピザ"], "stop": []},
    ),
    "layout": {"nodes": {"size": [1.0, 2], "name": [0, -3.5]}},
    "tests": [{"turns": [{"out": ["b"], "in": "a"}]}],
    "x-own": {"z": 1, "a": [10**30, 1.5, None, True]},
}

GOLDEN = """\
{
  "format": "botflow.scenario/1",
  "id": "bot",
  "name": "bot",
  "channel": "webchat",
  "language": "en",
  "settings": {"response_timeout": {"seconds": 60.0, "action": "end_chat", "x-why": 1E+2}},
  "nodes": [
    {
      "id": "hello",
      "kind": "action",
      "role": "start",
      "label": "HELLO",
      "step": {
        "type": "static_message",
        "content": {
          "type": "text",
          "text": "Bonjour à tous",
          "suggestions": [{"id": "y", "type": "reply", "text": "Yes", "postback": "yes"}]
        }
      },
      "final": true
    }
  ],
  "x-a": 12345678901234567890,
  "x-b": {}
}
"""


def shuffled(value: Any, random: Random) -> Any:
    """The same value with its keys in another order."""
    if isinstance(value, dict):
        keys = random.sample(list(value), len(value))
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(member, random) for member in value] if isinstance(value, list) else value


def test_the_form_is_as_documented() -> None:
    one_line = " ".join(GOLDEN.split())
    assert canonical_text(one_line) == GOLDEN
    assert canonical_text(b"\xef\xbb\xbf" + one_line.encode()) == GOLDEN
    assert canonical_text(one_line.replace("à", "\\u00e0").replace('"label"', '\t\r\n"label"')) == GOLDEN


def test_keys_stand_in_the_order_of_the_format_own_keys_behind_them() -> None:
    keys = list(json.loads(canonical({**dict(reversed(PIZZA.items())), "x-b": 1, "x-a": 1})))
    assert keys[:4] == ["format", "id", "name", "channel"]
    assert keys[-4:] == ["tests", "x-a", "x-b", "x-own"]


def test_content_that_the_channel_does_not_know_keeps_its_order() -> None:
    node = say("a", final=True)
    node["step"]["content"] = {"z": 1, "type": "unheard_of", "a": 2}
    written = json.loads(canonical(document(node)))
    assert list(written["nodes"][0]["step"]["content"]) == ["type", "z", "a"]


@settings(max_examples=30)
@given(st.randoms(use_true_random=False), st.sampled_from([None, 0, 7]))
def test_any_way_to_write_a_scenario_has_one_form_that_means_the_same(random: Random, indent: int | None) -> None:
    text = json.dumps(shuffled(PIZZA, random), indent=indent)
    form = canonical_text(text)
    assert canonical_text(form) == form, "writing it again changes nothing"
    assert json.loads(form) == json.loads(text), "nothing is added, left out or converted"
    assert content_hash(json.loads(form)) == content_hash(PIZZA)
    assert load_scenario(form).document == load_scenario(PIZZA).document
    assert list(json.loads(form)) == list(json.loads(canonical(PIZZA)))


@given(st.lists(st.text(max_size=60), max_size=6))
def test_a_line_is_as_long_as_documented_unless_it_is_one_value(texts: list[str]) -> None:
    form = canonical({**document(say("a", final=True)), "x-own": {"a": texts}})
    for line in form.split("\n"):
        assert len(line) <= LINE_LENGTH or line.strip().startswith('"')
    assert form.endswith("}\n")


@pytest.mark.parametrize("number", ["1", "1.0", "-0.0", "1e5", "1E+2", "0.10", "12345678901234567890", "-5"])
def test_numbers_stay_as_they_were_written(number: str) -> None:
    text = canonical({**document(say("a", final=True)), "x-n": "N"}).replace('"N"', number)
    assert canonical_text(text) == text
    assert f'"x-n": {number}\n' in text


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "line 1, column 1"),
        ('{"id": 1,\n  "id": 2}', "stands twice"),
        ("[]", "one JSON object"),
        ('{"x-a": ' + "[" * 80 + "]" * 80 + "}", "64 levels"),
        ('{"x-a": "\\ud800"}', "half character"),
        ('"\ud800"', "UTF-8"),
        ('{"format": "botflow.scenario/1"}', "Add `id`"),
        ('{"x-a": 1e999}', "1e999"),
    ],
)
def test_what_is_no_scenario_is_refused(text: str, hint: str) -> None:
    with pytest.raises(ScenarioError, match=hint):
        canonical_text(text)
