"""What changes consent: a contact's messages, chatbots, people, vendors. The gate itself is in `gate`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from botflow.consent.facts import COMPLIANCE, IMPLIED_DAYS, Known, gather
from botflow.consent.gate import Scope
from botflow.consent.ledger import (
    Cause,
    Standing,
    State,
    Subject,
    record,
    standing_of,
    standings_of,
)
from botflow.contacts.service import find_contact
from botflow.db import UnitOfWork
from botflow.errors import NotFoundError
from botflow.senders.service import sender_of

DAY_MS: Final = 86_400_000
COMPLIANCE_STATES: Final[dict[bool | None, State]] = {True: "yes", False: "no", None: "unknown"}

Told: TypeAlias = Literal["sender", "platform", "channel", "chatbot"]
"""What the runtime says an opt-out is of: a platform's is of the whole channel."""
SCOPES: Final[dict[Told, Scope]] = {
    "sender": "sender",
    "platform": "channel",
    "channel": "channel",
    "chatbot": "chatbot",
}


@dataclass(frozen=True)
class Place:
    """Whom a message goes to, and through what."""

    contact_id: str
    company_id: str
    sender_id: str
    channel: str

    def subject(self, scope: Scope, scenario: str = "") -> Subject:
        """What an opt-out of this scope is about here."""
        sender = self.sender_id if scope == "sender" else ""
        return Subject(scope, self.channel, sender, scenario if scope == "chatbot" else "")

    @property
    def pair(self) -> Subject:
        """The consent of sender and contact (CO-6)."""
        return Subject("pair", self.channel, self.sender_id)


def known(work: UnitOfWork, place: Place) -> Known:
    """What is known of a contact at a sender: settings and consent, in one query."""
    return gather(work, place.sender_id, [place.contact_id])[place.contact_id]


def opt_out(work: UnitOfWork, place: Place, scope: Scope, cause: Cause, now: int, scenario: str = "") -> Standing:
    """Block what `scope` says from now on; where the sender requires pair consent, that ends too.

    Returns the standing of the block, whose cause a confirmation answers.
    """
    if scope != "chatbot" and known(work, place).row["requires_pair"]:
        _record(work, place, place.pair, "opt_out", cause, now)
    return _record(work, place, place.subject(scope, scenario), "opt_out", cause, now)


def heard(work: UnitOfWork, place: Place, here: Known, cause: Cause, now: int, *, join: bool) -> bool:
    """The contact wrote something that is no opt-out word: blocks of channel and sender end (CO-2).

    At a sender with `join_word_only` they end with a join word only. Where the sender requires pair consent, a join
    word is explicit consent, and any other message is implied consent for a while. Returns whether anything changed.
    """
    lifted = here.blocks() if join or not here.row["join_word_only"] else []
    for subject in lifted:
        _record(work, place, subject, "open", cause, now)
    agreed = here.row["requires_pair"] and _agree(work, place, here, cause, now, join=join)
    return bool(lifted or agreed)


def _agree(work: UnitOfWork, place: Place, here: Known, cause: Cause, now: int, *, join: bool) -> bool:
    """Pair consent by a message. Explicit consent and, but for a join word, an opt-out stand above it."""
    standing = here.standings.get(place.pair, Standing("unknown"))
    if standing.state == "explicit" or (standing.state == "opt_out" and not join):
        return False
    if join:
        _record(work, place, place.pair, "explicit", cause, now)
        return True
    until = now + (here.row["implied_days"] or IMPLIED_DAYS) * DAY_MS
    # An entry a day is enough: the ledger shall not grow with every message.
    if standing.at(now) == "implied" and until - (standing.until or 0) < DAY_MS:
        return False
    _record(work, place, place.pair, "implied", cause, now, until)
    return True


def imply(work: UnitOfWork, place: Place, event: str, now: int) -> bool:
    """A stated event (a purchase, a form) is implied consent for a while. Returns whether it changed anything.

    Explicit consent and an opt-out stand above it.
    """
    here = known(work, place)
    standing = here.standings.get(place.pair, Standing("unknown"))
    if standing.state in ("explicit", "opt_out"):
        return False
    until = now + (here.row["implied_days"] or IMPLIED_DAYS) * DAY_MS
    _record(work, place, place.pair, "implied", Cause("event", evidence=event), now, until)
    return True


def subscription_changed(work: UnitOfWork, place: Place, wanted: bool, vendor_id: str, reason: str, now: int) -> None:
    """The contact switched the sender off or on at the vendor: an opt-out that needs no word, or its end."""
    cause = Cause("vendor", vendor_id, reason)
    if wanted:
        heard(work, place, known(work, place), cause, now, join=True)
    else:
        _opt_out_at_vendor(work, place, cause, now)


