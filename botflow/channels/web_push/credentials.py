"""What it takes to push for a sender: a key pair of its own (VAPID, RFC 8292)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from pydantic import Field, SecretStr, field_validator

from botflow.channels.contract import Credentials
from botflow.channels.web_push.subscription import decoded, encoded

KEY_BYTES: Final = 32
KEYS_KEPT: Final = 256
_SUBJECT: Final = re.compile(r"mailto:[^@\s]+@[\w-]+(\.[\w-]+)+|https://[\w-]+\.[\w.-]+(/[!-~]*)?")


class WebPushCredentials(Credentials):
    """A VAPID key, and whom push services may write to when something is wrong."""

    private_key: SecretStr = Field(description="Private key of VAPID: 32 bytes as base64url, or PEM (P-256).")
    subject: str = Field(description="Whom a push service may ask: mailto:admin@example.com, or an https address.")
    urgency: Literal["very-low", "low", "normal", "high"] = Field(
        "normal", description="How much battery a message is worth (RFC 8030, 5.3)."
    )

    @field_validator("private_key")
    @classmethod
    def _is_key(cls, value: SecretStr) -> SecretStr:
        private_key(value)
        return value

    @field_validator("subject")
    @classmethod
    def _is_subject(cls, value: str) -> str:
        if not _SUBJECT.fullmatch(value):
            raise ValueError("write mailto: and an e-mail address, or an address that begins with https://")
        return value

    @property
    def public_key(self) -> str:
        """What pages subscribe with (applicationServerKey): the public key, as base64url."""
        point = private_key(self.private_key).public_key()
        return encoded(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def private_key(secret: SecretStr) -> EllipticCurvePrivateKey:
    """The key of credentials. Raises ValueError with a sentence."""
    key = _read(secret.get_secret_value())
    if key is None:
        raise ValueError("the private key is 32 bytes as base64url, or a PEM with a key of P-256")
    return key


@lru_cache(KEYS_KEPT)
def _read(text: str) -> EllipticCurvePrivateKey | None:
    """The key, kept because to read one takes longer than to sign with it; None: it is none."""
    try:
        if text.lstrip().startswith("-----BEGIN"):
            key = load_pem_private_key(text.encode(), None)
            return key if isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1) else None
        raw = decoded(text.strip())
        return derive_private_key(int.from_bytes(raw, "big"), SECP256R1()) if len(raw) == KEY_BYTES else None
    except (ValueError, TypeError, UnsupportedAlgorithm):  # what is wrong with it may quote from it
        return None
