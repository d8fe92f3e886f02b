"""botflow replay: run a recorded conversation again (TH-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from botflow.commands.files import scenario_file

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
    from botflow_runtime.replay import RecordingError, read_recording, replay

    read = scenario_file(file)
    try:
        recording = read_recording(read.content)
    except RecordingError as error:
        raise _UnreadableRecordingError(f"{file}: {error}") from None
    replayed = replay(recording)
    if show_log:
        for number, turn in enumerate(replayed.turns, 1):
            click.echo(f"turn {number}, thread {turn.thread.id}")
            for entry in turn.log:
                click.echo(f"  {entry}")
    for recorded, again in replayed.differing:
        click.echo(
            f"thread {recorded.id} ends otherwise\n    recorded: {_shown(recorded)}\n    replayed: {_shown(again)}"
        )
    click.echo(f"{len(replayed.turns)} turns, {len(recording.threads)} threads, {len(replayed.differing)} differ")
    raise SystemExit(DIFFERENT if replayed.differing else 0)


def _shown(thread: Thread | None) -> str:
    return thread.to_json().decode() if thread is not None else "no such thread"


class _UnreadableRecordingError(click.ClickException):
    exit_code = 2
