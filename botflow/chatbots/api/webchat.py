"""HTTP: the chatbots that can be tried on the page."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from botflow.chatbots.catalog import ENABLED
from botflow.chatbots.examples import IS_EXAMPLE
from botflow.chatbots.service import offered_chatbots, offered_sender
from botflow.db import Database
from botflow.permissions import PUBLIC
from botflow.rest.routes import Routes
from botflow.rest.types import Body, Id, View

ADAPTER: Final = "webchat"


class Offered(View):
    """A chatbot that can be tried."""

    id: str
    name: str
    description: str
    language: str
    channel: str
    sender: str


class OfferedSender(View):
    """Where one writes to."""

    name: str
    answers: bool = Field(description="Whether whoever writes may be answered, by some chatbot or by people.")


class OfferedList(View):
    """All of them, and the sender that was asked for."""

    chatbots: list[Offered]
    sender: OfferedSender | None


class OfferedQuery(Body):
    """Which of them."""

    sender: Id | None = Field(default=None, description="Id of a web chat sender, of any company; without: examples.")


def webchat_api(database: Database) -> Routes:
    """Routes of the web chat page, which knows no sign-in."""
    routes = Routes("web chat", "/webchat")

    @routes.get("/chatbots", PUBLIC)
    def list_offered_chatbots(query: OfferedQuery) -> OfferedList:
        """List the examples that visitors may try, or the chatbot of one web chat sender."""
        which = IS_EXAMPLE if query.sender is None else ENABLED.c.sender_id == query.sender
        with database.reading() as work:
            sender = None if query.sender is None else offered_sender(work, ADAPTER, query.sender)
            return OfferedList.model_validate({"chatbots": offered_chatbots(work, ADAPTER, which), "sender": sender})

    return routes
