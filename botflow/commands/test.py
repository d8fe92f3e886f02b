"""botflow test: play transcripts against a scenario on a virtual clock (scenario-format.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from botflow.commands.files import scenario_file
from botflow.commands.loading import NotLoadedError, scenario_of

if TYPE_CHECKING:
    from botflow_runtime import Scenario
    from botflow_runtime.sandbox import CodeRunner
    from botflow_runtime.testing import Played, Transcript

DIFFERENCES: Final = 1
"""Exit status when a transcript differs."""


@click.command("test")
@click.argument("scenario", metavar="SCENARIO")
@click.argument("transcripts", nargs=-1, metavar="[TRANSCRIPT...]")
@click.option("--json", "as_json", is_flag=True, help="Print the results as a JSON array.")
def command(scenario: str, transcripts: Sequence[str], as_json: bool) -> None:
    """Play transcripts (YAML or JSON) against a scenario and show every difference.

    Without a transcript the scenario's own `tests` are played. Further chatbots that a transcript names are looked for
    beside the transcript. Exit status: 0 when nothing differs, 1 when something does, 2 for files that cannot be read.
    """
    from botflow_runtime.sandbox import CodeRunner

    file = scenario_file(scenario)
    loaded = scenario_of(file)
    with CodeRunner() as runner:
        results = [
            (name, _play(loaded, transcript, folder, runner))
            for name, folder, transcript in _transcripts(file.name, loaded, transcripts)
        ]
    click.echo(_as_json(results) if as_json else _as_text(results))
    raise SystemExit(0 if all(played.passed for _, played in results) else DIFFERENCES)


def _transcripts(name: str, scenario: Scenario, given: Sequence[str]) -> Iterator[tuple[str, Path, Transcript]]:
    """The transcripts to play: a name to show, the folder that other scenarios are looked for in, the transcript."""
    from botflow_runtime.testing import load_transcript

    for path in given:
        yield path, Path(path).parent, load_transcript(Path(path))
    if given:
        return
    if not scenario.document.tests:
        raise NotLoadedError(f"{name}: there is nothing to play: name a transcript, or add some to `tests` of the file")
    for number, test in enumerate(scenario.document.tests, 1):
        transcript = load_transcript(test, name=f"{name}: test {number}")
        yield f"{name}: {transcript.name or f'test {number}'}", Path(name).parent, transcript


def _play(scenario: Scenario, transcript: Transcript, folder: Path, runner: CodeRunner) -> Played:
    from botflow_runtime.testing import play

    others = [scenario_of(scenario_file(str(folder / name))) for name in transcript.scenarios]
    return play(scenario, transcript, others, runner)


def _as_text(results: list[tuple[str, Played]]) -> str:
    lines: list[str] = []
    for name, played in results:
        lines.append(f"{name}: {'ok' if played.passed else 'differs'}")
        lines += [f"  {line}" for difference in played.differences for line in str(difference).splitlines()]
    failed = sum(not played.passed for _, played in results)
    return "\n".join([*lines, f"{len(results) - failed} passed, {failed} failed"])


def _as_json(results: list[tuple[str, Played]]) -> str:
    rows = [
        {"transcript": name, "passed": played.passed, "differences": played.differences} for name, played in results
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode()
