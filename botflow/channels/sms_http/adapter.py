"""SMS over HTTP, in the way of Twilio (MS-1)."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from botflow.channels.contract import (
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
from botflow.channels.http import VendorAddressError, VendorHttp, VendorResponse, VendorUnreachableError
from botflow.channels.sms_http.credentials import SmsHttpAccount, SmsHttpCredentials
from botflow.channels.sms_http.errors import kind_of
from botflow.channels.sms_http.receiving import MESSAGE, receive

LONGEST_BODY: Final = 1600
"""Characters; the vendor cuts the text into parts itself."""
LONGEST_VALIDITY_SECONDS: Final = 36_000
LONGEST_REASON: Final = 300
_FAILED: Final = frozenset({"failed", "undelivered", "canceled"})


class SmsHttp(ChannelAdapter[SmsHttpCredentials]):
    """SMS through Twilio, or whoever speaks its API."""

    name = "sms_http"
    channel = "sms"
    title = "SMS over HTTP (Twilio)"
    credentials = SmsHttpCredentials
    by_number = True
    rate = 10.0

    def __init__(self, http: VendorHttp) -> None:
        self._http = http

    def send(self, account: SmsHttpAccount, message: Outbound) -> SendResult:
        """Send a message. The vendor takes no key: what is tried again may come twice."""
        text = message.content.get("text")
        if not isinstance(text, str) or not text:
            return Refused("An SMS needs a text.")
        if len(text) > LONGEST_BODY:
            return Refused(
                f"The vendor takes texts of at most {LONGEST_BODY:,} characters; this one has {len(text):,}."
            )
        try:
            response = self._call(account, "POST", "/Messages.json", _form(account, message, text))
        except VendorUnreachableError as error:
            return RetryLater(str(error))
        except VendorAddressError as error:
            return Refused(str(error), "credentials")
        return _result(account, response)

    def receive(self, account: SmsHttpAccount, request: WebhookRequest) -> WebhookAnswer:
        """Read a webhook. Raises SignatureError, InvalidPayloadError."""
        return receive(account, request)

    def check(self, account: SmsHttpAccount) -> Checked:
        """Ask for the account's name."""
        try:
            response = self._call(account, "GET", ".json")
        except (VendorUnreachableError, VendorAddressError) as error:
            return Checked(False, str(error))
        found = _fields(response)
        if not response.ok or "sid" not in found:
            return Checked(False, _reason(account, response, found))
        name = account.credentials.without_secrets(str(found.get("friendly_name") or found["sid"]))[:LONGEST_REASON]
        if found.get("status", "active") == "active":
            return Checked(True, f"This is the account {name}.")
        return Checked(False, f"The account {name} is not active.")

    def connected(self, account: SmsHttpAccount) -> Checked:
        """Numbers are set up in the vendor's console."""
        if not account.webhook_url.startswith(("http://", "https://")):
            return Checked(
                False, "The vendor calls a public address, and this server has none: set BOTFLOW_PUBLIC_URL."
            )
        return Checked(True, f'Enter {account.webhook_url} at the number, as "a message comes in", by HTTP POST.')

    def fetch(self, account: SmsHttpAccount, attachment: Attachment) -> Iterator[bytes]:
        """The bytes of an attachment. The vendor leads to where it keeps them; the token stays here. Raises OSError."""
        url = attachment.reference
        if _host(url) != _host(account.credentials.base_url):
            raise VendorUnreachableError("The attachment is not at the vendor's address.")
        try:
            response = self._http.request("HEAD", url, headers=_authorization(account))
            location = response.headers.get("location")
            if 300 <= response.status < 400 and location:
                yield from self._http.stream(location)
            else:
                yield from self._http.stream(url, headers=_authorization(account))
        except VendorAddressError as error:
            raise VendorUnreachableError(str(error)) from None

    def _call(
        self, account: SmsHttpAccount, method: str, path: str, form: Mapping[str, str] | None = None
    ) -> VendorResponse:
        credentials = account.credentials
        url = f"{credentials.base_url.rstrip('/')}/2010-04-01/Accounts/{quote(credentials.account_sid)}{path}"
        return self._http.request(method, url, headers=_authorization(account), form=form)


def _form(account: SmsHttpAccount, message: Outbound, text: str) -> dict[str, str]:
    form = {"To": message.address, "Body": text.encode("utf-8", "replace").decode()}
    if account.credentials.messaging_service_sid:
        form["MessagingServiceSid"] = account.credentials.messaging_service_sid
    else:
        form["From"] = account.identity
    if account.webhook_url.startswith(("http://", "https://")):
        form["StatusCallback"] = f"{account.webhook_url}?{urlencode({MESSAGE: message.id})}"
    if message.ttl_seconds is not None:
        form["ValidityPeriod"] = str(max(1, min(message.ttl_seconds, LONGEST_VALIDITY_SECONDS)))
    return form


def _authorization(account: SmsHttpAccount) -> dict[str, str]:
    credentials = account.credentials
    pair = f"{credentials.account_sid}:{credentials.auth_token.get_secret_value()}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}", "Accept": "application/json"}


def _result(account: SmsHttpAccount, response: VendorResponse) -> SendResult:
    found = _fields(response)
    is_message = response.ok and isinstance(found.get("sid"), str)
    if is_message and found.get("status") not in _FAILED:
        return Accepted((found["sid"],))
    kind = kind_of(_code(found), 400 if is_message else response.status)
    reason = _reason(account, response, found)
    return RetryLater(reason, response.retry_after) if kind == "later" else Refused(reason, kind)


def _reason(account: SmsHttpAccount, response: VendorResponse, found: Mapping[str, Any]) -> str:
    message = found.get("message") or found.get("error_message")
    if not isinstance(message, str) or not message:
        return f"The vendor answered {response.status} and nothing that can be read: check its address."
    code = _code(found)
    told = account.credentials.without_secrets(message)[:LONGEST_REASON]
    return f"The vendor refused: {told}" + (f" (error {code})" if code else "")


def _fields(response: VendorResponse) -> Mapping[str, Any]:
    found = response.json()
    return found if isinstance(found, dict) else {}


def _code(found: Mapping[str, Any]) -> int:
    code = found.get("code") or found.get("error_code")
    return code if isinstance(code, int) else 0


def _host(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme, parts.netloc.lower()
