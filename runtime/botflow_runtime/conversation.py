"""Everything that one event means for one contact and sender: routing, ending one thread, opening the next.

A conversation is pure like the engine: the host locks, stores the turns in one transaction, carries out the effects.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from botflow_runtime.catalog import Catalog
from botflow_runtime.effects import OpenThread, SetAttribute
from botflow_runtime.engine import Engine
from botflow_runtime.errors import UnknownScenarioError
from botflow_runtime.events import (
    AnyEvent,
    Decision,
    DeliveryReported,
    Event,
    MessageReceived,
    Origin,
    Resolved,
    Started,
    StartedAt,
)
from botflow_runtime.json_types import JsonObject
from botflow_runtime.router import Router
from botflow_runtime.runner import message_of
from botflow_runtime.thread import Thread, Turn

UNTOUCHED: Final = frozenset({"hold", "live_chat"})
"""Decisions after which the engine is not called (engine.md 2, rules 3 and 5)."""


class Outcome(msgspec.Struct):
    """What came of an event. `turns`, `events` and `before` (each turn's thread as it was) belong together one by one;
    the last turn is of the newest thread.

    `decision` says which rule took a message; "hold": keep the message and offer it again after the thread's next turn;
    "opt_out_word": block the contact for the decision's scope. OpenThread effects are carried out already.
    """

    turns: list[Turn]
    events: list[AnyEvent]
    before: list[Thread] = msgspec.field(default_factory=list)
    decision: Decision | None = None


class Conversation:
    """Routes and runs events over a catalog; `new_thread_id` names new threads."""

    def __init__(self, catalog: Catalog, new_thread_id: Callable[[], str]) -> None:
        self.catalog = catalog
        self.engine = Engine(catalog)
        self.router = Router(catalog)
        self.new_thread_id = new_thread_id

    def receive(self, live: Thread | None, message: MessageReceived) -> Outcome:
        """A message of the contact arrived. `live` is the contact's live thread at the message's sender.

        Raises UnknownSenderError, UnknownScenarioError.
        """
        outcome = Outcome([], [])
        decision = self.router.route(live, message)
        if decision.action == "accepted" and live is not None and live.wait is not None:
            # a reply to a message proves that the vendor took it (engine.md 4)
            accepted = DeliveryReported(**_following(message, "/accepted"), message=live.wait.effect, state="accepted")
            live = self._turn(outcome, live, accepted).thread
            decision = self.router.route(live, message)
        if decision.action in ("start", "default"):
            origin: Origin = "keyword" if decision.action == "start" else "default"
            started = Started(**_following(message, ""), origin=origin, message=message_of(message))
            return self._start(outcome, live, decision, started)
        if live is not None and live.live and decision.action not in UNTOUCHED:
            self._turn(outcome, live, msgspec.structs.replace(message, decision=decision))
        outcome.decision = decision
        return outcome

    def start(self, live: Thread | None, scenario: str, event: Started | StartedAt) -> Outcome:
        """Start a chatbot for the contact; an Active or Stuck thread ends as replaced (engine.md 7).

        A conversation that a person has is left to them, decision "live_chat", unless an operator starts the chatbot:
        then it is resolved first. Raises UnknownScenarioError.
        """
        outcome = Outcome([], [])
        if live is not None and live.status == "handedover":
            if event.origin != "operator":
                return Outcome([], [], decision=Decision("live_chat"))
            live = self._turn(outcome, live, Resolved(**_following(event, "/resolved"))).thread
        return self._start(outcome, live, Decision("start", scenario=scenario), event)

    def handle(self, thread: Thread, event: AnyEvent) -> Outcome:
        """Any other event, for the thread that it is meant for. Raises UnknownScenarioError."""
        outcome = Outcome([], [])
        self._turn(outcome, thread, event)
        return outcome

    def _start(self, outcome: Outcome, live: Thread | None, decision: Decision, event: Started | StartedAt) -> Outcome:
        newest = self.catalog.newest(decision.scenario or "")
        if newest is None:
            raise UnknownScenarioError(f"the catalog holds no chatbot {decision.scenario!r}")
        if live is not None and live.live:
            self._turn(outcome, live, msgspec.structs.replace(event, id=event.id + "/replaced"))
        self._turn(outcome, Thread(self.new_thread_id(), newest.id, newest.version), event)
        outcome.decision = decision
        return outcome

    def _turn(self, outcome: Outcome, thread: Thread, event: AnyEvent) -> Turn:
        """Run a turn, and the first turn of a thread that it opens."""
        turn = self.engine.handle(thread, event)
        outcome.turns.append(turn)
        outcome.events.append(event)
        outcome.before.append(thread)
        last = turn.effects[-1] if turn.effects else None
        if isinstance(last, OpenThread):
            newest = self.catalog.newest(last.scenario)
            assert newest is not None  # the turn that emitted OpenThread looked it up in the same catalog
            snapshot = {**_following(event, "/opened"), "attributes": _attributes_after(event, turn)}
            started = Started(
                **snapshot, origin=last.origin, counters=last.counters, fired=last.fired, fruitless=last.fruitless
            )
            return self._turn(outcome, Thread(self.new_thread_id(), newest.id, newest.version), started)
        return turn


def _following(event: Event, suffix: str) -> dict[str, Any]:
    """The common fields of an event that follows from another: the same time and snapshot, an id of its own."""
    return {
        "id": event.id + suffix,
        "at": event.at,
        "contact": event.contact,
        "attributes": event.attributes,
        "sender": event.sender,
        "time_zone": event.time_zone,
    }


def _attributes_after(event: Event, turn: Turn) -> JsonObject:
    """The contact's attributes as the turn has left them."""
    changed = {effect.name: effect.value for effect in turn.effects if isinstance(effect, SetAttribute)}
    return {**event.attributes, **changed}
