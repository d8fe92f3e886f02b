"""Messages of several contacts, taken in one transaction: a commit and a read for many, where each would be one.

Webhooks come from many connections at once. Whoever comes first takes what others have brought meanwhile along with it
(benchmark: `tests/bench/throughput.py`). When a transaction of several fails, each of them gets one of its own, so
that nobody fails for somebody else's message.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import structlog

from botflow.channels.contract import Inbound, Part
from botflow.conversations.service import Conversations

MOST: Final = 64
"""Messages of one transaction, but for a webhook that brings more."""

_log = structlog.get_logger()


@dataclass
class _Bundle:
    """The messages of one webhook, and what became of them."""

    adapter: str
    messages: Sequence[Inbound | Part]
    is_done: bool = False
    error: Exception | None = None


class Together:
    """Takes messages in the order in which they came; usable from many threads."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._turn = threading.Lock()
        self._waiting: list[_Bundle] = []

    def take(self, adapter: str, messages: Sequence[Inbound | Part]) -> None:
        """Keep messages; returns when they are safe. Raises what keeps them from being so."""
        bundle = _Bundle(adapter, messages)
        self._waiting.append(bundle)
        with self._turn:
            if not bundle.is_done:
                self._take_all(self._next())
        if bundle.error is not None:
            raise bundle.error

    def _next(self) -> list[_Bundle]:
        """The bundles that came first, up to MOST messages; only whoever has the turn takes away."""
        count = 0
        for number, bundle in enumerate(self._waiting):
            count += len(bundle.messages)
            if count > MOST and number:
                break
        else:
            number = len(self._waiting)
        taken = self._waiting[:number]
        del self._waiting[:number]
        return taken

    def _take_all(self, bundles: Sequence[_Bundle]) -> None:
        try:
            self._conversations.receive_all(_messages(bundles))
        except Exception as error:  # whatever it is, it must not take the others with it
            _log.info("messages are taken one by one", problem=type(error).__name__)
            for bundle in bundles:
                self._one_by_one(bundle)
        for bundle in bundles:
            bundle.is_done = True

    def _one_by_one(self, bundle: _Bundle) -> None:
        """Keep what can be kept; of a contact nothing that comes after a message that cannot."""
        failed: set[str] = set()
        for message in bundle.messages:
            if message.address in failed:
                continue
            try:
                self._conversations.receive_all([(bundle.adapter, message)])
            except Exception as error:  # told to whoever brought it
                failed.add(message.address)
                bundle.error = bundle.error or error


def _messages(bundles: Iterable[_Bundle]) -> list[tuple[str, Inbound | Part]]:
    return [(bundle.adapter, message) for bundle in bundles for message in bundle.messages]
