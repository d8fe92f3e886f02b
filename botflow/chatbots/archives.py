"""Zip files from outside, opened with care: no bombs, no names that lead elsewhere, nothing twice."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from botflow.errors import RequestError

MOST_ENTRIES: Final = 2_000
MOST_LIST_BYTES: Final = 2_000_000
"""Largest list of contents: it is read into memory whole."""
MOST_UNPACKED: Final = 1024 * 1024 * 1024
"""Bytes of all contents together."""
PIECE: Final = 1024 * 1024
END: Final = struct.Struct("<4s4H2IH")
"""The end record of a zip file (APPNOTE 4.3.16): signature, disks, entries, size and place of the list, comment."""
LOCATOR: Final = b"PK\6\7"
LOCATOR_BYTES: Final = 20
"""Stands before the end record of a zip file that has a second one, for large files (APPNOTE 4.3.15)."""
LONGEST_COMMENT: Final = 65_535
IGNORED: Final = ("__MACOSX/",)
IGNORED_NAMES: Final = (".DS_Store", "Thumbs.db")
"""What file managers put into archives by themselves."""
ENCRYPTED: Final = 0x1
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class ArchiveError(RequestError):
    """A zip file that is not taken; the message says why."""

    status = 422


@contextmanager
def opened(path: Path) -> Iterator[dict[str, zipfile.ZipInfo]]:
    """The files of an archive by name, checked. Raises ArchiveError."""
    _check_end(path)
    try:
        with zipfile.ZipFile(path) as archive:
            yield _checked(archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise ArchiveError(f"The zip file is damaged: {error}.") from None


def pieces(path: Path, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of one file. Raises ArchiveError where they are damaged."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(entry) as file:
            while piece := file.read(PIECE):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError(f"{entry.filename!r} in the zip file is damaged: {error}.") from None


def content(path: Path, entry: zipfile.ZipInfo, most_bytes: int) -> bytes:
    """All bytes of a small file. Raises ArchiveError."""
    if entry.file_size > most_bytes:
        raise ArchiveError(f"{entry.filename!r} in the zip file is larger than {most_bytes:,} bytes.")
    return b"".join(pieces(path, entry))


def _check_end(path: Path) -> None:
    """Look at the size of the list of contents before anything reads it."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - LOCATOR_BYTES - END.size - LONGEST_COMMENT, 0))
        tail = file.read()
    place = tail.rfind(b"PK\5\6")
    if place < 0 or len(tail) - place < END.size:
        raise ArchiveError("This is no zip file.")
    if tail[max(place - LOCATOR_BYTES, 0) : place].startswith(LOCATOR):
        raise ArchiveError("The zip file is made for files of more than 4 GB; pack it without ZIP64.")
    _, _, _, _, entries, size, _, _ = END.unpack_from(tail, place)
    if entries > MOST_ENTRIES or size > MOST_LIST_BYTES:
        raise ArchiveError(f"The zip file holds more than {MOST_ENTRIES:,} files, or is none of a usual size.")


def _checked(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(entries) > MOST_ENTRIES:
        raise ArchiveError(f"The zip file holds more than {MOST_ENTRIES:,} files.")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise ArchiveError(f"Unpacked, the zip file would hold more than {MOST_UNPACKED:,} bytes.")
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        against = _against(entry)
        if against is not None:
            raise ArchiveError(f"{entry.filename!r} in the zip file {against}.")
        if entry.is_dir() or entry.filename.startswith(IGNORED) or entry.filename.endswith(IGNORED_NAMES):
            continue
        if entry.filename in found:
            raise ArchiveError(f"{entry.filename!r} is twice in the zip file.")
        found[entry.filename] = entry
    return found


def _against(entry: zipfile.ZipInfo) -> str | None:
    """What stands against an entry; None: nothing."""
    name, kind = entry.orig_filename, stat.S_IFMT(entry.external_attr >> 16)
    if name != entry.filename or "\\" in name or name.startswith("/") or ":" in name.partition("/")[0]:
        return "has a name that leads out of it"
    if any(part in ("..", ".") for part in name.split("/")):
        return "has a name that leads out of it"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link, or something else that is no file"
    if entry.flag_bits & ENCRYPTED:
        return "is encrypted"
    if entry.compress_type not in METHODS:
        return "is packed in a way that is not known here; use deflate"
    return None
