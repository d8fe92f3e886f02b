"""What each effect of a turn becomes: rows, in the transaction of the turn. One function per effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from botflow.consent.ledger import Cause
from botflow.consent.service import SCOPES, opt_out
from botflow.contacts.service import set_attribute
from botflow.conversations.course import Version
from botflow.conversations.dialogue import IS_QUEUED, OUTBOUND, Dialogue
from botflow.conversations.models import Answer, CodeRun, HandoverRow, TimerRow
from botflow.conversations.queueing import NewMessage, queue
from botflow.db import UnitOfWork, json_text, new_row, one_of, table_of
from botflow_runtime import Thread
from botflow_runtime.effects import (
    AnyEffect,
    CancelTimer,
    Handover,
    OpenThread,
    OptOut,
    Report,
    RunCode,
    SendMessage,
    SetAttribute,
    SetTimer,
    Withdraw,
)
from botflow_runtime.events import DeliveryReported

TIMERS: Final = table_of(TimerRow)
CODE_RUNS: Final = table_of(CodeRun)
ANSWERS: Final = table_of(Answer)
HANDOVERS: Final = table_of(HandoverRow)

NOWHERE_ELSE: Final[Mapping[str, Version]] = {}


def carry_out(
    dialogue: Dialogue, thread: Thread, effects: list[AnyEffect], versions: Mapping[str, Version] = NOWHERE_ELSE
) -> None:
    """Make rows of the effects, in their order. `versions`: by effect id, where the thread has run another version."""
    for effect in effects:
        CARRIERS[type(effect)](dialogue, _as_it_was(thread, versions.get(effect.id)), effect)


def _as_it_was(thread: Thread, version: Version | None) -> Thread:
    if version is None:
        return thread
    return msgspec.structs.replace(thread, scenario=version.scenario, version=version.number)


def _send(dialogue: Dialogue, thread: Thread, effect: SendMessage) -> None:
    message = NewMessage(
        id=effect.id,
        content=effect.content,
        thread_id=thread.id,
        scenario=thread.scenario,
        confirmation=effect.confirmation,
        await_acceptance=effect.await_acceptance,
        delay_ms=effect.delay_ms,
    )
    verdict = queue(dialogue, message)
    if not verdict.allowed and verdict.until is None:
        report_blocked(dialogue, thread.id, effect.id, effect.await_acceptance)


def report_blocked(dialogue: Dialogue, thread_id: str, message_id: str, awaited: bool) -> None:
    """A message that consent forbids never fails its step (engine.md 5): a thread that waits for it goes on."""
    if awaited:
        accepted = DeliveryReported(message=message_id, state="accepted", **dialogue.facts())
        dialogue.due.append((thread_id, accepted))


def _run_code(dialogue: Dialogue, thread: Thread, effect: RunCode) -> None:
    row = new_row(
        CodeRun,
        id=effect.id,
        company_id=dialogue.place.company_id,
        thread_id=thread.id,
        request=json_text(effect),
        state="pending",
        created_at=dialogue.now,
    )
    dialogue.work.pending.add(CODE_RUNS, row)
    dialogue.work.once_committed(dialogue.wakes.code)


def _set_timer(dialogue: Dialogue, thread: Thread, effect: SetTimer) -> None:
    milliseconds = round(effect.seconds * 1000)
    row = new_row(
        TimerRow,
        thread_id=thread.id,
        name=effect.name,
        company_id=dialogue.place.company_id,
        token=effect.token,
        milliseconds=milliseconds,
        after=effect.after,
        due_at=_timer_due(dialogue, effect.after, milliseconds),
    )
    dialogue.work.pending.later(_REPLACED, {"of_thread": thread.id, "of_name": effect.name})
    dialogue.work.pending.add(TIMERS, row)
    dialogue.work.once_committed(dialogue.wakes.timers)


_REPLACED: Final = TIMERS.delete().where(
    TIMERS.c.thread_id == sa.bindparam("of_thread"), TIMERS.c.name == sa.bindparam("of_name")
)
_CANCELLED: Final = _REPLACED.where(TIMERS.c.token == sa.bindparam("of_token"))


def _timer_due(dialogue: Dialogue, after: str | None, milliseconds: int) -> int | None:
    """When a timer is due; None while the message that it runs from has not left."""
    if after is None:
        return dialogue.now + milliseconds
    if after in dialogue.queued:
        settled_at = dialogue.queued[after]
        return None if settled_at is None else settled_at + milliseconds
    message = dialogue.work.first(sa.select(OUTBOUND.c.settled_at).where(OUTBOUND.c.id == after))
    if message is None:
        return dialogue.now + milliseconds
    return None if message["settled_at"] is None else message["settled_at"] + milliseconds


_TIMED: Final = sa.select(TIMERS.c.after).where(one_of(TIMERS.c.after, "ids"), TIMERS.c.due_at.is_(None))


def timed_by(work: UnitOfWork, message_ids: Sequence[str]) -> frozenset[str]:
    """Which of these messages timers wait for."""
    return frozenset(row["after"] for row in work.all(_TIMED, ids=message_ids))


def arm_timers(dialogue: Dialogue, message_id: str) -> None:
    """The message has left, or never will: the timers that wait for it run from now."""
    if dialogue.timed is not None and message_id not in dialogue.timed:
        return
    dialogue.work.pending.later(_ARMED, {"of_message": message_id, "moment": dialogue.now})
    dialogue.work.once_committed(dialogue.wakes.timers)


_ARMED: Final = (
    TIMERS.update()
    .where(TIMERS.c.after == sa.bindparam("of_message"), TIMERS.c.due_at.is_(None))
    .values(due_at=TIMERS.c.milliseconds + sa.bindparam("moment", type_=sa.BigInteger()))
)


def _cancel_timer(dialogue: Dialogue, thread: Thread, effect: CancelTimer) -> None:
    waiting = dialogue.work.pending.drop(TIMERS, thread.id, effect.name)
    if waiting is not None and waiting["token"] != effect.token:
        dialogue.work.pending.add(TIMERS, waiting)
    cancelled = {"of_thread": thread.id, "of_name": effect.name, "of_token": effect.token}
    dialogue.work.pending.later(_CANCELLED, cancelled)


def _opt_out(dialogue: Dialogue, thread: Thread, effect: OptOut) -> None:
    """A step opts out of sender or channel; of the chatbot, it was the contact's own keyword (engine.md 8)."""
    if effect.scope == "chatbot":
        cause = Cause("message", effect.id.rpartition(":")[0], thread_id=thread.id)
    else:
        cause = Cause("step", effect.id, thread_id=thread.id)
    opt_out(dialogue.work, dialogue.place, SCOPES[effect.scope], cause, dialogue.now, effect.scenario or "")
    dialogue.consent_changed()


