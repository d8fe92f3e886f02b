"""botflow replay: run a recorded conversation again (TH-3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click
import msgspec

from botflow.commands.files import scenario_file
from botflow.commands.loading import loading
from botflow.commands.turns import told

if TYPE_CHECKING:
    from botflow_runtime.thread import Thread

DIFFERENT: Final = 1
"""Exit status when a thread ends otherwise than it did."""


@click.command("replay")
@click.argument("file", metavar="FILE")
@click.option("--show-log", is_flag=True, help="Print the log of every turn.")
def command(file: str, show_log: bool) -> None:
    """Handle all events of a recording again and compare the threads with those recorded.

    Exit status: 0 when every thread ends as recorded, 1 when one does not, 2 when the file is no recording.
    """
    from botflow_runtime.replay import read_recording, replay

    read = scenario_file(file)
    with loading(file):
        recording = read_recording(read.content)
        replayed = replay(recording)
    if show_log:
        click.echo("\n".join(told(replayed.turns)))
    for recorded, again in replayed.differing:
        click.echo(f"thread {recorded.id} ends otherwise")
        click.echo("\n".join(_differing(recorded, again)))
    click.echo(f"{len(replayed.turns)} turns, {len(recording.threads)} threads, {len(replayed.differing)} differ")
    raise SystemExit(DIFFERENT if replayed.differing else 0)


def _differing(recorded: Thread, again: Thread | None) -> Iterator[str]:
    """The fields of a thread that are not as they were."""
    if again is None:
        yield "  no event of the recording belongs to it"
        return
    for name in recorded.__struct_fields__:
        before, after = getattr(recorded, name), getattr(again, name)
        if before != after:
            yield f"  {name}:\n    recorded: {_shown(before)}\n    replayed: {_shown(after)}"


def _shown(value: object) -> str:
    return msgspec.json.encode(value).decode()
