"""Secrets at rest: sealed with a key that the database does not hold (Fernet: AES-128-CBC and HMAC-SHA256)."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, InvalidToken

from botflow_runtime.errors import BotflowError

KEY_FILE: Final = "secret.key"
OWNER_ONLY: Final = 0o600


class UnsealError(BotflowError):
    """A secret was sealed with another key."""


class Seal:
    """Seals and opens texts with one key."""

    def __init__(self, key: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))

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
