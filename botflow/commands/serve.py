"""botflow serve: the server, with everything that it needs in one process and one folder."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command("serve")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.  [default: 8080]")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of database, media and key.  [default: .data]")
def command(host: str | None, port: int | None, data: Path | None) -> None:
    """Serve the chatbots and the page to try them on, jobs and all, in one process.

    Settings come from BOTFLOW_* environment variables too (docs/reference/configuration.md); options come first.
    """
    # Libraries are imported when they are needed: help does not wait for any, nor a mistake for the server's.
    from botflow import data_folder
    from botflow.commands import processes
    from botflow.config import read_settings
    from botflow.listener import listen

    os.umask(processes.WITHHELD)
    settings = read_settings(os.environ, host=host, port=port, data=data).model_copy(update={"redis": ""})
    with data_folder.take(settings.data):
        # The address first: who has to choose another one does not wait for the rest.
        listener = listen(settings.host, settings.port)
        from botflow.accounts.first_start import FIRST_LOGIN
        from botflow.app import prepare
        from botflow.logs import set_up_logs

        set_up_logs(settings.log_level, settings.log_format)
        prepared = prepare(settings)
        if prepared.password is not None:
            click.echo(f"Sign in as {FIRST_LOGIN} with the one-time password {prepared.password} (shown this once).")
        where = f"{processes.address_of(listener)} (data in {settings.data})"
        click.echo(f"botflow serves {prepared.examples} chatbots at {where}; Ctrl-C ends it.")
        processes.answer(settings, listener)
