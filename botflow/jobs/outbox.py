"""Draining the outbox of a sender: what is queued and due leaves through its channel."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

import pydantic
import structlog

from botflow.channels.contract import (
    FAULT,
    MAY_HAVE_LEFT,
    Accepted,
    Account,
    ChannelAdapter,
    Outbound,
    Refused,
    RetryLater,
    SendResult,
)
from botflow.channels.rendered import misshapen
from botflow.clock import Clock
from botflow.conversations.capability import Capabilities
from botflow.conversations.delivery import Blocked, Held, Leaving, Result, claim, settle
from botflow.conversations.dialogue import OUTBOUND
from botflow.conversations.leases import extended
from botflow.conversations.service import Conversations
from botflow.errors import RequestError
from botflow.jobs.stopping import Stopping, never
from botflow.logs import About
from botflow.metrics import sent
from botflow.senders.sealing import UnsealError
from botflow.senders.service import SenderAccounts, company_of

AT_ONCE: Final = 32
"""Messages that are handed to a channel together."""
NOBODY_CARRIES_MS: Final = 60_000
"""When a sender is looked at again whose adapter is not there."""
DRAIN_SECONDS: Final = 30.0
"""A drain that has worked for so long lets others have its place; what is left is found again."""

_log = structlog.get_logger()


def drain(
    conversations: Conversations,
    accounts: SenderAccounts,
    sender_id: str,
    clock: Clock,
    stopping: Stopping = never,
    goes_on: Callable[[], None] = lambda: None,
    linger_seconds: float = 0.0,
) -> int | None:
    """Send what is due of a sender. Returns when its next message is, in milliseconds since the epoch.

    `goes_on` is called before each look at what is due. After sending less than a channel takes at a time it waits for
    `linger_seconds`, since more at a time cost less each.
    """
    channel = _Channel(accounts, conversations, sender_id, clock)
    if channel.adapter is None:
        return clock() + NOBODY_CARRIES_MS
    end = time.monotonic() + DRAIN_SECONDS
    while not stopping() and time.monotonic() < end:
        goes_on()
        with conversations.database.transaction() as work:
            claimed = claim(work, sender_id, channel.adapter.rate, clock(), channel.adapter.window)
        if not claimed.messages:
            return claimed.next_at
        ids = [message.outbound.id for message in claimed.messages]
        with About(sender=sender_id), extended(conversations.database, OUTBOUND, ids, clock):
            _send_all(conversations, channel, claimed.messages, stopping)
        if len(ids) < AT_ONCE:
            time.sleep(linger_seconds)
    return clock()


RESULTS: Final[Mapping[type, Callable[[Any], str]]] = {
    Accepted: lambda result: "accepted",
    RetryLater: lambda result: "retry_later",
    Refused: lambda result: str(result.kind),
    Blocked: lambda result: "blocked",
    Held: lambda result: "held",
}
"""What the metrics call a result."""


class _Channel:
    """What carries a sender's messages; where its credentials cannot be read, everything is refused for that."""

    def __init__(self, accounts: SenderAccounts, conversations: Conversations, sender_id: str, clock: Clock) -> None:
        self.adapter: ChannelAdapter[Any] | None = None
        self.name = ""
        self._account: Account[Any] | None = None
        self._problem = ""
        self._conversations = conversations
        self._capability_ms = accounts.capability_ms
        self._clock = clock
        with conversations.database.reading() as work:
            self._company_id = company_of(work, sender_id)
            try:
                self.adapter = accounts.adapter_of(work, sender_id)
                self.name = self.adapter.name
                _, self._account = accounts.of_sender(work, sender_id)
            except KeyError:
                _log.warning("sender cannot send", sender=sender_id, problem="nobody carries its messages")
            except UnsealError as error:
                self._problem = str(error)
            except pydantic.ValidationError:
                self._problem = "The credentials are incomplete. Enter them anew."

    def send(self, messages: Sequence[Leaving]) -> list[Result]:
        """Send messages of different conversations, but for those that may not leave or could not arrive."""
        results: dict[str, Result] = {
            message.outbound.id: stopped for message in messages if (stopped := message.stopped) is not None
        }
        results |= self._not_capable([message for message in messages if message.outbound.id not in results])
        allowed = [message.outbound for message in messages if message.outbound.id not in results]
        going = list(self._ready(allowed, results))
        if self._account is None or self.adapter is None:
            results |= {message.id: Refused(self._problem, "credentials") for message in going}
        elif going:
            answers = self._answers(self.adapter, self._account, going)
            results |= {message.id: answer for message, answer in zip(going, answers, strict=True)}
        for result in results.values():
            sent(self.name, RESULTS[type(result)](result))
        return [results[message.outbound.id] for message in messages]

    def _answers(
        self, adapter: ChannelAdapter[Any], account: Account[Any], messages: Sequence[Outbound]
    ) -> Sequence[SendResult]:
        try:
            return adapter.send_batch(account, messages)
        except Exception:  # a fault of our own, of which the adapter does not know which message met it
            _log.exception("messages cannot be sent")
            return [RetryLater(MAY_HAVE_LEFT)] * len(messages)

    def _not_capable(self, messages: Sequence[Leaving]) -> dict[str, Refused]:
        if self._account is None or self.adapter is None:
            return {}
        database = self._conversations.database
        capabilities = Capabilities(database, self._company_id, self.adapter, self._account, self._capability_ms)
        try:
            return capabilities.refusals(messages, self._clock())
        except Exception:  # a fault of our own: of whom nothing is known, it is tried
            _log.exception("capabilities not asked")
            return {}

    def _ready(self, messages: Sequence[Outbound], results: dict[str, Result]) -> Iterator[Outbound]:
        """Messages as a vendor can take them, their media as addresses.

        One that names what is not there is refused, and one whose placeholders left no address, number or moment where
        one has to be. The page needs neither: it opens no address but those of the web.
        """
        if self.adapter is None or not self.adapter.needs_addresses:
            yield from messages
            return
        with self._conversations.database.reading() as work:
            for message in messages:
                try:
                    content = self._conversations.resolve(work, self._company_id, message.content)
                    mistake = misshapen(self.adapter.channel, content)
                except RequestError as error:
                    results[message.id] = Refused(str(error))
                    continue
                except Exception:  # a fault of our own at one message is none of the others'
                    _log.exception("message cannot be sent", message=message.id)
                    results[message.id] = RetryLater(FAULT)
                    continue
                if mistake is not None:
                    _log.warning("message refused", message=message.id, problem="placeholders left nothing readable")
                    results[message.id] = Refused(mistake)
                else:
                    yield replace(message, content=content)


def _send_all(conversations: Conversations, channel: _Channel, messages: Sequence[Leaving], stopping: Stopping) -> None:
    """Send the first message of each conversation, then the second of each, and so on.

    A message that has to wait holds up those behind it. What has left is settled before more leaves.
    """
    queues = [deque(group) for _, group in groupby(messages, key=lambda leaving: leaving.conversation_id)]
    while queues:
        for some in (queues[start : start + AT_ONCE] for start in range(0, len(queues), AT_ONCE)):
            if stopping():
                settle(conversations, [], [leaving for queue in queues for leaving in queue])
                return
            _send_heads(conversations, channel, some)
        queues = [queue for queue in queues if queue]


def _send_heads(conversations: Conversations, channel: _Channel, queues: Sequence[deque[Leaving]]) -> None:
    """Send the first message of each queue, and empty the queues that have to wait."""
    heads = [queue.popleft() for queue in queues]
    results = list(zip(heads, channel.send(heads), strict=True))
    unsent: list[Leaving] = []
    for queue, (_, result) in zip(queues, results, strict=True):
        if isinstance(result, RetryLater) or (isinstance(result, Refused) and result.kind == "credentials"):
            unsent += queue
            queue.clear()
    settle(conversations, results, unsent)
