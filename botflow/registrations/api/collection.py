"""HTTP: applications for sender IDs, listed and made (AS-2)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from botflow.db import of_company
from botflow.permissions import SENDERS_EDIT, SENDERS_VIEW, Caller, check_whole_company
from botflow.registrations.api.views import Application, Channel, RegistrationEntry, RegistrationView
from botflow.registrations.service import REGISTRATIONS, Registrations
from botflow.registrations.statuses import Status
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Page

SORTS: Final = Sorts(
    REGISTRATIONS.c.id,
    {
        "name": REGISTRATIONS.c.name,
        "created_at": REGISTRATIONS.c.created_at,
        "updated_at": REGISTRATIONS.c.updated_at,
    },
    "name",
)
LISTED: Final = [column for column in REGISTRATIONS.c if column.name != "details"]


class RegistrationQuery(PageQuery):
    """Which applications."""

    channel: Channel | None = None
    status: Status | None = None


def collection_api(registrations: Registrations) -> Routes:
    """Routes of /sender-registrations itself."""
    routes = Routes("senders", "/sender-registrations")

    @routes.get("", SENDERS_VIEW)
    def list_sender_registrations(caller: Caller, query: RegistrationQuery) -> Page[RegistrationEntry]:
        """List the applications for sender IDs, without their details. A key of some senders sees none of them."""
        check_whole_company(caller)
        chosen = of_company(REGISTRATIONS, caller.company).with_only_columns(*LISTED)
        for column, value in ((REGISTRATIONS.c.channel, query.channel), (REGISTRATIONS.c.status, query.status)):
            chosen = chosen if value is None else chosen.where(column == value)
        with registrations.database.reading() as work:
            rows, following = SORTS.page(work, chosen, query)
        return Page(items=[RegistrationEntry.model_validate(row) for row in rows], next=following)

    @routes.post("", SENDERS_EDIT, statuses=[HTTPStatus.CREATED])
    def create_sender_registration(caller: Caller, body: Application) -> Answer[RegistrationView]:
        """Keep a draft of an application; it may be unfinished."""
        row = registrations.make(caller, body.channel, body.name, body.details)
        return Answer(RegistrationView.model_validate(row), HTTPStatus.CREATED)

    return routes
