"""HTTP: the chatbots that can be tried on the page."""

from __future__ import annotations

from typing import Final

from botflow.chatbots.service import offered_chatbots
from botflow.db import Database
from botflow.permissions import PUBLIC
from botflow.rest.routes import Routes
from botflow.rest.types import View

ADAPTER: Final = "webchat"


class Offered(View):
    """A chatbot that can be tried."""

    id: str
    name: str
    description: str
    language: str
    channel: str
    sender: str


class OfferedList(View):
    """All of them."""

    chatbots: list[Offered]


def webchat_api(database: Database) -> Routes:
    """Routes of the web chat page, which knows no sign-in."""
    routes = Routes("web chat", "/webchat")

    @routes.get("/chatbots", PUBLIC)
    def list_offered_chatbots() -> OfferedList:
        """List every chatbot that is the default of a web chat sender."""
        with database.reading() as work:
            return OfferedList.model_validate({"chatbots": offered_chatbots(work, ADAPTER)})

    return routes
