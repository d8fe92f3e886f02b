"""The contacts of a company as people keep them: found, made, changed and deleted (CT-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from botflow.audit.service import Audit
from botflow.consent.service import consent_of
from botflow.contacts.attributes import AttributeTest
from botflow.contacts.erased import ErasedAddresses
from botflow.contacts.models import Contact
from botflow.contacts.service import CONTACTS
from botflow.contacts.tags import has_tag, set_tags, tags_of
from botflow.db import UnitOfWork, containing, new_row, of_company
from botflow.errors import ConflictError, Fault, InvalidError, NotFoundError
from botflow.permissions import Caller

CONTACT_SORTS: Final[Mapping[str, sa.ColumnElement[Any]]] = {
    "created_at": CONTACTS.c.created_at,
    "name": sa.func.coalesce(CONTACTS.c.name, sa.literal("", sa.String())),
    "address": CONTACTS.c.address,
}
FIELDS: Final = ("phone", "name", "time_zone")
MOST_FITTING: Final = 1_000
"""Contacts that one filter may change or delete at once."""
MOST_TAGS: Final = 100
_IS_THERE: Final = CONTACTS.c.erased_at.is_(None)


@dataclass(frozen=True)
class ContactFilter:
    """Which contacts; None says nothing. `created` is a period in milliseconds, which ends before its second time.

    They have all of the `tags`, and every one of `where` is so.
    """

    search: str | None = None
    phone: str | None = None
    address: str | None = None
    time_zone: str | None = None
    has_name: bool | None = None
    created: tuple[int | None, int | None] = (None, None)
    tags: tuple[str, ...] = ()
    where: tuple[AttributeTest, ...] = ()


def contacts_of(company_id: str, wanted: ContactFilter = ContactFilter()) -> sa.Select[Any]:
    """The contacts of a company that fit."""
    return of_company(CONTACTS, company_id).where(_IS_THERE, *_conditions(wanted))


def _conditions(wanted: ContactFilter) -> Iterable[sa.ColumnElement[bool]]:
    if wanted.search is not None:
        yield containing(wanted.search, CONTACTS.c.name, CONTACTS.c.phone, CONTACTS.c.address)
    if wanted.phone is not None:  # whoever wrote first is known by the number as an address only
        yield sa.or_(CONTACTS.c.phone == wanted.phone, CONTACTS.c.address == wanted.phone)
    for name in ("address", "time_zone"):
        if (value := getattr(wanted, name)) is not None:
            yield CONTACTS.c[name] == value
    if wanted.has_name is not None:
        yield CONTACTS.c.name.is_not(None) if wanted.has_name else CONTACTS.c.name.is_(None)
    since, until = wanted.created
    if since is not None:
        yield CONTACTS.c.created_at >= since
    if until is not None:
        yield CONTACTS.c.created_at < until
    yield from map(has_tag, wanted.tags)
    yield from (test.condition() for test in wanted.where)


def fitting(work: UnitOfWork, company_id: str, wanted: ContactFilter) -> list[str]:
    """The ids of the contacts that fit. Raises ConflictError where these are more than can be changed at once."""
    found = contacts_of(company_id, wanted).with_only_columns(CONTACTS.c.id).order_by(CONTACTS.c.id)
    ids = [row["id"] for row in work.all(found.limit(MOST_FITTING + 1))]
    if len(ids) > MOST_FITTING:
        raise ConflictError(f"More than {MOST_FITTING:,} contacts fit: narrow it down, and go on with the others.")
    return ids


def check_not_all(work: UnitOfWork, company_id: str, ids: Sequence[str]) -> None:
    """Raises ConflictError where a filter leaves no contact out."""
    others = contacts_of(company_id).where(CONTACTS.c.id.not_in(ids))
    if ids and work.first(others.limit(1)) is None:
        raise ConflictError("These are all contacts that there are: name those that are meant by their ids.")


def make_contact(
    work: UnitOfWork,
    audit: Audit,
    erased: ErasedAddresses,
    caller: Caller,
    new_id: str,
    now: int,
    fields: Mapping[str, Any],
) -> tuple[str, bool]:
    """Make a contact, whose number is its address too. Returns its id, and whether it is new.

    The same again changes nothing. Raises ConflictError where another contact has the number.
    """
    values = {**{name: fields.get(name) for name in FIELDS}, "attributes": _merged({}, fields.get("attributes") or {})}
    tags = _tagged([], fields)
    row = new_row(Contact, id=new_id, company_id=caller.company, address=values["phone"], created_at=now, **values)
    known = erased.recall(work, caller.company, fields["phone"], now)
    if known is not None:
        work.execute(CONTACTS.update().where(CONTACTS.c.id == known).values(values))
        set_tags(work, caller.company, known, tags)
        audit.note(work, caller, "contact.created", known, None, {**values, "tags": tags})
        return known, True
    work.insert_once(CONTACTS, row)
    (kept,) = work.all(of_company(CONTACTS, caller.company).where(CONTACTS.c.address == values["phone"]))
    if kept["id"] != new_id:
        if _shown(kept, tags_of(work, [kept["id"]]).get(kept["id"], [])) != {**values, "tags": tags}:
            raise ConflictError(f"There is a contact with this number, {kept['id']}: change that one.")
        return str(kept["id"]), False
    set_tags(work, caller.company, new_id, tags)
    audit.note(work, caller, "contact.created", new_id, None, {**values, "tags": tags})
    return new_id, True


def write_contacts(
    work: UnitOfWork,
    audit: Audit,
    erased: ErasedAddresses,
    caller: Caller,
    ids: Sequence[str],
    changes: Mapping[str, Any],
) -> None:
    """Change fields of contacts; None clears one. Attributes and tags are changed one by one.

    Raises NotFoundError, and InvalidError where a contact would have too many tags.
    """
    rows = _locked(work, caller, ids)
    tags = tags_of(work, [row["id"] for row in rows])
    fields = {name: value for name, value in changes.items() if name in FIELDS}
    for row in rows:
        old = _shown(row, tags.get(row["id"], []))
        values = {
            **{name: row[name] for name in FIELDS},
            **fields,
            "attributes": _merged(old["attributes"], changes.get("attributes") or {}),
        }
        new = {**values, "tags": _tagged(old["tags"], changes)}
        if new != old:
            work.execute(CONTACTS.update().where(CONTACTS.c.id == row["id"]).values(values))
            erased.recall_listed(work, caller.company, {new["phone"]} - {old["phone"], None})
            audit.note(work, caller, "contact.updated", row["id"], old, new)
        if new["tags"] != old["tags"]:
            set_tags(work, caller.company, row["id"], new["tags"])


LockConversations: TypeAlias = Callable[[UnitOfWork, Sequence[str]], None]
"""Locks every conversation of contacts until the transaction ends."""


def remove_contacts(
    work: UnitOfWork, audit: Audit, lock: LockConversations, caller: Caller, ids: Sequence[str], now: int
) -> None:
    """Delete contacts with their conversations. Raises NotFoundError, and ConflictError where one has opted out.

    The conversations are locked first: turns lock theirs, and then the contact.

    With the contact its opt-out would be forgotten: somebody who adds the number again could write to it. An erasure
    remembers it (botflow.erasure). The audit log says that one was deleted.
    """
    lock(work, [row["id"] for row in work.all(_meant(caller, ids))])
    for row in _locked(work, caller, ids):
        standings = consent_of(work, caller.company, row["id"])
        if any(standing.at(now) in ("opt_out", "no") for standing in standings.values()):
            raise ConflictError(f"The contact {row['id']} has opted out, which has to be remembered: erase it instead.")
        work.execute(CONTACTS.delete().where(CONTACTS.c.id == row["id"]))
        audit.note(work, caller, "contact.deleted", row["id"])


def _locked(work: UnitOfWork, caller: Caller, ids: Sequence[str]) -> list[sa.RowMapping]:
    """The contacts, locked in the order of their ids. Raises NotFoundError where one is not there."""
    rows = work.all(_meant(caller, ids).order_by(CONTACTS.c.id).with_for_update(key_share=True))
    missing = sorted(set(ids) - {row["id"] for row in rows})
    if missing:
        raise NotFoundError(f"There is no contact {missing[0]!r}.")
    return rows


def _meant(caller: Caller, ids: Sequence[str]) -> sa.Select[Any]:
    return contacts_of(caller.company).where(CONTACTS.c.id.in_(sorted(set(ids))))


def _shown(row: sa.RowMapping, tags: Sequence[str]) -> dict[str, Any]:
    return {**{name: row[name] for name in FIELDS}, "attributes": dict(row["attributes"]), "tags": list(tags)}


def _tagged(old: Sequence[str], changes: Mapping[str, Any]) -> list[str]:
    """The tags after a change. Raises InvalidError where these are too many."""
    tags = sorted({*old, *(changes.get("add_tags") or ())} - set(changes.get("remove_tags") or ()))
    if len(tags) > MOST_TAGS:
        raise InvalidError([Fault("/add_tags", f"a contact has at most {MOST_TAGS} tags")])
    return tags


def _merged(old: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**old, **changes}.items() if value is not None}
