"""HTTP: WhatsApp templates (AS-4)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

from pydantic import Field, computed_field

from botflow.db import of_company
from botflow.permissions import TEMPLATES_EDIT, TEMPLATES_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.problems import Place, places
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Moment, Page, Text, View, examples
from botflow.templates import rules
from botflow.templates.approval import has_media, variables_in
from botflow.templates.service import WHATSAPP
from botflow.templates.whatsapp import WhatsAppTemplates, broken_rules

SORTS: Final = Sorts(
    WHATSAPP.c.id,
    {"name": WHATSAPP.c.name, "created_at": WHATSAPP.c.created_at, "updated_at": WHATSAPP.c.updated_at},
    "name",
)

Category = Literal["marketing", "utility", "authentication"]
Components = Annotated[
    list[dict[str, Any]],
    Field(description="Header, body, footer, buttons, carousel and offer, as WhatsApp's Graph API has them."),
]


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


class WhatsAppTemplateChanges(Body):
    """What is to be changed of a template; what is left out or null stays."""

    category: Category | None = None
    components: Components | None = None


class TemplateToCheck(Body):
    """A template as it is being written."""

    name: Text
    language: Text
    category: Category
    components: Components


class CheckedTemplateView(View):
    """What has to be mended before it can be kept."""

    errors: list[Place] = Field(description="Every broken rule, the first hundred at the most; empty: it can be kept.")


class TemplateLimitsView(View):
    """The numbers in the rules, for pages that count while somebody writes."""

    header: int = Field(description="Characters.")
    body: int = Field(description="Characters.")
    emoji: int = Field(description="Emoji of a body.")
    footer: int = Field(description="Characters.")
    offer: int = Field(description="Characters.")
    button: int = Field(description="Characters of a button's text.")
    code: int = Field(description="Characters of a coupon code.")
    phone: int = Field(description="Characters of a number to call.")
    buttons: int
    url_buttons: int
    card_replies: int
    card_urls: int
    cards_least: int
    cards: int
    apps: int
    minutes: int = Field(description="Longest validity of a one-time password.")


LIMITS: Final = TemplateLimitsView(
    header=rules.HEADER_LENGTH,
    body=rules.BODY_LENGTH,
    emoji=rules.MOST_EMOJI,
    footer=rules.FOOTER_LENGTH,
    offer=rules.OFFER_LENGTH,
    button=rules.BUTTON_LENGTH,
    code=rules.CODE_LENGTH,
    phone=rules.PHONE_LENGTH,
    buttons=rules.MOST_BUTTONS,
    url_buttons=rules.MOST_URLS,
    card_replies=rules.CARD_REPLIES,
    card_urls=rules.CARD_URLS,
    cards_least=rules.LEAST_CARDS,
    cards=rules.MOST_CARDS,
    apps=rules.MOST_APPS,
    minutes=rules.MOST_MINUTES,
)


class ImportedFrom(Body):
    """Whose templates are imported."""

    sender: Text = Field(min_length=1, description="Id of a sender of WhatsApp.")


class WhatsAppTemplateView(View):
    """A template that WhatsApp approves."""

    id: str
    sender: str = Field(validation_alias="sender_id")
    name: str
    language: str
    category: str
    components: list[dict[str, Any]]
    status: str = Field(
        description="`draft`, `submitted`, or WhatsApp's: `pending`, `approved`, `rejected`, `paused`, `disabled`, ..."
    )
    reason: str | None = Field(description="Why WhatsApp did not take or approve it.")
    vendor_id: str | None = Field(description="WhatsApp's id of it.")
    created_at: Moment
    updated_at: Moment

    @computed_field(description="Names of its variables: what a message made of it has to fill.")  # type: ignore[prop-decorator]  # pydantic's way
    @property
    def variables(self) -> list[str]:
        """As content calls them (MS-6)."""
        return variables_in(self.components)

    @computed_field(description="Whether a message made of it has media for its header.")  # type: ignore[prop-decorator]  # pydantic's way
    @property
    def wants_media(self) -> bool:
        """By the format of its header."""
        return has_media(self.components)


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
    """Routes under /whatsapp-templates."""
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

    @routes.post("/check", TEMPLATES_VIEW)
    def check_whatsapp_template(caller: Caller, body: TemplateToCheck) -> CheckedTemplateView:
        """Say every broken rule of a template, without keeping it."""
        return CheckedTemplateView(errors=places(broken_rules(body.model_dump())))

    @routes.get("/limits", TEMPLATES_VIEW)
    def show_template_limits(caller: Caller) -> TemplateLimitsView:
        """Tell how long and how many the parts of a template may be."""
        return LIMITS

    @routes.get("/<whatsapp_template_id>", TEMPLATES_VIEW)
    def show_whatsapp_template(caller: Caller, whatsapp_template_id: str) -> WhatsAppTemplateView:
        """Show a template, and whether WhatsApp has approved it."""
        with database.reading() as work:
            return WhatsAppTemplateView.model_validate(templates.find(work, caller, whatsapp_template_id))

    @routes.patch("/<whatsapp_template_id>", TEMPLATES_EDIT)
    def change_whatsapp_template(
        caller: Caller, whatsapp_template_id: str, body: WhatsAppTemplateChanges
    ) -> WhatsAppTemplateView:
        """Change a draft, or a template that was rejected."""
        changes = body.model_dump(exclude_none=True)
        return WhatsAppTemplateView.model_validate(templates.change(caller, whatsapp_template_id, changes))

    @routes.delete("/<whatsapp_template_id>", TEMPLATES_EDIT)
    def delete_whatsapp_template(caller: Caller, whatsapp_template_id: str) -> None:
        """Delete a template, at WhatsApp too."""
        templates.delete(caller, whatsapp_template_id)

    @routes.post("/<whatsapp_template_id>/submit", TEMPLATES_EDIT)
    def submit_whatsapp_template(caller: Caller, whatsapp_template_id: str) -> WhatsAppTemplateView:
        """Hand a template in for approval. What WhatsApp does not take is answered 409 with its reason."""
        return WhatsAppTemplateView.model_validate(templates.submit(caller, whatsapp_template_id))

    return routes
