"""One thread as a person looks into it: how it is now, and turn by turn how it came to that (TH-2, TH-3)."""

from __future__ import annotations

from typing import Any, Final

import msgspec
import sqlalchemy as sa

from botflow.chatbots.service import Chatbots
from botflow.conversations.carry_out import TIMERS
from botflow.conversations.course import Version, course
from botflow.conversations.dialogue import OUTBOUND, THREADS
from botflow.conversations.explaining import Explained, Setting, explain
from botflow.conversations.listing import ThreadFilter, threads_of
from botflow.conversations.turns import TURNS
from botflow.db import UnitOfWork
from botflow.errors import NotFoundError
from botflow_runtime import Scenario, Thread
from botflow_runtime.effects import SendMessage, decode_effects
from botflow_runtime.events import Event, decode_event
from botflow_runtime.json_types import JsonObject
from botflow_runtime.thread import LogEntry

TURNS_PAGE: Final = 100
SNAPSHOT: Final = frozenset(Event.__struct_fields__)
"""Fields that every event has: they say nothing of what came in."""

_log_decoder = msgspec.json.Decoder(list[LogEntry])


class ArmedTimer(msgspec.Struct, frozen=True):
    """A timer; `due_at` is None while it waits for message `after` to leave."""

    name: str
    due_at: int | None
    after: str | None


class SentInTurn(msgspec.Struct, frozen=True):
    """A message of a turn, and what became of it."""

    id: str
    node: str
    content: JsonObject
    status: str | None
    error: str | None


class TurnView(msgspec.Struct, frozen=True):
    """One turn. `came_in` holds the fields of the event without its snapshot, `changed` the variables it set."""

    number: int
    at: int
    scenario: str
    version: int
    event: str
    came_in: JsonObject
    user_id: str | None
    nodes: list[str]
    sent: list[SentInTurn]
    changed: JsonObject
    log: list[Explained]


class ThreadView(msgspec.Struct, frozen=True):
    """How a thread is now. `facts` are those of the list of threads."""

    facts: dict[str, Any]
    node_label: str | None
    waits_for: str | None
    variables: JsonObject
    timers: list[ArmedTimer]


def inspect_thread(work: UnitOfWork, chatbots: Chatbots, company_id: str, thread_id: str) -> ThreadView:
    """One thread of a company. Raises NotFoundError."""
    row = work.first(threads_of(company_id).add_columns(THREADS.c.state).where(THREADS.c.id == thread_id))
    if row is None:
        raise NotFoundError(f"There is no thread {thread_id!r}.")
    thread = Thread.from_json(row["state"])
    scenario = _compiled(work, chatbots, company_id, Version(thread.scenario, thread.version))
    nodes = {node.id: node.label for node in scenario.document.nodes} if scenario is not None else {}
    armed = work.all(sa.select(TIMERS).where(TIMERS.c.thread_id == thread_id).order_by(TIMERS.c.name))
    return ThreadView(
        facts={name: value for name, value in row.items() if name != "state"},
        node_label=nodes.get(thread.node or ""),
        waits_for=thread.wait.kind if thread.wait is not None and thread.live else None,
        variables=thread.variables,
        timers=[ArmedTimer(timer["name"], timer["due_at"], timer["after"]) for timer in armed],
    )


def turns_of(
    work: UnitOfWork, chatbots: Chatbots, company_id: str, thread_id: str, after: int = 0, most: int = TURNS_PAGE
) -> list[TurnView]:
    """The turns of a thread that come after number `after`, in their order, at most `most`. Raises NotFoundError."""
    if work.first(threads_of(company_id, ThreadFilter()).where(THREADS.c.id == thread_id)) is None:
        raise NotFoundError(f"There is no thread {thread_id!r}.")
    rows = work.all(
        sa.select(TURNS)
        .where(TURNS.c.thread_id == thread_id, TURNS.c.number > after)
        .order_by(TURNS.c.number)
        .limit(most)
    )
    return [_turn_view(work, chatbots, row) for row in rows]


def _turn_view(work: UnitOfWork, chatbots: Chatbots, row: sa.RowMapping) -> TurnView:
    event, log, effects = decode_event(row["event"]), _log_decoder.decode(row["log"]), decode_effects(row["effects"])
    began = Version(row["scenario"], row["version"])
    explained = [
        explain(entry, Setting(_compiled(work, chatbots, row["company_id"], version), event))
        for version, entry in course(began, log)
    ]
    came_in = {name: value for name, value in msgspec.to_builtins(event).items() if name not in {*SNAPSHOT, "type"}}
    changed: JsonObject = {}
    for entry in log:
        if entry.what == "set" and isinstance(entry.detail, dict):
            changed |= entry.detail
    return TurnView(
        number=row["number"],
        at=row["at"],
        scenario=row["scenario"],
        version=row["version"],
        event=type(event).__name__,
        came_in=came_in,
        user_id=row["user_id"],
        nodes=[entry.node for entry in log if entry.what == "ran" and entry.node is not None],
        sent=_sent(work, [effect for effect in effects if isinstance(effect, SendMessage)]),
        changed=changed,
        log=explained,
    )


def _sent(work: UnitOfWork, effects: list[SendMessage]) -> list[SentInTurn]:
    if not effects:
        return []
    found = sa.select(OUTBOUND.c.id, OUTBOUND.c.status, OUTBOUND.c.error).where(
        OUTBOUND.c.id.in_([effect.id for effect in effects])
    )
    became = {row["id"]: row for row in work.all(found)}
    return [
        SentInTurn(
            effect.id,
            effect.node,
            effect.content,
            became[effect.id]["status"] if effect.id in became else None,
            became[effect.id]["error"] if effect.id in became else None,
        )
        for effect in effects
    ]


def _compiled(work: UnitOfWork, chatbots: Chatbots, company_id: str, version: Version) -> Scenario | None:
    return chatbots.catalogs.compiled(work, (company_id, version.scenario, version.number))
