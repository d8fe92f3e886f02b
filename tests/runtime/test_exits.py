"""Where nodes lead: every `next` list, with the field it stands in."""

import pytest
from pydantic import TypeAdapter

from botflow_runtime.exits import Exit, exits, reached
from botflow_runtime.scenario import Node

NODES: TypeAdapter[Node] = TypeAdapter(Node)
ACTION = {"id": "a", "kind": "action", "step": {"type": "reset"}, "next": ["b", "c"]}
BRANCHES = [{"id": "one", "label": "One", "next": ["b"]}, {"id": "two"}]
RESPONSE = {"id": "r", "kind": "condition", "type": "user_response", "branches": BRANCHES}
EXPRESSION = {
    "id": "e",
    "kind": "condition",
    "type": "expression",
    "branches": [{"id": "yes", "expression": "true", "next": ["b"]}],
    "else": {"label": "otherwise", "next": ["c"]},
}


@pytest.mark.parametrize(
    ("node", "ways"),
    [
        (ACTION, [Exit("next", ("b", "c"))]),
        (RESPONSE, [Exit("branches[0].next", ("b",), "One"), Exit("branches[1].next", (), "two")]),
        (
            EXPRESSION,
            [Exit("branches[0].next", ("b",), "yes"), Exit("else.next", ("c",), "otherwise", is_else=True)],
        ),
        ({**RESPONSE, "branches": [], "else": {}}, [Exit("else.next", (), "else", is_else=True)]),
    ],
    ids=["action", "user_response", "expression", "bare else"],
)
def test_the_next_lists_of_a_node(node: object, ways: list[Exit]) -> None:
    assert list(exits(NODES.validate_python(node))) == ways


@pytest.mark.parametrize(
    ("roots", "found"), [([], ""), (["a"], "abc"), (["b"], "bc"), (["c", "d"], "bcd"), (["d", "d"], "d")]
)
def test_what_is_reached_from_roots_even_around_a_circle(roots: list[str], found: str) -> None:
    onward = {"a": "bc", "b": "c", "c": "b", "d": ""}
    assert reached(roots, onward.__getitem__) == set(found)
