"""The facts that the gate reads, gathered in one query for any number of contacts of a sender."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa

from botflow.consent.gate import Facts, Pair, Scope, Template, Window
from botflow.consent.hours import quiet_until, zone_of
from botflow.consent.ledger import STATES, Standing, Subject, standing_in, subject_in
from botflow.consent.models import BlacklistEntry, SenderConsent
from botflow.contacts.service import CONTACT_FACTS
from botflow.db import UnitOfWork, one_of, table_of
from botflow.senders.service import ACTIVE, SENDER_FACTS
from botflow_runtime.catalog import fold

SETTINGS: Final = table_of(SenderConsent)
BLACKLIST: Final = table_of(BlacklistEntry)

IMPLIED_DAYS: Final = 180
"""How long implied consent lasts at a sender that sets nothing else."""
SCOPES: Final[tuple[Scope, ...]] = ("channel", "sender", "chatbot")


@dataclass(frozen=True)
class Known:
    """What is known of a contact at a sender: the sender's settings, and the standings that matter there."""

    row: sa.RowMapping
    standings: dict[Subject, Standing]

    def facts(self, scenario: str, now: int, window: Window = "open", leaving_thread: str = "") -> Facts:
        """The facts for a message of `scenario` (empty: of no chatbot).

        `leaving_thread` is the thread of a message that leaves: what its own step opted out of does not stop it, since
        it was queued before that or judged after it (engine.md 9).
        """
        return Facts(
            now=now,
            sender_active=self.row["status"] == ACTIVE,
            blacklisted=self.row["blacklisted_outbound"],
            opted_out=self._opted_out(scenario, leaving_thread),
            compliance=self._compliance(),
            pair=self._pair(now, leaving_thread) if self.row["requires_pair"] else None,
            window=window,
            quiet_until=self._quiet_until(now),
        )

    def template(self, names: Collection[str]) -> Template:
        """What kind of template a message is that needs the vendor's templates of these names."""
        if not names:
            return "none"
        return "consent" if set(names) <= set(self.row["consent_templates"] or ()) else "vendor"

    def answer(self, *said: str | None) -> bool | None:
        """What the contact said to a consent template, payload or text: Yes, No, or something else."""
        folded = {fold(one) for one in said if one}
        if folded & set(self.row["consent_no"]):
            return False
        return True if folded & set(self.row["consent_yes"]) else None

    def opt_out_of(self, thread_id: str) -> Standing | None:
        """The newest opt-out in force that a thread's step or keyword brought about."""
        own = [standing for standing in self._blocks().values() if standing.cause.thread_id == thread_id]
        return max(own, key=lambda standing: standing.since, default=None)

    def blocks(self) -> list[Subject]:
        """Every opt-out in force for the channel and the sender."""
        return list(self._blocks())

    def _blocks(self) -> dict[Subject, Standing]:
        return {
            subject: standing
            for subject, standing in self.standings.items()
            if subject.kind in SCOPES and standing.state == "opt_out"
        }

    def _opted_out(self, scenario: str, leaving_thread: str) -> Scope | None:
        against = {
            subject.kind
            for subject, standing in self._blocks().items()
            if subject.scenario in ("", scenario) and not _spares(standing, leaving_thread)
        }
        return next((scope for scope in SCOPES if scope in against), None)

    def _compliance(self) -> bool | None:
        standing = self.standings.get(COMPLIANCE)
        return None if standing is None else {"yes": True, "no": False}.get(standing.state)

    def _pair(self, now: int, leaving_thread: str) -> Pair:
        standing = self.standings.get(Subject("pair", self.row["channel"], self.row["id"]))
        if standing is None:
            return "unknown"
        if standing.state == "opt_out" and _spares(standing, leaving_thread):
            return "explicit"
        return _PAIRS[standing.at(now)]

    def _quiet_until(self, now: int) -> int | None:
        begins, ends = self.row["quiet_from"], self.row["quiet_till"]
        if begins is None or ends is None:
            return None
        return quiet_until(begins, ends, zone_of((self.row["contact_zone"], self.row["time_zone"])), now)


