"""Errors as RFC 9457 has them, whoever raised them."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from flask import Response, json
from pydantic import BaseModel, Field
from werkzeug.exceptions import HTTPException

from botflow.errors import Fault, InvalidError, NotAllowedError, NotSignedInError, RequestError, TooManyError

MEDIA_TYPE: Final = "application/problem+json"
NO_TYPE: Final = "about:blank"
KINDS: Final = "/problems/"
"""Problems that a page reacts to have a type of their own below this."""
CHALLENGE: Final = 'Bearer realm="botflow"'
MOST_FAULTS: Final = 100
"""Values that cannot be used, of those that an answer names."""


class Place(BaseModel):
    """A value that cannot be used."""

    pointer: str = Field(description="Its place in the body (RFC 6901), or `?name` of a parameter; empty: the whole.")
    detail: str
    code: str = Field(default="", description="What is wrong, for programs; empty: the sentence is all there is.")
    values: dict[str, int | float | str] = Field(default={}, description="What the sentence says of this value alone.")

    @classmethod
    def of(cls, fault: Fault) -> Place:
        """A fault as it is shown."""
        return cls(pointer=fault.pointer, detail=fault.detail, code=fault.code, values=dict(fault.values))


def places(faults: Sequence[Fault]) -> list[Place]:
    """What a check found as it is shown, the first hundred at the most."""
    return list(map(Place.of, faults[:MOST_FAULTS]))


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = Field(description="A sentence that says what to do.")
    errors: list[Place] | None = Field(default=None, description="With 422: every value that cannot be used.")


def problem(status: int, title: str, detail: str, **more: Any) -> Response:
    """An error as an answer."""
    content = {"type": NO_TYPE, "title": title, "status": status, "detail": detail} | more
    return Response(json.dumps(content), status, content_type=MEDIA_TYPE)


def http_problem(error: HTTPException) -> Response:
    """What Flask raises: no such path, no such method, too large."""
    answer = problem(error.code or 500, error.name, error.description or "")
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def _place(fault: Fault) -> dict[str, Any]:
    """As it is shown; what has no code is told by its sentence alone."""
    return Place.of(fault).model_dump(exclude=None if fault.code else {"code", "values"})


def request_problem(error: RequestError) -> Response:
    """What the server's own rules raise."""
    more: dict[str, Any] = dict(error.members())
    if isinstance(error, InvalidError):
        more["errors"] = [_place(fault) for fault in error.faults]
    if isinstance(error, NotAllowedError) and error.kind:
        more["type"] = KINDS + error.kind
    answer = problem(error.status, HTTPStatus(error.status).phrase, str(error), **more)
    if isinstance(error, TooManyError):
        answer.headers["Retry-After"] = str(error.seconds)
    if isinstance(error, NotSignedInError):
        answer.headers["WWW-Authenticate"] = CHALLENGE
    return answer
