"""What a simulated vendor is: it takes our calls, and makes the webhooks that the real one would send.

A vendor is one file here and one line in `registry`; it imports no adapter, so that both ends are written from what the
vendor documents. A vendor that is called over HTTP is an HttpVendor: the server (server.py) gives it sockets, and the
behaviour that all have: delay, loss, duplicates, disorder, errors, throttling. One with a protocol of its own (an SMSC,
a mail server) is a LineVendor, which opens its own socket and asks the Host that it is given how to behave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

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
    """A webhook to post: signed headers, and the body that they sign.

    `expects`: the body that the receiver has to answer; None: any 2xx will do.
    """

    url: str
    headers: Mapping[str, str]
    body: bytes
    method: str = "POST"
    expects: bytes | None = None


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
    `duplicates` come twice, `disorder` swap places with the next; a report comes before the answer to its call where
    `delay_ms` is longer than `report_ms`. Of the calls, `errors` are answered 500 and `hang` not at all, and their
    messages are not taken; `lost_answers` are taken and never answered. Above `throttle` calls a second: 429.
    A webhook that is not answered 2xx comes again after `retry_ms`, and then after growing delays.
    """

    delay_ms: float = 0
    reports: Sequence[State] = ("sent", "delivered", "seen")
    report_ms: float = 10
    loss: float = 0
    duplicates: float = 0
    disorder: float = 0
    errors: float = 0
    hang: float = 0
    lost_answers: float = 0
    throttle: float | None = None
    retry_ms: float = 500


class HttpVendor(Protocol):
    """A vendor that is called over HTTP. It keeps the ids it gave out; usable from several threads.

    It is made without arguments, and then signs with secrets of its own that it prints; a test may give it others. It
    is called at an address below the simulator's, of which `Call.path` is the rest.
    """

    name: ClassVar[str]
    """The name of the adapter that talks to it."""
    identity: str
    """What the sender's `identity` has to be."""
    webhook_url: str
    """Where its webhooks go; empty: nowhere. The simulator sets it."""

    def credentials(self, base_url: str) -> Mapping[str, Any]:
        """What the sender's credentials have to be, for a vendor that is called at this address."""

    def handle(self, call: Call) -> tuple[Answer, Taken | None]:
        """Answer a call as the vendor does, wrong credentials and content included; the message, where it took one."""

    def throttled(self) -> Answer:
        """What it answers when it is called too often."""

    def failed(self) -> Answer:
        """What it answers when it is broken."""

    def report(self, taken: Taken, state: State) -> Hook | None:
        """The webhook for a state of a message; None: this vendor does not tell."""

    def message(self, contact: str, message_id: str, text: str, **fields: Any) -> Hook:
        """The webhook for a message of a contact.

        Where the vendor has such: `postback`; `location`, [latitude, longitude]; `media`, {"url": ..., "media_type":
        ...}; `name`, how the contact calls themselves; `in_reply_to`, the vendor's id of a message. Raises ValueError
        for what it has not.
        """

    def handshake(self) -> Hook | None:
        """The call by which it tries a new webhook address; None: it does not."""
        return None

    def decisions(self) -> Sequence[Hook]:
        """Webhooks about what it decided on since, other than on messages; they follow the answer to a call."""
        return ()

    def forget(self) -> None:
        """Forget which messages it took, where it takes a message of the same key once."""
        return


class Host(Protocol):
    """What a LineVendor may ask of the simulator, from any thread."""

    def took(self, taken: Taken) -> None:
        """Keep a message that the vendor accepted."""

    def fate(self) -> Fate:
        """What becomes of the call at hand."""

    def delay_seconds(self) -> float:
        """How long its answer takes."""

    def reports(self) -> Sequence[tuple[float, State]]:
        """The reports to send for a message that was taken: seconds from now, and the state."""

    def post(self, hook: Hook, seconds: float = 0) -> None:
        """Post a webhook after so many seconds, until it is answered 2xx."""


Fate = Literal["answer", "error", "hang", "throttle", "lose_answer"]


@runtime_checkable
class LineVendor(Protocol):
    """A vendor with a protocol and a socket of its own."""

    name: ClassVar[str]
    """The name of the adapter that talks to it."""
    identity: str

    def start(self, address: str, port: int, host: Host) -> None:
        """Listen on a loopback address; port 0 takes a free one. Raises OSError."""

    def stop(self) -> None:
        """End every connection; all that was started has ended when this returns."""

    def credentials(self) -> Mapping[str, Any]:
        """What the sender's credentials have to be, once it listens."""

    def write(self, contact: str, message_id: str, text: str, **fields: Any) -> None:
        """Send a message of a contact, as soon as botflow listens."""


@runtime_checkable
class PostsWebhooks(Protocol):
    """A LineVendor that posts webhooks besides."""

    webhook_url: str
    """Where its webhooks go; empty: nowhere. The simulator sets it."""
