"""HTTP: contacts (CT-1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Annotated, Any, Final, Self

import sqlalchemy as sa
from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.contacts.attributes import AttributeTest
from botflow.contacts.book import (
    CONTACT_SORTS,
    MOST_TAGS,
    ContactFilter,
    LockConversations,
    check_not_all,
    contacts_of,
    fitting,
    make_contact,
    remove_contacts,
    write_contacts,
)
from botflow.contacts.capability import capabilities_of
from botflow.contacts.erased import ErasedAddresses
from botflow.contacts.numbers import readable_number
from botflow.contacts.service import CONTACTS, find_contact
from botflow.contacts.tags import TAG_COUNTS, tags_of, tags_of_company
from botflow.db import Database, UnitOfWork, of_company
from botflow.errors import NotFoundError
from botflow.permissions import CONTACTS_EDIT, CONTACTS_ERASE, CONTACTS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.reading import refusal
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Moment, Name, Page, Text, TimeZone, View, examples

SORTS: Final = Sorts(CONTACTS.c.id, CONTACT_SORTS, "-created_at")
TAG_SORTS: Final = Sorts(TAG_COUNTS.c.tag, {"tag": TAG_COUNTS.c.tag, "contacts": TAG_COUNTS.c.contacts}, "tag")
MOST_ATTRIBUTES: Final = 100
MOST_CONDITIONS: Final = 20
MOST_AT_ONCE: Final = 200
"""Contacts that one request may change or delete: those that it lists, never all."""
BIGGEST: Final = 2**53 - 1
"""Of the integers that every reader of JSON takes as they are; a greater number is a float."""


Phone = Annotated[Text, AfterValidator(readable_number)]
AttributeName = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]
Whole = Annotated[int, Field(ge=-BIGGEST, le=BIGGEST)]


def _told_once(sentence: str) -> WrapValidator:
    """Of a value that may be of several types, one sentence for all of them where it is of none."""

    def read(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        try:
            return handler(value)
        except ValidationError:
            raise ValueError(sentence) from None

    return WrapValidator(read)


Value = Annotated[
    Text | bool | Whole | float | None,
    _told_once("give a text of at most 2,000 characters, a number, true, false or null"),
]
Attributes = Annotated[
    dict[AttributeName, Value],
    Field(max_length=MOST_ATTRIBUTES, description="By name; null clears one, and what is not named stays."),
]
Tag = Annotated[Name, StringConstraints(max_length=100)]
Tags = Annotated[list[Tag], Field(max_length=MOST_TAGS)]
Bound = Annotated[Text | Whole | float | None, _told_once("give a number, or a text of at most 2,000 characters")]
Ids = Annotated[list[Annotated[str, StringConstraints(max_length=100)]], Field(min_length=1, max_length=MOST_AT_ONCE)]


class Changes(Body):
    """Fields to change; null clears one, and what is not named stays."""

    name: Name | None = None
    time_zone: TimeZone | None = Field(default=None, description="An IANA name; null: not known.")
    attributes: Attributes = {}
    add_tags: Tags = []
    remove_tags: Tags = []


class Condition(Body):
    """What an attribute has to be: one of a value, bounds, and empty or not."""

    attribute: AttributeName
    equals: Value = Field(default=None, description="This, of the same type.")
    at_least: Bound = Field(default=None, description="This or more: a number, or a text such as a date.")
    at_most: Bound = Field(default=None, description="This or less, of the same type.")
    empty: bool | None = Field(default=None, description="Whether it has none, or an empty text.")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        bounds = [bound for bound in (self.at_least, self.at_most) if bound is not None]
        if [self.equals is not None, bool(bounds), self.empty is not None].count(True) != 1:
            raise ValueError("give equals, or at_least and at_most, or empty")
        if len({isinstance(bound, str) for bound in bounds}) > 1:
            raise ValueError("at_least and at_most are both numbers, or both texts")
        return self

    def test(self) -> AttributeTest:
        """The same for the service."""
        return AttributeTest(**self.model_dump())


Conditions = Annotated[list[Condition], Field(max_length=MOST_CONDITIONS)]
_CONDITIONS: Final[TypeAdapter[list[Condition]]] = TypeAdapter(Conditions)


def _conditions(text: str) -> list[Condition]:
    try:
        return _CONDITIONS.validate_json(text)
    except ValidationError as error:
        raise ValueError(f"give a list of conditions as JSON: {refusal(error, '/')}") from None


def _are_conditions(text: str) -> str:
    _conditions(text)
    return text


class ContactChanges(Changes):
    """Fields of one contact to change."""

    phone: Phone | None = Field(default=None, description="With + and country code. The address stays as it is.")


class Fields(BaseModel):
    """Which contacts, by their fields: all that is given has to fit."""

    search: str | None = Field(default=None, max_length=100, description="A part of name, number or address.")
    phone: str | None = Field(
        default=None, max_length=100, description="Number with + and country code, as phone or as address."
    )
    address: str | None = Field(default=None, max_length=2000)
    time_zone: str | None = Field(default=None, max_length=60)
    has_name: bool | None = None
    created_from: Moment | None = None
    created_before: Moment | None = None
    tag: Tags = Field(default=[], description="They have all of these.")

    def filter(self) -> ContactFilter:
        """The same for the service."""
        return ContactFilter(
            search=self.search,
            phone=self.phone,
            address=self.address,
            time_zone=self.time_zone,
            has_name=self.has_name,
            created=(self.created_from, self.created_before),
            tags=tuple(self.tag),
            where=tuple(condition.test() for condition in self.conditions()),
        )

    def conditions(self) -> list[Condition]:
        """What their attributes have to be."""
        return []


class Filter(Fields, Body):
    """Which contacts. It says something: all contacts at once cannot be meant."""

    where: Conditions = Field(default=[], description="What their attributes have to be.")

    def conditions(self) -> list[Condition]:
        """What their attributes have to be."""
        return self.where

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.filter() == ContactFilter():
            raise ValueError("say which contacts are meant")
        return self


class Meant(Body):
    """The contacts that are meant: by their ids, all of them or none where one is not there; or those that fit."""

    ids: Ids | None = None
    filter: Filter | None = None

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if (self.ids is None) is (self.filter is None):
            raise ValueError("give either ids or a filter")
        return self


class MeantChanges(Meant, Changes):
    """Fields to change of the contacts that are meant."""


class NewContact(Changes):
    """A contact to be made."""

    model_config = {
        "json_schema_extra": examples({"phone": "+34600111222", "name": "Anna", "attributes": {"city": "Madrid"}})
    }

    phone: Phone = Field(description="With + and country code.")


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
    tags: list[str]
    capabilities: list[CapabilityView] = Field(description="What vendors said, on channels that not everybody can get.")
    created_at: Moment
    erased_at: Moment | None = Field(description="Erased on request: nothing is left but its consent.")


class ContactList(View):
    """Contacts."""

    items: list[ContactView]


class TagView(View):
    """A tag, and how many contacts have it."""

    tag: str
    contacts: int


class ContactQuery(Fields, PageQuery):
    """Which contacts."""

    where: Annotated[str, AfterValidator(_are_conditions)] | None = Field(
        default=None,
        max_length=4000,
        description='What their attributes have to be, as JSON: `[{"attribute": "visits", "at_least": 3}]`.',
    )

    def conditions(self) -> list[Condition]:
        """What their attributes have to be."""
        return [] if self.where is None else _conditions(self.where)


def contacts_api(
    database: Database,
    audit: Audit,
    erased: ErasedAddresses,
    lock: LockConversations,
    clock: Clock,
    ids: Callable[[], str],
) -> Routes:
    """Routes under /contacts. `lock` locks their conversations."""
    routes = Routes("contacts", "/contacts")

    def shown(work: UnitOfWork, rows: Sequence[sa.RowMapping]) -> list[ContactView]:
        ids = [row["id"] for row in rows]
        tags, capabilities = tags_of(work, ids), capabilities_of(work, ids)
        known = [
            {**row, "tags": tags.get(row["id"], []), "capabilities": capabilities.get(row["id"], [])} for row in rows
        ]
        return list(map(ContactView.model_validate, known))

    def meant_by(work: UnitOfWork, caller: Caller, body: Meant) -> list[str]:
        if body.filter is None:
            return list(dict.fromkeys(body.ids or ()))
        return fitting(work, caller.company, body.filter.filter())

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

    @routes.get("/tags", CONTACTS_VIEW)
    def list_contact_tags(caller: Caller, query: PageQuery) -> Page[TagView]:
        """List the tags that contacts have, each with the number of contacts."""
        with database.reading() as work:
            rows, following = TAG_SORTS.page(work, tags_of_company(caller.company), query)
        return Page(items=list(map(TagView.model_validate, rows)), next=following)

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
            remove_contacts(work, audit, lock, caller, [contact_id], clock())

    @routes.post("/changes", CONTACTS_EDIT)
    def change_contacts(caller: Caller, body: MeantChanges) -> ContactList:
        """Change or clear fields of the contacts that are listed, all of them or none, or of those that fit."""
        changes = body.model_dump(exclude_unset=True, exclude={"ids", "filter"})
        with database.transaction() as work:
            ids = meant_by(work, caller, body)
            write_contacts(work, audit, erased, caller, ids, changes)
            rows = {
                row["id"]: row for row in work.all(of_company(CONTACTS, caller.company).where(CONTACTS.c.id.in_(ids)))
            }
            return ContactList(items=shown(work, [rows[contact_id] for contact_id in ids]))

    @routes.post("/deletions", CONTACTS_ERASE, statuses=[HTTPStatus.NO_CONTENT])
    def delete_contacts(caller: Caller, body: Meant) -> None:
        """Delete the contacts that are listed, or those that fit but never all, with their conversations."""
        with database.transaction() as work:
            ids = meant_by(work, caller, body)
            if body.filter is not None:
                check_not_all(work, caller.company, ids)
            remove_contacts(work, audit, lock, caller, ids, clock())

    return routes
