"""Senders: which there are, and the accounts that their adapters act with."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from botflow.accounts.service import COMPANY_FACTS, catalog_changed
from botflow.channels.contract import Account, ChannelAdapter
from botflow.db import Database, UnitOfWork, of_company, table_of
from botflow.errors import NotFoundError
from botflow.senders.models import Sender
from botflow.senders.sealing import Seal

SENDERS: Final = table_of(Sender)
ACTIVE: Final = "active"
BLOCKED: Final = "blocked"

SENDER_FACTS: Final = (
    sa.select(
        SENDERS.c.id,
        SENDERS.c.company_id,
        SENDERS.c.name,
        SENDERS.c.channel,
        SENDERS.c.adapter,
        SENDERS.c.status,
        SENDERS.c.paused_until,
        SENDERS.c.rate,
        SENDERS.c.live_chat_only,
        COMPANY_FACTS.c.time_zone,
        COMPANY_FACTS.c.catalog_revision,
    )
    .join(COMPANY_FACTS, COMPANY_FACTS.c.id == SENDERS.c.company_id)
    .subquery("sender_facts")
)
"""What other domains may know of a sender, to join with."""


def ensure_sender(
    work: UnitOfWork, sender_id: str, company_id: str, name: str, channel: str, adapter: str, now: int
) -> None:
    """Make a sender that needs no credentials, or bring its name and channel up to date."""
    found = work.first(sa.select(SENDERS.c.name, SENDERS.c.channel).where(SENDERS.c.id == sender_id))
    if found is not None:
        if dict(found) != {"name": name, "channel": channel}:
            work.execute(SENDERS.update().where(SENDERS.c.id == sender_id).values(name=name, channel=channel))
            catalog_changed(work, company_id)
        return
    row = Sender(
        id=sender_id,
        company_id=company_id,
        name=name,
        channel=channel,
        adapter=adapter,
        webhook_key=new_webhook_key(),
        created_at=now,
        updated_at=now,
    )
    work.execute(SENDERS.insert().values(row.model_dump()))
    catalog_changed(work, company_id)


def new_webhook_key() -> str:
    """The secret part of a webhook's address: 192 random bits."""
    return secrets.token_urlsafe(24)


def find_sender(work: UnitOfWork, sender_id: str, adapter: str) -> sa.RowMapping | None:
    """The facts of a sender that messages of this adapter may be for, or None."""
    return work.first(sa.select(SENDER_FACTS).where(SENDER_FACTS.c.id == sender_id, SENDER_FACTS.c.adapter == adapter))


def company_of(work: UnitOfWork, sender_id: str) -> str:
    """The company of a sender that there is."""
    return str(work.value(sa.select(SENDERS.c.company_id).where(SENDERS.c.id == sender_id)))


def sender_of(work: UnitOfWork, company_id: str, sender_id: str) -> sa.RowMapping:
    """A sender of a company. Raises NotFoundError when it has no such."""
    found = work.first(of_company(SENDERS, company_id).where(SENDERS.c.id == sender_id))
    if found is None:
        raise NotFoundError(f"There is no sender {sender_id}.")
    return found


_STATUS: Final = sa.select(SENDERS.c.status).where(SENDERS.c.id == sa.bindparam("sender"))


def is_active(work: UnitOfWork, sender_id: str) -> bool:
    """Whether there is such a sender and it is switched on."""
    return bool(work.value(_STATUS, sender=sender_id) == ACTIVE)


def set_status(work: UnitOfWork, sender_id: str, status: str) -> None:
    """Switch a sender on or off without an entry in the audit log: the server's own doing."""
    work.execute(SENDERS.update().where(SENDERS.c.id == sender_id).values(status=status))


def senders_named(work: UnitOfWork, company_id: str, name: str) -> list[sa.RowMapping]:
    """The senders of a company that a name means: the one of this id, or else those that their vendor knows by it."""
    named = of_company(SENDERS, company_id)
    by_id = work.all(named.where(SENDERS.c.id == name))
    return by_id or work.all(named.where(SENDERS.c.identity == name).order_by(SENDERS.c.id))


def senders_of(work: UnitOfWork, company_id: str) -> list[sa.RowMapping]:
    """Every sender of a company."""
    return work.all(of_company(SENDERS, company_id).order_by(SENDERS.c.id))


