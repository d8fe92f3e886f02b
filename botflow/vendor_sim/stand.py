"""One vendor as the simulator runs it: what it took, how it behaves, and what it does next."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

import structlog
from pydantic import TypeAdapter

from botflow.vendor_sim.connection import Respond
from botflow.vendor_sim.contract import (
    Answer,
    Behaviour,
    Call,
    Fate,
    Hook,
    HttpVendor,
    LineVendor,
    PostsWebhooks,
    State,
    Taken,
)
from botflow.vendor_sim.dice import Dice
from botflow.vendor_sim.webhooks import Posting, WebhookPoster

_BEHAVIOURS: Final = TypeAdapter(Behaviour)
KEPT_MESSAGES: Final = 100_000
"""Messages that are remembered; of older ones the counters tell."""
KEPT_CALLS: Final = 1000

_log = structlog.get_logger()


class Stand:
    """A vendor's place in the simulator; its methods are for any thread."""

    def __init__(
        self,
        vendor: HttpVendor | LineVendor,
        behaviour: Behaviour,
        seed: int,
        loop: asyncio.AbstractEventLoop,
        poster: WebhookPoster,
    ) -> None:
        self._loop = loop
        self._poster = poster
        self.name = vendor.name
        self.counts: Counter[str] = Counter()
        self.taken: deque[tuple[float, Taken]] = deque(maxlen=KEPT_MESSAGES)
        """When each message was taken (seconds of time.monotonic) and the message."""
        self._dice = Dice(behaviour, f"{seed}:{vendor.name}")
        self._took = threading.Condition()
        self._ids = itertools.count(1)

    @property
    def behaviour(self) -> Behaviour:
        """How the vendor behaves now."""
        return self._dice.behaviour

    def behave(self, changes: Mapping[str, Any]) -> None:
        """Behave otherwise from now on. Raises TypeError or ValueError for what no behaviour is."""
        changed = replace(self._dice.behaviour, **changes)
        self._dice.behaviour = _BEHAVIOURS.validate_python(asdict(changed))

    def next_id(self) -> str:
        """An id for a message of a contact."""
        return f"sim-{self.name}-{next(self._ids)}"

    def took(self, taken: Taken) -> None:
        """Keep a message that the vendor accepted."""
        with self._took:
            self.taken.append((time.monotonic(), taken))
            self.counts["taken"] += 1
            self._took.notify_all()

    def wait_for(self, count: int, seconds: float) -> bool:
        """Wait until so many messages have been taken in all; whether they were."""
        with self._took:
            return self._took.wait_for(lambda: self.counts["taken"] >= count, seconds)

    def fate(self) -> Fate:
        """What becomes of the call at hand."""
        fate = self._dice.fate()
        self.counts["calls"] += 1
        if fate != "answer":
            self.counts[fate] += 1
        return fate

    def delay_seconds(self) -> float:
        """How long an answer takes."""
        return self.behaviour.delay_ms / 1000

    def reports(self) -> list[tuple[float, State]]:
        """The reports to send for a message that was taken: seconds from now, and the state."""
        return self._dice.reports()

    def post(self, hook: Hook, seconds: float = 0) -> None:
        """Post a webhook after so many seconds, until it is answered 2xx; without an address nothing is posted."""
        if hook.url:
            posting = Posting(hook, self.counts, self.behaviour.retry_ms / 1000)
            self._loop.call_soon_threadsafe(self._loop.call_later, seconds, self._poster.post, posting)


class HttpStand(Stand):
    """A vendor that is called over HTTP."""

    def __init__(
        self,
        vendor: HttpVendor,
        behaviour: Behaviour,
        seed: int,
        loop: asyncio.AbstractEventLoop,
        poster: WebhookPoster,
    ) -> None:
        super().__init__(vendor, behaviour, seed, loop, poster)
        self.vendor = vendor
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        """The last calls, answered or not."""
        self.scripted: deque[Answer] = deque()
        """What the next calls are answered, whatever they are, one each."""
        self.reports_to_come = 0

    def handle(self, call: Call, respond: Respond) -> None:
        """Answer a call as the vendor and its behaviour have it. Runs in the loop."""
        self.calls.append(call)
        fate = self.fate()
        if fate == "hang":
            return
        answer, taken = self._decide(call, fate)
        if taken is not None:
            self.took(taken)
            for seconds, state in self.reports():
                self.reports_to_come += 1
                self._loop.call_later(seconds, self._report, taken, state)
        delay = self.delay_seconds()
        for hook in self.vendor.decisions():
            self.post(hook, delay + self.behaviour.report_ms / 1000)
        if fate == "lose_answer":
            return
        if delay:
            self._loop.call_later(delay, respond, answer)
        else:
            respond(answer)

    def write(self, contact: str, text: str, message_id: str | None = None, **fields: Any) -> str:
        """Send a message of a contact; its id."""
        message_id = message_id or self.next_id()
        self.post(self.vendor.message(contact, message_id, text, **fields))
        return message_id

    def connect(self, webhook_url: str) -> bool:
        """Post webhooks to this address from now on; whether it passed the vendor's own test of it."""
        self.vendor.webhook_url = webhook_url
        hook = self.vendor.handshake()
        if hook is None:
            return True
        return asyncio.run_coroutine_threadsafe(self._poster.try_once(hook), self._loop).result()

    def _decide(self, call: Call, fate: Fate) -> tuple[Answer, Taken | None]:
        if self.scripted:
            return self.scripted.popleft(), None
        if fate == "throttle":
            return self.vendor.throttled(), None
        if fate == "error":
            return self.vendor.failed(), None
        try:
            return self.vendor.handle(call)
        except Exception:
            _log.exception("the simulated vendor is broken", vendor=self.name, method=call.method, path=call.path)
            self.counts["broken"] += 1
            return self.vendor.failed(), None

    def _report(self, taken: Taken, state: State) -> None:
        self.reports_to_come -= 1
        hook = self.vendor.report(taken, state)
        if hook is not None and hook.url:
            self.counts["reports"] += 1
            self._poster.post(Posting(hook, self.counts, self.behaviour.retry_ms / 1000))


class LineStand(Stand):
    """A vendor with a protocol of its own."""

    def __init__(
        self,
        vendor: LineVendor,
        behaviour: Behaviour,
        seed: int,
        loop: asyncio.AbstractEventLoop,
        poster: WebhookPoster,
    ) -> None:
        super().__init__(vendor, behaviour, seed, loop, poster)
        self.vendor = vendor

    def connect(self, webhook_url: str) -> bool:
        """Post webhooks to this address from now on; whether the vendor has any."""
        if not isinstance(self.vendor, PostsWebhooks):
            return False
        self.vendor.webhook_url = webhook_url
        return True

    def write(self, contact: str, text: str, message_id: str | None = None, **fields: Any) -> str:
        """Send a message of a contact; its id."""
        message_id = message_id or self.next_id()
        self.vendor.write(contact, message_id, text, **fields)
        return message_id
