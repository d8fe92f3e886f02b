"""botflow scheduler: puts into the queues what the rows say is due."""

from __future__ import annotations

import signal

import click


@click.command("scheduler")
def command() -> None:
    """Look several times a second what is due, and tell the workers. Two may run; one is enough.

    Settings come from BOTFLOW_* environment variables.
    """
    from botflow.app import check_database, open_database, serve_own_status, tell_of_vacuum
    from botflow.clock import system_clock
    from botflow.commands import processes
    from botflow.jobs.queued import QueuedJobs, connect
    from botflow.jobs.scheduler import Scheduler
    from botflow.logs import set_up_logs

    settings = processes.production_settings()
    set_up_logs(settings.log_level, settings.log_format)
    check_database(settings)
    database = open_database(settings)
    tell_of_vacuum(database)
    jobs = QueuedJobs(connect(settings.redis), settings.redis_prefix)
    scheduler = Scheduler(database, jobs, system_clock)
    serve_own_status(settings, database, jobs, rows=True)
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, scheduler.stop)
    click.echo("botflow scheduler looks what is due")
    scheduler.run()
    database.close()
