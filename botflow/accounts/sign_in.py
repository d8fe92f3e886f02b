"""Signing in (AC-2): a login and its password become a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
import structlog

from botflow.accounts.models import User
from botflow.accounts.passwords import Passwords
from botflow.accounts.sessions import Sessions, Started
from botflow.accounts.throttle import Subject, begin_anew, begin_try, take_back
from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, table_of
from botflow.errors import NotAllowedError, NotSignedInError
from botflow.permissions import ADMIN, Caller

USERS: Final = table_of(User)
UNUSED_MS: Final = 30 * 24 * 3_600_000
WRONG: Final = "The login or the password is wrong."
BLOCKED: Final = "This account is blocked. Somebody who may change users can open it again."
UNUSED: Final = (
    "This account was not used for 30 days, so it is blocked. Somebody who may change users can open it again."
)

_log = structlog.get_logger()


@dataclass(frozen=True)
class Place:
    """Where somebody signs in from."""

    address: str
    browser: str = ""


def as_login(text: str) -> str:
    """A login as it is kept and compared."""
    return text.strip().casefold()


class SignIn:
    """Signs people in.

    The steps follow each other: what somebody knows is checked (`_checked`), then the session begins (`_begun`). A
    second factor would stand between them.
    """

    def __init__(
        self, database: Database, clock: Clock, passwords: Passwords, sessions: Sessions, audit: Audit
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._sessions = sessions
        self._audit = audit

    def sign_in(self, login: str, password: str, place: Place, former: str | None = None) -> Started:
        """Begin a session; the one that `former` (a token) names ends.

        Raises NotSignedInError, the same for an unknown login and a wrong password and after the same time;
        NotAllowedError for a blocked account, to those only who know its password; TooManyError.
        """
        login = as_login(login)
        user, of_login, failed = self._tried(login, place)
        known = None if user is None else user["password"]
        if not self._passwords.fits(known, password) or user is None:
            _log.info("sign-in refused", address=place.address)
            raise NotSignedInError(WRONG)
        renewed = self._passwords.hash(password) if self._passwords.is_outdated(user["password"]) else None
        with self._database.transaction() as work:
            user = self._checked(work, user)
            begin_anew(work, of_login)
            take_back(work, Subject.of_address(place.address))
            if renewed is not None:
                work.execute(USERS.update().where(USERS.c.id == user["id"]).values(password=renewed))
            if former is not None:
                self._sessions.end_with_token(work, former)
            return self._begun(work, user, place, failed)

    def _tried(self, login: str, place: Place) -> tuple[sa.RowMapping | None, Subject, int]:
        """Count the try. The user, if there is one, what stands for the login, and how many tries for it had failed.

        What is written does not depend on whether there is a user: it would take another time.
        """
        with self._database.transaction() as work:
            user = work.first(sa.select(USERS).where(USERS.c.login == login))
            is_usual_place = user is not None and user["last_address"] == place.address
            of_login = Subject.of_login(login, place.address if is_usual_place else "")
            failed = begin_try(work, [of_login, Subject.of_address(place.address)], self._clock())
        return user, of_login, failed[of_login]

    def _checked(self, work: UnitOfWork, user: sa.RowMapping) -> sa.RowMapping:
        """The user as of now, unless the password changed meanwhile or the account is blocked."""
        now = work.first(sa.select(USERS).where(USERS.c.id == user["id"]))
        if now is None or now["password"] != user["password"]:
            raise NotSignedInError(WRONG)
        if now["blocked_at"] is not None:
            raise NotAllowedError(BLOCKED)
        if is_unused(now, self._clock()):
            raise NotAllowedError(UNUSED)
        return now

    def _begun(self, work: UnitOfWork, user: sa.RowMapping, place: Place, failed: int) -> Started:
        seen = {"used_at": self._clock(), "last_address": place.address}
        work.execute(USERS.update().where(USERS.c.id == user["id"]).values(seen))
        told = {"from": place.address, "failed_before": failed}
        started = self._sessions.begin(work, user["company_id"], user["id"], place.address, place.browser)
        self._audit.note(work, _as_caller(user), "session.begun", user["id"], None, told)
        return started


def is_unused(user: sa.RowMapping, now: int) -> bool:
    """Whether 30 days without use block the account: nobody who lets others in again is ever blocked by that."""
    return user["role"] != ADMIN and not user["system_owner"] and now - int(user["used_at"]) > UNUSED_MS


def _as_caller(user: sa.RowMapping) -> Caller:
    return Caller(user["company_id"], user=user["id"], name=user["login"])