def refused_as_opted_out(work: UnitOfWork, place: Place, message_id: str, reason: str, now: int) -> None:
    """The vendor did not take or deliver a message because the contact wants none of the sender."""
    _opt_out_at_vendor(work, place, Cause("vendor", message_id, reason), now)


def _opt_out_at_vendor(work: UnitOfWork, place: Place, cause: Cause, now: int) -> None:
    """Vendors say it again and again; once is enough."""
    standing = standing_of(work, place.contact_id, place.subject("sender"))
    if standing is None or standing.state != "opt_out":
        opt_out(work, place, "sender", cause, now)


def answered_consent(work: UnitOfWork, place: Place, wanted: bool, cause: Cause, now: int) -> None:
    """The contact answered a consent template: Yes lifts everything that asks for consent, No leaves only it (CO-7)."""
    _record(work, place, COMPLIANCE, COMPLIANCE_STATES[wanted], cause, now)
    if wanted:
        _record(work, place, place.pair, "explicit", cause, now)


def record_explicit(work: UnitOfWork, place: Place, cause: Cause, now: int) -> None:
    """Somebody says that the contact has agreed to hear from this sender, and how.

    Pair consent is explicit, an opt-out of the sender ends, and a compliance No becomes Yes. An opt-out of the whole
    channel is about more than this sender and stays.
    """
    _record(work, place, place.pair, "explicit", cause, now)
    _end(work, place, place.subject("sender"), "opt_out", "open", cause, now)
    _end(work, place, COMPLIANCE, "no", "yes", cause, now)


def _end(work: UnitOfWork, place: Place, subject: Subject, state: State, to: State, cause: Cause, now: int) -> None:
    """Go from one state to another, if the subject is in it."""
    standing = standing_of(work, place.contact_id, subject)
    if standing is not None and standing.state == state:
        _record(work, place, subject, to, cause, now)


def _record(
    work: UnitOfWork, place: Place, subject: Subject, to: State, cause: Cause, now: int, until: int | None = None
) -> Standing:
    return record(work, place.company_id, place.contact_id, subject, to, cause, now, until)


# --- for people, through pages and API: ids come from outside and are looked up within the company -------------------


@dataclass(frozen=True)
class OptOut:
    """An opt-out in force (CT-1): `sender_id` is empty for a whole channel, `scenario` set for one chatbot's."""

    channel: str
    sender_id: str
    scenario: str
    since: int
    cause: str
    user_id: str | None


def place_of(work: UnitOfWork, company_id: str, contact_id: str, sender_id: str) -> Place:
    """A contact and a sender of a company. Raises NotFoundError when it has no such."""
    sender = sender_of(work, company_id, sender_id)
    if find_contact(work, company_id, contact_id) is None:
        raise NotFoundError(f"There is no contact {contact_id}.")
    return Place(contact_id, company_id, sender["id"], sender["channel"])


def opt_outs_of(work: UnitOfWork, company_id: str, contact_id: str) -> list[OptOut]:
    """The opt-outs of a contact that are in force, oldest first. Raises NotFoundError."""
    found = [
        OptOut(
            subject.channel,
            subject.sender_id,
            subject.scenario,
            standing.since,
            standing.cause.kind,
            standing.cause.user_id,
        )
        for subject, standing in consent_of(work, company_id, contact_id).items()
        if standing.state == "opt_out" and subject.kind != "pair"
    ]
    return sorted(found, key=lambda block: (block.since, block.channel, block.sender_id, block.scenario))


def set_opt_out(
    work: UnitOfWork, place: Place, scope: Literal["sender", "channel"], wanted: bool, cause: Cause, now: int
) -> None:
    """A person or a program opts a contact out of a sender or its channel, or takes that back."""
    if wanted:
        opt_out(work, place, scope, cause, now)
        return
    _end(work, place, place.subject(scope), "opt_out", "open", cause, now)


def set_compliance(
    work: UnitOfWork, company_id: str, contact_id: str, wanted: bool | None, cause: Cause, now: int
) -> None:
    """Set the compliance field of a contact: Yes, No, or None for not known (CO-7). Raises NotFoundError."""
    _known_contact(work, company_id, contact_id)
    record(work, company_id, contact_id, COMPLIANCE, COMPLIANCE_STATES[wanted], cause, now)


def consent_of(work: UnitOfWork, company_id: str, contact_id: str) -> dict[Subject, Standing]:
    """The present state of everything that was ever recorded of a contact. Raises NotFoundError."""
    _known_contact(work, company_id, contact_id)
    return standings_of(work, contact_id)


def _known_contact(work: UnitOfWork, company_id: str, contact_id: str) -> None:
    if find_contact(work, company_id, contact_id) is None:
        raise NotFoundError(f"There is no contact {contact_id}.")
