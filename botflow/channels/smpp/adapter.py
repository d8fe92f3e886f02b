"""SMS over SMPP 3.4: pools of binds by account at the SMSC, for sending and for listening."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random
from secrets import token_hex
from threading import Lock
from typing import Final

from botflow.channels.contract import (
    Account,
    ChannelAdapter,
    Checked,
    Connection,
    Deliver,
    Outbound,
    Refused,
    SendResult,
    noted,
)
from botflow.channels.http import VendorHttp
from botflow.channels.smpp import pdu
from botflow.channels.smpp.bind import FAILURES, Surroundings, open_session, trouble_of
from botflow.channels.smpp.credentials import SmppCredentials
from botflow.channels.smpp.intake import Intake, Listener
from botflow.channels.smpp.line import Bell, StoppedError
from botflow.channels.smpp.outgoing import UnsendableError, bodies, source_of
from botflow.channels.smpp.pool import Pool, close
from botflow.channels.smpp.submissions import Submissions

RECEIVERS: Final = 1
"""Receiver binds of a process that listens over binds of their own."""

UNENCRYPTED: Final = (
    " The line is not encrypted: whoever sits on the way can read password and messages. Turn on tls where the SMSC "
    "has it; where the line goes through a VPN, list the host in BOTFLOW_VENDOR_HOSTS."
)

_SENDS: Final = {
    "transceiver": pdu.BIND_TRANSMITTER,
    "transceiver_only": pdu.BIND_TRANSCEIVER,
    "separate": pdu.BIND_TRANSMITTER,
}
"""The binds of a process that only sends, by the setting `bind`."""


@dataclass(frozen=True)
class _Receiving:
    """A pool that receives."""

    pool: Pool
    intake: Intake


class Smpp(ChannelAdapter[SmppCredentials]):
    """SMS over an SMSC (MS-1)."""

    name = "smpp"
    channel = "sms"
    title = "SMS over SMPP"
    credentials = SmppCredentials
    by_number = True
    has_line = True
    rate = 100.0

    def __init__(
        self, http: VendorHttp, clock: Callable[[], float] = time.monotonic, random: Random | None = None
    ) -> None:
        self._surroundings = Surroundings(http.hosts, http.trust, clock, random or Random())
        self._begin()

    def send(self, account: Account[SmppCredentials], message: Outbound) -> SendResult:
        """Submit a message and wait for the SMSC's word."""
        return self.send_batch(account, [message])[0]

    def send_batch(self, account: Account[SmppCredentials], messages: Sequence[Outbound]) -> list[SendResult]:
        """Submit messages over all binds at once, as many at a time as their windows hold."""
        parts, results = _encoded(account, messages)
        sent = iter(self._sent(account, parts) if parts else [])
        return [next(sent) if result is None else result for result in results]

    def check(self, account: Account[SmppCredentials]) -> Checked:
        """Bind and unbind; where binds are up already, that is told, and that others may read along."""
        try:
            source_of(account)
        except UnsendableError as error:
            return Checked(False, str(error))
        for pool in self._pools_of(account):
            if pool.up:
                return Checked(True, f"Connected: {pool.up} of {pool.count} binds are up.{self._warning(account)}")
        trouble = self._tried(account.credentials)
        if trouble is not None:
            return Checked(False, trouble)
        self._drop_troubled(account)
        return Checked(True, f"The SMSC takes the bind.{self._warning(account)}")

    def _warning(self, account: Account[SmppCredentials]) -> str:
        """What to say of a line that is not encrypted and leaves the operator's own network."""
        credentials = account.credentials
        is_safe = credentials.tls or self._surroundings.hosts.is_listed(credentials.host, credentials.port)
        return "" if is_safe else UNENCRYPTED

    def listen(self, account: Account[SmppCredentials], deliver: Deliver) -> Connection:
        """Receive; with `bind` transceiver over the binds that also send."""
        self._stay_in_process()
        listener = Listener(account, deliver)
        settings = account.credentials
        with self._lock:
            if settings in self._listening:
                self._listening[settings].intake.add(listener)
                return _Listening(self, listener)
            receiving = self._listening[settings] = self._receiving(settings)
            receiving.intake.add(listener)
            old = None if settings.bind == "separate" else self._sending.pop(settings, None)
        if old is not None:  # the SMSC may allow no more binds than these
            close([old])
        receiving.pool.start()
        return _Listening(self, listener)

    def stop_listening(self, listener: Listener) -> None:
        """A sender listens no more; the last one of an account ends its binds."""
        settings = listener.account.credentials
        with self._lock:
            receiving = self._listening.get(settings)
            if receiving is None or not receiving.intake.remove(listener):
                return
            del self._listening[settings]
        close([receiving.pool])

    def close(self) -> None:
        """End all binds."""
        with self._lock:
            pools = [*self._sending.values(), *(receiving.pool for receiving in self._listening.values())]
            self._sending.clear()
            self._listening.clear()
        close(pools)

    def _begin(self) -> None:
        self._process = os.getpid()
        self._lock = Lock()
        self._sending: dict[SmppCredentials, Pool] = {}
        self._listening: dict[SmppCredentials, _Receiving] = {}
        run, numbers = token_hex(8), count(1)
        self._new_name = lambda: f"mo-{run}-{next(numbers)}"

    def _stay_in_process(self) -> None:
        """Threads do not outlive a fork: a child opens binds of its own."""
        if self._process != os.getpid():
            self._begin()

    def _sent(self, account: Account[SmppCredentials], parts: Sequence[Sequence[bytes]]) -> list[SendResult]:
        while True:
            results = self._pool(account.credentials).send(parts)
            if results is not None:
                return results

    def _pool(self, settings: SmppCredentials) -> Pool:
        """The pool that sends: the one that listens, where its binds do both."""
        self._stay_in_process()
        with self._lock:
            if settings.bind != "separate" and settings in self._listening:
                return self._listening[settings].pool
            pool = self._sending.get(settings)
            if pool is None or pool.may_end():
                pool = Pool(settings, _SENDS[settings.bind], settings.binds, None, self._surroundings)
                pool.start()
                self._sending[settings] = pool
            return pool

    def _receiving(self, settings: SmppCredentials) -> _Receiving:
        intake = Intake(settings, self._surroundings.clock, self._new_name)
        command, binds = (
            (pdu.BIND_RECEIVER, RECEIVERS) if settings.bind == "separate" else (pdu.BIND_TRANSCEIVER, settings.binds)
        )
        return _Receiving(Pool(settings, command, binds, intake, self._surroundings), intake)

    def _pools_of(self, account: Account[SmppCredentials]) -> list[Pool]:
        self._stay_in_process()
        with self._lock:
            sending, receiving = self._sending.get(account.credentials), self._listening.get(account.credentials)
        found = [sending, None if receiving is None else receiving.pool]
        return [pool for pool in found if pool is not None]

    def _drop_troubled(self, account: Account[SmppCredentials]) -> None:
        """What the SMSC refused before, it takes now: the next message need not wait for the next attempt."""
        with self._lock:
            pool = self._sending.get(account.credentials)
            if pool is None or pool.trouble is None:
                return
            del self._sending[account.credentials]
        close([pool])

    def _tried(self, settings: SmppCredentials) -> str | None:
        """Why a bind does not work, or None."""
        bell = Bell()
        submissions = Submissions(self._surroundings.clock)
        try:
            session = open_session(
                settings, _SENDS[settings.bind], bell, lambda: False, submissions, None, self._surroundings
            )
            try:
                session.serve(lambda: True)
            finally:
                session.close()
        except (*FAILURES, StoppedError) as error:
            return trouble_of(error, settings).reason
        finally:
            bell.close()
        return None


class _Listening:
    """What `listen` returns."""

    def __init__(self, adapter: Smpp, listener: Listener) -> None:
        self._adapter = adapter
        self._listener = listener

    def close(self) -> None:
        """Say goodbye and end it."""
        self._adapter.stop_listening(self._listener)


def _encoded(
    account: Account[SmppCredentials], messages: Sequence[Outbound]
) -> tuple[list[list[bytes]], list[SendResult | None]]:
    """The parts of the messages that can leave, and for each message why not, or None."""
    encoded = [noted(_bodies, account, message) for message in messages]
    parts = [one for one in encoded if isinstance(one, list)]
    return parts, [None if isinstance(one, list) else one for one in encoded]


def _bodies(account: Account[SmppCredentials], message: Outbound) -> list[bytes] | Refused:
    try:
        return bodies(account, message)
    except UnsendableError as error:
        return Refused(str(error))
