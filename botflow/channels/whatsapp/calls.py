"""What a sender enters for WhatsApp, and a call of the Graph API with it."""

from __future__ import annotations

from typing import Any, Final, TypeAlias
from urllib.parse import quote

from pydantic import Field, SecretStr

from botflow.channels.contract import Account, Credentials
from botflow.channels.http import TIMEOUT_SECONDS, VendorHttp, VendorResponse

GRAPH: Final = "https://graph.facebook.com"
VERSION: Final = "v24.0"
"""Of the Graph API, where the sender names none; a version serves for about two years."""


class WhatsAppCredentials(Credentials):
    """What the Cloud API needs. The sender's identity is the id of the phone number, not the number."""

    access_token: SecretStr = Field(min_length=1, description="Permanent access token of a system user.")
    app_secret: SecretStr = Field(min_length=1, description="App secret, which signs the webhooks.")
    verify_token: SecretStr = Field(
        min_length=1, description="Any text; the same one goes beside the webhook's address at WhatsApp."
    )
    business_account_id: str = Field(
        "", pattern=r"^\d{0,30}$", description="Id of the WhatsApp Business account, for templates."
    )
    api_version: str = Field(VERSION, pattern=r"^v\d{1,3}\.\d$", description="Version of the Graph API.")
    base_url: str = Field(GRAPH, min_length=1, description="Address of the Graph API.")


WhatsAppAccount: TypeAlias = Account[WhatsAppCredentials]


class Graph:
    """Calls the Graph API for an account."""

    def __init__(self, http: VendorHttp) -> None:
        self._http = http

    def call(
        self,
        account: WhatsAppAccount,
        method: str,
        *path: str,
        body: dict[str, Any] | None = None,
        query: str = "",
        timeout: float = TIMEOUT_SECONDS,
    ) -> VendorResponse:
        """Call an object of the graph. Raises VendorUnreachableError, VendorAddressError."""
        credentials = account.credentials
        url = "/".join([credentials.base_url.rstrip("/"), credentials.api_version, *(quote(part, "") for part in path)])
        return self._http.request(method, url + query, headers=bearer(account), json_body=body, timeout=timeout)


def bearer(account: WhatsAppAccount) -> dict[str, str]:
    """The header that lets the account in."""
    return {"Authorization": f"Bearer {account.credentials.access_token.get_secret_value()}"}
