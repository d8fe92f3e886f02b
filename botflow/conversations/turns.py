"""Keeping what came of an event: thread, turn and effects as rows, then whatever became possible by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

import msgspec
import sqlalchemy as sa

from botflow.conversations.carry_out import carry_out
from botflow.conversations.course import course, version_of, versions_of_effects
from botflow.conversations.dialogue import THREADS, UNKNOWN, Dialogue, Kept
from botflow.conversations.history import INBOUND
from botflow.conversations.models import ThreadRow, TurnRow
from botflow.conversations.visits import ended_wait, note, visits_of
from botflow.conversations.words import heard, opted_out, respond
from botflow.db import constant, json_text, new_row, table_of
from botflow.metrics import turn_kept
from botflow.notices.service import Kind
from botflow_runtime import Outcome, Thread, Turn
from botflow_runtime.events import AnyEvent, Decision, MessageReceived
from botflow_runtime.limits import EXPIRY_SECONDS
from botflow_runtime.thread import LIVE, Status

TURNS: Final = table_of(TurnRow)
TOLD_OF: Final[Mapping[str, Kind]] = {
    "handedover": "thread.handed_over",
    **{status: "thread.ended" for status in get_args(Status) if status not in LIVE},
}
"""The kind of event that a thread's coming to a status is."""
EXPIRY_MS: Final = round(EXPIRY_SECONDS * 1000)


def keep(dialogue: Dialogue, outcome: Outcome, user_id: str | None = None) -> None:
    """Keep every turn of the outcome, and of all that follows from it in the same transaction.

    `user_id` is who let the outcome happen, where somebody did.
    """
    _keep_turns(dialogue, outcome, user_id)
    follow_up(dialogue)


def follow_up(dialogue: Dialogue) -> None:
    """Keep what follows from the turns of this transaction.

    First the events that they brought about, then the messages that were held for a busy thread, oldest first, until
    one has to wait again (engine.md 2, rule 5).
    """
    while True:
        if dialogue.due:
            thread_id, event = dialogue.due.pop(0)
            _keep_turns(dialogue, dialogue.engine.handle(dialogue.thread(thread_id), event))
        elif not _route_oldest_held(dialogue):
            return


def arrive(dialogue: Dialogue, message_id: str, content: dict[str, Any]) -> Decision:
    """Route a message that was stored just now and keep its turns, unless it has to be held; the row says which.

    `content` holds the fields of MessageReceived that the channel gave. Consent is a matter of what was written when,
    so it changes now, also by a message that is held: taken up later, it must not lift what came after it (CO-2).
    """
    return _route(dialogue, message_id, content, dialogue.now, arrives=True)


def reject(dialogue: Dialogue, message_id: str, text: str | None) -> None:
    """Keep a message that neither bot nor queue hear of, as of a blacklisted address; an opt-out word counts."""
    rejected = {"state": "rejected", "handled_at": dialogue.now}
    dialogue.inbound_changed(message_id, rejected)
    opted_out(dialogue, message_id, text)


def _route(
    dialogue: Dialogue, message_id: str, content: dict[str, Any], received_at: int, *, arrives: bool = False
) -> Decision:
    event = msgspec.convert({"type": "MessageReceived", **dialogue.facts(message_id), **content}, MessageReceived)
    live = dialogue.live()
    outcome = dialogue.engine.receive(live, event)
    decision: Decision | None = outcome.decision
    assert decision is not None  # receive always decides
    if decision.action == "live_chat" and live is not None:
        _note_sign_of_life(dialogue, live)
    if arrives:
        heard(dialogue, message_id, content, decision)
    if decision.action == "hold":
        dialogue.has_held = True
        _keep_turns(dialogue, outcome)  # a reply may prove an acceptance, and then wait for what follows it
        return decision
    _note_handled(dialogue, message_id, decision)
    _keep_turns(dialogue, outcome)
    respond(dialogue, message_id, content.get("text"), decision, received_at)
    return decision


def _note_sign_of_life(dialogue: Dialogue, thread: Thread) -> None:
    """A message for the person who has the thread is no turn, but it keeps the thread from expiring."""
    alive = {"updated_at": dialogue.now, "expires_at": dialogue.now + EXPIRY_MS}
    dialogue.work.pending.amend(THREADS, thread.id, alive)


