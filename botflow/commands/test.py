"""botflow test: play transcripts against a scenario on a virtual clock (scenario-format.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click
import msgspec

from botflow.commands.files import TRANSCRIPTS, expanded, in_one_line, printable, scenario_file
from botflow.commands.loading import NotLoadedError, loading, scenario_of
from botflow.commands.turns import told

if TYPE_CHECKING:
    from botflow_runtime import Scenario
    from botflow_runtime.json_types import JsonObject
    from botflow_runtime.sandbox import CodeRunner
    from botflow_runtime.testing import Difference, Played, Transcript

DIFFERENCES: Final = 1
"""Exit status when a transcript differs."""


@click.command("test")
@click.argument("scenario", metavar="SCENARIO")
@click.argument("transcripts", nargs=-1, metavar="[TRANSCRIPT...]")
@click.option("-v", "--show-log", is_flag=True, help="Show what each turn did.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as a JSON array.")
def command(scenario: str, transcripts: Sequence[str], show_log: bool, as_json: bool) -> None:
    """Play transcripts (YAML or JSON) against a scenario and show every difference.

    A folder stands for the transcripts in it; without any the scenario's own `tests` are played. Further chatbots that
    a transcript names are looked for beside it. Exit status: 0 when nothing differs, 1 when something does, 2 for files
    that cannot be read.
    """
    from botflow_runtime.sandbox import CodeRunner

    file = scenario_file(scenario)
    loaded = scenario_of(file)
    tests = list(_tests(file.name, loaded, transcripts))
    with CodeRunner() as runner:
        results = [(test, _play(loaded, test, runner)) for test in tests]
    click.echo(_as_json(results) if as_json else _as_text(results, show_log))
    raise SystemExit(0 if all(played.passed for _, played in results) else DIFFERENCES)


class _Test(NamedTuple):
    """A transcript to play, a name to show, and the folder that other scenarios are looked for in."""

    name: str
    folder: Path
    transcript: Transcript


def _tests(name: str, scenario: Scenario, given: Sequence[str]) -> Iterator[_Test]:
    for path in expanded(given, TRANSCRIPTS):
        yield _Test(path, Path(path).parent, _transcript(Path(path), path))
    if given:
        return
    if not scenario.document.tests:
        raise NotLoadedError(f"{name}: there is nothing to play: name a transcript, or add some to `tests` of the file")
    for number, test in enumerate(scenario.document.tests, 1):
        transcript = _transcript(test, f"{name}: test {number}")
        yield _Test(f"{name}: {transcript.name or f'test {number}'}", Path(name).parent, transcript)


def _transcript(source: Path | JsonObject, name: str) -> Transcript:
    from botflow_runtime import TranscriptError
    from botflow_runtime.testing import load_transcript

    try:
        return load_transcript(source, name)
    except TranscriptError as error:
        raise NotLoadedError("\n".join(map(in_one_line, str(error).splitlines()))) from None


def _play(scenario: Scenario, test: _Test, runner: CodeRunner) -> Played:
    from botflow_runtime.testing import play

    others = [scenario_of(scenario_file(str(test.folder / name))) for name in test.transcript.scenarios]
    with loading(test.name):
        return play(scenario, test.transcript, others, runner)


def _as_text(results: list[tuple[_Test, Played]], show_log: bool) -> str:
    lines: list[str] = []
    for test, played in results:
        lines.append(in_one_line(f"{test.name}: {'ok' if played.passed else 'differs'}"))
        lines += [f"  {line}" for line in told(played.turns)] if show_log else []
        lines += [f"  {line}" for difference in played.differences for line in _difference(test, difference)]
    failed = sum(not played.passed for _, played in results)
    return "\n".join([*lines, f"{len(results) - failed} passed, {failed} failed"])


def _difference(test: _Test, difference: Difference) -> list[str]:
    line = test.transcript.line(difference.turn)
    place = f"line {line}, " if line is not None else ""
    return [printable(text) for text in f"{place}{difference}".split("\n")]


def _as_json(results: list[tuple[_Test, Played]]) -> str:
    rows = [
        {"transcript": test.name, "passed": played.passed, "differences": played.differences}
        for test, played in results
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode()
