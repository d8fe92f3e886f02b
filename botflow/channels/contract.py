"""What every channel adapter does, and the only thing an adapter may import of the server.

An adapter turns what a vendor sends into an Inbound, and an Outbound into the vendor's call. It knows no database and
no chatbot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias


class InvalidPayloadError(Exception):
    """What came in cannot be read; the message is a sentence for the one who sent it."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message of a contact.

    `vendor_id` is the same whenever the vendor delivers the same message again. `address` is what the channel knows the
    contact by; `in_reply_to` is the id of the Outbound that this answers; `location` is (latitude, longitude).
    """

    sender: str
    address: str
    vendor_id: str
    text: str | None = None
    postback: str | None = None
    attachments: tuple[str, ...] = ()
    location: tuple[float, float] | None = None
    language: str | None = None
    in_reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message to a contact. `id` is the key of idempotency: give it to a vendor that takes one."""

    id: str
    sender: str
    address: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The vendor took the message; `vendor_id` is how its reports will name it."""

    vendor_id: str | None = None


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not now: after `seconds`, or, where the vendor names none, after a growing delay."""

    reason: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Never: the message cannot be sent, and why."""

    reason: str


SendResult: TypeAlias = Accepted | RetryLater | Refused


class ChannelAdapter(Protocol):
    """One channel's way in and out."""

    @property
    def name(self) -> str:
        """The name that senders refer to."""

    def parse(self, payload: Mapping[str, Any]) -> Inbound:
        """Read an inbound message. Raises InvalidPayloadError."""

    def send(self, message: Outbound) -> SendResult:
        """Send a message. May block; may be called again with the same id after a crash. Raises nothing."""
