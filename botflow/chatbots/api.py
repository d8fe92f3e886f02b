"""HTTP: the chatbots that can be tried on the page."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint

from botflow.chatbots.service import offered_chatbots
from botflow.db import Database

ADAPTER: Final = "webchat"


def chatbots_api(database: Database) -> Blueprint:
    """Routes under /api/v1/webchat."""
    routes = Blueprint("chatbots", __name__, url_prefix="/api/v1/webchat")

    @routes.get("/chatbots")
    def list_chatbots() -> dict[str, Any]:
        """Every chatbot that is the default of a web chat sender."""
        with database.reading() as work:
            return {"chatbots": offered_chatbots(work, ADAPTER)}

    return routes
