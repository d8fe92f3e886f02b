"""RCS Business Messaging, Google's way to RCS (MS-2, MS-12)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeGuard
from urllib.parse import quote
from uuid import UUID, uuid4, uuid5

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
    WebhookAnswer,
    WebhookRequest,
)
from botflow.channels.google_oauth import TokenRefusedError
from botflow.channels.http import VendorAddressError, VendorHttp, VendorResponse, VendorUnreachableError
from botflow.channels.rcs.calls import Rbm, RcsAccount, RcsCredentials
from botflow.channels.rcs.errors import is_not_capable, result, told
from botflow.channels.rcs.receiving import receive
from botflow.channels.rcs.sending import e164, parts

TTL_SECONDS: Final = 15 * 24 * 3600
"""Longest life of a message that RBM takes."""
BATCH_NUMBERS: Final = 10_000
"""Numbers that one question for capabilities may hold; 600 questions a minute."""
NOBODY: Final = "+12025550100"
"""A number that belongs to nobody (North America keeps 555-01xx for fiction)."""
_MESSAGES: Final = UUID("6f1d7b0e-4a0f-5c35-9d5e-0b6a3d0d8a11")


class RcsBusiness(ChannelAdapter[RcsCredentials]):
    """Google's RCS Business Messaging. The sender's identity is the id of its agent."""

    name = "rcs_business"
    channel = "rcs"
    title = "RCS Business Messaging"
    credentials = RcsCredentials
    by_number = True
    asks_capability = True
    takes_key = True

    def __init__(self, http: VendorHttp, clock: Callable[[], float] = time.monotonic) -> None:
        self._http = http
        self._rbm = Rbm(http, clock)
        self._clock = clock

    def send(self, account: RcsAccount, message: Outbound) -> SendResult:
        """Send a message in as many parts as it needs. A part that was taken before is not taken again."""
        ends = self._clock() + SEND_SECONDS - 1
        taken: list[str] = []
        for number, content in enumerate(parts(message.content, account.time_zone)):
            sent = self._send_part(account, message, content, part_id(message.id, number), ends)
            if not isinstance(sent, Accepted):
                return sent
            taken += sent.vendor_ids
        return Accepted(tuple(taken))

    def _send_part(
        self, account: RcsAccount, message: Outbound, content: Mapping[str, Any], part: str, ends: float
    ) -> SendResult:
        body: dict[str, Any] = {"contentMessage": content}
        if message.ttl_seconds is not None:
            body["ttl"] = f"{min(max(message.ttl_seconds, 1), TTL_SECONDS)}s"
        try:
            path = f"phones/{_phone(message.address)}/agentMessages"
            response = self._rbm.call(account, "POST", path, query={"messageId": part}, body=body, ends=ends)
        except VendorUnreachableError as error:
            return RetryLater(str(error))
        except (TokenRefusedError, VendorAddressError) as error:
            return Refused(str(error), "credentials")
        return result(response, part, account.credentials.without_secrets)

    def receive(self, account: RcsAccount, request: WebhookRequest) -> WebhookAnswer:
        """Read a webhook. Raises SignatureError, InvalidPayloadError."""
        token = account.credentials.client_token.get_secret_value()
        return receive(account.sender, account.identity, token, request)

    def check(self, account: RcsAccount) -> Checked:
        """Ask what a number that belongs to nobody can get: that takes the key and the agent."""
        try:
            response = self._capabilities(account, NOBODY)
        except (OSError, TokenRefusedError, VendorAddressError) as error:
            return Checked(False, str(error))
        if response.ok or is_not_capable(response):
            return Checked(True, f"Google takes the key for the agent {account.identity}.")
        return Checked(False, told(response, account.credentials.without_secrets))

    def capable(self, account: RcsAccount, addresses: Iterable[str]) -> Mapping[str, bool]:
        """Who can get RCS messages of this agent. Numbers of one region at a time. Raises OSError."""
        numbers = list(dict.fromkeys(addresses))
        try:
            if len(numbers) == 1:
                return {numbers[0]: self._is_capable(account, numbers[0])}
            found: dict[str, bool] = {}
            for start in range(0, len(numbers), BATCH_NUMBERS):
                batch = numbers[start : start + BATCH_NUMBERS]
                reachable = self._reachable(account, batch)
                found |= {number: e164(number) in reachable for number in batch}
            return found
        except (TokenRefusedError, VendorAddressError) as error:
            raise VendorUnreachableError(str(error)) from None

    def revoke(self, account: RcsAccount, address: str, vendor_ids: Sequence[str]) -> bool:
        """Take back what has not been delivered. Whether it had been, Google does not say. Raises OSError."""
        try:
            answers = [
                self._rbm.call(account, "DELETE", f"phones/{_phone(address)}/agentMessages/{quote(part, safe='')}")
                for part in vendor_ids
            ]
        except (TokenRefusedError, VendorAddressError) as error:
            raise VendorUnreachableError(str(error)) from None
        return all(answer.ok for answer in answers)

    def fetch(self, account: RcsAccount, attachment: Attachment) -> Iterator[bytes]:
        """The bytes of a file, from where Google keeps it; the key stays here. Raises OSError."""
        try:
            yield from self._http.stream(attachment.reference)
        except VendorAddressError as error:
            raise VendorUnreachableError(str(error)) from None

    def _is_capable(self, account: RcsAccount, number: str) -> bool:
        response = self._capabilities(account, number)
        if response.ok or is_not_capable(response):
            return response.ok
        raise VendorUnreachableError(told(response, account.credentials.without_secrets))

    def _capabilities(self, account: RcsAccount, number: str) -> VendorResponse:
        # RBM ignores a request id that it has seen, so each question has its own
        return self._rbm.call(
            account, "GET", f"phones/{_phone(number)}/capabilities", query={"requestId": str(uuid4())}
        )

    def _reachable(self, account: RcsAccount, numbers: Sequence[str]) -> frozenset[str]:
        body = {"users": [e164(number) for number in numbers], "agentId": account.identity}
        response = self._rbm.call(account, "POST", "users:batchGet", body=body)
        content = response.json()
        if not response.ok or not isinstance(content, dict):
            raise VendorUnreachableError(told(response, account.credentials.without_secrets))
        reachable = content.get("reachableUsers")  # left out where it is nobody
        return frozenset(filter(_is_text, reachable if isinstance(reachable, list) else ()))


def part_id(message_id: str, number: int) -> str:
    """RBM's id of a part: always the same UUID for the same part, so that it is taken once."""
    return str(uuid5(_MESSAGES, f"{message_id}/{number}"))


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def _phone(address: str) -> str:
    """A number for a path."""
    return quote(e164(address), safe="+")
