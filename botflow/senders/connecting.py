"""Connecting senders: their settings, their credentials, and whether the vendor lets them in (AS-2, AS-5)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass, field
from functools import cache
from threading import BoundedSemaphore
from typing import Any, Final, TypeAlias

import sqlalchemy as sa
import structlog
from pydantic import ValidationError

from botflow.accounts.service import catalog_changed
from botflow.audit.service import Audit
from botflow.channels.contract import DESTINATIONS, Account, ChannelAdapter, Checked, Credentials
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, of_company
from botflow.errors import ConflictError, Fault, InvalidError, NotAllowedError, NotFoundError, TooManyError
from botflow.permissions import Caller
from botflow.rest.reading import refusal
from botflow.senders.models import Sender
from botflow.senders.sealing import UnsealError
from botflow.senders.service import SENDERS, SenderAccounts, new_webhook_key, unpause

CHECK_SECONDS: Final = 20.0
CHECKS_AT_ONCE: Final = 4
TOLD: Final = ("name", "adapter", "identity", "status", "rate", "live_chat_only", "embed_origins")
"""What the audit log tells of a sender, besides the fields of its credentials that are no secret."""
CHANGING: Final = ("name", "identity", "status", "rate", "live_chat_only", "embed_origins")
EMPTY: Final = (None, "")
"""What a secret is when it is to stay as it was."""
NOT_IN_TIME: Final = f"The vendor did not answer within {CHECK_SECONDS:.0f} s."
FAILED: Final = "The test itself failed: that is a fault of the server."

Uses: TypeAlias = Callable[[UnitOfWork, str], bool]
"""Whether something of another domain stands on a sender."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class SenderSettings:
    """What somebody wants of a sender. Of `credentials`, a secret that is missing or empty stays as it was."""

    name: str
    adapter: str
    identity: str
    credentials: Mapping[str, Any]
    status: str
    rate: float | None
    live_chat_only: bool
    embed_origins: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Shown:
    """The credentials of a sender as people see them: the values of what is no secret, and which secrets are set."""

    values: Mapping[str, Any]
    secrets: Mapping[str, bool]
    problem: str | None = None


