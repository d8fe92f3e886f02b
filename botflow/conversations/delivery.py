"""The outbox: messages that may leave are claimed, and what became of each is settled."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, TypeAlias

import msgspec
import sqlalchemy as sa
import structlog

from botflow.channels.contract import Accepted, Outbound, Refused, Report, RetryLater, SendResult, SessionWindow
from botflow.consent.facts import Known, gather
from botflow.consent.gate import YES, Message, Reason, Verdict, may_send
from botflow.consent.service import refused_as_opted_out
from botflow.consent.sessions import Session, message_left, window_state
from botflow.conversations.carry_out import arm_timers, report_blocked, timed_by
from botflow.conversations.dialogue import CONVERSATIONS, IS_QUEUED, OUTBOUND, VENDOR_MESSAGES, Dialogue
from botflow.conversations.history import outbound_entry
from botflow.conversations.leases import LEASE_MS
from botflow.conversations.models import VendorMessage
from botflow.conversations.pace import next_free, open_lane, use_lane
from botflow.conversations.queueing import tell_status, templates_in
from botflow.conversations.reports import FAILED, known_messages, match_crossed
from botflow.conversations.service import Conversations, is_typing
from botflow.conversations.turns import follow_up, keep
from botflow.db import UnitOfWork, constant, new_row, one_of
from botflow.logs import About
from botflow.senders.service import SENDER_FACTS, pause, unpause
from botflow_runtime.events import DeliveryReported, DeliveryState

BATCH: Final = 100
MOST_ATTEMPTS: Final = 12
FIRST_DELAY_SECONDS: Final = 1.0
LONGEST_DELAY_SECONDS: Final = 300.0
JITTER: Final = (0.75, 1.25)

UNSETTLED: Final = "it has left, and its chatbot could not go on: the log says why"


_log = structlog.get_logger()


@dataclass(frozen=True)
class Blocked:
    """Consent forbids the message: it does not leave."""

    reason: Reason


@dataclass(frozen=True)
class Held:
    """Consent lets the message leave later: at `until`, in milliseconds since the epoch."""

    reason: Reason
    until: int


EXPIRED: Final = Refused("Its time was over before it could leave.", "expired")


@dataclass(frozen=True)
class Leaving:
    """A claimed message, whether consent lets it go, and whether it is still worth anything."""

    conversation_id: str
    contact_id: str
    outbound: Outbound
    verdict: Verdict
    is_expired: bool = False

    @property
    def stopped(self) -> Blocked | Held | Refused | None:
        """What keeps the message from leaving, if consent or its time does."""
        verdict = self.verdict
        if self.is_expired:
            return EXPIRED
        if verdict.allowed:
            return None
        return Blocked(verdict.reason) if verdict.until is None else Held(verdict.reason, verdict.until)


@dataclass(frozen=True)
class Claim:
    """Messages of one sender that may leave now, and when the next may, in milliseconds since the epoch."""

    messages: list[Leaving]
    next_at: int | None


Result: TypeAlias = SendResult | Blocked | Held


def _stands_before() -> tuple[sa.FromClause, sa.Exists]:
    """Another queued message of the same conversation that has to leave earlier, and that there is one."""
    earlier = OUTBOUND.alias("earlier")
    exists = sa.exists().where(
        earlier.c.conversation_id == OUTBOUND.c.conversation_id,
        earlier.c.status == constant("queued"),
        earlier.c.position < OUTBOUND.c.position,
        sa.or_(~earlier.c.may_be_overtaken, OUTBOUND.c.may_be_overtaken),
    )
    return earlier, exists


_SENDER: Final = sa.bindparam("sender", type_=sa.String())


def _due() -> sa.Select[Any]:
    """Queued messages that may leave at `now` and that no earlier message of their conversation holds up."""
    now = sa.bindparam("now", type_=sa.BigInteger())
    earlier, stands_before = _stands_before()
    held_up = stands_before.where(sa.or_(earlier.c.not_before > now, earlier.c.leased_until > now))
    return (
        sa.select(
            OUTBOUND,
            CONVERSATIONS.c.contact_id,
            CONVERSATIONS.c.address,
            CONVERSATIONS.c.window_opened_at,
            CONVERSATIONS.c.window_messages,
            CONVERSATIONS.c.in_a_row,
            SENDER_FACTS.c.channel,
        )
        .join(CONVERSATIONS, CONVERSATIONS.c.id == OUTBOUND.c.conversation_id)
        .join(SENDER_FACTS, SENDER_FACTS.c.id == OUTBOUND.c.sender_id)
        .where(OUTBOUND.c.sender_id == _SENDER, IS_QUEUED, OUTBOUND.c.not_before <= now)
        .where(OUTBOUND.c.leased_until <= now, ~held_up)
        .order_by(OUTBOUND.c.not_before, OUTBOUND.c.conversation_id, OUTBOUND.c.position)
        .limit(sa.bindparam("most", type_=sa.Integer()))
        .with_for_update(of=OUTBOUND, skip_locked=True)
    )


def _later(one: sa.ColumnElement[int], other: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return sa.case((one > other, one), else_=other)


def _next_of_sender() -> sa.Select[Any]:
    """When the first message of some conversation of a sender may leave and nobody has it."""
    _, stands_before = _stands_before()
    ready = _later(OUTBOUND.c.leased_until, OUTBOUND.c.not_before)
    return sa.select(sa.func.min(ready)).where(OUTBOUND.c.sender_id == _SENDER, IS_QUEUED, ~stands_before)


def _next_of_each() -> sa.Select[Any]:
    """Each sender with something queued, and when the first of it is due: one look into the index for each."""
    first = (
        sa.select(sa.func.min(OUTBOUND.c.not_before))
        .where(OUTBOUND.c.sender_id == SENDER_FACTS.c.id, IS_QUEUED)
        .scalar_subquery()
    )
    found = sa.select(SENDER_FACTS.c.id, SENDER_FACTS.c.paused_until, first.label("first")).subquery()
    return sa.select(found.c.id, _later(found.c.paused_until, found.c.first).label("at")).where(
        found.c.first.is_not(None)
    )


# Made once: making these costs more than running them.
_DUE: Final = _due()
_NEXT_OF_SENDER: Final = _next_of_sender()
_NEXT_OF_EACH: Final = _next_of_each()
_LEASED: Final = OUTBOUND.update().where(one_of(OUTBOUND.c.id, "ids")).values(leased_until=sa.bindparam("until"))
_SENDER_OF_LANE: Final = sa.select(SENDER_FACTS).where(SENDER_FACTS.c.id == _SENDER)


_OF_IDS: Final = sa.select(OUTBOUND).where(one_of(OUTBOUND.c.id, "ids"))
_OF_SENDER: Final = (
    _OF_IDS.with_only_columns(OUTBOUND.c.id, OUTBOUND.c.conversation_id, OUTBOUND.c.content, CONVERSATIONS.c.address)
    .add_columns(CONVERSATIONS.c.contact_id)
    .join(CONVERSATIONS, CONVERSATIONS.c.id == OUTBOUND.c.conversation_id)
    .where(OUTBOUND.c.sender_id == _SENDER)
)


def next_of_senders(work: UnitOfWork) -> dict[str, int]:
    """Senders with something queued, and when to look at each, in milliseconds since the epoch; it may be too early."""
    return {row["id"]: row["at"] for row in work.all(_NEXT_OF_EACH)}


def claim(work: UnitOfWork, sender_id: str, rate: float, now: int, window: SessionWindow | None = None) -> Claim:
    """Claim messages of a sender that are due, as many as its rate and BATCH allow; conversations in their order.

    `rate`, in messages a second, is the channel's: the sender's own goes before it. `window` is the channel's too.
    """
    sender = work.first(_SENDER_OF_LANE, sender=sender_id)
    if sender is None or sender["paused_until"] > now:
        return Claim([], None if sender is None else sender["paused_until"])
    rate = sender["rate"] or rate
    allowed, free_at = open_lane(work, sender_id, sender["company_id"], rate, now)
    if not allowed:
        return Claim([], next_free(rate, free_at))
    rows = work.all(_DUE, sender=sender_id, now=now, most=min(allowed, BATCH))
    if not rows:
        return Claim([], work.value(_NEXT_OF_SENDER, sender=sender_id))
    use_lane(work, sender_id, rate, free_at, len(rows))
    work.execute(_LEASED, [{"ids": [row["id"] for row in rows], "until": now + LEASE_MS}])
    rows.sort(key=lambda row: (row["conversation_id"], row["position"]))
    return Claim(_judged(work, sender_id, rows, window, now), now)


def _judged(
    work: UnitOfWork, sender_id: str, rows: Sequence[sa.RowMapping], window: SessionWindow | None, now: int
) -> list[Leaving]:
    """What consent says of claimed messages, as if each that may leave had left before the next of its conversation."""
    here = gather(work, sender_id, {row["contact_id"] for row in rows})
    sessions: dict[str, Session] = {}
    leaving = []
    for row in rows:
        counted = Session(row["window_opened_at"], row["window_messages"], row["in_a_row"])
        session = sessions.get(row["conversation_id"], counted)
        message = _leaving(row, here[row["contact_id"]], session, window, now)
        sessions[row["conversation_id"]] = session if message.stopped else message_left(session)
        leaving.append(message)
    return leaving


def _leaving(row: sa.RowMapping, here: Known, session: Session, window: SessionWindow | None, now: int) -> Leaving:
    content = msgspec.json.decode(row["content"])
    message = Message(row["origin"], here.template(templates_in(row["channel"], content)), row["caused_at"])
    facts = here.facts(row["scenario"] or "", now, window_state(session, window, now), row["thread_id"] or "")
    outbound = Outbound(row["id"], row["sender_id"], row["address"], content, _seconds_left(row["expires_at"], now))
    is_expired = row["expires_at"] is not None and row["expires_at"] <= now
    return Leaving(row["conversation_id"], row["contact_id"], outbound, may_send(message, facts), is_expired)


def _seconds_left(expires_at: int | None, now: int) -> int | None:
    """How long the message is worth anything, in whole seconds, at least one."""
    return None if expires_at is None else max(1, -((now - expires_at) // 1000))


def settle(conversations: Conversations, results: Sequence[tuple[Leaving, Result]], unsent: Sequence[Leaving]) -> None:
    """Keep what became of messages, and give back those whose turn has not come; all in one transaction.

    When it fails, each message gets one of its own, and what has left is noted in any case: sent again it must not be.
    """
    try:
        _settle(conversations, results, unsent)
    except Exception:  # whatever it is, it must not take the others with it
        _log.exception("messages are settled one by one")
        for leaving, result in results:
            _settle_alone(conversations, leaving, result)
        _settle(conversations, [], unsent)
    for sender_id, group in groupby(results, lambda settled: settled[0].outbound.sender):
        match_crossed(conversations, sender_id, _vendor_ids(group))


def _vendor_ids(results: Iterable[tuple[Leaving, Result]]) -> list[str]:
    return [vendor_id for _, result in results if isinstance(result, Accepted) for vendor_id in result.vendor_ids]


def _settle(conversations: Conversations, results: Sequence[tuple[Leaving, Result]], unsent: Sequence[Leaving]) -> None:
    with conversations.database.transaction() as work:
        dialogues = conversations.of_ids(work, {leaving.conversation_id for leaving, _ in results})
        ids = [leaving.outbound.id for leaving, _ in results]
        rows = {row["id"]: row for row in work.all(_OF_IDS, ids=ids)}
        queued = {message_id: row for message_id, row in rows.items() if row["status"] == "queued"}
        timed = timed_by(work, ids)
        for dialogue in dialogues.values():
            dialogue.timed = timed
        for leaving, result in results:
            message = queued.pop(leaving.outbound.id, None)
            if message is not None:
                with About(conversation=leaving.conversation_id, message=message["id"]):
                    SETTLERS[type(result)](dialogues[leaving.conversation_id], message, result)
            elif isinstance(result, Accepted) and (row := rows.get(leaving.outbound.id)) is not None:
                # A report, or another process, has settled it meanwhile: it left under these ids too.
                work.pending.amend(OUTBOUND, row["id"], {"parts": max(row["parts"], len(result.vendor_ids))})
        for leaving in unsent:
            work.pending.amend(OUTBOUND, leaving.outbound.id, {"leased_until": 0})
        _name(dialogues, [(leaving, result) for leaving, result in results if leaving.outbound.id in rows])
        for dialogue in dialogues.values():
            dialogue.keep_counters()


def settle_reported(conversations: Conversations, sender_id: str, reports: Sequence[Report]) -> None:
    """Learn the vendor's ids of messages that reports name by our own: the vendor has taken them.

    One that is still queued, since the answer to its call was lost or has not come yet, is settled as sent, so that it
    is not sent again. A failure by our id alone changes nothing: it may be of a former sending. Only messages of this
    sender count.
    """
    taken = [report for report in reports if report.state != FAILED]
    named = {report.vendor_id: report.message for report in taken if report.message is not None}
    if not named:
        return
    with conversations.database.reading() as work:
        for vendor_id in known_messages(work, sender_id, list(named)):
            del named[vendor_id]
        ids = list(named.values())
        rows = {row["id"]: row for row in work.all(_OF_SENDER, sender=sender_id, ids=ids)} if ids else {}
    results: list[tuple[Leaving, Result]] = [
        (_reported(rows[message], sender_id), Accepted((vendor_id,)))
        for vendor_id, message in named.items()
        if message in rows
    ]
    if results:
        settle(conversations, results, [])


def _reported(row: sa.RowMapping, sender_id: str) -> Leaving:
    outbound = Outbound(row["id"], sender_id, row["address"], msgspec.json.decode(row["content"]))
    return Leaving(row["conversation_id"], row["contact_id"], outbound, YES)


def _settle_alone(conversations: Conversations, leaving: Leaving, result: Result) -> None:
    try:
        _settle(conversations, [(leaving, result)], [])
    except Exception:  # its thread cannot go on; the message has left all the same
        _log.exception("message cannot be settled", message=leaving.outbound.id)
        if isinstance(result, Accepted):
            with conversations.database.transaction() as work:
                work.pending.amend(OUTBOUND, leaving.outbound.id, {"status": "sent", "error": UNSETTLED})


def _name(dialogues: Mapping[str, Dialogue], results: Sequence[tuple[Leaving, Result]]) -> None:
    """Keep the ids that the vendor's reports will name messages by."""
    rows = [
        new_row(
            VendorMessage,
            sender_id=leaving.outbound.sender,
            vendor_id=vendor_id,
            company_id=dialogues[leaving.conversation_id].place.company_id,
            message_id=leaving.outbound.id,
        )
        for leaving, result in results
        if isinstance(result, Accepted)
        for vendor_id in dict.fromkeys(result.vendor_ids)
    ]
    if rows:
        next(iter(dialogues.values())).work.insert_once(VENDOR_MESSAGES, rows)


