"""What the SMSC delivers: handed over in the order in which it came, many at a time, and answered once it is safe."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Condition, Thread
from typing import Final

import structlog

from botflow.channels.contract import Account, ChannelEvent, Deliver, Report
from botflow.channels.smpp import pdu, status
from botflow.channels.smpp.credentials import SmppCredentials
from botflow.channels.smpp.incoming import contact_of, read_event
from botflow.channels.smpp.pdu import BadPduError, Pdu, ShortMessage, packet
from botflow.channels.smpp.repeats import Repeats
from botflow.channels.smpp.session import Session

MOST_WAITING: Final = 1000
MOST_AT_A_TIME: Final = 200
MOST_FAILURES: Final = 3
"""After so many in a row that cannot be kept, the rest need not be tried: it is not the messages."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Listener:
    """A sender that listens over this account at the SMSC."""

    account: Account[SmppCredentials]
    deliver: Deliver

    @property
    def number(self) -> str:
        """What contacts write to, as numbers are compared here."""
        return self.account.identity.strip().removeprefix("+")


@dataclass(frozen=True, slots=True)
class _Waiting:
    session: Session
    command: int
    sequence: int
    listener: Listener
    event: ChannelEvent


@dataclass
class _Answers:
    """Packets by the session that they go to."""

    packets: dict[Session, list[bytes]] = field(default_factory=dict)

    def add(self, waiting: _Waiting, code: int) -> None:
        found = self.packets.setdefault(waiting.session, [])
        found.append(_answer(waiting.command, waiting.sequence, code))

    def post(self) -> None:
        for session, packets in self.packets.items():
            session.post(packets)


class Intake:
    """Receives for the senders that share an account at the SMSC."""

    def __init__(self, settings: SmppCredentials, clock: Callable[[], float], new_name: Callable[[], str]) -> None:
        self._settings = settings
        self._repeats = Repeats(new_name, clock)
        self._listeners: dict[str, Listener] = {}
        self._waiting: deque[_Waiting] = deque()
        self._changed = Condition()
        self._stopping = False
        self._thread = Thread(target=self._run, name=f"smpp-intake-{settings.host}", daemon=True)

    def start(self) -> None:
        """Begin to hand over."""
        self._thread.start()

    def add(self, listener: Listener) -> None:
        """A sender listens."""
        with self._changed:
            self._listeners[listener.account.sender] = listener

    def remove(self, listener: Listener) -> bool:
        """A sender listens no more, unless it does so anew; whether nobody does."""
        with self._changed:
            if self._listeners.get(listener.account.sender) is listener:
                del self._listeners[listener.account.sender]
            return not self._listeners

    def take(self, session: Session, packet: Pdu) -> bytes:
        """Read a packet, and keep what it tells for the thread that hands over; the answer, where there is one now."""
        try:
            read = ShortMessage.read if packet.command == pdu.DELIVER_SM else ShortMessage.read_data
            message = read(packet.body)
        except BadPduError as error:
            _log.warning("smpp_unreadable", host=self._settings.host, reason=str(error))
            return _answer(packet.command, packet.sequence, status.NEVER)
        return self._taken(session, packet, message)

    def broke(self, session: Session) -> None:
        """The session is no more: what was not answered comes again."""
        with self._changed:
            self._repeats.broke(session)

    def stop(self) -> None:
        """Hand over nothing more. What is being handed over comes to its end."""
        with self._changed:
            self._stopping = True
            self._changed.notify()

    def join(self, seconds: float) -> None:
        """Wait for that end."""
        self._thread.join(seconds)

    def _taken(self, session: Session, packet: Pdu, message: ShortMessage) -> bytes:
        """Queue what a message tells; the answer to give at once, or nothing."""
        with self._changed:
            listener = self._listener_of(message)
            if listener is None or self._stopping or len(self._waiting) >= MOST_WAITING:
                return _answer(packet.command, packet.sequence, status.TEMPORARY)
            content = blake2b(packet.body, digest_size=16).digest()
            sender = listener.account.sender
            event = read_event(message, sender, self._settings, lambda: self._repeats.name(content, session))
            if event is None:
                return _answer(packet.command, packet.sequence, status.OK)
            self._waiting.append(_Waiting(session, packet.command, packet.sequence, listener, event))
            self._changed.notify()
            return b""

    def _listener_of(self, message: ShortMessage) -> Listener | None:
        """The sender that the contact wrote to; where the SMSC names it otherwise, the first."""
        listeners = self._listeners.values()
        number = contact_of(message.destination, self._settings).removeprefix("+")
        return next((one for one in listeners if one.number == number), next(iter(listeners), None))

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopping)
                if self._stopping:
                    return
                count = min(len(self._waiting), MOST_AT_A_TIME)
                batch = [self._waiting.popleft() for _ in range(count)]
            self._hand_over(batch)

    def _hand_over(self, batch: Sequence[_Waiting]) -> None:
        by_listener: dict[str, list[_Waiting]] = {}
        for waiting in batch:
            by_listener.setdefault(waiting.listener.account.sender, []).append(waiting)
        answers = _Answers()
        for group in by_listener.values():
            if self._is_kept(group):
                self._answer(answers, group, status.OK)
            else:
                self._hand_over_singly(answers, group)
        answers.post()

    def _hand_over_singly(self, answers: _Answers, group: Sequence[_Waiting]) -> None:
        """One that cannot be kept must not hold up the others."""
        failures = MOST_FAILURES if len(group) == 1 else 0
        for waiting in group:
            is_kept = failures < MOST_FAILURES and not self._stopping and self._is_kept([waiting])
            failures = 0 if is_kept else failures + 1
            self._answer(answers, [waiting], status.OK if is_kept else status.TEMPORARY)

    def _is_kept(self, group: Sequence[_Waiting]) -> bool:
        try:
            group[0].listener.deliver([waiting.event for waiting in group])
        except Exception as error:  # whatever it is: the SMSC has to send it again
            _log.warning("smpp_not_kept", host=self._settings.host, events=len(group), error=type(error).__name__)
            return False
        return True

    def _answer(self, answers: _Answers, group: Sequence[_Waiting], code: int) -> None:
        with self._changed:
            for waiting in group:
                answers.add(waiting, code)
                if not isinstance(waiting.event, Report):
                    note = self._repeats.answered if code == status.OK else self._repeats.refused
                    note(getattr(waiting.event, "vendor_id", ""))


def _answer(command: int, sequence: int, code: int) -> bytes:
    return packet(command | pdu.RESPONSE, sequence, b"\0", code)
