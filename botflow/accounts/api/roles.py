"""HTTP: roles, departments and permissions."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pydantic import Field

from botflow.accounts.roles import DEPARTMENTS, RoleFacts, Roles, find_role, roles_of
from botflow.db import Database, of_company
from botflow.errors import NotFoundError
from botflow.permissions import PERMISSIONS, ROLES_EDIT, SIGNED_IN, USERS_EDIT, USERS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Moment, Name, Page, View

SORTS: Final = Sorts(DEPARTMENTS.c.id, {"name": DEPARTMENTS.c.name, "created_at": DEPARTMENTS.c.created_at}, "name")


class PermissionView(View):
    """Something that can be allowed."""

    name: str
    sentence: str = Field(description='Completes "who has it may".')


class PermissionList(View):
    """All of them."""

    items: list[PermissionView]


class RoleFields(Body):
    """A role of the company."""

    name: Name
    permissions: list[str]


class RoleView(View):
    """A role."""

    id: str
    name: str
    permissions: list[str]
    system: bool = Field(description="The same in every company, and never changed.")


class RoleList(View):
    """Every role that users can have."""

    items: list[RoleView]


class DepartmentFields(Body):
    """A department."""

    name: Name


class DepartmentView(View):
    """A department."""

    id: str
    name: str
    created_at: Moment


def roles_api(database: Database, roles: Roles) -> Routes:
    """Routes under /roles and /permissions."""
    routes = Routes("roles", "")

    @routes.get("/permissions", SIGNED_IN)
    def list_permissions() -> PermissionList:
        """List everything that can be allowed, by roles and by the scopes of API keys."""
        return PermissionList(items=[PermissionView.model_validate(one) for one in PERMISSIONS.values()])

    @routes.get("/roles", USERS_VIEW)
    def list_roles(caller: Caller) -> RoleList:
        """List the system's roles and the company's own."""
        with database.reading() as work:
            return RoleList(items=[_view(role) for role in roles_of(work, caller.company)])

    @routes.post("/roles", ROLES_EDIT, statuses=[HTTPStatus.CREATED])
    def create_role(caller: Caller, body: RoleFields) -> Answer[RoleView]:
        """Make a role. Nobody grants what they do not have."""
        with database.transaction() as work:
            made = roles.make(work, caller, body.name, body.permissions)
        return Answer(_view(made), HTTPStatus.CREATED)

    @routes.get("/roles/<role_id>", USERS_VIEW)
    def show_role(caller: Caller, role_id: str) -> RoleView:
        """Show a role."""
        with database.reading() as work:
            found = find_role(work, caller.company, role_id)
        if found is None:
            raise NotFoundError("There is no such role.")
        return _view(found)

    @routes.put("/roles/<role_id>", ROLES_EDIT)
    def change_role(caller: Caller, role_id: str, body: RoleFields) -> RoleView:
        """Change a role of the company; it holds for its users at once."""
        with database.transaction() as work:
            return _view(roles.change(work, caller, role_id, body.name, body.permissions))

    @routes.delete("/roles/<role_id>", ROLES_EDIT)
    def delete_role(caller: Caller, role_id: str) -> None:
        """Delete a role that nobody has."""
        with database.transaction() as work:
            roles.delete(work, caller, role_id)

    return routes


def departments_api(database: Database, roles: Roles) -> Routes:
    """Routes under /departments."""
    routes = Routes("departments", "/departments")

    @routes.get("", USERS_VIEW)
    def list_departments(caller: Caller, query: PageQuery) -> Page[DepartmentView]:
        """List the company's departments."""
        with database.reading() as work:
            rows, following = SORTS.page(work, of_company(DEPARTMENTS, caller.company), query)
        return Page(items=[DepartmentView.model_validate(row) for row in rows], next=following)

    @routes.post("", USERS_EDIT, statuses=[HTTPStatus.CREATED])
    def create_department(caller: Caller, body: DepartmentFields) -> Answer[DepartmentView]:
        """Make a department."""
        with database.transaction() as work:
            made = DepartmentView.model_validate(roles.make_department(work, caller, body.name))
        return Answer(made, HTTPStatus.CREATED)

    @routes.put("/<department_id>", USERS_EDIT)
    def rename_department(caller: Caller, department_id: str, body: DepartmentFields) -> DepartmentView:
        """Give a department another name."""
        with database.transaction() as work:
            return DepartmentView.model_validate(roles.rename_department(work, caller, department_id, body.name))

    @routes.delete("/<department_id>", USERS_EDIT)
    def delete_department(caller: Caller, department_id: str) -> None:
        """Delete a department; those who were in it are in none."""
        with database.transaction() as work:
            roles.delete_department(work, caller, department_id)

    return routes


def _view(role: RoleFacts) -> RoleView:
    return RoleView(id=role.id, name=role.name, permissions=sorted(role.permissions), system=role.system)
