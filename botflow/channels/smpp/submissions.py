"""What waits to be submitted, and what became of it: calls of send, their messages, and the parts of those."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from threading import Event, Lock
from typing import TypeAlias

from botflow.channels.contract import Accepted, RetryLater, SendResult

Outcome: TypeAlias = str | SendResult
"""What the SMSC said of a part: the id of its message (empty where it gives none), or why it did not take it."""


class Submission:
    """One submit_sm: a message, or a part of one."""

    __slots__ = ("body", "message", "message_id", "sent_at")

    def __init__(self, message: Sending, body: bytes) -> None:
        self.message = message
        self.body = body
        self.message_id: str | None = None
        self.sent_at = 0.0


class Sending:
    """A message: it is accepted when all its parts are, and not when one is not."""

    __slots__ = ("call", "parts", "result", "untaken")

    def __init__(self, call: Call, bodies: Iterable[bytes]) -> None:
        self.call = call
        self.parts = [Submission(self, body) for body in bodies]
        self.untaken = len(self.parts)
        self.result: SendResult | None = None


class Call:
    """A call of send or send_batch, which waits for its messages."""

    __slots__ = ("done", "is_over", "messages", "unsettled")

    def __init__(self, messages: Iterable[Sequence[bytes]]) -> None:
        self.messages = [Sending(self, bodies) for bodies in messages]
        self.unsettled = len(self.messages)
        self.is_over = False
        self.done = Event()


class Submissions:
    """A queue that the binds of a pool take from."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: deque[Submission] = deque()
        self._lock = Lock()
        self._closed: SendResult | None = None
        self.used_at = clock()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def put(self, call: Call) -> bool:
        """Queue what a call sends; whether the queue is still open."""
        with self._lock:
            if self._closed is not None:
                return False
            self.used_at = self._clock()
            for message in call.messages:
                self._waiting.extend(message.parts)
        return True

    def take(self, most: int) -> list[Submission]:
        """The next ones; those that nobody waits for any more are let go."""
        taken: list[Submission] = []
        if not self._waiting:
            return taken
        with self._lock:
            while self._waiting and len(taken) < most:
                submission = self._waiting.popleft()
                message = submission.message
                if message.result is None and not message.call.is_over:
                    message.untaken -= 1
                    taken.append(submission)
        return taken

    def give_back(self, submission: Submission, reason: RetryLater) -> None:
        """The SMSC wants it later: it is the next again, or, where its call takes none any more, fails."""
        with self._lock:
            if submission.message.call.is_over or self._closed is not None:
                _settle(submission, reason)
            else:
                submission.message.untaken += 1
                self._waiting.appendleft(submission)

    def settle(self, outcomes: Iterable[tuple[Submission, Outcome]]) -> None:
        """Note what became of submissions that were taken."""
        with self._lock:
            self.used_at = self._clock()
            for submission, outcome in outcomes:
                _settle(submission, outcome)

    def fail_waiting(self, result: SendResult) -> None:
        """None of those that wait can leave."""
        with self._lock:
            self._fail_waiting(result)

    def end(self, call: Call, result: SendResult) -> None:
        """Nothing of the call is taken any more: messages of which not every part was have this result."""
        with self._lock:
            call.is_over = True
            for message in call.messages:
                if message.untaken and message.result is None:
                    _settle_message(message, result)

    def close(self, result: SendResult) -> None:
        """Take no more calls; what waits has this result."""
        with self._lock:
            self._closed = result
            self._fail_waiting(result)

    def close_if_unused(self, seconds: float, result: SendResult) -> bool:
        """Close when nothing was put for so long; whether it is closed."""
        with self._lock:
            if self._closed is None and not self._waiting and self._clock() - self.used_at > seconds:
                self._closed = result
            return self._closed is not None

    def _fail_waiting(self, result: SendResult) -> None:
        while self._waiting:
            _settle(self._waiting.popleft(), result)


def _settle(submission: Submission, outcome: Outcome) -> None:
    message = submission.message
    if message.result is not None:
        return
    if not isinstance(outcome, str):
        _settle_message(message, outcome)
        return
    submission.message_id = outcome
    ids = [part.message_id for part in message.parts]
    if None not in ids:
        _settle_message(message, Accepted(tuple(name for name in ids if name)))


def _settle_message(message: Sending, result: SendResult) -> None:
    message.result = result
    call = message.call
    call.unsettled -= 1
    if not call.unsettled:
        call.done.set()
