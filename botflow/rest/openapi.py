"""The OpenAPI 3.1 document of routes, from their types."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final, Literal, TypeAlias

from flask import Response
from pydantic import TypeAdapter

from botflow.permissions import PUBLIC
from botflow.rest.problems import MEDIA_TYPE, Problem
from botflow.rest.routes import Route

VERSION: Final = "3.1.0"
COMPONENTS: Final = "#/components/schemas/"
ABOUT: Final = "docs/reference/http-api.md tells how to sign in, and what errors and pages look like."
SIGN_IN: Final[Mapping[str, Any]] = {
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "bearer": {"type": "http", "scheme": "bearer", "description": "An API key."},
    "session": {"type": "apiKey", "in": "cookie", "name": "botflow_session", "description": "Set by POST /session."},
}

Mode: TypeAlias = Literal["validation", "serialization"]
Use: TypeAlias = tuple[str, str]
"""An operation, and what of it a type describes: path part, `query`, `body`, `answer`."""


def document(prefix: str, routes: Sequence[Route]) -> dict[str, Any]:
    """The document; the same for the same routes."""
    schemas, definitions = _schemas(routes)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        operations = paths.setdefault(prefix + route.address, {})
        operations[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": VERSION,
        "info": {"title": "botflow", "version": version("botflow"), "description": ABOUT},
        "paths": paths,
        "components": {
            "schemas": dict(sorted(definitions.items())),
            "securitySchemes": dict(SIGN_IN),
            "responses": {"Problem": _content("What went wrong.", MEDIA_TYPE, schemas["", "problem"])},
        },
        "tags": [{"name": group} for group in dict.fromkeys(route.group for route in routes)],
    }


def _schemas(routes: Iterable[Route]) -> tuple[dict[Use, Any], dict[str, Any]]:
    """The schema of every type in use, and the definitions that they refer to."""
    uses: list[tuple[Use, Mode, TypeAdapter[Any]]] = [(("", "problem"), "serialization", TypeAdapter(Problem))]
    for route in routes:
        uses += [((route.name, name), "validation", adapter) for name, adapter in route.parts.items()]
        if route.query is not None:
            uses.append(((route.name, "query"), "validation", TypeAdapter(route.query)))
        if route.body is not None and not route.streams:
            uses.append(((route.name, "body"), "validation", TypeAdapter(route.body)))
        if route.answer not in (Response, type(None)):
            uses.append(((route.name, "answer"), "serialization", TypeAdapter(route.answer)))
    found, rest = TypeAdapter.json_schemas(uses, ref_template=COMPONENTS + "{model}")
    return {use: schema for (use, _), schema in found.items()}, rest.get("$defs", {})


def _operation(route: Route, schemas: Mapping[Use, Any]) -> dict[str, Any]:
    summary, _, description = inspect.cleandoc(route.handler.__doc__ or "").partition("\n\n")
    described: dict[str, Any] = {
        "operationId": route.name,
        "tags": [route.group],
        "summary": " ".join(summary.split()).removesuffix("."),
        "description": f"{description.strip()}\n\nPermission: {route.access.name}.".strip(),
        "security": [] if route.access is PUBLIC else [{name: []} for name in SIGN_IN],
        "x-permission": route.access.name,
        "responses": _responses(route, schemas),
    }
    if parameters := [*_path_parameters(route, schemas), *_query_parameters(route, schemas)]:
        described["parameters"] = parameters
    if route.body is not None:
        schema = {} if route.streams else schemas[route.name, "body"]
        described["requestBody"] = {"required": True, "content": {route.accepts: {"schema": schema}}}
    return described


def _responses(route: Route, schemas: Mapping[Use, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status in route.statuses:
        if route.answer is type(None):
            found[str(int(status))] = {"description": status.phrase}
        else:
            schema = schemas.get((route.name, "answer"), {})
            found[str(int(status))] = _content(status.phrase, route.produces, schema)
    return found | {"4XX": {"$ref": "#/components/responses/Problem"}}


def _content(description: str, media_type: str, schema: Any) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _path_parameters(route: Route, schemas: Mapping[Use, Any]) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": schemas[route.name, name]} for name in route.parts]


def _query_parameters(route: Route, schemas: Mapping[Use, Any]) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    schema = route.query.model_json_schema(ref_template=COMPONENTS + "{model}")
    required = schema.get("required", [])
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "schema": {key: value for key, value in field.items() if key != "description"},
        }
        | ({"description": field["description"]} if "description" in field else {})
        for name, field in schema.get("properties", {}).items()
    ]
