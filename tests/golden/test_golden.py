"""Golden transcripts: each runs as it is written, replays, and stands on the canonical form of its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from botflow_runtime import Catalog, Engine, SenderConfig, Thread
from botflow_runtime.canonical import canonical_text
from botflow_runtime.driver import SENDER
from tests.golden.conftest import FOLDER, GOLDENS, Golden, Play


@pytest.mark.parametrize("name", GOLDENS)
def test_a_golden_runs_as_it_is_written(name: str, golden: Play) -> None:
    assert [str(difference) for difference in golden(name).played.differences] == []


@pytest.mark.parametrize("name", GOLDENS)
def test_its_recorded_events_replay_to_the_same_threads(name: str, golden: Play) -> None:
    """Engine.md 1: no code runs and no pattern is tried again; the thread goes through JSON in between."""
    went = golden(name)
    engine = Engine(Catalog(went.scenarios.values(), [_sender(went)]))
    threads: dict[str, bytes] = {}
    for event, turn in zip(went.played.events, went.played.turns, strict=True):
        kept = threads.get(turn.thread.id)
        thread = Thread.from_json(kept) if kept else Thread(turn.thread.id, *_fresh(went, turn.thread.id))
        again = engine.handle(thread, event)
        assert again == turn
        threads[turn.thread.id] = again.thread.to_json()


def _sender(went: Golden) -> SenderConfig:
    suggested = next((scenario.id for scenario in went.scenarios.values() if scenario.settings.is_default), None)
    first = next(iter(went.scenarios.values()))
    return SenderConfig(SENDER, first.channel, tuple(went.scenarios), suggested)


def _fresh(went: Golden, thread: str) -> tuple[str, int]:
    """The chatbot that a new thread begins with: the one whose start node runs first, before any jump."""
    first = next(turn for turn in went.played.turns if turn.thread.id == thread)
    jumped = [entry for entry in first.log if entry.what == "jumped"]
    if not jumped:
        return first.thread.scenario, first.thread.version
    nodes = {entry.node for entry in first.log if entry.node}
    starts = [found for found in went.scenarios.values() if any(t.id in nodes for t in found.start.targets)]
    return starts[0].id, starts[0].version


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.json")), ids=lambda path: str(path.relative_to(FOLDER)))
def test_scenarios_are_in_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert canonical_text(text) == text
