"""JSON as people write it: strict, with the place of a mistake."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botflow_runtime import Problem, ScenarioError, load_scenario, validate
from botflow_runtime.json_text import JsonTextError, read_json

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "line 1, column 1"),
    "truncated": ('{\n  "id": ', "line 2, column 9"),
    "comma too many": ('{"a": 1,\n}', "this is not JSON: line"),
    "second value": ("{} {}", "line 1, column 4"),
    "control character": ('"\x00"', "line 1, column 2"),
    "name given twice": ('{"nodes": [], "id": 1, "nodes": []}', "'nodes' stands twice"),
    "no number of JSON": ('{"a": NaN}', "NaN"),
    "number too large": ("[1e999]", "1e999"),
    "whole number too long": ("1" * 5000, "4300 digits"),
    "nested": ("[" * 100_000, "nested too deep"),
    "UTF-16": ("{}".encode("utf-16"), "UTF-8"),
    "binary": (b"\x89PNG\r\n", "byte 1"),
}


@pytest.mark.parametrize(("text", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_json_is_refused_with_its_place(text: str | bytes, hint: str) -> None:
    with pytest.raises(JsonTextError) as refused:
        read_json(text)
    assert hint in str(refused.value)
    assert "\n" not in str(refused.value)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(), below, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_every_json_value_is_read(value: Any, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert read_json(text) == value
    assert read_json(b"\xef\xbb\xbf" + text.encode("utf-8", "surrogatepass")) == value


def test_loading_and_validation_say_the_same_of_it() -> None:
    text = '{"id": "a",\n "id": "b"}'
    problem = Problem("error", "unreadable", "this JSON cannot be used: the name 'id' stands twice in one object")
    assert validate(text) == [problem]
    with pytest.raises(ScenarioError) as refused:
        load_scenario(text)
    assert refused.value.problems == [problem]
