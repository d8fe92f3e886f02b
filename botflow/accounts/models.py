"""Tables: companies, and who may act for them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from botflow.db import JsonColumn


class Company(SQLModel, table=True):
    """Everything belongs to one (AC-4).

    `catalog_revision` grows with every change of what its conversations run over: chatbots, senders, their words.
    `history_days`: how long what was said is kept (erasure.retention); None: for ever.
    """

    __tablename__ = "company"

    id: str = Field(primary_key=True)
    name: str
    time_zone: str = "UTC"
    language: str = "en"
    catalog_revision: int = 0
    created_at: int = Field(sa_type=BigInteger)
    history_days: int | None = None


class Department(SQLModel, table=True):
    """A part of a company that users are in (AC-1)."""

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("company_id", "name"),)

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    name: str
    created_at: int = Field(sa_type=BigInteger)


class Role(SQLModel, table=True):
    """A role that a company made (AC-1); the system roles stand in botflow.permissions."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("company_id", "name"),)

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    name: str
    permissions: list[str] = Field(sa_type=JsonColumn)
    created_at: int = Field(sa_type=BigInteger)
    updated_at: int = Field(sa_type=BigInteger)


class User(SQLModel, table=True):
    """A person who signs in. `user` is a word of SQL, so the table has another name.

    `login` is in lower case and the same for the whole system. `role` is the id of a system role or of one of the
    company's. `must_change` says that the password was given by somebody else (AC-2). `blocked_at` is set by hand;
    30 days without use block as well, and are counted from `used_at`.
    """

    __tablename__ = "user_account"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    login: str = Field(unique=True)
    name: str
    role: str
    department_id: str | None = Field(default=None, foreign_key="department.id", ondelete="SET NULL")
    language: str | None = None
    time_zone: str | None = None
    system_owner: bool = False
    password: str
    must_change: bool = True
    password_at: int = Field(sa_type=BigInteger)
    own_change_at: int | None = Field(default=None, sa_type=BigInteger)
    blocked_at: int | None = Field(default=None, sa_type=BigInteger)
    used_at: int = Field(sa_type=BigInteger)
    last_address: str | None = None
    created_at: int = Field(sa_type=BigInteger)
    updated_at: int = Field(sa_type=BigInteger)


class FormerPassword(SQLModel, table=True):
    """A password that a user had, as its hash (AC-2)."""

    __tablename__ = "former_password"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    user_id: str = Field(foreign_key="user_account.id", index=True, ondelete="CASCADE")
    password: str
    created_at: int = Field(sa_type=BigInteger)


class Session(SQLModel, table=True):
    """A sign-in that lasts; `token` is the SHA-256 of what the cookie holds."""

    __tablename__ = "session"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    user_id: str = Field(foreign_key="user_account.id", index=True, ondelete="CASCADE")
    token: str = Field(unique=True)
    address: str
    browser: str = Field(sa_type=Text)
    created_at: int = Field(sa_type=BigInteger)
    used_at: int = Field(sa_type=BigInteger)


class SignInTries(SQLModel, table=True):
    """Tries to sign in that failed, of a login or of an address: `subject` is a digest of either.

    Nobody's: whether the login exists is not asked.
    """

    __tablename__ = "sign_in_tries"

    subject: str = Field(primary_key=True)
    failures: int
    last_at: int = Field(sa_type=BigInteger, index=True)


class ApiKey(SQLModel, table=True):
    """A key that programs call the API with (AP-1). `prefix` finds it, `digest` is the SHA-256 of the whole.

    `scopes` are names of permissions; `senders` the only ones it may use, null: all.
    """

    __tablename__ = "api_key"

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", index=True, ondelete="CASCADE")
    name: str
    prefix: str = Field(unique=True)
    digest: str
    scopes: list[str] = Field(sa_type=JsonColumn)
    senders: list[str] | None = Field(default=None, sa_type=JsonColumn)
    created_by: str | None = None
    expires_at: int | None = Field(default=None, sa_type=BigInteger)
    used_at: int | None = Field(default=None, sa_type=BigInteger)
    created_at: int = Field(sa_type=BigInteger)
