"""Declaring routes. A handler's signature says what it reads and answers; the frame reads, checks and documents that.

    routes = Routes("senders", "/senders")

    @routes.put("/<sender_id>", SENDERS_EDIT)
    def put_sender(caller: Caller, sender_id: str, body: SenderFields) -> SenderView:
        '''Make a sender, or change it.'''

A parameter is named `caller`, `query` (a model, its fields are the query's parameters), `body` (any type that pydantic
reads, or BinaryIO for a stream), or after a part of the path. An answer is a value of the annotated type (200), an
Answer of it (with a status and headers of its own), None (204), or a whole Response.
"""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated, Any, BinaryIO, Final, Generic, TypeAlias, TypedDict, TypeVar, Unpack

from flask import Response
from pydantic import StringConstraints, TypeAdapter

from botflow.permissions import Access, Caller

JSON: Final = "application/json"
BODY_BYTES: Final = 1024 * 1024
PATH_PART_LENGTH: Final = 200

Handler: TypeAlias = Callable[..., Any]
HandlerT = TypeVar("HandlerT", bound=Handler)
T = TypeVar("T")

PathPart = Annotated[str, StringConstraints(max_length=PATH_PART_LENGTH, pattern=r"^[^\x00]*$")]
_PART: Final = re.compile(r"<(\w+)>")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """An answer with another status than 200, or with headers."""

    content: T
    status: HTTPStatus = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """One operation of the API. `path` is written as Flask has it and stands below the API's prefix."""

    method: str
    path: str
    access: Access
    group: str
    handler: Handler
    parts: Mapping[str, TypeAdapter[Any]]
    query: Any
    body: Any
    answer: Any
    statuses: Sequence[HTTPStatus]
    accepts: str
    produces: str
    most_bytes: int

    @property
    def name(self) -> str:
        """What the operation is called; the same in Flask and in the OpenAPI document."""
        return self.handler.__name__

    @property
    def address(self) -> str:
        """The path as OpenAPI writes it: `/senders/{sender_id}`."""
        return _PART.sub(r"{\1}", self.path)

    @property
    def streams(self) -> bool:
        """Whether the handler reads the body by itself, piece by piece."""
        return self.body is BinaryIO


class Options(TypedDict, total=False):
    """What a route may say besides.

    `statuses` are those of success, the first one where the handler does not say; `accepts` and `produces` the media
    types of bodies and answers; `most_bytes` the largest body.
    """

    statuses: Sequence[HTTPStatus]
    accepts: str
    produces: str
    most_bytes: int


class Routes:
    """The routes of a domain, in one group of the documentation, below one path."""

    def __init__(self, group: str, prefix: str) -> None:
        self.group = group
        self._prefix = prefix
        self.routes: list[Route] = []

    def get(self, path: str, access: Access, **options: Unpack[Options]) -> Callable[[HandlerT], HandlerT]:
        """Show something."""
        return self.route("GET", path, access, **options)

    def post(self, path: str, access: Access, **options: Unpack[Options]) -> Callable[[HandlerT], HandlerT]:
        """Make something, or let something happen."""
        return self.route("POST", path, access, **options)

    def put(self, path: str, access: Access, **options: Unpack[Options]) -> Callable[[HandlerT], HandlerT]:
        """Make something be as the body says; the same again changes nothing."""
        return self.route("PUT", path, access, **options)

    def patch(self, path: str, access: Access, **options: Unpack[Options]) -> Callable[[HandlerT], HandlerT]:
        """Change what the body names."""
        return self.route("PATCH", path, access, **options)

    def delete(self, path: str, access: Access, **options: Unpack[Options]) -> Callable[[HandlerT], HandlerT]:
        """Take something away."""
        return self.route("DELETE", path, access, **options)

    def route(
        self, method: str, path: str, access: Access, **options: Unpack[Options]
    ) -> Callable[[HandlerT], HandlerT]:
        """Declare a route. Raises TypeError where the handler's signature does not fit."""

        def declare(handler: HandlerT) -> HandlerT:
            hints = typing.get_type_hints(handler, include_extras=True)
            whole = self._prefix + path
            answer = _answer_type(hints.pop("return"))
            usual = HTTPStatus.NO_CONTENT if answer is type(None) else HTTPStatus.OK
            self.routes.append(
                Route(
                    method=method,
                    path=whole,
                    access=access,
                    group=self.group,
                    handler=handler,
                    parts=_parts(handler, whole, hints),
                    query=hints.get("query"),
                    body=hints.get("body"),
                    answer=answer,
                    statuses=options.get("statuses", (usual,)),
                    accepts=options.get("accepts", JSON),
                    produces=options.get("produces", JSON),
                    most_bytes=options.get("most_bytes", BODY_BYTES),
                )
            )
            return handler

        return declare


def _parts(handler: Handler, path: str, hints: Mapping[str, Any]) -> dict[str, TypeAdapter[Any]]:
    """How the parts of the path are read."""
    names = _PART.findall(path)
    unexpected = {*inspect.signature(handler).parameters} ^ {*names, *({"caller", "query", "body"} & hints.keys())}
    if unexpected:
        raise TypeError(f"{handler.__name__} and its path {path} differ in {', '.join(sorted(unexpected))}")
    if "caller" in hints and hints["caller"] is not Caller:
        raise TypeError(f"{handler.__name__}: `caller` has to be a Caller")
    if not (handler.__doc__ or "").strip():
        raise TypeError(f"{handler.__name__} does not say what it does")
    return {name: TypeAdapter(PathPart if hints[name] is str else hints[name]) for name in names}


def _answer_type(hint: Any) -> Any:
    """The type of what is answered; NoneType for nothing, Response for what the handler writes itself."""
    if typing.get_origin(hint) is Answer:
        (hint,) = typing.get_args(hint)
    if inspect.isclass(hint) and issubclass(hint, Response):
        return Response
    return hint
