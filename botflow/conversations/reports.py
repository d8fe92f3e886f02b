"""What vendors report of messages: kept once for each state, applied by rank, never backwards (LC-3).

queued < sent < delivered < seen, and failed, which nothing follows. A message in several parts is as far as its last
part, and has failed with any of them. A report for an id that no message has is parked: it may have come before the
answer to its call, and is matched when the id becomes known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

import sqlalchemy as sa

from botflow.channels.contract import Report
from botflow.consent.service import refused_as_opted_out
from botflow.conversations.dialogue import CONVERSATIONS, OUTBOUND, VENDOR_MESSAGES, Dialogue, room_of
from botflow.conversations.models import DeliveryReport
from botflow.conversations.queueing import tell_status
from botflow.conversations.service import Conversations
from botflow.conversations.signals import Announcer
from botflow.conversations.turns import keep
from botflow.db import UnitOfWork, new_row, one_of, table_of
from botflow.notices.service import DELIVERIES, Happening, Subscribers, event_id, rows_of
from botflow.senders.service import SENDER_FACTS, company_of
from botflow_runtime.events import DeliveryReported

REPORTS: Final = table_of(DeliveryReport)

RANKS: Final = {"sent": 1, "delivered": 2, "seen": 3}
FAILED: Final = "failed"
PARKED_DAYS: Final = 7
"""How long a report waits for its message."""
BATCH: Final = 500
_NAMESPACE: Final = UUID("7a1d6c9e-4f6b-4d7e-9a55-3a3b8f2f6c11")

_KNOWN: Final = sa.select(VENDOR_MESSAGES.c.vendor_id, VENDOR_MESSAGES.c.message_id).where(
    VENDOR_MESSAGES.c.sender_id == sa.bindparam("sender"),
    one_of(VENDOR_MESSAGES.c.vendor_id, "ids"),
)
_MESSAGES: Final = (
    sa.select(
        OUTBOUND.c.id,
        OUTBOUND.c.status,
        OUTBOUND.c.delivered_at,
        OUTBOUND.c.parts,
        OUTBOUND.c.conversation_id,
        OUTBOUND.c.thread_id,
        OUTBOUND.c.webhook_id,
        CONVERSATIONS.c.company_id,
        CONVERSATIONS.c.contact_id,
        CONVERSATIONS.c.sender_id,
        CONVERSATIONS.c.address,
        SENDER_FACTS.c.channel,
        SENDER_FACTS.c.adapter,
        SENDER_FACTS.c.catalog_revision,
    )
    .join(CONVERSATIONS, CONVERSATIONS.c.id == OUTBOUND.c.conversation_id)
    .join(SENDER_FACTS, SENDER_FACTS.c.id == CONVERSATIONS.c.sender_id)
    .where(one_of(OUTBOUND.c.id, "ids"))
    # two transactions that change some of the same messages take them in one order
    .order_by(OUTBOUND.c.id)
    .with_for_update(of=OUTBOUND, key_share=True)
)
_REPORTS: Final = sa.select(REPORTS).where(one_of(REPORTS.c.message_id, "ids")).order_by(REPORTS.c.at)
_UNNAME: Final = VENDOR_MESSAGES.delete().where(VENDOR_MESSAGES.c.message_id == sa.bindparam("message"))
_FORGET: Final = REPORTS.delete().where(REPORTS.c.message_id == sa.bindparam("message"))
_PARKED: Final = (
    sa.select(REPORTS)
    .where(REPORTS.c.sender_id == sa.bindparam("sender"), REPORTS.c.message_id.is_(None))
    .where(one_of(REPORTS.c.vendor_id, "ids"))
)
_LINK: Final = (
    REPORTS.update()
    .where(
        REPORTS.c.sender_id == sa.bindparam("of_sender"),
        REPORTS.c.vendor_id == sa.bindparam("of_vendor"),
        REPORTS.c.message_id.is_(None),
    )
    .values(message_id=sa.bindparam("message"))
)

_MATCHES: Final = (
    sa.select(OUTBOUND.c.conversation_id, REPORTS.c.vendor_id)
    .distinct()
    .select_from(REPORTS)
    .join(
        VENDOR_MESSAGES,
        sa.and_(VENDOR_MESSAGES.c.sender_id == REPORTS.c.sender_id, VENDOR_MESSAGES.c.vendor_id == REPORTS.c.vendor_id),
    )
    .join(OUTBOUND, OUTBOUND.c.id == VENDOR_MESSAGES.c.message_id)
    .where(REPORTS.c.message_id.is_(None))
    .limit(BATCH)
)

_MATCHES_OF: Final = _MATCHES.where(
    VENDOR_MESSAGES.c.sender_id == sa.bindparam("sender"),
    one_of(VENDOR_MESSAGES.c.vendor_id, "ids"),
)


def take_reports(conversations: Conversations, sender_id: str, reports: Sequence[Report], now: int) -> None:
    """Keep reports of a sender's vendor, and let them have their effect. The same report again changes nothing."""
    with conversations.database.transaction() as work:
        company_id = company_of(work, sender_id)
        known = known_messages(work, sender_id, [report.vendor_id for report in reports])
        rows = [_row(report, company_id, sender_id, known.get(report.vendor_id), now) for report in reports]
        work.insert_once(REPORTS, rows)
        failed = advance(work, conversations.announcer_of, conversations.subscribers, set(known.values()), now)
    for conversation_id, message_id in failed:
        with conversations.of_id(conversation_id) as dialogue:
            fail(dialogue, message_id)
    match_crossed(conversations, sender_id, [report.vendor_id for report in reports if report.vendor_id not in known])


