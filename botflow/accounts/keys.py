"""API keys: what programs call the API with (AP-1).

A key is `bf_<prefix>_<secret>`: the prefix finds the row, and 256 random bits make the rest. Their SHA-256 is kept; a
slow hash would protect nothing, since nobody can guess them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from botflow.accounts.grants import check_grant, check_known, check_senders
from botflow.accounts.models import ApiKey
from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, of_company, table_of
from botflow.errors import NotFoundError
from botflow.permissions import Caller

KEYS: Final = table_of(ApiKey)
PREFIX_BYTES: Final = 8
SECRET_BYTES: Final = 32
MARK: Final = "bf"
USED_AGAIN_MS: Final = 60_000
"""`used_at` is as exact as this: not every call is a write."""

_KEY: Final = re.compile(rf"{MARK}_([0-9a-f]{{{2 * PREFIX_BYTES}}})_[0-9A-Za-z_-]{{43}}")
_BY_PREFIX: Final = sa.select(KEYS).where(KEYS.c.prefix == sa.bindparam("prefix"))


@dataclass(frozen=True)
class NewKey:
    """A key that was made: the one time that its text is known."""

    id: str
    text: str


def digest_of(text: str) -> str:
    """What is kept of a secret of many random bits."""
    return hashlib.sha256(text.encode()).hexdigest()


class ApiKeys:
    """The API keys of every company."""

    def __init__(self, clock: Clock, ids: Callable[[], str], audit: Audit) -> None:
        self._clock = clock
        self._ids = ids
        self._audit = audit

    def make(
        self,
        work: UnitOfWork,
        caller: Caller,
        name: str,
        scopes: Collection[str],
        senders: Sequence[str] | None = None,
        expires_at: int | None = None,
    ) -> NewKey:
        """A new key of the company. Raises InvalidError, and NotAllowedError: nobody grants more than they have."""
        check_known(scopes, "/scopes")
        check_grant(caller, scopes)
        check_senders(caller, senders)
        prefix = secrets.token_hex(PREFIX_BYTES)
        text = f"{MARK}_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
        row = ApiKey(
            id=self._ids(),
            company_id=caller.company,
            name=name,
            prefix=prefix,
            digest=digest_of(text),
            scopes=sorted(set(scopes)),
            senders=None if senders is None else sorted(set(senders)),
            created_by=caller.user,
            expires_at=expires_at,
            created_at=self._clock(),
        )
        work.execute(KEYS.insert().values(row.model_dump()))
        self._audit.note(work, caller, "api_key.created", row.id, None, _facts(row.model_dump()))
        return NewKey(row.id, text)

    def find(self, work: UnitOfWork, caller: Caller, key_id: str) -> sa.RowMapping:
        """A key of the caller's company. Raises NotFoundError."""
        row = work.first(of_company(KEYS, caller.company).where(KEYS.c.id == key_id))
        if row is None:
            raise NotFoundError("There is no such API key.")
        return row

    def revoke(self, work: UnitOfWork, caller: Caller, key_id: str) -> None:
        """End a key for good. Raises NotFoundError, and NotAllowedError where it may do more than the caller."""
        row = self.find(work, caller, key_id)
        check_grant(caller, row["scopes"])
        check_senders(caller, row["senders"])
        work.execute(KEYS.delete().where(KEYS.c.id == key_id))
        self._audit.note(work, caller, "api_key.revoked", key_id, _facts(row), None)

    def caller(self, database: Database, text: str) -> Caller | None:
        """Who calls with this key, or None where it is none or has expired."""
        found = _KEY.fullmatch(text)
        if found is None:
            return None
        now = self._clock()
        with database.reading() as work:
            row = work.first(_BY_PREFIX, prefix=found[1])
        if row is None or not hmac.compare_digest(row["digest"], digest_of(text)):
            return None
        if row["expires_at"] is not None and row["expires_at"] <= now:
            return None
        if row["used_at"] is None or now - row["used_at"] >= USED_AGAIN_MS:
            with database.transaction() as work:
                work.execute(KEYS.update().where(KEYS.c.id == row["id"]).values(used_at=now))
        return Caller(
            company=row["company_id"],
            key=row["id"],
            name=row["name"],
            permissions=frozenset(row["scopes"]),
            senders=None if row["senders"] is None else frozenset(row["senders"]),
        )


def _facts(row: Any) -> dict[str, Any]:
    """What the audit log tells of a key."""
    return {name: row[name] for name in ("name", "prefix", "scopes", "senders", "expires_at")}
