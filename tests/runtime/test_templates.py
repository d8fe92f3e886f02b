"""Engine.md 11: placeholders, where their values come from and how they are printed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botflow_runtime.templates import compile_content, getter, names, printed, step_into


class Values:
    """One turn's values."""

    variables: dict[str, Any] = {
        "name": "Ann",
        "n": 8,
        "price": 8.5,
        "yes": True,
        "none": None,
        "tag": {"a": {"b": [10, {"c": "deep"}]}, "0": "zero"},
        "list": ["first", "second"],
        "braces": "{{name}}",
        "attribute": {"city": "a variable"},
        "contact": "a variable too",
        "ñandú": "bird",
        "with-dash": "dash",
        "_x": "under",
    }
    attributes: dict[str, Any] = {"city": "Rome", "age": 3, "deep": {"x": [1]}}
    contact: dict[str, Any] = {"phone": "+1", "name": "Ann B."}
    sender: dict[str, Any] = {"id": "s1"}
    thread_values: dict[str, Any] = {"id": "t1"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hi {{name}}!", "Hi Ann!"),
        ("{{ name }}", "Ann"),
        ("{{name}}{{name}}", "AnnAnn"),
        ("{{n}} {{price}} {{yes}}", "8 8.5 true"),
        ("{{none}}{{unknown}}", ""),
        ("{{tag}}", '{"a":{"b":[10,{"c":"deep"}]},"0":"zero"}'),
        ("{{list}}", '["first","second"]'),
        ("{{tag.a.b.0}} {{tag.a.b.1.c}}", "10 deep"),
        ("{{tag.0}}", "zero"),
        ("{{list.1}}", "second"),
        ("{{list.2}}{{list.-1}}{{list.x}}{{name.0}}{{n.0}}{{none.x}}{{tag.a.x.y}}", ""),
        (f"{{{{list.{'9' * 5000}}}}}", ""),
        ("{{list.00000000000001}}", ""),
        ("{{attribute.city}} {{attribute.age}} {{attribute.deep.x.0}}{{attribute.unknown}}", "Rome 3 1"),
        ("{{contact.phone}} {{contact.name}}", "+1 Ann B."),
        ("{{sender.id}} {{thread.id}}", "s1 t1"),
        ("{{attribute}} {{contact}}", '{"city":"a variable"} a variable too'),
        ("{{braces}}", "{{name}}"),
        ("{{ñandú}} {{with-dash}} {{_x}}", "bird dash under"),
        ("{{}} {{ }} {{a b}} {{.a}} {{a.}} {{a..b}} {name} {{name} }}", None),
        ("{{{name}}}", "{Ann}"),
    ],
)
def test_a_text_shows_its_values_in_one_pass(text: str, shown: str | None) -> None:
    assert compile_content({"text": text})(Values()) == {"text": text if shown is None else shown}


def test_all_texts_of_a_content_are_rendered_and_nothing_else() -> None:
    content = {
        "type": "{{name}}",
        "{{name}}": "key",
        "list": ["{{name}}", 1, None, ["{{n}}"], {"x": "{{n}}", "y": 2}],
        "number": 5,
    }
    kept = repr(content)
    assert compile_content(content)(Values()) == {
        "type": "Ann",
        "{{name}}": "key",
        "list": ["Ann", 1, None, ["8"], {"x": "8", "y": 2}],
        "number": 5,
    }
    assert repr(content) == kept


def test_a_content_without_placeholders_is_given_as_it_is() -> None:
    content = {"text": "plain", "list": [{"a": ["b", 1]}]}
    assert compile_content(content)(Values()) is content


def test_names_are_told_in_order() -> None:
    assert names("{{b}} {{ a.0 }} {{b}} {{}}") == ("b", "a.0", "b")


def test_a_value_is_found_by_its_name() -> None:
    assert getter("tag.a.b.1.c")(Values()) == "deep"
    assert getter("attribute.city")(Values()) == "Rome"
    assert getter("nothing.at.all")(Values()) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(alphabet="ab{}\"'\\n é", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, st.text("ab01.", max_size=4))
def test_stepping_into_any_value_finds_something_or_nothing(value: Any, key: str) -> None:
    found = step_into(value, key)
    if isinstance(value, dict):
        assert found == value.get(key)
    elif not isinstance(value, list):
        assert found is None


@given(JSON)
def test_any_value_is_printed(value: Any) -> None:
    assert printed(value) == (value if isinstance(value, str) else printed(value))
    scope = Values()
    scope.variables = {"v": value}
    assert compile_content({"t": "<{{v}}>"})(scope) == {"t": f"<{printed(value)}>"}
