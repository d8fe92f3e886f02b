"""Contacts: found by their address, and what a turn may know of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final, NamedTuple, TypeAlias

import sqlalchemy as sa

from botflow.contacts.models import Contact
from botflow.contacts.numbers import number_in
from botflow.db import UnitOfWork, of_company, one_of, table_of
from botflow_runtime.json_types import Json

CONTACTS: Final = table_of(Contact)
CONTACT_FACTS: Final = sa.select(
    CONTACTS.c.id, CONTACTS.c.company_id, CONTACTS.c.address, CONTACTS.c.phone, CONTACTS.c.time_zone
).subquery("contact_facts")
"""What other domains may know of a contact, to join with."""

_CONTACT: Final = sa.select(CONTACTS).where(CONTACTS.c.id == sa.bindparam("contact"))
_CONTACTS: Final = sa.select(CONTACTS).where(one_of(CONTACTS.c.id, "contacts"))
_LOCKED: Final = _CONTACT.with_for_update(key_share=True)

# Not FOR UPDATE: rows that refer to the contact may be added meanwhile.
_LOCK: Final = sa.select(CONTACTS.c.id).where(CONTACTS.c.id == sa.bindparam("contact")).with_for_update(key_share=True)


def find_contact(work: UnitOfWork, company_id: str, contact_id: str) -> sa.RowMapping | None:
    """A contact of a company, or None."""
    return work.first(of_company(CONTACTS, company_id).where(CONTACTS.c.id == contact_id))


def lock_contact(work: UnitOfWork, contact_id: str) -> None:
    """Let nobody else lock the contact until the transaction ends."""
    work.first(_LOCK, contact=contact_id)


Recall: TypeAlias = Callable[[UnitOfWork, str, str, int], str | None]
"""The contact that had an address of a company before it was erased, and has it again from now on."""


def nobody_erased(work: UnitOfWork, company_id: str, address: str, now: int) -> str | None:
    """Where nobody was ever erased."""
    return None


def ensure_contact(
    work: UnitOfWork, company_id: str, address: str, new_id: str, now: int, recall: Recall = nobody_erased
) -> str:
    """The id of the company's contact with this address, who is made when unknown."""
    this = of_company(CONTACTS, company_id).where(CONTACTS.c.address == address)
    # FOR KEY SHARE: one who is just being erased is waited for.
    found = work.first(this.with_for_update(read=True, key_share=True))
    if found is None and (known := recall(work, company_id, address, now)) is not None:
        return known
    if found is None:
        # Two messages of somebody new may come at once: the second waits here for the first one's commit.
        row = Contact(id=new_id, company_id=company_id, address=address, created_at=now)
        work.insert_once(CONTACTS, row.model_dump())
        found = work.all(this)[0]
    return str(found["id"])


class Person(NamedTuple):
    """What a turn may read of a contact: `{"id", "phone"?, "name"?}`, and the attributes."""

    contact: dict[str, Any]
    attributes: dict[str, Any]


def person_of(work: UnitOfWork, contact_id: str) -> Person:
    """A contact as turns may know it."""
    return _person(work.all(_CONTACT, contact=contact_id)[0])


def persons_of(work: UnitOfWork, contact_ids: Collection[str]) -> dict[str, Person]:
    """Contacts as turns may know them, by their ids."""
    return {row["id"]: _person(row) for row in work.all(_CONTACTS, contacts=list(contact_ids))}


def _person(row: sa.RowMapping) -> Person:
    known = {"id": row["id"], "phone": row["phone"] or number_in(row["address"]), "name": row["name"]}
    return Person({field: value for field, value in known.items() if value is not None}, dict(row["attributes"]))


def set_attribute(work: UnitOfWork, contact_id: str, name: str, value: Json) -> None:
    """Set an attribute; None clears it. The contact is locked: its other conversations may set theirs meanwhile."""
    attributes = {**work.all(_LOCKED, contact=contact_id)[0]["attributes"], name: value}
    kept = {key: content for key, content in attributes.items() if content is not None}
    work.execute(CONTACTS.update().where(CONTACTS.c.id == contact_id).values(attributes=kept))
