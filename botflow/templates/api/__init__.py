"""HTTP: templates of messages."""

from __future__ import annotations

from botflow.rest.routes import Routes
from botflow.templates.api.contents import contents_api
from botflow.templates.contents import ContentTemplates


def templates_api(contents: ContentTemplates) -> list[Routes]:
    """Every group of routes about templates."""
    return [contents_api(contents)]
