"""The folder that holds the bytes of media: files come whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from botflow.errors import RequestError, TooLargeError

PIECE: Final = 1024 * 1024
PARTS: Final = "parts"
"""Folder of files that are still coming."""
OWNER_ONLY: Final = 0o700
ABANDONED_SECONDS: Final = 3600.0
"""A file that nobody has written to for so long, and that no row knows, is nobody's."""
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class StorageFullError(RequestError):
    """The disk has no room for a file."""

    status = 507


@dataclass(frozen=True)
class Part:
    """A file that came whole, and is not kept yet."""

    path: Path
    size: int
    sha256: str


class FileStore:
    """Files by name; a name is an id, and has letters, digits and hyphens only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def coming(self, name: str, pieces: Iterable[bytes], most_bytes: int) -> Iterator[Part]:
        """A file while it is looked at; `keep` it within the block, or it is gone at the end.

        Raises TooLargeError, StorageFullError, and whatever the pieces raise.
        """
        path = self._part(name)
        try:
            yield _write(path, pieces, most_bytes)
        except OSError as error:
            if error.errno in FULL:
                raise StorageFullError(
                    "The server has no room left for this file. Nothing of it was kept; free some space, or ask who "
                    "runs the server."
                ) from None
            raise
        finally:
            path.unlink(missing_ok=True)

    def keep(self, name: str, part: Part) -> None:
        """Keep a file for good under a name."""
        path = self.path(name)
        _make(path.parent)
        os.replace(part.path, path)
        _sync(path.parent)

    def path(self, name: str) -> Path:
        """Where a file is."""
        return self.folder / name[-2:] / name

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already is no failure."""
        self.path(name).unlink(missing_ok=True)

    def abandoned(self, now: float) -> Iterator[str]:
        """Names of files that nobody has written to for a while; parts of those are removed at once."""
        for path in self.folder.glob("*/*"):
            try:
                is_old = path.stat().st_mtime < now - ABANDONED_SECONDS
            except FileNotFoundError:
                continue
            if is_old and path.parent.name == PARTS:
                path.unlink(missing_ok=True)
            elif is_old:
                yield path.name

    def _part(self, name: str) -> Path:
        folder = self.folder / PARTS
        _make(folder)
        return folder / name


def _write(path: Path, pieces: Iterable[bytes], most_bytes: int) -> Part:
    digest, size = sha256(), 0
    with path.open("wb") as file:
        for piece in pieces:
            size += len(piece)
            if size > most_bytes:
                raise TooLargeError(f"The file is larger than {most_bytes:,} bytes.")
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return Part(path, size, digest.hexdigest())


def _make(folder: Path) -> None:
    folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)


def _sync(folder: Path) -> None:
    """Make sure that the name of a file outlives a power cut too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
