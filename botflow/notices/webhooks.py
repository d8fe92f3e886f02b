"""Registering webhooks, and sending again what did not arrive (AP-3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import sqlalchemy as sa

from botflow.accounts.service import catalog_changed, lock_company
from botflow.audit.service import Audit
from botflow.channels.http import VendorAddressError, VendorHttp
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, json_text, of_company
from botflow.errors import ConflictError, Fault, InvalidError, NotFoundError
from botflow.notices.delivering import Called, Deliverer
from botflow.notices.models import Webhook
from botflow.notices.service import DELIVERIES, WEBHOOKS
from botflow.notices.signature import is_secret, new_secret
from botflow.permissions import Caller
from botflow.senders.sealing import Seal
from botflow.senders.service import senders_of

MOST_WEBHOOKS: Final = 20
"""Of a company: each event is written once for each that wants it."""
PORTS: Final = {"http": 80, "https": 443}
TOLD: Final = ("name", "address", "events", "senders", "enabled")
"""What the audit log tells of a webhook."""


class Webhooks:
    """The webhooks of companies."""

    def __init__(
        self,
        database: Database,
        deliverer: Deliverer,
        seal: Seal,
        http: VendorHttp,
        audit: Audit,
        clock: Clock,
        ids: Callable[[], str],
    ) -> None:
        self.database = database
        self._deliverer = deliverer
        self._seal = seal
        self._http = http
        self._audit = audit
        self._clock = clock
        self._ids = ids

    def make(self, caller: Caller, fields: Mapping[str, Any], secret: str | None) -> tuple[sa.RowMapping, str]:
        """A new webhook and its secret, made where none is given. Raises InvalidError, ConflictError."""
        self._check_address(fields["address"])
        chosen = _checked(secret) if secret is not None else new_secret()
        row = Webhook(
            id=self._ids(),
            company_id=caller.company,
            secret=self._seal.close(chosen),
            created_at=self._clock(),
            **fields,
        )
        with self.database.transaction() as work:
            lock_company(work, caller.company)
            own = sa.select(sa.func.count()).select_from(of_company(WEBHOOKS, caller.company).subquery())
            _check_senders(work, caller, row.senders)
            if work.value(own) >= MOST_WEBHOOKS:
                raise ConflictError(f"A company has at most {MOST_WEBHOOKS} webhooks: change or delete one.")
            work.execute(WEBHOOKS.insert().values(row.model_dump()))
            catalog_changed(work, caller.company)
            self._audit.note(work, caller, "webhook.created", row.id, None, _told(row.model_dump()))
            return self.find(work, caller, row.id), chosen

    def change(self, caller: Caller, webhook_id: str, changes: Mapping[str, Any], secret: str | None) -> sa.RowMapping:
        """Change fields of a webhook. Raises NotFoundError, InvalidError."""
        if "address" in changes:
            self._check_address(changes["address"])
        values = dict(changes) | ({"secret": self._seal.close(_checked(secret))} if secret is not None else {})
        with self.database.transaction() as work:
            before = self.find(work, caller, webhook_id)
            _check_senders(work, caller, changes.get("senders", ()))
            if values:
                # Whatever was wrong may be right now: what waits is tried at once.
                this = WEBHOOKS.update().where(WEBHOOKS.c.id == webhook_id)
                work.execute(this.values(paused_until=0, **values))
                catalog_changed(work, caller.company)
            after = self.find(work, caller, webhook_id)
            renewed = {"secret": "new"} if secret is not None else {}
            self._audit.note(work, caller, "webhook.updated", webhook_id, _told(before), _told(after) | renewed)
            return after

    def delete(self, caller: Caller, webhook_id: str) -> None:
        """Delete a webhook; what waits for it is delivered no more. Raises NotFoundError."""
        with self.database.transaction() as work:
            before = self.find(work, caller, webhook_id)
            work.execute(WEBHOOKS.delete().where(WEBHOOKS.c.id == webhook_id))
            catalog_changed(work, caller.company)
            self._audit.note(work, caller, "webhook.deleted", webhook_id, _told(before), None)

    def find(self, work: UnitOfWork, caller: Caller, webhook_id: str) -> sa.RowMapping:
        """A webhook of the caller's company. Raises NotFoundError."""
        row = work.first(of_company(WEBHOOKS, caller.company).where(WEBHOOKS.c.id == webhook_id))
        if row is None:
            raise NotFoundError(f"There is no webhook {webhook_id!r}.")
        return row

    def ping(self, caller: Caller, webhook_id: str) -> Called:
        """Post an event of the type `ping` now, once. Raises NotFoundError."""
        with self.database.reading() as work:
            row = self.find(work, caller, webhook_id)
        event = self._ids()
        body = json_text({"id": event, "type": "ping", "company": caller.company, "data": {}})
        return self._deliverer.call(row["address"], row["secret"], event, body)

    def resend(self, caller: Caller, webhook_id: str, event_id: str | None) -> int:
        """Deliver an event again, or without an id every dead one. Returns how many. Raises NotFoundError."""
        now = self._clock()
        with self.database.transaction() as work:
            self.find(work, caller, webhook_id)
            chosen = DELIVERIES.c.state == "dead" if event_id is None else DELIVERIES.c.event_id == event_id
            again = DELIVERIES.update().where(DELIVERIES.c.webhook_id == webhook_id, chosen)
            count = work.execute(
                again.values(state="waiting", attempts=0, not_before=now, queued_at=now, settled_at=None)
            ).rowcount
            if event_id is not None and not count:
                raise NotFoundError(f"This webhook has no event {event_id!r}, or has it no more.")
            if count:
                work.execute(WEBHOOKS.update().where(WEBHOOKS.c.id == webhook_id).values(paused_until=0))
                self._audit.note(work, caller, "webhook.resent", webhook_id, None, {"event": event_id, "count": count})
            return count

    def _check_address(self, address: str) -> None:
        """Raises InvalidError; a host that does not answer today is no mistake."""
        problem = self._problem_of(address)
        if problem is not None:
            raise InvalidError([Fault("/address", problem)])

    def _problem_of(self, address: str) -> str | None:
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port or PORTS.get(parts.scheme, 0)
        except ValueError:
            return "this is no address"
        if not host or parts.scheme not in PORTS:
            return "begin with https:// and name a host"
        if parts.username is not None or parts.password is not None:
            return "name no user and no password in it; check the signature instead"
        if parts.scheme == "http" and not self._http.hosts.is_listed(host, port):
            return "texts of messages leave over https only; plain http is for hosts in BOTFLOW_VENDOR_HOSTS"
        try:
            self._http.hosts.resolve(host, port)
        except VendorAddressError as error:
            return str(error)
        except OSError:
            return None
        return None


def _checked(secret: str) -> str:
    if not is_secret(secret):
        raise InvalidError([Fault("/secret", "a secret is whsec_ and 24 to 64 random bytes in Base64")])
    return secret


def _check_senders(work: UnitOfWork, caller: Caller, senders: Sequence[str]) -> None:
    """Raises InvalidError where one is none of the company's."""
    own = {row["id"] for row in senders_of(work, caller.company)} if senders else set()
    unknown = [
        Fault(f"/senders/{number}", f"there is no sender {sender!r}")
        for number, sender in enumerate(senders)
        if sender not in own
    ]
    if unknown:
        raise InvalidError(unknown)


def _told(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in TOLD}