def _accepted(dialogue: Dialogue, message: sa.RowMapping, result: Accepted) -> None:
    sent = {
        "status": "sent",
        "parts": len(result.vendor_ids),
        "sequence": dialogue.next_sequence(),
        "settled_at": dialogue.now,
        "reason": None,
        "error": None,
    }
    dialogue.work.pending.amend(OUTBOUND, message["id"], sent)
    dialogue.message_left()
    if message["origin"] == "api":
        dialogue.webhook_id = message["webhook_id"]
    tell_status(dialogue, message, "sent")
    entry = outbound_entry({**message, **sent})
    dialogue.work.after_commit(lambda: dialogue.announce(entry))
    if message["delay_ms"]:
        typing = is_typing(dialogue.work, dialogue.id)
        dialogue.work.after_commit(lambda: dialogue.announcer.typing(dialogue.room, typing))
    arm_timers(dialogue, message["id"])
    if message["attempts"]:
        unpause(dialogue.work, dialogue.place.sender_id)
    if message["await_acceptance"]:
        _report(dialogue, message, "accepted")


def _retry(dialogue: Dialogue, message: sa.RowMapping, result: RetryLater) -> None:
    attempts = message["attempts"] + 1
    if attempts >= MOST_ATTEMPTS:
        _refused(dialogue, message, Refused(f"given up after {attempts} attempts: {result.reason}", "later"))
        return
    seconds = result.seconds if result.seconds is not None else _growing_delay(attempts)
    _again(dialogue, message, dialogue.now + round(seconds * 1000), attempts, result.reason)


