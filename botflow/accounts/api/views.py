"""HTTP types of users, as they and others see them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from botflow.accounts.passwords import LONGEST
from botflow.rest.types import NAME_LENGTH, Body, Id, Moment, Name, TimeZone, View


def _is_login(text: str) -> str:
    if not text.isprintable() or " " in text:
        raise ValueError("a login has no blanks; an e-mail address is a good one")
    return text


Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
Login = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LENGTH), AfterValidator(_is_login)
]
Password = Annotated[SecretStr, Field(max_length=4 * LONGEST)]


class NewUser(Body):
    """A user to be made."""

    login: Login
    name: Name
    role: Id = Field(description="Id of a role.")
    department_id: Id | None = None
    language: Language | None = Field(default=None, description="Null: the company's.")
    time_zone: TimeZone | None = Field(default=None, description="Null: the company's.")
    password: Password | None = Field(default=None, description="A one-time password; null: one is made.")


_MAY_BE_NULL = frozenset({"department_id", "language", "time_zone"})


class OwnChanges(Body):
    """What one may change of oneself; what is left out stays."""

    name: Name | None = None
    language: Language | None = Field(default=None, description="Null: the company's.")
    time_zone: TimeZone | None = Field(default=None, description="Null: the company's.")

    def changes(self) -> dict[str, Any]:
        """The fields that were sent. Those that cannot be null stay as they are where null was sent."""
        sent = self.model_dump(exclude_unset=True)
        return {name: value for name, value in sent.items() if value is not None or name in _MAY_BE_NULL}


class UserChanges(OwnChanges):
    """What is to be changed of a user; what is left out stays."""

    role: Id | None = None
    department_id: Id | None = None
    blocked: bool | None = None


class UserView(View):
    """A user."""

    id: str
    login: str
    name: str
    role: str
    department_id: str | None
    language: str | None
    time_zone: str | None
    system_owner: bool
    blocked_at: Moment | None
    used_at: Moment = Field(description="When they last used the server, or were made.")
    created_at: Moment


class MadeUser(UserView):
    """A user who got a one-time password."""

    one_time_password: str = Field(description="Shown this once; to be changed at the first sign-in.")


class Credentials(Body):
    """What somebody signs in with."""

    login: Annotated[str, Field(max_length=NAME_LENGTH)]
    password: Password


class PasswordChange(Body):
    """A password of one's own."""

    current: Password
    new: Password


class OneTimePasswordChoice(Body):
    """A one-time password."""

    password: Password | None = Field(default=None, description="Null: one is made.")


class Me(View):
    """Who is signed in, and what they may do."""

    id: str
    login: str
    name: str
    company: str
    role: str
    language: str = Field(description="Their own, or the company's.")
    time_zone: str = Field(description="Their own, or the company's.")
    own_language: str | None = Field(description="What they chose; null: nothing.")
    own_time_zone: str | None = Field(description="What they chose; null: nothing.")
    permissions: list[str]
    system_owner: bool
    password_needed: str = Field(description="Why they have to choose a new password before anything else; or empty.")


class SessionView(View):
    """A session of one's own."""

    id: str
    address: str
    browser: str
    created_at: Moment
    used_at: Moment
    current: bool


class SessionList(View):
    """Every session of one's own that is not over."""

    items: list[SessionView]
