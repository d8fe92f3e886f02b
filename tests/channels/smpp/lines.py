"""What the tests of SMPP have in common: a sender at an SMSC, messages, and ears for what comes in."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Condition, Event
from types import TracebackType
from typing import Any, Self

from botflow.channels.contract import Account, ChannelEvent, Outbound
from botflow.channels.smpp.credentials import SmppCredentials
from botflow.vendor_sim.contract import Behaviour, Taken
from botflow.vendor_sim.server import Simulator
from botflow.vendor_sim.smsc import Smsc

CONTACT = "+41791234567"
NUMBER = "+15550001111"
PATIENCE = 5.0


def account(
    port: int = 2775, sender: str = "sms-1", identity: str = NUMBER, **settings: Any
) -> Account[SmppCredentials]:
    given = {"host": "127.0.0.1", "port": port, "system_id": "simulated", "password": "sim-pass", **settings}
    return Account(sender, identity, SmppCredentials(**given))


def outbound(text: str = "Hello", message_id: str = "m-1", to: str = CONTACT, ttl: int | None = None) -> Outbound:
    return Outbound(message_id, "sms-1", to, {"type": "text", "text": text}, ttl)


def many(count: int, text: str = "Hello") -> list[Outbound]:
    return [outbound(f"{text} {number}", f"m-{number}", f"+4179{number:07}") for number in range(count)]


def eventually(is_so: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until it is so."""
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "it does not come to be so"
        time.sleep(0.002)


class Ears:
    """A `deliver` that remembers, and refuses while it is told to."""

    def __init__(self) -> None:
        self.batches: list[list[ChannelEvent]] = []
        self.refuses: Callable[[ChannelEvent], bool] = lambda event: False
        self.tried = 0
        self._changed = Condition()

    def __call__(self, events: Sequence[ChannelEvent]) -> None:
        self.tried += 1
        if any(self.refuses(event) for event in events):
            raise ConnectionError("the database is away")
        with self._changed:
            self.batches.append(list(events))
            self._changed.notify_all()

    @property
    def events(self) -> list[ChannelEvent]:
        return [event for batch in list(self.batches) for event in batch]

    def wait(self, count: int, seconds: float = PATIENCE) -> list[ChannelEvent]:
        """The events, once there are so many."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.events) >= count, seconds), f"only {self.events}"
        return self.events


class Centre:
    """An SMSC of the simulator, which sends no reports unless it is told to."""

    def __init__(self, behaviour: Behaviour | None = None, **customs: Any) -> None:
        self.vendor = Smsc(**customs)
        self._simulator = Simulator([self.vendor], behaviour=behaviour or Behaviour(reports=()))
        self._stand = self._simulator.lines[Smsc.name]

    def __enter__(self) -> Self:
        self._simulator.start()
        self.port = self.vendor.port
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._simulator.stop()

    @property
    def taken(self) -> list[Taken]:
        return [taken for _, taken in list(self._stand.taken)]

    @property
    def calls(self) -> int:
        return self._stand.counts["calls"]

    @property
    def binds(self) -> list[str]:
        return self.vendor.binds

    def behave(self, **changes: Any) -> None:
        self._stand.behave(changes)

    def message(self, text: str, contact: str = CONTACT, to: str = NUMBER, **how: Any) -> list[Event]:
        return self.vendor.message(contact, to, text, **how)

    def overhear(self, hears: Callable[[int, int, int], bool]) -> None:
        """Tell command, status and sequence of each packet that comes; False: the SMSC does not see it."""
        handle = self.vendor.handle

        def overheard(client: Any, packet: bytes) -> bytes:
            command, status, sequence = (int.from_bytes(packet[start : start + 4]) for start in (4, 8, 12))
            return handle(client, packet) if hears(command, status, sequence) else b""

        self.vendor.handle = overheard  # type: ignore[method-assign]  # the SMSC itself need not know
