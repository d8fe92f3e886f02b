"""The archive of a backup: a .tar.gz of a few known files, the last of which tells the SHA-256 of each other one."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

import msgspec

from botflow.errors import StartError

FORMAT: Final = "botflow.backup/1"
MANIFEST: Final = "manifest.json"
SQLITE: Final = "botflow.sqlite3"
POSTGRESQL: Final = "database.dump"
KEY: Final = "secret.key"
MEDIA: Final = "media/"
NAMES: Final = re.compile(
    r"manifest\.json|botflow\.sqlite3|database\.dump|secret\.key|media/[\w-]{1,8}/[\w-]{1,100}", re.ASCII
)
"""What may be in an archive; nothing else is ever written to the disk."""
PIECE_BYTES: Final = 1024 * 1024
MANIFEST_BYTES: Final = 256 * 1024 * 1024
PIECE: Final = 1024 * 1024
OWNER_ONLY: Final = 0o600


class Manifest(msgspec.Struct, frozen=True):
    """What is in an archive. `revision` is that of the tables, `sha256` by name, `schema` PostgreSQL's."""

    format: str
    version: str
    revision: str
    made_at: str
    schema: str
    sha256: dict[str, str]


class BrokenArchiveError(StartError):
    """It is no backup, or not a whole one."""


def pack(target: Path, files: Iterable[tuple[str, Path]], manifest: Manifest) -> list[str]:
    """Write an archive of files, for its owner alone, that is there whole or not at all.

    Returns the names of files that were gone when their turn came. Raises FileExistsError.
    """
    if target.exists():
        raise FileExistsError(17, "there is such a file already", str(target))
    draft = target.with_name(f"{target.name}.partial")
    draft.unlink(missing_ok=True)
    gone: list[str] = []
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
                for name, path in files:
                    try:
                        manifest.sha256[name] = _add(archive, name, path)
                    except FileNotFoundError:
                        gone.append(name)
                content = msgspec.json.encode(manifest)
                archive.addfile(_member(MANIFEST, len(content)), io.BytesIO(content))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return gone


def unpack(source: Path, folder: Path) -> Manifest:
    """Write the files of an archive into an empty folder, and check each. Raises BrokenArchiveError, OSError."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with gzip.open(source) as unzipped, tarfile.open(fileobj=unzipped, mode="r|") as archive:
            for member in archive:
                if not member.isfile() or not NAMES.fullmatch(member.name) or member.name in found:
                    raise BrokenArchiveError(f"{source} is no backup of botflow: it holds {member.name[:100]!r}.")
                content = archive.extractfile(member)
                assert content is not None  # it is a file
                if member.name == MANIFEST:
                    manifest = msgspec.json.decode(content.read(MANIFEST_BYTES), type=Manifest)
                else:
                    found[member.name] = _write(content, folder / member.name)
            # to the end, where the checksum of all of it stands
            while unzipped.read(PIECE_BYTES):
                pass
    except (tarfile.TarError, EOFError, ValueError, zlib.error, gzip.BadGzipFile) as error:
        reason = type(error).__name__
        raise BrokenArchiveError(f"{source} is no backup of botflow, or not a whole one: {reason}.") from None
    if manifest is None or manifest.format != FORMAT:
        raise BrokenArchiveError(f"{source} is no backup of botflow: it has no manifest that can be read here.")
    wrong = sorted(name for name in {*found, *manifest.sha256} if found.get(name) != manifest.sha256.get(name))
    if wrong:
        raise BrokenArchiveError(f"{source} is damaged: {wrong[0]} is not what was saved.")
    return manifest


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of the media library with their names in an archive; those that are still coming are left out."""
    for path in sorted(folder.glob("*/*")):
        name = f"{MEDIA}{path.parent.name}/{path.name}"
        if path.parent.name != "parts" and NAMES.fullmatch(name):
            yield name, path


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as file:
        archive.addfile(_member(name, os.fstat(file.fileno()).st_size), file)
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, OWNER_ONLY
    return member


def _write(content: IO[bytes], path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
        while piece := content.read(PIECE):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()
