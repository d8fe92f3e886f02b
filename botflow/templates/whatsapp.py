"""WhatsApp templates: made, changed, handed in for approval, deleted, and imported from WhatsApp (AS-4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from pydantic import ValidationError

from botflow.audit.service import Audit
from botflow.channels.contract import Account, ChannelAdapter, TemplateRefusedError, VendorTemplate
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, of_company
from botflow.errors import ConflictError, Fault, InvalidError, NotFoundError
from botflow.permissions import Caller, check_sender
from botflow.rest.reading import pointer
from botflow.senders.sealing import UnsealError
from botflow.senders.service import SenderAccounts, sender_of
from botflow.templates.models import WhatsAppTemplate
from botflow.templates.rules import problems
from botflow.templates.service import DRAFT, WHATSAPP

CHANNEL: Final = "whatsapp"
SUBMITTED: Final = "submitted"
REJECTED: Final = "rejected"
DELETED: Final = "deleted"
OPEN: Final = (DRAFT, REJECTED)
"""Statuses in which a template may be changed, and handed in."""
ANSWER_MS: Final = 60_000
"""Longer than any call of a vendor takes."""
TOLD: Final = ("sender_id", "name", "language", "category", "components", "status")
"""What the audit log tells of a template."""


@dataclass(frozen=True)
class Imported:
    """What came of an import: how many templates are new here, changed, and gone at WhatsApp."""

    new: int
    changed: int
    gone: int


class WhatsAppTemplates:
    """The WhatsApp templates of companies."""

    def __init__(
        self, database: Database, accounts: SenderAccounts, audit: Audit, clock: Clock, ids: Callable[[], str]
    ) -> None:
        self.database = database
        self._accounts = accounts
        self._audit = audit
        self._clock = clock
        self._ids = ids

    def find(self, work: UnitOfWork, caller: Caller, template_id: str, *, lock: bool = False) -> sa.RowMapping:
        """A template that the caller may use. Raises NotFoundError, NotAllowedError."""
        chosen = of_company(WHATSAPP, caller.company).where(WHATSAPP.c.id == template_id)
        row = work.first(chosen.with_for_update() if lock else chosen)
        if row is None:
            raise NotFoundError(f"There is no WhatsApp template {template_id!r}.")
        check_sender(caller, row["sender_id"])
        return row

    def make(self, caller: Caller, sender_id: str, fields: Mapping[str, Any]) -> sa.RowMapping:
        """Keep a draft. Raises InvalidError with every broken rule, NotAllowedError, ConflictError."""
        check_sender(caller, sender_id)
        _check_rules(fields)
        now = self._clock()
        row = WhatsAppTemplate(
            id=self._ids(),
            company_id=caller.company,
            sender_id=sender_id,
            created_at=now,
            updated_at=now,
            **fields,
        ).model_dump()
        with self.database.transaction() as work:
            _check_sender_has_templates(work, caller, sender_id)
            work.insert_once(WHATSAPP, row)
            if work.first(of_company(WHATSAPP, caller.company).where(WHATSAPP.c.id == row["id"])) is None:
                raise ConflictError("The sender has a template of this name in this language: change or delete it.")
            self._audit.note(work, caller, "whatsapp_template.created", row["id"], None, _told(row))
            return self.find(work, caller, row["id"])

    def change(self, caller: Caller, template_id: str, changes: Mapping[str, Any]) -> sa.RowMapping:
        """Change a draft, or one that was rejected. Raises NotFoundError, InvalidError, ConflictError."""
        with self.database.transaction() as work:
            before = self.find(work, caller, template_id, lock=True)
            _check_rules({**before, **changes})
            if all(before[name] == value for name, value in changes.items()):
                return before
            if before["status"] not in OPEN:
                raise ConflictError(f"It is {before['status']}: only drafts and rejected templates are changed.")
            return self._changed(work, caller, before, changes, "updated")

    def delete(self, caller: Caller, template_id: str) -> None:
        """Delete a template, at WhatsApp too. Raises NotFoundError, ConflictError where WhatsApp does not do it."""
        with self.database.reading() as work:
            row = self.find(work, caller, template_id)
            vendor = self._vendor(work, row["sender_id"]) if _is_at_vendor(row) else None
        if vendor is not None:
            adapter, account = vendor
            try:
                adapter.delete_template(account, _as_vendor_has(row))
            except TemplateRefusedError as error:
                raise ConflictError(f"{adapter.title} did not delete it: {error}") from None
        with self.database.transaction() as work:
            before = self.find(work, caller, template_id)
            work.execute(WHATSAPP.delete().where(WHATSAPP.c.id == template_id))
            self._audit.note(work, caller, "whatsapp_template.deleted", template_id, _told(before), None)

    def submit(self, caller: Caller, template_id: str) -> sa.RowMapping:
        """Hand a template in for approval; one that was rejected is reviewed anew.

        Raises NotFoundError, InvalidError, ConflictError where WhatsApp does not take it: the reason stays with it.
        """
        with self.database.transaction() as work:
            before = self.find(work, caller, template_id, lock=True)
            if before["status"] not in OPEN and not self._was_given_up(before):
                raise ConflictError(f"It is {before['status']}: only drafts and rejected templates are handed in.")
            _check_rules(before)
            adapter, account = self._vendor(work, before["sender_id"])
            row = self._changed(work, caller, before, {"status": SUBMITTED, "reason": None}, "submitted")
        try:
            taken = adapter.submit_template(account, _as_vendor_has(row))
        except TemplateRefusedError as error:
            fallen_back = before["status"] if before["status"] in OPEN else DRAFT
            self._answered(template_id, {"status": fallen_back, "reason": str(error)})
            raise ConflictError(f"{adapter.title} did not take it: {error}") from None
        self._answered(template_id, {"status": taken.status}, taken.vendor_id)
        with self.database.reading() as work:
            return self.find(work, caller, template_id)

    def take_over(self, caller: Caller, sender_id: str) -> Imported:
        """Make the templates of a sender be as WhatsApp has them.

        Raises InvalidError, NotAllowedError, ConflictError where WhatsApp does not tell them.
        """
        check_sender(caller, sender_id)
        with self.database.reading() as work:
            _check_sender_has_templates(work, caller, sender_id)
            adapter, account = self._vendor(work, sender_id)
        try:
            theirs = adapter.templates(account)
        except TemplateRefusedError as error:
            raise ConflictError(f"{adapter.title} does not tell its templates: {error}") from None
        with self.database.transaction() as work:
            imported = self._merged(work, caller, sender_id, theirs)
            self._audit.note(work, caller, "whatsapp_template.imported", sender_id, None, vars(imported))
            return imported

    def _merged(self, work: UnitOfWork, caller: Caller, sender_id: str, theirs: Sequence[VendorTemplate]) -> Imported:
        chosen = of_company(WHATSAPP, caller.company).where(WHATSAPP.c.sender_id == sender_id)
        ours = {(row["name"], row["language"]): row for row in work.all(chosen.with_for_update())}
        new, changed, gone = 0, 0, 0
        for template in theirs:
            row = ours.pop((template.name, template.language), None)
            if row is None:
                new += 1
                work.insert_once(WHATSAPP, self._imported(caller, sender_id, template))
            elif (values := _differences(row, template)) is not None:
                changed += 1
                self._write(work, row["id"], values)
        for row in ours.values():
            if _is_at_vendor(row):
                gone += 1
                self._write(work, row["id"], {"status": DELETED, "reason": None})
        return Imported(new, changed, gone)

    def _imported(self, caller: Caller, sender_id: str, template: VendorTemplate) -> dict[str, Any]:
        now = self._clock()
        return WhatsAppTemplate(
            id=self._ids(),
            company_id=caller.company,
            sender_id=sender_id,
            name=template.name,
            language=template.language,
            created_at=now,
            updated_at=now,
            **_values(template),
        ).model_dump()

    def _was_given_up(self, row: sa.RowMapping) -> bool:
        """Whether the process ended that handed it in: its answer would be here."""
        return bool(row["status"] == SUBMITTED and row["updated_at"] + ANSWER_MS < self._clock())

    def _vendor(self, work: UnitOfWork, sender_id: str) -> tuple[ChannelAdapter[Any], Account[Any]]:
        try:
            return self._accounts.of_sender(work, sender_id)
        except UnsealError as error:
            raise ConflictError(str(error)) from None
        except ValidationError:
            raise ConflictError("The credentials of the sender are incomplete. Enter them anew.") from None

    def _answered(self, template_id: str, values: Mapping[str, Any], vendor_id: str | None = None) -> None:
        """Keep what the vendor answered, unless its decision came before the answer."""
        this = WHATSAPP.update().where(WHATSAPP.c.id == template_id)
        with self.database.transaction() as work:
            if vendor_id is not None:
                work.execute(this.values(vendor_id=vendor_id))
            still = this.where(WHATSAPP.c.status == SUBMITTED)
            work.execute(still.values(updated_at=self._clock(), **values))

    def _changed(
        self, work: UnitOfWork, caller: Caller, before: sa.RowMapping, values: Mapping[str, Any], action: str
    ) -> sa.RowMapping:
        self._write(work, before["id"], values)
        after = self.find(work, caller, before["id"])
        self._audit.note(work, caller, f"whatsapp_template.{action}", before["id"], _told(before), _told(after))
        return after

    def _write(self, work: UnitOfWork, template_id: str, values: Mapping[str, Any]) -> None:
        this = WHATSAPP.update().where(WHATSAPP.c.id == template_id)
        work.execute(this.values(updated_at=self._clock(), **values))


def broken_rules(fields: Mapping[str, Any] | sa.RowMapping) -> list[Fault]:
    """Every broken rule of a template, at its place."""
    template = {name: fields[name] for name in ("name", "language", "category", "components")}
    return [Fault(pointer(one.path), one.message, one.code, one.values) for one in problems(template)]


def _check_rules(fields: Mapping[str, Any] | sa.RowMapping) -> None:
    """Raises InvalidError with every broken rule."""
    faults = broken_rules(fields)
    if faults:
        raise InvalidError(faults)


def _check_sender_has_templates(work: UnitOfWork, caller: Caller, sender_id: str) -> None:
    """Raises InvalidError."""
    try:
        channel = sender_of(work, caller.company, sender_id)["channel"]
    except NotFoundError as error:
        raise InvalidError([Fault("/sender", str(error))]) from None
    if channel != CHANNEL:
        raise InvalidError([Fault("/sender", f"a sender of {channel} has no WhatsApp templates")])


def _is_at_vendor(row: sa.RowMapping) -> bool:
    return row["vendor_id"] is not None and row["status"] != DELETED


def _as_vendor_has(row: sa.RowMapping) -> VendorTemplate:
    names = ("name", "language", "category", "components")
    return VendorTemplate(**{name: row[name] for name in names}, vendor_id=row["vendor_id"] or "")


def _values(template: VendorTemplate) -> dict[str, Any]:
    return {
        "category": template.category,
        "components": list(template.components),
        "status": template.status,
        "reason": template.reason or None,
        "vendor_id": template.vendor_id,
    }


def _differences(row: sa.RowMapping, template: VendorTemplate) -> dict[str, Any] | None:
    """What is otherwise at the vendor. What was changed here after a rejection stays, till it is handed in again."""
    values = _values(template)
    if row["status"] == template.status == REJECTED:
        values |= {"category": row["category"], "components": row["components"]}
    return values if any(row[name] != value for name, value in values.items()) else None


def _told(row: Mapping[str, Any] | sa.RowMapping) -> dict[str, Any]:
    return {name: row[name] for name in TOLD}
