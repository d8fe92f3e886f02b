"""Contacts: found by their address, and what a turn may know of them."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from botflow.contacts.models import Contact
from botflow.db import UnitOfWork, of_company, table_of
from botflow_runtime.json_types import Json

CONTACTS: Final = table_of(Contact)
_CONTACT: Final = sa.select(CONTACTS).where(CONTACTS.c.id == sa.bindparam("contact"))


def ensure_contact(work: UnitOfWork, company_id: str, address: str, new_id: str, now: int) -> str:
    """The id of the company's contact with this address, who is made when unknown."""
    found = work.first(of_company(CONTACTS, company_id).where(CONTACTS.c.address == address))
    if found is not None:
        return str(found["id"])
    row = Contact(id=new_id, company_id=company_id, address=address, created_at=now)
    work.execute(CONTACTS.insert().values(row.model_dump()))
    return new_id


def snapshot(work: UnitOfWork, contact_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a turn may read of a contact: (`{"id", "phone"?, "name"?}`, attributes)."""
    row = work.all(_CONTACT, contact=contact_id)[0]
    known = {field: row[field] for field in ("id", "phone", "name") if row[field] is not None}
    return known, dict(row["attributes"])


def set_attribute(work: UnitOfWork, contact_id: str, name: str, value: Json) -> None:
    """Set an attribute; None clears it."""
    _, attributes = snapshot(work, contact_id)
    attributes[name] = value
    kept = {key: content for key, content in attributes.items() if content is not None}
    work.execute(CONTACTS.update().where(CONTACTS.c.id == contact_id).values(attributes=kept))
