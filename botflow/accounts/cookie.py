"""The cookie that holds a session's token."""

from __future__ import annotations

from typing import Final

from flask import Request
from werkzeug.http import dump_cookie

from botflow.accounts.sessions import LONGEST_MS

NAME: Final = "botflow_session"
SECURE_NAME: Final = f"__Host-{NAME}"
"""Browsers take it over https only, and from nobody but this host (RFC 6265bis, 4.1.3.2)."""


class SessionCookie:
    """Reads and writes the cookie; `secure` where the server is reached by https."""

    def __init__(self, secure: bool) -> None:
        self._secure = secure
        self.name = SECURE_NAME if secure else NAME

    def token(self, request: Request) -> str | None:
        """The token that came, or None."""
        return request.cookies.get(self.name) or None

    def header(self, token: str) -> str:
        """Set-Cookie with a token; with none, the cookie goes."""
        return dump_cookie(
            self.name,
            token,
            max_age=LONGEST_MS // 1000 if token else 0,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="Lax",
        )
