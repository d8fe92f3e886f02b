"""What a simulated vendor is: it takes our calls, and makes the webhooks that the real one would send.

A vendor is one file here and one line in `registry`. The server (server.py) gives it sockets, and the behaviour that
all have: delay, loss, duplicates, disorder, errors, throttling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol

State = Literal["sent", "delivered", "seen", "failed"]


@dataclass(frozen=True, slots=True)
class Call:
    """A request of botflow, as the vendor sees it. Names of headers are in lower case."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the vendor answers."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook to post: signed headers, and the body that they sign."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that the vendor accepted. `text` is what the contact reads of it."""

    vendor_id: str
    to: str
    text: str
    content: Any


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the vendor behaves; shares are 0 to 1.

    `reports` are sent for each accepted message, in this order, `report_ms` apart; `loss` of them never come,
    `duplicates` come twice, `disorder` swap places with the next; a report may come before the answer to its call.
    `errors` of the calls are answered 500, `hang` of them not at all; above `throttle` calls a second: 429.
    """

    delay_ms: float = 0
    reports: Sequence[State] = ("sent", "delivered", "seen")
    report_ms: float = 10
    loss: float = 0
    duplicates: float = 0
    disorder: float = 0
    errors: float = 0
    hang: float = 0
    throttle: float | None = None


class HttpVendor(Protocol):
    """A vendor that is called over HTTP. It keeps the ids it gave out; usable from several threads.

    It is made with what it signs with and the address of the webhook: the same values that the sender's credentials
    hold.
    """

    name: ClassVar[str]
    """The name of the adapter that talks to it."""

    def handle(self, call: Call) -> tuple[Answer, Taken | None]:
        """Answer a call as the vendor does, wrong credentials and content included; the message, where it took one."""

    def throttled(self) -> Answer:
        """What it answers when it is called too often."""

    def failed(self) -> Answer:
        """What it answers when it is broken."""

    def report(self, taken: Taken, state: State) -> Hook | None:
        """The webhook for a state of a message; None: this vendor does not tell."""

    def message(self, contact: str, message_id: str, text: str, **fields: Any) -> Hook:
        """The webhook for a message of a contact. `postback`, `location`, `media` (url, media_type) where it can."""
