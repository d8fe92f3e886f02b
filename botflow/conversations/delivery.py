"""The outbox: messages that may leave are claimed, and what became of each is settled."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import msgspec
import sqlalchemy as sa

from botflow.channels.contract import Accepted, Outbound, Refused, RetryLater, SendResult
from botflow.consent.service import Place, Verdict, may_send
from botflow.conversations.carry_out import arm_timers, report_blocked
from botflow.conversations.dialogue import CONVERSATIONS, IS_QUEUED, OUTBOUND, THREADS, Dialogue
from botflow.conversations.history import outbound_entry
from botflow.conversations.service import Conversations, is_typing
from botflow.conversations.turns import keep
from botflow.db import UnitOfWork, constant
from botflow.senders.service import SENDER_FACTS
from botflow_runtime import Outcome
from botflow_runtime.events import DeliveryReported, DeliveryState

BATCH: Final = 100
LEASE_MS: Final = 60_000
"""How long a claimed message is nobody else's; longer than any adapter may block."""
MOST_ATTEMPTS: Final = 8
FIRST_DELAY_SECONDS: Final = 1.0
LONGEST_DELAY_SECONDS: Final = 300.0
JITTER: Final = (0.75, 1.25)


@dataclass(frozen=True)
class Blocked:
    """Consent forbids the message: it does not leave."""

    reason: str


@dataclass(frozen=True)
class Leaving:
    """A claimed message, and whether consent lets it go."""

    thread_id: str
    conversation_id: str
    adapter: str
    outbound: Outbound
    verdict: Verdict


Result: TypeAlias = SendResult | Blocked


def _stands_before() -> tuple[sa.FromClause, sa.Exists]:
    """Another queued message of the same conversation that comes earlier, and that there is one."""
    earlier = OUTBOUND.alias("earlier")
    exists = sa.exists().where(
        earlier.c.conversation_id == OUTBOUND.c.conversation_id,
        earlier.c.status == constant("queued"),
        earlier.c.position < OUTBOUND.c.position,
    )
    return earlier, exists


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
            CONVERSATIONS.c.sender_id,
            SENDER_FACTS.c.adapter,
            SENDER_FACTS.c.channel,
            THREADS.c.scenario,
        )
        .join(CONVERSATIONS, CONVERSATIONS.c.id == OUTBOUND.c.conversation_id)
        .join(SENDER_FACTS, SENDER_FACTS.c.id == CONVERSATIONS.c.sender_id)
        .join(THREADS, THREADS.c.id == OUTBOUND.c.thread_id)
        .where(IS_QUEUED, OUTBOUND.c.not_before <= now, OUTBOUND.c.leased_until <= now, ~held_up)
        .order_by(OUTBOUND.c.not_before, OUTBOUND.c.conversation_id, OUTBOUND.c.position)
        .limit(BATCH)
        .with_for_update(of=OUTBOUND, skip_locked=True)
    )


def _next_due() -> sa.Select[Any]:
    """When the first message of some conversation may leave and nobody has it."""
    _, stands_before = _stands_before()
    ready = sa.case(
        (OUTBOUND.c.leased_until > OUTBOUND.c.not_before, OUTBOUND.c.leased_until), else_=OUTBOUND.c.not_before
    )
    return sa.select(sa.func.min(ready)).where(IS_QUEUED, ~stands_before)


# Made once: making these costs more than running them.
_DUE: Final = _due()
_NEXT_DUE: Final = _next_due()


def claim(work: UnitOfWork, now: int) -> list[Leaving]:
    """Claim messages that are due, those of a conversation together and in their order, at most BATCH."""
    rows = work.all(_DUE, now=now)
    if rows:
        claimed = OUTBOUND.update().where(OUTBOUND.c.id.in_([row["id"] for row in rows]))
        work.execute(claimed.values(leased_until=now + LEASE_MS))
    rows.sort(key=lambda row: (row["conversation_id"], row["position"]))
    return [_leaving(work, row) for row in rows]


def _leaving(work: UnitOfWork, row: sa.RowMapping) -> Leaving:
    place = Place(row["contact_id"], row["company_id"], row["sender_id"], row["channel"])
    return Leaving(
        thread_id=row["thread_id"],
        conversation_id=row["conversation_id"],
        adapter=row["adapter"],
        outbound=Outbound(row["id"], row["sender_id"], row["address"], msgspec.json.decode(row["content"])),
        verdict=may_send(
            work, place, row["scenario"], confirmation=row["confirmation"], but_of_thread=row["thread_id"]
        ),
    )


def next_due(work: UnitOfWork) -> int | None:
    """When a message may leave next, in milliseconds since the epoch; None: nothing is queued."""
    due: int | None = work.value(_NEXT_DUE)
    return due


