"""HTTP: users."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pydantic import Field, SecretStr

from botflow.accounts.api.views import MadeUser, NewUser, OneTimePasswordChoice, UserChanges, UserView
from botflow.accounts.people import People
from botflow.accounts.users import USERS
from botflow.db import Database, containing, of_company
from botflow.permissions import USERS_EDIT, USERS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Page

SORTS: Final = Sorts(
    USERS.c.id,
    {"login": USERS.c.login, "name": USERS.c.name, "created_at": USERS.c.created_at, "used_at": USERS.c.used_at},
    "login",
)


class UserQuery(PageQuery):
    """Filters of the list of users."""

    role: str | None = None
    department_id: str | None = None
    blocked: bool | None = Field(default=None, description="Blocked by somebody, or not.")
    search: str | None = Field(default=None, max_length=100, description="A part of the login or the name.")


def users_api(database: Database, people: People) -> Routes:
    """Routes under /users."""
    users, passwords = people.users, people.passwords
    routes = Routes("users", "/users")

    @routes.get("", USERS_VIEW)
    def list_users(caller: Caller, query: UserQuery) -> Page[UserView]:
        """List the company's users."""
        wanted = of_company(USERS, caller.company)
        if query.role is not None:
            wanted = wanted.where(USERS.c.role == query.role)
        if query.department_id is not None:
            wanted = wanted.where(USERS.c.department_id == query.department_id)
        if query.blocked is not None:
            wanted = wanted.where(USERS.c.blocked_at.is_not(None) if query.blocked else USERS.c.blocked_at.is_(None))
        if query.search is not None:
            wanted = wanted.where(containing(query.search, USERS.c.login, USERS.c.name))
        with database.reading() as work:
            rows, following = SORTS.page(work, wanted, query)
        return Page(items=[UserView.model_validate(row) for row in rows], next=following)

    @routes.post("", USERS_EDIT, statuses=[HTTPStatus.CREATED])
    def create_user(caller: Caller, body: NewUser) -> Answer[MadeUser]:
        """Make a user, with a one-time password. Nobody gives a role that may do more than they may."""
        password = passwords.one_time(_text(body.password))
        fields = body.model_dump(include={"department_id", "language", "time_zone"})
        with database.transaction() as work:
            user_id = users.make(work, caller, body.login, body.name, body.role, password, **fields)
            row = users.find(work, caller, user_id)
        made = MadeUser.model_validate({**row, "one_time_password": password.text})
        return Answer(made, HTTPStatus.CREATED)

    @routes.get("/<user_id>", USERS_VIEW)
    def show_user(caller: Caller, user_id: str) -> UserView:
        """Show a user."""
        with database.reading() as work:
            return UserView.model_validate(users.find(work, caller, user_id))

    @routes.patch("/<user_id>", USERS_EDIT)
    def change_user(caller: Caller, user_id: str, body: UserChanges) -> UserView:
        """Change a user, block them or let them in again. With another role, or blocked, they are signed out."""
        with database.transaction() as work:
            return UserView.model_validate(users.change(work, caller, user_id, body.changes()))

    @routes.delete("/<user_id>", USERS_EDIT)
    def delete_user(caller: Caller, user_id: str) -> None:
        """Delete a user. API keys that they made stay: they are the company's."""
        with database.transaction() as work:
            users.delete(work, caller, user_id)

    @routes.post("/<user_id>/one-time-password", USERS_EDIT)
    def reset_password(caller: Caller, user_id: str, body: OneTimePasswordChoice) -> MadeUser:
        """Give a user a one-time password; they are signed out everywhere."""
        password = passwords.one_time(_text(body.password))
        with database.transaction() as work:
            users.reset_password(work, caller, user_id, password)
            row = users.find(work, caller, user_id)
        return MadeUser.model_validate({**row, "one_time_password": password.text})

    return routes


def _text(password: SecretStr | None) -> str | None:
    return None if password is None else password.get_secret_value()
