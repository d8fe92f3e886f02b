"""HTTP: WhatsApp templates, listed, made and imported (AS-4)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pydantic import Field

from botflow.db import of_company
from botflow.permissions import TEMPLATES_EDIT, TEMPLATES_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Page, Text, View, examples
from botflow.templates.api.whatsapp_views import Category, Components, WhatsAppTemplateView
from botflow.templates.service import WHATSAPP
from botflow.templates.whatsapp import WhatsAppTemplates

SORTS: Final = Sorts(
    WHATSAPP.c.id,
    {"name": WHATSAPP.c.name, "created_at": WHATSAPP.c.created_at, "updated_at": WHATSAPP.c.updated_at},
    "name",
)


class NewWhatsAppTemplate(Body):
    """A template to be made."""

    model_config = {
        "json_schema_extra": examples(
            {
                "sender": "shop",
                "name": "order_sent",
                "language": "en",
                "category": "utility",
                "components": [
                    {"type": "BODY", "text": "Order {{1}} has left.", "example": {"body_text": [["81"]]}},
                ],
            }
        )
    }

    sender: Text = Field(min_length=1, description="Id of a sender of WhatsApp.")
    name: Text = Field(description="Small letters, digits and _.")
    language: Text = Field(description="Such as `en` or `es_MX`.")
    category: Category
    components: Components


class ImportedFrom(Body):
    """Whose templates are imported."""

    sender: Text = Field(min_length=1, description="Id of a sender of WhatsApp.")


class ImportedView(View):
    """What came of an import."""

    new: int
    changed: int
    gone: int = Field(description="Templates that WhatsApp has no more; their status is `deleted` now.")


class WhatsAppTemplateQuery(PageQuery):
    """Which templates."""

    sender: str | None = Field(default=None, max_length=200)
    status: str | None = Field(default=None, max_length=50)
    category: Category | None = None
    language: str | None = Field(default=None, max_length=20)


def whatsapp_api(templates: WhatsAppTemplates) -> Routes:
    """Routes of /whatsapp-templates itself, and its import."""
    routes = Routes("templates", "/whatsapp-templates")
    database = templates.database

    @routes.get("", TEMPLATES_VIEW)
    def list_whatsapp_templates(caller: Caller, query: WhatsAppTemplateQuery) -> Page[WhatsAppTemplateView]:
        """List the templates of the senders that the caller may use."""
        chosen = of_company(WHATSAPP, caller.company)
        if caller.senders is not None:
            chosen = chosen.where(WHATSAPP.c.sender_id.in_(sorted(caller.senders)))
        for column, value in (
            (WHATSAPP.c.sender_id, query.sender),
            (WHATSAPP.c.status, query.status),
            (WHATSAPP.c.category, query.category),
            (WHATSAPP.c.language, query.language),
        ):
            chosen = chosen if value is None else chosen.where(column == value)
        with database.reading() as work:
            rows, following = SORTS.page(work, chosen, query)
        return Page(items=[WhatsAppTemplateView.model_validate(row) for row in rows], next=following)

    @routes.post("", TEMPLATES_EDIT, statuses=[HTTPStatus.CREATED])
    def create_whatsapp_template(caller: Caller, body: NewWhatsAppTemplate) -> Answer[WhatsAppTemplateView]:
        """Keep a draft of a template. Every broken rule is told at once."""
        row = templates.make(caller, body.sender, body.model_dump(exclude={"sender"}))
        return Answer(WhatsAppTemplateView.model_validate(row), HTTPStatus.CREATED)

    @routes.post("/import", TEMPLATES_EDIT)
    def import_whatsapp_templates(caller: Caller, body: ImportedFrom) -> ImportedView:
        """Make the templates of a sender be as WhatsApp has them; drafts stay."""
        return ImportedView.model_validate(templates.take_over(caller, body.sender))

    return routes
