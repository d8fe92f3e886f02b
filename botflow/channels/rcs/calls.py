"""Calls of RBM's interface: with an access token, in bounded time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Final, TypeAlias
from urllib.parse import urlencode

from pydantic import Field, SecretStr

from botflow.channels.contract import Account, Credentials
from botflow.channels.google_oauth import GoogleTokens, ServiceAccountKey
from botflow.channels.http import TIMEOUT_SECONDS, VendorHttp, VendorResponse, VendorUnreachableError

SCOPE: Final = "https://www.googleapis.com/auth/rcsbusinessmessaging"
NO_TOKEN: Final = 401


class RcsCredentials(Credentials):
    """What RBM wants to know."""

    service_account: ServiceAccountKey = Field(
        description="Key of the service account: the whole JSON file that the developer console gives."
    )
    client_token: Annotated[SecretStr, Field(min_length=8, max_length=500)] = Field(
        description="Client token of the agent's webhook, with which Google signs what it sends."
    )
    base_url: str = Field(
        "https://rcsbusinessmessaging.googleapis.com",
        description="Google's address; with us-, europe- or asia- before the name it is that region's.",
    )


RcsAccount: TypeAlias = Account[RcsCredentials]


class Rbm:
    """RBM's interface; usable from several threads. `clock` counts seconds."""

    def __init__(self, http: VendorHttp, clock: Callable[[], float]) -> None:
        self._http = http
        self._tokens = GoogleTokens(http)
        self._clock = clock

    def call(
        self,
        account: RcsAccount,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        ends: float | None = None,
    ) -> VendorResponse:
        """Call RBM for the sender's agent, before the clock says `ends`.

        Once more with a new token where Google does not take the one at hand. Raises VendorUnreachableError,
        VendorAddressError, TokenRefusedError.
        """
        key = account.credentials.service_account
        asked = urlencode({**(query or {}), "agentId": account.identity})
        url = f"{account.credentials.base_url.rstrip('/')}/v1/{path}?{asked}"
        response = self._authorized(key, method, url, body, ends)
        if response.status == NO_TOKEN:
            self._tokens.forget(key, SCOPE)
            response = self._authorized(key, method, url, body, ends)
        return response

    def _authorized(self, key: SecretStr, method: str, url: str, body: object, ends: float | None) -> VendorResponse:
        token = self._tokens.token(key, SCOPE)
        left = TIMEOUT_SECONDS if ends is None else min(TIMEOUT_SECONDS, ends - self._clock())
        if left <= 0:
            raise VendorUnreachableError("Google was too slow")
        headers = {"Authorization": f"Bearer {token}"}
        return self._http.request(method, url, headers=headers, json_body=body, timeout=left)
