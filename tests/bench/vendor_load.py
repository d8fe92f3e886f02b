"""The simulated vendor of the throughput benchmark, in a process of its own: writes for contacts, times the replies.

Reads one JSON object from standard input: {"webhook", "rate", "seconds", "contacts", "reports"}; prints first where it
listens, then, in the end, the figures.
"""

from __future__ import annotations

import json
import re
import sys
import time
from typing import Any, Final

from botflow.vendor_sim.contract import Behaviour
from botflow.vendor_sim.server import Simulator
from botflow.vendor_sim.stand import HttpStand
from botflow.vendor_sim.whatsapp import WhatsAppCloud

SAID: Final = re.compile(r"You said n(\d+)\.")
FIRST_NUMBER: Final = 34_600_000_000
BURST_SECONDS: Final = 0.01
DRAIN_SECONDS: Final = 60.0
WARM_UP_RATE: Final = 100.0


def main() -> None:
    vendor = WhatsAppCloud()
    with Simulator([vendor], behaviour=Behaviour(reports=())) as simulator:
        stand = simulator["whatsapp_cloud"]
        say({"port": simulator.port, "identity": vendor.identity, "credentials": simulator.credentials(vendor.name)})
        plan = json.loads(sys.stdin.readline())
        assert stand.connect(plan["webhook"])
        contacts = int(plan["contacts"])
        send(stand, [(contact, "hi") for contact in range(contacts)], WARM_UP_RATE)
        assert stand.wait_for(contacts, DRAIN_SECONDS), "the warm-up is not answered"
        stand.behave({"reports": plan["reports"], "report_ms": 200})
        say({"warm": True})
        total = int(plan["rate"] * plan["seconds"])
        begun = time.monotonic()
        sent = send(stand, [(number % contacts, f"n{number}") for number in range(total)], plan["rate"])
        is_whole = stand.wait_for(contacts + total, DRAIN_SECONDS)
        ended = time.monotonic()
        while simulator.pending and time.monotonic() < ended + DRAIN_SECONDS:
            time.sleep(0.05)
        say(figures(stand, sent, begun, ended, is_whole) | {"hooks": dict(stand.counts)})
        sys.stdin.readline()


def send(stand: HttpStand, messages: list[tuple[int, str]], rate: float) -> list[float]:
    """Write messages at a rate a second; returns when each was written."""
    begun, times = time.monotonic(), []
    for index, (contact, text) in enumerate(messages):
        ahead = begun + index / rate - time.monotonic()
        if ahead > BURST_SECONDS:
            time.sleep(ahead)
        times.append(time.monotonic())
        stand.write(str(FIRST_NUMBER + contact), text)
    return times


def figures(stand: HttpStand, sent: list[float], begun: float, ended: float, is_whole: bool) -> dict[str, Any]:
    """How many were answered, how often, and how long it took, in milliseconds."""
    answered: dict[int, list[float]] = {}
    for at, taken in list(stand.taken):
        found = SAID.fullmatch(taken.text)
        if found:
            answered.setdefault(int(found[1]), []).append(at)
    waits = sorted((times[0] - sent[number]) * 1000 for number, times in answered.items())
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
