"""The ledger of consent, and the present state that its entries come to (CO-9).

`record` is the one way in which consent changes: it adds the entry and writes the state in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal, TypeAlias

import sqlalchemy as sa

from botflow.clock import iso
from botflow.consent.models import ConsentEntry, ConsentState
from botflow.contacts.service import lock_contact
from botflow.db import UnitOfWork, table_of
from botflow.notices.service import Happening, audience_now, event_id, tell

ENTRIES: Final = table_of(ConsentEntry)
STATES: Final = table_of(ConsentState)

Kind: TypeAlias = Literal["channel", "sender", "chatbot", "compliance", "pair"]
State: TypeAlias = Literal["open", "opt_out", "unknown", "explicit", "implied", "implied_expired", "yes", "no"]
"""A block is `open` or `opt_out`; compliance `unknown`, `yes` or `no`; the others are those of a pair (CO-6)."""
CauseKind: TypeAlias = Literal["message", "step", "operator", "api", "import", "vendor", "event", "expiry"]
Row: TypeAlias = sa.RowMapping | Mapping[str, Any]
BLOCKS: Final = ("channel", "sender", "chatbot")
MOST_EVIDENCE: Final = 500
"""Characters of evidence that an entry keeps."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What consent is about: a block of channel, sender or chatbot (on a channel), the compliance field, or a pair."""

    kind: Kind
    channel: str = ""
    sender_id: str = ""
    scenario: str = ""

    @property
    def untouched(self) -> State:
        """The state before the first entry."""
        return "open" if self.kind in BLOCKS else "unknown"


@dataclass(frozen=True, slots=True)
class Cause:
    """What changed consent: a contact's message, a chatbot's step, an operator ..., by its id.

    `evidence`: the words that show it. `thread_id`: of the chatbot whose step or keyword it was.
    """

    kind: CauseKind
    id: str = ""
    evidence: str = ""
    user_id: str | None = None
    thread_id: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger. `at` and `until` (implied consent ends) in milliseconds since the epoch."""

    at: int
    subject: Subject
    from_state: State
    to_state: State
    until: int | None
    cause: Cause


@dataclass(frozen=True, slots=True)
class Standing:
    """The present state of a subject, and what brought it about.

    `since` and the cause are of the entry that changed the state: the same again is an entry, but no new cause.
    `spares_thread`: the opt-out was made by the own step of the thread of the cause and by nothing else, and so does
    not stop what that thread had queued before (engine.md 9).
    """

    state: State
    since: int = 0
    until: int | None = None
    cause: Cause = Cause("event")
    spares_thread: bool = False

    def at(self, now: int) -> State:
        """The state at a time: implied consent expires by itself."""
        expired = self.state == "implied" and self.until is not None and self.until <= now
        return "implied_expired" if expired else self.state


def after(before: Standing, entry: Entry) -> Standing:
    """What a standing becomes by an entry."""
    step = entry.cause.kind == "step"
    if before.state == entry.to_state:
        same_thread = step and before.cause.thread_id == entry.cause.thread_id
        return replace(before, until=entry.until, spares_thread=before.spares_thread and same_thread)
    return Standing(entry.to_state, entry.at, entry.until, entry.cause, step)


def rebuilt(entries: Iterable[Entry]) -> dict[Subject, Standing]:
    """The present state of each subject, from the entries of a contact in their order."""
    standings: dict[Subject, Standing] = {}
    for entry in entries:
        before = standings.get(entry.subject, Standing(entry.subject.untouched))
        standings[entry.subject] = after(before, entry)
    return standings


def record(
    work: UnitOfWork,
    company_id: str,
    contact_id: str,
    subject: Subject,
    to: State,
    cause: Cause,
    now: int,
    until: int | None = None,
) -> Standing:
    """Change consent: an entry of the ledger and the present state. Returns the new standing.

    The contact is locked until the transaction ends, so that entries and state agree whoever else is at it.
    """
    lock_contact(work, contact_id)
    found = standing_of(work, contact_id, subject)
    before = found or Standing(subject.untouched)
    entries = _with_expiry(before, Entry(now, subject, before.state, to, until, cause))
    number: int = work.value(_LAST_NUMBER, contact=contact_id) or 0
    standing = before
    for entry in entries:
        number += 1
        standing = after(standing, entry)
        work.execute(ENTRIES.insert().values(_entry_row(company_id, contact_id, number, entry)))
    _tell(work, company_id, contact_id, entries, number)
    row = _state_row(company_id, contact_id, subject, standing)
    if found is None:
        work.execute(STATES.insert().values(row))
    else:
        work.execute(STATES.update().where(_is(contact_id, subject)).values(row))
    return standing


def _tell(work: UnitOfWork, company_id: str, contact_id: str, entries: list[Entry], last: int) -> None:
    """Let the company's webhooks know; consent changes seldom, so who wants to is read from the rows."""
    wanted = audience_now(work, company_id)
    for number, entry in enumerate(entries, last - len(entries) + 1):
        data = {
            "contact": {"id": contact_id},
            **asdict(entry.subject),
            "from": entry.from_state,
            "to": entry.to_state,
            "until": None if entry.until is None else iso(entry.until),
            "cause": entry.cause.kind,
            "evidence": entry.cause.evidence[:MOST_EVIDENCE],
        }
        own_id = event_id(entry.at, contact_id, str(number))
        sender_id = entry.subject.sender_id or None
        tell(work, wanted, Happening(own_id, "consent.changed", company_id, contact_id, entry.at, data, sender_id))


