"""HTTP: the examples that a new chatbot can be made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response

from botflow.chatbots.api.views import file_response
from botflow.chatbots.examples import scenario_files
from botflow.errors import NotFoundError
from botflow.permissions import CHATBOTS_VIEW, Caller
from botflow.rest.routes import Routes
from botflow.rest.types import View
from botflow_runtime.canonical import canonical_text


class ExampleView(View):
    """A scenario that comes with the server."""

    id: str
    name: str
    description: str
    channel: str
    language: str


class ExampleList(View):
    """The examples, by their names."""

    items: list[ExampleView]


def examples_api(folder: Path | None) -> Routes:
    """Routes under /examples; `folder` holds scenario files, None: there are none."""
    routes = Routes("chatbots", "/examples")

    @routes.get("", CHATBOTS_VIEW)
    def list_examples(caller: Caller) -> ExampleList:
        """List the examples that a new chatbot can be made from."""
        items = [_view(document) for _, document in _files(folder)]
        return ExampleList(items=sorted(items, key=lambda example: example.name))

    @routes.get("/<example_id>/file", CHATBOTS_VIEW)
    def export_example(caller: Caller, example_id: str) -> Response:
        """Export an example as a file, to import it under an id of one's own."""
        for path, document in _files(folder):
            if document["id"] == example_id:
                return file_response(example_id, canonical_text(path.read_bytes()), {})
        raise NotFoundError("There is no such example.")

    return routes


def _files(folder: Path | None) -> list[tuple[Path, dict[str, Any]]]:
    files = scenario_files(folder) if folder is not None else ()
    return [(path, document) for path, document in files if isinstance(document.get("id"), str)]


def _view(document: dict[str, Any]) -> ExampleView:
    def text(field: str) -> str:
        return str(document.get(field, ""))

    return ExampleView(
        id=text("id"),
        name=text("name"),
        description=text("x-description"),
        channel=text("channel"),
        language=text("language"),
    )
