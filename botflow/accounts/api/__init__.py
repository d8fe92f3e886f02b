"""HTTP: companies, users, roles, departments, sign-in and API keys."""

from __future__ import annotations

from botflow.accounts.api.companies import companies_api
from botflow.accounts.api.keys import keys_api
from botflow.accounts.api.roles import departments_api, roles_api
from botflow.accounts.api.session import session_api
from botflow.accounts.api.users import users_api
from botflow.accounts.cookie import SessionCookie
from botflow.accounts.people import People
from botflow.db import Database
from botflow.rest.routes import Routes


def accounts_api(database: Database, people: People, cookie: SessionCookie, proxies: frozenset[str]) -> list[Routes]:
    """Every group of routes of this domain. `proxies`: addresses whose X-Forwarded-For is believed."""
    return [
        session_api(database, people, cookie, proxies),
        companies_api(database, people),
        users_api(database, people),
        roles_api(database, people.roles),
        departments_api(database, people.roles),
        keys_api(database, people.keys),
    ]
