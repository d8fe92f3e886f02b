"""HTTP: companies (AC-4)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final

import sqlalchemy as sa
from pydantic import Field

from botflow.accounts.api.views import Language, Login
from botflow.accounts.people import People
from botflow.accounts.service import COMPANIES
from botflow.db import Database
from botflow.permissions import ADMIN, COMPANY_EDIT, COMPANY_VIEW, SYSTEM_OWNER, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Id, Moment, Name, Page, TimeZone, View

SORTS: Final = Sorts(COMPANIES.c.id, {"name": COMPANIES.c.name, "created_at": COMPANIES.c.created_at}, "name")

FEWEST_DAYS: Final = 7
"""Vendors repeat a webhook for up to a week; a message that is known no more would be answered again."""
MOST_DAYS: Final = 36_500

HistoryDays = Annotated[
    int | None,
    Field(ge=FEWEST_DAYS, le=MOST_DAYS, description="Days that conversations are kept (AP-4); null: for ever."),
]


class CompanyChanges(Body):
    """What is to be changed of the company; what is left out stays, and null too but for `history_days`."""

    name: Name | None = None
    time_zone: TimeZone | None = None
    language: Language | None = None
    history_days: HistoryDays = None


class NewCompany(Body):
    """A company to be made, with its first admin."""

    id: Id
    name: Name
    time_zone: TimeZone = "UTC"
    language: Language = "en"
    admin_login: Login
    admin_name: Name


class CompanyView(View):
    """A company."""

    id: str
    name: str
    time_zone: str
    language: str
    history_days: HistoryDays
    created_at: Moment


class MadeCompany(CompanyView):
    """A company that was made."""

    one_time_password: str = Field(description="Of its first admin. Shown this once.")


def companies_api(database: Database, people: People) -> Routes:
    """Routes under /company and /companies."""
    companies = people.companies
    routes = Routes("companies", "")

    @routes.get("/company", COMPANY_VIEW)
    def show_company(caller: Caller) -> CompanyView:
        """Show one's own company."""
        with database.reading() as work:
            return CompanyView.model_validate(companies.find(work, caller))

    @routes.patch("/company", COMPANY_EDIT)
    def change_company(caller: Caller, body: CompanyChanges) -> CompanyView:
        """Change one's own company."""
        with database.transaction() as work:
            changed = companies.change(work, caller, _changes(body))
            return CompanyView.model_validate(changed)

    @routes.get("/companies", SYSTEM_OWNER)
    def list_companies(query: PageQuery) -> Page[CompanyView]:
        """List every company of the system; nothing of what is theirs."""
        with database.reading() as work:
            rows, following = SORTS.page(work, sa.select(COMPANIES), query)
        return Page(items=[CompanyView.model_validate(row) for row in rows], next=following)

    @routes.post("/companies", SYSTEM_OWNER, statuses=[HTTPStatus.CREATED])
    def create_company(caller: Caller, body: NewCompany) -> Answer[MadeCompany]:
        """Make a company and its first admin, with a one-time password."""
        password = people.passwords.one_time(None)
        fields = body.model_dump(include={"name", "time_zone", "language"})
        with database.transaction() as work:
            there = companies.make(work, caller, body.id, fields)
            people.users.make(work, there, body.admin_login, body.admin_name, ADMIN, password)
            row = companies.find(work, there)
        made = MadeCompany.model_validate({**row, "one_time_password": password.text})
        return Answer(made, HTTPStatus.CREATED)

    return routes


def _changes(body: CompanyChanges) -> dict[str, Any]:
    given = body.model_dump(exclude_unset=True)
    return {name: value for name, value in given.items() if value is not None or name == "history_days"}
