"""Bundles: one zip file with several scenarios and their media (scenario-format.md).

bundle.json             {"format": "botflow.bundle/1", "media": [{"key": ..., "name": ..., "file": "media/1.png"}]}
scenarios/pizza.json    scenario files, in canonical form
media/1.png             the files that they name
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

import msgspec
import sqlalchemy as sa

from botflow.assets.service import ANY_FILE, ASSETS, Assets, Stored, check_key, file_name
from botflow.assets.types import MediaTypeError
from botflow.chatbots.archives import PIECE, ArchiveError, content, opened, pieces
from botflow.chatbots.authoring import Authoring, Saved, readable
from botflow.chatbots.catalog import CHATBOTS
from botflow.chatbots.documents import Document
from botflow.chatbots.drafts import check_id, find_draft
from botflow.db import of_company
from botflow.errors import ConflictError, NotAllowedError
from botflow.permissions import MEDIA_EDIT, MEDIA_VIEW, Caller
from botflow_runtime import required_keys
from botflow_runtime.scenario import MAX_SCENARIO_BYTES

FORMAT: Final = "botflow.bundle/1"
MANIFEST: Final = "bundle.json"
SCENARIOS: Final = "scenarios/"
MEDIA: Final = "media/"
MOST_BYTES: Final = 1024 * 1024 * 1024
MOST_MANIFEST_BYTES: Final = 2_000_000
MOST_CHATBOTS: Final = 200
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a bundle: the same contents make the same bundle."""


class MediaEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the media library, as the manifest names it."""

    key: str
    name: str
    file: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is in a bundle besides its scenarios."""

    format: Literal["botflow.bundle/1"] = FORMAT
    media: list[MediaEntry] = []


@dataclass(frozen=True)
class TakenIn:
    """What became of a bundle."""

    scenarios: list[tuple[str, Saved]]
    media: list[Stored]


@dataclass(frozen=True)
class _Bundle:
    path: Path
    scenarios: list[Document]
    media: list[tuple[MediaEntry, zipfile.ZipInfo]]


class Bundles:
    """Makes bundles of chatbots, and takes them in."""

    def __init__(self, authoring: Authoring, assets: Assets) -> None:
        self._authoring = authoring
        self._assets = assets

    def take_in(self, caller: Caller, name: str, body: Iterable[bytes], *, overwrite: bool = False) -> TakenIn:
        """Import a bundle; `name` is a new id. What is there already with other content stands against all of it,
        unless `overwrite`. The same bundle again changes nothing. Where a file turns out to be none that the library
        takes, those before it stay there.

        Raises ArchiveError, ConflictError, ProblemsError, InvalidError, NotAllowedError, TooLargeError.
        """
        with self._assets.store.coming(name, body, MOST_BYTES) as part, opened(part.path) as entries:
            bundle = _read(part.path, entries)
            if bundle.media and not caller.may(MEDIA_EDIT):
                raise NotAllowedError(f"The bundle holds media: taking it in takes the permission {MEDIA_EDIT.name!r}.")
            if not overwrite:
                self._check_free(caller, bundle)
            replaces = ANY_FILE if overwrite else None
            media = [self._upload(caller, part.path, one, entry, replaces) for one, entry in bundle.media]
            scenarios = [
                (one.scenario, self._authoring.save(caller, one.scenario, one.text, None, overwrite=overwrite))
                for one in bundle.scenarios
            ]
        return TakenIn(scenarios, media)

    def make(self, caller: Caller, chatbots: Sequence[str]) -> Iterator[bytes]:
        """A bundle of the drafts of chatbots, of all where none is named, and the media that they name, in pieces.

        Raises NotFoundError, ConflictError, NotAllowedError, all before the first piece.
        """
        wanted = dict.fromkeys(chatbots or self._all(caller))
        documents = [self._authoring.draft(caller, chatbot).document for chatbot in wanted]
        keys = {key for one in documents for key in required_keys(one.text.encode()).assets}
        if keys and not caller.may(MEDIA_VIEW):
            raise NotAllowedError(f"These chatbots use media: a bundle takes the permission {MEDIA_VIEW.name!r}.")
        with self._authoring.database.reading() as work:
            ready = of_company(ASSETS, caller.company).where(ASSETS.c.key.in_(keys), ASSETS.c.state == "ready")
            rows = work.all(ready.order_by(ASSETS.c.key))
        return self._packed(documents, rows)

    def _all(self, caller: Caller) -> list[str]:
        ids = sa.select(CHATBOTS.c.scenario).where(
            CHATBOTS.c.company_id == caller.company, CHATBOTS.c.deleted_at.is_(None)
        )
        with self._authoring.database.reading() as work:
            rows = work.all(ids.order_by(CHATBOTS.c.scenario).limit(MOST_CHATBOTS + 1))
        if len(rows) > MOST_CHATBOTS:
            raise ConflictError(f"A bundle may hold {MOST_CHATBOTS} chatbots, and there are more: name those you want.")
        return [row["scenario"] for row in rows]

    def _packed(self, documents: Iterable[Document], rows: Sequence[sa.RowMapping]) -> Iterator[bytes]:
        media = [
            MediaEntry(row["key"], row["name"], f"{MEDIA}{number}{Path(file_name(row)).suffix}")
            for number, row in enumerate(rows, 1)
        ]
        out = _Out()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_info(MANIFEST), msgspec.json.format(msgspec.json.encode(Manifest(media=media))))
            for document in documents:
                archive.writestr(_info(f"{SCENARIOS}{quote(document.scenario, safe=' ')}.json"), document.text)
                yield out.taken()
            for entry, row in zip(media, rows, strict=True):
                info = _info(entry.file, zipfile.ZIP_STORED)
                info.file_size = row["bytes"]
                with self._assets.file_of(row).open("rb") as file, archive.open(info, "w") as packed:
                    while piece := file.read(PIECE):
                        packed.write(piece)
                        yield out.taken()
        yield out.taken()

    def _upload(
        self, caller: Caller, path: Path, one: MediaEntry, entry: zipfile.ZipInfo, replaces: str | None
    ) -> Stored:
        try:
            return self._assets.upload(caller, one.key, one.name, pieces(path, entry), replaces)
        except MediaTypeError as error:
            raise ArchiveError(f"{entry.filename!r} in the bundle: {error}") from None

    def _check_free(self, caller: Caller, bundle: _Bundle) -> None:
        """Whether nothing of the bundle is here with other content. Raises ConflictError that names all of it."""
        taken = []
        with self._authoring.database.reading() as work:
            for document in bundle.scenarios:
                row = work.first(of_company(CHATBOTS, caller.company).where(CHATBOTS.c.scenario == document.scenario))
                draft = find_draft(work, row["id"]) if row is not None else None
                if draft is not None and draft["document"] != document.text:
                    taken.append(f"chatbot {document.scenario!r}")
            for media, entry in bundle.media:
                row = work.first(of_company(ASSETS, caller.company).where(ASSETS.c.key == media.key))
                if row is not None and row["sha256"] != _sha256(bundle.path, entry):
                    taken.append(f"file {media.key!r}")
        if taken:
            raise ConflictError(
                f"There are others of these here: {', '.join(taken)}. Nothing was taken in; say that they may be "
                "overwritten, or take them out of the bundle."
            )


