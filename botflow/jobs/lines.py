"""Keeping the lines open over which messages of contacts come in, for channels that call no webhooks.

Each line is open in one process at a time, which has claimed it (senders/lines.py). Two for a moment do no harm: what
comes in is taken once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import pydantic
import sqlalchemy.exc
import structlog

from botflow.channels.contract import Account, ChannelAdapter, ChannelEvent, Connection, Deliver
from botflow.clock import Clock
from botflow.conversations.intake import Intake
from botflow.conversations.service import Conversations
from botflow.db import UnitOfWork
from botflow.senders.lines import LEASE_MS, claim_lines, release_lines
from botflow.senders.sealing import UnsealError
from botflow.senders.service import SenderAccounts

EVERY_MS: Final = 2_000
"""How often claims are renewed, and changes of senders are looked for."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class _Line:
    """What a line was opened with. It has no connection where it could not be opened."""

    account: Account[Any] | None
    connection: Connection | None


class Lines:
    """The lines that this process keeps open. For one thread."""

    def __init__(self, conversations: Conversations, accounts: SenderAccounts, clock: Clock) -> None:
        self._database = conversations.database
        self._accounts = accounts
        self._clock = clock
        self._intake = Intake(conversations, clock)
        self._names = [name for name, adapter in accounts.adapters.items() if adapter.has_line]
        self._holder = str(uuid4())
        self._ends_at = 0
        self._lines: dict[str, _Line] = {}

    def keep(self) -> int:
        """Open, renew and close as the rows say. Returns when to look again, in milliseconds since the epoch."""
        now = self._clock()
        try:
            wanted = self._claimed(now)
        except Exception:
            if self._clock() > self._ends_at:  # another process may have claimed them
                self._close(self._lines)
            raise
        self._ends_at = now + LEASE_MS
        self._close([sender for sender, line in self._lines.items() if wanted.get(sender) != line.account])
        for sender, account in wanted.items():
            if sender not in self._lines:
                self._lines[sender] = _Line(account, self._opened(sender, account))
        return now + EVERY_MS

    def close(self) -> None:
        """Close all, and let others have them at once."""
        self._close(self._lines)
        try:
            with self._database.transaction() as work:
                release_lines(work, self._holder)
        except sqlalchemy.exc.DBAPIError as error:  # the claims end by themselves
            _log.warning("lines not released", problem=type(error.orig).__name__)

    def _claimed(self, now: int) -> dict[str, Account[Any] | None]:
        """The senders whose lines are ours, each with its account, None where its credentials cannot be used."""
        with self._database.transaction() as work:
            senders = claim_lines(work, self._names, self._holder, now)
            return {sender: self._account(work, sender) for sender in senders}

    def _account(self, work: UnitOfWork, sender: str) -> Account[Any] | None:
        try:
            return self._accounts.of_sender(work, sender)[1]
        except (KeyError, UnsealError, pydantic.ValidationError):
            return None

    def _opened(self, sender: str, account: Account[Any] | None) -> Connection | None:
        if account is None:
            _log.warning("sender cannot listen", sender=sender, problem="its credentials cannot be read")
            return None
        with self._database.reading() as work:
            adapter = self._accounts.adapter_of(work, sender)
        try:
            return adapter.listen(account, self._taker(adapter, account))
        except Exception:  # a line that cannot be opened must not keep the others from being so
            _log.exception("sender cannot listen", sender=sender)
            return None

    def _taker(self, adapter: ChannelAdapter[Any], account: Account[Any]) -> Deliver:
        def take(events: Sequence[ChannelEvent]) -> None:
            self._intake.take(adapter, account, events)

        return take

    def _close(self, senders: Collection[str]) -> None:
        for sender in list(senders):
            connection = self._lines.pop(sender).connection
            if connection is not None:
                connection.close()
