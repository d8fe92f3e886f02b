"""The folder that a server keeps its data in, and the lock that keeps a second server out."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO, Final

from botflow.errors import StartError

LOCK_FILE: Final = "server.lock"
OWNER_ONLY: Final = 0o700
"""Mode of the folder when it is made: what visitors wrote is for nobody else on the machine."""


def take(folder: Path) -> IO[str]:
    """Make the folder and lock it; the lock lasts as long as the returned file is open, by whichever process.

    Raises StartError when the folder cannot be used or another server has it.
    """
    try:
        folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        file = (folder / LOCK_FILE).open("a+")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(None, "permission denied")
    except OSError as error:
        raise StartError(f"Cannot use the data folder {folder}: {error.strerror}. Choose one with --data.") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise StartError(f"Another server uses the data folder {folder}. Stop it, or choose one with --data.") from None
    return file
