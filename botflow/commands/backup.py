"""botflow backup: database, media and key of a server in one file."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--data", type=click.Path(path_type=Path), help="Folder of database, media and key.  [default: .data]")
def command(file: Path, data: Path | None) -> None:
    """Write FILE, a .tar.gz of the database, the media library and the key, while the server runs.

    The key that credentials are sealed with is in it, so keep it like a password. With BOTFLOW_SECRET_KEY the key is in
    your settings instead: keep those too. PostgreSQL is copied by pg_dump.
    """
    from botflow.app import is_there, place_of
    from botflow.backup.service import back_up
    from botflow.config import read_settings
    from botflow.errors import StartError

    settings = read_settings(os.environ, data=data)
    if not is_there(settings):
        raise StartError(f"There is no database in {settings.data}. Choose its folder with --data.")
    gone = back_up(place_of(settings), file)
    for name in gone:
        click.echo(f"{name} was removed meanwhile, and is not in it.", err=True)
    click.echo(f"{file} holds everything ({file.stat().st_size:,} bytes).")
    if settings.secret_key:
        click.echo("The key is not in it: keep BOTFLOW_SECRET_KEY.")
