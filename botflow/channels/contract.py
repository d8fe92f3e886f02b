"""What every channel adapter does. Of the server an adapter imports this, and what stands beside it for all channels.

An adapter turns what a vendor sends into events, and an Outbound into the vendor's call. It knows no database, no
chatbot and no other channel; what it needs of its sender stands in the Account that it is handed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final, Generic, Literal, Protocol, TypeAlias, TypeVar

import structlog
from pydantic import BaseModel, ConfigDict, SecretStr
from structlog.contextvars import bound_contextvars

SEND_SECONDS: Final = 20.0
"""Longest that a call of `send` may take, all its waiting included; leases are longer."""


class InvalidPayloadError(Exception):
    """What came in cannot be read; the message is a sentence for the one who sent it. Answered with 400."""


class SignatureError(Exception):
    """A webhook is not signed by the vendor, or not over this body. Answered with 403; nothing of it is kept."""


class Credentials(BaseModel):
    """What an adapter needs to act for a sender. Secret fields are SecretStr; each field has a description.

    `base_url`-like fields have the vendor's real address as their default. What is wrong with a field is told without
    its value, which may be a secret: take `errors(include_input=False)`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def without_secrets(self, text: str) -> str:
        """A text of the vendor's that may repeat what it was sent, for people and logs."""
        for secret in secrets_of(self):
            text = text.replace(secret, "…")
        return text


def secrets_of(model: BaseModel) -> list[str]:
    """Every secret in it, the longest first."""
    found: list[str] = []
    for value in model.__dict__.values():
        if isinstance(value, SecretStr) and value.get_secret_value():
            found.append(value.get_secret_value())
        elif isinstance(value, BaseModel):
            found += secrets_of(value)
    return sorted(found, key=len, reverse=True)


DESTINATIONS: Final = frozenset({"base_url", "host", "port", "tls", "security"})
"""Fields of credentials that say where the secrets go: who changes one has to know the secrets."""

CredentialsT = TypeVar("CredentialsT", bound=Credentials)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Account(Generic[CredentialsT]):
    """A sender as its adapter sees it.

    `identity` is what the vendor knows it by: a number, an agent, an address. `webhook_url` is the public address of
    its webhook, which some signatures cover. `time_zone` is the company's, for moments that name none.
    """

    sender: str
    identity: str
    credentials: CredentialsT
    webhook_url: str = ""
    time_zone: str = "UTC"


# ---- what comes in -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the contact. `reference` is what `fetch` needs: the vendor's id or address of it."""

    reference: str
    media_type: str = "application/octet-stream"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message of a contact.

    `vendor_id` is the same whenever the vendor delivers the same message again. `address` is what the channel knows the
    contact by; `in_reply_to` is the vendor's id, or the id of the Outbound, that this answers; `location` is (latitude,
    longitude). `at` is when the contact wrote, in milliseconds since the epoch, where the vendor says it. A caption is
    the text.
    """

    sender: str
    address: str
    vendor_id: str
    text: str | None = None
    postback: str | None = None
    attachments: tuple[Attachment, ...] = ()
    location: tuple[float, float] | None = None
    language: str | None = None
    in_reply_to: str | None = None
    name: str | None = None
    """How the contact calls themselves, where the vendor tells."""
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message that the contact's network sends in several. The host keeps it, and joins (channels/parts).

    Parts belong together where sender, address, reference and total are equal; `number` counts from 1. `data` are the
    bytes in `coding`, which may end in the middle of a character. `vendor_id` and `at` as in Inbound.
    """

    sender: str
    address: str
    reference: str
    number: int
    total: int
    data: bytes
    coding: str
    vendor_id: str
    at: int | None = None


State: TypeAlias = Literal["sent", "delivered", "seen", "failed"]
FailureKind: TypeAlias = Literal["later", "permanent", "opted_out", "not_capable", "credentials", "expired"]
"""Why a message did not go. `later`: the same may work in a moment. `permanent`: never. `opted_out`: the vendor says
that the contact does not want it. `not_capable`: this contact cannot get it on this channel. `credentials`: the vendor
does not let the sender in; every message of the sender waits until somebody mends that. `expired`: its time was over
before it was delivered."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a message that the vendor had taken. `at`: milliseconds since the epoch.

    `message` is the id of the Outbound, where the vendor gives back what it was sent: then a message is known to be
    taken although the answer to its call was lost.
    """

    vendor_id: str
    state: State
    at: int | None = None
    kind: FailureKind = "permanent"
    reason: str = ""
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Acted:
    """The contact opened a link or tapped an action that is no reply. `vendor_id` as in Inbound."""

    address: str
    vendor_id: str
    action: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """The contact switched the sender on or off at the vendor: an opt-out that needs no word, or its end."""

    address: str
    wanted: bool
    vendor_id: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TemplateStatus:
    """What the vendor decided on a template of the sender's account. `status` is the vendor's word in lower case.

    `reason` is the vendor's too, and empty where it gives none; `vendor_id` is how the vendor names the template, None
    where it does not say.
    """

    name: str
    language: str
    status: str
    reason: str = ""
    vendor_id: str | None = None


