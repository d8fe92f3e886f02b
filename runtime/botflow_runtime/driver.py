"""A synchronous host in memory: it executes effects against plain callables (engine.md 1).

For tests, terminals and small programs. It keeps the contract that every host keeps (docs/how-to/embed.md): threads go
through JSON between any two events, busy threads hold messages, timers carry tokens. It does not survive its process.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

import msgspec

from botflow_runtime import effects
from botflow_runtime.catalog import Catalog, SenderConfig
from botflow_runtime.code_runs import RunScript, code_finished, request_of
from botflow_runtime.compiled import Scenario
from botflow_runtime.conversation import Conversation, Outcome
from botflow_runtime.effects import AnyEffect, RunCode, SendMessage, SetTimer
from botflow_runtime.errors import HostError
from botflow_runtime.events import (
    AnyEvent,
    CodeFinished,
    Decision,
    DeliveryReported,
    Expired,
    MessageReceived,
    Started,
    StartedAt,
    TimerFired,
)
from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.limits import EXPIRY_SECONDS
from botflow_runtime.replay import RecordedEvent, RecordedScenario, Recording
from botflow_runtime.sandbox import CodeRequest, CodeResult, CodeRunner
from botflow_runtime.thread import Thread, Turn

SENDER: Final = "driver"

Send: TypeAlias = Callable[[str, JsonObject], object]
"""Called with the contact's phone and the content."""
OnEffect: TypeAlias = Callable[[AnyEffect, Thread], object]


class Timer(msgspec.Struct, frozen=True):
    """An armed timer: when it is due (ms since the epoch), whose it is, its token."""

    due: int
    thread: str
    name: Any
    token: str


class Session(msgspec.Struct):
    """What the driver keeps of one contact. Threads are kept as JSON."""

    contact: JsonObject
    attributes: JsonObject
    threads: dict[str, bytes] = {}
    newest: str | None = None
    held: list[MessageReceived] = []
    turned: bool = False
    """A turn has run since the held messages were offered."""
    timers: dict[tuple[str, str], Timer] = {}
    sent: list[SendMessage] = []
    answers: list[tuple[str, Callable[[], AnyEvent]]] = []
    last_event: int = 0

    def thread(self) -> Thread | None:
        """The newest thread."""
        return Thread.from_json(self.threads[self.newest]) if self.newest is not None else None


