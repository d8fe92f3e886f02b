"""Texts that go out to anybody and are believed when they come back: signed with HMAC-SHA256 for one sender."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from typing import Final

SIGNATURE_BYTES: Final = 18
"""144 bits, which is 24 letters."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs texts for a `purpose` and a `sender`; with another one of either they are worth nothing."""

    secret: str
    purpose: str
    sender: str

    def sign(self, text: str) -> str:
        """The text and its signature, in letters that an address may hold."""
        named = base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")
        return f"{named}.{self._signature(named)}"

    def open(self, token: str) -> str | None:
        """The text that was signed, or None."""
        named, _, signature = token.partition(".")
        given = signature.encode("utf-8", "surrogatepass")
        if not self.secret or not hmac.compare_digest(self._signature(named).encode(), given):
            return None
        try:
            return base64.urlsafe_b64decode(named + "=" * (-len(named) % 4)).decode("utf-8", "surrogatepass")
        except (binascii.Error, UnicodeDecodeError):
            return None

    def _signature(self, named: str) -> str:
        signed = f"{self.purpose}\n{self.sender}\n{named}".encode("utf-8", "surrogatepass")
        return base64.urlsafe_b64encode(hmac.digest(self.secret.encode(), signed, "sha256")[:SIGNATURE_BYTES]).decode()
