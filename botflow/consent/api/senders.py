"""HTTP: words, responses and rules of senders (CO-3, CO-5, CO-6)."""

from __future__ import annotations

from typing import Any

from pydantic import Field, JsonValue

from botflow.consent.api.office import Office
from botflow.consent.facts import IMPLIED_DAYS
from botflow.consent.settings import SenderSettings, set_settings, settings_of
from botflow.permissions import CONSENT_EDIT, CONSENT_VIEW, Caller, check_sender
from botflow.rest.routes import Routes
from botflow.rest.types import Body, Name, View

Content = dict[str, JsonValue]


class SettingsBody(Body):
    """What a sender sets about consent; what is left out goes back to its default."""

    opt_out_words: list[str] = Field(default=[], description="On top of stop, cancel, unsubscribe and quit.")
    help_words: list[str] = []
    join_words: list[str] = []
    opt_out_response: Content | None = Field(default=None, description="Content of the sender's channel.")
    help_response: Content | None = None
    join_response: Content | None = None
    auto_reply: Content | None = Field(default=None, description="To a message that fits nothing.")
    join_word_only: bool = Field(default=False, description="Opt-outs end with a join word only.")
    requires_pair: bool = Field(default=False, description="Only contacts whose consent is known are written to.")
    implied_days: int = Field(default=IMPLIED_DAYS, description="How long implied consent lasts.")
    quiet_from: str | None = Field(default=None, max_length=5, description="HH:MM on the contact's clock.")
    quiet_till: str | None = Field(default=None, max_length=5)
    consent_templates: list[Name] = Field(default=[], description="The vendor's templates that ask for consent.")
    consent_yes: list[str] = Field(default=["yes"], description="Payloads or texts that answer these with Yes.")
    consent_no: list[str] = Field(default=["no"], description="The same for No.")


class SettingsView(View):
    """What a sender has set about consent."""

    opt_out_words: list[str]
    help_words: list[str]
    join_words: list[str]
    opt_out_response: Content | None
    help_response: Content | None
    join_response: Content | None
    auto_reply: Content | None
    join_word_only: bool
    requires_pair: bool
    implied_days: int
    quiet_from: str | None
    quiet_till: str | None
    consent_templates: list[str]
    consent_yes: list[str]
    consent_no: list[str]


def senders_api(office: Office) -> Routes:
    """Routes under /senders/.../consent."""
    routes = Routes("Consent", "/senders/<sender_id>/consent")

    @routes.get("", CONSENT_VIEW)
    def show_sender_consent(caller: Caller, sender_id: str) -> SettingsView:
        """Show words, responses and rules of a sender (CO-3)."""
        check_sender(caller, sender_id)
        with office.database.reading() as work:
            return SettingsView.model_validate(settings_of(work, caller.company, sender_id))

    @routes.put("", CONSENT_EDIT)
    def put_sender_consent(caller: Caller, sender_id: str, body: SettingsBody) -> SettingsView:
        """Set words, responses and rules of a sender (CO-3, CO-6)."""
        check_sender(caller, sender_id)
        with office.database.transaction() as work:
            before = settings_of(work, caller.company, sender_id)
            set_settings(work, caller.company, sender_id, _settings(body))
            after = settings_of(work, caller.company, sender_id)
            office.audit.note(work, caller, "sender_consent.updated", sender_id, vars(before), vars(after))
        return SettingsView.model_validate(after)

    return routes


def _settings(body: SettingsBody) -> SenderSettings:
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in body.model_dump().items()
    }
    return SenderSettings(**given)