ChannelEvent: TypeAlias = Inbound | Part | Report | Acted | Subscription | TemplateStatus


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """A request of the vendor, its body as the bytes that were signed. Names of headers are in lower case."""

    method: str
    url: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class WebhookAnswer:
    """What came in, and what the vendor is answered once that is safe in the database."""

    events: Sequence[ChannelEvent] = ()
    status: int = 200
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


# ---- templates ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VendorTemplate:
    """A template as the vendor has it, or is to have it (AS-4). `components` are written as the vendor writes them.

    `category` and `status` are the vendor's words in lower case; `vendor_id` is empty until the vendor knows it.
    """

    name: str
    language: str
    category: str
    components: Sequence[Mapping[str, Any]]
    vendor_id: str = ""
    status: str = ""
    reason: str = ""


class TemplateRefusedError(Exception):
    """The vendor did not do with a template what it was asked; the message is a sentence for a person."""


# ---- what goes out -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message to a contact. `id` is the key of idempotency: give it to a vendor that takes one.

    `content` is the scenario format's (docs/reference/content.md), rendered, and media in it is always {"url": ...}.
    `ttl_seconds`: the message is worth nothing later.
    """

    id: str
    sender: str
    address: str
    content: Mapping[str, Any]
    ttl_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The vendor took the message. `vendor_ids` are how its reports will name it: one for each part it left in."""

    vendor_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not now: after `seconds`, or, where the vendor names none, after a growing delay."""

    reason: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Not this message, or, with `credentials`, nothing of this sender; the reason is a sentence for a person."""

    reason: str
    kind: FailureKind = "permanent"


SendResult: TypeAlias = Accepted | RetryLater | Refused


def without_secrets(result: SendResult, credentials: Credentials) -> SendResult:
    """The result, its reason without the sender's secrets: a vendor may repeat what it was sent."""
    if isinstance(result, Accepted):
        return result
    return replace(result, reason=credentials.without_secrets(result.reason))


@dataclass(frozen=True, slots=True)
class Checked:
    """What "test connection" found: a sentence for the person who connects the sender."""

    works: bool
    message: str


@dataclass(frozen=True, slots=True)
class SessionWindow:
    """Free messages go only for a while after the contact wrote; templates go always (MS-4, MS-5).

    At most `messages` of them in a window, `in_a_row` without the contact writing; None: no such limit.
    """

    hours: float
    messages: int | None = None
    in_a_row: int | None = None


class Connection(Protocol):
    """An open line to the vendor over which messages come in."""

    def close(self) -> None:
        """Say goodbye and end it."""


Deliver: TypeAlias = Callable[[Sequence[ChannelEvent]], None]
"""Keeps events; returns when they are safe in the database, raises when they are not: then the vendor must repeat."""

CONCURRENT_SENDS: Final = 8
FAULT: Final = "A fault of our own kept it from leaving: the log says which."
MAY_HAVE_LEFT: Final = "A fault of our own came while it was handed over, and it may have left: the log says which."

_log = structlog.get_logger()


