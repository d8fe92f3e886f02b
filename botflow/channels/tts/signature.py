"""Requests of both directions, signed over their raw body and the moment: HMAC-SHA256."""

from __future__ import annotations

import hmac
import re
from typing import Final

from botflow.channels.contract import SignatureError

HEADER: Final = "X-Voice-Signature"
WINDOW_SECONDS: Final = 300
"""How old a request may be, or ahead of our clock: a recorded one is worth nothing later."""
_FORM: Final = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


def sign(secret: str, body: bytes, now: float) -> str:
    """The value of the header; `now` in seconds since the epoch."""
    moment = str(int(now))
    return f"t={moment},v1={_digest(secret, moment, body)}"


def verify(secret: str, value: str, body: bytes, now: float) -> None:
    """Raises SignatureError where the header is none of the gateway's, not over this body, or of another time."""
    found = _FORM.fullmatch(value)
    if found is None:
        raise SignatureError(f"{HEADER} is missing, or has not the form t=...,v1=...")
    moment, given = found.groups()
    if not secret or not hmac.compare_digest(given, _digest(secret, moment, body)):
        raise SignatureError(f"{HEADER} is not made with the sender's signing_secret over this body.")
    if abs(now - int(moment)) > WINDOW_SECONDS:
        raise SignatureError(f"{HEADER} is of another time: {WINDOW_SECONDS} seconds are let pass.")


def _digest(secret: str, moment: str, body: bytes) -> str:
    return hmac.digest(secret.encode(), f"{moment}.".encode() + body, "sha256").hex()
