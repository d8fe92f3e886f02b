"""Calls of Viber's bot API: with the token, and judged by the answer's own status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeAlias

from pydantic import AfterValidator, Field, SecretStr

from botflow.channels.contract import Account, Credentials, FailureKind
from botflow.channels.http import TIMEOUT_SECONDS, VendorHttp, VendorResponse, VendorUnreachableError
from botflow.channels.viber.errors import OK, meaning

SENDER_NAME_LENGTH: Final = 28


def _for_a_header(token: SecretStr) -> SecretStr:
    text = token.get_secret_value()
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise ValueError("a token has letters, digits and hyphens only")
    return token


class ViberCredentials(Credentials):
    """What Viber wants to know."""

    auth_token: Annotated[SecretStr, Field(min_length=16, max_length=200), AfterValidator(_for_a_header)] = Field(
        description="Token of the bot, from its settings in Viber or from the partner."
    )
    sender_name: str = Field(
        min_length=1, max_length=SENDER_NAME_LENGTH, description="Name that contacts see above the messages."
    )
    avatar: str | None = Field(
        None, pattern="^https?://", max_length=2000, description="Address of a picture beside them, 100 kB at most."
    )
    base_url: str = Field("https://chatapi.viber.com/pa", description="Viber's address.")


ViberAccount: TypeAlias = Account[ViberCredentials]


class ViberRefusedError(Exception):
    """Viber did not do what it was asked for; the message is a sentence for a person."""

    def __init__(self, kind: FailureKind, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.kind: FailureKind = kind
        self.seconds = seconds
        """After how many seconds it may be asked again, where it says so."""


@dataclass(frozen=True)
class Viber:
    """Viber's bot API; usable from several threads."""

    http: VendorHttp

    def call(
        self, account: ViberAccount, method: str, body: object, timeout: float = TIMEOUT_SECONDS
    ) -> Mapping[str, Any]:
        """Call a method and return its answer.

        Raises ViberRefusedError, VendorUnreachableError, VendorAddressError.
        """
        response = self.http.request(
            "POST",
            f"{account.credentials.base_url.rstrip('/')}/{method}",
            headers={"X-Viber-Auth-Token": account.credentials.auth_token.get_secret_value()},
            json_body=body,
            timeout=timeout,
        )
        answer = _read(response)
        status = answer.get("status")
        if not isinstance(status, int):
            raise VendorUnreachableError("Viber's answer has no status")
        if status != OK:
            said = account.credentials.without_secrets(str(answer.get("status_message", "")))
            kind, reason = meaning(status, said)
            raise ViberRefusedError(kind, reason, response.retry_after)
        return answer


def _read(response: VendorResponse) -> Mapping[str, Any]:
    if response.status == 429 or response.status >= 500:
        raise ViberRefusedError("later", f"Viber answered {response.status}.", response.retry_after)
    answer = response.json()
    if not response.ok or not isinstance(answer, dict):
        raise ViberRefusedError("credentials", f"Viber answered {response.status}: is its address right?")
    return answer