def _hand_over(dialogue: Dialogue, thread: Thread, effect: Handover) -> None:
    row = HandoverRow(
        id=effect.id,
        company_id=dialogue.place.company_id,
        conversation_id=dialogue.id,
        thread_id=thread.id,
        department=effect.department,
        reason=effect.reason,
        urgent=effect.urgent,
        at=dialogue.now,
    )
    dialogue.work.execute(HANDOVERS.insert().values(row.model_dump()))


def _report(dialogue: Dialogue, thread: Thread, effect: Report) -> None:
    row = Answer(
        id=effect.id,
        company_id=dialogue.place.company_id,
        thread_id=thread.id,
        scenario=thread.scenario,
        version=thread.version,
        field=effect.field,
        value=json_text(effect.value),
        node=effect.node,
        at=dialogue.now,
    )
    dialogue.work.execute(_OUTDATE, [{"of_thread": row.thread_id, "of_scenario": row.scenario, "of_field": row.field}])
    dialogue.work.execute(ANSWERS.insert().values(row.model_dump()))


_OUTDATE: Final = (
    ANSWERS.update()
    .where(
        ANSWERS.c.thread_id == sa.bindparam("of_thread"),
        ANSWERS.c.scenario == sa.bindparam("of_scenario"),
        ANSWERS.c.field == sa.bindparam("of_field"),
        ANSWERS.c.newest,
    )
    .values(newest=False)
)


def _set_attribute(dialogue: Dialogue, thread: Thread, effect: SetAttribute) -> None:
    set_attribute(dialogue.work, dialogue.place.contact_id, effect.name, effect.value)
    dialogue.person = None


def _open_thread(dialogue: Dialogue, thread: Thread, effect: OpenThread) -> None:
    """The runtime has opened it already: its turn is the next one of the outcome."""


def _withdraw(dialogue: Dialogue, thread: Thread, effect: Withdraw) -> None:
    """Take back what has not left; a message that is being sent at this moment cannot be."""
    dialogue.work.execute(
        OUTBOUND.update()
        .where(
            OUTBOUND.c.thread_id == thread.id,
            IS_QUEUED,
            OUTBOUND.c.leased_until <= dialogue.now,
        )
        .values(status="withdrawn", settled_at=dialogue.now)
    )
    dialogue.queue_ends = None
    dialogue.work.after_commit(lambda: dialogue.announcer.typing(dialogue.room, False))


CARRIERS: Final[Mapping[type, Callable[[Dialogue, Thread, Any], None]]] = {
    SendMessage: _send,
    RunCode: _run_code,
    SetTimer: _set_timer,
    CancelTimer: _cancel_timer,
    OptOut: _opt_out,
    Handover: _hand_over,
    Report: _report,
    SetAttribute: _set_attribute,
    OpenThread: _open_thread,
    Withdraw: _withdraw,
}
