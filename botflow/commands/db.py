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

    `botflow serve` does that by itself. Where there is no user yet, a first admin is made, of a company `main`, with
    BOTFLOW_ADMIN_PASSWORD or a one-time password that is printed.
    """
    from botflow.accounts.first_start import FIRST_LOGIN
    from botflow.app import database_name, first_admin, usable_database
    from botflow.config import read_settings
    from botflow.migrations.upgrade import upgrade

    settings = read_settings(os.environ)
    with usable_database(settings) as database:
        upgrade(database)
        password = first_admin(settings, database)
    if password is not None:
        click.echo(f"Sign in as {FIRST_LOGIN} with the one-time password {password} (shown this once).")
    click.echo(f"The database {database_name(settings)} is up to date.")
