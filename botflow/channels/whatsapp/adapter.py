"""WhatsApp's Cloud API (MS-5, MS-6)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
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
    VendorTemplate,
    WebhookAnswer,
    WebhookRequest,
)
from botflow.channels.http import TIMEOUT_SECONDS, VendorAddressError, VendorHttp, VendorUnreachableError
from botflow.channels.whatsapp import templates
from botflow.channels.whatsapp.calls import Graph, WhatsAppAccount, WhatsAppCredentials, bearer
from botflow.channels.whatsapp.errors import refusal, told
from botflow.channels.whatsapp.receiving import receive
from botflow.channels.whatsapp.sending import Body, bodies

CALLBACK_LENGTH: Final = 512
"""Longest text of ours that WhatsApp gives back with the reports of a message."""


class WhatsAppCloud(ChannelAdapter[WhatsAppCredentials]):
    """WhatsApp's Cloud API. Contacts are known by their number with its plus, or by the business's id for them."""

    name = "whatsapp_cloud"
    channel = "whatsapp"
    title = "WhatsApp Cloud API"
    credentials = WhatsAppCredentials
    by_number = True
    window = SessionWindow(24)
    rate = 80.0

    def __init__(self, http: VendorHttp, clock: Callable[[], float] = time.monotonic) -> None:
        self._http = http
        self._graph = Graph(http)
        self._clock = clock

    def send(self, account: WhatsAppAccount, message: Outbound) -> SendResult:
        """Send a message in as many parts as it needs. WhatsApp takes no key: what is tried again may come twice."""
        ends = self._clock() + SEND_SECONDS - 1
        taken: list[str] = []
        for body in bodies(message.content):
            sent = self._send_part(account, {**_frame(message), **body}, ends)
            if not isinstance(sent, Accepted):
                return _without_secrets(account, sent)
            taken += sent.vendor_ids
        return Accepted(tuple(taken))

    def receive(self, account: WhatsAppAccount, request: WebhookRequest) -> WebhookAnswer:
        """Answer the verification of the address, or read a webhook. Raises SignatureError, InvalidPayloadError."""
        return receive(account, request)

    def check(self, account: WhatsAppAccount) -> Checked:
        """Ask for the phone number and its name."""
        try:
            response = self._graph.call(
                account, "GET", account.identity, query="?fields=display_phone_number,verified_name"
            )
        except (VendorUnreachableError, VendorAddressError) as error:
            return Checked(False, str(error))
        number = response.json()
        if not response.ok or not isinstance(number, dict) or "display_phone_number" not in number:
            return Checked(False, account.credentials.without_secrets(told(response)))
        return Checked(
            True, f"This is {number['display_phone_number']}, {number.get('verified_name') or 'no name yet'}."
        )

    def connected(self, account: WhatsAppAccount) -> Checked:
        """Have the number's messages posted to this sender's address instead of the app's; WhatsApp verifies it."""
        if not account.webhook_url.startswith("https://"):
            return Checked(False, "WhatsApp calls a public https:// address: set BOTFLOW_PUBLIC_URL to the server's.")
        webhook = {
            "override_callback_uri": account.webhook_url,
            "verify_token": account.credentials.verify_token.get_secret_value(),
        }
        try:
            response = self._graph.call(account, "POST", account.identity, body={"webhook_configuration": webhook})
        except (VendorUnreachableError, VendorAddressError) as error:
            return Checked(False, str(error))
        if not response.ok:
            return Checked(False, account.credentials.without_secrets(told(response)))
        return Checked(True, "WhatsApp posts what contacts write to this server now.")

    def submit_template(self, account: WhatsAppAccount, template: VendorTemplate) -> VendorTemplate:
        """Hand a template in for approval. Raises TemplateRefusedError."""
        return templates.submit(self._graph, account, template)

    def delete_template(self, account: WhatsAppAccount, template: VendorTemplate) -> None:
        """Delete one language of a template. Raises TemplateRefusedError."""
        templates.delete(self._graph, account, template)

    def templates(self, account: WhatsAppAccount) -> list[VendorTemplate]:
        """Every template of the business account. Raises TemplateRefusedError."""
        return templates.listed(self._graph, account)

    def fetch(self, account: WhatsAppAccount, attachment: Attachment) -> Iterator[bytes]:
        """The bytes of a file: its id tells an address, good for five minutes. Raises OSError."""
        try:
            response = self._graph.call(account, "GET", attachment.reference)
            found = response.json()
            url = found.get("url") if isinstance(found, dict) else None
            if not response.ok or not isinstance(url, str):
                raise VendorUnreachableError(account.credentials.without_secrets(told(response)))
            yield from self._http.stream(url, headers=bearer(account))
        except VendorAddressError as error:
            raise VendorUnreachableError(str(error)) from None

    def _send_part(self, account: WhatsAppAccount, body: Body, ends: float) -> SendResult:
        left = ends - self._clock()
        if left <= 0:
            return RetryLater("WhatsApp was too slow")
        try:
            response = self._graph.call(
                account, "POST", account.identity, "messages", body=body, timeout=min(left, TIMEOUT_SECONDS)
            )
        except VendorUnreachableError as error:
            return RetryLater(str(error))
        except VendorAddressError as error:
            return Refused(str(error), "credentials")
        vendor_id = _vendor_id(response.json()) if response.ok else None
        if response.ok and vendor_id is None:
            return Refused(told(response), "credentials")
        return refusal(response) if vendor_id is None else Accepted((vendor_id,))


def _frame(message: Outbound) -> Body:
    """What each message has; contacts without a number are written to by their id, in a field of its own."""
    is_number = message.address.removeprefix("+").isdecimal()
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to" if is_number else "recipient": message.address,
        "biz_opaque_callback_data": message.id[:CALLBACK_LENGTH],
    }


def _vendor_id(answer: Any) -> str | None:
    """The id that reports will name, where the answer is an acceptance."""
    messages = answer.get("messages") if isinstance(answer, dict) else None
    first = messages[0] if isinstance(messages, list) and messages else None
    vendor_id = first.get("id") if isinstance(first, dict) else None
    return vendor_id if isinstance(vendor_id, str) else None


def _without_secrets(account: WhatsAppAccount, result: RetryLater | Refused) -> SendResult:
    return replace(result, reason=account.credentials.without_secrets(result.reason))
