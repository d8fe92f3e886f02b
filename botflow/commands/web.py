"""botflow web: answers requests; the jobs are those of `botflow worker` and `botflow scheduler`."""

from __future__ import annotations

import os

import click


@click.command("web")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.  [default: 8080]")
def command(host: str | None, port: int | None) -> None:
    """Answer requests, one process of several over PostgreSQL and Redis.

    Settings come from BOTFLOW_* environment variables. Bring the database up to date before: `botflow db upgrade`.
    """
    from botflow.commands import processes
    from botflow.listener import listen

    os.umask(processes.WITHHELD)
    settings = processes.production_settings()
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings.model_copy(update=given)
    listener = listen(settings.host, settings.port)
    from botflow.app import check_database
    from botflow.logs import set_up_logs

    set_up_logs(settings.log_level, settings.log_format)
    check_database(settings)
    click.echo(f"botflow web answers at {processes.address_of(listener)}")
    processes.answer(settings, listener)
