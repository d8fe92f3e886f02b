"""A server that has been in use for long: copies of one conversation, made by the database itself.

The one that is copied has a thread that waits for an answer. A copy is its contact, conversation and thread under other
ids, with its turn and its messages repeated; every message to a contact has been taken by the vendor under the id
`stored-<number>`. PostgreSQL only.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from hashlib import md5
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from botflow.contacts.service import CONTACTS
from botflow.conversations.dialogue import CONVERSATIONS, INBOUND, OUTBOUND, THREADS, VENDOR_MESSAGES
from botflow.conversations.turns import TURNS
from botflow.db import Database

MESSAGES_EACH: Final = 10
"""Messages of a conversation: every other one is the contact's."""


SETTLED_SECONDS: Final = 10.0


def message_id(number: int) -> str:
    """The id of the message that the vendor knows as `stored-<number>`, from 1 on."""
    contact, message = divmod(number - 1, MESSAGES_EACH // 2)
    return str(UUID(md5(f"message{(contact + 1) * 100 + message + 1}".encode()).hexdigest()))


def store(database: Database, contacts: int, first_number: int) -> int:
    """Make so many contacts of the one there is, with a live thread each. Returns how many messages there are then."""
    thread_id = _settled(database)
    pairs = MESSAGES_EACH // 2
    who = f"generate_series(1, {contacts - 1}) AS k"
    each = f"{who}, generate_series(1, {pairs}) AS m"
    address = f"'+' || ({first_number} + k)"
    contact, conversation = _id("contact", "k"), _id("conversation", "k")
    own_thread, message = _id("thread", "k"), _id("message", "k * 100 + m")
    state = f"replace(state, '{thread_id}', {own_thread})"
    copies: tuple[tuple[sa.Table, str, Mapping[str, str]], ...] = (
        (CONTACTS, who, {"id": contact, "address": address}),
        (
            CONVERSATIONS,
            who,
            {
                "id": conversation,
                "contact_id": contact,
                "address": address,
                "sequence": str(MESSAGES_EACH),
                "position": str(pairs),
            },
        ),
        (THREADS, who, {"id": own_thread, "conversation_id": conversation, "state": state, "turns": str(pairs)}),
        (TURNS, each, {"thread_id": own_thread, "number": "m", "event_id": _id("event", "k * 100 + m")}),
        (
            INBOUND,
            each,
            {
                "id": _id("inbound", "k * 100 + m"),
                "conversation_id": conversation,
                "vendor_id": "'stored-in-' || (k * 100 + m)",
                "sequence": "m * 2 - 1",
            },
        ),
        (
            OUTBOUND,
            each,
            {
                "id": message,
                "conversation_id": conversation,
                "thread_id": own_thread,
                "position": "m",
                "sequence": "m * 2",
            },
        ),
        (VENDOR_MESSAGES, each, {"message_id": message, "vendor_id": f"'stored-' || ((k - 1) * {pairs} + m)"}),
    )
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table, times, changed in copies:
            connection.exec_driver_sql(_copy(table, times, changed))
        connection.exec_driver_sql("ANALYZE")
        counted = f"SELECT (SELECT count(*) FROM {INBOUND.name}) + (SELECT count(*) FROM {OUTBOUND.name})"
        return int(connection.exec_driver_sql(counted).scalar_one())


def _settled(database: Database) -> str:
    """The thread to copy, once its message has left and is noted as sent."""
    end = time.monotonic() + SETTLED_SECONDS
    while time.monotonic() < end:
        with database.reading() as work:
            found = work.all(sa.select(OUTBOUND.c.thread_id).where(OUTBOUND.c.status == "sent"))
        if found:
            return str(found[0]["thread_id"])
        time.sleep(0.05)
    raise TimeoutError("the message to copy has not left")


def _id(kind: str, number: str) -> str:
    """An id of the form that ours have, always the same for the same number."""
    return f"md5('{kind}' || ({number}))::uuid::text"


def _copy(table: sa.Table, times: str, changed: Mapping[str, str]) -> str:
    """Copy the oldest row of a table so many times, with some columns changed."""
    names = [column.name for column in table.c]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(changed.get(name, f'one."{name}"') for name in names)
    one = f'(SELECT * FROM "{table.name}" ORDER BY 1 LIMIT 1) AS one'
    return f'INSERT INTO "{table.name}" ({columns}) SELECT {values} FROM {one}, {times}'
