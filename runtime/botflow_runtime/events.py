"""What can happen to a thread (engine.md 1).

Every event carries an id, a time in milliseconds since the epoch, and the snapshot that its turn may read: the
contact, the contact's attributes, the sender, and the company's time zone. Events are JSON in and out:
``event.to_json()`` and ``decode_event(data)``.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from botflow_runtime.json_types import Json, JsonObject

Origin: TypeAlias = Literal["keyword", "default", "broadcast", "operator", "api", "jump", "failure"]
DeliveryState: TypeAlias = Literal["accepted", "delivered", "seen", "failed"]
Counters: TypeAlias = tuple[int, int, int, int]
"""Nodes, jumps, resets and messages of a thread since it last heard from outside (engine.md 3)."""

TimerName: TypeAlias = Literal["response", "stuck", "step"]
TIMER_NAMES: Final[tuple[TimerName, ...]] = ("response", "stuck", "step")

Action: TypeAlias = Literal[
    "opt_out_word",
    "opt_out",
    "live_chat",
    "stop",
    "reset",
    "accepted",
    "hold",
    "reply",
    "start",
    "ambiguous",
    "help",
    "join",
    "stuck",
    "default",
    "nothing",
]


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which rule of engine.md 2 took a message, and what it found.

    A decision is part of the message's event: patterns may run out of time, so their outcome is recorded once and a
    replay follows the record.
    """

    action: Action
    scenario: str | None = None
    """The chatbot to start (`start`, `default`)."""
    node: str | None = None
    """The condition whose branch the message fits (`reply` to a user-response)."""
    branch: str | None = None
    """That branch's id; None stands for the condition's else."""
    scope: Literal["sender", "platform"] | None = None
    """Whose opt-out word it was (`opt_out_word`)."""
    scenarios: tuple[str, ...] = ()
    """The chatbots that all fit (`ambiguous`)."""
    timed_out: tuple[str, ...] = ()
    """Patterns that ran out of time and so counted as not matching."""


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"):
    """What every event carries. `at` is in milliseconds since the epoch, UTC."""

    id: str
    at: int
    contact: JsonObject = msgspec.field(default_factory=dict)
    attributes: JsonObject = msgspec.field(default_factory=dict)
    sender: str = ""
    time_zone: str = "UTC"

    def to_json(self) -> bytes:
        """The event as JSON."""
        return _encoder.encode(self)


class MessageReceived(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """The contact wrote, tapped a suggestion, or sent an attachment or a location.

    `attachments` are references that the host has stored already; `location` is (latitude, longitude);
    `in_reply_to` is the effect id of the message that this one answers, where the channel tells.
    """

    text: str | None = None
    postback: str | None = None
    attachments: tuple[str, ...] = ()
    location: tuple[float, float] | None = None
    language: str | None = None
    in_reply_to: str | None = None
    decision: Decision | None = None


class ContactActed(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """The contact opened a link or tapped an action that is no reply."""

    action: str = ""


class TimerFired(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A timer that SetTimer armed is due; a token that is not the newest changes nothing."""

    name: TimerName
    token: str


class CodeFinished(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A run of code ended: with a result, or with an error (a sentence for the scenario's author).

    `variables` are new or changed ones, `removed` the names of deleted ones, `set_attributes` the changed attributes.
    """

    run: str
    result: Json = None
    error: str | None = None
    error_kind: str | None = None
    variables: JsonObject = msgspec.field(default_factory=dict)
    removed: tuple[str, ...] = ()
    set_attributes: JsonObject = msgspec.field(default_factory=dict)
    log: tuple[str, ...] = ()
    http: tuple[JsonObject, ...] = ()


class DeliveryReported(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """What became of a message. `message` is the id of its SendMessage.

    `accepted` tells, for a failure, whether the vendor had accepted the message before: such a message is not sent
    again (engine.md 5, continue).
    """

    message: str
    state: DeliveryState
    accepted: bool = False
    error: str | None = None


class Started(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A fresh thread begins at its start node. On a live thread: it ends as replaced."""

    origin: Origin = "keyword"
    variables: JsonObject = msgspec.field(default_factory=dict)
    counters: Counters = (0, 0, 0, 0)
    fired: tuple[TimerName, ...] = ()
    """Timers that have fired, in the threads before this one, since the contact last wrote."""
    fruitless: tuple[int, ...] = ()
    """Times of the newest fruitless turns in a row, in the threads before this one (engine.md 3)."""
    message: JsonObject | None = None
    """The contact's message that starts the chatbot, where one does; code steps see it."""


class StartedAt(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A fresh thread begins at a node that an operator chose. On a live thread: it ends as replaced."""

    node: str
    origin: Origin = "operator"
    variables: JsonObject = msgspec.field(default_factory=dict)


class Stopped(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """An operator stopped the thread."""


class Resumed(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """An operator lets a stopped or handed-over thread go on."""


class Restarted(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """An operator starts the thread's chatbot again from its start node."""


class Resolved(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """An operator resolved the conversation of a handed-over thread."""


class Expired(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """Nothing has happened to the thread for the host's longest time (7 days by default)."""


class Moved(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """The live thread is to run another version of its chatbot, at the node of the same id (engine.md 10)."""

    version: int


AnyEvent: TypeAlias = (
    MessageReceived
    | ContactActed
    | TimerFired
    | CodeFinished
    | DeliveryReported
    | Started
    | StartedAt
    | Stopped
    | Resumed
    | Restarted
    | Resolved
    | Expired
    | Moved
)
"""One of the events; what a thread can handle."""

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def decode_event(data: bytes | str) -> AnyEvent:
    """Read one event from JSON. Raises msgspec.ValidationError when it is none."""
    return _decoder.decode(data)
