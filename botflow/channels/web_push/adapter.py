"""Web push: sent to the push service of the contact's browser; the service worker tells when it was clicked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from botflow.channels.beacon import beacon_report, beacon_url
from botflow.channels.contract import (
    Account,
    ChannelAdapter,
    Checked,
    Outbound,
    Refused,
    RetryLater,
    SendResult,
    State,
    WebhookAnswer,
    WebhookRequest,
    without_secrets,
)
from botflow.channels.http import VendorAddressError, VendorHttp, VendorUnreachableError
from botflow.channels.rendered import UnsendableError
from botflow.channels.web_push.credentials import WebPushCredentials
from botflow.channels.web_push.errors import result
from botflow.channels.web_push.sending import encrypted, headers, payload
from botflow.channels.web_push.subscription import InvalidSubscriptionError, subscription

STATES: Final[tuple[State, ...]] = ("seen",)
"""What is known of a notification: no push service tells that one was delivered (MS-8)."""


class WebPush(ChannelAdapter[WebPushCredentials]):
    """Notifications in browsers (MS-8)."""

    name = "web_push"
    channel = "push"
    title = "Web push"
    credentials = WebPushCredentials
    two_way = False

    def __init__(self, http: VendorHttp, clock: Callable[[], float] = time.time) -> None:
        self._http = http
        self._clock = clock

    def send(self, account: Account[WebPushCredentials], message: Outbound) -> SendResult:
        """Send a notification."""
        try:
            to = subscription(message.address, self._http.hosts)
            body = encrypted(payload(message, beacon_url(account, _secret(account), message.id)), to)
            asked = headers(account, message, to, self._clock())
            answer = self._http.request("POST", to.endpoint, headers=asked, body=body)
            return without_secrets(result(answer, message.id), account.credentials)
        except UnsendableError as error:
            return Refused(str(error))
        except (InvalidSubscriptionError, VendorAddressError) as error:
            return Refused(f"The contact's subscription cannot be used: {error}", "not_capable")
        except VendorUnreachableError as error:
            return RetryLater(str(error))

    def receive(self, account: Account[WebPushCredentials], request: WebhookRequest) -> WebhookAnswer:
        """Take the beacon of a service worker. Raises SignatureError, InvalidPayloadError."""
        return beacon_report(account, _secret(account), request, STATES, self._clock())

    def check(self, account: Account[WebPushCredentials]) -> Checked:
        """Compare the keys; push services are as many as there are makers of browsers, so none is called."""
        public_key = account.credentials.public_key
        if account.identity.rstrip("=") != public_key:
            return Checked(
                False, f"Enter the public key as the identity, and let pages subscribe with it: {public_key}"
            )
        return Checked(True, "The key is complete. Pages subscribe with the identity as their applicationServerKey.")

    def capable(self, account: Account[WebPushCredentials], addresses: Iterable[str]) -> Mapping[str, bool]:
        """Who has no subscription that can be pushed to; of the others nothing is known."""
        return {address: False for address in addresses if not self._is_subscription(address)}

    def _is_subscription(self, address: str) -> bool:
        try:
            subscription(address, self._http.hosts)
        except InvalidSubscriptionError:
            return False
        return True


def _secret(account: Account[WebPushCredentials]) -> str:
    """Signs beacons; one that is shown to nobody is there already."""
    return account.credentials.private_key.get_secret_value()
