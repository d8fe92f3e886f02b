"""HTTP: contacts (CT-1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Annotated, Any, Final

import sqlalchemy as sa
from pydantic import AfterValidator, Field, StringConstraints

from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.contacts.book import (
    CONTACT_SORTS,
    ContactFilter,
    contacts_of,
    make_contact,
    remove_contacts,
    write_contacts,
)
from botflow.contacts.capability import capabilities_of
from botflow.contacts.erased import ErasedAddresses
from botflow.contacts.numbers import readable_number
from botflow.contacts.service import CONTACTS, find_contact
from botflow.db import Database, UnitOfWork
from botflow.errors import NotFoundError
from botflow.permissions import CONTACTS_EDIT, CONTACTS_ERASE, CONTACTS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Moment, Name, Page, Text, TimeZone, View, examples

SORTS: Final = Sorts(CONTACTS.c.id, CONTACT_SORTS, "-created_at")
MOST_ATTRIBUTES: Final = 100
MOST_AT_ONCE: Final = 200
"""Contacts that one request may change or delete: those that it lists, never all."""
BIGGEST: Final = 2**53 - 1
"""Of the integers that every reader of JSON takes as they are; a greater number is a float."""


Phone = Annotated[Text, AfterValidator(readable_number)]
AttributeName = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]
Whole = Annotated[int, Field(ge=-BIGGEST, le=BIGGEST)]
Value = Text | bool | Whole | float | None
Attributes = Annotated[
    dict[AttributeName, Value],
    Field(max_length=MOST_ATTRIBUTES, description="By name; null clears one, and what is not named stays."),
]
Ids = Annotated[list[Annotated[str, StringConstraints(max_length=100)]], Field(min_length=1, max_length=MOST_AT_ONCE)]


class Changes(Body):
    """Fields to change; null clears one, and what is not named stays."""

    name: Name | None = None
    time_zone: TimeZone | None = Field(default=None, description="An IANA name; null: not known.")
    attributes: Attributes = {}


class ContactChanges(Changes):
    """Fields of one contact to change."""

    phone: Phone | None = Field(default=None, description="With + and country code. The address stays as it is.")


class ListedChanges(Changes):
    """Fields to change of the contacts that are listed: all of them, or none where one is not there."""

    ids: Ids


class NewContact(Changes):
    """A contact to be made."""

    model_config = {
        "json_schema_extra": examples({"phone": "+34600111222", "name": "Anna", "attributes": {"city": "Madrid"}})
    }

    phone: Phone = Field(description="With + and country code.")


class Listed(Body):
    """The contacts that are meant."""

    ids: Ids


class CapabilityView(View):
    """Whether a contact can get messages of a sender, such as RCS, as its vendor said."""

    sender: str
    capable: bool
    checked_at: Moment


class ContactView(View):
    """A person who writes, or is written to."""

    id: str
    address: str = Field(description="What its channel knows it by: a number, or a visitor's mark.")
    phone: str | None
    name: str | None
    time_zone: str | None
    attributes: dict[str, Any]
    capabilities: list[CapabilityView] = Field(description="What vendors said, on channels that not everybody can get.")
    created_at: Moment
    erased_at: Moment | None = Field(description="Erased on request: nothing is left but its consent.")


class ContactList(View):
    """Contacts."""

    items: list[ContactView]


class ContactQuery(PageQuery):
    """Which contacts."""

    search: str | None = Field(default=None, max_length=100, description="A part of name, number or address.")
    phone: str | None = Field(default=None, max_length=100, description="Number, as it is shown.")
    address: str | None = Field(default=None, max_length=2000)
    time_zone: str | None = Field(default=None, max_length=60)
    has_name: bool | None = None
    created_from: Moment | None = None
    created_before: Moment | None = None

    def filter(self) -> ContactFilter:
        """The same for the service."""
        return ContactFilter(
            search=self.search,
            phone=self.phone,
            address=self.address,
            time_zone=self.time_zone,
            has_name=self.has_name,
            created=(self.created_from, self.created_before),
        )


def contacts_api(
    database: Database, audit: Audit, erased: ErasedAddresses, clock: Clock, ids: Callable[[], str]
) -> Routes:
    """Routes under /contacts."""
    routes = Routes("contacts", "/contacts")

    def shown(work: UnitOfWork, rows: Sequence[sa.RowMapping]) -> list[ContactView]:
        capabilities = capabilities_of(work, [row["id"] for row in rows])
        known = [{**row, "capabilities": capabilities.get(row["id"], [])} for row in rows]
        return list(map(ContactView.model_validate, known))

    def found(work: UnitOfWork, caller: Caller, contact_id: str) -> ContactView:
        row = find_contact(work, caller.company, contact_id)
        if row is None:
            raise NotFoundError(f"There is no contact {contact_id!r}.")
        return shown(work, [row])[0]

    @routes.get("", CONTACTS_VIEW)
    def list_contacts(caller: Caller, query: ContactQuery) -> Page[ContactView]:
        """List contacts, the newest first."""
        with database.reading() as work:
            rows, following = SORTS.page(work, contacts_of(caller.company, query.filter()), query)
            return Page(items=shown(work, rows), next=following)

    @routes.post("", CONTACTS_EDIT, statuses=[HTTPStatus.OK, HTTPStatus.CREATED])
    def create_contact(caller: Caller, body: NewContact) -> Answer[ContactView]:
        """Make a contact. The same again changes nothing; another one with the same number is refused (409)."""
        with database.transaction() as work:
            contact_id, is_new = make_contact(work, audit, erased, caller, ids(), clock(), body.model_dump())
            made = found(work, caller, contact_id)
        return Answer(made, HTTPStatus.CREATED if is_new else HTTPStatus.OK)

    @routes.get("/<contact_id>", CONTACTS_VIEW)
    def show_contact(caller: Caller, contact_id: str) -> ContactView:
        """Show a contact."""
        with database.reading() as work:
            return found(work, caller, contact_id)

    @routes.patch("/<contact_id>", CONTACTS_EDIT)
    def change_contact(caller: Caller, contact_id: str, body: ContactChanges) -> ContactView:
        """Change or clear fields of a contact."""
        with database.transaction() as work:
            write_contacts(work, audit, erased, caller, [contact_id], body.model_dump(exclude_unset=True))
            return found(work, caller, contact_id)

    @routes.delete("/<contact_id>", CONTACTS_ERASE)
    def delete_contact(caller: Caller, contact_id: str) -> None:
        """Delete a contact with its conversations; not one who has opted out: erase it, so that this is remembered."""
        with database.transaction() as work:
            remove_contacts(work, audit, caller, [contact_id], clock())

    @routes.post("/changes", CONTACTS_EDIT)
    def change_contacts(caller: Caller, body: ListedChanges) -> ContactList:
        """Change or clear fields of the contacts that are listed, all of them or none."""
        changes = body.model_dump(exclude_unset=True, exclude={"ids"})
        with database.transaction() as work:
            write_contacts(work, audit, erased, caller, body.ids, changes)
            return ContactList(items=[found(work, caller, contact_id) for contact_id in dict.fromkeys(body.ids)])

    @routes.post("/deletions", CONTACTS_ERASE, statuses=[HTTPStatus.NO_CONTENT])
    def delete_contacts(caller: Caller, body: Listed) -> None:
        """Delete the contacts that are listed with their conversations, all of them or none."""
        with database.transaction() as work:
            remove_contacts(work, audit, caller, body.ids, clock())

    return routes