class Driver:
    """Runs conversations of one sender.

    `scenarios` are all enabled on it; `default` names the default chatbot (otherwise the one whose file suggests it).
    `send` gets each message; `run_code` runs code steps (a `CodeRunner` of the sandbox by default); `on_effect` sees
    every effect with its thread. `clock` gives seconds since the epoch; call `run_due` when time has passed.
    `turns`, `recorded` and `decisions` keep everything that has happened, so a driver is not for years of chats.
    """

    def __init__(
        self,
        scenarios: Iterable[Scenario],
        send: Send,
        *,
        run_code: RunScript | None = None,
        on_effect: OnEffect | None = None,
        default: str | None = None,
        sender: SenderConfig | None = None,
        clock: Callable[[], float] = time.time,
        time_zone: str = "UTC",
    ) -> None:
        self.scenarios = list(scenarios)
        self.config = sender or _sender_of(self.scenarios, default)
        self.sender = self.config.id
        self.conversation = Conversation(Catalog(self.scenarios, [self.config]), lambda: self._next_id("thread"))
        self.send = send
        self.run_code = run_code or _SandboxOnDemand()
        self.on_effect = on_effect or (lambda effect, thread: None)
        self.clock = clock
        self.time_zone = time_zone
        self.sessions: dict[str, Session] = {}
        self.turns: list[tuple[AnyEvent, Turn]] = []
        self.recorded: list[RecordedEvent] = []
        self.decisions: list[Decision] = []
        self._serial = 0

    # --- what happens ------------------------------------------------------------------------------------------------

    def receive(self, phone: str, text: str | None = None, **fields: Any) -> Decision:
        """The contact wrote; `fields` are those of MessageReceived. Returns the router's decision."""
        session = self.session(phone)
        message = MessageReceived(**self._snapshot(session, fields.pop("id", None)), text=text, **fields)
        decision = self._offer(session, message)
        self._settle(session)
        return decision

    def start(self, phone: str, scenario: str, node: str | None = None, variables: JsonObject | None = None) -> None:
        """Start a chatbot for the contact, at its start node or at a chosen one."""
        session = self.session(phone)
        snapshot, values = self._snapshot(session), variables or {}
        event: Started | StartedAt = Started(**snapshot, origin="api", variables=values)
        if node is not None:
            event = StartedAt(**snapshot, node=node, variables=values)
        self._keep(session, self.conversation.start(self._live(session), scenario, event))
        self._settle(session)

    def happen(self, phone: str, kind: type[AnyEvent], **fields: Any) -> None:
        """Anything else happened to the contact's newest thread: an event of `kind` with these fields."""
        session = self.session(phone)
        thread = session.thread()
        if thread is None:
            raise HostError(f"there is no thread of {phone} yet")
        self._handle(session, thread.id, kind(**self._snapshot(session), **fields))

    def run_due(self) -> None:
        """Fire all timers that are due by the clock, in their order, and expire what has been silent too long."""
        now = self._now()
        for session in list(self.sessions.values()):
            while due := [timer for timer in session.timers.values() if timer.due <= now]:
                timer = min(due, key=lambda timer: timer.due)
                del session.timers[timer.thread, timer.name]
                event = TimerFired(**self._snapshot(session), name=timer.name, token=timer.token)
                self._handle(session, timer.thread, event)
            thread = self._live(session)
            if thread is not None and now - session.last_event >= EXPIRY_SECONDS * 1000:
                self._handle(session, thread.id, Expired(**self._snapshot(session)))

    def next_due(self) -> float | None:
        """When `run_due` has something to do next, in seconds since the epoch; None: nothing is planned."""
        dues = [timer.due for session in self.sessions.values() for timer in session.timers.values()]
        dues += [
            session.last_event + EXPIRY_SECONDS * 1000 for session in self.sessions.values() if self._live(session)
        ]
        return min(dues) / 1000 if dues else None

    def session(self, phone: str, **contact: Json) -> Session:
        """What the driver keeps of a contact; made when it is new."""
        if phone not in self.sessions:
            attributes = contact.pop("attributes", None) or {}
            self.sessions[phone] = Session({"phone": phone, **contact}, dict(attributes))
        return self.sessions[phone]

    def recording(self) -> Recording:
        """Everything that has happened so far, to be replayed (`botflow replay`)."""
        scenarios = [RecordedScenario(scenario.version, _file_of(scenario)) for scenario in self.scenarios]
        threads = {name: data for session in self.sessions.values() for name, data in session.threads.items()}
        final = [Thread.from_json(data) for data in threads.values()]
        return Recording(scenarios, [self.config], self.recorded, final)

    def close(self) -> None:
        """End the sandbox, if one was started."""
        if isinstance(self.run_code, _SandboxOnDemand):
            self.run_code.close()

    # --- turns -------------------------------------------------------------------------------------------------------

    def _offer(self, session: Session, message: MessageReceived) -> Decision:
        outcome = self.conversation.receive(self._live(session), message)
        decision = outcome.decision
        assert decision is not None  # receive always decides
        self.decisions.append(decision)
        session.last_event = self._now()
        if decision.action == "hold":
            session.held.append(message)
        elif decision.action == "opt_out_word":
            thread = session.thread() or Thread("", "", 0)
            self.on_effect(effects.OptOut(f"{message.id}:word", decision.scope or "sender"), thread)
        self._keep(session, outcome)
        return decision

    def _handle(self, session: Session, thread: str, event: AnyEvent) -> None:
        self._keep(session, self.conversation.handle(Thread.from_json(session.threads[thread]), event))
        self._settle(session)

    def _keep(self, session: Session, outcome: Outcome) -> None:
        """Keep the turns and carry out their effects."""
        for before, event, turn in zip(outcome.before, outcome.events, outcome.turns, strict=True):
            self.turns.append((event, turn))
            self.recorded.append(RecordedEvent(before.id, before.scenario, before.version, event))
            session.threads[turn.thread.id] = turn.thread.to_json()
            session.newest = turn.thread.id
            session.last_event = self._now()
            session.turned = True
        for turn in outcome.turns:
            for effect in turn.effects:
                self.on_effect(effect, turn.thread)
                EFFECTS.get(type(effect), _nothing)(self, session, turn.thread, effect)

    def _settle(self, session: Session) -> None:
        """Answer what the turns have asked for, then offer held messages again, until nothing is left to do."""
        while session.answers or (session.held and session.turned):
            if session.answers:
                thread, answer = session.answers.pop(0)
                self._keep(session, self.conversation.handle(Thread.from_json(session.threads[thread]), answer()))
            else:
                self._offer_held(session)

    def _offer_held(self, session: Session) -> None:
        held, session.held, session.turned = session.held, [], False
        for message in held:
            self._offer(session, message)

    def _live(self, session: Session) -> Thread | None:
        thread = session.thread()
        return thread if thread is not None and thread.live else None

    def _now(self) -> int:
        return round(self.clock() * 1000)

    def _next_id(self, kind: str) -> str:
        self._serial += 1
        return f"{kind}-{self._serial}"

    def _snapshot(self, session: Session, event_id: str | None = None) -> dict[str, Any]:
        return {
            "id": event_id or self._next_id("event"),
            "at": self._now(),
            "contact": session.contact,
            "attributes": session.attributes,
            "sender": self.sender,
            "time_zone": self.time_zone,
        }

    # --- effects -----------------------------------------------------------------------------------------------------

    def _send(self, session: Session, thread: Thread, effect: SendMessage) -> None:
        session.sent.append(effect)
        self.send(session.contact["phone"], effect.content)
        if effect.await_acceptance:
            session.answers.append((thread.id, lambda: self._accepted(session, effect)))

    def _accepted(self, session: Session, effect: SendMessage) -> DeliveryReported:
        return DeliveryReported(**self._snapshot(session), message=effect.id, state="accepted")

    def _run_code(self, session: Session, thread: Thread, effect: RunCode) -> None:
        session.answers.append((thread.id, lambda: self._finished(session, effect)))

    def _finished(self, session: Session, effect: RunCode) -> CodeFinished:
        return code_finished(effect, self.run_code(request_of(effect)), self._snapshot(session))

    def _set_timer(self, session: Session, thread: Thread, effect: SetTimer) -> None:
        due = self._now() + round(effect.seconds * 1000)
        session.timers[thread.id, effect.name] = Timer(due, thread.id, effect.name, effect.token)

    def _cancel_timer(self, session: Session, thread: Thread, effect: effects.CancelTimer) -> None:
        timer = session.timers.get((thread.id, effect.name))
        if timer is not None and timer.token == effect.token:
            del session.timers[thread.id, effect.name]

    def _set_attribute(self, session: Session, thread: Thread, effect: effects.SetAttribute) -> None:
        session.attributes = {**session.attributes, effect.name: effect.value}


