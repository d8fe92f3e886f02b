"""HTTP: blacklists."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final, Literal

from pydantic import Field

from botflow.consent.api.office import Office
from botflow.consent.facts import BLACKLIST
from botflow.consent.settings import Blacklisted, add_to_blacklist, remove_from_blacklist
from botflow.db import of_company
from botflow.permissions import CONSENT_EDIT, CONSENT_VIEW, Caller, check_sender, check_whole_company
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Id, Moment, Name, Page, View

SORTS: Final = Sorts(
    BLACKLIST.c.id, {"created_at": BLACKLIST.c.created_at, "address": BLACKLIST.c.address}, "-created_at"
)


class BlacklistQuery(PageQuery):
    """Which entries."""

    sender_id: str | None = Field(default=None, max_length=100)
    direction: Literal["inbound", "outbound"] | None = None


class BlacklistBody(Body):
    """An address that nothing is taken from, or that no operator and no campaign writes to."""

    address: Name
    direction: Literal["inbound", "outbound"]
    sender_id: Id | None = Field(default=None, description="Null: for every sender of the company.")


class BlacklistView(View):
    """An entry of a blacklist."""

    id: str
    address: str
    direction: str
    sender_id: str | None
    created_at: Moment
    user_id: str | None


def blacklists_api(office: Office) -> Routes:
    """Routes under /blacklist."""
    routes = Routes("Consent", "/blacklist")

    @routes.get("", CONSENT_VIEW)
    def list_blacklist(caller: Caller, query: BlacklistQuery) -> Page[BlacklistView]:
        """List the addresses on the blacklists."""
        chosen = of_company(BLACKLIST, caller.company)
        for column, value in ((BLACKLIST.c.sender_id, query.sender_id), (BLACKLIST.c.direction, query.direction)):
            chosen = chosen if value is None else chosen.where(column == value)
        if caller.senders is not None:
            chosen = chosen.where(BLACKLIST.c.sender_id.in_(sorted(caller.senders)))
        with office.database.reading() as work:
            rows, following = SORTS.page(work, chosen, query)
        return Page(items=[BlacklistView.model_validate(row) for row in rows], next=following)

    @routes.post("", CONSENT_EDIT, statuses=[HTTPStatus.CREATED])
    def add_to_blacklists(caller: Caller, body: BlacklistBody) -> Answer[BlacklistView]:
        """Put an address on a blacklist; one that is there already stays."""
        entry = Blacklisted(**body.model_dump())
        with office.database.transaction() as work:
            _check_place(caller, entry.sender_id)
            new_id = office.ids()
            entry_id = add_to_blacklist(work, caller.company, new_id, entry, office.clock(), caller.user)
            if entry_id == new_id:
                office.audit.note(work, caller, "blacklist.created", entry_id, None, body.model_dump())
            row = work.all(of_company(BLACKLIST, caller.company).where(BLACKLIST.c.id == entry_id))[0]
        return Answer(BlacklistView.model_validate(row), HTTPStatus.CREATED)

    @routes.delete("/<entry_id>", CONSENT_EDIT)
    def remove_from_blacklists(caller: Caller, entry_id: str) -> None:
        """Take an address off a blacklist."""
        with office.database.transaction() as work:
            row = work.first(of_company(BLACKLIST, caller.company).where(BLACKLIST.c.id == entry_id))
            if row is not None:
                _check_place(caller, row["sender_id"])
            remove_from_blacklist(work, caller.company, entry_id)
            office.audit.note(work, caller, "blacklist.deleted", entry_id, dict(row) if row is not None else None, None)

    return routes


def _check_place(caller: Caller, sender_id: str | None) -> None:
    """A list is of a sender, or of the whole company. Raises NotAllowedError."""
    if sender_id is None:
        check_whole_company(caller)
    else:
        check_sender(caller, sender_id)
