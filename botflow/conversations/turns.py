"""Keeping what came of an event: thread, turn and effects as rows, then whatever became possible by it."""

from __future__ import annotations

from typing import Any, Final

import msgspec
import sqlalchemy as sa

from botflow.consent.service import lift, opt_out
from botflow.conversations.carry_out import carry_out
from botflow.conversations.dialogue import THREADS, Dialogue
from botflow.conversations.history import INBOUND
from botflow.conversations.models import ThreadRow, TurnRow
from botflow.db import constant, json_text, table_of
from botflow_runtime import Outcome, Thread, Turn
from botflow_runtime.events import AnyEvent, Decision, MessageReceived
from botflow_runtime.limits import EXPIRY_SECONDS

TURNS: Final = table_of(TurnRow)
EXPIRY_MS: Final = round(EXPIRY_SECONDS * 1000)


def keep(dialogue: Dialogue, outcome: Outcome) -> None:
    """Keep every turn of the outcome, and of all that follows from it in the same transaction.

    First the events that the turns brought about, then the messages that were held for a busy thread, oldest first,
    until one has to wait again (engine.md 2, rule 5).
    """
    _keep_turns(dialogue, outcome)
    while True:
        if dialogue.due:
            thread_id, event = dialogue.due.pop(0)
            _keep_turns(dialogue, dialogue.engine.handle(dialogue.thread(thread_id), event))
        elif not _offer_oldest_held(dialogue):
            return


def offer(dialogue: Dialogue, message_id: str, content: dict[str, Any]) -> Decision:
    """Route a stored message and keep its turns, unless it has to be held; the row says which.

    `content` holds the fields of MessageReceived that the channel gave.
    """
    event = msgspec.convert({"type": "MessageReceived", **dialogue.facts(message_id), **content}, MessageReceived)
    outcome = dialogue.engine.receive(dialogue.live(), event)
    decision: Decision | None = outcome.decision
    assert decision is not None  # receive always decides
    if decision.action == "hold":
        _keep_turns(dialogue, outcome)  # a reply may prove an acceptance, and then wait for what follows it
        return decision
    _note_handled(dialogue, message_id, decision)
    _consent(dialogue, message_id, decision)
    _keep_turns(dialogue, outcome)
    return decision


def _offer_oldest_held(dialogue: Dialogue) -> bool:
    """Whether a message was waiting and something came of it."""
    row = _oldest_held(dialogue)
    if row is None:
        return False
    if offer(dialogue, row["id"], _event_fields(row)).action == "hold":
        return bool(dialogue.due)
    dialogue.work.after_commit(lambda: dialogue.announcer.update(dialogue.room, row["vendor_id"], "seen"))
    return True


def _oldest_held(dialogue: Dialogue) -> sa.RowMapping | None:
    return dialogue.work.first(
        sa.select(INBOUND)
        .where(INBOUND.c.conversation_id == dialogue.id, INBOUND.c.state == constant("held"))
        .order_by(INBOUND.c.sequence)
        .limit(1)
    )


def _event_fields(row: sa.RowMapping) -> dict[str, Any]:
    content: dict[str, Any] = msgspec.json.decode(row["content"])
    del content["type"]
    return content


def _note_handled(dialogue: Dialogue, message_id: str, decision: Decision) -> None:
    dialogue.work.execute(
        INBOUND.update()
        .where(INBOUND.c.id == message_id)
        .values(state="handled", handled_at=dialogue.now, decision=json_text(decision))
    )


def _consent(dialogue: Dialogue, message_id: str, decision: Decision) -> None:
    """An opt-out word blocks; any other message of the contact lifts what blocks channel and sender (CO-2)."""
    if decision.action == "opt_out_word":
        opt_out(dialogue.work, f"{message_id}:word", dialogue.place, decision.scope or "sender", dialogue.now)
    else:
        lift(dialogue.work, dialogue.place, dialogue.now)


def _keep_turns(dialogue: Dialogue, outcome: Outcome) -> None:
    for event, turn in zip(outcome.events, outcome.turns, strict=True):
        _keep_turn(dialogue, event, turn)


def _keep_turn(dialogue: Dialogue, event: AnyEvent, turn: Turn) -> None:
    before = dialogue.work.first(
        sa.select(THREADS.c.turns, THREADS.c.status, THREADS.c.reason).where(THREADS.c.id == turn.thread.id)
    )
    number = before["turns"] + 1 if before is not None else 1
    _save_thread(dialogue, turn.thread, number)
    row = TurnRow(
        thread_id=turn.thread.id,
        number=number,
        company_id=dialogue.place.company_id,
        event_id=event.id,
        event=json_text(event),
        effects=json_text(turn.effects),
        log=json_text(turn.log),
        at=dialogue.now,
    )
    dialogue.work.execute(TURNS.insert().values(row.model_dump()))
    carry_out(dialogue, turn.thread, turn.effects)
    if before is None or (before["status"], before["reason"]) != (turn.thread.status, turn.thread.reason):
        _announce_status(dialogue, turn.thread)


def _save_thread(dialogue: Dialogue, thread: Thread, turns: int) -> None:
    facts: dict[str, Any] = {
        "scenario": thread.scenario,
        "version": thread.version,
        "status": thread.status,
        "reason": thread.reason,
        "state": thread.to_json().decode(),
        "turns": turns,
        "updated_at": dialogue.now,
        "expires_at": dialogue.now + EXPIRY_MS,
    }
    if turns > 1:
        dialogue.work.execute(THREADS.update().where(THREADS.c.id == thread.id).values(facts))
        return
    row = ThreadRow(
        id=thread.id,
        company_id=dialogue.place.company_id,
        conversation_id=dialogue.id,
        created_at=dialogue.now,
        **facts,
    )
    dialogue.work.execute(THREADS.insert().values(row.model_dump()))


def _announce_status(dialogue: Dialogue, thread: Thread) -> None:
    dialogue.work.after_commit(lambda: dialogue.announcer.status(dialogue.room, thread.status, thread.reason))
