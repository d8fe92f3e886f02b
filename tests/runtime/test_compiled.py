"""From a file to a scenario that runs: what `load_scenario` refuses, all at once, and what it makes of the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from botflow_runtime import ScenarioError, load_scenario
from botflow_runtime.links import Links
from tests.runtime.bots import bot, document, reply, say, when
from tests.runtime.chat import Chat

END = say("end", final=True)


def problems(*nodes: dict[str, Any], **settings: Any) -> list[tuple[str, str | None, str | None]]:
    """Code, node and field of each problem."""
    with pytest.raises(ScenarioError) as error:
        load_scenario(document(*nodes, **settings))
    return [(problem.code, problem.node, problem.field) for problem in error.value.problems]


def test_all_that_stands_in_the_way_is_told_at_once() -> None:
    found = problems(
        say("a", ["gone"], role="regular", condition="'open"),
        reply("r", {"x": ("[", ["a", "lost"])}, ["nowhere"]),
        when("w", {"y": ("length(", [])}),
        keywords={"trigger": ["ok", "("]},
    )
    assert set(found) == {
        ("bad_expression", "a", "condition"),
        ("bad_pattern", "r", "branches[0].patterns[0]"),
        ("bad_expression", "w", "branches[0].expression"),
        ("dangling_next", "a", "next[0]"),
        ("dangling_next", "r", "branches[0].next[1]"),
        ("dangling_next", "r", "else.next[0]"),
        ("bad_pattern", None, "settings.keywords.trigger[1]"),
        ("no_start", None, ""),
    }


def test_the_error_says_what_and_where() -> None:
    with pytest.raises(ScenarioError, match=r"bot cannot be loaded:\n.*dangling_next.*no node 'gone'"):
        load_scenario(document(say("a", ["gone"])))


def test_a_condition_cannot_be_the_start() -> None:
    assert problems(when("w", {}, role="start"), END) == [("no_start", None, "")]


@pytest.mark.parametrize("as_source", ["path", "text", "bytes", "mapping"])
def test_a_scenario_comes_from_a_path_a_text_or_a_mapping(as_source: str, tmp_path: Path) -> None:
    raw = document(END)
    text = json.dumps(raw)
    path = tmp_path / "bot.json"
    path.write_text(text, encoding="utf-8")
    sources: dict[str, Any] = {"path": path, "text": text, "bytes": text.encode(), "mapping": raw}
    scenario = load_scenario(sources[as_source], version=3)
    assert (scenario.id, scenario.name, scenario.channel, scenario.version) == ("bot", "bot", "webchat", 3)


@pytest.mark.parametrize("source", ["/no/such/file.json", "{", "[]", b"\xff", "{}"])
def test_what_is_no_scenario_is_refused(source: Any) -> None:
    with pytest.raises(ScenarioError):
        load_scenario(source)


def test_the_content_hash_is_that_of_what_the_engine_reads() -> None:
    raw = document(END)
    moved = {**raw, "layout": {"nodes": {"end": [1, 2]}}, "tests": [{"turns": [{"in": "hi"}]}]}
    changed = {**raw, "name": "other"}
    hashes = [load_scenario(each).content_hash for each in (raw, moved, changed)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_of_two_nodes_with_one_id_or_role_the_first_counts() -> None:
    """Validation refuses them; what is loaded all the same runs in the order of the file."""
    nodes = [say("a", words="first"), say("a", words="second"), say("b", role="failover"), say("c", role="failover")]
    scenario = bot(*nodes)
    assert Chat(scenario).start().out == ["first"]
    assert [target.id for target in scenario.roles["failover"].targets] == ["b"]


def test_links_to_a_node_and_to_none() -> None:
    scenario = bot(say("a"), reply("r", {}), when("w", {}))
    assert [target.id for target in (scenario.links_to("w") or Links()).targets] == ["w"]
    assert (scenario.links_to("r") or Links()).waits == ("r",)
    assert scenario.links_to("gone") is None
    assert not Links()
    assert Links(waits=("r",))


def test_the_failover_branch_is_what_only_the_failover_node_leads_to() -> None:
    scenario = bot(
        say("start", ["menu"]),
        say("menu", ["menu"]),
        say("sorry", ["own", "r"], role="failover"),
        say("own", ["menu"]),
        reply("r", {"y": ("y", ["deep"])}, ["menu"]),
        when("deep", {"z": ("true", ["sorry"])}, ["own"]),
        say("nudge", ["late"], role="response_timeout"),
        say("late", ["deep2"]),
        say("deep2"),
    )
    assert scenario.failover_branch == {"sorry", "own", "r", "deep"}
