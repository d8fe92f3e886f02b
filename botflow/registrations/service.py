"""Applications for sender IDs: written, sent in, and what the vendor or operator decided (AS-2)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

import sqlalchemy as sa
from pydantic import ValidationError

from botflow.accounts.service import lock_company
from botflow.assets.service import Assets, files_named
from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, of_company, table_of
from botflow.errors import ConflictError, Fault, InvalidError, NotAllowedError, NotFoundError
from botflow.permissions import MEDIA_VIEW, SENDERS_VIEW, Caller, check_whole_company
from botflow.registrations.forms import FORMS, Form
from botflow.registrations.models import SenderRegistration
from botflow.registrations.rules import File, broken_rules, files_in, too_much
from botflow.registrations.statuses import DELETABLE, DRAFT, EDITABLE, GIVEN_UP, SUBMITTED, TRANSITIONS
from botflow.rest.reading import refusal

REGISTRATIONS: Final = table_of(SenderRegistration)
TOLD: Final = ("channel", "name", "details", "status", "identity", "note")
"""What the audit log tells of an application."""
MOST_APPLICATIONS: Final = 500
"""Applications of a company."""
MOST_NAMED: Final = 3
"""Applications that a sentence names."""


class Registrations:
    """The applications of companies. They belong to the whole company: a key of some senders sees none."""

    def __init__(self, database: Database, assets: Assets, audit: Audit, clock: Clock, ids: Callable[[], str]) -> None:
        self.database = database
        self._assets = assets
        self._audit = audit
        self._clock = clock
        self._ids = ids

    def find(self, work: UnitOfWork, caller: Caller, registration_id: str, *, lock: bool = False) -> sa.RowMapping:
        """An application of the caller's company. Raises NotFoundError, NotAllowedError."""
        check_whole_company(caller)
        chosen = of_company(REGISTRATIONS, caller.company).where(REGISTRATIONS.c.id == registration_id)
        row = work.first(chosen.with_for_update() if lock else chosen)
        if row is None:
            raise NotFoundError(f"There is no application for a sender ID {registration_id!r}.")
        return row

    def check(self, caller: Caller, channel: str, name: str, details: Mapping[str, Any]) -> list[Fault]:
        """Every rule that an application breaks; of its pictures, only for whoever may see the library.

        Raises InvalidError where it is no form of the channel at all, NotAllowedError.
        """
        check_whole_company(caller)
        form = read_given(channel, details)
        with self.database.reading() as work:
            files = self._ready(work, caller, form) if caller.may(MEDIA_VIEW) else None
        return broken_rules(name, form, files)

    def make(self, caller: Caller, channel: str, name: str, details: Mapping[str, Any]) -> sa.RowMapping:
        """Keep a draft, finished or not.

        Raises InvalidError where it is no form of the channel, NotAllowedError, ConflictError where there are too many.
        """
        check_whole_company(caller)
        form = read_given(channel, details)
        _check_files(caller, files_in(form))
        now = self._clock()
        row = SenderRegistration(
            id=self._ids(),
            company_id=caller.company,
            channel=channel,
            name=name,
            details=form.model_dump(),
            created_at=now,
            updated_at=now,
        ).model_dump()
        with self.database.transaction() as work:
            lock_company(work, caller.company)
            own = sa.select(sa.func.count()).select_from(of_company(REGISTRATIONS, caller.company).subquery())
            if work.value(own) >= MOST_APPLICATIONS:
                raise ConflictError(
                    f"A company has at most {MOST_APPLICATIONS} applications for sender IDs: delete one that is a "
                    "draft, rejected or canceled."
                )
            work.execute(REGISTRATIONS.insert().values(row))
            self._audit.note(work, caller, "sender_registration.created", row["id"], None, _told(row))
            return self.find(work, caller, row["id"])

    def change(
        self,
        caller: Caller,
        registration_id: str,
        name: str | None,
        details: Mapping[str, Any] | None,
        seen: int | None = None,
    ) -> sa.RowMapping:
        """Change name or details; the same again changes nothing. What was sent in has to keep the rules.

        `seen` is when it was last changed as the caller knows it, in ms; None takes whatever is there.

        Raises NotFoundError, NotAllowedError, InvalidError with every broken rule, ConflictError.
        """
        with self.database.transaction() as work:
            before = self.find(work, caller, registration_id, lock=True)
            form = (
                read_form(before["channel"], before["details"])
                if details is None
                else read_given(before["channel"], details)
            )
            values: dict[str, Any] = {"name": before["name"] if name is None else name, "details": form.model_dump()}
            if all(before[field] == value for field, value in values.items()):
                return before
            if seen is not None and before["updated_at"] != seen:
                raise ConflictError("Somebody has changed it meanwhile: read it again, then make the changes on that.")
            if before["status"] not in EDITABLE:
                raise ConflictError(f"It is {before['status']}: this cannot be changed now.")
            named = files_in(read_form(before["channel"], before["details"]))
            _check_files(caller, set(files_in(form)).difference(named))
            if before["status"] != DRAFT:
                self._check_rules(work, caller, values["name"], form)
            return self._changed(work, caller, before, values, "updated")

    def move(self, caller: Caller, registration_id: str, status: str, note: str, identity: str | None) -> sa.RowMapping:
        """Send it in, call it off, or record what the vendor decided; `identity` is the sender ID that it gave.

        Raises NotFoundError, NotAllowedError, ConflictError where it cannot go there from where it stands,
        InvalidError with every broken rule where it is sent in.
        """
        with self.database.transaction() as work:
            before = self.find(work, caller, registration_id, lock=True)
            allowed = TRANSITIONS[before["status"]]
            if status not in allowed:
                raise ConflictError(f"It is {before['status']}: from there it becomes {' or '.join(allowed)}.")
            if status == SUBMITTED:
                form = read_form(before["channel"], before["details"])
                self._check_rules(work, caller, before["name"], form)
            values = {"status": status, "note": note}
            if identity is not None:
                values["identity"] = identity
            action = "submitted" if status == SUBMITTED else "status_recorded"
            return self._changed(work, caller, before, values, action)

    def delete(self, caller: Caller, registration_id: str) -> None:
        """Delete a draft, or what was rejected or canceled. Raises NotFoundError, NotAllowedError, ConflictError."""
        with self.database.transaction() as work:
            before = self.find(work, caller, registration_id, lock=True)
            if before["status"] not in DELETABLE:
                raise ConflictError(f"It is {before['status']}: cancel it first.")
            work.execute(REGISTRATIONS.delete().where(REGISTRATIONS.c.id == registration_id))
            self._audit.note(work, caller, "sender_registration.deleted", registration_id, _told(before), None)

    def files(self, work: UnitOfWork, caller: Caller, row: sa.RowMapping) -> dict[str, tuple[sa.RowMapping, str]]:
        """The files of an application by their key, each with the address at which the vendor gets it."""
        keys = files_in(read_form(row["channel"], row["details"]))
        found = files_named(work, caller.company, keys) if keys else {}
        return {key: (file, self._assets.url(file)) for key, file in found.items() if file["state"] == "ready"}

    def _ready(self, work: UnitOfWork, caller: Caller, form: Form) -> dict[str, File]:
        """What is known of the files that a form names, as far as they are there."""
        keys = files_in(form)
        rows = files_named(work, caller.company, keys) if keys else {}
        return {key: _file(row) for key, row in rows.items() if row["state"] == "ready"}

    def _check_rules(self, work: UnitOfWork, caller: Caller, name: str, form: Form) -> None:
        found = broken_rules(name, form, self._ready(work, caller, form))
        if found:
            raise InvalidError(found)

    def _changed(
        self, work: UnitOfWork, caller: Caller, before: sa.RowMapping, values: Mapping[str, Any], action: str
    ) -> sa.RowMapping:
        this = REGISTRATIONS.update().where(REGISTRATIONS.c.id == before["id"])
        # later than before, so that `seen` tells two changes within a millisecond apart
        work.execute(this.values(updated_at=max(self._clock(), before["updated_at"] + 1), **values))
        after = self.find(work, caller, before["id"])
        self._audit.note(work, caller, f"sender_registration.{action}", before["id"], _told(before), _told(after))
        return after


