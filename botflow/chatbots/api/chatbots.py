"""HTTP: chatbots and their drafts (CB-1 to CB-10)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, BinaryIO, Final

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from botflow.chatbots.api.views import (
    FILE_BYTES,
    REVISION_HEADER,
    ChatbotView,
    CheckedView,
    DraftView,
    JsonFile,
    PlaceView,
    ProblemView,
    Revision,
    SavedView,
    checked_view,
    file_response,
    read_file,
    saved_view,
)
from botflow.chatbots.authoring import Authoring, Saved, readable
from botflow.chatbots.catalog import CHATBOTS
from botflow.chatbots.keys import Renaming
from botflow.chatbots.listing import Filter, chatbots_of, show, with_places
from botflow.permissions import CHATBOTS_EDIT, CHATBOTS_PUBLISH, CHATBOTS_VIEW, Caller, check_sender
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Name, Page, Text

SORTS: Final = Sorts(
    CHATBOTS.c.id,
    {
        "name": CHATBOTS.c.name,
        "id": CHATBOTS.c.scenario,
        "channel": CHATBOTS.c.channel,
        "created_at": CHATBOTS.c.created_at,
        "updated_at": CHATBOTS.c.updated_at,
    },
    "name",
)


class ChatbotQuery(PageQuery):
    """Which chatbots."""

    search: str | None = Field(default=None, max_length=200, description="Part of id, name, description or keyword.")
    channel: str | None = Field(default=None, max_length=20)
    sender: str | None = Field(default=None, max_length=200, description="Id of a sender that it runs on.")
    published: bool | None = Field(default=None, description="Whether there is a version.")
    has_changes: bool | None = Field(default=None, description="Whether there is something to publish.")


class SaveQuery(BaseModel):
    """On what base a draft is saved."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    revision: Revision | None = Field(
        default=None,
        description="The revision that the file was made from; 0: the chatbot is meant to be new. Without it nothing "
        "that is there is changed.",
    )
    overwrite: bool = Field(default=False, description="Save whatever is there.")


class Changes(Body):
    """Fields of the draft's file to replace; what is not named stays."""

    revision: Revision | None = Field(default=None, description="The revision that this is based on.")
    name: Name | None = None
    language: Text | None = None
    description: Text | None = None
    settings: dict[str, Any] | None = Field(default=None, description="`settings` of the scenario format, whole.")


class Import(Body):
    """A file to take in, and what its keys are called here."""

    file: JsonFile
    id: str | None = Field(default=None, max_length=200, description="Take it in under this id.")
    overwrite: bool = Field(default=False, description="Replace the draft of a chatbot that has this id.")
    chatbots: dict[str, str] = Field(default={}, description="Ids in its jumps, and which are meant here.")
    departments: dict[str, str] = {}
    assets: dict[str, str] = {}
    templates: dict[str, str] = {}


class Copy(Body):
    """What the copy is called."""

    id: str = Field(max_length=200)
    name: Name | None = None


class Enabling(Body):
    """How a chatbot runs on a sender."""

    is_default: bool = Field(default=False, description="It starts where nothing else fits (CB-5); one a sender.")


class Enabled(PlaceView):
    """A sender that a chatbot runs on, and what to know about that."""

    warnings: list[ProblemView] = Field(description="Triggers that collide there: neither chatbot starts (CB-7).")


