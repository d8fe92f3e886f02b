"""The HTTP API as a client sees it: companies, keys with chosen scopes, and a clock to turn."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from botflow.accounts.cookie import NAME
from botflow.accounts.roles import USERS
from botflow.accounts.service import ensure_company
from botflow.app import create_app, parts_of
from botflow.chatbots.catalog import Catalogs
from botflow.config import Settings
from botflow.db import Database
from botflow.notices.service import Subscribers
from botflow.permissions import ADMIN, PERMISSIONS, Caller
from botflow.rest.serve import PREFIX

ORIGIN = "http://localhost"
GOOD_PASSWORD = "Correct-Horse-7"
START = 1_772_359_200_000  # 2026-03-01T10:00:00Z
EVERYTHING = frozenset(PERMISSIONS)


class Api:
    """An app over a migrated database."""

    def __init__(self, database: Database, folder: Path, **settings: Any) -> None:
        self.now = START
        self.database = database
        self.settings = Settings(**({"data": folder, "examples": None} | settings))
        self.app = create_app(self.settings, lambda: self.now, database=database)
        self.parts = parts_of(self.app)
        self.routes = self.parts.routes
        self.password = self.parts.people.passwords.one_time(GOOD_PASSWORD)
        self._persons: dict[tuple[str, str, bool, str], dict[str, str]] = {}
        self._keys: dict[tuple[str, frozenset[str], frozenset[str] | None], str] = {}

    def close(self) -> None:
        self.parts.code.close()

    def clear(self) -> None:
        """Forget everybody and everything."""
        self.now = START
        self._keys.clear()
        self._persons.clear()
        with self.database.transaction() as work:
            work.execute(sa.text("DELETE FROM company"))
            work.execute(sa.text("DELETE FROM sign_in_tries"))
        # a company that is made anew begins with its first revision again, which is none of before
        self.parts.core.chatbots.catalogs = Catalogs()
        self.parts.core.conversations.subscribers = Subscribers()
        for file in self.parts.core.assets.store.folder.rglob("*"):
            if file.is_file():
                file.unlink()

    def client(self) -> FlaskClient:
        """A browser without cookies."""
        return self.app.test_client()

    def program(self) -> FlaskClient:
        """A client that keeps no cookies: it sends the headers that it is given."""
        return self.app.test_client(use_cookies=False)

    def company(self, company: str) -> Caller:
        """Make a company; returns its caller that may do everything."""
        with self.database.transaction() as work:
            ensure_company(work, company, company.title(), self.now)
        return self.caller(company)

    def caller(self, company: str) -> Caller:
        """The caller of a company that may do everything."""
        return Caller(company, name="the tests", permissions=EVERYTHING)

    def key(self, company: str, scopes: frozenset[str] = EVERYTHING, senders: frozenset[str] | None = None) -> str:
        """The text of an API key."""
        wanted = (company, scopes, senders)
        if wanted not in self._keys:
            caller = self.company(company)
            with self.database.transaction() as work:
                chosen = None if senders is None else list(senders)
                self._keys[wanted] = self.parts.people.keys.make(work, caller, "tests", scopes, chosen).text
        return self._keys[wanted]

    def person(self, company: str, role: str = ADMIN, *, system_owner: bool = False, login: str = "") -> dict[str, str]:
        """Headers of a page of somebody who is signed in."""
        wanted = (company, role, system_owner, login)
        if wanted not in self._persons:
            self.company(company)
            caller = replace(self.caller(company), system_owner=True)
            people = self.parts.people
            with self.database.transaction() as work:
                name = login or f"{company}-{role}-{system_owner}".lower()
                user = people.users.make(work, caller, name, name, role, self.password, system_owner=system_owner)
                work.execute(USERS.update().where(USERS.c.id == user).values(must_change=False))
                token = people.sessions.begin(work, company, user, "192.0.2.1", "tests").token
            self._persons[wanted] = {"Cookie": f"{NAME}={token}", "Origin": ORIGIN}
        return self._persons[wanted]

    def call(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, headers: Mapping[str, str] = {}
    ) -> TestResponse:
        """Call a path below the API's prefix with a JSON body."""
        given = dict(headers) | ({"X-API-Key": key} if key is not None else {})
        return self.program().open(PREFIX + path, method=method, json=body, headers=given)
