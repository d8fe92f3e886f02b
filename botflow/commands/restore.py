"""botflow restore: a server from a backup."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--data", type=click.Path(path_type=Path), help="Folder of database, media and key.  [default: .data]")
@click.option("--replace", is_flag=True, help="Put aside what is there. In PostgreSQL the tables are replaced.")
def command(file: Path, data: Path | None, replace: bool) -> None:
    """Bring back what `botflow backup` wrote to FILE, into a server that does not run.

    The file is checked as a whole before anything is touched, and brought up to date when an older botflow made it.
    PostgreSQL is restored by pg_restore; stop every process of the server before.
    """
    from botflow import data_folder
    from botflow.app import place_of
    from botflow.backup.service import restore
    from botflow.commands import processes
    from botflow.config import read_settings

    os.umask(processes.WITHHELD)
    settings = read_settings(os.environ, data=data)
    with data_folder.take(settings.data):
        aside = restore(place_of(settings), file, replace=replace)
    if aside is not None:
        click.echo(f"What was there is in {aside}.")
    click.echo(f"{file} is restored.")