def _read(path: Path, entries: dict[str, zipfile.ZipInfo]) -> _Bundle:
    """What is in a bundle, everything checked that can be before anything is kept."""
    manifest = _manifest(path, entries)
    files = {one.file: one for one in manifest.media}
    scenarios, media = [], []
    for name, entry in entries.items():
        if name.startswith(SCENARIOS) and name.endswith(".json"):
            scenarios.append(_scenario(path, entry))
        elif name in files:
            media.append((files.pop(name), entry))
        elif name != MANIFEST:
            raise ArchiveError(f"{name!r} in the bundle is neither a scenario nor a file that {MANIFEST} names.")
    if files:
        raise ArchiveError(f"{MANIFEST} names {next(iter(files))!r}, which is not in the bundle.")
    _check_once("scenario", [one.scenario for one in scenarios])
    _check_once("file", [one.key for one, _ in media])
    for one, _ in media:
        check_key(one.key)
    return _Bundle(path, scenarios, media)


def _manifest(path: Path, entries: dict[str, zipfile.ZipInfo]) -> Manifest:
    entry = entries.get(MANIFEST)
    if entry is None:
        return Manifest()
    try:
        return msgspec.json.decode(content(path, entry, MOST_MANIFEST_BYTES), type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ArchiveError(f"{MANIFEST} cannot be read: {error}.") from None


def _scenario(path: Path, entry: zipfile.ZipInfo) -> Document:
    document = readable(content(path, entry, MAX_SCENARIO_BYTES))
    check_id(document.scenario, document)
    return document


def _check_once(what: str, names: list[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ArchiveError(f"The {what} {twice!r} is twice in the bundle.")


def _sha256(path: Path, entry: zipfile.ZipInfo) -> str:
    digest = sha256()
    for piece in pieces(path, entry):
        digest.update(piece)
    return digest.hexdigest()


def _info(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = method
    info.external_attr = 0o644 << 16
    return info


class _Out:
    """A file that cannot be gone back in: what was written is taken away piece by piece."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        """Take what zipfile writes."""
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing to close."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        data = b"".join(self._written)
        self._written.clear()
        return data
