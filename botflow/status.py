"""How a process is, over HTTP, for those who look after it: `/health`, `/ready` and `/metrics`.

Processes that answer requests have these routes beside the others; workers and the scheduler serve them alone.
"""

from __future__ import annotations

import hmac
import ipaddress
import threading
from collections.abc import Sequence
from socketserver import ThreadingMixIn
from typing import Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from flask import Blueprint, Flask, Request, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from botflow.errors import NotAllowedError, NotSignedInError, RequestError, StartError
from botflow.readiness import Check, problems_of
from botflow.rest.problems import http_problem, problem, request_problem
from botflow.scrape import Scrape
from botflow.web import HostCheck, Protection, host_name

REQUEST_SECONDS: Final = 5
BEARER: Final = "Bearer "
FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
"""Headers by which a proxy says that it asks for somebody else."""


def status_api(checks: Sequence[Check], scrape: Scrape, token: str) -> Blueprint:
    """The routes. `token` is what has to be shown for the metrics; empty: they are for this machine only."""
    routes = Blueprint("status", __name__)
    routes.register_error_handler(RequestError, request_problem)

    @routes.get("/health")
    def health() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @routes.get("/ready")
    def ready() -> Response:
        """The process can do its work: give it requests. Answers within two seconds or a little more."""
        problems = problems_of(checks)
        if problems:
            return problem(503, "Service Unavailable", " ".join(problems.values()), failed=list(problems))
        return jsonify(status="ok")

    @routes.get("/metrics")
    def metrics() -> Response:
        """What Prometheus asks for."""
        check_right(request, token)
        text, media_type = scrape.text(request.headers.get("Accept", ""))
        return Response(text, content_type=media_type)

    return routes


def check_right(asked: Request, token: str) -> None:
    """Raises NotSignedInError or NotAllowedError unless the metrics are for the one who asks."""
    if token:
        shown = asked.headers.get("Authorization", "").removeprefix(BEARER)
        if not hmac.compare_digest(shown.encode(), token.encode()):
            raise NotSignedInError("The metrics want the token of BOTFLOW_METRICS_TOKEN as bearer.")
    elif not _is_of_this_machine(asked):
        raise NotAllowedError("The metrics are for this machine alone; with BOTFLOW_METRICS_TOKEN they are for others.")


def _is_of_this_machine(asked: Request) -> bool:
    """Whether it comes from here, to a name of here, and not through a proxy on behalf of somebody else."""
    through = any(name in asked.headers for name in FORWARDED)
    return not through and is_loopback(asked.remote_addr or "") and is_loopback(host_name(asked.host))


def is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    timeout = REQUEST_SECONDS

    def log_message(self, format: str, *args: object) -> None:
        """Who asks how a process is, is not worth a line."""

    def address_string(self) -> str:
        """The address as it is: its name would have to be asked for."""
        return str(self.client_address[0])


def serve_status(host: str, port: int, routes: Blueprint) -> int:
    """Serve the routes in a thread, as long as the process lives. Returns the port. Raises StartError."""
    app = Flask("botflow-status", static_folder=None)
    app.register_error_handler(HTTPException, http_problem)
    app.register_blueprint(routes)
    guarded = Protection(HostCheck(app.wsgi_app, frozenset({host.lower()})))
    try:
        server = make_server(host, port, guarded, _Server, _Handler)
    except OSError as error:
        raise StartError(
            f"Cannot serve the metrics on {host}:{port}: {error.strerror}. Choose another BOTFLOW_METRICS_PORT."
        ) from None
    threading.Thread(target=server.serve_forever, name="status", daemon=True).start()
    return int(server.server_port)
