"""HTTP: erasing contacts, and the proofs of it (AP-4)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pydantic import Field

from botflow.db import of_company
from botflow.erasure.service import ERASURES, Erasures, find_erasure
from botflow.permissions import CONTACTS_ERASE, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Moment, Number, Page, View

SORTS: Final = Sorts(ERASURES.c.id, {"requested_at": ERASURES.c.id}, "-requested_at")
"""Ids grow with time, and there is an index of them."""


class ErasureQuery(PageQuery):
    """Which erasures."""

    contact_id: str | None = Field(default=None, max_length=100)


class ErasureView(View):
    """The erasure of a contact, and the proof of it. Nothing in it tells who the contact was."""

    id: str
    contact_id: str
    state: str = Field(description="`pending` until everything is gone, then `done`.")
    digests: list[str] = Field(description="Keyed digests of the contact's address and number.")
    user_id: str | None = Field(description="Who asked for it, where it was a person.")
    key_id: str | None = Field(description="The key that asked for it, where it was a program.")
    actor: str = Field(description="What the user or the key was called then.")
    counts: dict[str, int] = Field(description="Rows that went, or lost what they told of the contact, by table.")
    files: Number = Field(description="Files that the contact had sent, and that were removed.")
    requested_at: Moment
    finished_at: Moment | None


def erasures_api(erasures: Erasures) -> Routes:
    """Routes under /contacts/.../erasure and /erasures."""
    routes = Routes("contacts", "")

    @routes.post("/contacts/<contact_id>/erasure", CONTACTS_ERASE, statuses=[HTTPStatus.OK, HTTPStatus.CREATED])
    def erase_contact(caller: Caller, contact_id: str) -> Answer[ErasureView]:
        """Erase a contact for good, and everything that was said; answers with the proof (AP-4).

        An opt-out goes on to hold when the address comes back. The same again answers with the same proof.
        """
        row, is_new = erasures.erase(caller, contact_id)
        return Answer(ErasureView.model_validate(row), HTTPStatus.CREATED if is_new else HTTPStatus.OK)

    @routes.get("/erasures", CONTACTS_ERASE)
    def list_erasures(caller: Caller, query: ErasureQuery) -> Page[ErasureView]:
        """List the proofs of erasures, the newest first."""
        own = of_company(ERASURES, caller.company)
        if query.contact_id is not None:
            own = own.where(ERASURES.c.contact_id == query.contact_id)
        with erasures.database.reading() as work:
            rows, following = SORTS.page(work, own, query)
        return Page(items=list(map(ErasureView.model_validate, rows)), next=following)

    @routes.get("/erasures/<erasure_id>", CONTACTS_ERASE)
    def show_erasure(caller: Caller, erasure_id: str) -> ErasureView:
        """Show the proof of an erasure."""
        with erasures.database.reading() as work:
            return ErasureView.model_validate(find_erasure(work, caller.company, erasure_id))

    return routes
