"""Telling of what happens: a row for each webhook that is to know, in the transaction of what it tells (AP-3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args
from uuid import UUID

import sqlalchemy as sa

from botflow.clock import iso
from botflow.db import UnitOfWork, json_text, new_row, table_of
from botflow.notices.models import SETTLED, Webhook, WebhookDelivery

WEBHOOKS: Final = table_of(Webhook)
DELIVERIES: Final = table_of(WebhookDelivery)

Kind: TypeAlias = Literal[
    "message.received",
    "message.status",
    "thread.started",
    "thread.ended",
    "thread.handed_over",
    "consent.changed",
    "contact.erased",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


class Subscriber(NamedTuple):
    """A webhook, the kinds of events that it wants, and the senders that it hears of; of all where there are none."""

    webhook_id: str
    events: frozenset[str]
    senders: frozenset[str]

    def hears_of(self, kind: Kind, sender_id: str | None) -> bool:
        """Whether it is told what happened at a sender, or, for None, at no sender in particular."""
        return self._wants(kind) and (sender_id is None or self.is_of(sender_id))

    def is_of(self, sender_id: str) -> bool:
        """Whether it is of this sender."""
        return not self.senders or sender_id in self.senders

    def _wants(self, kind: Kind) -> bool:
        """One without events has had what was told of messages that named it: it has to hear of erasures."""
        return kind in self.events or (not self.events and kind == "contact.erased")


@dataclass(frozen=True)
class Audience:
    """A company's webhooks that are enabled."""

    subscribers: Sequence[Subscriber]

    def of(self, kind: Kind, sender_id: str | None, named: str | None = None) -> list[str]:
        """Ids of those that are told of a kind of event at a sender; `named` is told whatever it wants."""
        return [one.webhook_id for one in self.subscribers if one.webhook_id == named or one.hears_of(kind, sender_id)]


_ENABLED: Final = (
    sa.select(WEBHOOKS.c.id, WEBHOOKS.c.events, WEBHOOKS.c.senders)
    .where(WEBHOOKS.c.company_id == sa.bindparam("company"), WEBHOOKS.c.enabled)
    .order_by(WEBHOOKS.c.id)
)
_NAME: Final = sa.bindparam("name", type_=sa.String())
_NAMED: Final = _ENABLED.where(sa.or_(WEBHOOKS.c.id == _NAME, WEBHOOKS.c.address == _NAME))


@dataclass(frozen=True)
class Happening:
    """What happened to a contact, for who wants to know. `at` is in milliseconds since the epoch."""

    id: str
    kind: Kind
    company_id: str
    contact_id: str
    at: int
    data: Mapping[str, Any]
    sender_id: str | None = None
    """None: it happened at no sender in particular, so whoever hears of some is told as well."""
    webhook_id: str | None = None
    """A webhook that is told whatever it wants: what this is about named it (AP-1)."""


class Subscribers:
    """What the webhooks of each company want, as of the newest revision of its catalog: no turn looks it up."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, Audience]] = {}

    def of(self, work: UnitOfWork, company_id: str, revision: int) -> Audience:
        """Who wants what; `revision` is the company's, as it was read in this transaction."""
        known = self._known.get(company_id)
        if known is None or known[0] < revision:
            known = self._known[company_id] = (revision, audience_now(work, company_id))
        return known[1]


def audience_now(work: UnitOfWork, company_id: str) -> Audience:
    """Who wants what, read from the rows."""
    return Audience(list(map(_subscriber, work.all(_ENABLED, company=company_id))))


def _subscriber(row: sa.RowMapping) -> Subscriber:
    return Subscriber(row["id"], frozenset(row["events"]), frozenset(row["senders"]))


def webhook_named(work: UnitOfWork, company_id: str, sender_id: str, name: str) -> str | None:
    """Id of the enabled webhook that a message of a sender names by id or address; the oldest of that address."""
    found = map(_subscriber, work.all(_NAMED, company=company_id, name=name))
    return next((one.webhook_id for one in found if one.is_of(sender_id)), None)


def tell(work: UnitOfWork, audience: Audience, happening: Happening) -> None:
    """Write what is to be delivered; the rows are added with all others of the transaction."""
    for row in rows_of(audience, happening):
        work.pending.add(DELIVERIES, row)


def rows_of(audience: Audience, happening: Happening) -> list[dict[str, Any]]:
    """A row for each webhook that is told."""
    told = audience.of(happening.kind, happening.sender_id, happening.webhook_id)
    body = _body(happening) if told else ""
    return [
        new_row(
            WebhookDelivery,
            webhook_id=webhook_id,
            event_id=happening.id,
            company_id=happening.company_id,
            contact_id=happening.contact_id,
            kind=happening.kind,
            body=body,
            not_before=happening.at,
            queued_at=happening.at,
            created_at=happening.at,
        )
        for webhook_id in told
    ]


def _body(happening: Happening) -> str:
    return json_text(
        {
            "id": happening.id,
            "type": happening.kind,
            "timestamp": iso(happening.at),
            "company": happening.company_id,
            "data": happening.data,
        }
    )


def erase_deliveries(work: UnitOfWork, contact_id: str) -> int:
    """Delete what is told of a contact, whether it was delivered or not. Returns how many events."""
    return work.execute(DELIVERIES.delete().where(DELIVERIES.c.contact_id == contact_id)).rowcount


def forget_deliveries(work: UnitOfWork, company_id: str, before: int, most: int) -> int:
    """Delete what a company's webhooks were told before a time, at most so many events. Returns how many."""
    old = sa.select(DELIVERIES.c.webhook_id, DELIVERIES.c.event_id).where(
        sa.text(SETTLED), DELIVERIES.c.settled_at < before, DELIVERIES.c.company_id == company_id
    )
    keys = [tuple(row.values()) for row in work.all(old.limit(most))]
    if keys:
        work.execute(DELIVERIES.delete().where(sa.tuple_(DELIVERIES.c.webhook_id, DELIVERIES.c.event_id).in_(keys)))
    return len(keys)


def event_id(at: int, *marks: str) -> str:
    """An id that sorts by time, for what has no source of ids at hand: UUID version 8 (RFC 9562) of time and marks."""
    digest = sha256("\n".join(marks).encode()).hexdigest()
    return str(UUID(hex=f"{at:012x}8{digest[:3]}8{digest[3:18]}"))
