"""What several webhooks bring, taken in one transaction: a commit and a read for many, where each would be one.

Webhooks come from many connections at once. Whoever comes first takes what others have brought meanwhile along with it
(benchmark: `tests/bench/server.py`). When a transaction of several fails, each of them gets one of its own, so that
nobody fails for somebody else's message.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

import structlog

MOST: Final = 64
"""Things of one transaction, but for a webhook that brings more."""
BUSY_SECONDS: Final = 0.05
"""Whoever comes so soon after a transaction will not be the last."""
LINGER_SECONDS: Final = 0.02
"""How long the first of many waits for the others."""
ENOUGH: Final = 16
"""So many that wait already are worth a transaction."""

ThingT = TypeVar("ThingT")

_log = structlog.get_logger()


@dataclass
class _Bundle(Generic[ThingT]):
    """What one webhook brought, and what became of it. `woken`: it is done, or it is its turn to take."""

    things: Sequence[ThingT]
    is_taken: bool = False
    is_done: bool = False
    error: Exception | None = None
    woken: threading.Event = field(default_factory=threading.Event)

    def settle(self) -> None:
        """Let whoever brought it go; where it was not taken after all, to be told so."""
        if not self.is_taken:
            self.error = RuntimeError("It was not taken: whoever took it was ended.")
        self.is_done = True
        self.woken.set()


class Together(Generic[ThingT]):
    """Takes things in the order in which they came; usable from many threads.

    `take_all` takes many in one transaction. `of_whom` tells whose order matters: what comes after something of the
    same that cannot be taken is not taken either.
    """

    def __init__(self, take_all: Callable[[Sequence[ThingT]], None], of_whom: Callable[[ThingT], Hashable]) -> None:
        self._take_all = take_all
        self._of_whom = of_whom
        self._lock = threading.Lock()
        self._waiting: list[_Bundle[ThingT]] = []
        self._has_taker = False
        self._busy_until = 0.0

    def take(self, things: Sequence[ThingT]) -> None:
        """Keep things; returns when they are safe. Raises what keeps them from being so."""
        bundle = _Bundle(things)
        with self._lock:
            self._waiting.append(bundle)
            is_taker = not self._has_taker
            self._has_taker = True
        if not is_taker:
            bundle.woken.wait()
        if not bundle.is_done:
            self._take_those_that_wait()
        if bundle.error is not None:
            raise bundle.error

    def _take_those_that_wait(self) -> None:
        """Take what came first, and let the next one have its turn. Whoever is done goes without waiting for others."""
        bundles: list[_Bundle[ThingT]] = []
        try:
            self._linger()
            with self._lock:
                bundles = self._next()
            self._take(bundles)
        finally:
            self._busy_until = time.monotonic() + BUSY_SECONDS
            with self._lock:
                following = self._waiting[:1]
                self._has_taker = bool(following)
            for bundle in bundles:
                bundle.settle()
            for bundle in following:
                bundle.woken.set()

    def _linger(self) -> None:
        """Where many come, wait for some of them: two small transactions cost almost twice as much as one."""
        if time.monotonic() < self._busy_until and len(self._waiting) < ENOUGH:
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
            bundle.is_taken = True

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
