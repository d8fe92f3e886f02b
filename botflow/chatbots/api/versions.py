"""HTTP: published versions (ED-5)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from botflow.chatbots.api.views import (
    ChangeView,
    ComparisonView,
    GoneView,
    ImpactView,
    ProblemView,
    PublishedView,
    Revision,
    RolloutView,
    RunningView,
    SavedView,
    VersionView,
    checked_view,
    file_response,
    saved_view,
)
from botflow.chatbots.authoring import Authoring, Publication
from botflow.chatbots.catalog import VERSIONS
from botflow.chatbots.drafts import find_chatbot
from botflow.chatbots.impact import impact
from botflow.chatbots.rollouts import ROLLOUTS, Choice, find_rollout, roll_out, rollouts_of
from botflow.chatbots.versions import LONGEST_NOTE, versions_of
from botflow.clock import Clock
from botflow.conversations.service import Conversations
from botflow.permissions import CHATBOTS_EDIT, CHATBOTS_PUBLISH, CHATBOTS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Number, Page, Text

SORTS: Final = Sorts(VERSIONS.c.id, {"number": VERSIONS.c.number}, "-number")
ROLLOUT_SORTS: Final = Sorts(ROLLOUTS.c.id, {"created_at": ROLLOUTS.c.created_at}, "-created_at")
AT_ONCE_MS: Final = 5_000
"""How long a request works on threads itself before it leaves the rest to the jobs."""


Running = Annotated[
    Choice,
    Field(
        description="What becomes of threads of older versions: they `finish` there, `move` to the node of the same "
        "id, or `end`."
    ),
]


class NewVersion(Body):
    """What to publish."""

    revision: Revision | None = Field(default=None, description="The draft's that is meant; null: the present one.")
    note: Text = Field(default="", max_length=LONGEST_NOTE, description="What is new, for the history.")
    running: Running = "finish"


class Rollback(Body):
    """Why."""

    note: Text = Field(default="", max_length=LONGEST_NOTE)
    running: Running = "finish"


class Restoring(Body):
    """On what base."""

    revision: Revision | None = Field(default=None, description="The draft's that may be replaced; null: whatever.")


class ComparisonQuery(BaseModel):
    """What to compare."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: Number | None = Field(default=None, description="Number of a version; without it, the draft.")
    after: Number | None = Field(default=None, description="Number of a version; without it, the draft.")


def versions_api(authoring: Authoring, conversations: Conversations, clock: Clock) -> Routes:
    """Routes under /chatbots/<chatbot_id> that have to do with versions."""
    routes = Routes("chatbots", "/chatbots/<chatbot_id>")

    def begun(caller: Caller, chatbot_id: str, rollout: str) -> RolloutView:
        """Do a part of it at once; the jobs do what is left."""
        roll_out(conversations, clock, only=rollout, until=clock() + AT_ONCE_MS)
        with authoring.database.reading() as work:
            return RolloutView.of(find_rollout(work, caller.company, chatbot_id, rollout))

    def answer(caller: Caller, chatbot_id: str, made: Publication) -> Answer[PublishedView]:
        shown = {
            "number": made.published.number,
            "is_new": made.published.is_new,
            "content_hash": made.published.scenario.content_hash,
            "rollout": begun(caller, chatbot_id, made.rollout) if made.rollout is not None else None,
        }
        status = HTTPStatus.CREATED if made.published.is_new else HTTPStatus.OK
        return Answer(PublishedView.model_validate(shown | checked_view(made.checked)), status)

    @routes.get("/impact", CHATBOTS_VIEW)
    def show_impact(caller: Caller, chatbot_id: str) -> ImpactView:
        """Say what publishing the draft would mean: changes, threads that run, nodes that are gone, words, fields."""
        found = impact(authoring, caller, chatbot_id)
        return ImpactView.model_validate(
            {
                "revision": found.revision,
                "newest_version": found.newest_version,
                "changes": None if found.changes is None else list(map(ChangeView.model_validate, found.changes)),
                "running": list(map(RunningView.model_validate, found.running)),
                "gone": list(map(GoneView.model_validate, found.gone)),
                "collisions": list(map(ProblemView.model_validate, found.collisions)),
                "removed_fields": found.removed_fields,
                **checked_view(found.checked),
            }
        )

    @routes.get("/rollouts", CHATBOTS_VIEW)
    def list_rollouts(caller: Caller, chatbot_id: str, query: PageQuery) -> Page[RolloutView]:
        """List what was done with threads of older versions, the newest first."""
        with authoring.database.reading() as work:
            find_chatbot(work, caller.company, chatbot_id)
            rows, following = ROLLOUT_SORTS.page(work, rollouts_of(caller.company, chatbot_id), query)
        return Page(items=list(map(RolloutView.of, rows)), next=following)

    @routes.get("/rollouts/<rollout_id>", CHATBOTS_VIEW)
    def show_rollout(caller: Caller, chatbot_id: str, rollout_id: str) -> RolloutView:
        """Show how far moving or ending threads has come, and which stayed."""
        with authoring.database.reading() as work:
            return RolloutView.of(find_rollout(work, caller.company, chatbot_id, rollout_id))

    @routes.post("/retirement", CHATBOTS_PUBLISH)
    def retire_chatbot(caller: Caller, chatbot_id: str) -> RolloutView:
        """Disable a chatbot on all senders and end its threads, so that it can be deleted."""
        return begun(caller, chatbot_id, authoring.retire(caller, chatbot_id))

    @routes.post("/versions", CHATBOTS_PUBLISH, statuses=[HTTPStatus.OK, HTTPStatus.CREATED])
    def publish_chatbot(caller: Caller, chatbot_id: str, body: NewVersion) -> Answer[PublishedView]:
        """Publish the draft as a new version, unless the newest one does the same already."""
        return answer(caller, chatbot_id, authoring.publish(caller, chatbot_id, body.revision, body.note, body.running))

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
        return answer(caller, chatbot_id, authoring.roll_back(caller, chatbot_id, number, body.note, body.running))

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
