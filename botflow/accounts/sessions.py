"""Sessions: a sign-in that lasts, kept on the server, with a token in the browser's cookie."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from botflow.accounts.keys import digest_of
from botflow.accounts.models import Role, Session, User
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, table_of
from botflow.permissions import PERMISSIONS, SYSTEM_ROLES, Caller

SESSIONS: Final = table_of(Session)
USERS: Final = table_of(User)
ROLES: Final = table_of(Role)

TOKEN_BYTES: Final = 32
TOKEN_LENGTH: Final = 100
IDLE_MS: Final = 60 * 60_000
LONGEST_MS: Final = 12 * 3_600_000
"""A session ends after so long whatever happens in it."""
USED_AGAIN_MS: Final = 60_000
"""`used_at` is as exact as this: not every request is a write."""
PASSWORD_MS: Final = 60 * 24 * 3_600_000
BROWSER_LENGTH: Final = 300

FIRST_SIGN_IN: Final = "Choose a password of your own first: this one was given to you."
PASSWORD_OLD: Final = "Choose a new password first: this one is older than 60 days."


@dataclass(frozen=True)
class Started:
    """A session that began. `token` is for its cookie, and is kept nowhere else."""

    id: str
    token: str


_LIVE: Final = (
    sa.select(
        SESSIONS.c.id,
        SESSIONS.c.company_id,
        SESSIONS.c.user_id,
        SESSIONS.c.created_at,
        SESSIONS.c.used_at,
        USERS.c.login,
        USERS.c.role,
        USERS.c.system_owner,
        USERS.c.must_change,
        USERS.c.password_at,
        USERS.c.blocked_at,
        ROLES.c.permissions,
    )
    .join(USERS, USERS.c.id == SESSIONS.c.user_id)
    .outerjoin(ROLES, sa.and_(ROLES.c.id == USERS.c.role, ROLES.c.company_id == USERS.c.company_id))
    .where(SESSIONS.c.token == sa.bindparam("token"))
)


class Sessions:
    """Begins, finds and ends sessions."""

    def __init__(self, clock: Clock, ids: Callable[[], str]) -> None:
        self._clock = clock
        self._ids = ids

    def begin(self, work: UnitOfWork, company: str, user: str, address: str, browser: str) -> Started:
        """A new session, with a token that nobody had before; those that are over go."""
        now = self._clock()
        over = sa.or_(SESSIONS.c.used_at <= now - IDLE_MS, SESSIONS.c.created_at <= now - LONGEST_MS)
        work.execute(SESSIONS.delete().where(SESSIONS.c.user_id == user, over))
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = Session(
            id=self._ids(),
            company_id=company,
            user_id=user,
            token=digest_of(token),
            address=address,
            browser=browser[:BROWSER_LENGTH],
            created_at=now,
            used_at=now,
        )
        work.execute(SESSIONS.insert().values(row.model_dump()))
        return Started(row.id, token)

    def caller(self, database: Database, token: str) -> Caller | None:
        """Whose session a token names, or None where it is none, or is over, or its user is blocked."""
        if len(token) > TOKEN_LENGTH:
            return None
        now = self._clock()
        with database.reading() as work:
            row = work.first(_LIVE, token=digest_of(token))
        if row is None or row["blocked_at"] is not None or _is_over(row, now):
            return None
        if now - row["used_at"] >= USED_AGAIN_MS:
            self._use(database, row, now)
        return caller_of(row, now)

    def end(self, work: UnitOfWork, user: str, session: str | None = None, but: str | None = None) -> int:
        """End one session of a user, or all, `but` one. Returns how many ended."""
        which = SESSIONS.c.user_id == user
        if session is not None:
            which &= SESSIONS.c.id == session
        if but is not None:
            which &= SESSIONS.c.id != but
        return work.execute(SESSIONS.delete().where(which)).rowcount

    def end_with_token(self, work: UnitOfWork, token: str) -> None:
        """End the session that a token names, if it names one."""
        work.execute(SESSIONS.delete().where(SESSIONS.c.token == digest_of(token[:TOKEN_LENGTH])))

    def live_of(self, work: UnitOfWork, user: str) -> list[sa.RowMapping]:
        """The sessions of a user that are not over, the latest used first."""
        rows = work.all(sa.select(SESSIONS).where(SESSIONS.c.user_id == user).order_by(SESSIONS.c.used_at.desc()))
        now = self._clock()
        return [row for row in rows if not _is_over(row, now)]

    def _use(self, database: Database, row: sa.RowMapping, now: int) -> None:
        with database.transaction() as work:
            work.execute(SESSIONS.update().where(SESSIONS.c.id == row["id"]).values(used_at=now))
            work.execute(USERS.update().where(USERS.c.id == row["user_id"]).values(used_at=now))


def caller_of(row: Any, now: int) -> Caller:
    """The caller that a user with a session is."""
    if row["role"] in SYSTEM_ROLES:
        permissions = SYSTEM_ROLES[row["role"]].permissions
    else:
        permissions = frozenset(row["permissions"] or ()) & PERMISSIONS.keys()
    return Caller(
        company=row["company_id"],
        user=row["user_id"],
        session=row["id"],
        name=row["login"],
        permissions=permissions,
        system_owner=row["system_owner"],
        restricted=restriction(row["must_change"], row["password_at"], now),
    )


def restriction(must_change: bool, password_at: int, now: int) -> str:
    """Why somebody has to choose a new password before anything else (AC-2); empty: they have not."""
    if must_change:
        return FIRST_SIGN_IN
    return PASSWORD_OLD if now - password_at > PASSWORD_MS else ""


def _is_over(row: Any, now: int) -> bool:
    return bool(now - row["used_at"] > IDLE_MS or now - row["created_at"] > LONGEST_MS)
