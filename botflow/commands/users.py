"""botflow users: people who sign in, for when nobody can do it over the page or the API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from botflow.accounts.people import People
    from botflow.db import Database


@click.group("users")
def command() -> None:
    """Make people who sign in, and give them one-time passwords, with the server's own settings (BOTFLOW_*)."""


@command.command("add")
@click.argument("login")
@click.option("--name", help="Their name.  [default: the login]")
@click.option("--role", default="admin", show_default=True, help="Id of a system role, or of one of the company's.")
@click.option("--company", help="Id of their company.  [default: the only one]")
def add(login: str, name: str | None, role: str, company: str | None) -> None:
    """Make a user, and print their one-time password."""
    from botflow.accounts.people import on_the_spot, only_company

    with _people() as (database, people):
        password = people.passwords.one_time(None)
        with database.transaction() as work:
            caller = on_the_spot(company or only_company(work))
            people.companies.find(work, caller)
            people.users.make(work, caller, login, name or login, role, password)
    click.echo(f"{login} signs in with the one-time password {password.text} (shown this once).")


@command.command("reset-password")
@click.argument("login")
def reset_password(login: str) -> None:
    """Give a user a one-time password, and print it; they are signed out everywhere."""
    from botflow.accounts.people import on_the_spot

    with _people() as (database, people):
        password = people.passwords.one_time(None)
        with database.transaction() as work:
            user = people.users.with_login(work, login)
            people.users.reset_password(work, on_the_spot(user["company_id"]), user["id"], password)
    click.echo(f"{login} signs in with the one-time password {password.text} (shown this once).")


@command.command("key")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, help="A permission it has; may be repeated; or all.")
@click.option("--company", help="Id of its company.  [default: the only one]")
def key(name: str, scopes: tuple[str, ...], company: str | None) -> None:
    """Make an API key for a program, and print it."""
    from botflow.accounts.people import on_the_spot, only_company
    from botflow.permissions import PERMISSIONS

    with _people() as (database, people), database.transaction() as work:
        caller = on_the_spot(company or only_company(work))
        people.companies.find(work, caller)
        made = people.keys.make(work, caller, name, PERMISSIONS if "all" in scopes else scopes)
    click.echo(made.text)


@contextmanager
def _people() -> Iterator[tuple[Database, People]]:
    import os

    from botflow.accounts.people import people
    from botflow.app import check_database, usable_database
    from botflow.audit.service import Audit
    from botflow.clock import system_clock
    from botflow.config import read_settings
    from botflow.ids import Ids

    settings, ids = read_settings(os.environ), Ids(system_clock)
    check_database(settings)
    with usable_database(settings) as database:
        yield database, people(database, system_clock, ids, Audit(system_clock, ids))
