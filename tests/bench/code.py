"""A code step as the host runs it, in a process of its own behind all its walls, beside what has none of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from typing import Any, Final

import quickjs

from botflow_runtime.sandbox import CodeRequest, CodeRunner
from botflow_runtime.sandbox.run import Language
from tests.bench.measure import Figures, Plan, Row, Work, beside, measured, row, with_goal
from tests.bench.peers import install

NAME: Final = "code"
MOST_JAVASCRIPT_US: Final = 500.0
MOST_PYTHON_US: Final = 5000.0

VARIABLES: Final = {"name": "Ann", "prices": [8, 9, 12.5]}
RESULT: Final = {"total": 29.5, "greeting": "Hello Ann"}
JAVASCRIPT: Final = "return {total: vars.prices.reduce((sum, price) => sum + price, 0), greeting: `Hello ${vars.name}`}"
PYTHON: Final = "return {'total': sum(vars['prices']), 'greeting': 'Hello ' + vars['name']}"


def rows(plan: Plan) -> list[Row]:
    """JavaScript, then Python. All by the wall: most of it happens in other processes."""
    with CodeRunner() as runner:
        javascript = _javascript_works(runner)
        python = _python_works(runner)
        for name, work in (javascript | python).items():
            if work() != RESULT:
                raise RuntimeError(f"{name} does not compute what it should")
        in_javascript, in_python = measured(javascript, plan), measured(python, plan)
    if not plan.small:
        in_javascript["node:vm, a new context"] = _node_vm(plan)
    return [*_rows(in_javascript, MOST_JAVASCRIPT_US), *_rows(in_python, MOST_PYTHON_US)]


def _rows(found: dict[str, Figures], most_us: float) -> list[Row]:
    first, *peers = (row(NAME, name, figures, "wall") for name, figures in found.items())
    return [with_goal(first, most_us), *(beside(peer, first) for peer in peers)]


def _javascript_works(runner: CodeRunner) -> dict[str, Work]:
    return {
        "JavaScript step": _step(runner, "javascript", JAVASCRIPT),
        "QuickJS in this process, a new context": _in_quickjs,
    }


def _python_works(runner: CodeRunner) -> dict[str, Work]:
    return {
        "Python step": _step(runner, "python", PYTHON),
        "python -c (a process, no walls)": _in_subprocess,
    }


def _step(runner: CodeRunner, language: Language, source: str) -> Callable[[], Any]:
    runs = count()

    def run() -> Any:
        request = CodeRequest(run_id=f"run-{next(runs)}", language=language, source=source, vars=VARIABLES)
        return runner.run(request).value

    return run


def _in_quickjs() -> Any:
    context = quickjs.Context()
    return json.loads(context.eval(_whole_script()))


def _whole_script() -> str:
    return f"JSON.stringify((function (vars) {{ {JAVASCRIPT} }})({json.dumps(VARIABLES)}))"


def _in_subprocess() -> Any:
    script = f"import json, sys\ndef run(vars): {PYTHON}\nprint(json.dumps(run(json.load(sys.stdin))))"
    command = [sys.executable, "-I", "-S", "-c", script]
    done = subprocess.run(command, input=json.dumps(VARIABLES).encode(), capture_output=True, timeout=60, check=True)
    return json.loads(done.stdout)


def _node_vm(plan: Plan) -> Figures:
    """Node's own contexts are no sandbox by its own word; measured inside of one warm Node."""
    command = [*install.node_command(), str(install.HERE / "node" / "with_vm.mjs"), _whole_script()]
    given = [*command, str(plan.rounds), str(plan.seconds)]
    done = subprocess.run(given, capture_output=True, timeout=300, check=True)
    report = json.loads(done.stdout)
    if report["value"] != RESULT:
        raise RuntimeError("node:vm does not compute what it should")
    return Figures(report["cpu"], report["wall"])
