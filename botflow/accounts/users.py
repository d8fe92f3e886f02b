"""Users (AC-1) and their passwords (AC-2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from botflow.accounts.grants import check_grant, check_senders
from botflow.accounts.models import Department, FormerPassword, User
from botflow.accounts.passwords import NOT_AGAIN, OneTimePassword, Passwords
from botflow.accounts.roles import find_role
from botflow.accounts.sessions import Sessions, restriction
from botflow.accounts.sign_in import as_login, is_unused
from botflow.accounts.throttle import Subject, begin_anew, begin_try
from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, of_company, table_of
from botflow.errors import ConflictError, Fault, InvalidError, NotAllowedError, NotFoundError
from botflow.permissions import ADMIN, Caller

USERS: Final = table_of(User)
FORMER: Final = table_of(FormerPassword)
DEPARTMENTS: Final = table_of(Department)
OWN_PASSWORD: Final = "own password"
"""Where the tries come from that are counted when somebody enters their present password."""
OWN_CHANGE_MS: Final = 24 * 3_600_000
TOLD: Final = ("login", "name", "role", "department_id", "language", "time_zone", "blocked_at")
"""What the audit log tells of a user."""


class Users:
    """Makes and changes users. Nobody gives a role, or has power over somebody, with more than they may do."""

    def __init__(
        self, clock: Clock, ids: Callable[[], str], passwords: Passwords, sessions: Sessions, audit: Audit
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._passwords = passwords
        self._sessions = sessions
        self._audit = audit

    def make(
        self,
        work: UnitOfWork,
        caller: Caller,
        login: str,
        name: str,
        role: str,
        password: OneTimePassword,
        *,
        system_owner: bool = False,
        **fields: Any,
    ) -> str:
        """A new user of the caller's company; returns the id.

        Raises ConflictError where the login is taken, InvalidError, NotAllowedError.
        """
        login = as_login(login)
        self._check_role(work, caller, role)
        self._check_department(work, caller, fields)
        if work.first(sa.select(USERS.c.id).where(USERS.c.login == login)) is not None:
            raise ConflictError("This login is taken; choose another one.")
        now = self._clock()
        row = User(
            id=self._ids(),
            company_id=caller.company,
            login=login,
            name=name,
            role=role,
            system_owner=system_owner,
            password=password.kept,
            must_change=True,
            password_at=now,
            used_at=now,
            created_at=now,
            updated_at=now,
            **fields,
        )
        work.execute(USERS.insert().values(row.model_dump()))
        self._audit.note(work, caller, "user.created", row.id, None, _told(row.model_dump()))
        return row.id

    def find(self, work: UnitOfWork, caller: Caller, user_id: str) -> sa.RowMapping:
        """A user of the caller's company. Raises NotFoundError."""
        row = work.first(of_company(USERS, caller.company).where(USERS.c.id == user_id))
        if row is None:
            raise NotFoundError("There is no such user.")
        return row

    def with_login(self, work: UnitOfWork, login: str) -> sa.RowMapping:
        """The user with a login, of whatever company. Raises NotFoundError."""
        row = work.first(sa.select(USERS).where(USERS.c.login == as_login(login)))
        if row is None:
            raise NotFoundError(f"There is no user {login}.")
        return row

    def change(self, work: UnitOfWork, caller: Caller, user_id: str, changes: Mapping[str, Any]) -> sa.RowMapping:
        """Change fields of a user, `blocked` among them. Raises NotFoundError, NotAllowedError, ConflictError."""
        before = self._in_reach(work, caller, user_id)
        values = {name: value for name, value in changes.items() if name != "blocked"}
        if "role" in values:
            self._check_role(work, caller, values["role"])
        self._check_department(work, caller, values)
        if "blocked" in changes:
            values |= self._blocking(before, changes["blocked"])
        if values.get("role", before["role"]) != before["role"] or values.get("blocked_at") is not None:
            self._check_not_oneself(caller, user_id)
            self._check_admin_left(work, before, values)
            self._sessions.end(work, user_id)
        if values:
            values["updated_at"] = self._clock()
            work.execute(USERS.update().where(USERS.c.id == user_id).values(values))
        after = self.find(work, caller, user_id)
        self._audit.note(work, caller, "user.updated", user_id, _told(before), _told(after))
        return after

    def change_oneself(self, work: UnitOfWork, caller: Caller, changes: Mapping[str, Any]) -> None:
        """Change one's name, language or time zone. Raises NotFoundError."""
        before = self.find(work, caller, caller.user or "")
        values = {**changes, "updated_at": self._clock()}
        work.execute(USERS.update().where(USERS.c.id == before["id"]).values(values))
        after = self.find(work, caller, before["id"])
        self._audit.note(work, caller, "user.updated", before["id"], _told(before), _told(after))

    def delete(self, work: UnitOfWork, caller: Caller, user_id: str) -> None:
        """Delete a user, who is signed out. Raises NotFoundError, NotAllowedError, ConflictError."""
        before = self._in_reach(work, caller, user_id)
        self._check_not_oneself(caller, user_id)
        self._check_admin_left(work, before, {"role": None})
        work.execute(USERS.delete().where(USERS.c.id == user_id))
        self._audit.note(work, caller, "user.deleted", user_id, _told(before), None)

    def reset_password(self, work: UnitOfWork, caller: Caller, user_id: str, password: OneTimePassword) -> None:
        """Give a user a one-time password; they are signed out everywhere.

        Raises NotFoundError, NotAllowedError, ConflictError for oneself: one's own is changed with the present one.
        """
        user = self._in_reach(work, caller, user_id)
        self._check_not_oneself(caller, user_id)
        self._set_password(work, user, password.kept, {"must_change": True})
        self._sessions.end(work, user_id)
        self._audit.note(work, caller, "user.password_reset", user_id)

    def change_own_password(self, database: Database, caller: Caller, current: str, new: str) -> None:
        """Choose a password of one's own; one's other sessions end.

        Raises InvalidError where the present one is wrong or the new one is not good, ConflictError for the second
        change within 24 h, unless one had to change it; TooManyError.
        """
        with database.reading() as work:
            user = self.find(work, caller, caller.user or "")
            former = [user["password"], *self._former(work, user["id"])][:NOT_AGAIN]
        now = self._clock()
        subject = Subject.of_login(user["login"], OWN_PASSWORD)
        with database.transaction() as work:
            begin_try(work, [subject], now)
        if not self._passwords.fits(user["password"], current):
            raise InvalidError([Fault("/current", "this is not your present password")])
        with database.transaction() as work:
            begin_anew(work, subject)
        has_to = restriction(user["must_change"], user["password_at"], now)
        if not has_to and user["own_change_at"] is not None and now - user["own_change_at"] < OWN_CHANGE_MS:
            raise ConflictError("You changed it within the last 24 hours. Ask for a one-time password if it is known.")
        self._passwords.check_new(new, former, "/new")
        kept = self._passwords.hash(new)
        with database.transaction() as work:
            if self.find(work, caller, user["id"])["password"] != user["password"]:
                raise ConflictError("Your password was changed meanwhile.")
            self._set_password(work, user, kept, {"must_change": False, "own_change_at": now})
            self._sessions.end(work, user["id"], but=caller.session)
            self._audit.note(work, caller, "user.password_changed", user["id"])

    def _set_password(self, work: UnitOfWork, user: sa.RowMapping, kept: str, more: Mapping[str, Any]) -> None:
        now = self._clock()
        old = FormerPassword(
            id=self._ids(),
            company_id=user["company_id"],
            user_id=user["id"],
            password=user["password"],
            created_at=now,
        )
        work.execute(FORMER.insert().values(old.model_dump()))
        values = {"password": kept, "password_at": now, "updated_at": now, **more}
        work.execute(USERS.update().where(USERS.c.id == user["id"]).values(values))
        last = sa.select(FORMER.c.id).where(FORMER.c.user_id == user["id"]).order_by(FORMER.c.id.desc())
        forgotten = FORMER.c.id.not_in(work.execute(last.limit(NOT_AGAIN)).scalars().all())
        work.execute(FORMER.delete().where(FORMER.c.user_id == user["id"], forgotten))

    def _former(self, work: UnitOfWork, user_id: str) -> list[str]:
        """The passwords that a user had, the latest first."""
        rows = work.all(sa.select(FORMER).where(FORMER.c.user_id == user_id).order_by(FORMER.c.id.desc()))
        return [row["password"] for row in rows]

    def _in_reach(self, work: UnitOfWork, caller: Caller, user_id: str) -> sa.RowMapping:
        """A user over whom the caller has power: who may do nothing that the caller may not."""
        user = self.find(work, caller, user_id)
        if user["system_owner"] and not caller.system_owner:
            raise NotAllowedError("Only the system's owner changes this account.")
        check_senders(caller, None)
        role = find_role(work, caller.company, user["role"])
        check_grant(caller, role.permissions if role is not None else ())
        return user

    def _check_role(self, work: UnitOfWork, caller: Caller, role_id: str) -> None:
        role = find_role(work, caller.company, role_id)
        if role is None:
            raise InvalidError([Fault("/role", "there is no such role")])
        check_grant(caller, role.permissions)
        # a user may use every sender of the company
        check_senders(caller, None)

    def _check_department(self, work: UnitOfWork, caller: Caller, fields: Mapping[str, Any]) -> None:
        department = fields.get("department_id")
        if department is None:
            return
        if work.first(of_company(DEPARTMENTS, caller.company).where(DEPARTMENTS.c.id == department)) is None:
            raise InvalidError([Fault("/department_id", "there is no such department")])

    def _blocking(self, user: sa.RowMapping, blocked: bool) -> dict[str, Any]:
        """The values that block a user, or let them in again, also after 30 days without use."""
        now = self._clock()
        if blocked:
            return {"blocked_at": user["blocked_at"] or now}
        return {"blocked_at": None} | ({"used_at": now} if is_unused(user, now) else {})

    def _check_not_oneself(self, caller: Caller, user_id: str) -> None:
        if caller.user == user_id:
            raise ConflictError("You cannot do this to yourself; somebody else has to.")

    def _check_admin_left(self, work: UnitOfWork, user: sa.RowMapping, values: Mapping[str, Any]) -> None:
        """A company without an admin could never have one again."""
        if user["role"] != ADMIN or (values.get("role", ADMIN) == ADMIN and values.get("blocked_at") is None):
            return
        admins = of_company(USERS, user["company_id"]).where(USERS.c.role == ADMIN, USERS.c.blocked_at.is_(None))
        # Whoever does this locks the same rows in the same order, so that two admins cannot block each other.
        left = [row for row in work.all(admins.order_by(USERS.c.id).with_for_update()) if row["id"] != user["id"]]
        if not left:
            raise ConflictError("A company needs an admin; make another one first.")


def _told(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in TOLD}
