"""A conversation that a test leads by hand, event by event, while every turn is held to the laws of all turns."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from botflow_runtime import Catalog, Conversation, Engine, Outcome, Scenario, SenderConfig, Thread, Turn
from botflow_runtime.effects import CancelTimer, Effect, OpenThread, RunCode, SendMessage, SetTimer, decode_effects
from botflow_runtime.events import (
    AnyEvent,
    CodeFinished,
    ContactActed,
    Decision,
    DeliveryReported,
    Event,
    MessageReceived,
    Started,
    StartedAt,
    TimerFired,
    decode_event,
)

AnEffect = TypeVar("AnEffect", bound=Effect)
SENDER = "sender"


class Chat:
    """One contact at one sender. `now` is in milliseconds; the tests move it."""

    def __init__(self, *scenarios: Scenario, default: str | None = None, **sender: Any) -> None:
        self.sender = {"default": default, **sender}
        self.publish(*scenarios)
        self.first = scenarios[0].id
        self.threads: dict[str, Thread] = {}
        self.newest: str = ""
        self.events: list[AnyEvent] = []
        self.befores: list[Thread] = []
        self.turns: list[Turn] = []
        self.outcome = Outcome([], [], [])
        self.serial = 0
        self.now = 0
        self.snapshot: dict[str, Any] = {}

    def publish(self, *scenarios: Scenario) -> None:
        """From now on there are these chatbots and versions, all enabled."""
        enabled = tuple(dict.fromkeys(scenario.id for scenario in scenarios))
        config = {"enabled": enabled, "channel": scenarios[0].channel, **self.sender}
        self.catalog = Catalog(scenarios, [SenderConfig(SENDER, **config)])
        self.conversation = Conversation(self.catalog, self._new_thread_id)

    # --- what happens ------------------------------------------------------------------------------------------------

    def start(self, scenario: str | None = None, **fields: Any) -> Chat:
        """A chatbot starts (the first one, where none is named)."""
        return self._keep(self.conversation.start(self.live, scenario or self.first, self._event(Started, fields)))

    def start_at(self, node: str, scenario: str | None = None, **fields: Any) -> Chat:
        """An operator starts a chatbot at a node."""
        event = self._event(StartedAt, {"node": node, **fields})
        return self._keep(self.conversation.start(self.live, scenario or self.first, event))

    def says(self, text: str | None = None, **fields: Any) -> Chat:
        """The contact writes."""
        return self._keep(self.conversation.receive(self.live, self._event(MessageReceived, {"text": text, **fields})))

    def acts(self, **fields: Any) -> Chat:
        """The contact taps a link."""
        return self.happens(ContactActed, **fields)

    def fires(self, name: Any, token: str | None = None) -> Chat:
        """A timer is due: the armed one, or one with this token."""
        return self.happens(TimerFired, name=name, token=self.thread.timers[name] if token is None else token)

    def returns(self, result: Any = None, **fields: Any) -> Chat:
        """The newest run of code has ended."""
        return self.happens(CodeFinished, **{"run": self._newest_run, "result": result, **fields})

    def breaks(self, error: str = "it broke") -> Chat:
        """The newest run of code has failed."""
        return self.returns(error=error)

    def reports(self, state: Any, message: str | None = None, **fields: Any) -> Chat:
        """The vendor reports about a message: the newest, where none is named."""
        sent = self.thread.sent
        return self.happens(DeliveryReported, message=message or (sent.id if sent else ""), state=state, **fields)

    def happens(self, kind: type[Event], thread: str | None = None, **fields: Any) -> Chat:
        """Anything happens to a thread: the newest, where none is named."""
        event = self._event(kind, fields)
        return self._keep(self.conversation.handle(self.threads[thread or self.newest], event))

    # --- what came of it ---------------------------------------------------------------------------------------------

    @property
    def thread(self) -> Thread:
        """The newest thread."""
        return self.threads[self.newest]

    @property
    def live(self) -> Thread | None:
        """The contact's live thread."""
        return next((thread for thread in self.threads.values() if thread.live), None)

    @property
    def turn(self) -> Turn:
        """The last turn."""
        return self.turns[-1]

    @property
    def decision(self) -> Decision:
        """What the router said last."""
        assert self.outcome.decision is not None
        return self.outcome.decision

    @property
    def out(self) -> list[str]:
        """The texts that the last event brought."""
        return [effect.content["text"] for effect in self.effects(SendMessage)]

    @property
    def effect_names(self) -> list[str]:
        """The kinds of effects that the last event brought, in order."""
        return [type(effect).__name__ for turn in self.outcome.turns for effect in turn.effects]

    @property
    def status(self) -> tuple[str, str]:
        """Status and reason of the newest thread."""
        return self.thread.status, self.thread.reason

    @property
    def logged(self) -> list[str]:
        """What the last event left in the logs."""
        return [entry.what for turn in self.outcome.turns for entry in turn.log]

    def effects(self, kind: type[AnEffect]) -> list[AnEffect]:
        """The effects of one kind that the last event brought."""
        return [effect for turn in self.outcome.turns for effect in turn.effects if isinstance(effect, kind)]

    def detail(self, what: str) -> Any:
        """The detail of the last event's log entry of this name."""
        return next(entry.detail for turn in self.outcome.turns for entry in turn.log if entry.what == what)

    def armed(self) -> dict[str, float]:
        """The timers that the last event armed and left armed: name to seconds."""
        timers: dict[str, float] = {}
        for turn in self.outcome.turns:
            for effect in turn.effects:
                if isinstance(effect, SetTimer):
                    timers[effect.name] = effect.seconds
                elif isinstance(effect, CancelTimer):
                    timers.pop(effect.name, None)
        return timers

    # --- the laws of all turns ---------------------------------------------------------------------------------------

    @property
    def _newest_run(self) -> str:
        runs = [effect.id for turn in self.turns for effect in turn.effects if isinstance(effect, RunCode)]
        return runs[-1] if runs else ""

    def _new_thread_id(self) -> str:
        self.serial += 1
        return f"t{self.serial}"

    def _event(self, kind: type[Event], fields: dict[str, Any]) -> Any:
        values = {"id": f"e{len(self.events) + 1}", "at": self.now, "sender": SENDER, **self.snapshot, **fields}
        return kind(**values)

    def _keep(self, outcome: Outcome) -> Chat:
        self.outcome = outcome
        for before, event, turn in zip(outcome.before, outcome.events, outcome.turns, strict=True):
            self._hold_to_the_laws(before, event, turn)
            self.threads[turn.thread.id] = Thread.from_json(turn.thread.to_json())
            self.newest = turn.thread.id
            self.befores.append(before)
            self.events.append(event)
            self.turns.append(turn)
        assert sum(thread.live for thread in self.threads.values()) <= 1, "two threads are live"
        return self

    def _hold_to_the_laws(self, before: Thread, event: AnyEvent, turn: Turn) -> None:
        """Engine.md 1: the argument stays as it is, the same again gives the same, and all of it is JSON."""
        kept = before.to_json()
        again = Engine(self.catalog).handle(before, event)
        assert before.to_json() == kept, "handle changed its argument"
        assert again == turn, "the same thread, event and catalog gave another turn"
        assert decode_event(msgspec.json.encode(event)) == event
        assert Thread.from_json(turn.thread.to_json()) == turn.thread
        assert decode_effects(msgspec.json.encode(turn.effects)) == turn.effects
        assert Turn.from_json(turn.to_json()) == turn
        assert [effect.id for effect in turn.effects] == [f"{event.id}:{place}" for place in range(len(turn.effects))]
        assert not any(isinstance(effect, OpenThread) for effect in turn.effects[:-1]), "OpenThread is the last effect"
