"""The state of one chatbot thread: small plain data, JSON in and out, bounded for ever (engine.md 1, TH-1)."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from botflow_runtime.effects import AnyEffect
from botflow_runtime.json_types import Json, JsonObject

Status: TypeAlias = Literal["active", "complete", "timeout", "stuck", "error", "handedover"]
WaitKind: TypeAlias = Literal["question", "reply", "code", "acceptance"]

LIVE: Final[tuple[Status, ...]] = ("active", "stuck", "handedover")
"""Of one contact and sender at most one thread has such a status (TH-1)."""
BUSY: Final = frozenset({"code", "acceptance"})


class Wait(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the thread waits for.

    question: a reply to ask_question (`retries`: how many more may be invalid; None: any number);
    reply: one of the user-response conditions `nodes`; code: the run `effect`; acceptance: of the message `effect`.
    `visit` is the visit of an action that this wait belongs to.
    """

    kind: WaitKind
    visit: int
    nodes: tuple[str, ...] = ()
    effect: str = ""
    retries: int | None = 0


class SentMessage(msgspec.Struct, frozen=True):
    """The newest message of the thread: its effect id, the action that sent it, and the visit it belongs to."""

    id: str
    node: str
    visit: int


class Thread(msgspec.Struct, omit_defaults=True):
    """One thread of one contact and sender.

    Treat it as immutable: ``engine.handle`` returns a new one. ``Thread(id, scenario, version)`` is a fresh thread,
    which Started or StartedAt sets going.
    """

    id: str
    scenario: str
    version: int
    status: Status = "active"
    reason: str = ""
    """Why the thread ended, or why it is with a person: stopped, replaced, opted_out, loop, ping_pong, ..."""
    node: str | None = None
    """Where the thread is: the node it waits at, or the last one it ran."""
    wait: Wait | None = None
    variables: JsonObject = msgspec.field(default_factory=dict)
    timers: dict[str, str] = msgspec.field(default_factory=dict)
    """Armed timers: name to token."""
    message: JsonObject | None = None
    """The contact's newest message, for code steps."""
    sent: SentMessage | None = None
    sent_is_answered: bool = False
    """The contact has written since."""
    serial: int = 0
    """Source of timer tokens."""
    visit: int = 0
    """How many actions were entered so far."""
    repeated: int = 0
    """The visit whose step is being repeated by on_failure continue; 0: none."""
    nodes: int = 0
    jumps: int = 0
    resets: int = 0
    messages: int = 0
    """Counters of engine.md 3."""
    fruitless: tuple[int, ...] = ()
    """Times of the newest turns in a row that met only else branches or invalid answers."""
    failover: Literal["", "entered", "replied"] = ""
    """Whether the thread is in its failover branch, and whether the contact has written since."""
    response_fired: bool = False
    stuck_fired: bool = False
    on_timeout_branch: bool = False
    """The response-timeout node was entered and the contact has not replied since."""
    confirms_opt_out: bool = False
    """The next message confirms an opt-out."""
    closing: bool = False
    """The opt-out node runs; the thread completes where it would wait."""
    handled: str = ""
    """Digests of the newest event ids, newest last."""

    @property
    def live(self) -> bool:
        """Active, Stuck or Handedover: the thread counts as the contact's thread at its sender."""
        return self.status in LIVE

    @property
    def busy(self) -> bool:
        """Code is running, or acceptance of a message is awaited: messages are held (engine.md 2, rule 5)."""
        return self.status in ("active", "stuck") and self.wait is not None and self.wait.kind in BUSY

    def to_json(self) -> bytes:
        """The thread as JSON."""
        return _encoder.encode(self)

    @staticmethod
    def from_json(data: bytes | str) -> Thread:
        """Read a thread from JSON. Raises msgspec.ValidationError when it is none."""
        return _decoder.decode(data)


class LogEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing done in a turn (TH-3). `what` names it; the other fields say where and with what."""

    what: str
    node: str | None = None
    branch: str | None = None
    detail: Json = None

    def __str__(self) -> str:
        detail = msgspec.json.encode(self.detail).decode() if self.detail is not None else None
        return " ".join(part for part in (self.what, self.node, self.branch, detail) if part)


class Turn(msgspec.Struct, frozen=True):
    """What came of one event: the next state of the thread, what the host has to do, and why."""

    thread: Thread
    effects: list[AnyEffect]
    log: list[LogEntry]

    def to_json(self) -> bytes:
        """The turn as JSON."""
        return _encoder.encode(self)

    @staticmethod
    def from_json(data: bytes | str) -> Turn:
        """Read a turn from JSON. Raises msgspec.ValidationError when it is none."""
        return _turn_decoder.decode(data)


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Thread)
_turn_decoder = msgspec.json.Decoder(Turn)
