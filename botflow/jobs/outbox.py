"""Draining the outbox: what is queued and due leaves through its channel."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from botflow.channels.contract import Account, ChannelAdapter, RetryLater
from botflow.clock import Clock
from botflow.conversations.delivery import Blocked, Leaving, Result, claim, next_due, settle
from botflow.conversations.service import Conversations
from botflow.senders.service import Accounts


def drain(conversations: Conversations, accounts: Accounts, clock: Clock) -> int | None:
    """Send everything that is due. Returns when the next message is, in milliseconds since the epoch."""
    while True:
        with conversations.database.transaction() as work:
            claimed = claim(work, clock())
        if not claimed:
            break
        for _, group in groupby(claimed, key=lambda leaving: leaving.conversation_id):
            _send_in_order(conversations, accounts, list(group))
    with conversations.database.reading() as work:
        return next_due(work)


def _send_in_order(conversations: Conversations, accounts: Accounts, messages: list[Leaving]) -> None:
    """Send messages of one conversation until one has to wait: those behind it wait too."""
    with conversations.database.reading() as work:
        adapter, account = accounts.of_sender(work, messages[0].outbound.sender)
    results: list[tuple[Leaving, Result]] = []
    for message in messages:
        result = _send(adapter, account, message)
        results.append((message, result))
        if isinstance(result, RetryLater):
            break
    settle(conversations, results, messages[len(results) :])


def _send(adapter: ChannelAdapter[Any], account: Account[Any], message: Leaving) -> Result:
    return adapter.send(account, message.outbound) if message.verdict.allowed else Blocked(message.verdict.reason)
