"""Signing what is posted, in the way of Standard Webhooks 1.0: receivers have libraries for it."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from typing import Final

PREFIX: Final = "whsec_"
FEWEST_BYTES: Final = 24
MOST_BYTES: Final = 64
NEW_BYTES: Final = 32


def new_secret() -> str:
    """A secret of 256 random bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(NEW_BYTES)).decode()


def is_secret(text: str) -> bool:
    """Whether this is a secret: `whsec_` and 24 to 64 bytes in Base64."""
    try:
        key = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return False
    return text.startswith(PREFIX) and FEWEST_BYTES <= len(key) <= MOST_BYTES


def headers(secret: str, event_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """The headers of a delivery at a time in seconds since the epoch."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.digest(key, f"{event_id}.{seconds}.".encode() + body, "sha256")
    return {
        "Content-Type": "application/json",
        "User-Agent": "botflow",
        "webhook-id": event_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
