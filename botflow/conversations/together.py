"""What several webhooks bring, taken in one transaction: a commit and a read for many, where each would be one.

Webhooks come from many connections at once. Whoever comes first takes what others have brought meanwhile along with it
(benchmark: `tests/bench/server.py`). When a transaction of several fails, each of them gets one of its own, so that
nobody fails for somebody else's message.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import structlog

MOST: Final = 64
"""Things of one transaction, but for a webhook that brings more."""
BUSY_SECONDS: Final = 0.05
"""Whoever comes so soon after a transaction will not be the last."""
LINGER_SECONDS: Final = 0.02
"""How long the first of many waits for the others."""

ThingT = TypeVar("ThingT")

_log = structlog.get_logger()


@dataclass
class _Bundle(Generic[ThingT]):
    """What one webhook brought, and what became of it."""

    things: Sequence[ThingT]
    is_done: bool = False
    error: Exception | None = None


class Together(Generic[ThingT]):
    """Takes things in the order in which they came; usable from many threads.

    `take_all` takes many in one transaction. `of_whom` tells whose order matters: what comes after something of the
    same that cannot be taken is not taken either.
    """

    def __init__(self, take_all: Callable[[Sequence[ThingT]], None], of_whom: Callable[[ThingT], Hashable]) -> None:
        self._take_all = take_all
        self._of_whom = of_whom
        self._turn = threading.Lock()
        self._waiting: list[_Bundle[ThingT]] = []
        self._busy_until = 0.0

    def take(self, things: Sequence[ThingT]) -> None:
        """Keep things; returns when they are safe. Raises what keeps them from being so."""
        bundle = _Bundle(things)
        self._waiting.append(bundle)
        with self._turn:
            if not bundle.is_done:
                self._linger()
                self._take(self._next())
                self._busy_until = time.monotonic() + BUSY_SECONDS
        if bundle.error is not None:
            raise bundle.error

    def _linger(self) -> None:
        """Where many come, wait for some of them: two small transactions cost almost twice as much as one."""
        if time.monotonic() < self._busy_until:
            time.sleep(LINGER_SECONDS)

    def _next(self) -> list[_Bundle[ThingT]]:
        """The bundles that came first, up to MOST things; only whoever has the turn takes away."""
        count = 0
        for number, bundle in enumerate(self._waiting):
            count += len(bundle.things)
            if count > MOST and number:
                break
        else:
            number = len(self._waiting)
        taken = self._waiting[:number]
        del self._waiting[:number]
        return taken

    def _take(self, bundles: Sequence[_Bundle[ThingT]]) -> None:
        try:
            self._take_all([thing for bundle in bundles for thing in bundle.things])
        except Exception as error:  # whatever it is, it must not take the others with it
            _log.info("webhooks are taken one by one", problem=type(error).__name__)
            for bundle in bundles:
                self._one_by_one(bundle)
        for bundle in bundles:
            bundle.is_done = True

    def _one_by_one(self, bundle: _Bundle[ThingT]) -> None:
        """Keep what can be kept."""
        failed: set[Hashable] = set()
        for thing in bundle.things:
            if self._of_whom(thing) in failed:
                continue
            try:
                self._take_all([thing])
            except Exception as error:  # told to whoever brought it
                failed.add(self._of_whom(thing))
                bundle.error = bundle.error or error
