"""Who asks: an API key in a header, or the session in a cookie."""

from __future__ import annotations

from typing import Final

from flask import Request

from botflow.accounts.cookie import SessionCookie
from botflow.accounts.keys import ApiKeys
from botflow.accounts.sessions import Sessions
from botflow.db import Database
from botflow.errors import NotAllowedError, NotSignedInError
from botflow.permissions import Caller
from botflow.rest.serve import USER_HEADER
from botflow.web import is_our_page

BEARER: Final = "bearer "
OWN_SITES: Final = frozenset({"same-origin", "none"})
"""Sec-Fetch-Site of what comes from a page of ours, or from no page."""


class Authentication:
    """Finds out who sent a request."""

    def __init__(self, database: Database, keys: ApiKeys, sessions: Sessions, cookie: SessionCookie) -> None:
        self._database = database
        self._keys = keys
        self._sessions = sessions
        self._cookie = cookie

    def __call__(self, request: Request) -> Caller | None:
        """Who asks, or None where no credentials came. Raises NotSignedInError where they are none of ours."""
        text = key_of(request)
        if text is None:
            token = self._cookie.token(request)
            return None if token is None else meant(request, self._sessions.caller(self._database, token))
        caller = self._keys.caller(self._database, text)
        if caller is None:
            raise NotSignedInError("There is no such API key, or it has expired.")
        return caller


def meant(request: Request, caller: Caller | None) -> Caller | None:
    """The caller, unless a page says that it belongs to somebody else. Raises NotSignedInError.

    A browser has one cookie: what a page still has to send for one person must not be done by who signed in after them.
    """
    user = request.headers.get(USER_HEADER)
    if caller is not None and user not in (None, caller.user):
        raise NotSignedInError("Somebody else is signed in with this browser now.")
    return caller


def key_of(request: Request) -> str | None:
    """The API key that came with a request: in X-API-Key, or as bearer (AP-1)."""
    if (text := request.headers.get("X-API-Key")) is not None:
        return text.strip()
    authorization = request.headers.get("Authorization", "")
    return authorization[len(BEARER) :].strip() if authorization.lower().startswith(BEARER) else None


def check_origin(request: Request) -> None:
    """Refuse what a page of another site lets a browser send (CSRF). Raises NotAllowedError.

    A browser says where a request comes from, in Sec-Fetch-Site and Origin; with a cookie one of them has to be there.
    An API key is nothing that a browser sends by itself, so with one nothing is asked.
    """
    if key_of(request) is not None:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    foreign = site not in OWN_SITES if site is not None else not is_our_page(origin, request.environ)
    if foreign and (site or origin or request.cookies):
        raise NotAllowedError("A page of another site may not send this. A program that uses a cookie sends Origin.")
