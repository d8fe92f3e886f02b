"""The history of a conversation, as its contact sees it: what was written and what was shown, in one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from botflow.clock import iso
from botflow.conversations.models import InboundMessage, OutboundMessage
from botflow.db import UnitOfWork, table_of
from botflow_runtime.json_types import JsonObject

INBOUND: Final = table_of(InboundMessage)
OUTBOUND: Final = table_of(OutboundMessage)

PAGE: Final = 500
"""Most messages that are given at once; the newest ones."""

INBOUND_STATUS: Final = {"held": "delivered", "handled": "seen", "rejected": "delivered"}
"""A message of the contact is `delivered` once it is a row, and `seen` once a turn has taken it; who is on a
blacklist does not learn of it."""


class Entry(msgspec.Struct, frozen=True):
    """One message of the history; `at` is RFC 3339, `direction` "in" or "out" as seen from the server."""

    id: str
    sequence: int
    direction: str
    at: str
    content: JsonObject
    status: str

    def to_json(self) -> dict[str, Any]:
        """The entry as plain data."""
        return dict(msgspec.to_builtins(self))


def entries_after(work: UnitOfWork, conversation_id: str, after: int) -> list[Entry]:
    """The messages with a greater sequence than `after`, in order; of more than PAGE the newest."""
    entries = [inbound_entry(row) for row in work.all(_newest(INBOUND, conversation_id, after))]
    entries += [outbound_entry(row) for row in work.all(_newest(OUTBOUND, conversation_id, after))]
    return sorted(entries, key=lambda entry: entry.sequence)[-PAGE:]


def _newest(table: sa.Table, conversation_id: str, after: int) -> sa.Select[Any]:
    return (
        sa.select(table)
        .where(table.c.conversation_id == conversation_id, table.c.sequence > after)
        .order_by(table.c.sequence.desc())
        .limit(PAGE)
    )


def with_contents(entries: Sequence[Entry], contents: Sequence[JsonObject]) -> list[Entry]:
    """The entries with other contents, in the same order."""
    pairs = zip(entries, contents, strict=True)
    return [msgspec.structs.replace(entry, content=content) for entry, content in pairs]


def inbound_entry(row: sa.RowMapping | Mapping[str, Any]) -> Entry:
    """A message of the contact."""
    return Entry(
        id=row["vendor_id"],
        sequence=row["sequence"],
        direction="in",
        at=iso(row["received_at"]),
        content=msgspec.json.decode(row["content"]),
        status=INBOUND_STATUS[row["state"]],
    )


def outbound_entry(row: sa.RowMapping | Mapping[str, Any]) -> Entry:
    """A message to the contact that has left."""
    return Entry(
        id=row["id"],
        sequence=row["sequence"],
        direction="out",
        at=iso(row["settled_at"]),
        content=msgspec.json.decode(row["content"]),
        status=row["status"],
    )
