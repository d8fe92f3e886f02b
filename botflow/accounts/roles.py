"""Roles and departments (AC-1)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from botflow.accounts.grants import check_grant, check_known
from botflow.accounts.models import Department, Role, User
from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.db import UnitOfWork, of_company, table_of
from botflow.errors import ConflictError, NotAllowedError, NotFoundError
from botflow.permissions import PERMISSIONS, SYSTEM_ROLES, Caller

ROLES: Final = table_of(Role)
DEPARTMENTS: Final = table_of(Department)
USERS: Final = table_of(User)


@dataclass(frozen=True)
class RoleFacts:
    """A role, of the system or of a company."""

    id: str
    name: str
    permissions: frozenset[str]
    system: bool


def find_role(work: UnitOfWork, company: str, role_id: str) -> RoleFacts | None:
    """A role that users of the company can have, or None."""
    if role_id in SYSTEM_ROLES:
        role = SYSTEM_ROLES[role_id]
        return RoleFacts(role.id, role.name, role.permissions, system=True)
    row = work.first(of_company(ROLES, company).where(ROLES.c.id == role_id))
    return None if row is None else _facts(row)


def roles_of(work: UnitOfWork, company: str) -> list[RoleFacts]:
    """Every role that users of the company can have: the system's, then its own by name."""
    system = [RoleFacts(role.id, role.name, role.permissions, system=True) for role in SYSTEM_ROLES.values()]
    return system + [_facts(row) for row in work.all(of_company(ROLES, company).order_by(ROLES.c.name))]


def _facts(row: sa.RowMapping) -> RoleFacts:
    # A permission that a later version knows no more is granted to nobody.
    known = frozenset(name for name in row["permissions"] if name in PERMISSIONS)
    return RoleFacts(row["id"], row["name"], known, system=False)


class Roles:
    """Changes the roles and departments of companies."""

    def __init__(self, clock: Clock, ids: Callable[[], str], audit: Audit) -> None:
        self._clock = clock
        self._ids = ids
        self._audit = audit

    def make(self, work: UnitOfWork, caller: Caller, name: str, permissions: Collection[str]) -> RoleFacts:
        """A new role. Raises NotAllowedError, ConflictError, InvalidError."""
        check_known(permissions, "/permissions")
        check_grant(caller, permissions)
        _check_name(work, ROLES, caller.company, name)
        now = self._clock()
        row = Role(
            id=self._ids(),
            company_id=caller.company,
            name=name,
            permissions=sorted(set(permissions)),
            created_at=now,
            updated_at=now,
        )
        work.execute(ROLES.insert().values(row.model_dump()))
        self._audit.note(work, caller, "role.created", row.id, None, _told(name, row.permissions))
        return RoleFacts(row.id, name, frozenset(permissions), system=False)

    def change(
        self, work: UnitOfWork, caller: Caller, role_id: str, name: str, permissions: Collection[str]
    ) -> RoleFacts:
        """Give a role another name and other permissions. Raises as `make` does, and NotFoundError."""
        before = self._own(work, caller, role_id)
        check_known(permissions, "/permissions")
        check_grant(caller, {*before.permissions, *permissions})
        if name != before.name:
            _check_name(work, ROLES, caller.company, name)
        values = {"name": name, "permissions": sorted(set(permissions)), "updated_at": self._clock()}
        work.execute(ROLES.update().where(ROLES.c.id == role_id).values(values))
        self._audit.note(
            work, caller, "role.updated", role_id, _told(before.name, before.permissions), _told(name, permissions)
        )
        return RoleFacts(role_id, name, frozenset(permissions), system=False)

    def delete(self, work: UnitOfWork, caller: Caller, role_id: str) -> None:
        """Delete a role that nobody has. Raises NotFoundError, NotAllowedError, ConflictError."""
        before = self._own(work, caller, role_id)
        check_grant(caller, before.permissions)
        if work.first(of_company(USERS, caller.company).where(USERS.c.role == role_id).limit(1)) is not None:
            raise ConflictError("Some users have this role; give them another one first.")
        work.execute(ROLES.delete().where(ROLES.c.id == role_id))
        self._audit.note(work, caller, "role.deleted", role_id, _told(before.name, before.permissions), None)

    def make_department(self, work: UnitOfWork, caller: Caller, name: str) -> sa.RowMapping:
        """A new department. Raises ConflictError."""
        _check_name(work, DEPARTMENTS, caller.company, name)
        row = Department(id=self._ids(), company_id=caller.company, name=name, created_at=self._clock())
        work.execute(DEPARTMENTS.insert().values(row.model_dump()))
        self._audit.note(work, caller, "department.created", row.id, None, {"name": name})
        return self.department(work, caller, row.id)

    def department(self, work: UnitOfWork, caller: Caller, department_id: str) -> sa.RowMapping:
        """A department. Raises NotFoundError."""
        row = work.first(of_company(DEPARTMENTS, caller.company).where(DEPARTMENTS.c.id == department_id))
        if row is None:
            raise NotFoundError("There is no such department.")
        return row

    def rename_department(self, work: UnitOfWork, caller: Caller, department_id: str, name: str) -> sa.RowMapping:
        """Give a department another name. Raises NotFoundError, ConflictError."""
        before = self.department(work, caller, department_id)
        if name != before["name"]:
            _check_name(work, DEPARTMENTS, caller.company, name)
            work.execute(DEPARTMENTS.update().where(DEPARTMENTS.c.id == department_id).values(name=name))
            self._audit.note(
                work, caller, "department.updated", department_id, {"name": before["name"]}, {"name": name}
            )
        return self.department(work, caller, department_id)

    def delete_department(self, work: UnitOfWork, caller: Caller, department_id: str) -> None:
        """Delete a department; those who were in it are in none. Raises NotFoundError."""
        before = self.department(work, caller, department_id)
        work.execute(DEPARTMENTS.delete().where(DEPARTMENTS.c.id == department_id))
        self._audit.note(work, caller, "department.deleted", department_id, {"name": before["name"]}, None)

    def _own(self, work: UnitOfWork, caller: Caller, role_id: str) -> RoleFacts:
        found = find_role(work, caller.company, role_id)
        if found is None:
            raise NotFoundError("There is no such role.")
        if found.system:
            raise NotAllowedError("The system's roles are the same for everybody; make one of your own.")
        return found


def _check_name(work: UnitOfWork, table: sa.Table, company: str, name: str) -> None:
    if work.first(of_company(table, company).where(table.c.name == name)) is not None:
        raise ConflictError(f"There is one with the name {name!r} already.")


def _told(name: str, permissions: Collection[str]) -> dict[str, Any]:
    return {"name": name, "permissions": sorted(set(permissions))}


def known_departments(work: UnitOfWork, company_id: str, names: Iterable[str]) -> set[str]:
    """Those of the names that are a department's, or its id: scenarios hand over to either."""
    wanted = list(names)
    if not wanted:
        return set()
    here = of_company(DEPARTMENTS, company_id)
    rows = work.all(here.where(sa.or_(DEPARTMENTS.c.name.in_(wanted), DEPARTMENTS.c.id.in_(wanted))))
    return {value for row in rows for value in (row["name"], row["id"])}
