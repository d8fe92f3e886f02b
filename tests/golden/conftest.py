"""The golden transcripts, each played once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest

from botflow_runtime import Scenario, load_scenario
from botflow_runtime.sandbox import CodeRunner
from botflow_runtime.testing import Played, load_transcript, play

FOLDER = Path(__file__).parent
GOLDENS = sorted(str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.glob("*/*.yaml"))
"""``folder/transcript``; the folder's scenario.json is the chatbot under test."""


class Golden(msgspec.Struct, frozen=True):
    """A golden transcript as it went: the chatbots that took part, by id, and what came of it."""

    scenarios: dict[str, Scenario]
    played: Played


Play = Callable[[str], Golden]


@pytest.fixture(scope="session")
def golden() -> Iterator[Play]:
    """Plays a golden by its name, once."""
    runner = CodeRunner()

    @cache
    def play_golden(name: str) -> Golden:
        path = FOLDER / f"{name}.yaml"
        transcript = load_transcript(path)
        scenario = load_scenario(path.parent / "scenario.json")
        others = [load_scenario(path.parent / other) for other in transcript.scenarios]
        played = play(scenario, transcript, others, runner)
        return Golden({found.id: found for found in (scenario, *others)}, played)

    yield play_golden
    runner.close()
