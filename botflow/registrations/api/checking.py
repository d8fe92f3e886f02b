"""HTTP: the rules of applications for sender IDs (AS-2)."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from botflow.permissions import SENDERS_VIEW, Caller
from botflow.registrations import rules
from botflow.registrations.api.views import Application
from botflow.registrations.service import Registrations
from botflow.rest.problems import Place, places
from botflow.rest.routes import Routes
from botflow.rest.types import TEXT_LENGTH, View


class CheckedApplicationView(View):
    """What has to be mended before it can be sent in."""

    errors: list[Place] = Field(description="The first hundred at the most; empty: it can be sent in.")


class PictureLimitView(View):
    """What a picture has to be: its pixels, and the most bytes."""

    width: int
    height: int
    most_bytes: int


class RegistrationLimitsView(View):
    """The numbers in the rules, for pages that count while somebody writes; lengths are in characters."""

    sms_name: int
    purpose: int
    sample: int
    company: int
    rcs_name: int
    description: int
    contact_name: int
    phone: int
    url: int
    email: int
    label: int = Field(description="Text of a button.")
    contacts: int = Field(description="Numbers, websites and e-mail addresses, of each.")
    logo: PictureLimitView
    background: PictureLimitView
    countries: list[str] = Field(description="Where a sender of SMS can be registered (ISO 3166).")


LIMITS: Final = RegistrationLimitsView(
    sms_name=rules.SMS_NAME_LENGTH,
    purpose=rules.PURPOSE_LENGTH,
    sample=rules.SAMPLE_LENGTH,
    company=rules.COMPANY_LENGTH,
    rcs_name=rules.RCS_NAME_LENGTH,
    description=rules.DESCRIPTION_LENGTH,
    contact_name=rules.CONTACT_NAME_LENGTH,
    phone=rules.PHONE_LENGTH,
    url=TEXT_LENGTH,
    email=rules.EMAIL_LENGTH,
    label=rules.LABEL_LENGTH,
    contacts=rules.MOST_CONTACTS,
    logo=PictureLimitView.model_validate(rules.LOGO),
    background=PictureLimitView.model_validate(rules.BACKGROUND),
    countries=list(rules.COUNTRIES),
)


def checking_api(registrations: Registrations) -> Routes:
    """Routes for pages that judge an application while somebody writes."""
    routes = Routes("senders", "/sender-registrations")

    @routes.post("/check", SENDERS_VIEW)
    def check_sender_registration(caller: Caller, body: Application) -> CheckedApplicationView:
        """Say every rule that an application breaks, without keeping it."""
        return CheckedApplicationView(errors=places(registrations.check(caller, body.channel, body.name, body.details)))

    @routes.get("/limits", SENDERS_VIEW)
    def show_registration_limits(caller: Caller) -> RegistrationLimitsView:
        """Tell how long and how many the parts of an application may be."""
        return LIMITS

    return routes
