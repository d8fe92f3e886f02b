"""Mobile push: sent through FCM to one app on one device; the app tells when a notification arrived or was opened."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from pydantic import Field

from botflow.channels.beacon import beacon_report, beacon_url
from botflow.channels.contract import (
    Account,
    ChannelAdapter,
    Checked,
    Credentials,
    Outbound,
    Refused,
    RetryLater,
    SendResult,
    State,
    WebhookAnswer,
    WebhookRequest,
    without_secrets,
)
from botflow.channels.google_oauth import GoogleTokens, ServiceAccountKey, TokenRefusedError, project_of
from botflow.channels.http import VendorAddressError, VendorHttp, VendorResponse, VendorUnreachableError
from botflow.channels.mobile_push.errors import result
from botflow.channels.mobile_push.sending import message_of
from botflow.channels.rendered import UnsendableError

SCOPE: Final = "https://www.googleapis.com/auth/firebase.messaging"
SEND_SECONDS: Final = 7.0
"""Longest that one call may take: there may be a token to get before it, and again."""
STATES: Final[tuple[State, ...]] = ("seen", "delivered")
UNAUTHENTICATED: Final = 401
_TOKEN: Final = re.compile(r"[!-~]{1,4096}")


class FcmCredentials(Credentials):
    """The service account of a Firebase project."""

    service_account: ServiceAccountKey = Field(
        description="The JSON file of a service account's key that may use the Firebase Cloud Messaging API."
    )
    base_url: str = Field("https://fcm.googleapis.com", description="Firebase's address.")


class Fcm(ChannelAdapter[FcmCredentials]):
    """Notifications in an app (MS-10)."""

    name = "fcm"
    channel = "mobile_push"
    title = "Mobile push (Firebase)"
    credentials = FcmCredentials
    two_way = False

    def __init__(self, http: VendorHttp, clock: Callable[[], float] = time.time) -> None:
        self._http = http
        self._clock = clock
        self._tokens = GoogleTokens(http, clock)

    def send(self, account: Account[FcmCredentials], message: Outbound) -> SendResult:
        """Send a notification."""
        if not _TOKEN.fullmatch(message.address):
            return Refused("The contact's address is no registration token of an app.", "not_capable")
        try:
            body = message_of(message, beacon_url(account, _secret(account), message.id), self._clock())
            return without_secrets(result(self._call(account, body), message.id), account.credentials)
        except UnsendableError as error:
            return Refused(str(error))
        except (TokenRefusedError, VendorAddressError) as error:
            return Refused(account.credentials.without_secrets(str(error)), "credentials")
        except VendorUnreachableError as error:
            return RetryLater(str(error))

    def receive(self, account: Account[FcmCredentials], request: WebhookRequest) -> WebhookAnswer:
        """Take the beacon of an app. Raises SignatureError, InvalidPayloadError."""
        return beacon_report(account, _secret(account), request, STATES, self._clock())

    def check(self, account: Account[FcmCredentials]) -> Checked:
        """Let Firebase judge a message that it does not send."""
        trial = {"validate_only": True, "message": {"topic": "connection", "notification": {"title": "Test"}}}
        try:
            judged = without_secrets(result(self._call(account, trial), ""), account.credentials)
        except (TokenRefusedError, VendorAddressError, VendorUnreachableError) as error:
            return Checked(False, account.credentials.without_secrets(str(error)))
        if isinstance(judged, Refused | RetryLater):
            return Checked(False, judged.reason)
        return Checked(True, f"Firebase takes messages for the project {_project(account)}.")

    def _call(self, account: Account[FcmCredentials], body: dict[str, Any]) -> VendorResponse:
        """Call Firebase, and once more with a new token where it does not take the one that was kept.

        Raises TokenRefusedError, VendorAddressError, VendorUnreachableError.
        """
        response = self._call_once(account, body)
        if response.status == UNAUTHENTICATED:
            self._tokens.forget(account.credentials.service_account, SCOPE)
            response = self._call_once(account, body)
        return response

    def _call_once(self, account: Account[FcmCredentials], body: dict[str, Any]) -> VendorResponse:
        token = self._tokens.token(account.credentials.service_account, SCOPE)
        return self._http.request(
            "POST",
            f"{account.credentials.base_url.rstrip('/')}/v1/projects/{quote(_project(account), safe='')}/messages:send",
            headers={"Authorization": f"Bearer {token}"},
            json_body=body,
            timeout=SEND_SECONDS,
        )


def _project(account: Account[FcmCredentials]) -> str:
    return account.identity or project_of(account.credentials.service_account)


def _secret(account: Account[FcmCredentials]) -> str:
    """Signs beacons; made of a secret that is there already."""
    return hashlib.sha256(account.credentials.service_account.get_secret_value().encode()).hexdigest()
