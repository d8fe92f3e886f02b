"""Taking back a message that a vendor has, and that has not been delivered (MS-2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pydantic
import sqlalchemy as sa

from botflow.audit.service import Audit
from botflow.channels.contract import Account, ChannelAdapter
from botflow.clock import Clock
from botflow.conversations.dialogue import OUTBOUND, VENDOR_MESSAGES
from botflow.conversations.messages import find_message
from botflow.db import Database, UnitOfWork
from botflow.errors import ConflictError, RequestError
from botflow.permissions import Caller
from botflow.senders.sealing import UnsealError
from botflow.senders.service import SenderAccounts

REVOKED: Final = "revoked"
REFUSED: Final = "refused"


class VendorDownError(RequestError):
    """The vendor has not answered."""

    status = 502


def revoke(
    database: Database, accounts: SenderAccounts, audit: Audit, caller: Caller, message_id: str, clock: Clock
) -> None:
    """Ask the vendor to take back a message, and keep its answer. One that was taken back is not asked for again.

    The message stays `sent`: some vendors do not tell whether it was delivered before, and a report may still say so.
    Raises NotFoundError, NotAllowedError, VendorDownError, and ConflictError where there is nothing to take back.
    """
    with database.reading() as work:
        message = find_message(work, caller, message_id)
        if message["revocation"] == REVOKED:
            return
        if message["status"] != "sent":
            raise ConflictError(f"Only a message that has left and was not delivered: this one is {message['status']}.")
        vendor_ids = _vendor_ids(work, message_id)
        adapter, account = _account(work, accounts, message["sender_id"])
    answer = REVOKED if _taken_back(adapter, account, message["address"], vendor_ids) else REFUSED
    with database.transaction() as work:
        kept = {"revocation": answer, "revoked_at": clock()}
        work.execute(OUTBOUND.update().where(OUTBOUND.c.id == message_id).values(kept))
        audit.note(work, caller, "message.revoked", message_id, None, {"answer": answer})


def _vendor_ids(work: UnitOfWork, message_id: str) -> list[str]:
    """What the vendor calls the parts that the message left in."""
    named = sa.select(VENDOR_MESSAGES.c.vendor_id).where(VENDOR_MESSAGES.c.message_id == message_id)
    return [row["vendor_id"] for row in work.all(named.order_by(VENDOR_MESSAGES.c.vendor_id))]


def _account(work: UnitOfWork, accounts: SenderAccounts, sender_id: str) -> tuple[ChannelAdapter[Any], Account[Any]]:
    try:
        return accounts.of_sender(work, sender_id)
    except UnsealError as error:
        raise ConflictError(str(error)) from None
    except (KeyError, pydantic.ValidationError):
        raise ConflictError("The credentials of the sender are incomplete. Enter them anew.") from None


def _taken_back(adapter: ChannelAdapter[Any], account: Account[Any], address: str, vendor_ids: Sequence[str]) -> bool:
    try:
        return bool(vendor_ids) and adapter.revoke(account, address, vendor_ids)
    except OSError as error:
        raise VendorDownError(f"The vendor could not be asked, ask again later: {error}") from None
