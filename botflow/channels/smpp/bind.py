"""A bind that keeps itself up: a thread that connects, serves its session, and comes back after a growing delay."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from threading import Thread
from typing import Final, Protocol

import structlog

from botflow.channels.addresses import Hosts, VendorAddressError
from botflow.channels.contract import Refused, RetryLater, SendResult
from botflow.channels.smpp.credentials import SmppCredentials
from botflow.channels.smpp.line import Bell, Line, StoppedError
from botflow.channels.smpp.pdu import BadPduError
from botflow.channels.smpp.session import BindRefusedError, Receiver, Session
from botflow.channels.smpp.submissions import Submissions

CONNECT_SECONDS: Final = 5.0
FIRST_DELAY_SECONDS: Final = 0.25
LONGEST_DELAY_SECONDS: Final = 60.0
LONGEST_AFTER_BREAK_SECONDS: Final = 5.0
"""After a bind that was up: the SMSC is there."""
REFUSED_DELAY_SECONDS: Final = 30.0
"""Least delay after wrong credentials: SMSCs lock out those who keep trying."""
JITTER: Final = (0.75, 1.25)
STABLE_SECONDS: Final = 10.0
"""A bind that lasted so long was a good one."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Surroundings:
    """What binds are made with. `clock` is a steady one, in seconds."""

    hosts: Hosts
    trust: ssl.SSLContext | None
    clock: Callable[[], float]
    random: Random


class Owner(Protocol):
    """Whose bind it is."""

    @property
    def submissions(self) -> Submissions:
        """What there is to submit."""

    @property
    def receiver(self) -> Receiver | None:
        """Who takes what comes in."""

    def went_up(self, bind: Bind) -> None:
        """The bind is there."""

    def went_down(self, bind: Bind, trouble: SendResult | None) -> None:
        """The bind is no more, or, with `trouble`, could not come up."""

    def may_end(self) -> bool:
        """Whether nobody needs the bind."""


def delay_after(failures: int, trouble: SendResult | None, random: Random) -> float:
    """Seconds until the next attempt: doubling, bounded, and spread so that not all come at once."""
    longest = LONGEST_AFTER_BREAK_SECONDS if trouble is None else LONGEST_DELAY_SECONDS
    delay = min(FIRST_DELAY_SECONDS * 2.0 ** min(failures, 10), longest)
    if isinstance(trouble, Refused):
        delay = max(delay, REFUSED_DELAY_SECONDS)
    return delay * random.uniform(*JITTER)


def _open_line(settings: SmppCredentials, bell: Bell, surroundings: Surroundings) -> Line:
    """A line to the first address of the host that answers."""
    trust = (surroundings.trust or ssl.create_default_context()) if settings.tls else None
    *others, last = surroundings.hosts.resolve(settings.host, settings.port)
    for address in others:
        try:
            return Line.open(address, settings.port, bell, CONNECT_SECONDS, trust, settings.host)
        except OSError:
            continue
    return Line.open(last, settings.port, bell, CONNECT_SECONDS, trust, settings.host)


def open_session(
    settings: SmppCredentials,
    command: int,
    bell: Bell,
    stopping: Callable[[], bool],
    submissions: Submissions,
    receiver: Receiver | None,
    surroundings: Surroundings,
) -> Session:
    """Connect and bind. Raises BindRefusedError, VendorAddressError, OSError, BadPduError, StoppedError."""
    line = _open_line(settings, bell, surroundings)
    session = Session(line, bell.ring, settings, submissions, receiver, surroundings.clock)
    try:
        session.bind(command, stopping)
    except BaseException:
        session.close()
        raise
    return session


FAILURES: Final = (BindRefusedError, VendorAddressError, BadPduError, OSError)
"""What an SMSC and a network can do to an attempt."""


def _unforeseen(error: Exception) -> bool:
    return not isinstance(error, FAILURES)


def trouble_of(error: Exception, settings: SmppCredentials) -> RetryLater | Refused:
    """What an attempt that failed means for messages, in a sentence."""
    if isinstance(error, BindRefusedError):
        return error.result
    if isinstance(error, VendorAddressError):
        return Refused(str(error), "credentials")
    if isinstance(error, ssl.SSLCertVerificationError):
        return Refused(f"The certificate of {settings.host} is not valid: {error.verify_message}.", "credentials")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return RetryLater(f"The SMSC at {settings.host}:{settings.port} cannot be reached: {reason}.")


class Bind(Thread):
    """One connection of a pool."""

    def __init__(self, owner: Owner, settings: SmppCredentials, command: int, surroundings: Surroundings) -> None:
        super().__init__(name=f"smpp-{settings.host}", daemon=True)
        self._owner = owner
        self._settings = settings
        self._command = command
        self._surroundings = surroundings
        self._bell = Bell()
        self._stopping = False
        self._session: Session | None = None

    def run(self) -> None:
        """Until it is told to stop, or its owner has no use for it."""
        failures = 0
        try:
            while not self._is_done():
                began = self._surroundings.clock()
                trouble = self._attempt()
                if self._is_done():
                    break
                lasted = self._surroundings.clock() - began
                is_good = trouble is None and lasted >= STABLE_SECONDS
                failures = 0 if is_good else failures + 1
                self._sleep(delay_after(failures, trouble, self._surroundings.random))
        finally:
            self._bell.close()

    def ring_if_hungry(self) -> None:
        """There is something to submit; from any thread."""
        session = self._session
        if session is not None and session.is_hungry:
            self._bell.ring()

    def stop(self) -> None:
        """Say goodbye and end; from any thread."""
        self._stopping = True
        self._bell.ring()

    def _is_done(self) -> bool:
        return self._stopping or self._owner.may_end()

    def _attempt(self) -> SendResult | None:
        """Connect and serve. Returns why it did not come up; None: it did, and is over, or was stopped."""
        owner = self._owner
        try:
            session = open_session(
                self._settings,
                self._command,
                self._bell,
                lambda: self._stopping,
                owner.submissions,
                owner.receiver,
                self._surroundings,
            )
        except StoppedError:
            return None
        except Exception as error:  # whatever it is: the next attempt may do better
            trouble = trouble_of(error, self._settings)
            owner.went_down(self, trouble)
            _log.warning(
                "smpp_bind_failed", host=self._settings.host, reason=trouble.reason, exc_info=_unforeseen(error)
            )
            return trouble
        self._session = session
        owner.went_up(self)
        try:
            session.serve(self._is_done)
        except Exception as error:  # the same
            _log.warning("smpp_line_broke", host=self._settings.host, reason=str(error), exc_info=_unforeseen(error))
        finally:
            self._session = None
            session.close()
            owner.went_down(self, None)
        return None

    def _sleep(self, seconds: float) -> None:
        ends = self._surroundings.clock() + seconds
        while not self._stopping and (left := ends - self._surroundings.clock()) > 0:
            self._bell.wait(left)
            self._bell.silence()
