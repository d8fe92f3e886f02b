"""What is remembered of erased contacts: a keyed digest in the place of each address (AP-4, CO-8, CO-9).

A contact whose consent was ever recorded stays as an empty row, and entries of blacklists stay, both under the digest.
When the address comes back it takes its old place, so that an opt-out and a blacklist hold as if nothing had been
erased (docs/decisions/0032-an-erased-contact-is-remembered-by-a-digest.md).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

import sqlalchemy as sa

from botflow.consent.facts import BLACKLIST
from botflow.contacts.service import CONTACTS
from botflow.db import UnitOfWork, of_company

MARK: Final = "erased:"
"""What stands before a digest that is in the place of an address."""
EMPTY: Final[Mapping[str, Any]] = {"phone": None, "name": None, "attributes": {}, "time_zone": None}


class ErasedAddresses:
    """Digests of addresses, by a key that the database does not hold: `sign` is senders.sealing.Seal's."""

    def __init__(self, sign: Callable[[str], str]) -> None:
        self._sign = sign

    def digest(self, company_id: str, address: str) -> str:
        """What stands in the place of an address of a company."""
        return MARK + self._sign(f"erased address\n{company_id}\n{address}")

    def empty_contact(self, work: UnitOfWork, contact: sa.RowMapping, now: int) -> None:
        """Leave nothing of a contact but its id, its digest and its consent."""
        digest = self.digest(contact["company_id"], contact["address"])
        this = CONTACTS.update().where(CONTACTS.c.id == contact["id"])
        work.execute(this.values(address=digest, erased_at=now, **EMPTY))

    def hide_listed(self, work: UnitOfWork, contact: sa.RowMapping) -> int:
        """Put digests into the blacklists for what this contact alone is known by. Returns for how many entries."""
        company_id, count = contact["company_id"], 0
        for address in known_as(contact["address"], contact["phone"]) - _of_others(work, contact):
            listed = _listed(company_id, address)
            count += work.execute(listed.values(address=self.digest(company_id, address))).rowcount
        return count

    def recall(self, work: UnitOfWork, company_id: str, address: str, now: int) -> str | None:
        """An address that no contact has has come: let it take the place of its digest.

        Returns the id of the contact that has it again, None where no consent was recorded of it.
        """
        self.recall_listed(work, company_id, known_as(address, None))
        erased = of_company(CONTACTS, company_id).where(CONTACTS.c.address == self.digest(company_id, address))
        row = work.first(erased.with_for_update())
        if row is None:
            return None
        again = CONTACTS.update().where(CONTACTS.c.id == row["id"])
        work.execute(again.values(address=address, erased_at=None, created_at=now))
        return str(row["id"])

    def recall_listed(self, work: UnitOfWork, company_id: str, addresses: Collection[str]) -> None:
        """Let addresses take the places of their digests in the blacklists."""
        for address in addresses:
            work.execute(_listed(company_id, self.digest(company_id, address)).values(address=address))


def known_as(address: str, phone: str | None) -> set[str]:
    """Every way in which lists may name a contact (consent.facts)."""
    return {address, f"+{address}", *([phone] if phone else [])}


def _listed(company_id: str, address: str) -> sa.Update:
    return BLACKLIST.update().where(BLACKLIST.c.company_id == company_id, BLACKLIST.c.address == address)


def _of_others(work: UnitOfWork, contact: sa.RowMapping) -> set[str]:
    """What other contacts of the company are known by too: a list goes on to mean them."""
    forms = known_as(contact["address"], contact["phone"])
    bare = forms | {form.removeprefix("+") for form in forms}
    others = of_company(CONTACTS, contact["company_id"]).where(
        CONTACTS.c.id != contact["id"], sa.or_(CONTACTS.c.address.in_(bare), CONTACTS.c.phone.in_(forms))
    )
    return {form for row in work.all(others) for form in known_as(row["address"], row["phone"])}
