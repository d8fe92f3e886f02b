"""Everything that one event means for one contact and sender: routing, ending one thread, opening the next.

A conversation is pure like the engine: the host locks, stores the turns in one transaction, carries out the effects.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from botflow_runtime.catalog import Catalog
from botflow_runtime.effects import OpenThread
from botflow_runtime.engine import Engine
from botflow_runtime.errors import UnknownScenarioError
from botflow_runtime.events import (
    AnyEvent,
    Counters,
    Decision,
    DeliveryReported,
    Event,
    MessageReceived,
    Origin,
    Started,
    StartedAt,
)
from botflow_runtime.router import Router
from botflow_runtime.thread import Thread, Turn


class Outcome(msgspec.Struct, frozen=True):
    """What came of an event. `turns` and `events` belong together one by one; the last turn is of the newest thread.

    `decision` says which rule took a message; "hold": keep the message and offer it again after the thread's next turn;
    "opt_out_word": block the contact for the decision's scope. OpenThread effects are carried out already.
    """

    turns: list[Turn]
    events: list[AnyEvent]
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
            live = self._turn(outcome, live, _accepted(message, live.wait.effect)).thread
            decision = self.router.route(live, message)
        if decision.action in ("start", "default"):
            started = _started(message, "", "keyword" if decision.action == "start" else "default")
            return self._start(outcome, live, decision, started)
        if live is not None and live.live and decision.action != "hold":
            self._turn(outcome, live, msgspec.structs.replace(message, decision=decision))
        return msgspec.structs.replace(outcome, decision=decision)

    def start(self, live: Thread | None, scenario: str, event: Started | StartedAt) -> Outcome:
        """Start a chatbot for the contact; an Active or Stuck thread ends as replaced (engine.md 7).

        Raises UnknownScenarioError.
        """
        return self._start(Outcome([], []), live, Decision("start", scenario=scenario), event)

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
        return msgspec.structs.replace(outcome, decision=decision)

    def _turn(self, outcome: Outcome, thread: Thread, event: AnyEvent) -> Turn:
        """Run a turn, and the first turn of a thread that it opens."""
        turn = self.engine.handle(thread, event)
        outcome.turns.append(turn)
        outcome.events.append(event)
        last = turn.effects[-1] if turn.effects else None
        if isinstance(last, OpenThread):
            newest = self.catalog.newest(last.scenario)
            assert newest is not None  # the turn that emitted OpenThread looked it up in the same catalog
            started = _started(event, "/opened", last.origin, last.counters)
            return self._turn(outcome, Thread(self.new_thread_id(), newest.id, newest.version), started)
        return turn


def _started(event: Event, suffix: str, origin: Origin, counters: Counters = (0, 0, 0, 0)) -> Started:
    """The start of a thread that follows from another event: the same time and snapshot, an id of its own."""
    return Started(
        id=event.id + suffix,
        at=event.at,
        contact=event.contact,
        attributes=event.attributes,
        sender=event.sender,
        time_zone=event.time_zone,
        origin=origin,
        counters=counters,
    )


def _accepted(message: MessageReceived, sent: str) -> DeliveryReported:
    """The contact's reply to a message proves that the vendor took it (engine.md 4)."""
    return DeliveryReported(
        id=message.id + "/accepted",
        at=message.at,
        contact=message.contact,
        attributes=message.attributes,
        sender=message.sender,
        time_zone=message.time_zone,
        message=sent,
        state="accepted",
    )
