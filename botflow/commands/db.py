"""botflow db: the database."""

from __future__ import annotations

import os

import click


@click.group("db")
def command() -> None:
    """Look after the database."""


@command.command("upgrade")
def upgrade_database() -> None:
    """Bring the database up to date: before a newer botflow starts, while no older one runs.

    `botflow serve` does that by itself.
    """
    from botflow.app import database_name, usable_database
    from botflow.config import read_settings
    from botflow.migrations.upgrade import upgrade

    settings = read_settings(os.environ)
    with usable_database(settings) as database:
        upgrade(database)
    click.echo(f"The database {database_name(settings)} is up to date.")
