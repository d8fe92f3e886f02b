"""botflow validate: every problem of scenario files, before a customer meets it (ED-3, CB-9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import click
import msgspec

from botflow.commands.files import ScenarioFile, in_one_line, scenario_files

if TYPE_CHECKING:
    from botflow_runtime.problems import Problem

    Found: TypeAlias = list[tuple[ScenarioFile, Problem]]

PROBLEMS: Final = 1
"""Exit status when a file has errors."""


@click.command("validate")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as a JSON array.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
def command(files: Sequence[str], as_json: bool, strict: bool) -> None:
    """Say everything that is wrong or doubtful about scenarios.

    Several files are judged together: jumps between them, triggers that collide. A folder stands for the scenarios in
    it, - for standard input. Exit status: 0 without errors, 1 with errors, 2 when a file cannot be read.
    """
    scenarios = scenario_files(files)
    found = list(_problems(scenarios))
    click.echo(_as_json(found) if as_json else _as_text(scenarios, found))
    counting = [problem for _, problem in found if strict or problem.severity == "error"]
    raise SystemExit(PROBLEMS if counting else 0)


def _problems(files: list[ScenarioFile]) -> Iterator[tuple[ScenarioFile, Problem]]:
    from botflow_runtime.validation import validate

    for file in files:
        others = [other.content for other in files if other is not file] if len(files) > 1 else None
        for problem in validate(file.content, others):
            yield file, problem


def _as_json(found: Found) -> str:
    told = ("severity", "code", "message", "node", "field")
    rows = [{"file": file.name, **{name: getattr(problem, name) for name in told}} for file, problem in found]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode()


def _as_text(files: list[ScenarioFile], found: Found) -> str:
    errors = sum(problem.severity == "error" for _, problem in found)
    lines = [f"{file.name}: {in_one_line(problem)}" for file, problem in found]
    lines += [f"{file.name}: needs {in_one_line(needed)}" for file in files if (needed := _needed(file))]
    checked = "1 file" if len(files) == 1 else f"{len(files)} files"
    return "\n".join([*lines, f"{checked}: {_counted(errors, 'error')}, {_counted(len(found) - errors, 'warning')}"])


def _needed(file: ScenarioFile) -> str:
    """What the file names that is kept elsewhere: ``chatbots payment; departments support``."""
    from botflow_runtime.validation import required_keys

    keys = msgspec.structs.asdict(required_keys(file.content))
    return "; ".join(f"{kind} {', '.join(names)}" for kind, names in keys.items() if names)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
