"""The binds to one account at an SMSC, of one process: they share a queue, and whoever is free takes from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from time import monotonic
from typing import Final

from botflow.channels.contract import RetryLater, SendResult
from botflow.channels.smpp.bind import Bind, Surroundings
from botflow.channels.smpp.credentials import SmppCredentials
from botflow.channels.smpp.intake import Intake
from botflow.channels.smpp.submissions import Call, Submissions

TAKEN_SECONDS: Final = 8.0
"""How long a message waits for a bind with room; with the wait for the answer, less than SEND_SECONDS."""
SPARE_SECONDS: Final = 1.0
UNUSED_SECONDS: Final = 300.0
"""After so long without a message, binds that only send are closed."""
CLOSING_SECONDS: Final = 0.9

_CLOSED: Final = RetryLater("The connection to the SMSC is being closed.", 1.0)
_FULL: Final = RetryLater("The SMSC takes messages more slowly than they come.", 1.0)
_UNANSWERED: Final = RetryLater("The SMSC did not answer in time: the message may have been sent.")


def close(pools: Iterable[Pool]) -> None:
    """Say goodbye and end, within a second for all of them together."""
    pools = list(pools)
    ends = monotonic() + CLOSING_SECONDS
    for pool in pools:
        pool.stop()
    for pool in pools:
        pool.join(ends)


class Pool:
    """Binds of one kind (`command`); with an intake they also receive."""

    def __init__(
        self,
        settings: SmppCredentials,
        command: int,
        count: int,
        intake: Intake | None,
        surroundings: Surroundings,
    ) -> None:
        self.settings = settings
        self.receiver = intake
        self.submissions = Submissions(surroundings.clock)
        self._lock = Lock()
        self._up: set[Bind] = set()
        self._troubled: dict[Bind, SendResult] = {}
        self._is_started = self._is_stopped = False
        self._binds = [Bind(self, settings, command, surroundings) for _ in range(count)]

    def start(self) -> None:
        """Begin to connect."""
        with self._lock:
            self._is_started = not self._is_stopped
        if self._is_started:
            for thread in self._threads():
                thread.start()

    @property
    def up(self) -> int:
        """How many binds are there."""
        return len(self._up)

    @property
    def count(self) -> int:
        """How many there are to be."""
        return len(self._binds)

    @property
    def trouble(self) -> SendResult | None:
        """Why no bind comes up; None while one is there or may be soon."""
        with self._lock:
            is_down = len(self._troubled) == len(self._binds)
            return next(reversed(self._troubled.values())) if is_down else None

    def send(self, messages: Sequence[Sequence[bytes]]) -> list[SendResult] | None:
        """Submit messages, each the bodies of its parts; None: the pool is closed."""
        call = Call(messages)
        if (trouble := self.trouble) is not None:
            return [trouble] * len(messages)
        if not self.submissions.put(call):
            return None
        for bind in self._binds:
            bind.ring_if_hungry()
        if not call.done.wait(TAKEN_SECONDS):
            self.submissions.end(call, _FULL if self._up else self.trouble or _FULL)
            call.done.wait(self.settings.response_seconds + SPARE_SECONDS)
        return [message.result or _UNANSWERED for message in call.messages]

    def stop(self) -> None:
        """Begin to say goodbye."""
        with self._lock:
            self._is_stopped = True
        self.submissions.close(_CLOSED)
        if self.receiver is not None:
            self.receiver.stop()
        for bind in self._binds:
            bind.stop()

    def join(self, ends: float) -> None:
        """Wait for the end of its threads, until a moment of the steady clock."""
        if self._is_started:
            for thread in self._threads():
                thread.join(max(0.0, ends - monotonic()))

    def went_up(self, bind: Bind) -> None:
        """Messages can leave."""
        with self._lock:
            self._up.add(bind)
            self._troubled.pop(bind, None)

    def went_down(self, bind: Bind, trouble: SendResult | None) -> None:
        """Those that wait need not wait longer when no bind comes up."""
        with self._lock:
            self._up.discard(bind)
            self._troubled.pop(bind, None)
            if trouble is not None:
                self._troubled[bind] = trouble
        if (reason := self.trouble) is not None:
            self.submissions.fail_waiting(reason)

    def _threads(self) -> list[Bind | Intake]:
        return [*self._binds] if self.receiver is None else [*self._binds, self.receiver]

    def may_end(self) -> bool:
        """Whether nobody has sent for long, and nobody listens."""
        return self.receiver is None and self.submissions.close_if_unused(UNUSED_SECONDS, _CLOSED)