COMPLIANCE: Final = Subject("compliance")
_PAIRS: Final[dict[Any, Pair]] = {
    "explicit": "explicit",
    "implied": "implied",
    "implied_expired": "implied_expired",
    "opt_out": "opt_out",
    "unknown": "unknown",
}


def _spares(standing: Standing, thread_id: str) -> bool:
    return bool(thread_id) and standing.spares_thread and standing.cause.thread_id == thread_id


def _written(value: str) -> sa.ColumnElement[str]:
    """A value that is always the same, written into the statement: one that is handed over each time costs time."""
    return sa.literal_column(f"'{value}'")


def _blacklisted(direction: str) -> sa.Exists:
    """The contact's address or number is on the list of the sender or of the company."""
    listed = BLACKLIST.c.address
    known_as = (CONTACT_FACTS.c.address, "+" + CONTACT_FACTS.c.address, CONTACT_FACTS.c.phone)
    return sa.exists().where(
        BLACKLIST.c.company_id == SENDER_FACTS.c.company_id,
        listed.in_(known_as),
        BLACKLIST.c.direction == _written(direction),
        sa.or_(BLACKLIST.c.sender_id.is_(None), BLACKLIST.c.sender_id == SENDER_FACTS.c.id),
    )


def _known() -> sa.Select[Any]:
    here = sa.or_(
        STATES.c.kind == _written("compliance"),
        sa.and_(
            STATES.c.channel == SENDER_FACTS.c.channel,
            sa.or_(STATES.c.sender_id == _written(""), STATES.c.sender_id == SENDER_FACTS.c.id),
        ),
    )
    return (
        sa.select(
            *(SENDER_FACTS.c[name] for name in ("id", "channel", "status", "time_zone")),
            CONTACT_FACTS.c.id.label("contact"),
            CONTACT_FACTS.c.time_zone.label("contact_zone"),
            *(SETTINGS.c[name] for name in _SETTINGS),
            _blacklisted("inbound").label("blacklisted_inbound"),
            _blacklisted("outbound").label("blacklisted_outbound"),
            *(STATES.c[name].label(f"state_{name}") for name in _STATE),
        )
        .select_from(SENDER_FACTS)
        .join(CONTACT_FACTS, CONTACT_FACTS.c.company_id == SENDER_FACTS.c.company_id)
        .outerjoin(SETTINGS, SETTINGS.c.sender_id == SENDER_FACTS.c.id)
        .outerjoin(STATES, sa.and_(STATES.c.contact_id == CONTACT_FACTS.c.id, here))
        .where(
            SENDER_FACTS.c.id == sa.bindparam("sender"),
            one_of(CONTACT_FACTS.c.id, "contacts"),
        )
        .order_by(CONTACT_FACTS.c.id)
    )


_SETTINGS: Final = (
    "join_word_only",
    "requires_pair",
    "implied_days",
    "quiet_from",
    "quiet_till",
    "consent_templates",
    "consent_yes",
    "consent_no",
    "opt_out_response",
    "help_response",
    "join_response",
    "auto_reply",
)
_STATE: Final = (
    "kind",
    "channel",
    "sender_id",
    "scenario",
    "state",
    "since",
    "until",
    "cause",
    "cause_id",
    "thread_id",
    "spares_thread",
)
# Made once: making it costs more than running it, and it runs twice for every message.
_KNOWN: Final = _known()


def gather(work: UnitOfWork, sender_id: str, contacts: Collection[str]) -> dict[str, Known]:
    """What is known of these contacts of the sender's company, by their ids, in one query."""
    rows = work.all(_KNOWN, sender=sender_id, contacts=list(contacts))
    return {contact: _known_of(group) for contact, group in groupby(rows, lambda row: str(row["contact"]))}


def _known_of(rows: Iterator[sa.RowMapping]) -> Known:
    found = list(rows)
    states = [{name: row[f"state_{name}"] for name in _STATE} for row in found if row["state_kind"] is not None]
    return Known(found[0], {subject_in(state): standing_in({**state, "user_id": None}) for state in states})
