"""The media library: uploads, files of contacts, links for vendors, and keeping rows and files together (AS-1).

A file is written whole, then moved to its place, then known by a row. So a crash leaves at most a file that no row
knows, which `tidy` removes; a row whose file is gone is marked there too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote

import msgspec
import sqlalchemy as sa
import structlog

from botflow.assets.models import WANTED, AssetRow
from botflow.assets.store import FileStore, Part, StorageFullError
from botflow.assets.types import MEDIA_TYPES, UNKNOWN, Described, describe, describe_any
from botflow.audit.service import Audit
from botflow.channels.contract import Attachment
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, json_text, of_company, table_of
from botflow.errors import ConflictError, Fault, InvalidError, NotFoundError, RequestError, TooLargeError
from botflow.permissions import Caller
from botflow.senders.sealing import Seal
from botflow.senders.service import SenderAccounts
from botflow_runtime.content.fields import KEY_LENGTH
from botflow_runtime.content.model import objects
from botflow_runtime.json_types import JsonObject

ASSETS: Final = table_of(AssetRow)

PUBLIC_PATH: Final = "/media"
"""What links for vendors begin with."""
ANY_FILE: Final = "*"
NAME_LENGTH: Final = 200
FETCH_AT_ONCE: Final = 10
FETCH_LEASE_MS: Final = 600_000
"""Longest time that getting a file may take before somebody else tries."""
MOST_FETCHES: Final = 8
FIRST_RETRY_MS: Final = 15_000
TIDY_BATCH: Final = 500
TIDY_EVERY_MS: Final = 3_600_000

_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f/\\{}]|^\.{1,2}$|^\s*$")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f/\\\ud800-\udfff]")
_NO_SLUG: Final = re.compile(r"[^a-z0-9]+")

_log = structlog.get_logger()


class MissingAssetError(RequestError):
    """Content names a file that is not there, or not yet."""

    status = 422


@dataclass(frozen=True)
class Stored:
    """What became of an upload. `changed` is false when the key stood for these bytes already."""

    row: sa.RowMapping
    created: bool
    changed: bool


Users: TypeAlias = Callable[[UnitOfWork, Caller, str], list[str]]
"""What uses the file of a key, in words for the caller."""


class Assets:
    """The media of every company. `public_url` is the server's address for the outside, without a slash at its end;
    `users` tell what a file cannot be taken away from."""

    def __init__(
        self,
        database: Database,
        store: FileStore,
        seal: Seal,
        audit: Audit,
        clock: Clock,
        ids: Callable[[], str],
        public_url: str,
        most_bytes: int,
        users: Sequence[Users],
    ) -> None:
        self.database = database
        self.store = store
        self.most_bytes = most_bytes
        self._seal = seal
        self._audit = audit
        self._clock = clock
        self._ids = ids
        self._public_url = public_url.rstrip("/")
        self._users = users

    # --- the library -------------------------------------------------------------------------------------------------

    def upload(
        self,
        caller: Caller,
        key: str | None,
        name: str,
        pieces: Iterable[bytes],
        replaces: str | None = None,
    ) -> Stored:
        """Keep a file, under a key or under one made from its name. The same bytes again change nothing.

        Other bytes under a key that is taken are refused, unless the file there has the SHA-256 `replaces` (ANY_FILE:
        whichever). Raises InvalidError, ConflictError, NotFoundError, TooLargeError, MediaTypeError, StorageFullError.
        """
        if key is not None:
            self._check_upload(caller, key, replaces)
        file = self._ids()
        with self.store.coming(file, pieces, self.most_bytes) as part:
            if part.size == 0:
                raise InvalidError([Fault("", "the file is empty")])
            described = describe(part.path)
            self.store.keep(file, part)
        try:
            with self.database.transaction() as work:
                facts = _facts(described, part, _clean(name), file)
                key = key or self._free_key(work, caller, name, part, file)
                stored = self._keep(work, caller, key, facts, replaces)
        except BaseException:
            self.store.remove(file)
            raise
        if not stored.changed:
            self.store.remove(file)
        return stored

    def find(self, work: UnitOfWork, company_id: str, key: str) -> sa.RowMapping:
        """The row of a file. Raises NotFoundError."""
        row = work.first(of_company(ASSETS, company_id).where(ASSETS.c.key == key))
        if row is None:
            raise NotFoundError(f"There is no file {key!r}.")
        return row

    def rename(self, caller: Caller, key: str, name: str) -> sa.RowMapping:
        """Give a file another name; its key stays. Raises NotFoundError."""
        with self.database.transaction() as work:
            row = self.find(work, caller.company, key)
            work.execute(ASSETS.update().where(ASSETS.c.id == row["id"]).values(name=_clean(name)))
            self._audit.note(work, caller, "media.renamed", key, {"name": row["name"]}, {"name": _clean(name)})
            return self.find(work, caller.company, key)

    def delete(self, caller: Caller, key: str, *, force: bool = False) -> None:
        """Delete a file. Raises NotFoundError, and ConflictError while something uses it, unless `force`."""
        with self.database.transaction() as work:
            row = self.find(work, caller.company, key)
            users = [user for users_of in self._users for user in users_of(work, caller, key)]
            if users and not force:
                raise ConflictError(
                    f"The file {key!r} is used by {', '.join(users)}: change that first, and publish it where it is a "
                    "chatbot, or delete the file by force."
                )
            work.execute(ASSETS.delete().where(ASSETS.c.id == row["id"]))
            self._audit.note(work, caller, "media.deleted", key, {"name": row["name"], "sha256": row["sha256"]})
            self._remove_later(work, row["file"])

    def file_of(self, row: sa.RowMapping) -> Path:
        """Where the bytes are. Raises NotFoundError where there are none, with the reason."""
        path = self.store.path(row["file"]) if row["file"] else None
        if row["state"] != "ready" or path is None or not path.is_file():
            raise NotFoundError(f"The file {row['key']!r} has no content: {row['problem'] or 'it is not here yet'}.")
        return path

    # --- links for vendors -------------------------------------------------------------------------------------------

    def url(self, row: sa.RowMapping) -> str:
        """The address at which anybody who knows it can get the file; other content has another address."""
        return f"{self._public_url}{self._path(row)}"

    def of_link(self, work: UnitOfWork, asset_id: str, signature: str) -> sa.RowMapping:
        """The row of a link. Raises NotFoundError, for a wrong signature too."""
        row = work.first(sa.select(ASSETS).where(ASSETS.c.id == asset_id))
        if row is None or not self._seal.is_signature(signature, self._signed(row)):
            raise NotFoundError("There is no such file.")
        return row

    def resolve(self, work: UnitOfWork, company_id: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
        """Content whose media are addresses; content without media as it is. Raises MissingAssetError."""
        keys = _keys_in(content)
        if not keys:
            return content
        rows = files_named(work, company_id, keys)
        return _addressed(content, {key: self.url(_ready(rows, key)) for key in keys})

    def shown(self, company_id: str, contents: Sequence[JsonObject]) -> Sequence[JsonObject]:
        """Contents as our own page shows them: their media as paths of this server, but for files that are not there.

        A visitor of one chat cannot guess the paths that another was given.
        """
        keys = set[str]().union(*map(_keys_in, contents))
        if not keys:
            return contents
        with self.database.reading() as work:
            rows = files_named(work, company_id, keys)
        paths = {key: self._path(row) for key, row in rows.items() if row["state"] == "ready"}
        return [_addressed(content, paths) for content in contents]

    def _path(self, row: sa.RowMapping) -> str:
        return f"{PUBLIC_PATH}/{row['id']}/{self._signature(row)}/{quote(file_name(row))}"

    def _signature(self, row: sa.RowMapping) -> str:
        return self._seal.sign(self._signed(row))

    def _signed(self, row: sa.RowMapping) -> str:
        return f"{PUBLIC_PATH}/{row['id']}/{row['sha256']}"

    # --- files of contacts -------------------------------------------------------------------------------------------

    def fetch_pending(self, accounts: SenderAccounts, stopping: Callable[[], bool] = lambda: False) -> int | None:
        """Get what contacts have sent from the vendors. Returns when there is more to do, in ms since the epoch.

        Asked to stop, it leaves what it has claimed to whoever comes when the claim is over.
        """
        while not stopping():
            with self.database.reading() as work:
                due: int | None = work.value(_NEXT_FETCH)
            if due is None or due > self._clock():
                return due
            with self.database.transaction() as work:
                rows = _claim(work, self._clock())
            if not rows:
                return due  # somebody else has just taken them
            for row in rows:
                if not stopping():
                    self._fetch(accounts, row)
        return None

    def _fetch(self, accounts: SenderAccounts, row: sa.RowMapping) -> None:
        attachment = msgspec.convert(msgspec.json.decode(row["reference"]), Attachment)
        file = self._ids()
        try:
            with self.database.reading() as work:
                adapter, account = accounts.of_sender(work, row["sender_id"])
            with self.store.coming(file, adapter.fetch(account, attachment), self.most_bytes) as part:
                described = describe_any(part.path)
                self.store.keep(file, part)
        except TooLargeError as error:
            self._settle_fetch(row, {"state": "failed", "problem": str(error)})
        except Exception as error:  # whatever one vendor or one file does, the others are got
            _log.warning("attachment not fetched", asset=row["id"], problem=str(error), exc_info=not _is_usual(error))
            self._settle_fetch(row, _after_failure(row, error, self._clock()))
        else:
            facts = _facts(described, part, row["name"], file)
            self._settle_fetch(row, facts | {"state": "ready", "problem": None})

    def _settle_fetch(self, row: sa.RowMapping, values: Mapping[str, Any]) -> None:
        with self.database.transaction() as work:
            wanted = sa.and_(ASSETS.c.id == row["id"], ASSETS.c.state == "incoming")
            if not work.execute(ASSETS.update().where(wanted).values(values)).rowcount and "file" in values:
                self._remove_later(work, values["file"])

    def erase_received(self, work: UnitOfWork, company_id: str, keys: Collection[str]) -> tuple[int, int]:
        """Delete files of contacts by their keys. Returns how many there were, and how many of them had bytes."""
        if not keys:
            return 0, 0
        own = sa.and_(ASSETS.c.company_id == company_id, ASSETS.c.source == "contact", ASSETS.c.key.in_(sorted(keys)))
        files = [row["file"] for row in work.all(sa.select(ASSETS.c.file).where(own))]
        work.execute(ASSETS.delete().where(own))
        for file in files:
            self._remove_later(work, file)
        return len(files), sum(file is not None for file in files)

    # --- rows and files together -------------------------------------------------------------------------------------

    def tidy(self) -> int:
        """Remove files that no row knows, and mark rows whose file is gone. Returns when to do it next."""
        now = self._clock()
        names = list(self.store.abandoned(now / 1000))
        for batch in (names[start : start + TIDY_BATCH] for start in range(0, len(names), TIDY_BATCH)):
            with self.database.reading() as work:
                known = {row["file"] for row in work.all(sa.select(ASSETS.c.file).where(ASSETS.c.file.in_(batch)))}
            for name in batch:
                if name not in known:
                    self.store.remove(name)
                    _log.info("file without a row removed", file=name)
        for row in self._ready_rows():
            if not self.store.path(row["file"]).is_file():
                self._mark_lost(row)
        return now + TIDY_EVERY_MS

    def _ready_rows(self) -> Iterator[sa.RowMapping]:
        last = ""
        while True:
            some = sa.select(ASSETS.c.id, ASSETS.c.file).where(ASSETS.c.state == "ready", ASSETS.c.id > last)
            with self.database.reading() as work:
                rows = work.all(some.order_by(ASSETS.c.id).limit(TIDY_BATCH))
            yield from rows
            if len(rows) < TIDY_BATCH:
                return
            last = rows[-1]["id"]

    def _mark_lost(self, row: sa.RowMapping) -> None:
        _log.error("file of an asset is gone", asset=row["id"], file=row["file"])
        lost = {"state": "lost", "problem": "its file is gone from the server's disk; upload it again"}
        with self.database.transaction() as work:
            work.execute(ASSETS.update().where(ASSETS.c.id == row["id"], ASSETS.c.file == row["file"]).values(lost))

    def _remove_later(self, work: UnitOfWork, file: str | None) -> None:
        if file:
            work.after_commit(lambda: self.store.remove(file))

    def _check_upload(self, caller: Caller, key: str, replaces: str | None) -> None:
        """Refuse what would be refused in the end, before a large file has come."""
        check_key(key)
        if replaces not in (None, ANY_FILE):
            with self.database.reading() as work:
                self.find(work, caller.company, key)

    def _keep(
        self, work: UnitOfWork, caller: Caller, key: str, facts: Mapping[str, Any], replaces: str | None
    ) -> Stored:
        """The row of an upload: a new one, or the one that is there with other bytes."""
        now = self._clock()
        asset = AssetRow(
            id=self._ids(),
            company_id=caller.company,
            key=key,
            source="library",
            state="ready",
            created_at=now,
            created_by=caller.name or None,
            **facts,
        )
        work.insert_once(ASSETS, asset.model_dump())
        row = work.all(of_company(ASSETS, caller.company).where(ASSETS.c.key == key).with_for_update())[0]
        noted = {"name": facts["name"], "sha256": facts["sha256"]}
        if row["id"] == asset.id:
            self._audit.note(work, caller, "media.uploaded", key, None, noted)
            return Stored(row, created=True, changed=True)
        if row["sha256"] == facts["sha256"] and row["state"] == "ready":
            return Stored(row, created=False, changed=False)
        if replaces not in (row["sha256"], ANY_FILE) and row["state"] != "lost":
            raise ConflictError(
                f"There is another file {key!r} already: choose another key, or say with `replaces` that it goes."
            )
        change = {**facts, "state": "ready", "problem": None, "created_at": now, "created_by": caller.name or None}
        work.execute(ASSETS.update().where(ASSETS.c.id == row["id"]).values(change))
        self._audit.note(work, caller, "media.replaced", key, {"name": row["name"], "sha256": row["sha256"]}, noted)
        self._remove_later(work, row["file"])
        return Stored(self.find(work, caller.company, key), created=False, changed=True)

    def _free_key(self, work: UnitOfWork, caller: Caller, name: str, part: Part, file: str) -> str:
        """A key made from a name: with something behind it where another file has it."""
        stem = _NO_SLUG.sub("-", Path(name).stem.lower()).strip("-")[:80] or "file"
        taken = work.first(of_company(ASSETS, caller.company).where(ASSETS.c.key == stem))
        return stem if taken is None or taken["sha256"] == part.sha256 else f"{stem}-{file[-8:]}"


def check_key(key: str) -> None:
    """Whether a file can go by this key. Raises InvalidError."""
    if len(key) > KEY_LENGTH or _UNFIT.search(key):
        fault = f"{key[:KEY_LENGTH]!r} cannot be a key: use up to {KEY_LENGTH} characters, no slash, no brace"
        raise InvalidError([Fault("/key", f"{fault} and no control character.")])


def file_name(row: sa.RowMapping) -> str:
    """The name of a file with the extension of what it is, whatever it was called."""
    extension = next((known.extension for known in MEDIA_TYPES.values() if known.name == row["media_type"]), None)
    name: str = row["name"]
    if extension is None:
        return name
    return name if name.lower().endswith(extension) else f"{Path(name).stem or 'file'}{extension}"


def known_keys(work: UnitOfWork, company_id: str, keys: Iterable[str]) -> set[str]:
    """Those of the keys that the company has a file for."""
    wanted = list(keys)
    if not wanted:
        return set()
    rows = work.all(sa.select(ASSETS.c.key).where(ASSETS.c.company_id == company_id, ASSETS.c.key.in_(wanted)))
    return {row["key"] for row in rows}


def note_incoming(
    work: UnitOfWork, new_id: str, now: int, company_id: str, sender_id: str, attachment: Attachment
) -> str:
    """Note a file that a contact has sent, in the transaction of its message. Returns its key; its bytes follow."""
    asset = AssetRow(
        id=new_id,
        company_id=company_id,
        key=f"received-{new_id}",
        name=_clean(attachment.name or "attachment"),
        source="contact",
        state="incoming",
        media_type=UNKNOWN.name,
        kind=UNKNOWN.kind,
        sender_id=sender_id,
        reference=json_text(attachment),
        due_at=now,
        created_at=now,
    )
    work.execute(ASSETS.insert().values(asset.model_dump()))
    return asset.key


_INCOMING: Final = sa.text(WANTED)
_DUE: Final = (
    sa.select(ASSETS)
    .where(_INCOMING, ASSETS.c.due_at <= sa.bindparam("now", type_=sa.BigInteger()))
    .order_by(ASSETS.c.due_at)
    .limit(FETCH_AT_ONCE)
    .with_for_update(skip_locked=True)
)
_NEXT_FETCH: Final = sa.select(sa.func.min(ASSETS.c.due_at)).where(_INCOMING)


def _claim(work: UnitOfWork, now: int) -> list[sa.RowMapping]:
    rows = work.all(_DUE, now=now)
    if rows:
        claimed = ASSETS.update().where(ASSETS.c.id.in_([row["id"] for row in rows]))
        work.execute(claimed.values(due_at=now + FETCH_LEASE_MS, attempts=ASSETS.c.attempts + 1))
    return rows


def _after_failure(row: sa.RowMapping, error: Exception, now: int) -> JsonObject:
    """Try again later, for longer and longer; in the end it has failed."""
    attempts = row["attempts"] + 1
    if attempts >= MOST_FETCHES:
        return {"state": "failed", "problem": f"it could not be got from the vendor: {error}"[:500]}
    return {"due_at": now + FIRST_RETRY_MS * 2 ** (attempts - 1)}


def _is_usual(error: Exception) -> bool:
    """Whether this can happen without a mistake of ours."""
    return isinstance(error, OSError | StorageFullError | KeyError)


def _keys_in(content: JsonObject | Mapping[str, Any]) -> set[str]:
    return {item["asset"] for _, item in objects(content) if isinstance(item.get("asset"), str)}


def files_named(work: UnitOfWork, company_id: str, keys: Iterable[str]) -> dict[str, sa.RowMapping]:
    """The rows of those keys that the company has a file for, whatever their state."""
    rows = work.all(of_company(ASSETS, company_id).where(ASSETS.c.key.in_(keys)))
    return {row["key"]: row for row in rows}


def _addressed(content: Mapping[str, Any], addresses: Mapping[str, str]) -> dict[str, Any]:
    """The content, its media as addresses, where their keys have one."""
    addressed = deepcopy(dict(content))
    for _, item in objects(addressed):
        if isinstance(item.get("asset"), str) and item["asset"] in addresses:
            item["url"] = addresses[item.pop("asset")]
    return addressed


def _ready(rows: Mapping[str, sa.RowMapping], key: str) -> sa.RowMapping:
    row = rows.get(key)
    if row is None:
        raise MissingAssetError(f"There is no file {key!r} in the media library: upload it under this key.")
    if row["state"] != "ready":
        raise MissingAssetError(f"The file {key!r} has no content: {row['problem'] or 'it is not here yet'}.")
    return row


def _facts(described: Described, part: Part, name: str, file: str) -> dict[str, Any]:
    return {
        "name": name,
        "kind": described.type.kind,
        "media_type": described.type.name,
        "bytes": part.size,
        "sha256": part.sha256,
        "width": described.width,
        "height": described.height,
        "file": file,
    }


def _clean(name: str) -> str:
    """A name as people may be shown it, and as a file may be called."""
    return _UNPRINTABLE.sub("", name).strip(" .")[:NAME_LENGTH] or "file"
