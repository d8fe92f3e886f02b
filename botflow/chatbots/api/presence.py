"""HTTP: who else has a draft open (ED-5)."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import Field

from botflow.chatbots.presence import gather
from botflow.clock import Clock
from botflow.db import Database
from botflow.permissions import CHATBOTS_EDIT, Caller
from botflow.rest.routes import Routes
from botflow.rest.types import Body, Id, Moment, View


class Presence(Body):
    """A page that has the draft open."""

    page: Id = Field(description="Your own id of it, made when it opens.")
    leaves: bool = False


class PresentView(View):
    """Somebody who has the draft open."""

    name: str
    is_caller: bool = Field(description="It is another page of whoever asks.")
    since: Moment


class GatheringView(View):
    """Who else has the draft open, what it is by now, and what is published."""

    others: list[PresentView]
    revision: int
    saved_by: str | None
    newest_version: int = Field(description="0: nothing is published.")


def presence_api(database: Database, clock: Clock) -> Routes:
    """The route under /chatbots/<chatbot_id>/presence."""
    routes = Routes("chatbots", "/chatbots/<chatbot_id>")

    @routes.post("/presence", CHATBOTS_EDIT)
    def be_present(caller: Caller, chatbot_id: str, body: Presence) -> GatheringView:
        """Say that a page has the draft open, again before 45 seconds are over, or leaves; tell who else has."""
        found = gather(database, clock, caller, chatbot_id, body.page, leaves=body.leaves)
        return GatheringView.model_validate(asdict(found))

    return routes
