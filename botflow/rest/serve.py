"""Serving routes: who asks, whether they may, what they sent, and their answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final, TypeAlias

import structlog
from flask import Flask, Request, Response, abort, request
from pydantic import TypeAdapter
from sqlalchemy.exc import IntegrityError

from botflow.errors import ConflictError, NotAllowedError, NotSignedInError, RequestError
from botflow.permissions import PUBLIC, Caller
from botflow.rest.openapi import document
from botflow.rest.problems import request_problem
from botflow.rest.reading import Reader
from botflow.rest.routes import JSON, Answer, Route, Routes

PREFIX: Final = "/api/v1"
DOCUMENT: Final = "/api/openapi.json"
SAFE_METHODS: Final = frozenset({"GET", "HEAD"})
USER_HEADER: Final = "X-Botflow-User"
"""Of a request: whose page it comes from, the id of `GET /me`. Of an answer: whom it is for."""
PASSWORD_NEEDED: Final = "password-needed"

_log = structlog.get_logger()

Authenticate: TypeAlias = Callable[[Request], Caller | None]
"""Who asks: None where no credentials came. Raises NotSignedInError where they are none of ours."""
OriginCheck: TypeAlias = Callable[[Request], None]
"""Whether a page may have sent this, for callers that a cookie makes known. Raises NotAllowedError."""


def serve_api(
    app: Flask, groups: Iterable[Routes], authenticate: Authenticate, check_origin: OriginCheck
) -> list[Route]:
    """Serve the routes below PREFIX, and the OpenAPI document of them all. Returns the routes."""
    routes = [route for group in groups for route in group.routes]
    app.register_error_handler(RequestError, request_problem)
    app.register_error_handler(IntegrityError, _met)
    for route in routes:
        app.add_url_rule(
            PREFIX + route.path,
            endpoint=route.name,
            view_func=_view(route, authenticate, check_origin),
            methods=[route.method],
            provide_automatic_options=False,
        )
    described = document(PREFIX, routes)
    app.add_url_rule(DOCUMENT, endpoint="openapi", view_func=lambda: described)
    return routes


def _met(error: IntegrityError) -> Response:
    """Two made the same at the same moment, or one took away what the other one needed: the database let one."""
    _log.warning("rows that do not go together", problem=type(error.orig).__name__, route=str(request.url_rule))
    if not request.path.startswith(PREFIX):
        abort(503, "It could not be kept just now; send it again.")  # a vendor takes a 4xx for the end of it
    return request_problem(ConflictError("Somebody else changed the same at the same moment; try again."))


def _view(route: Route, authenticate: Authenticate, check_origin: OriginCheck) -> Callable[..., Response]:
    reader = Reader(route)
    answer_type: TypeAdapter[Any] | None = None if route.answer is Response else TypeAdapter(route.answer)
    wants_caller = "caller" in route.handler.__annotations__

    def view(**parts: str) -> Response:
        caller = None
        if request.method not in SAFE_METHODS:
            check_origin(request)
        if route.access is not PUBLIC:
            caller = admitted(route, authenticate(request))
        arguments = reader.read(request, parts)
        if wants_caller:
            arguments["caller"] = caller
        return _to(caller, _answer(route, answer_type, route.handler(**arguments)))

    return view


def _to(caller: Caller | None, answer: Response) -> Response:
    """Says whose the answer is, so that no page shows it to somebody who signed in meanwhile."""
    if caller is not None and caller.user is not None:
        answer.headers[USER_HEADER] = caller.user
    return answer


def admitted(route: Route, caller: Caller | None) -> Caller:
    """The caller, who may use the route. Raises NotSignedInError, NotAllowedError."""
    if caller is None:
        raise NotSignedInError("Sign in, or send an API key in X-API-Key.")
    if not caller.may(route.access):
        if caller.restricted:
            raise NotAllowedError(caller.restricted, PASSWORD_NEEDED)
        raise NotAllowedError(route.access.refusal(caller))
    return caller


def _answer(route: Route, answer_type: TypeAdapter[Any] | None, found: Any) -> Response:
    if isinstance(found, Response):
        return found
    status, headers = route.statuses[0], _NO_HEADERS
    if isinstance(found, Answer):
        status, headers, found = found.status, found.headers, found.content
    if status == HTTPStatus.NO_CONTENT:
        return Response(status=status, headers=dict(headers))
    assert answer_type is not None  # a handler that answers a Response says so
    body = answer_type.dump_json(found)
    answer = Response(body, status, dict(headers), content_type=JSON)
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


_NO_HEADERS: Final[Mapping[str, str]] = {}
