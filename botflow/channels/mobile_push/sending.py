"""From content to a message of FCM."""

from __future__ import annotations

from typing import Any, Final

from botflow.channels.contract import Outbound
from botflow.channels.rendered import rendered
from botflow_runtime.content.mobile_push import MobilePushNotification

LONGEST_TTL_SECONDS: Final = 28 * 24 * 3600
"""What FCM keeps a message for, and keeps it for where nothing is said."""
COLLAPSE_BYTES: Final = 64
"""What Apple takes as the name that a notification replaces."""


def message_of(message: Outbound, beacon: str | None, now: float) -> dict[str, Any]:
    """The body of `messages:send`; `now` in seconds since the epoch. Raises UnsendableError.

    A notification that comes twice replaces itself on the device, since both have the message's id as their tag.
    """
    content = rendered(MobilePushNotification, message.content)
    android: dict[str, Any] = {"notification": {"tag": message.id}}
    apns: dict[str, str] = {}
    if message.id.isascii() and len(message.id) <= COLLAPSE_BYTES:
        apns["apns-collapse-id"] = message.id
    if message.ttl_seconds is not None:
        ttl = min(message.ttl_seconds, LONGEST_TTL_SECONDS)
        android["ttl"] = f"{ttl}s"
        apns["apns-expiration"] = str(int(now) + ttl)
    data = {"id": message.id, **({"beacon": beacon} if beacon else {})}
    return {
        "message": {
            "token": message.address,
            "notification": {"title": content.header, "body": content.body},
            "data": data,
            "android": android,
            "apns": {"headers": apns},
        }
    }
