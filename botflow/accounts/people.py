"""Everything that changes who may do what, put together over one clock and one source of ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from botflow.accounts.companies import Companies
from botflow.accounts.keys import ApiKeys
from botflow.accounts.passwords import Passwords
from botflow.accounts.roles import Roles
from botflow.accounts.sessions import Sessions
from botflow.accounts.sign_in import SignIn
from botflow.accounts.users import Users
from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.db import Database


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
