"""Writing and reading the audit log (AC-3).

`Audit.note` writes a row in the transaction of the change: either both are there or neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from botflow.audit.models import AuditEntry
from botflow.clock import Clock
from botflow.db import UnitOfWork, of_company, table_of
from botflow.permissions import Caller

ENTRIES: Final = table_of(AuditEntry)
MASKED: Final = "***"
LONGEST_VALUE: Final = 1000
"""Most characters of a value that an entry keeps."""
SECRET_NAME: Final = re.compile(
    r"password|secret|token|credential|private|digest|signature|webhook_key|(^|_)(api|auth)_?key$", re.IGNORECASE
)
SYSTEM: Final = "botflow"


class Audit:
    """Writes the audit log."""

    def __init__(self, clock: Clock, ids: Callable[[], str]) -> None:
        self._clock = clock
        self._ids = ids

    def note(
        self,
        work: UnitOfWork,
        caller: Caller,
        action: str,
        object_id: str,
        old: Mapping[str, Any] | None = None,
        new: Mapping[str, Any] | None = None,
    ) -> None:
        """Note that somebody did something: `action` is the kind of the object and what happened: `sender.updated`.

        `old` and `new` are its fields before and after; of both only those that differ are kept, secrets as `***`.
        None: there was none, or is none any more.
        """
        before, after = _differences(old, new)
        row = AuditEntry(
            id=self._ids(),
            company_id=caller.company,
            at=self._clock(),
            user_id=caller.user,
            key_id=caller.key,
            actor=caller.name or SYSTEM,
            action=action,
            kind=action.partition(".")[0],
            object_id=object_id,
            old=before,
            new=after,
        )
        work.execute(ENTRIES.insert().values(row.model_dump()))


def masked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields without what is secret, by name, at any depth; long texts cut."""
    return {name: MASKED if SECRET_NAME.search(name) else _masked(value) for name, value in fields.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, Mapping):
        return masked({str(name): part for name, part in value.items()})
    if isinstance(value, list | tuple):
        return [_masked(part) for part in value]
    if isinstance(value, str):
        return value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…"
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _differences(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    if old is None or new is None:
        return (None if old is None else masked(old)), (None if new is None else masked(new))
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return (
        masked({name: old[name] for name in names if name in old}),
        masked({name: new[name] for name in names if name in new}),
    )


def erase_values(work: UnitOfWork, company_id: str, contact_id: str, addresses: Collection[str]) -> int:
    """Mask what entries tell of a contact: by its id, and of blacklists by its addresses. Returns of how many."""
    named = [fields["address"].as_string().in_(sorted(addresses)) for fields in (ENTRIES.c.old, ENTRIES.c.new)]
    about = sa.or_(
        sa.and_(ENTRIES.c.kind.in_(("contact", "consent")), ENTRIES.c.object_id == contact_id),
        sa.and_(ENTRIES.c.kind == "blacklist", sa.or_(*named)),
    )
    return _mask(work, work.all(entries_of(company_id).where(about)))


def erase_names(work: UnitOfWork, company_id: str, kind: str, object_ids: Collection[str]) -> int:
    """Mask what entries tell of objects of a kind, such as the names of files. Returns of how many."""
    about = sa.and_(ENTRIES.c.kind == kind, ENTRIES.c.object_id.in_(sorted(object_ids)))
    return _mask(work, work.all(entries_of(company_id).where(about))) if object_ids else 0


def _mask(work: UnitOfWork, rows: Sequence[sa.RowMapping]) -> int:
    for row in rows:
        values = {side: row[side] and dict.fromkeys(row[side], MASKED) for side in ("old", "new")}
        work.execute(ENTRIES.update().where(ENTRIES.c.id == row["id"]).values(values))
    return len(rows)


def entries_of(company_id: str) -> sa.Select[Any]:
    """The entries of a company, to filter and to page."""
    return of_company(ENTRIES, company_id)


def each_entry(work: UnitOfWork, select: sa.Select[Any], most: int) -> Iterator[sa.RowMapping]:
    """The newest entries of a selection, newest first."""
    yield from work.all(select.order_by(ENTRIES.c.id.desc()).limit(most))
