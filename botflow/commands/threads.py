"""botflow threads: look at the conversations of a server (TH-3)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import click

OWNER_ONLY: Final = 0o600
"""Rights to a new file of what a contact wrote."""


@click.group("threads")
def command() -> None:
    """Look at the conversations of a server.

    The database is that of the settings (docs/reference/configuration.md); the server may be running.
    """


@command.command("export")
@click.argument("thread", metavar="ID")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of database, media and key.  [default: .data]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; without it the recording is printed.",
)
def export(thread: str, data: Path | None, output: Path | None) -> None:
    """Write the conversation of a thread as a recording for `botflow replay`.

    It holds everything that the contact wrote: keep it as you keep the conversation.
    """
    from botflow.app import database_name, is_there, usable_database
    from botflow.config import read_settings
    from botflow.conversations.export import export_thread
    from botflow.errors import StartError

    settings = read_settings(os.environ, data=data)
    if not is_there(settings):
        raise StartError(f"There is no database {database_name(settings)}: name its folder with --data.")
    with usable_database(settings) as database, database.reading() as work:
        recording = export_thread(work, thread).to_json()
    if output is None:
        sys.stdout.buffer.write(recording + b"\n")
        return
    output.touch(OWNER_ONLY)
    output.write_bytes(recording)
    click.echo(f"wrote {output}: replay it with `botflow replay {output}`")