class Senders:
    """Makes, changes and tests senders.

    `has_chatbots` and `has_history` ask other domains what stands on a sender.
    """

    def __init__(
        self,
        database: Database,
        accounts: SenderAccounts,
        clock: Clock,
        audit: Audit,
        has_chatbots: Uses,
        has_history: Uses,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._clock = clock
        self._audit = audit
        self._has_chatbots = has_chatbots
        self._has_history = has_history
        self._checks = ThreadPoolExecutor(CHECKS_AT_ONCE, thread_name_prefix="check")
        self._room = BoundedSemaphore(CHECKS_AT_ONCE)

    @property
    def adapters(self) -> Mapping[str, ChannelAdapter[Any]]:
        """Every adapter by its name."""
        return self._accounts.adapters

    def find(self, work: UnitOfWork, caller: Caller, sender_id: str) -> sa.RowMapping:
        """A sender that the caller may use. Raises NotFoundError."""
        row = work.first(of_company(SENDERS, caller.company).where(SENDERS.c.id == sender_id))
        if row is None or not caller.may_use(sender_id):
            raise NotFoundError("There is no such sender.")
        return row

    def put(self, work: UnitOfWork, caller: Caller, sender_id: str, wanted: SenderSettings) -> bool:
        """Make the sender, or let it be as wanted; returns whether it was made. The same again changes nothing.

        Raises NotFoundError where the id is another company's, NotAllowedError, ConflictError, InvalidError.
        """
        if not caller.may_use(sender_id):
            raise NotAllowedError("You may use some senders only, and not this one.")
        adapter = self._adapter(wanted.adapter)
        if wanted.embed_origins and not adapter.watched:
            raise InvalidError([Fault("/embed_origins", "only senders of web chat are shown on pages")])
        before = self._locked(work, caller, sender_id)
        self._check_live_chat(work, adapter, sender_id, wanted)
        if before is None and self._made(work, caller, sender_id, adapter, wanted):
            return True
        # Where it was not made either, somebody made it at the same moment.
        before = before or self._locked(work, caller, sender_id)
        assert before is not None  # it was there a moment ago, and a deletion would have waited
        self._change(work, caller, before, wanted)
        work.after_commit(self._accounts.changed)
        return False

    def delete(self, work: UnitOfWork, caller: Caller, sender_id: str) -> None:
        """Delete a sender that nothing stands on. Raises NotFoundError, ConflictError."""
        row = self.find(work, caller, sender_id)
        if self._has_chatbots(work, sender_id):
            raise ConflictError("Chatbots are enabled on this sender; disable them first.")
        if self._has_history(work, sender_id):
            raise ConflictError("Conversations of this sender are kept. Set its status to canceled instead.")
        work.execute(SENDERS.delete().where(SENDERS.c.id == sender_id))
        work.after_commit(self._accounts.changed)
        self._audit.note(work, caller, "sender.deleted", sender_id, self._told(row), None)
        catalog_changed(work, caller.company)

    def rotate_webhook(self, work: UnitOfWork, caller: Caller, sender_id: str) -> str:
        """Give the webhook another address; the one of before is no more. Returns the new one. Raises NotFoundError."""
        self.find(work, caller, sender_id)
        values = {"webhook_key": new_webhook_key(), "updated_at": self._clock()}
        work.execute(SENDERS.update().where(SENDERS.c.id == sender_id).values(values))
        work.after_commit(self._accounts.changed)
        self._audit.note(work, caller, "sender.webhook_rotated", sender_id)
        return self.webhook_url(self.find(work, caller, sender_id))

    def webhook_url(self, row: sa.RowMapping) -> str:
        """The address of a sender's webhook: whoever knows it may call it."""
        return self._accounts.webhook_url(row["adapter"], row["webhook_key"])

    def shown(self, row: sa.RowMapping) -> Shown:
        """The credentials of a sender without its secrets."""
        schema = schema_of(self._adapter(row["adapter"]))
        try:
            kept: Mapping[str, Any] = self._kept(row)
            problem = None
        except UnsealError as error:
            kept, problem = {}, str(error)
        hidden = secret_fields(schema)
        values = {
            name: kept.get(name, field.get("default"))
            for name, field in schema.get("properties", {}).items()
            if name not in hidden
        }
        return Shown(values, {name: bool(kept.get(name)) for name in hidden}, problem)

    def check(self, caller: Caller, sender_id: str) -> tuple[Checked, Checked | None]:
        """Try the credentials; where they work, tell the vendor the webhook's address.

        Raises NotFoundError, TooManyError. What the vendor answered, and what came of telling the address.
        """
        with self._database.reading() as work:
            self.find(work, caller, sender_id)
            try:
                adapter, account = self._accounts.of_sender(work, sender_id)
            except UnsealError as error:
                return Checked(False, str(error)), None
            except ValidationError:
                return Checked(False, "The credentials are incomplete. Enter them anew."), None
        checked = self._in_time(lambda: adapter.check(account))
        if not checked.works:
            return checked, None
        with self._database.transaction() as work:
            unpause(work, sender_id)
        return checked, self._tell_address(adapter, account)

    def close(self) -> None:
        """Begin no more tests."""
        self._checks.shutdown(wait=False, cancel_futures=True)

    def _tell_address(self, adapter: ChannelAdapter[Any], account: Account[Any]) -> Checked | None:
        """A vendor can call a whole address only, so nothing is told where the server knows none of its own."""
        is_whole = "://" in account.webhook_url
        return self._in_time(lambda: adapter.connected(account)) if is_whole else None

    def _in_time(self, call: Callable[[], Checked]) -> Checked:
        if not self._room.acquire(blocking=False):
            raise TooManyError("Other connections are being tested; try again in a moment.", 5)
        running: Future[Checked] = self._checks.submit(call)
        # A vendor that never answers keeps its place, so that there are never more threads than places.
        running.add_done_callback(lambda done: self._room.release())
        try:
            return running.result(CHECK_SECONDS)
        except NotInTime:
            return Checked(False, NOT_IN_TIME)
        except Exception as error:  # a fault of an adapter: its message may hold secrets, so it goes to nobody
            _log.error("connection test failed", kind=type(error).__name__)
            return Checked(False, FAILED)

    def _adapter(self, name: str) -> ChannelAdapter[Any]:
        adapter = self.adapters.get(name)
        if adapter is None:
            raise InvalidError([Fault("/adapter", f"there are {', '.join(sorted(self.adapters))}")])
        return adapter

    def _locked(self, work: UnitOfWork, caller: Caller, sender_id: str) -> sa.RowMapping | None:
        """The sender with this id, held until the end of the transaction. Raises NotFoundError where it is not ours."""
        row = work.first(sa.select(SENDERS).where(SENDERS.c.id == sender_id).with_for_update())
        if row is not None and row["company_id"] != caller.company:
            raise NotFoundError("There is no such sender.")
        return row

    def _made(
        self, work: UnitOfWork, caller: Caller, sender_id: str, adapter: ChannelAdapter[Any], wanted: SenderSettings
    ) -> bool:
        now = self._clock()
        row = Sender(
            id=sender_id,
            company_id=caller.company,
            name=wanted.name,
            channel=adapter.channel,
            adapter=adapter.name,
            identity=wanted.identity,
            status=wanted.status,
            credentials=self._sealed(_merged(adapter, wanted.credentials, {})),
            rate=wanted.rate,
            live_chat_only=wanted.live_chat_only,
            embed_origins=wanted.embed_origins,
            webhook_key=new_webhook_key(),
            created_at=now,
            updated_at=now,
        )
        work.insert_once(SENDERS, row.model_dump())
        after = self._locked(work, caller, sender_id)
        if after is None or after["webhook_key"] != row.webhook_key:
            return False
        self._audit.note(work, caller, "sender.created", sender_id, None, self._told(after))
        catalog_changed(work, caller.company)
        return True

    def _change(self, work: UnitOfWork, caller: Caller, before: sa.RowMapping, wanted: SenderSettings) -> None:
        if wanted.adapter != before["adapter"]:
            raise ConflictError("A sender stays with its adapter; make another sender.")
        kept = self._kept_or_none(before)
        merged = _merged(self._adapter(wanted.adapter), wanted.credentials, kept)
        values = {name: getattr(wanted, name) for name in CHANGING if getattr(wanted, name) != before[name]}
        if merged != kept:
            values["credentials"] = self._sealed(merged)
            unpause(work, before["id"])
        if not values:
            return
        values["updated_at"] = self._clock()
        work.execute(SENDERS.update().where(SENDERS.c.id == before["id"]).values(values))
        after = self.find(work, caller, before["id"])
        new = self._told(after) | {"renewed": _renewed(kept, merged, self.shown(after).secrets)}
        self._audit.note(work, caller, "sender.updated", before["id"], self._told(before) | {"renewed": []}, new)
        catalog_changed(work, caller.company)

    def _check_live_chat(
        self, work: UnitOfWork, adapter: ChannelAdapter[Any], sender_id: str, wanted: SenderSettings
    ) -> None:
        """CO-5: no chatbot beside live chat, and only where contacts can write."""
        if not wanted.live_chat_only:
            return
        if not adapter.two_way:
            raise InvalidError([Fault("/live_chat_only", "contacts cannot write to a sender of this adapter")])
        if self._has_chatbots(work, sender_id):
            raise ConflictError("Chatbots are enabled on this sender; disable them before it is for live chat only.")

    def _kept(self, row: Any) -> dict[str, Any]:
        """The credentials as they were entered. Raises UnsealError."""
        kept: dict[str, Any] = json.loads(self._accounts.unseal(row["credentials"])) if row["credentials"] else {}
        return kept

    def _kept_or_none(self, row: Any) -> dict[str, Any]:
        """The same; none where another key sealed them: then all of them have to be entered anew."""
        try:
            return self._kept(row)
        except UnsealError:
            return {}

    def _sealed(self, credentials: Mapping[str, Any]) -> str | None:
        return self._accounts.seal(json.dumps(credentials)) if credentials else None

    def _told(self, row: Any) -> dict[str, Any]:
        return {name: row[name] for name in TOLD} | {"settings": dict(self.shown(row).values)}


def _merged(adapter: ChannelAdapter[Any], given: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The credentials with the secrets that stay. Raises InvalidError where the adapter cannot use them."""
    hidden = secret_fields(schema_of(adapter))
    merged = {name: value for name, value in given.items() if name not in hidden or value not in EMPTY}
    carried = {name: kept[name] for name in hidden if name not in merged and name in kept}
    if carried:
        _check_destination(adapter, merged, kept)
    merged |= carried
    try:
        adapter.credentials.model_validate_json(json.dumps(merged))
    except ValidationError as error:
        raise refusal(error, "/credentials/") from None
    return merged


def _check_destination(adapter: ChannelAdapter[Any], merged: Mapping[str, Any], kept: Mapping[str, Any]) -> None:
    """Secrets stay with the address that they were entered for: nobody has them sent elsewhere without knowing them."""
    defaults = {name: field.default for name, field in adapter.credentials.model_fields.items()}
    for name in sorted(DESTINATIONS & defaults.keys()):
        if merged.get(name, defaults[name]) != kept.get(name, defaults[name]):
            raise InvalidError([Fault(f"/credentials/{name}", "it changes: enter the secrets again")])


def _renewed(kept: Mapping[str, Any], merged: Mapping[str, Any], hidden: Mapping[str, bool]) -> list[str]:
    """The secrets that changed, by name."""
    return [name for name in hidden if kept.get(name) != merged.get(name)]


def schema_of(adapter: ChannelAdapter[Any]) -> dict[str, Any]:
    """The JSON Schema of what an adapter needs to be told: the form to fill in. Secrets are `writeOnly`."""
    return _schema_of(adapter.credentials)


@cache
def _schema_of(credentials: type[Credentials]) -> dict[str, Any]:
    return credentials.model_json_schema()


def secret_fields(schema: Mapping[str, Any]) -> list[str]:
    """The fields of such a schema that are secrets, wholly or in part."""
    definitions = schema.get("$defs", {})
    return [name for name, field in schema.get("properties", {}).items() if _is_secret(field, definitions)]


def _is_secret(schema: Any, definitions: Mapping[str, Any]) -> bool:
    if isinstance(schema, list):
        return any(_is_secret(part, definitions) for part in schema)
    if not isinstance(schema, dict):
        return False
    if schema.get("writeOnly"):
        return True
    if "$ref" in schema:
        return _is_secret(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    return any(_is_secret(part, definitions) for part in schema.values())
