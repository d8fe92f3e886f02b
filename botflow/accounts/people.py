"""Everything that changes who may do what, put together over one clock and one source of ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from botflow.accounts.companies import Companies
from botflow.accounts.keys import ApiKeys
from botflow.accounts.passwords import Passwords
from botflow.accounts.roles import Roles
from botflow.accounts.service import COMPANIES
from botflow.accounts.sessions import Sessions
from botflow.accounts.sign_in import SignIn
from botflow.accounts.users import Users
from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork
from botflow.errors import RequestError
from botflow.permissions import PERMISSIONS, Caller

COMMAND_LINE: Final = "the command line"


@dataclass(frozen=True)
class People:
    """The services of this domain."""

    passwords: Passwords
    sessions: Sessions
    roles: Roles
    users: Users
    companies: Companies
    keys: ApiKeys
    sign_in: SignIn


def people(database: Database, clock: Clock, ids: Callable[[], str], audit: Audit) -> People:
    """The services over a database."""
    passwords, sessions = Passwords(), Sessions(clock, ids)
    return People(
        passwords,
        sessions,
        Roles(clock, ids, audit),
        Users(clock, ids, passwords, sessions, audit),
        Companies(clock, audit),
        ApiKeys(clock, ids, audit),
        SignIn(database, clock, passwords, sessions, audit),
    )


def on_the_spot(company: str) -> Caller:
    """Whoever has the server's settings: they may do anything in any company."""
    return Caller(company, name=COMMAND_LINE, permissions=frozenset(PERMISSIONS), system_owner=True)


def only_company(work: UnitOfWork) -> str:
    """The company that there is. Raises RequestError where there is none, or a choice."""
    companies = [row["id"] for row in work.all(sa.select(COMPANIES.c.id).order_by(COMPANIES.c.id))]
    if len(companies) != 1:
        raise RequestError(f"Choose the company with --company: {', '.join(companies) or 'there is none yet'}.")
    return str(companies[0])
