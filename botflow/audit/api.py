"""HTTP: the audit log (AC-3)."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final

import sqlalchemy as sa
from flask import Response
from pydantic import Field

from botflow.audit.service import ENTRIES, each_entry, entries_of
from botflow.clock import iso
from botflow.db import Database
from botflow.permissions import AUDIT_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Routes
from botflow.rest.types import Moment, Page, View

SORTS: Final = Sorts(ENTRIES.c.id, {"at": ENTRIES.c.id}, "-at")
"""Ids grow with time, and there is an index of them."""
CSV_ROWS: Final = 50_000
CSV_COLUMNS: Final = ("at", "actor", "user_id", "key_id", "action", "kind", "object_id", "old", "new")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""


class AuditQuery(PageQuery):
    """Filters of the audit log."""

    user_id: str | None = None
    key_id: str | None = None
    action: str | None = Field(default=None, description="As `sender.updated`.")
    kind: str | None = Field(default=None, description="Of the object, as `sender`.")
    object_id: str | None = None
    since: Moment | None = None
    until: Moment | None = Field(default=None, description="Before this.")


class AuditView(View):
    """Something that somebody did."""

    id: str
    at: Moment
    actor: str = Field(description="What the user or the key was called then.")
    user_id: str | None
    key_id: str | None
    action: str
    kind: str
    object_id: str
    old: dict[str, Any] | None = Field(description="What changed, as it was; secrets are `***`.")
    new: dict[str, Any] | None = Field(description="What changed, as it became.")


def audit_api(database: Database) -> Routes:
    """Routes under /audit."""
    routes = Routes("audit", "/audit")

    @routes.get("", AUDIT_VIEW)
    def list_audit_entries(caller: Caller, query: AuditQuery) -> Page[AuditView]:
        """List who changed what, the latest first."""
        with database.reading() as work:
            rows, following = SORTS.page(work, _wanted(caller, query), query)
        return Page(items=[AuditView.model_validate(row) for row in rows], next=following)

    @routes.get(".csv", AUDIT_VIEW, produces="text/csv")
    def export_audit_entries(caller: Caller, query: AuditQuery) -> Response:
        """Export the latest 50,000 entries that fit the filters, as CSV; limit and cursor do not count."""
        written = io.StringIO()
        writer = csv.writer(written)
        writer.writerow(CSV_COLUMNS)
        with database.reading() as work:
            for row in each_entry(work, _wanted(caller, query), CSV_ROWS):
                writer.writerow([_cell(name, row[name]) for name in CSV_COLUMNS])
        headers = {"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "no-store"}
        return Response(written.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")

    return routes


def _wanted(caller: Caller, query: AuditQuery) -> sa.Select[Any]:
    wanted = entries_of(caller.company)
    for name in ("user_id", "key_id", "action", "kind", "object_id"):
        if (value := getattr(query, name)) is not None:
            wanted = wanted.where(ENTRIES.c[name] == value)
    if query.since is not None:
        wanted = wanted.where(ENTRIES.c.at >= query.since)
    if query.until is not None:
        wanted = wanted.where(ENTRIES.c.at < query.until)
    return wanted


def _cell(name: str, value: Any) -> str:
    """A value as a cell that no spreadsheet runs."""
    if value is None:
        return ""
    text = iso(value) if name == "at" else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(FORMULA) else text
