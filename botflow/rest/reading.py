"""Reading a request: the parts of its path, its query and its body, each as its type, or an error that says why not."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final

from flask import Request
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.datastructures import MultiDict

from botflow.errors import ContentTypeError, Fault, InvalidError, NotFoundError, RequestError, TooLargeError
from botflow.rest.problems import MOST_FAULTS
from botflow.rest.routes import Route
from botflow_runtime.json_text import JsonTextError, read_json

MOST_JUDGED: Final = 2_000
"""Values that cannot be used, of which each is looked at: it takes longer than to find them."""
ANY_TYPE: Final = "*/*"

_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Reader:
    """Reads what the handler of one route asks for."""

    def __init__(self, route: Route) -> None:
        self._route = route
        self._query: TypeAdapter[Any] | None = TypeAdapter(route.query) if route.query is not None else None
        self._lists = _lists(route.query)
        has_body = route.body is not None and not route.streams
        self._body: TypeAdapter[Any] | None = TypeAdapter(route.body) if has_body else None

    def read(self, request: Request, parts: Mapping[str, str]) -> dict[str, Any]:
        """The handler's arguments but the caller. Raises RequestError."""
        request.max_content_length = self._route.most_bytes
        arguments = self._parts(parts)
        if self._query is not None:
            arguments["query"] = _validated(self._query, self._parameters(request.args))
        elif request.args:
            raise InvalidError([Fault(f"?{name}", "there is no such parameter") for name in request.args])
        if self._route.body is not None:
            self._check_type(request)
            arguments["body"] = request.stream if self._route.streams else self._read_body(request)
        return arguments

    def _parts(self, parts: Mapping[str, str]) -> dict[str, Any]:
        try:
            return {name: self._route.parts[name].validate_python(value) for name, value in parts.items()}
        except ValidationError:
            raise NotFoundError("There is no such thing.") from None

    def _parameters(self, given: MultiDict[str, str]) -> dict[str, Any]:
        """The parameters of the query; one that is no list may be given once."""
        twice = [name for name in given if name not in self._lists and len(given.getlist(name)) > 1]
        if twice:
            raise InvalidError([Fault(f"?{name}", "give this once") for name in twice])
        unusable = [name for name in given if any("\0" in value for value in [name, *given.getlist(name)])]
        if unusable:
            raise InvalidError([Fault("?", "the character U+0000 cannot be kept")])
        return {name: given.getlist(name) if name in self._lists else given[name] for name in given}

    def _check_type(self, request: Request) -> None:
        accepts = self._route.accepts
        if accepts != ANY_TYPE and request.mimetype != accepts:
            raise ContentTypeError(f"Send the body as {accepts}.")

    def _read_body(self, request: Request) -> Any:
        assert self._body is not None  # the route has one
        data = request.get_data(cache=False)
        if len(data) > self._route.most_bytes:
            raise TooLargeError(f"The body may have {self._route.most_bytes:,} bytes.")
        if _NUL.search(data):
            raise RequestError("The character U+0000 cannot be kept.")
        try:
            read_json(data)
        except JsonTextError as error:
            raise RequestError(f"The body cannot be read: {error}.") from None
        try:
            return self._body.validate_json(data)
        except ValidationError as error:
            raise refusal(error, "/") from None


def _validated(adapter: TypeAdapter[Any], values: Mapping[str, Any]) -> Any:
    try:
        return adapter.validate_python(values, strict=False)
    except ValidationError as error:
        raise refusal(error, "?") from None


def refusal(error: ValidationError, mark: str) -> RequestError:
    """What pydantic found, without the values: they may be secrets. `mark` comes before each place."""
    if error.error_count() > MOST_JUDGED:
        return InvalidError([Fault(pointer((), mark), f"{error.error_count():,} values cannot be used")])
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if found[0]["type"] == "json_invalid":  # what only the second reader of the body refuses: half a surrogate pair
        return RequestError("The body cannot be read: it has text that is no Unicode, or is nested too deep.")
    return InvalidError([Fault(pointer(one["loc"], mark), _sentence(one, mark)) for one in found[:MOST_FAULTS]])


def pointer(place: Iterable[int | str], mark: str = "/") -> str:
    """A place in a body as RFC 6901 writes it, or a parameter behind another mark; empty for the whole."""
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in place]
    return mark + "/".join(parts) if parts else ""


def _sentence(found: ErrorDetails, mark: str) -> str:
    if found["type"] == "extra_forbidden":
        return "there is no such parameter" if mark == "?" else "there is no such field"
    plain = found["msg"].removeprefix("Value error, ")
    return plain[:1].lower() + plain[1:]


def _lists(query: Any) -> frozenset[str]:
    """The parameters of a query that may be given several times."""
    if query is None:
        return frozenset()
    assert issubclass(query, BaseModel)  # a query has names
    return frozenset(field.alias or name for name, field in query.model_fields.items() if _is_list(field.annotation))


def _is_list(hint: Any) -> bool:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType, Annotated):
        return any(_is_list(part) for part in typing.get_args(hint))
    return origin in (list, tuple, set, frozenset)
