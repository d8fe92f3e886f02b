"""HTTP: signing in and out, and one's own account."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from flask import request

from botflow.accounts.api.views import (
    Credentials,
    Me,
    OwnChanges,
    PasswordChange,
    SessionList,
    SessionView,
)
from botflow.accounts.client_address import client_address
from botflow.accounts.cookie import SessionCookie
from botflow.accounts.people import People
from botflow.accounts.sign_in import Place
from botflow.db import Database
from botflow.errors import NotFoundError, NotSignedInError
from botflow.permissions import OWN_ACCOUNT, PERSON, PUBLIC, Caller
from botflow.rest.routes import Answer, Routes

SITE_DATA: Final = '"cache"'
"""What a browser forgets at signing out (Clear-Site-Data)."""


def session_api(database: Database, people: People, cookie: SessionCookie, proxies: frozenset[str]) -> Routes:
    """Routes under /session and /me."""
    sessions, users = people.sessions, people.users
    routes = Routes("sign-in", "")

    @routes.post("/session", PUBLIC)
    def begin_session(body: Credentials) -> Answer[Me]:
        """Sign in. The answer sets the session's cookie.

        An unknown login and a wrong password are answered alike. After some failed tries the next one has to wait
        (429, Retry-After). `password_needed` says that a new password has to be chosen first, with PUT /me/password.
        """
        place = Place(client_address(request, proxies), request.headers.get("User-Agent", ""))
        started = people.sign_in.sign_in(body.login, body.password.get_secret_value(), place, cookie.token(request))
        caller = sessions.caller(database, started.token)
        if caller is None:
            raise NotSignedInError("Sign in again.")
        return Answer(_me(database, people, caller), headers={"Set-Cookie": cookie.header(started.token)})

    @routes.delete("/session", OWN_ACCOUNT)
    def end_session(caller: Caller) -> Answer[None]:
        """Sign out."""
        with database.transaction() as work:
            sessions.end(work, caller.user or "", caller.session)
        headers = {"Set-Cookie": cookie.header(""), "Clear-Site-Data": SITE_DATA}
        return Answer(None, HTTPStatus.NO_CONTENT, headers)

    @routes.get("/me", OWN_ACCOUNT)
    def show_me(caller: Caller) -> Me:
        """Show who is signed in, and what they may do."""
        return _me(database, people, caller)

    @routes.patch("/me", PERSON)
    def change_me(caller: Caller, body: OwnChanges) -> Me:
        """Change one's name, language or time zone; null takes the company's."""
        with database.transaction() as work:
            users.change_oneself(work, caller, body.changes())
        return _me(database, people, caller)

    @routes.put("/me/password", OWN_ACCOUNT)
    def change_my_password(caller: Caller, body: PasswordChange) -> None:
        """Choose a new password: of at least 8 characters, of three of four groups, and none of the last 7.

        Once in 24 hours, but whoever has to choose one may at any time. One's other sessions end.
        """
        users.change_own_password(database, caller, body.current.get_secret_value(), body.new.get_secret_value())

    @routes.get("/me/sessions", PERSON)
    def list_my_sessions(caller: Caller) -> SessionList:
        """List one's sessions, the latest used first."""
        with database.reading() as work:
            rows = sessions.live_of(work, caller.user or "")
        views = [SessionView.model_validate({**row, "current": row["id"] == caller.session}) for row in rows]
        return SessionList(items=views)

    @routes.delete("/me/sessions/<session_id>", PERSON)
    def end_my_session(caller: Caller, session_id: str) -> None:
        """End one of one's sessions."""
        with database.transaction() as work:
            if not sessions.end(work, caller.user or "", session_id):
                raise NotFoundError("You have no such session.")

    return routes


def _me(database: Database, people: People, caller: Caller) -> Me:
    with database.reading() as work:
        user = people.users.find(work, caller, caller.user or "")
        company = people.companies.find(work, caller)
    return Me(
        id=user["id"],
        login=user["login"],
        name=user["name"],
        company=caller.company,
        role=user["role"],
        language=user["language"] or company["language"],
        time_zone=user["time_zone"] or company["time_zone"],
        own_language=user["language"],
        own_time_zone=user["time_zone"],
        permissions=sorted(caller.permissions),
        system_owner=caller.system_owner,
        password_needed=caller.restricted,
    )