def chatbots_api(authoring: Authoring) -> Routes:
    """Routes under /chatbots."""
    routes = Routes("chatbots", "/chatbots")

    @routes.get("", CHATBOTS_VIEW)
    def list_chatbots(caller: Caller, query: ChatbotQuery) -> Page[ChatbotView]:
        """List chatbots."""
        wanted = Filter(query.search, query.channel, query.sender, query.published, query.has_changes)
        with authoring.database.reading() as work:
            rows, following = SORTS.page(work, chatbots_of(caller.company, wanted), query)
            items = [ChatbotView.model_validate(row) for row in with_places(work, rows)]
        return Page(items=items, next=following)

    @routes.get("/<chatbot_id>", CHATBOTS_VIEW)
    def show_chatbot(caller: Caller, chatbot_id: str) -> ChatbotView:
        """Show a chatbot."""
        with authoring.database.reading() as work:
            return ChatbotView.model_validate(show(work, caller.company, chatbot_id))

    @routes.patch("/<chatbot_id>", CHATBOTS_EDIT)
    def change_chatbot(caller: Caller, chatbot_id: str, body: Changes) -> SavedView:
        """Change name, language, description or settings of a draft (CB-2 to CB-6)."""
        given = body.model_dump(exclude_unset=True, exclude={"revision"})
        changes = {("x-description" if name == "description" else name): value for name, value in given.items()}
        return saved_view(chatbot_id, authoring.change(caller, chatbot_id, body.revision, changes))

    @routes.delete("/<chatbot_id>", CHATBOTS_EDIT)
    def delete_chatbot(caller: Caller, chatbot_id: str) -> None:
        """Delete a chatbot that no thread runs."""
        authoring.delete(caller, chatbot_id)

    @routes.get("/<chatbot_id>/draft", CHATBOTS_VIEW)
    def show_draft(caller: Caller, chatbot_id: str) -> DraftView:
        """Show a draft, with everything that is wrong with it."""
        draft = authoring.draft(caller, chatbot_id)
        shown = {
            "id": chatbot_id,
            "revision": draft.revision,
            "document": draft.document.raw,
            "newest_version": draft.newest_version,
            "has_changes": draft.has_changes,
            "saved_at": draft.saved_at,
            "saved_by": draft.saved_by,
        }
        return DraftView.model_validate(shown | checked_view(authoring.check(caller, draft.document)))

    @routes.put(
        "/<chatbot_id>/draft",
        CHATBOTS_EDIT,
        statuses=[HTTPStatus.OK, HTTPStatus.CREATED],
        most_bytes=FILE_BYTES,
    )
    def put_draft(caller: Caller, chatbot_id: str, query: SaveQuery, body: BinaryIO) -> Answer[SavedView]:
        """Save a scenario file as the draft; it may be wrong or unfinished. The body is the file."""
        saved = authoring.save(caller, chatbot_id, read_file(body), query.revision, overwrite=query.overwrite)
        return _answer(chatbot_id, saved)

    @routes.get("/<chatbot_id>/file", CHATBOTS_VIEW)
    def export_draft(caller: Caller, chatbot_id: str) -> Response:
        """Export the draft as a file, as `botflow fmt` writes it (CB-9)."""
        draft = authoring.draft(caller, chatbot_id)
        return file_response(chatbot_id, draft.document.text, {REVISION_HEADER: str(draft.revision)})

    @routes.post("/check", CHATBOTS_VIEW, most_bytes=FILE_BYTES)
    def check_file(caller: Caller, body: BinaryIO) -> CheckedView:
        """Say everything that is wrong with a file, without keeping it. The body is the file."""
        return CheckedView.model_validate(checked_view(authoring.check(caller, readable(read_file(body)))))

    @routes.post(
        "/import", CHATBOTS_EDIT, statuses=[HTTPStatus.OK, HTTPStatus.CREATED], most_bytes=FILE_BYTES + 100_000
    )
    def import_file(caller: Caller, body: Import) -> Answer[SavedView]:
        """Take a file in as a draft, its keys mapped to those that are meant here (CB-9)."""
        renaming = Renaming(body.id, body.chatbots, body.departments, body.assets, body.templates)
        saved = authoring.take_in(caller, body.file, renaming, overwrite=body.overwrite)
        return _answer(body.id or str(body.file.get("id")), saved)

    @routes.post("/<chatbot_id>/copies", CHATBOTS_EDIT, statuses=[HTTPStatus.CREATED])
    def copy_chatbot(caller: Caller, chatbot_id: str, body: Copy) -> Answer[SavedView]:
        """Copy a draft under another id."""
        return _answer(body.id, authoring.copy(caller, chatbot_id, body.id, body.name))

    @routes.put("/<chatbot_id>/senders/<sender_id>", CHATBOTS_PUBLISH)
    def enable_chatbot(caller: Caller, chatbot_id: str, sender_id: str, body: Enabling) -> Enabled:
        """Let a chatbot run on a sender (CB-10)."""
        check_sender(caller, sender_id)
        warnings = authoring.enable(caller, chatbot_id, sender_id, is_default=body.is_default)
        shown = {"sender": sender_id, "is_default": body.is_default}
        return Enabled.model_validate(shown | {"warnings": list(map(ProblemView.model_validate, warnings))})

    @routes.delete("/<chatbot_id>/senders/<sender_id>", CHATBOTS_PUBLISH)
    def disable_chatbot(caller: Caller, chatbot_id: str, sender_id: str) -> None:
        """Let no new thread of a chatbot start on a sender."""
        check_sender(caller, sender_id)
        authoring.disable(caller, chatbot_id, sender_id)

    return routes


def _answer(chatbot_id: str, saved: Saved) -> Answer[SavedView]:
    status = HTTPStatus.CREATED if saved.kept.created else HTTPStatus.OK
    return Answer(saved_view(chatbot_id, saved), status)