def users_of_file(work: UnitOfWork, caller: Caller, key: str) -> list[str]:
    """The applications that name a file, in words; by their names for whoever may see them. What was refused or called
    off waits for nobody."""
    chosen = sa.select(REGISTRATIONS.c.channel, REGISTRATIONS.c.name, REGISTRATIONS.c.details).where(
        REGISTRATIONS.c.company_id == caller.company, REGISTRATIONS.c.status.not_in(GIVEN_UP)
    )
    rows = work.all(chosen.order_by(REGISTRATIONS.c.created_at, REGISTRATIONS.c.id))
    names = [row["name"] for row in rows if key in files_in(read_form(row["channel"], row["details"]))]
    if not names:
        return []
    if caller.senders is not None or not caller.may(SENDERS_VIEW):
        return ["an application for a sender ID"]
    told = [f"the application for the sender ID {name!r}" for name in names[:MOST_NAMED]]
    others = len(names) - len(told)
    return [*told, f"and {others} other{'s' if others > 1 else ''}"] if others else told


def read_given(channel: str, details: Mapping[str, Any]) -> Form:
    """Details that somebody sends, as the form of the channel has them. Raises InvalidError."""
    fault = too_much(details)
    if fault is not None:
        raise InvalidError([fault])
    return read_form(channel, details)


def read_form(channel: str, details: Mapping[str, Any]) -> Form:
    """Details as the form of the channel has them; what is left out is empty. Raises InvalidError."""
    try:
        return FORMS[channel].model_validate(details)
    except ValidationError as error:
        raise refusal(error, "/details/") from None


def _check_files(caller: Caller, added: Collection[str]) -> None:
    """Whether the caller may name these files: whoever reads the application gets them."""
    if added and not caller.may(MEDIA_VIEW):
        raise NotAllowedError(f"To name a picture takes the permission {MEDIA_VIEW.name!r}.")


def _file(row: sa.RowMapping) -> File:
    return File(row["media_type"], row["width"], row["height"], row["bytes"])


def _told(row: Mapping[str, Any] | sa.RowMapping) -> dict[str, Any]:
    return {name: row[name] for name in TOLD}
