"""What a host has to do after a turn, in the order of the list (engine.md 1).

An effect's id is ``<event id>:<index>``: the same turn gives the same ids, so a host that repeats a turn after a crash
can tell what it has done already. Effects are JSON in and out: ``effect.to_json()`` and
``decode_effects(data)``, which reads a list of them.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from botflow_runtime.events import Counters, Origin, TimerName
from botflow_runtime.json_types import Json, JsonObject

OptOutScope: TypeAlias = Literal["sender", "platform", "channel", "chatbot"]


class Effect(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type"):
    """What every effect carries."""

    id: str

    def to_json(self) -> bytes:
        """The effect as JSON."""
        return _encoder.encode(self)


class SendMessage(Effect, frozen=True, omit_defaults=True, tag=True):
    """Send `content` to the contact, after showing "typing" for `delay_ms`; keep the conversation's order.

    `await_acceptance`: the thread waits for DeliveryReported(accepted or failed) of this message.
    `confirmation`: this message confirms an opt-out and passes the consent gate (consent.md, rule 2).
    """

    content: JsonObject
    node: str
    delay_ms: int = 0
    await_acceptance: bool = False
    confirmation: bool = False


class RunCode(Effect, frozen=True, omit_defaults=True, tag=True):
    """Run a script and answer with CodeFinished(run=<this effect's id>); the id goes out as Idempotency-Key."""

    node: str
    language: Literal["javascript", "python"]
    source: str
    variables: JsonObject
    attributes: JsonObject
    contact: JsonObject
    message: JsonObject | None = None
    timeout_seconds: float | None = None


class SetTimer(Effect, frozen=True, omit_defaults=True, tag=True):
    """Fire TimerFired(name, token) after `seconds`; a timer of the same name is replaced.

    `after` names the message (effect id) from whose acceptance the seconds run; None: they run from now.
    """

    name: TimerName
    seconds: float
    token: str
    after: str | None = None


class CancelTimer(Effect, frozen=True, omit_defaults=True, tag=True):
    """The timer of this name is not wanted any more."""

    name: TimerName
    token: str


class OptOut(Effect, frozen=True, omit_defaults=True, tag=True):
    """Block messages to the contact: from the sender, on the platform or channel, or of one chatbot on the channel."""

    scope: OptOutScope
    scenario: str | None = None


class Handover(Effect, frozen=True, omit_defaults=True, tag=True):
    """Give the conversation to a person."""

    department: str | None = None
    reason: str = "step"
    urgent: bool = False


class Report(Effect, frozen=True, omit_defaults=True, tag=True):
    """Write a value into a report field (CB-11)."""

    field: str
    value: Json
    node: str


class SetAttribute(Effect, frozen=True, omit_defaults=True, tag=True):
    """Set an attribute of the contact; None clears it."""

    name: str
    value: Json


class OpenThread(Effect, frozen=True, omit_defaults=True, tag=True):
    """Open a new thread of another chatbot and handle Started in the same transaction; always the last effect.

    Started takes over `counters`, `fired` and `fruitless`, so that threads that open each other come to an end
    (engine.md 3, 6).
    """

    scenario: str
    origin: Origin
    counters: Counters = (0, 0, 0, 0)
    fired: tuple[TimerName, ...] = ()
    fruitless: tuple[int, ...] = ()


class Withdraw(Effect, frozen=True, omit_defaults=True, tag=True):
    """Take back the thread's messages that have not left yet."""


AnyEffect: TypeAlias = (
    SendMessage | RunCode | SetTimer | CancelTimer | OptOut | Handover | Report | SetAttribute | OpenThread | Withdraw
)
"""One of the effects; what a turn can ask of its host."""

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[list[AnyEffect]] = msgspec.json.Decoder(list[AnyEffect])


def decode_effects(data: bytes | str) -> list[AnyEffect]:
    """Read a list of effects from JSON. Raises msgspec.ValidationError when it is none."""
    return _decoder.decode(data)
