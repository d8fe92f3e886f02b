"""`make bench-ui` runs, once and with few nodes, so that it cannot rot. No time is judged here."""

import subprocess
import sys

import msgspec
import pytest
from rich.console import Console

from tests.bench.builder.figures import Figure, table
from tests.bench.builder.gestures import percentile
from tests.bench.builder.graph import bare_graph, scenario_of
from tests.bench.builder.scenes import MOST


def test_runs_and_tells() -> None:
    command = [sys.executable, "-m", "tests.bench.builder", "--small", "--nodes", "16"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"nodes"')]
    found = [msgspec.json.decode(line, type=Figure) for line in lines]
    assert {one.name for one in found} >= set(MOST)
    assert all(one.rounds for one in found)
    assert next(one.name for one in found if one.bare) == "first paint, files not kept yet"


def test_both_pages_have_the_same_nodes_and_links() -> None:
    scenario = scenario_of(16)
    graph = bare_graph(scenario)
    assert [node["id"] for node in graph["nodes"]] == [node["id"] for node in scenario["nodes"]]
    assert len(set(map(tuple, scenario["layout"]["nodes"].values()))) == 16
    assert {"id": "ask_0 offer_0", "source": "ask_0", "target": "offer_0"} in graph["edges"]


@pytest.mark.parametrize(("rounds", "shown"), [([20.0, 30.0, 40.0], "met"), ([20.0, 34.0, 40.0], "MISSED")])
def test_a_figure_is_the_median_of_its_rounds_and_has_a_goal(rounds: list[float], shown: str) -> None:
    console = Console(width=120, record=True)
    console.print(table([Figure(1000, "panning", rounds, [60.0], 33.0)]))
    text = console.export_text()
    assert "1,000" in text
    assert "60 ms" in text
    assert "at most 33 ms" in text
    assert shown in text.split()


def test_the_95th_percentile_is_what_few_frames_exceed() -> None:
    assert percentile([float(value) for value in range(1, 101)]) == 95
    assert percentile([7.0]) == 7
    assert percentile([]) == 0
