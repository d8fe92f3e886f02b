"""Text to speech over a generic voice gateway: one call a message, and signed callbacks of what became of it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from pydantic import Field, SecretStr, field_validator

from botflow.channels.contract import (
    Account,
    ChannelAdapter,
    Checked,
    Credentials,
    InvalidPayloadError,
    Outbound,
    Refused,
    RetryLater,
    SendResult,
    WebhookAnswer,
    WebhookRequest,
    without_secrets,
)
from botflow.channels.http import VendorAddressError, VendorHttp, VendorUnreachableError
from botflow.channels.rendered import UnsendableError
from botflow.channels.tts.errors import result
from botflow.channels.tts.receiving import report_of
from botflow.channels.tts.sending import InvalidNumberError, call_of
from botflow.channels.tts.signature import HEADER, sign, verify

SECRET_LENGTH: Final = 16
NOT_LET_IN: Final = frozenset({401, 403})
_TOKEN: Final = re.compile(r"[!-~]*")


class VoiceCredentials(Credentials):
    """A voice gateway, and what both sides sign with."""

    base_url: str = Field(
        description="Address of the gateway that calls are posted to, https://voice.example.com/calls."
    )
    bearer_token: SecretStr = Field(SecretStr(""), description="Token that the gateway wants to see; may be left out.")
    signing_secret: SecretStr = Field(
        min_length=SECRET_LENGTH, description="A random text that both sides sign their requests with."
    )

    @field_validator("bearer_token")
    @classmethod
    def _is_header(cls, value: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("a token has no spaces and no letters outside ASCII")
        return value


class HttpVoice(ChannelAdapter[VoiceCredentials]):
    """A text read out in a call (MS-9)."""

    name = "http_voice"
    channel = "tts"
    title = "Text to speech (HTTP voice gateway)"
    credentials = VoiceCredentials
    by_number = True
    two_way = False

    def __init__(self, http: VendorHttp, clock: Callable[[], float] = time.time) -> None:
        self._http = http
        self._clock = clock

    def send(self, account: Account[VoiceCredentials], message: Outbound) -> SendResult:
        """Ask the gateway for a call."""
        try:
            body = json.dumps(call_of(message, account.webhook_url), ensure_ascii=False).encode()
            asked = {**self._headers(account, body), "Idempotency-Key": quote(message.id)}
            answer = self._http.request("POST", account.credentials.base_url, headers=asked, body=body)
            return without_secrets(result(answer), account.credentials)
        except InvalidNumberError as error:
            return Refused(str(error), "not_capable")
        except UnsendableError as error:
            return Refused(str(error))
        except VendorAddressError as error:
            return Refused(str(error), "credentials")
        except VendorUnreachableError as error:
            return RetryLater(str(error))

    def receive(self, account: Account[VoiceCredentials], request: WebhookRequest) -> WebhookAnswer:
        """Take a callback. Raises SignatureError, InvalidPayloadError."""
        secret = account.credentials.signing_secret.get_secret_value()
        verify(secret, request.headers.get(HEADER.lower(), ""), request.body, self._clock())
        if request.method != "POST":
            raise InvalidPayloadError("Post a callback.")
        report = report_of(request.body)
        return WebhookAnswer((report,) if report else ())

    def check(self, account: Account[VoiceCredentials]) -> Checked:
        """Ask the gateway for nothing (GET): whether it is there and lets us in."""
        try:
            answer = self._http.request("GET", account.credentials.base_url, headers=self._headers(account, b""))
        except (VendorAddressError, VendorUnreachableError) as error:
            return Checked(False, str(error))
        if answer.status in NOT_LET_IN:
            return Checked(False, f"The voice gateway does not let us in: it answered {answer.status}.")
        if answer.status >= 500:
            return Checked(False, f"The voice gateway is out of order: it answered {answer.status}.")
        if not account.webhook_url.startswith(("http://", "https://")):
            return Checked(True, "The voice gateway answers. Set BOTFLOW_PUBLIC_URL, so that it can tell of calls.")
        return Checked(True, "The voice gateway answers.")

    def _headers(self, account: Account[VoiceCredentials], body: bytes) -> dict[str, str]:
        credentials = account.credentials
        asked = {
            "Content-Type": "application/json",
            HEADER: sign(credentials.signing_secret.get_secret_value(), body, self._clock()),
        }
        if token := credentials.bearer_token.get_secret_value():
            asked["Authorization"] = f"Bearer {token}"
        return asked
