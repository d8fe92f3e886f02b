"""One bound connection: submits within its window, answers by sequence number, keep-alive, goodbye."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from botflow.channels.contract import Refused, RetryLater
from botflow.channels.smpp import pdu, status
from botflow.channels.smpp.credentials import SmppCredentials
from botflow.channels.smpp.line import Line, LineBrokenError
from botflow.channels.smpp.pace import Pace
from botflow.channels.smpp.pdu import Frames, Pdu, packet
from botflow.channels.smpp.receipts import id_in_response
from botflow.channels.smpp.submissions import Outcome, Submission, Submissions

LEAVING_SECONDS: Final = 0.4
"""How long answers under way are waited for before the goodbye."""
GOODBYE_SECONDS: Final = 0.2

_SUBMIT_SM_RESP: Final = pdu.SUBMIT_SM | pdu.RESPONSE
_IN_DOUBT: Final = RetryLater("The line to the SMSC broke before it answered: the message may have been sent.")
_UNANSWERED: Final = RetryLater("The SMSC did not answer in time: the message may have been sent.")


class BindRefusedError(Exception):
    """The SMSC does not take the bind; `result` is what that means for messages."""

    def __init__(self, result: RetryLater | Refused) -> None:
        super().__init__(result.reason)
        self.result = result


class Receiver(Protocol):
    """What takes the messages of contacts and the delivery reports."""

    def take(self, session: Session, packet: Pdu) -> bytes:
        """The answer to give at once, or nothing: then it is posted to the session once the packet is safe."""

    def broke(self, session: Session) -> None:
        """The session is no more."""


class Session:
    """All but `post` is for the thread of the bind."""

    def __init__(
        self,
        line: Line,
        ring: Callable[[], None],
        settings: SmppCredentials,
        submissions: Submissions,
        receiver: Receiver | None,
        clock: Callable[[], float],
    ) -> None:
        self._line = line
        self._ring = ring
        self._settings = settings
        self._submissions = submissions
        self._receiver = receiver
        self._clock = clock
        self._frames = Frames()
        self._early: list[Pdu] = []
        """What came right behind the answer to the bind."""
        self._pace = Pace()
        self._sequence = 0
        self._pending: dict[int, Submission] = {}
        self._outcomes: list[tuple[Submission, Outcome]] = []
        self._posted: deque[tuple[bytes, int]] = deque()
        self._owed = 0
        """Answers that are still to be posted."""
        self._heard_at = clock()
        self._enquired_at: float | None = None
        self._leaving_at: float | None = None
        self._goodbye = b""
        self._is_over = False
        self.is_hungry = False
        """Whether the bell has to ring when there is something to submit."""

    def bind(self, command: int, stopping: Callable[[], bool]) -> None:
        """Introduce ourselves. Raises BindRefusedError, OSError, BadPduError."""
        settings = self._settings
        body = pdu.Binding(settings.system_id, settings.password.get_secret_value(), settings.system_type).encoded()
        self._line.write(packet(command, self._next_sequence(), body))
        ends = self._clock() + settings.response_seconds
        while not stopping():
            if self._clock() > ends:
                raise TimeoutError("the SMSC does not answer the bind")
            self._early += self._frames.feed(self._line.wait(max(0.0, ends - self._clock())))
            if self._early:
                answer = self._early.pop(0)
                if answer.command not in (command | pdu.RESPONSE, pdu.GENERIC_NACK):
                    raise pdu.BadPduError("something else than the answer to a bind")
                if answer.status:
                    raise BindRefusedError(status.of_bind(answer.status))
                return
        raise LineBrokenError("stopped")

    def serve(self, stopping: Callable[[], bool]) -> None:
        """Until it is told to stop, or the SMSC says goodbye. Raises OSError, BadPduError."""
        for found in self._early:
            self._handle(found)
        while not self._is_over:
            now = self._clock()
            if stopping() and self._leaving_at is None:
                self._leave(packet(pdu.UNBIND, self._next_sequence()))
            self._write_posted()
            self._submit(now)
            self._say_goodbye(now)
            if self._is_over:
                break
            octets = self._line.wait(self._patience(now))
            if octets:
                self._heard_at, self._enquired_at = self._clock(), None
                for found in self._frames.feed(octets):
                    self._handle(found)
            self._expire(self._clock())
            self._note_outcomes()
            self._keep_alive(self._clock())

    def post(self, answers: Sequence[bytes]) -> None:
        """Write answers to what the receiver took; from any thread."""
        if not self._is_over:
            self._posted.append((b"".join(answers), len(answers)))
            self._ring()

    def close(self) -> None:
        """End it: what was not answered is in doubt."""
        self._is_over, self.is_hungry = True, False
        self._note_outcomes()
        self._submissions.settle((submission, _IN_DOUBT) for submission in self._pending.values())
        self._pending.clear()
        self._line.close()
        if self._receiver is not None:
            self._receiver.broke(self)

    # ---- out ----

    def _submit(self, now: float) -> None:
        free = self._settings.window - len(self._pending)
        self.is_hungry = free > 0 and self._leaving_at is None
        if not self.is_hungry:
            return
        if self._pace.wait(now) > 0:
            return
        packets = []
        for submission in self._submissions.take(1 if self._pace.interval else free):
            sequence = self._next_sequence()
            submission.sent_at = now
            self._pending[sequence] = submission
            packets.append(packet(pdu.SUBMIT_SM, sequence, submission.body))
        if packets:
            self._pace.sent(now)
            self._line.write(b"".join(packets))

    def _write_posted(self) -> None:
        while self._posted:
            answers, count = self._posted.popleft()
            self._owed -= count
            self._line.write(answers)

    def _next_sequence(self) -> int:
        self._sequence = self._sequence % pdu.LAST_SEQUENCE + 1
        return self._sequence

    # ---- in ----

    def _handle(self, found: Pdu) -> None:
        if found.command == _SUBMIT_SM_RESP or found.command == pdu.GENERIC_NACK:
            self._answered(found)
        elif found.command in (pdu.DELIVER_SM, pdu.DATA_SM):
            self._deliver(found)
        elif found.command == pdu.ENQUIRE_LINK:
            self._line.write(packet(pdu.ENQUIRE_LINK | pdu.RESPONSE, found.sequence))
        elif found.command == pdu.UNBIND:
            self._leave(packet(pdu.UNBIND | pdu.RESPONSE, found.sequence))
        elif found.command == pdu.UNBIND | pdu.RESPONSE:
            self._is_over = True
        elif not found.command & pdu.RESPONSE and found.command != pdu.ALERT_NOTIFICATION:
            self._line.write(packet(pdu.GENERIC_NACK, found.sequence, status=status.INVALID_COMMAND))

    def _answered(self, answer: Pdu) -> None:
        submission = self._pending.pop(answer.sequence, None)
        if submission is None:
            return  # too late, or about something else
        if not answer.status:
            self._pace.accepted()
            message_id = pdu.read_id(answer.body)
            self._outcomes.append((submission, id_in_response(message_id) if message_id else ""))
            return
        settings = self._settings
        result = status.of_submit(answer.status, settings.later_statuses, settings.opted_out_statuses)
        if answer.status in status.SLOW_DOWN and isinstance(result, RetryLater):
            now = self._clock()
            self._pace.throttled(submission.sent_at, now)
            self._submissions.give_back(submission, RetryLater(result.reason, 1 + self._pace.interval))
        else:
            self._outcomes.append((submission, result))

    def _deliver(self, found: Pdu) -> None:
        if self._receiver is None:  # nobody listens here: the SMSC finds a bind where somebody does
            answer = packet(found.command | pdu.RESPONSE, found.sequence, b"\0", status.TEMPORARY)
        else:
            answer = self._receiver.take(self, found)
        if answer:
            self._line.write(answer)
        else:
            self._owed += 1

    def _note_outcomes(self) -> None:
        if self._outcomes:
            self._submissions.settle(self._outcomes)
            self._outcomes = []

    # ---- time ----

    def _patience(self, now: float) -> float:
        """Seconds for which there is nothing to do unless something comes."""
        settings = self._settings
        if self._enquired_at is None:
            moments = [self._heard_at + settings.enquire_seconds]
        else:
            moments = [self._enquired_at + settings.response_seconds]
        for oldest in self._pending.values():
            moments.append(oldest.sent_at + settings.response_seconds)
            break
        if self.is_hungry and self._submissions:
            moments.append(now + self._pace.wait(now))
        if self._leaving_at is not None:
            moments.append(self._leaving_at + LEAVING_SECONDS + (GOODBYE_SECONDS if not self._goodbye else 0))
        return max(0.0, min(moments) - now)

    def _expire(self, now: float) -> None:
        """Let go of what was not answered in time. Answers to it that come later are nobody's."""
        while self._pending:
            sequence, oldest = next(iter(self._pending.items()))
            if now - oldest.sent_at < self._settings.response_seconds:
                break
            del self._pending[sequence]
            self._outcomes.append((oldest, _UNANSWERED))

    def _keep_alive(self, now: float) -> None:
        if self._enquired_at is not None:
            if now - self._enquired_at >= self._settings.response_seconds:
                raise LineBrokenError("the SMSC is silent")
        elif now - self._heard_at >= self._settings.enquire_seconds:
            self._enquired_at = now
            self._line.write(packet(pdu.ENQUIRE_LINK, self._next_sequence()))

    def _leave(self, goodbye: bytes) -> None:
        """Submit nothing more, and say goodbye when the answers are there."""
        self._leaving_at, self._goodbye = self._clock(), goodbye

    def _say_goodbye(self, now: float) -> None:
        if self._leaving_at is None:
            return
        waited = now - self._leaving_at
        if self._goodbye and (waited >= LEAVING_SECONDS or not (self._pending or self._owed)):
            self._line.write(self._goodbye)
            answers_theirs = self._goodbye[4:8] != pdu.UNBIND.to_bytes(4)
            self._goodbye = b""
            self._leaving_at = now - LEAVING_SECONDS
            self._is_over = answers_theirs
        elif not self._goodbye and waited >= LEAVING_SECONDS + GOODBYE_SECONDS:
            self._is_over = True
