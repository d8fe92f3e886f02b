"""HTTP: published versions (ED-5)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from botflow.chatbots.api.views import (
    ChangeView,
    ComparisonView,
    PublishedView,
    Revision,
    SavedView,
    VersionView,
    checked_view,
    file_response,
    saved_view,
)
from botflow.chatbots.authoring import Authoring
from botflow.chatbots.catalog import VERSIONS
from botflow.chatbots.checks import NOTHING_FOUND
from botflow.chatbots.versions import LONGEST_NOTE, versions_of
from botflow.permissions import CHATBOTS_EDIT, CHATBOTS_PUBLISH, CHATBOTS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Number, Page, Text

SORTS: Final = Sorts(VERSIONS.c.id, {"number": VERSIONS.c.number}, "-number")


class Publication(Body):
    """What to publish."""

    revision: Revision | None = Field(default=None, description="The draft's that is meant; null: the present one.")
    note: Text = Field(default="", max_length=LONGEST_NOTE, description="What is new, for the history.")


class Rollback(Body):
    """Why."""

    note: Text = Field(default="", max_length=LONGEST_NOTE)


class Restoring(Body):
    """On what base."""

    revision: Revision | None = Field(default=None, description="The draft's that may be replaced; null: whatever.")


class ComparisonQuery(BaseModel):
    """What to compare."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: Number | None = Field(default=None, description="Number of a version; without it, the draft.")
    after: Number | None = Field(default=None, description="Number of a version; without it, the draft.")


def versions_api(authoring: Authoring) -> Routes:
    """Routes under /chatbots/<chatbot_id> that have to do with versions."""
    routes = Routes("chatbots", "/chatbots/<chatbot_id>")

    @routes.post("/versions", CHATBOTS_PUBLISH, statuses=[HTTPStatus.OK, HTTPStatus.CREATED])
    def publish_chatbot(caller: Caller, chatbot_id: str, body: Publication) -> Answer[PublishedView]:
        """Publish the draft as a new version, unless the newest one does the same already."""
        published, checked = authoring.publish(caller, chatbot_id, body.revision, body.note)
        shown = {
            "number": published.number,
            "is_new": published.is_new,
            "content_hash": published.scenario.content_hash,
        }
        status = HTTPStatus.CREATED if published.is_new else HTTPStatus.OK
        return Answer(PublishedView.model_validate(shown | checked_view(checked)), status)

    @routes.get("/versions", CHATBOTS_VIEW)
    def list_versions(caller: Caller, chatbot_id: str, query: PageQuery) -> Page[VersionView]:
        """List versions, the newest first."""
        with authoring.database.reading() as work:
            rows, following = SORTS.page(work, versions_of(work, caller.company, chatbot_id), query)
        return Page(items=[VersionView.model_validate(row) for row in rows], next=following)

    @routes.get("/versions/<number>", CHATBOTS_VIEW)
    def show_version(caller: Caller, chatbot_id: str, number: Number) -> VersionView:
        """Show when a version was published, by whom and why."""
        return VersionView.model_validate(authoring.version(caller, chatbot_id, number))

    @routes.get("/versions/<number>/file", CHATBOTS_VIEW)
    def export_version(caller: Caller, chatbot_id: str, number: Number) -> Response:
        """Export a version as a file, as `botflow fmt` writes it (CB-9)."""
        return file_response(chatbot_id, authoring.version(caller, chatbot_id, number)["document"], {})

    @routes.post("/versions/<number>/rollback", CHATBOTS_PUBLISH, statuses=[HTTPStatus.OK, HTTPStatus.CREATED])
    def roll_back_chatbot(caller: Caller, chatbot_id: str, number: Number, body: Rollback) -> Answer[PublishedView]:
        """Publish an old version again, as a new one. A draft that has changes of its own stays as it is."""
        published = authoring.roll_back(caller, chatbot_id, number, body.note)
        shown = {
            "number": published.number,
            "is_new": published.is_new,
            "content_hash": published.scenario.content_hash,
        }
        status = HTTPStatus.CREATED if published.is_new else HTTPStatus.OK
        return Answer(PublishedView.model_validate(shown | checked_view(NOTHING_FOUND)), status)

    @routes.post("/versions/<number>/restore", CHATBOTS_EDIT)
    def restore_version(caller: Caller, chatbot_id: str, number: Number, body: Restoring) -> SavedView:
        """Make an old version the draft."""
        return saved_view(chatbot_id, authoring.restore(caller, chatbot_id, number, body.revision))

    @routes.get("/comparison", CHATBOTS_VIEW)
    def compare_versions(caller: Caller, chatbot_id: str, query: ComparisonQuery) -> ComparisonView:
        """Say what one version, or the draft, does differently from another."""
        changes, same_layout = authoring.compare(caller, chatbot_id, query.before, query.after)
        return ComparisonView(changes=list(map(ChangeView.model_validate, changes)), same_layout=same_layout)

    return routes