def settle(conversations: Conversations, results: Sequence[tuple[Leaving, Result]], unsent: Sequence[Leaving]) -> None:
    """Keep what became of messages of one conversation, and give back those whose turn has not come."""
    first = [*(leaving for leaving, _ in results), *unsent][0]
    with conversations.of_thread(first.thread_id) as (dialogue, _):
        for leaving, result in results:
            message = dialogue.work.first(sa.select(OUTBOUND).where(OUTBOUND.c.id == leaving.outbound.id, IS_QUEUED))
            if message is not None:
                SETTLERS[type(result)](dialogue, message, result)
        for leaving in unsent:
            _update(dialogue, leaving.outbound.id, leased_until=0)


def _accepted(dialogue: Dialogue, message: sa.RowMapping, result: Accepted) -> None:
    _update(
        dialogue,
        message["id"],
        status="sent",
        vendor_id=result.vendor_ids[0] if result.vendor_ids else None,
        sequence=dialogue.next_sequence(),
        settled_at=dialogue.now,
    )
    entry = outbound_entry(_row(dialogue, message["id"]))
    dialogue.work.after_commit(lambda: dialogue.announcer.message(dialogue.room, entry))
    if message["delay_ms"]:
        typing = is_typing(dialogue.work, dialogue.id)
        dialogue.work.after_commit(lambda: dialogue.announcer.typing(dialogue.room, typing))
    arm_timers(dialogue, message["id"])
    if message["await_acceptance"]:
        _report(dialogue, message, "accepted")


def _retry(dialogue: Dialogue, message: sa.RowMapping, result: RetryLater) -> None:
    attempts = message["attempts"] + 1
    if attempts >= MOST_ATTEMPTS:
        _refused(dialogue, message, Refused(f"given up after {attempts} attempts: {result.reason}"))
        return
    seconds = result.seconds if result.seconds is not None else _growing_delay(attempts)
    again = dialogue.now + round(seconds * 1000)
    _update(dialogue, message["id"], attempts=attempts, error=result.reason, leased_until=0)
    # Nothing of the conversation leaves before it: what comes later is due later, or at the same time.
    dialogue.work.execute(
        OUTBOUND.update()
        .where(OUTBOUND.c.conversation_id == dialogue.id, IS_QUEUED, OUTBOUND.c.position >= message["position"])
        .where(OUTBOUND.c.not_before < again)
        .values(not_before=again)
    )


def _growing_delay(attempts: int) -> float:
    """Seconds until the next attempt: doubling, bounded, and spread so that retries do not come all at once."""
    delay = min(FIRST_DELAY_SECONDS * 2.0 ** (attempts - 1), LONGEST_DELAY_SECONDS)
    return delay * random.uniform(*JITTER)


def _refused(dialogue: Dialogue, message: sa.RowMapping, result: Refused) -> None:
    _update(dialogue, message["id"], status="failed", error=result.reason, settled_at=dialogue.now)
    arm_timers(dialogue, message["id"])
    _report(dialogue, message, "failed", error=result.reason)


def _blocked(dialogue: Dialogue, message: sa.RowMapping, result: Blocked) -> None:
    _update(dialogue, message["id"], status="blocked", error=result.reason, settled_at=dialogue.now)
    arm_timers(dialogue, message["id"])
    report_blocked(dialogue, message["thread_id"], message["id"], message["await_acceptance"])
    keep(dialogue, Outcome([], []))


def _report(dialogue: Dialogue, message: sa.RowMapping, state: DeliveryState, error: str | None = None) -> None:
    thread = dialogue.thread(message["thread_id"])
    event = DeliveryReported(message=message["id"], state=state, error=error, **dialogue.facts())
    keep(dialogue, dialogue.engine.handle(thread, event))


def _row(dialogue: Dialogue, message_id: str) -> sa.RowMapping:
    return dialogue.work.all(sa.select(OUTBOUND).where(OUTBOUND.c.id == message_id))[0]


def _update(dialogue: Dialogue, message_id: str, **values: Any) -> None:
    dialogue.work.execute(OUTBOUND.update().where(OUTBOUND.c.id == message_id).values(**values))


def release_all(work: UnitOfWork) -> None:
    """Forget every lease: who held them is gone. Only for a server that has the database to itself."""
    work.execute(OUTBOUND.update().where(IS_QUEUED).values(leased_until=0))


SETTLERS: Final[Mapping[type, Callable[[Dialogue, sa.RowMapping, Any], None]]] = {
    Accepted: _accepted,
    RetryLater: _retry,
    Refused: _refused,
    Blocked: _blocked,
}