def _again(dialogue: Dialogue, message: sa.RowMapping, at: int, attempts: int, reason: str) -> None:
    _update(dialogue, message["id"], attempts=attempts, error=reason, leased_until=0)
    # Nothing of the conversation leaves before it: what comes later is due later, or at the same time.
    dialogue.work.execute(
        OUTBOUND.update()
        .where(OUTBOUND.c.conversation_id == dialogue.id, IS_QUEUED, OUTBOUND.c.position >= message["position"])
        .where(OUTBOUND.c.not_before < at, OUTBOUND.c.may_be_overtaken == message["may_be_overtaken"])
        .values(not_before=sa.case((OUTBOUND.c.expires_at < at, OUTBOUND.c.expires_at), else_=at))
    )


def _growing_delay(attempts: int) -> float:
    """Seconds until the next attempt: doubling, bounded, and spread so that retries do not come all at once."""
    delay = min(FIRST_DELAY_SECONDS * 2.0 ** (attempts - 1), LONGEST_DELAY_SECONDS)
    return delay * random.uniform(*JITTER)


def _refused(dialogue: Dialogue, message: sa.RowMapping, result: Refused) -> None:
    if result.kind == "credentials":
        # No fault of this message, which waits; every other of the sender would fare the same.
        pause(dialogue.work, dialogue.place.sender_id, result.reason, dialogue.now)
        _again(dialogue, message, dialogue.now, max(1, message["attempts"]), result.reason)
        return
    if result.kind == "opted_out":
        refused_as_opted_out(dialogue.work, dialogue.place, message["id"], result.reason, dialogue.now)
        dialogue.consent_changed()
    _update(
        dialogue,
        message["id"],
        status="failed",
        error=result.reason,
        failure=result.kind,
        leased_until=0,
        settled_at=dialogue.now,
    )
    tell_status(dialogue, message, "failed", result.reason)
    arm_timers(dialogue, message["id"])
    _report(dialogue, message, "failed", error=result.reason)