def _nothing(driver: Driver, session: Session, thread: Thread, effect: Any) -> None:
    """Effects that only `on_effect` sees."""


EFFECTS: Final[Mapping[type[effects.Effect], Callable[[Driver, Session, Thread, Any], None]]] = {
    effects.SendMessage: Driver._send,
    effects.RunCode: Driver._run_code,
    effects.SetTimer: Driver._set_timer,
    effects.CancelTimer: Driver._cancel_timer,
    effects.SetAttribute: Driver._set_attribute,
}


class _SandboxOnDemand:
    """Starts the sandbox when the first code step runs."""

    def __init__(self) -> None:
        self.runner: CodeRunner | None = None

    def __call__(self, request: CodeRequest) -> CodeResult:
        if self.runner is None:
            self.runner = CodeRunner()
        return self.runner.run(request)

    def close(self) -> None:
        if self.runner is not None:
            self.runner.close()


def _sender_of(scenarios: list[Scenario], default: str | None) -> SenderConfig:
    if not scenarios:
        raise HostError("a driver needs at least one scenario")
    suggested = next((scenario.id for scenario in scenarios if scenario.settings.is_default), None)
    enabled = tuple(scenario.id for scenario in scenarios)
    return SenderConfig(SENDER, scenarios[0].channel, enabled, default or suggested)


def _file_of(scenario: Scenario) -> JsonObject:
    document: JsonObject = scenario.document.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return document