def _row(
    report: Report, company_id: str, sender_id: str, message_id: str | None, now: int
) -> dict[str, str | int | None]:
    is_failure = report.state == FAILED
    return new_row(
        DeliveryReport,
        sender_id=sender_id,
        vendor_id=report.vendor_id,
        state=report.state,
        company_id=company_id,
        message_id=message_id,
        kind=report.kind if is_failure else None,
        reason=report.reason or None,
        at=report.at,
        received_at=now,
    )


def advance(
    work: UnitOfWork,
    announcer_of: Callable[[str], Announcer],
    subscribers: Subscribers,
    message_ids: Iterable[str],
    now: int,
) -> list[tuple[str, str]]:
    """Bring messages as far as their reports say. Returns (conversation, message) of those that have failed."""
    ids = sorted(message_ids)
    if not ids:
        return []
    reports = _by_message(work, ids)
    failed: list[tuple[str, str]] = []
    told: list[dict[str, Any]] = []
    for message in work.all(_MESSAGES, ids=ids):
        own = reports[message["id"]]
        if any(report["state"] == FAILED for report in own):
            failed.append((message["conversation_id"], message["id"]))
            continue
        rank = _rank(own, message["parts"])
        if rank > RANKS.get(message["status"], len(RANKS)):
            moment = max(report["at"] or report["received_at"] for report in own)
            advanced = _ADVANCES[rank](message, moment)
            work.pending.amend(OUTBOUND, message["id"], advanced)
            _announce(work, announcer_of(message["adapter"]), message, advanced["status"])
            audience = subscribers.of(work, message["company_id"], message["catalog_revision"])
            told += rows_of(audience, _happening(message, advanced["status"], now))
    work.insert_once(DELIVERIES, told)
    return failed


def _delivered(_message: sa.RowMapping, moment: int) -> dict[str, Any]:
    return {"status": "delivered", "delivered_at": moment}


def _seen(message: sa.RowMapping, moment: int) -> dict[str, Any]:
    return {"status": "seen", "seen_at": moment, "delivered_at": message["delivered_at"] or moment}


_ADVANCES: Final = {RANKS["delivered"]: _delivered, RANKS["seen"]: _seen}


def _happening(message: sa.RowMapping, status: str, now: int) -> Happening:
    data = {
        "contact": {"id": message["contact_id"], "address": message["address"]},
        "conversation": message["conversation_id"],
        "sender": message["sender_id"],
        "channel": message["channel"],
        "message": message["id"],
        "thread": message["thread_id"],
        "status": status,
        "problem": None,
    }
    return Happening(
        id=event_id(now, message["id"], status),
        kind="message.status",
        company_id=message["company_id"],
        contact_id=message["contact_id"],
        at=now,
        data=data,
        sender_id=message["sender_id"],
        webhook_id=message["webhook_id"],
    )


def _by_message(work: UnitOfWork, ids: list[str]) -> dict[str, list[sa.RowMapping]]:
    reports: dict[str, list[sa.RowMapping]] = defaultdict(list)
    for row in work.all(_REPORTS, ids=ids):
        reports[row["message_id"]].append(row)
    return reports


def _rank(reports: list[sa.RowMapping], parts: int) -> int:
    """How far the last part is; one that nothing is known of was accepted."""
    furthest: dict[str, int] = defaultdict(lambda: RANKS["sent"])
    for report in reports:
        furthest[report["vendor_id"]] = max(furthest[report["vendor_id"]], RANKS[report["state"]])
    return min(furthest.values()) if len(furthest) >= parts else RANKS["sent"]


