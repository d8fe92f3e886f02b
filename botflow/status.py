"""How a process is, over HTTP: `/health` (it answers) and `/ready` (what it needs answers too). Both are public."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, jsonify

from botflow.readiness import Check, problems_of
from botflow.rest.problems import problem


def status_api(checks: Sequence[Check]) -> Blueprint:
    """Routes beside the API, for those who look after the server."""
    routes = Blueprint("status", __name__)

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

    return routes