class ChannelAdapter(ABC, Generic[CredentialsT]):
    """One way in and out. One instance serves all senders, from several threads; it keeps connections, no messages."""

    name: ClassVar[str]
    """What senders refer to; also the part of the webhook's address."""
    channel: ClassVar[str]
    """Whose content it carries: a channel of botflow_runtime.content."""
    title: ClassVar[str]
    """For people: "WhatsApp Cloud API"."""
    credentials: ClassVar[type[Credentials]]
    window: ClassVar[SessionWindow | None] = None
    two_way: ClassVar[bool] = True
    """Whether contacts can write (CO-5)."""
    has_line: ClassVar[bool] = False
    """Whether messages come in over a line that is kept open (`listen`)."""
    needs_addresses: ClassVar[bool] = True
    """Whether media have to be addresses, which a vendor gets them at; the page shows what it has."""
    asks_capability: ClassVar[bool] = False
    """Whether `capable` is worth a question before the first message to a contact (CT-1)."""
    takes_key: ClassVar[bool] = False
    """Whether the vendor notices the same message sent again after a crash."""
    by_number: ClassVar[bool] = False
    """Whether contacts are known by their phone number, as E.164 has it."""
    watched: ClassVar[bool] = False
    """Whether contacts see their conversation in a page of ours, which is told what happens as it happens."""
    rate: ClassVar[float] = 20.0
    """Messages a second of a sender that sets no rate of its own."""

    @abstractmethod
    def send(self, account: Account[CredentialsT], message: Outbound) -> SendResult:
        """Send a message. May block for SEND_SECONDS; may be called again with the same id after a crash.

        Raises nothing that a vendor can cause.
        """

    def send_batch(self, account: Account[CredentialsT], messages: Sequence[Outbound]) -> list[SendResult]:
        """Send messages to different addresses, in any order; results in the order of the messages."""
        if len(messages) == 1:
            return [self._send_noted(account, messages[0])]
        with ThreadPoolExecutor(min(CONCURRENT_SENDS, len(messages))) as pool:
            return list(pool.map(lambda message: self._send_noted(account, message), messages))

    def _send_noted(self, account: Account[CredentialsT], message: Outbound) -> SendResult:
        return noted(self.send, account, message)

    def receive(self, account: Account[CredentialsT], request: WebhookRequest) -> WebhookAnswer:
        """Check and read a webhook. Raises SignatureError, InvalidPayloadError."""
        raise InvalidPayloadError(f"{self.title} has no webhooks.")

    def check(self, account: Account[CredentialsT]) -> Checked:
        """Try the credentials without writing to anybody. Raises nothing that a vendor can cause."""
        return Checked(True, "Nothing to check: this channel needs no connection.")

    def connected(self, account: Account[CredentialsT]) -> Checked:
        """Tell the vendor where its webhooks go, where it is to be told so; it may call that address meanwhile.

        Called when a sender was connected and its webhook is open; again does no harm. Raises nothing that a vendor
        can cause.
        """
        return Checked(True, "Nothing to tell the vendor.")

    def submit_template(self, account: Account[CredentialsT], template: VendorTemplate) -> VendorTemplate:
        """Hand a template in for approval, anew where it has a `vendor_id`; returns it as the vendor has it.

        Raises TemplateRefusedError.
        """
        raise TemplateRefusedError(f"{self.title} approves no templates.")

    def delete_template(self, account: Account[CredentialsT], template: VendorTemplate) -> None:
        """Take a template from the vendor; one that it does not know is gone already. Raises TemplateRefusedError."""
        raise TemplateRefusedError(f"{self.title} approves no templates.")

    def templates(self, account: Account[CredentialsT]) -> list[VendorTemplate]:
        """Every template that the vendor has of the account. Raises TemplateRefusedError."""
        raise TemplateRefusedError(f"{self.title} approves no templates.")

    def capable(self, account: Account[CredentialsT], addresses: Iterable[str]) -> Mapping[str, bool]:
        """Who of these can get messages of this channel; who is missing is not known. Raises OSError."""
        return {}

    def revoke(self, account: Account[CredentialsT], address: str, vendor_ids: Sequence[str]) -> bool:
        """Take back a message to `address` that has not been delivered; whether the vendor could. Raises OSError."""
        return False

    def fetch(self, account: Account[CredentialsT], attachment: Attachment) -> Iterator[bytes]:
        """The bytes of an attachment, in pieces. Raises OSError."""
        raise OSError(f"{self.title} has no attachments.")

    def listen(self, account: Account[CredentialsT], deliver: Deliver) -> Connection | None:
        """Open the line over which messages come in, where the vendor has one; None: it calls webhooks.

        The line opens itself again when it breaks. What `deliver` raises for is not acknowledged.
        """
        return None

    def close(self) -> None:
        """End every connection."""


def noted(
    work: Callable[[Account[CredentialsT], Outbound], T], account: Account[CredentialsT], message: Outbound
) -> T | RetryLater:
    """What the work on one message of a batch comes to. What is logged meanwhile says of which message it is.

    Where it meets a fault of our own, this message waits, and gives up in the end; the others go on.
    """
    with bound_contextvars(sender=account.sender, message=message.id):
        try:
            return work(account, message)
        except Exception:  # whatever it is, it must not take the others with it
            _log.exception("message cannot be sent")
            return RetryLater(FAULT)
