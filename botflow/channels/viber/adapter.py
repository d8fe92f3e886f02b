"""Viber's bot API (MS-3, MS-4)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from botflow.channels.contract import (
    SEND_SECONDS,
    Accepted,
    Attachment,
    ChannelAdapter,
    Checked,
    Outbound,
    Refused,
    RetryLater,
    SendResult,
    SessionWindow,
    WebhookAnswer,
    WebhookRequest,
)
from botflow.channels.http import TIMEOUT_SECONDS, VendorAddressError, VendorHttp, VendorUnreachableError
from botflow.channels.viber.calls import Viber, ViberAccount, ViberCredentials, ViberRefusedError
from botflow.channels.viber.receiving import EVENTS, receive
from botflow.channels.viber.sending import UnsendableError, parts

REQUEST_BYTES: Final = 30_000
NAME_LENGTH: Final = 100
LOOK_SECONDS: Final = 5.0
"""Longest that a file's server may take to tell its size: a message waits for it."""


class ViberBot(ChannelAdapter[ViberCredentials]):
    """Viber's bot API. Contacts are known by the id that Viber gives them for this bot."""

    name = "viber_bot"
    channel = "viber"
    title = "Viber bot"
    credentials = ViberCredentials
    window = SessionWindow(24, 60, 10)

    def __init__(self, http: VendorHttp, clock: Callable[[], float] = time.monotonic) -> None:
        self._http = http
        self._viber = Viber(http)
        self._clock = clock

    def send(self, account: ViberAccount, message: Outbound) -> SendResult:
        """Send a message in as many parts as it needs. Viber takes no key: what is tried again may come twice."""
        ends = self._clock() + SEND_SECONDS - 1
        try:
            bodies = [_body(account, message, part) for part in parts(message.content, self._size_of)]
            tokens = [self._send_part(account, body, ends) for body in bodies]
        except UnsendableError as error:
            return Refused(str(error))
        except ViberRefusedError as error:
            return RetryLater(str(error), error.seconds) if error.kind == "later" else Refused(str(error), error.kind)
        except VendorUnreachableError as error:
            return RetryLater(str(error))
        except VendorAddressError as error:
            return Refused(str(error), "credentials")
        return Accepted(tuple(token for token in tokens if token))

    def receive(self, account: ViberAccount, request: WebhookRequest) -> WebhookAnswer:
        """Read a webhook. Raises SignatureError, InvalidPayloadError."""
        return receive(account.sender, account.credentials.auth_token.get_secret_value(), request)

    def check(self, account: ViberAccount) -> Checked:
        """Ask for the bot's name."""
        try:
            answer = self._viber.call(account, "get_account_info", {})
        except (ViberRefusedError, VendorUnreachableError, VendorAddressError) as error:
            return Checked(False, str(error))
        name = account.credentials.without_secrets(str(answer.get("name") or account.identity))
        return Checked(True, f"This is the token of the bot {name[:NAME_LENGTH]}.")

    def connected(self, account: ViberAccount) -> Checked:
        """Register the webhook; Viber calls it before it answers."""
        if not account.webhook_url.startswith(("http://", "https://")):
            return Checked(False, "Viber calls a public address, and this server has none: set BOTFLOW_PUBLIC_URL.")
        wanted = {"url": account.webhook_url, "event_types": sorted(EVENTS), "send_name": True, "send_photo": False}
        try:
            self._viber.call(account, "set_webhook", wanted)
        except (ViberRefusedError, VendorUnreachableError, VendorAddressError) as error:
            return Checked(False, str(error))
        return Checked(True, "Viber sends what contacts write to this server now.")

    def fetch(self, account: ViberAccount, attachment: Attachment) -> Iterator[bytes]:
        """The bytes of a file, from where Viber keeps it for a while; the token stays here. Raises OSError."""
        try:
            yield from self._http.stream(attachment.reference)
        except VendorAddressError as error:
            raise VendorUnreachableError(str(error)) from None

    def _send_part(self, account: ViberAccount, body: dict[str, Any], ends: float) -> str:
        left = ends - self._clock()
        if left <= 0:
            raise VendorUnreachableError("Viber was too slow")
        answer = self._viber.call(account, "send_message", body, min(left, TIMEOUT_SECONDS))
        return str(answer.get("message_token", ""))

    def _size_of(self, url: str) -> int:
        """What the file's server says: Viber wants to be told, and does not look. Raises UnsendableError, OSError."""
        try:
            response = self._http.request("HEAD", url, timeout=LOOK_SECONDS, plain=True)
        except VendorAddressError as error:
            raise UnsendableError(f"The file cannot be looked at: {error}") from None
        if response.status == 429 or response.status >= 500:
            raise VendorUnreachableError(f"The file's server answered {response.status}")
        length = response.headers.get("content-length", "")
        if not response.ok or not length.isdecimal():
            raise UnsendableError(f"The file's server does not tell its size: it answered {response.status}.")
        return int(length)


def _body(account: ViberAccount, message: Outbound, part: dict[str, Any]) -> dict[str, Any]:
    sender = {"name": account.credentials.sender_name}
    if account.credentials.avatar:
        sender["avatar"] = account.credentials.avatar
    body = {"receiver": message.address, "min_api_version": 1, "sender": sender, **part}
    size = len(json.dumps(body, ensure_ascii=False).encode())
    if size > REQUEST_BYTES:
        raise UnsendableError(f"Viber takes messages of at most {REQUEST_BYTES:,} bytes; this one has {size:,}.")
    return body
