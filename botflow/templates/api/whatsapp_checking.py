"""HTTP: the rules of WhatsApp templates (AS-4)."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from botflow.permissions import TEMPLATES_VIEW, Caller
from botflow.rest.problems import Place, places
from botflow.rest.routes import Routes
from botflow.rest.types import Body, Text, View
from botflow.templates import rules
from botflow.templates.api.whatsapp_views import Category, Components
from botflow.templates.whatsapp import broken_rules


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


def whatsapp_checking_api() -> Routes:
    """Routes for pages that judge a template while somebody writes."""
    routes = Routes("templates", "/whatsapp-templates")

    @routes.post("/check", TEMPLATES_VIEW)
    def check_whatsapp_template(caller: Caller, body: TemplateToCheck) -> CheckedTemplateView:
        """Say every broken rule of a template, without keeping it."""
        return CheckedTemplateView(errors=places(broken_rules(body.model_dump())))

    @routes.get("/limits", TEMPLATES_VIEW)
    def show_template_limits(caller: Caller) -> TemplateLimitsView:
        """Tell how long and how many the parts of a template may be."""
        return LIMITS

    return routes
