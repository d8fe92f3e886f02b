"""HTTP that belongs to no domain: the page, errors as RFC 9457 problems, headers, and the names we go by."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import structlog
from flask import Flask, Response, jsonify, request, send_from_directory
from werkzeug.exceptions import HTTPException, NotFound

REQUEST_BYTES: Final = 1024 * 1024
PAGE: Final = Path(__file__).parent / "static" / "app"
ASSETS_SECONDS: Final = 365 * 24 * 3600

NOT_BUILT: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>botflow</title>
<h1>The page is not built yet</h1>
<p>Run <code>.venv/bin/python hatch_build.py</code> in the repository, then load this page again.</p>
</html>
"""

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' https: data: blob:; media-src 'self' https: blob:; style-src 'self'; "
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_log = structlog.get_logger()


def serve_web(app: Flask, allowed_hosts: frozenset[str]) -> None:
    """Give the app its page, its errors, its headers and its host check."""
    app.config["MAX_CONTENT_LENGTH"] = REQUEST_BYTES
    app.register_error_handler(HTTPException, _problem)
    app.register_error_handler(Exception, _fault)
    app.after_request(_with_headers)
    app.add_url_rule("/health", view_func=_health)
    app.add_url_rule("/", view_func=_page, defaults={"path": ""})
    app.add_url_rule("/<path:path>", view_func=_page)
    # The check stands outermost: live connections do not pass through Flask.
    app.wsgi_app = HostCheck(app.wsgi_app, allowed_hosts)  # type: ignore[method-assign]  # Flask's documented way


def _health() -> dict[str, str]:
    """The server answers."""
    return {"status": "ok"}


def _page(path: str) -> Response:
    """A file of the page; any other address is the page's own affair, but not below /api/."""
    if path.startswith(("api/", "socket.io/")):
        raise NotFound
    if not (PAGE / "index.html").is_file():
        return Response(NOT_BUILT, mimetype="text/html")
    if path and (PAGE / path).is_file():
        lasting = ASSETS_SECONDS if path.startswith("assets/") else 0
        return send_from_directory(PAGE, path, max_age=lasting)
    if path.startswith("assets/"):
        raise NotFound
    return send_from_directory(PAGE, "index.html", max_age=0)


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _problem(error: HTTPException) -> Response:
    status = error.code or 500
    return _problem_response(status, error.name, error.description or "")


def _fault(error: Exception) -> Response:
    _log.exception("request failed", path=request.path, exc_info=error)
    return _problem_response(500, "Internal Server Error", "Something went wrong here; the log says what.")


def _problem_response(status: int, title: str, detail: str) -> Response:
    """An error as RFC 9457 has it."""
    response = jsonify({"type": "about:blank", "title": title, "status": status, "detail": detail})
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


class HostCheck:
    """Refuses requests for a name that is not ours, so that no foreign name can be pointed at this server.

    A plain address or `localhost` is always right: such a name cannot be pointed anywhere else.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]], allowed: frozenset[str]) -> None:
        self._app = app
        self._allowed = allowed

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve the request, or answer 421 (RFC 9110, 15.5.20)."""
        name = host_name(environ.get("HTTP_HOST", ""))
        if name in self._allowed or name == "localhost" or _is_address(name):
            return self._app(environ, start_response)
        body = b"This server does not go by that name; BOTFLOW_ALLOWED_HOSTS lists its names.\n"
        start_response(
            "421 Misdirected Request",
            [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))],
        )
        return [body]


def host_name(header: str) -> str:
    """The name in a Host header, without port and brackets, in lower case."""
    name = header.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.rpartition(":")[0] if ":" in name else name


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
