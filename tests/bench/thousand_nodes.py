"""A scenario of a thousand nodes: how long until it is checked, until it runs, until the runtime is there?"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator

from botflow_runtime import load_scenario, validate
from tests.bench.large_scenario import BLOCK, large_scenario
from tests.bench.measure import Plan, Row, Work, beside, measured, processor_time_with_children, row, with_goal

NAME: Final = "thousand_nodes"
ROOT: Final = Path(__file__).parents[2]
SCHEMA: Final = ROOT / "schemas" / "scenario.schema.json"
NODES: Final = 1000
NODES_SMALL: Final = 16
MOST_US: Final = 300_000.0

STARTS: Final = {
    "Python alone": "",
    "Python and the engine": "from botflow_runtime import Engine, Router, Thread, load_scenario, validate",
    "Python, the engine and a scenario ready to run": (
        "from botflow_runtime import load_scenario\n"
        "from tests.bench.conversation import SCENARIO\n"
        "load_scenario(SCENARIO)"
    ),
}


def rows(plan: Plan) -> list[Row]:
    """Checking and compiling one text, then starts of processes from nothing."""
    nodes = NODES_SMALL if plan.small else NODES
    text = json.dumps(large_scenario(nodes // BLOCK))
    return [*_scenario_rows(text, nodes, plan), *_start_rows(plan)]


def _scenario_rows(text: str, nodes: int, plan: Plan) -> list[Row]:
    problems = validate(text)
    if problems:
        raise RuntimeError(f"the scenario is not what it should be: {problems[0]}")
    schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
    raw = json.loads(text)
    works: dict[str, Work] = {
        f"validate, {nodes:,} nodes": lambda: validate(text),
        f"load_scenario, {nodes:,} nodes": lambda: load_scenario(text),
        "jsonschema with the same schema (form only)": lambda: list(schema.iter_errors(raw)),
        "json.loads": lambda: json.loads(text),
    }
    found = measured(works, plan)
    first, second, *peers = (row(NAME, name, figures) for name, figures in found.items())
    return [
        with_goal(first, MOST_US),
        with_goal(second, MOST_US),
        *(beside(peer, first) for peer in peers),
    ]


def _start_rows(plan: Plan) -> list[Row]:
    def started(program: str) -> Any:
        return subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)

    works = {f"start: {name}": partial(started, program) for name, program in STARTS.items()}
    found = measured(works, plan, processor_time_with_children)
    return [row(NAME, name, figures) for name, figures in found.items()]