def _with_expiry(before: Standing, entry: Entry) -> list[Entry]:
    """The entry, and before it the expiry that has gone unnoted: nobody has to be there when consent expires."""
    if before.state != "implied" or before.until is None or before.until > entry.at:
        return [entry]
    expiry = Entry(before.until, entry.subject, "implied", "implied_expired", None, Cause("expiry"))
    return [expiry, replace(entry, from_state="implied_expired")]


def erase_evidence(work: UnitOfWork, contact_id: str) -> int:
    """Blank the words that show what changed consent, and the ids of vendors; the changes stay. Returns how many."""
    own = ENTRIES.update().where(ENTRIES.c.contact_id == contact_id)
    count = work.execute(own.values(evidence="")).rowcount
    work.execute(own.where(ENTRIES.c.cause == "vendor").values(cause_id=""))
    of_vendors = STATES.update().where(STATES.c.contact_id == contact_id, STATES.c.cause == "vendor")
    work.execute(of_vendors.values(cause_id=""))
    return count


def entries_of(work: UnitOfWork, contact_id: str) -> list[Entry]:
    """Every entry of a contact, oldest first."""
    return [entry_in(row) for row in work.all(_ENTRIES_OF, contact=contact_id)]


def standings_of(work: UnitOfWork, contact_id: str) -> dict[Subject, Standing]:
    """The present state of every subject that has one."""
    return {subject_in(row): standing_in(row) for row in work.all(_STATES_OF, contact=contact_id)}


def standing_of(work: UnitOfWork, contact_id: str, subject: Subject) -> Standing | None:
    """The present state of one subject; None where nothing was ever recorded."""
    row = work.first(sa.select(STATES).where(_is(contact_id, subject)))
    return None if row is None else standing_in(row)


_LAST_NUMBER: Final = sa.select(sa.func.max(ENTRIES.c.number)).where(ENTRIES.c.contact_id == sa.bindparam("contact"))
_ENTRIES_OF: Final = (
    sa.select(ENTRIES).where(ENTRIES.c.contact_id == sa.bindparam("contact")).order_by(ENTRIES.c.number)
)
_STATES_OF: Final = sa.select(STATES).where(STATES.c.contact_id == sa.bindparam("contact"))


def _is(contact_id: str, subject: Subject) -> sa.ColumnElement[bool]:
    about = [STATES.c[name] == value for name, value in asdict(subject).items()]
    return sa.and_(STATES.c.contact_id == contact_id, *about)


def _entry_row(company_id: str, contact_id: str, number: int, entry: Entry) -> dict[str, Any]:
    return ConsentEntry(
        contact_id=contact_id,
        number=number,
        company_id=company_id,
        at=entry.at,
        from_state=entry.from_state,
        to_state=entry.to_state,
        until=entry.until,
        cause=entry.cause.kind,
        cause_id=entry.cause.id,
        evidence=entry.cause.evidence[:MOST_EVIDENCE].replace("\0", "\N{REPLACEMENT CHARACTER}"),
        user_id=entry.cause.user_id,
        thread_id=entry.cause.thread_id,
        **asdict(entry.subject),
    ).model_dump()


def _state_row(company_id: str, contact_id: str, subject: Subject, standing: Standing) -> dict[str, Any]:
    return ConsentState(
        contact_id=contact_id,
        company_id=company_id,
        state=standing.state,
        since=standing.since,
        until=standing.until,
        cause=standing.cause.kind,
        cause_id=standing.cause.id,
        user_id=standing.cause.user_id,
        thread_id=standing.cause.thread_id,
        spares_thread=standing.spares_thread,
        **asdict(subject),
    ).model_dump()


def subject_in(row: Row) -> Subject:
    """What a row of the ledger or of the present state is about."""
    return Subject(row["kind"], row["channel"], row["sender_id"], row["scenario"])


def entry_in(row: Row) -> Entry:
    """A row of the ledger."""
    cause = Cause(row["cause"], row["cause_id"], row["evidence"], row["user_id"], row["thread_id"])
    return Entry(row["at"], subject_in(row), row["from_state"], row["to_state"], row["until"], cause)


def standing_in(row: Row) -> Standing:
    """A row of the present state; the evidence stays in the ledger."""
    cause = Cause(row["cause"], row["cause_id"], "", row["user_id"], row["thread_id"])
    return Standing(row["state"], row["since"], row["until"], cause, row["spares_thread"])