def _announce(work: UnitOfWork, announcer: Announcer, message: sa.RowMapping, status: str) -> None:
    room, message_id = room_of(message["sender_id"], message["address"]), message["id"]
    work.after_commit(lambda: announcer.update(room, message_id, status))


def fail(dialogue: Dialogue, message_id: str) -> None:
    """A message that had left did not arrive: its thread is told, once."""
    report = dialogue.work.first(
        sa.select(REPORTS).where(REPORTS.c.message_id == message_id, REPORTS.c.state == FAILED).limit(1)
    )
    message = dialogue.work.first(sa.select(OUTBOUND).where(OUTBOUND.c.id == message_id, OUTBOUND.c.status == "sent"))
    if report is None or message is None:
        return
    reason = report["reason"] or "the vendor reports a failure"
    if report["kind"] == "opted_out":
        refused_as_opted_out(dialogue.work, dialogue.place, message_id, reason, dialogue.now)
        dialogue.consent_changed()
    dialogue.work.execute(
        OUTBOUND.update().where(OUTBOUND.c.id == message_id).values(status=FAILED, failure=report["kind"], error=reason)
    )
    tell_status(dialogue, message, FAILED, reason)
    dialogue.work.after_commit(lambda: dialogue.announcer.update(dialogue.room, message_id, FAILED))
    if message["thread_id"]:
        event = DeliveryReported(
            message=message_id,
            state=FAILED,
            accepted=True,
            error=reason,
            **dialogue.facts(str(uuid5(_NAMESPACE, message_id))),
        )
        keep(dialogue, dialogue.engine.handle(dialogue.thread(message["thread_id"]), event))


def known_messages(work: UnitOfWork, sender_id: str, vendor_ids: Sequence[str]) -> dict[str, str]:
    """Which of our messages the vendor's ids name, as far as that is known."""
    return {row["vendor_id"]: row["message_id"] for row in work.all(_KNOWN, sender=sender_id, ids=list(vendor_ids))}


def match_crossed(conversations: Conversations, sender_id: str, vendor_ids: Sequence[str]) -> None:
    """Match what was parked of messages that have these ids: reported before they were known, or at the same moment.

    Asked after the commit, by whoever names messages and by whoever parks reports: the one who comes last sees both.
    """
    if not vendor_ids:
        return
    with conversations.database.reading() as work:
        found = work.all(_MATCHES_OF, sender=sender_id, ids=list(vendor_ids))
    for row in found:
        with conversations.of_id(row["conversation_id"]) as dialogue:
            match_parked(dialogue, [row["vendor_id"]])


def match_parked(dialogue: Dialogue, vendor_ids: Sequence[str]) -> None:
    """The ids of a message became known: take up what was reported of them before."""
    sender_id = dialogue.place.sender_id
    parked = dialogue.work.all(_PARKED, sender=sender_id, ids=list(vendor_ids)) if vendor_ids else []
    if not parked:
        return
    known = known_messages(dialogue.work, sender_id, vendor_ids)
    _link(dialogue.work, sender_id, known)
    ids = set(known.values())
    for _, message_id in advance(dialogue.work, lambda _: dialogue.announcer, dialogue.subscribers, ids, dialogue.now):
        fail(dialogue, message_id)


def _link(work: UnitOfWork, sender_id: str, known: dict[str, str]) -> None:
    rows = [
        {"of_sender": sender_id, "of_vendor": vendor_id, "message": message_id}
        for vendor_id, message_id in known.items()
    ]
    work.execute(_LINK, rows)


def match_all_parked(conversations: Conversations, now: int) -> None:
    """Match what is parked although its message is known, as a crash may leave it; forget what nobody knows."""
    with conversations.database.reading() as work:
        found = work.all(_MATCHES)
    for row in found:
        with conversations.of_id(row["conversation_id"]) as dialogue:
            match_parked(dialogue, [row["vendor_id"]])
    with conversations.database.transaction() as work:
        old = now - PARKED_DAYS * 24 * 3600 * 1000
        work.execute(REPORTS.delete().where(REPORTS.c.message_id.is_(None), REPORTS.c.received_at < old))


def forget_reports(work: UnitOfWork, message_id: str) -> None:
    """Of a message that is to leave anew: what the vendor says of its former sending means it no more."""
    for statement in (_FORGET, _UNNAME):
        work.pending.later(statement, {"message": message_id})
