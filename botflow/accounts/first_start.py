"""The first start: somebody has to be able to sign in."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from botflow.accounts.models import User
from botflow.accounts.passwords import Passwords, faults_of
from botflow.accounts.service import ensure_company
from botflow.accounts.users import Users
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, table_of
from botflow.errors import StartError
from botflow.permissions import ADMIN, PERMISSIONS, Caller

USERS: Final = table_of(User)
FIRST_LOGIN: Final = "admin"


def ensure_admin(
    database: Database, users: Users, passwords: Passwords, clock: Clock, company: tuple[str, str], chosen: str
) -> str | None:
    """Make the system's owner, an admin of `company` (id, name), unless there is a user.

    Returns their one-time password, None where there was nothing to do or it was chosen. Raises StartError where the
    chosen one is no good one.
    """
    with database.reading() as work:
        if _somebody(work):
            return None
    faults = list(faults_of(chosen)) if chosen else []
    if faults:
        raise StartError(f"BOTFLOW_ADMIN_PASSWORD cannot be used: {faults[0]}.")
    password = passwords.one_time(chosen or None)
    with database.transaction() as work:
        work.alone()
        if _somebody(work):
            return None
        ensure_company(work, *company, clock())
        caller = Caller(company[0], permissions=frozenset(PERMISSIONS), system_owner=True)
        users.make(work, caller, FIRST_LOGIN, "Admin", ADMIN, password, system_owner=True)
    return None if chosen else password.text


def _somebody(work: UnitOfWork) -> bool:
    return work.first(sa.select(USERS.c.id).limit(1)) is not None
