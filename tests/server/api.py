"""The HTTP API as a client sees it: companies, keys with chosen scopes, and a clock to turn."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from botflow.accounts.service import ensure_company
from botflow.app import create_app, parts_of
from botflow.config import Settings
from botflow.db import Database
from botflow.permissions import PERMISSIONS, Caller
from botflow.rest.serve import PREFIX

START = 1_772_359_200_000  # 2026-03-01T10:00:00Z
EVERYTHING = frozenset(PERMISSIONS)


class Api:
    """An app over a migrated database."""

    def __init__(self, database: Database, folder: Path, **settings: Any) -> None:
        self.now = START
        self.database = database
        self.settings = Settings(data=folder, examples=None, **settings)
        self.app = create_app(self.settings, lambda: self.now, database=database)
        self.parts = parts_of(self.app)
        self.routes = self.parts.routes
        self._keys: dict[tuple[str, frozenset[str], frozenset[str] | None], str] = {}

    def close(self) -> None:
        self.parts.code.close()

    def client(self) -> FlaskClient:
        """A browser without cookies."""
        return self.app.test_client()

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
                self._keys[wanted] = self.parts.keys.make(work, caller, "tests", scopes, chosen).text
        return self._keys[wanted]

    def call(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, headers: Mapping[str, str] = {}
    ) -> TestResponse:
        """Call a path below the API's prefix with a JSON body."""
        given = dict(headers) | ({"X-API-Key": key} if key is not None else {})
        return self.client().open(PREFIX + path, method=method, json=body, headers=given)
