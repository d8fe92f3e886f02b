"""HTTP: the consent of contacts, and every change of it (CT-1, CO-6, CO-9)."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from botflow.consent.api.office import Office, cause_of
from botflow.consent.ledger import ENTRIES, Standing, State, Subject
from botflow.consent.service import Place, consent_of, place_of, record_explicit, set_compliance, set_opt_out
from botflow.db import UnitOfWork, of_company
from botflow.permissions import CONSENT_EDIT, CONSENT_VIEW, Caller, check_sender, check_whole_company
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Routes
from botflow.rest.types import Body, Id, Moment, Number, Page, Text, View

LEDGER_SORTS: Final = Sorts(ENTRIES.c.number, {"number": ENTRIES.c.number}, "-number")
COMPLIANCES: Final[dict[str, bool | None]] = {"yes": True, "no": False, "unknown": None}


class StandingView(View):
    """The present state of one thing that a contact consents to, or not."""

    kind: str = Field(description="`channel`, `sender`, `chatbot`, `pair` (sender and contact) or `compliance`.")
    channel: str
    sender_id: str = Field(description="Empty where it is not about one sender.")
    scenario: str = Field(description="Of the chatbot, where it is about one.")
    state: State
    since: Moment
    until: Moment | None = Field(description="When implied consent ends.")
    cause: str
    user_id: str | None


class ConsentView(View):
    """What is known of a contact's consent; what is not listed was never said."""

    standings: list[StandingView]


class EntryView(View):
    """A change of consent."""

    number: Number
    at: Moment
    kind: str
    channel: str
    sender_id: str
    scenario: str
    from_state: State
    to_state: State
    until: Moment | None
    cause: str
    cause_id: str = Field(description="Of the message, step, key ... that brought it about.")
    evidence: str
    user_id: str | None
    thread_id: str | None


class Explicit(Body):
    """Somebody says that the contact has agreed to hear from a sender."""

    sender_id: Id
    evidence: Text = Field(description="How the contact has said so.")


class OptOutChange(Body):
    """An opt-out, or the end of one."""

    sender_id: Id
    scope: Literal["sender", "channel"] = "sender"
    opted_out: bool
    evidence: Text = ""


class Compliance(Body):
    """The contact's Yes/No field."""

    compliance: Literal["yes", "no", "unknown"]
    evidence: Text = ""


def contacts_api(office: Office) -> Routes:
    """Routes under /contacts/.../consent."""
    routes = Routes("Consent", "/contacts/<contact_id>/consent")

    def shown(work: UnitOfWork, caller: Caller, contact_id: str) -> ConsentView:
        found = consent_of(work, caller.company, contact_id)
        found = {subject: standing for subject, standing in found.items() if _concerns(caller, subject.sender_id)}
        return ConsentView(
            standings=[_standing_view(subject, standing, office.clock()) for subject, standing in found.items()]
        )

    @routes.get("", CONSENT_VIEW)
    def show_consent(caller: Caller, contact_id: str) -> ConsentView:
        """Show what is known of a contact's consent: opt-outs with date and user, pairs, compliance (CT-1)."""
        with office.database.reading() as work:
            return shown(work, caller, contact_id)

    @routes.get("/ledger", CONSENT_VIEW)
    def list_consent_changes(caller: Caller, contact_id: str, query: PageQuery) -> Page[EntryView]:
        """List every change of a contact's consent, newest first (CO-9)."""
        with office.database.reading() as work:
            consent_of(work, caller.company, contact_id)
            own = of_company(ENTRIES, caller.company).where(ENTRIES.c.contact_id == contact_id)
            if caller.senders is not None:
                own = own.where(ENTRIES.c.sender_id.in_(["", *sorted(caller.senders)]))
            rows, following = LEDGER_SORTS.page(work, own, query)
        return Page(items=[EntryView.model_validate(row) for row in rows], next=following)

    @routes.post("/explicit", CONSENT_EDIT)
    def record_explicit_consent(caller: Caller, contact_id: str, body: Explicit) -> ConsentView:
        """Record that a contact has agreed to hear from a sender (CO-6)."""
        with office.database.transaction() as work:
            place = _place(work, caller, contact_id, body.sender_id)
            record_explicit(work, place, cause_of(caller, body.evidence), office.clock())
            office.audit.note(work, caller, "consent.recorded", contact_id, None, body.model_dump())
            return shown(work, caller, contact_id)

    @routes.put("/opt-out", CONSENT_EDIT)
    def change_opt_out(caller: Caller, contact_id: str, body: OptOutChange) -> ConsentView:
        """Opt a contact out of a sender or its channel, or take that back."""
        if body.scope == "channel":
            check_whole_company(caller)
        with office.database.transaction() as work:
            place = _place(work, caller, contact_id, body.sender_id)
            set_opt_out(work, place, body.scope, body.opted_out, cause_of(caller, body.evidence), office.clock())
            office.audit.note(work, caller, "consent.opt_out", contact_id, None, body.model_dump())
            return shown(work, caller, contact_id)

    @routes.put("/compliance", CONSENT_EDIT)
    def change_compliance(caller: Caller, contact_id: str, body: Compliance) -> ConsentView:
        """Set a contact's compliance field (CO-7)."""
        check_whole_company(caller)
        with office.database.transaction() as work:
            wanted, cause = COMPLIANCES[body.compliance], cause_of(caller, body.evidence)
            set_compliance(work, caller.company, contact_id, wanted, cause, office.clock())
            office.audit.note(work, caller, "consent.compliance", contact_id, None, body.model_dump())
            return shown(work, caller, contact_id)

    return routes


def _place(work: UnitOfWork, caller: Caller, contact_id: str, sender_id: str) -> Place:
    check_sender(caller, sender_id)
    return place_of(work, caller.company, contact_id, sender_id)


def _concerns(caller: Caller, sender_id: str) -> bool:
    """Whether consent at a sender concerns the caller; an empty id: it is of more than one sender."""
    return not sender_id or caller.may_use(sender_id)


def _standing_view(subject: Subject, standing: Standing, now: int) -> StandingView:
    return StandingView(
        kind=subject.kind,
        channel=subject.channel,
        sender_id=subject.sender_id,
        scenario=subject.scenario,
        state=standing.at(now),
        since=standing.since,
        until=standing.until,
        cause=standing.cause.kind,
        user_id=standing.cause.user_id,
    )
