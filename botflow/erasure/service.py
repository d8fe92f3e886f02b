"""Erasing a contact: whatever tells who it is or what was said goes, and a record without personal data stays (AP-4).

Each conversation goes in a transaction of its own, the contact in the last one. The record says `pending` from before
the first of them, so that whoever finds it after a crash goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import sqlalchemy as sa
import structlog

from botflow.assets.service import Assets
from botflow.audit.service import SYSTEM, Audit, erase_names, erase_values
from botflow.clock import Clock
from botflow.consent.ledger import erase_evidence
from botflow.contacts.capability import erase_capabilities
from botflow.contacts.erased import ErasedAddresses, known_as
from botflow.contacts.service import CONTACTS, find_contact
from botflow.contacts.tags import erase_tags
from botflow.conversations.erasing import (
    conversations_of,
    erase_conversation,
    erase_parts,
    files_received,
    lock_to_erase,
)
from botflow.db import UnitOfWork, constant, new_row, of_company, table_of
from botflow.erasure.models import ErasureRow
from botflow.errors import NotFoundError
from botflow.notices.service import Happening, audience_now, erase_deliveries, event_id, tell
from botflow.permissions import Caller

ERASURES: Final = table_of(ErasureRow)
EVERY_MS: Final = 60_000
"""How often it is looked for erasures that a crash has left."""

_IS_PENDING: Final = ERASURES.c.state == constant("pending")
_PENDING: Final = sa.select(ERASURES).where(_IS_PENDING).order_by(ERASURES.c.id)

_log = structlog.get_logger()


class Erasures:
    """Erases contacts of every company."""

    def __init__(
        self, assets: Assets, addresses: ErasedAddresses, audit: Audit, clock: Clock, ids: Callable[[], str]
    ) -> None:
        self.database = assets.database
        self._assets = assets
        self._addresses = addresses
        self._audit = audit
        self._clock = clock
        self._ids = ids

    def erase(self, caller: Caller, contact_id: str) -> tuple[sa.RowMapping, bool]:
        """Erase a contact. Returns the record, and whether it is new: of one who is gone already it is the old one.

        Raises NotFoundError.
        """
        with self.database.transaction() as work:
            erasure, is_new = self._begun(work, caller, contact_id)
        if erasure["state"] == "pending":
            self._go_on(erasure)
        with self.database.reading() as work:
            return find_erasure(work, caller.company, erasure["id"]), is_new

    def finish_pending(self) -> int:
        """Go on with what a crash has left. Returns when to look again, in milliseconds since the epoch."""
        with self.database.reading() as work:
            pending = work.all(_PENDING)
        for erasure in pending:
            try:
                self._go_on(erasure)
            except Exception:  # one that cannot be finished must not stop the others
                _log.exception("erasure failed", erasure=erasure["id"])
        return self._clock() + EVERY_MS

    def _begun(self, work: UnitOfWork, caller: Caller, contact_id: str) -> tuple[sa.RowMapping, bool]:
        """The record that is to be finished, or was."""
        contact = find_contact(work, caller.company, contact_id)
        known = _newest_of(work, caller.company, contact_id)
        is_there = contact is not None and contact["erased_at"] is None
        if known is not None and (known["state"] == "pending" or not is_there):
            return known, False
        if contact is None:
            raise NotFoundError(f"There is no contact {contact_id!r}.")
        row = self._new_row(caller, contact)
        # Two may ask at once: the second waits here, and goes on with the first one's record.
        work.insert_once(ERASURES, row)
        begun = _newest_of(work, caller.company, contact_id)
        assert begun is not None  # it was made in this transaction, or in one that came before it
        if begun["id"] == row["id"]:
            self._audit.note(work, caller, "erasure.requested", row["id"], None, {"contact": contact_id})
        return begun, begun["id"] == row["id"]

    def _new_row(self, caller: Caller, contact: sa.RowMapping) -> dict[str, Any]:
        known_by = {contact["address"], contact["phone"]} - {None}
        return new_row(
            ErasureRow,
            id=self._ids(),
            company_id=caller.company,
            contact_id=contact["id"],
            digests=sorted(self._addresses.digest(caller.company, address) for address in known_by),
            user_id=caller.user,
            key_id=caller.key,
            actor=caller.name or SYSTEM,
            counts={},
            requested_at=self._clock(),
        )

    def _go_on(self, erasure: sa.RowMapping) -> None:
        """Conversations may be made while others go, until the contact is gone itself."""
        while True:
            with self.database.reading() as work:
                conversations = conversations_of(work, erasure["contact_id"])
            for conversation_id in conversations:
                with self.database.transaction() as work:
                    self._erase_conversation(work, erasure, conversation_id)
            with self.database.transaction() as work:
                is_done = self._erase_contact(work, erasure)
            if is_done:
                self.database.forget_deleted()
                return

    def _erase_conversation(self, work: UnitOfWork, erasure: sa.RowMapping, conversation_id: str) -> None:
        if not lock_to_erase(work, conversation_id) or not _is_pending(work, erasure):
            return
        keys = files_received(work, conversation_id)
        assets, files = self._assets.erase_received(work, erasure["company_id"], keys)
        renamed = erase_names(work, erasure["company_id"], "media", keys)
        counts = erase_conversation(work, conversation_id) + Counter(asset=assets, audit_entry=renamed)
        _note(work, erasure["id"], counts, files)

    def _erase_contact(self, work: UnitOfWork, erasure: sa.RowMapping) -> bool:
        """Everything besides conversations. Returns False where the contact has one again: nothing was done then."""
        company_id, contact_id = erasure["company_id"], erasure["contact_id"]
        # FOR UPDATE: nobody makes a conversation of the contact until this is through.
        contact = work.first(sa.select(CONTACTS).where(CONTACTS.c.id == contact_id).with_for_update())
        if not _is_pending(work, erasure):
            return True
        if conversations_of(work, contact_id):
            return False
        counts = Counter(
            webhook_delivery=erase_deliveries(work, contact_id),
            audit_entry=erase_values(work, company_id, contact_id, _known_as(contact)),
            consent_entry=(entries := erase_evidence(work, contact_id)),
        )
        if contact is not None and contact["erased_at"] is None:
            counts += self._erase_row(work, contact, is_remembered=entries > 0)
        _note(work, erasure["id"], counts)
        now = self._clock()
        work.execute(ERASURES.update().where(ERASURES.c.id == erasure["id"]).values(state="done", finished_at=now))
        told = {"contact": {"id": contact_id}, "erasure": erasure["id"]}
        own_id = event_id(now, erasure["id"])
        tell(
            work, audience_now(work, company_id), Happening(own_id, "contact.erased", company_id, contact_id, now, told)
        )
        return True

    def _erase_row(self, work: UnitOfWork, contact: sa.RowMapping, *, is_remembered: bool) -> Counter[str]:
        counts = Counter(
            contact=1,
            contact_capability=erase_capabilities(work, contact["id"]),
            contact_tag=erase_tags(work, contact["id"]),
            blacklist_entry=self._addresses.hide_listed(work, contact),
            inbound_part=erase_parts(work, contact["company_id"], contact["address"]),
        )
        if is_remembered:
            self._addresses.empty_contact(work, contact, self._clock())
        else:
            work.execute(CONTACTS.delete().where(CONTACTS.c.id == contact["id"]))
        return counts


def find_erasure(work: UnitOfWork, company_id: str, erasure_id: str) -> sa.RowMapping:
    """The record of an erasure. Raises NotFoundError."""
    row = work.first(of_company(ERASURES, company_id).where(ERASURES.c.id == erasure_id))
    if row is None:
        raise NotFoundError(f"There is no erasure {erasure_id!r}.")
    return row


def _is_pending(work: UnitOfWork, erasure: sa.RowMapping) -> bool:
    """Whether nobody has finished it meanwhile: whoever has the address again by now is none of its business."""
    # FOR UPDATE: two may be at it, and there is no contact to lock any more where it was deleted.
    return work.first(_PENDING.where(ERASURES.c.id == erasure["id"]).with_for_update()) is not None


def _newest_of(work: UnitOfWork, company_id: str, contact_id: str) -> sa.RowMapping | None:
    own = of_company(ERASURES, company_id).where(ERASURES.c.contact_id == contact_id)
    return work.first(own.order_by(ERASURES.c.id.desc()).limit(1))


def _known_as(contact: sa.RowMapping | None) -> set[str]:
    return set() if contact is None else known_as(contact["address"], contact["phone"])


def _note(work: UnitOfWork, erasure_id: str, counts: Counter[str], files: int = 0) -> None:
    """Add to what the record tells; two processes may be at it."""
    row = work.all(sa.select(ERASURES).where(ERASURES.c.id == erasure_id).with_for_update())[0]
    total = {name: count for name, count in (Counter(row["counts"]) + counts).items() if count}
    this = ERASURES.update().where(ERASURES.c.id == erasure_id)
    work.execute(this.values(counts=total, files=row["files"] + files))
