"""Backing up a server that runs, and restoring into one that does not."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from botflow.backup.archive import FORMAT, KEY, MEDIA, POSTGRESQL, SQLITE, Manifest, files_of, pack, unpack
from botflow.backup.databases import copy_sqlite, dump_postgresql, restore_postgresql, revision_of, schema_of
from botflow.data_folder import LOCK_FILE
from botflow.db import Database
from botflow.errors import StartError
from botflow.migrations.upgrade import is_known, upgrade

FRESH: Final = "restore.partial"
"""Folder within the data folder where an archive is unpacked and checked before anything else is touched."""


class Place:
    """Where a server keeps what a backup holds. `address` is PostgreSQL's, or empty: then it is a SQLite file."""

    def __init__(self, data: Path, media: Path, address: str) -> None:
        self.data = data
        self.media = media
        self.address = address

    def database(self, folder: Path | None = None) -> Database:
        """The database; `folder`: where the SQLite file is instead of in the data folder."""
        if self.address:
            return Database.in_postgresql(self.address)
        return Database.in_file((folder or self.data) / SQLITE)


def back_up(place: Place, target: Path) -> list[str]:
    """Write an archive of everything, while the server runs. Returns names of files that vanished meanwhile.

    The database comes first: files of the media library are there before the rows that name them. Raises StartError,
    OSError.
    """
    database = place.database()
    try:
        revision, schema = revision_of(database), schema_of(database) if place.address else ""
    finally:
        database.close()
    if revision is None:
        raise StartError("There is no database of botflow yet: nothing to back up.")
    manifest = Manifest(FORMAT, version("botflow"), revision, datetime.now(UTC).isoformat(), schema, {})
    with tempfile.TemporaryDirectory(prefix=f"{target.name}.", dir=target.parent) as name:
        copy = Path(name) / "copy"
        if place.address:
            dump_postgresql(place.address, schema, copy)
        else:
            copy_sqlite(place.data / SQLITE, copy)
        return pack(target, _files(place, copy), manifest)


def _files(place: Place, copy: Path) -> Iterator[tuple[str, Path]]:
    yield (POSTGRESQL if place.address else SQLITE), copy
    if (place.data / KEY).is_file():
        yield KEY, place.data / KEY
    yield from files_of(place.media)


def restore(place: Place, source: Path, *, replace: bool) -> Path | None:
    """Bring an archive back into a server that does not run; its data folder is locked by the caller.

    Everything is unpacked, checked and brought up to date before anything that is there is touched. `replace`: what is
    there is put aside; returns the folder where it is, if there was anything. Raises StartError, OSError.
    """
    _refuse_what_is_there(place, replace=replace)
    fresh = place.data / FRESH
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    try:
        manifest = unpack(source, fresh)
        kind = POSTGRESQL if place.address else SQLITE
        if kind not in manifest.sha256:
            other = "a SQLite file" if place.address else "PostgreSQL"
            raise StartError(f"{source} is of a server with {other}; this one has another kind of database.")
        if not is_known(manifest.revision):
            raise StartError(
                f"{source} was made by a newer botflow ({manifest.version}); restore it with that one or a later one."
            )
        if place.address:
            _restore_postgresql(place, manifest, fresh / POSTGRESQL, replace=replace)
        else:
            _upgrade(place.database(fresh))
        return _move_in(place, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse_what_is_there(place: Place, *, replace: bool) -> None:
    there = [path.name for path in _belongings(place)]
    database = place.database() if place.address else None
    if database is not None and revision_of(database) is not None:
        there.append("tables in the database")
    if database is not None:
        database.close()
    if there and not replace:
        raise StartError(f"There is something already: {', '.join(there)}. With --replace it is put aside or replaced.")


def _belongings(place: Place) -> list[Path]:
    """What is in the data folder, and the media library where it is elsewhere, but for what is empty or a lock."""
    inside = [path for path in sorted(place.data.iterdir()) if path.name not in (LOCK_FILE, FRESH)]
    outside = [place.media] if place.media.is_dir() and place.media.parent != place.data else []
    kept = [path for path in [*inside, *outside] if not path.name.startswith("replaced-")]
    return [path for path in kept if path.is_file() or any(path.iterdir())]


def _restore_postgresql(place: Place, manifest: Manifest, dump: Path, *, replace: bool) -> None:
    database = place.database()
    try:
        if schema_of(database) != manifest.schema:
            raise StartError(
                f"The backup's tables are in the schema {manifest.schema!r}: let the database address find that first."
            )
        restore_postgresql(place.address, manifest.schema, dump, replace=replace)
    finally:
        database.close()
    _upgrade(place.database())


def _upgrade(database: Database) -> None:
    try:
        upgrade(database)
    finally:
        database.close()


def _move_in(place: Place, fresh: Path) -> Path | None:
    """Put aside what is there, and the fresh files in its place."""
    aside: Path | None = None
    for number, path in enumerate(_belongings(place)):
        if number == 0:
            aside = Path(tempfile.mkdtemp(prefix="replaced-", dir=place.data))
        assert aside is not None  # made just now
        shutil.move(path, aside / path.name)
    if (fresh / MEDIA).is_dir():
        place.media.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.media.is_dir():
            place.media.rmdir()
        shutil.move(fresh / MEDIA, place.media)
    for name in (KEY, SQLITE):
        if (fresh / name).exists():
            os.replace(fresh / name, place.data / name)
    return aside
