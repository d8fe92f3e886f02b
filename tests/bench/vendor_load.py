"""The simulated vendor of the throughput benchmark, in a process of its own: writes for contacts, times the replies.

Prints where it listens, then reads one JSON object a line from standard input and does what it says: `kind` is one of
PLANS. Each plan prints `{"warm": true}` when its clock begins to run, and its figures in the end.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from botflow.vendor_sim.contract import Behaviour, State, Taken
from botflow.vendor_sim.server import Simulator
from botflow.vendor_sim.stand import HttpStand
from botflow.vendor_sim.whatsapp import WhatsAppCloud
from tests.bench.stored import message_id

SAID: Final = re.compile(r"You said n(\d+)\.")
FIRST_NUMBER: Final = 34_600_000_000
BURST_SECONDS: Final = 0.01
DRAIN_SECONDS: Final = 60.0
STATES: Final[tuple[State, ...]] = ("delivered", "seen")


class Load:
    """A simulated vendor that does what plans say, one after the other."""

    def __init__(self, simulator: Simulator, vendor: WhatsAppCloud, stand: HttpStand) -> None:
        self._simulator = simulator
        self._vendor = vendor
        self._stand = stand
        self._written = 0

    def do(self, plan: Mapping[str, Any]) -> dict[str, Any]:
        """Do what a plan says; returns its figures."""
        assert self._stand.connect(plan["webhook"])
        return PLANS[plan["kind"]](self, plan)

    def greet(self, plan: Mapping[str, Any]) -> dict[str, Any]:
        """Each of `contacts` says hi, so that its thread waits for an answer."""
        before, contacts = self._stand.counts["taken"], int(plan["contacts"])
        begin()
        paced(plan["rate"], ((str(FIRST_NUMBER + number), "hi") for number in range(contacts)), self._write)
        assert self._stand.wait_for(before + contacts, DRAIN_SECONDS), "the greeting is not answered"
        return {"sent": contacts}

    def converse(self, plan: Mapping[str, Any]) -> dict[str, Any]:
        """Contacts write `rate` messages a second for `seconds`; each is to be answered, and reported on."""
        before, contacts, first = self._stand.counts["taken"], int(plan["contacts"]), self._written
        total = int(plan["rate"] * plan["seconds"])
        self._written += total
        self._stand.behave({"reports": plan["reports"], "report_ms": 200})
        begin()
        begun = time.monotonic()
        texts = ((str(FIRST_NUMBER + number % contacts), f"n{first + number}") for number in range(total))
        sent = paced(plan["rate"], texts, self._write)
        is_whole = self._stand.wait_for(before + total, DRAIN_SECONDS)
        ended = time.monotonic()
        self._wait_for_hooks()
        return figures(self._stand, sent, first, begun, ended, is_whole)

    def report(self, plan: Mapping[str, Any]) -> dict[str, Any]:
        """Report on stored messages, `at_once` of them in a webhook, as fast as `rate` statuses a second."""
        total, at_once = int(plan["rate"] * plan["seconds"]), int(plan["at_once"])
        first, each = int(plan["first"]), total // len(STATES)
        batches = [
            [(number, state) for number in range(begin_at, begin_at + at_once)]
            for state in STATES
            for begin_at in range(first, first + each, at_once)
        ]
        begin()
        begun = time.monotonic()
        paced(plan["rate"] / at_once, ((batch,) for batch in batches), self._report)
        self._wait_for_hooks()
        seconds = time.monotonic() - begun
        return {"sent": len(batches) * at_once, "seconds": round(seconds, 1), "per_second": round(total / seconds)}

    def post(self, plan: Mapping[str, Any]) -> dict[str, Any]:
        """Post `count` webhooks as fast as they are answered."""
        count = int(plan["count"])
        begin()
        begun = time.monotonic()
        for number in range(count):
            self._write(str(FIRST_NUMBER), f"n{number}")
        self._wait_for_hooks()
        seconds = time.monotonic() - begun
        return {"sent": count, "seconds": round(seconds, 1), "per_second": round(count / seconds)}

    def _write(self, contact: str, text: str) -> None:
        self._stand.write(contact, text)

    def _report(self, batch: list[tuple[int, State]]) -> None:
        self._stand.post(self._vendor.statuses([(_stored(number), state) for number, state in batch]))

    def _wait_for_hooks(self) -> None:
        end = time.monotonic() + DRAIN_SECONDS
        time.sleep(0.05)  # what was posted from here is on its way to the loop
        while self._simulator.pending and time.monotonic() < end:
            time.sleep(0.01)
        assert not self._simulator.pending, "webhooks are not answered"


PLANS: Final[Mapping[str, Callable[[Load, Mapping[str, Any]], dict[str, Any]]]] = {
    "greet": Load.greet,
    "converse": Load.converse,
    "report": Load.report,
    "post": Load.post,
}


def main() -> None:
    vendor = WhatsAppCloud()
    with Simulator([vendor], behaviour=Behaviour(reports=())) as simulator:
        stand = simulator["whatsapp_cloud"]
        say({"port": simulator.port, "identity": vendor.identity, "credentials": simulator.credentials(vendor.name)})
        load = Load(simulator, vendor, stand)
        for line in sys.stdin:
            say(load.do(json.loads(line)))


def _stored(number: int) -> Taken:
    content = {"biz_opaque_callback_data": message_id(number)}
    return Taken(f"stored-{number}", str(FIRST_NUMBER), "", content)


def begin() -> None:
    """The clock runs from now on."""
    say({"warm": True})


def paced(rate: float, calls: Iterable[tuple[Any, ...]], call: Callable[..., None]) -> list[float]:
    """Call so often a second; returns when each was called."""
    begun, times = time.monotonic(), []
    for index, arguments in enumerate(calls):
        ahead = begun + index / rate - time.monotonic()
        if ahead > BURST_SECONDS:
            time.sleep(ahead)
        times.append(time.monotonic())
        call(*arguments)
    return times


def figures(
    stand: HttpStand, sent: list[float], first: int, begun: float, ended: float, is_whole: bool
) -> dict[str, Any]:
    """How many were answered, how often, and how long it took, in milliseconds."""
    answered: dict[int, list[float]] = {}
    for at, taken in list(stand.taken):
        found = SAID.fullmatch(taken.text)
        if found and first <= int(found[1]) < first + len(sent):
            answered.setdefault(int(found[1]), []).append(at)
    waits = sorted((times[0] - sent[number - first]) * 1000 for number, times in answered.items())
    return {
        "sent": len(sent),
        "answered": len(answered),
        "twice": sum(len(times) > 1 for times in answered.values()),
        "whole": is_whole,
        "seconds": round(ended - begun, 1),
        "per_second": round(len(answered) / (ended - begun)),
        "latency_ms": {f"p{share}": round(waits[int(len(waits) * share / 100)]) for share in (50, 95, 99)}
        if waits
        else {},
        "slowest_ms": round(waits[-1]) if waits else None,
    }


def say(value: object) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main()
