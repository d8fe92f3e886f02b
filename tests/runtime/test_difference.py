"""What one scenario does differently from another, as its author would say it."""

from typing import Any

import pytest

from botflow_runtime.difference import compare, same_layout
from botflow_runtime.loading import parse_document
from tests.runtime.bots import document, reply, say

Document = dict[str, Any]

SUGGESTIONS = [{"id": "y", "type": "reply", "text": "Yes"}, {"id": "n", "type": "reply", "text": "No"}]


def bot(*, words: str = "Hi", more: tuple[Document, ...] = (), **settings: Any) -> Document:
    first = say("hello", ["size"], words=words)
    first["step"]["content"]["suggestions"] = list(SUGGESTIONS)
    size = reply("size", {"s": ("^s", ["done"]), "l": ("^l", ["done"])}, otherwise=["hello"])
    return document(first, size, say("done", final=True), *more, **settings)


def changed(path: tuple[str | int, ...], value: Any) -> Document:
    """The bot with one value replaced."""
    made = bot()
    parent: Any = made
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    return made


STEP = ("nodes", 0, "step")
BRANCHES = ("nodes", 1, "branches")

CASES: dict[str, tuple[Document, list[str]]] = {
    "name": (changed(("name",), "Pizza"), ['changed name: "bot" -> "Pizza"']),
    "text": (bot(words="Hello"), ['changed node hello: step.content.text: "Hi" -> "Hello"']),
    "link": (changed(("nodes", 0, "next"), ["done"]), ['changed node hello: next: ["size"] -> ["done"]']),
    "link of a branch": (
        changed((*BRANCHES, 1, "next"), []),
        ['changed node size: branches[l].next: ["done"] -> []'],
    ),
    "role": (changed(("nodes", 2, "role"), "failover"), ['changed node done: role: "regular" -> "failover"']),
    "node added": (bot(more=(say("extra"),)), ['added node extra: "EXTRA"']),
    "node removed": (changed(("nodes",), bot()["nodes"][:2]), ['removed node done: "DONE"']),
    "node with an id that is taken": (bot(more=(say("done"),)), ['added node done (2): "DONE"']),
    "setting added": (
        bot(stuck_timeout={"seconds": 60, "action": "end_chat"}),
        ['added settings.stuck_timeout: {"seconds":60,"action":"end_chat","department":null}'],
    ),
    "keyword": (bot(keywords={"trigger": ["hi"]}), ['changed settings.keywords.trigger: [] -> ["hi"]']),
    "suggestion": (
        changed((*STEP, "content", "suggestions", 1), {**SUGGESTIONS[1], "text": "Nope"}),
        ['changed node hello: step.content.suggestions[n].text: "No" -> "Nope"'],
    ),
    "suggestions reordered": (
        changed((*STEP, "content", "suggestions"), SUGGESTIONS[::-1]),
        ['reordered node hello: step.content.suggestions: ["y","n"] -> ["n","y"]'],
    ),
    "branches reordered": (
        changed(BRANCHES, bot()["nodes"][1]["branches"][::-1]),
        ['reordered node size: branches: ["s","l"] -> ["l","s"]'],
    ),
    "else removed": (
        changed(("nodes", 1, "else"), None),
        ['removed node size: else: {"label":"Else","report_field":null,"next":["hello"]}'],
    ),
    "own field": (changed(("x-team",), "sales"), ['added x-team: "sales"']),
}


@pytest.mark.parametrize(("after", "said"), CASES.values(), ids=CASES)
def test_each_change_is_named(after: Document, said: list[str]) -> None:
    assert [str(change) for change in compare(parse_document(bot()), parse_document(after))] == said


@pytest.mark.parametrize(("after", "said"), CASES.values(), ids=CASES)
def test_both_directions_differ_alike(after: Document, said: list[str]) -> None:
    opposite = {"added": "removed", "removed": "added", "changed": "changed", "reordered": "reordered"}
    back = compare(parse_document(after), parse_document(bot()))
    assert [change.kind for change in back] == [opposite[line.split()[0]] for line in said]


SAME: dict[str, Document] = {
    "itself": bot(),
    "order of nodes": changed(("nodes",), bot()["nodes"][::-1]),
    "order of keys": dict(reversed(bot().items())),
    "default written out": changed(("nodes", 0, "final"), False),
    "positions": {**bot(), "layout": {"nodes": {"hello": [1, 2]}}},
    "tests": {**bot(), "tests": [{"turns": [{"in": "hi"}]}]},
    "schema for an editor": {**bot(), "$schema": "scenario.schema.json"},
}


@pytest.mark.parametrize("after", SAME.values(), ids=SAME)
def test_what_means_the_same_does_not_differ(after: Document) -> None:
    assert compare(parse_document(bot()), parse_document(after)) == []


def test_positions_are_told_apart() -> None:
    before, after = parse_document(SAME["itself"]), parse_document(SAME["positions"])
    assert same_layout(before, before)
    assert not same_layout(before, after)


def test_content_of_any_shape_is_compared() -> None:
    strange = changed((*STEP, "content", "suggestions"), [{"id": []}, {"id": 1}, 3])
    (change,) = compare(parse_document(bot()), parse_document(strange))
    assert (change.kind, change.place) == ("changed", "node hello: step.content.suggestions")
