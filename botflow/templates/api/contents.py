"""HTTP: content templates (AS-3)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

import sqlalchemy as sa
from pydantic import Field

from botflow.db import of_company
from botflow.permissions import TEMPLATES_EDIT, TEMPLATES_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.problems import Place, places
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Moment, Name, Page, View, examples
from botflow.templates.contents import ContentTemplates, mistakes
from botflow.templates.filling import placeholders
from botflow.templates.service import CONTENTS

SORTS: Final = Sorts(
    CONTENTS.c.id,
    {"name": CONTENTS.c.name, "created_at": CONTENTS.c.created_at, "updated_at": CONTENTS.c.updated_at},
    "name",
)


class NewContentTemplate(Body):
    """A content to be kept."""

    model_config = {
        "json_schema_extra": examples(
            {"name": "Order sent", "channel": "sms", "content": {"type": "text", "text": "Order {{order}} has left."}}
        )
    }

    name: Name
    channel: Name
    content: dict[str, Any] = Field(
        description="Content of the channel, as the scenario format has it in messages, with `{{placeholders}}`."
    )


class ContentTemplateChanges(Body):
    """What is to be changed of a content template; what is left out or null stays."""

    name: Name | None = None
    content: dict[str, Any] | None = None


class ContentTemplateView(View):
    """A content that is kept."""

    id: str
    name: str
    channel: str
    content: dict[str, Any]
    params: list[str] = Field(description="Names of its placeholders: what a message made of it has to fill.")
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, row: sa.RowMapping) -> ContentTemplateView:
        """A row as it is shown."""
        return cls.model_validate({**row, "params": placeholders(row["content"])})


class ContentToCheck(Body):
    """A content as it is being written."""

    channel: Name
    content: dict[str, Any]


class CheckedContentView(View):
    """What has to be mended before a content can be kept, and what a message made of it will have to fill."""

    errors: list[Place] = Field(description="Every mistake, the first hundred at the most; empty: it can be kept.")
    params: list[str]


class ContentTemplateQuery(PageQuery):
    """Which content templates."""

    channel: str | None = Field(default=None, max_length=200)


def contents_api(contents: ContentTemplates) -> Routes:
    """Routes under /content-templates."""
    routes = Routes("templates", "/content-templates")
    database = contents.database

    @routes.get("", TEMPLATES_VIEW)
    def list_content_templates(caller: Caller, query: ContentTemplateQuery) -> Page[ContentTemplateView]:
        """List the contents that the company keeps."""
        chosen = of_company(CONTENTS, caller.company)
        chosen = chosen if query.channel is None else chosen.where(CONTENTS.c.channel == query.channel)
        with database.reading() as work:
            rows, following = SORTS.page(work, chosen, query)
        return Page(items=list(map(ContentTemplateView.of, rows)), next=following)

    @routes.post("", TEMPLATES_EDIT, statuses=[HTTPStatus.CREATED])
    def create_content_template(caller: Caller, body: NewContentTemplate) -> Answer[ContentTemplateView]:
        """Keep a content of a channel under a name. What is wrong with it is told all at once."""
        row = contents.make(caller, body.name, body.channel, body.content)
        return Answer(ContentTemplateView.of(row), HTTPStatus.CREATED)

    @routes.post("/check", TEMPLATES_VIEW)
    def check_content_template(caller: Caller, body: ContentToCheck) -> CheckedContentView:
        """Say every mistake in a content and name its placeholders, without keeping it."""
        found = mistakes(body.channel, body.content)
        return CheckedContentView(errors=places(found), params=placeholders(body.content))

    @routes.get("/<content_template_id>", TEMPLATES_VIEW)
    def show_content_template(caller: Caller, content_template_id: str) -> ContentTemplateView:
        """Show a content template, and which placeholders a message made of it has to fill."""
        with database.reading() as work:
            return ContentTemplateView.of(contents.find(work, caller, content_template_id))

    @routes.patch("/<content_template_id>", TEMPLATES_EDIT)
    def change_content_template(
        caller: Caller, content_template_id: str, body: ContentTemplateChanges
    ) -> ContentTemplateView:
        """Change the name or the content; messages that were made of it stay as they are."""
        changes = body.model_dump(exclude_none=True)
        return ContentTemplateView.of(contents.change(caller, content_template_id, changes))

    @routes.delete("/<content_template_id>", TEMPLATES_EDIT)
    def delete_content_template(caller: Caller, content_template_id: str) -> None:
        """Delete a content template; messages that were made of it stay as they are."""
        contents.delete(caller, content_template_id)

    return routes
