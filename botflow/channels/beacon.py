"""Beacons: a device calls the sender's webhook when a notification arrived or was opened.

The address that it calls goes out with the message and is signed for it, so that nobody else can report on it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final
from urllib.parse import urlencode

from botflow.channels.contract import (
    Account,
    InvalidPayloadError,
    Report,
    SignatureError,
    State,
    WebhookAnswer,
    WebhookRequest,
)
from botflow.channels.signed import Signer

PURPOSE: Final = "beacon"
STATE: Final = "state"


def beacon_url(account: Account[Any], secret: str, message_id: str) -> str | None:
    """Where the device reports on a message; None where the server has no public address."""
    if not account.webhook_url.startswith(("https://", "http://")):
        return None
    return f"{account.webhook_url}?{urlencode({PURPOSE: _signer(account, secret).sign(message_id)})}"


def beacon_report(
    account: Account[Any], secret: str, request: WebhookRequest, states: Collection[State], now: float
) -> WebhookAnswer:
    """Read a beacon: a POST to that address, with `&state=` where it is another one than `seen`.

    `now` in seconds since the epoch. Raises SignatureError, InvalidPayloadError.
    """
    message_id = _signer(account, secret).open(request.query.get(PURPOSE, ""))
    if message_id is None:
        raise SignatureError("This beacon is not signed for a message of this sender.")
    if request.method != "POST":
        raise InvalidPayloadError("Post a beacon.")
    wanted = request.query.get(STATE, "seen")
    for state in states:
        if state == wanted:
            return WebhookAnswer((Report(message_id, state, round(now * 1000)),), status=204)
    raise InvalidPayloadError(f"The state of a beacon is one of: {', '.join(states)}.")


def _signer(account: Account[Any], secret: str) -> Signer:
    return Signer(secret, PURPOSE, account.sender)
