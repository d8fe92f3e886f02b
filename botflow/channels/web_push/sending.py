"""From content to what a push service takes: a payload for the service worker, encrypted for the browser."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any, Final

import http_ece
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from py_vapid import Vapid02

from botflow.channels.contract import Account, Outbound
from botflow.channels.rendered import UnsendableError, media_url, rendered
from botflow.channels.web_push.credentials import WebPushCredentials, private_key
from botflow.channels.web_push.subscription import PushSubscription
from botflow_runtime.content.push import PushNotification

MESSAGE_BYTES: Final = 4096
"""What every push service takes (RFC 8030, 7.2)."""
ENCRYPTION_BYTES: Final = 103
"""What RFC 8291 adds: a header of 86 bytes, a delimiter and a tag."""
SALT_BYTES: Final = 16
TTL_SECONDS: Final = 28 * 24 * 3600
"""How long a push service keeps a message whose own time is not limited: as long as they all do."""
TOKEN_SECONDS: Final = 12 * 3600
"""How long a VAPID token is good; RFC 8292 allows a day, and clocks differ."""
TOPIC_LENGTH: Final = 32


def payload(message: Outbound, beacon: str | None) -> bytes:
    """What the service worker gets, as JSON. Raises UnsendableError."""
    content = rendered(PushNotification, message.content)
    fields = {
        "id": message.id,
        "title": content.header,
        "body": content.body,
        "image": media_url(content.media) if content.media else None,
        "url": content.url,
        "beacon": beacon,
    }
    known = {name: value for name, value in fields.items() if value is not None}
    made = json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode()
    most = MESSAGE_BYTES - ENCRYPTION_BYTES
    if len(made) > most:
        raise UnsendableError(
            f"A push message has at most {most:,} bytes with its addresses; this one has {len(made):,}."
        )
    return made


def encrypted(content: bytes, to: PushSubscription) -> bytes:
    """The payload, which only the browser can read (RFC 8291)."""
    made: bytes = http_ece.encrypt(
        content,
        salt=os.urandom(SALT_BYTES),
        private_key=generate_private_key(SECP256R1()),
        dh=to.key,
        auth_secret=to.auth,
        version="aes128gcm",
    )
    return made


def headers(
    account: Account[WebPushCredentials], message: Outbound, to: PushSubscription, now: float
) -> dict[str, str]:
    """The headers of a push message; `now` in seconds since the epoch."""
    ttl = TTL_SECONDS if message.ttl_seconds is None else min(message.ttl_seconds, TTL_SECONDS)
    return {
        "TTL": str(ttl),
        "Urgency": account.credentials.urgency,
        "Topic": topic(message.id),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        **signed(account.credentials, to.origin, now),
    }


def topic(message_id: str) -> str:
    """Names the message, so that one that is sent again replaces itself where it still waits for the browser."""
    digest = hashlib.sha256(message_id.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest).decode()[:TOPIC_LENGTH]


def signed(credentials: WebPushCredentials, origin: str, now: float) -> Mapping[str, str]:
    """The Authorization for a push service (RFC 8292)."""
    claims: dict[str, Any] = {"aud": origin, "exp": int(now) + TOKEN_SECONDS, "sub": credentials.subject}
    # py-vapid would check the subject once more, and knows fewer than RFC 8292 allows
    signer = Vapid02(private_key(credentials.private_key), {"no-strict": True})
    authorization: Mapping[str, str] = signer.sign(claims)
    return authorization