def _route_oldest_held(dialogue: Dialogue) -> bool:
    """Whether a message was waiting and something came of it."""
    row = None if dialogue.has_held is False else _oldest_held(dialogue)
    if row is None:
        dialogue.has_held = False
        return False
    if _route(dialogue, row["id"], _event_fields(row), row["received_at"]).action == "hold":
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
    handled = {"state": "handled", "handled_at": dialogue.now, "decision": json_text(decision)}
    dialogue.inbound_changed(message_id, handled)


def _keep_turns(dialogue: Dialogue, outcome: Outcome, user_id: str | None = None) -> None:
    for event, turn, before in zip(outcome.events, outcome.turns, outcome.before, strict=True):
        _keep_turn(dialogue, event, turn, before, user_id)


def _keep_turn(dialogue: Dialogue, event: AnyEvent, turn: Turn, before: Thread, user_id: str | None) -> None:
    was = dialogue.kept.get(turn.thread.id, UNKNOWN)
    now = Kept(was.turns + 1, turn.thread.status, turn.thread.reason, _waiting_since(dialogue, was, turn))
    began = version_of(before)
    _save_thread(dialogue, turn.thread, now)
    row = new_row(
        TurnRow,
        thread_id=turn.thread.id,
        number=now.turns,
        company_id=dialogue.place.company_id,
        scenario=began.scenario,
        version=began.number,
        event_id=event.id,
        user_id=user_id,
        event=json_text(event),
        effects=json_text(turn.effects),
        log=json_text(turn.log),
        offered=_noted_offers(dialogue),
        at=dialogue.now,
    )
    dialogue.work.pending.add(TURNS, row)
    visits = visits_of(course(began, turn.log), event, turn, ended_wait(before, was.waiting_since, event))
    note(dialogue.work, dialogue.place.company_id, turn.thread.id, now.turns, visits, dialogue.now)
    turn_kept(dialogue.work)
    _tell(dialogue, was, turn.thread)
    carry_out(dialogue, turn.thread, turn.effects, versions_of_effects(began, turn))
    if (was.status, was.reason) != (now.status, now.reason):
        _announce_status(dialogue, turn.thread)


def _tell(dialogue: Dialogue, was: Kept, thread: Thread) -> None:
    facts = {"thread": thread.id, "chatbot": thread.scenario, "version": thread.version}
    if not was.turns:
        dialogue.tell("thread.started", facts)
    if was.status != thread.status and (kind := TOLD_OF.get(thread.status)):
        dialogue.tell(kind, facts | {"status": thread.status, "reason": thread.reason})


def _noted_offers(dialogue: Dialogue) -> str | None:
    """What was looked for in this transaction: of one revision of the catalog, so of no harm to the other turns."""
    noted = dialogue.catalog.noted()
    return None if noted is None else json_text(noted)


def _waiting_since(dialogue: Dialogue, was: Kept, turn: Turn) -> int | None:
    """When the thread began to wait for the contact as it does now; None: it does not."""
    wait = turn.thread.wait
    if wait is None or wait.kind not in ("question", "reply") or not turn.thread.live:
        return None
    return dialogue.now if any(entry.what == "waits" for entry in turn.log) else was.waiting_since


def _save_thread(dialogue: Dialogue, thread: Thread, now: Kept) -> None:
    dialogue.thread_changed(thread, now)
    facts: dict[str, Any] = {
        "scenario": thread.scenario,
        "version": thread.version,
        **now._asdict(),
        "node": thread.node,
        "state": thread.to_json().decode(),
        "updated_at": dialogue.now,
        "expires_at": dialogue.now + EXPIRY_MS,
    }
    if now.turns > 1:
        dialogue.work.pending.amend(THREADS, thread.id, facts)
        return
    row = new_row(
        ThreadRow,
        id=thread.id,
        company_id=dialogue.place.company_id,
        conversation_id=dialogue.id,
        created_at=dialogue.now,
        **facts,
    )
    dialogue.work.pending.add(THREADS, row)


def _announce_status(dialogue: Dialogue, thread: Thread) -> None:
    dialogue.work.after_commit(lambda: dialogue.announcer.status(dialogue.room, thread.status, thread.reason))
