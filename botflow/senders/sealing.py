"""Secrets at rest: sealed with a key that the database does not hold (Fernet: AES-128-CBC and HMAC-SHA256)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, InvalidToken

from botflow_runtime.errors import BotflowError

KEY_FILE: Final = "secret.key"
OWNER_ONLY: Final = 0o600
SIGNATURE_BYTES: Final = 24


class UnsealError(BotflowError):
    """A secret was sealed with another key."""


class Seal:
    """Seals and opens texts with one key."""

    def __init__(self, key: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
        self._signing = hashlib.sha256(b"signatures\n" + key.encode()).digest()

    def close(self, text: str) -> str:
        """The text, sealed."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """What was sealed. Raises UnsealError."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise UnsealError(
                "The credentials were sealed with another key. Set BOTFLOW_SECRET_KEY to the one of then, "
                "or enter the credentials anew."
            ) from None

    def sign(self, text: str) -> str:
        """A signature that nobody makes without the key, fit for addresses: 192 bits of HMAC-SHA256 (RFC 2104)."""
        digest = hmac.digest(self._signing, text.encode(), "sha256")
        return base64.urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode()

    def is_signature(self, signature: str, text: str) -> bool:
        """Whether this is the signature of the text; takes as long whatever it is."""
        return hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), self.sign(text).encode())


def key_in(folder: Path) -> str:
    """The key that a data folder keeps in its file; made at the first call, for the owner alone."""
    file = folder / KEY_FILE
    if not file.exists():
        draft = folder / f"{KEY_FILE}.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "w") as written:
            written.write(Fernet.generate_key().decode())
            written.flush()
            os.fsync(written.fileno())
        try:
            os.link(draft, file)  # whoever comes second takes the first one's key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()
