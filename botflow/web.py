"""HTTP that belongs to no domain: the page, errors as RFC 9457 problems, headers, and the names we go by."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from mimetypes import guess_type
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Final, TypeAlias

import structlog
from flask import Flask, Request, Response, request, send_from_directory
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.security import safe_join

from botflow.rest.problems import http_problem, problem

WSGI: TypeAlias = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

REQUEST_BYTES: Final = 1024 * 1024
PAGE: Final = Path(__file__).parent / "static" / "app"
NONCE_BYTES: Final = 16
ASSETS_SECONDS: Final = 365 * 24 * 3600
CODINGS: Final = {"br": ".br", "gzip": ".gz"}
"""Content codings, the shortest first, and how the copies are called that the build makes (builder_ui/compress.ts)."""

NOT_BUILT: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>botflow</title>
<h1>The page is not built yet</h1>
<p>Run <code>.venv/bin/python hatch_build.py</code> in the repository, then load this page again.</p>
</html>
"""

POLICY: Final = (
    "default-src 'self'; img-src 'self' https: data: blob:; media-src 'self' https: blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
)
LEAVE: Final = "botflow.leave"
"""Where the environment of a request holds the Leave of its answer."""
NONCE_MARK: Final = b"botflow-nonce"
"""What stands in the built page for the nonce of a load (builder_ui/vite.config.ts)."""

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_log = structlog.get_logger()


@dataclass
class Leave:
    """What the policy of one answer lets pages do: these origins frame it, and styles be made that know the nonce."""

    framed_by: list[str] = field(default_factory=list)
    nonce: str = ""


def serve_web(app: Flask, allowed_hosts: frozenset[str]) -> None:
    """Give the app its page, its errors, its headers and its host check."""
    app.config["MAX_CONTENT_LENGTH"] = REQUEST_BYTES
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(Exception, _fault)
    app.add_url_rule("/", view_func=_page, defaults={"path": ""})
    app.add_url_rule("/<path:path>", view_func=_page)
    # Checks and headers stand outermost: live connections do not pass through Flask.
    app.wsgi_app = Protection(HostCheck(app.wsgi_app, allowed_hosts))  # type: ignore[method-assign]  # Flask's documented way


def _page(path: str) -> Response:
    """A file of the page; any other address is the page's own affair, but not below /api/."""
    if path.startswith(("api/", "socket.io/")) or safe_join(str(PAGE), path) is None:
        raise NotFound  # the latter leads out of the page: nobody is to learn which files are there
    if path and not path.endswith(tuple(CODINGS.values())) and _is_file(PAGE / path):
        return _file(path)
    if path.startswith("assets/"):
        raise NotFound
    return page()


def _file(path: str) -> Response:
    """A file of the page, in the best coding that there is of it and that the browser takes (RFC 9110, 12.5.3)."""
    lasting = ASSETS_SECONDS if path.startswith("assets/") else 0
    coded = [coding for coding, ending in CODINGS.items() if _is_file(PAGE / (path + ending))]
    coding = request.accept_encodings.best_match(coded)
    answer = send_from_directory(
        PAGE, path + CODINGS[coding] if coding else path, mimetype=guess_type(path)[0], max_age=lasting
    )
    if coding:
        answer.content_encoding = coding
    if coded:
        answer.vary.add("Accept-Encoding")
    return answer


def page(framed_by: Sequence[str] = ()) -> Response:
    """The page itself, to be shown in frames by pages of these origins only (MS-11)."""
    leave: Leave = request.environ[LEAVE]
    leave.framed_by.extend(framed_by)
    if not (PAGE / "index.html").is_file():
        return Response(NOT_BUILT, mimetype="text/html")
    leave.nonce = token_urlsafe(NONCE_BYTES)
    text = (PAGE / "index.html").read_bytes().replace(NONCE_MARK, leave.nonce.encode())
    return Response(text, mimetype="text/html", headers={"Cache-Control": "no-store"})


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no file has such a long name
        return False


def _fault(error: Exception) -> Response:
    _log.exception("request failed", route=route_of(request), exc_info=error)
    return problem(500, "Internal Server Error", "Something went wrong here; the log says what.")


def route_of(asked: Request) -> str:
    """What was asked for, without what the address names: keys of webhooks, links of media, ids."""
    return asked.url_rule.rule if asked.url_rule is not None else "none"


def is_our_page(origin: str | None, environ: Mapping[str, Any]) -> bool:
    """Whether a page of this origin comes from the host that is asked, by http or https.

    Nothing else is believed: X-Forwarded-Host and -Proto may be anybody's.
    """
    host = environ.get("HTTP_HOST", "")
    return origin in (f"http://{host}", f"https://{host}")


def protective_headers(leave: Leave) -> list[tuple[str, str]]:
    """The headers of an answer with this leave.

    X-Frame-Options cannot name origins, so it is there where nobody may frame it.
    """
    styles = f"style-src 'self' 'nonce-{leave.nonce}'" if leave.nonce else "style-src 'self'"
    framed_by = " ".join(leave.framed_by) or "'none'"
    policy = ("Content-Security-Policy", f"{POLICY}; {styles}; frame-ancestors {framed_by}")
    unframed = [] if leave.framed_by else [("X-Frame-Options", "DENY")]
    return [policy, *unframed, *HEADERS.items()]


class Protection:
    """Gives every answer the protective headers, whoever answers."""

    def __init__(self, app: WSGI) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve the request."""
        leave = environ[LEAVE] = Leave()

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, *protective_headers(leave)], *rest)

        return self._app(environ, start)


class HostCheck:
    """Refuses requests for a name that is not ours, so that no foreign name can be pointed at this server.

    A plain address or `localhost` is always right: such a name cannot be pointed anywhere else.
    """

    def __init__(self, app: WSGI, allowed: frozenset[str]) -> None:
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
