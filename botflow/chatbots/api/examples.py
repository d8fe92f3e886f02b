"""HTTP: the examples that a new chatbot can be made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from botflow.chatbots.api.views import JsonFile
from botflow.chatbots.examples import scenario_files
from botflow.permissions import CHATBOTS_VIEW, Caller
from botflow.rest.routes import Routes
from botflow.rest.types import View


class ExampleView(View):
    """A scenario that comes with the server."""

    id: str
    name: str
    description: str
    channel: str
    language: str
    document: JsonFile


class ExampleList(View):
    """The examples, by their names."""

    items: list[ExampleView]


def examples_api(folder: Path | None) -> Routes:
    """Routes under /examples; `folder` holds scenario files, None: there are none."""
    routes = Routes("chatbots", "/examples")

    @routes.get("", CHATBOTS_VIEW)
    def list_examples(caller: Caller) -> ExampleList:
        """List the examples that a new chatbot can be made from, each with its file."""
        files = scenario_files(folder) if folder is not None else ()
        items = [_view(document) for _, document in files]
        return ExampleList(items=sorted(items, key=lambda example: example.name))

    return routes


def _view(document: dict[str, Any]) -> ExampleView:
    def text(field: str) -> str:
        return str(document.get(field, ""))

    return ExampleView(
        id=text("id"),
        name=text("name"),
        description=text("x-description"),
        channel=text("channel"),
        language=text("language"),
        document=document,
    )
