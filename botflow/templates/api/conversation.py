"""HTTP: conversation templates (AS-3)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

import sqlalchemy as sa
from pydantic import Field, StringConstraints

from botflow.db import containing, of_company
from botflow.permissions import TEMPLATES_EDIT, TEMPLATES_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.problems import Place, places
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import NAME_LENGTH, Body, Line, Moment, Page, View, examples
from botflow.templates.conversation import ConversationTemplates
from botflow.templates.conversation_rules import MOST_FILES, TEXT_LENGTH
from botflow.templates.filling import placeholders
from botflow.templates.service import CONVERSATION

SORTS: Final = Sorts(
    CONVERSATION.c.id,
    {"name": CONVERSATION.c.name, "created_at": CONVERSATION.c.created_at, "updated_at": CONVERSATION.c.updated_at},
    "name",
)

Trimmed = Annotated[Line, StringConstraints(strip_whitespace=True)]


class ConversationTemplateDraft(Body):
    """A conversation template as it is written; it has a text, files, or both."""

    model_config = {
        "json_schema_extra": examples(
            {"name": "Welcome", "channel": None, "text": "Hi {{name}}, can I help you?", "files": ["menu"]}
        )
    }

    name: Trimmed
    channel: str | None = Field(default=None, description="Null: it is for every channel.")
    text: str = Field(default="", description="With `{{placeholders}}`.")
    files: list[str] = Field(default=[], description="Keys of the media library, in the order they are sent in.")


class ConversationTemplateChanges(Body):
    """What is to be changed; what is left out stays. A channel of null is every channel."""

    name: Trimmed | None = None
    channel: str | None = None
    text: str | None = None
    files: list[str] | None = None


class ConversationTemplateView(View):
    """A template that operators pick from."""

    id: str
    name: str
    channel: str | None
    text: str
    files: list[str]
    params: list[str] = Field(description="Names of its placeholders, in order of appearance.")
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, row: sa.RowMapping) -> ConversationTemplateView:
        """A row as it is shown."""
        return cls.model_validate({**row, "params": placeholders(row["text"])})


class CheckedConversationTemplateView(View):
    """What has to be mended before a template can be kept, and what it will want filled."""

    errors: list[Place] = Field(description="Every mistake, the first hundred at the most; empty: it can be kept.")
    params: list[str]


class ConversationTemplateLimitsView(View):
    """The numbers in the rules, for pages that count while somebody writes; lengths are in characters."""

    name: int
    text: int
    files: int


class ConversationTemplateQuery(PageQuery):
    """Which conversation templates."""

    channel: str | None = Field(
        default=None, max_length=200, description="Those that can be picked there: its own, and those of every channel."
    )
    search: str | None = Field(default=None, max_length=200, description="A part of the name.")


def conversation_api(templates: ConversationTemplates) -> Routes:
    """Routes under /conversation-templates."""
    routes = Routes("templates", "/conversation-templates")
    database = templates.database

    @routes.get("", TEMPLATES_VIEW)
    def list_conversation_templates(caller: Caller, query: ConversationTemplateQuery) -> Page[ConversationTemplateView]:
        """List what operators pick from."""
        with database.reading() as work:
            rows, following = SORTS.page(work, _chosen(caller, query), query)
        return Page(items=list(map(ConversationTemplateView.of, rows)), next=following)

    @routes.post("", TEMPLATES_EDIT, statuses=[HTTPStatus.CREATED])
    def create_conversation_template(
        caller: Caller, body: ConversationTemplateDraft
    ) -> Answer[ConversationTemplateView]:
        """Keep a text with files for operators. What is wrong with it is told all at once."""
        row = templates.make(caller, body.model_dump())
        return Answer(ConversationTemplateView.of(row), HTTPStatus.CREATED)

    @routes.post("/check", TEMPLATES_VIEW)
    def check_conversation_template(caller: Caller, body: ConversationTemplateDraft) -> CheckedConversationTemplateView:
        """Say every mistake in a conversation template and name its placeholders, without keeping it."""
        found = templates.check(caller, body.model_dump())
        return CheckedConversationTemplateView(errors=places(found), params=placeholders(body.text))

    @routes.get("/limits", TEMPLATES_VIEW)
    def show_conversation_template_limits(caller: Caller) -> ConversationTemplateLimitsView:
        """Tell how long the parts of a conversation template may be, and how many files it may have."""
        return ConversationTemplateLimitsView(name=NAME_LENGTH, text=TEXT_LENGTH, files=MOST_FILES)

    @routes.get("/<conversation_template_id>", TEMPLATES_VIEW)
    def show_conversation_template(caller: Caller, conversation_template_id: str) -> ConversationTemplateView:
        """Show a conversation template, and what it wants filled."""
        with database.reading() as work:
            return ConversationTemplateView.of(templates.find(work, caller, conversation_template_id))

    @routes.patch("/<conversation_template_id>", TEMPLATES_EDIT)
    def change_conversation_template(
        caller: Caller, conversation_template_id: str, body: ConversationTemplateChanges
    ) -> ConversationTemplateView:
        """Change name, channel, text or files of a conversation template."""
        given = body.model_dump(exclude_unset=True)
        changes = {name: value for name, value in given.items() if name == "channel" or value is not None}
        return ConversationTemplateView.of(templates.change(caller, conversation_template_id, changes))

    @routes.delete("/<conversation_template_id>", TEMPLATES_EDIT)
    def delete_conversation_template(caller: Caller, conversation_template_id: str) -> None:
        """Delete a conversation template; its files stay in the media library."""
        templates.delete(caller, conversation_template_id)

    return routes


def _chosen(caller: Caller, query: ConversationTemplateQuery) -> sa.Select[tuple[object, ...]]:
    chosen = of_company(CONVERSATION, caller.company)
    if query.channel is not None:
        channel = CONVERSATION.c.channel
        chosen = chosen.where(sa.or_(channel == query.channel, channel.is_(None)))
    if query.search is not None:
        chosen = chosen.where(containing(query.search, CONVERSATION.c.name))
    return chosen