RECENT_SECONDS: Final = 1.0
"""How long an account is taken as it was: a changed secret counts after that."""
PAUSE_MS: Final = 60_000
"""How long a sender rests that its vendor does not let in, before one more try."""


def pause(work: UnitOfWork, sender_id: str, problem: str, now: int) -> None:
    """The vendor does not let the sender in: nothing leaves for a while; the messages stay in the queue."""
    paused = {"problem": problem, "paused_until": now + PAUSE_MS}
    work.execute(SENDERS.update().where(SENDERS.c.id == sender_id).values(paused))


def unpause(work: UnitOfWork, sender_id: str) -> None:
    """The sender works, or its credentials were changed: what waits may leave."""
    mended = SENDERS.update().where(SENDERS.c.id == sender_id, SENDERS.c.problem.is_not(None))
    work.execute(mended.values(problem=None, paused_until=0))


_ACCOUNTS: Final = sa.select(SENDERS, COMPANY_FACTS.c.time_zone).join(
    COMPANY_FACTS, COMPANY_FACTS.c.id == SENDERS.c.company_id
)
_BY_ID: Final = _ACCOUNTS.where(SENDERS.c.id == sa.bindparam("sender"))
_BY_KEY: Final = _ACCOUNTS.where(SENDERS.c.webhook_key == sa.bindparam("key"))


CAPABILITY_MS: Final = 24 * 3_600_000


class SenderAccounts:
    """The accounts of senders: their credentials, opened for the adapters.

    `capability_ms`: how long a vendor's word is good that a contact can get its messages, or cannot.
    """

    def __init__(
        self,
        adapters: Mapping[str, ChannelAdapter[Any]],
        seal: Seal,
        public_url: str = "",
        capability_ms: int = CAPABILITY_MS,
    ) -> None:
        self.adapters = adapters
        self.capability_ms = capability_ms
        self._seal = seal
        self._public_url = public_url.rstrip("/")
        self._recent: dict[tuple[str, str], tuple[float, tuple[ChannelAdapter[Any], Account[Any]]]] = {}

    def of_sender(self, work: UnitOfWork, sender_id: str) -> tuple[ChannelAdapter[Any], Account[Any]]:
        """Who carries a sender's messages, and with what. Raises KeyError, UnsealError, pydantic.ValidationError."""
        row = work.first(_BY_ID, sender=sender_id)
        if row is None:
            raise KeyError(sender_id)
        return self._account(row)

    def adapter_of(self, work: UnitOfWork, sender_id: str) -> ChannelAdapter[Any]:
        """Who carries a sender's messages. Raises KeyError."""
        row = work.first(_BY_ID, sender=sender_id)
        if row is None:
            raise KeyError(sender_id)
        return self.adapters[row["adapter"]]

    def of_webhook(self, database: Database, adapter: str, key: str) -> tuple[ChannelAdapter[Any], Account[Any]]:
        """The same for the address of a webhook; as it was a moment ago, since vendors call many times a second.

        Raises KeyError, UnsealError, pydantic.ValidationError.
        """
        until, found = self._recent.get((adapter, key), (0.0, None))
        if found is None or time.monotonic() >= until:
            with database.reading() as work:
                row = work.first(_BY_KEY, key=key)
            if row is None or row["adapter"] != adapter:
                raise KeyError(key)
            found = self._account(row)
            self._recent[adapter, key] = time.monotonic() + RECENT_SECONDS, found
        return found

    def changed(self) -> None:
        """A sender was changed by this process: at once, where other processes notice after RECENT_SECONDS."""
        self._recent.clear()

    def seal(self, credentials: str) -> str:
        """Credentials as JSON, sealed for their column."""
        return self._seal.close(credentials)

    def unseal(self, sealed: str) -> str:
        """What was sealed. Raises UnsealError."""
        return self._seal.open(sealed)

    def webhook_url(self, adapter: str, key: str) -> str:
        """The public address of a sender's webhook; without a public address of the server, its path."""
        return f"{self._public_url}/webhooks/{adapter}/{key}"

    def _account(self, row: sa.RowMapping) -> tuple[ChannelAdapter[Any], Account[Any]]:
        adapter = self.adapters[row["adapter"]]
        sealed = row["credentials"]
        credentials = adapter.credentials.model_validate_json(self._seal.open(sealed) if sealed else "{}")
        url = self.webhook_url(row["adapter"], row["webhook_key"])
        return adapter, Account(row["id"], row["identity"], credentials, url, row["time_zone"])