def _blocked(dialogue: Dialogue, message: sa.RowMapping, result: Blocked) -> None:
    _stop(dialogue, message, result.reason, status="blocked", settled_at=dialogue.now)
    tell_status(dialogue, message, "blocked", result.reason.sentence)
    arm_timers(dialogue, message["id"])
    if message["thread_id"]:
        report_blocked(dialogue, message["thread_id"], message["id"], message["await_acceptance"])
    follow_up(dialogue)


def _held(dialogue: Dialogue, message: sa.RowMapping, result: Held) -> None:
    """It waits, and what comes behind it does not: an answer to the contact is not for the morning."""
    _stop(dialogue, message, result.reason, not_before=result.until, may_be_overtaken=True)


def _stop(dialogue: Dialogue, message: sa.RowMapping, reason: Reason, **values: Any) -> None:
    _update(dialogue, message["id"], reason=reason.code, error=reason.sentence, leased_until=0, **values)


def _report(dialogue: Dialogue, message: sa.RowMapping, state: DeliveryState, error: str | None = None) -> None:
    """Tell the thread of the message, where there is one."""
    if message["thread_id"]:
        thread = dialogue.thread(message["thread_id"])
        event = DeliveryReported(message=message["id"], state=state, error=error, **dialogue.facts())
        keep(dialogue, dialogue.engine.handle(thread, event))


def _update(dialogue: Dialogue, message_id: str, **values: Any) -> None:
    dialogue.work.pending.amend(OUTBOUND, message_id, values)


def release_all(work: UnitOfWork) -> None:
    """Forget every lease: who held them is gone. Only for a server that has the database to itself."""
    work.execute(OUTBOUND.update().where(IS_QUEUED).values(leased_until=0))


SETTLERS: Final[Mapping[type, Callable[[Dialogue, sa.RowMapping, Any], None]]] = {
    Accepted: _accepted,
    RetryLater: _retry,
    Refused: _refused,
    Blocked: _blocked,
    Held: _held,
}
