"""botflow worker: sends messages, fires timers and runs code, as the queues say."""

from __future__ import annotations

import os

import click

from botflow.jobs.queues import QUEUES


@click.command("worker")
@click.option(
    "--queues",
    default=",".join(QUEUES),
    show_default=True,
    help="What to do, the most urgent first. Give slow scripts workers of their own: --queues code",
)
def command(queues: str) -> None:
    """Do the jobs, one after the other, until SIGTERM; run several for more at the same time.

    Settings come from BOTFLOW_* environment variables.
    """
    from botflow.commands import processes

    names = [name.strip() for name in queues.split(",") if name.strip()]
    unknown = [name for name in names if name not in QUEUES]
    if unknown or not names:
        raise click.BadParameter(
            f"{', '.join(unknown) or 'nothing'} is no queue; there are {', '.join(QUEUES)}.", param_hint="--queues"
        )
    os.umask(processes.WITHHELD)
    settings = processes.production_settings()
    from botflow.app import check_database, make_workplace, serve_own_status
    from botflow.jobs.worker import work
    from botflow.logs import set_up_logs

    set_up_logs(settings.log_level, settings.log_format)
    check_database(settings)
    click.echo(f"botflow worker does {', '.join(names)}")
    workplace = make_workplace(settings)
    serve_own_status(settings, workplace.conversations.database, workplace.jobs, rows=False)
    work(workplace, settings.redis, names)
