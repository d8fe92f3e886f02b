"""Shared by the peers in Python: measures a conversation and prints what `pizza.py` reads. Only the standard library."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

INBOUND = (("pizza", None), ("Ann", None), ("Large", "large"))
SUGGESTIONS = [
    {"id": "s", "type": "reply", "text": "Small", "postback": "small"},
    {"id": "l", "type": "reply", "text": "Large", "postback": "large"},
]


def report(converse: Callable[[], list[str]]) -> None:
    """Measure `converse`, which runs the whole conversation and returns its replies, and print the figures."""
    rounds, seconds = int(sys.argv[1]), float(sys.argv[2])
    replies = converse()
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds / 2 or count < 3:
        converse()
        count += 1
    figures = [one_round(converse, count * 2) for _ in range(rounds)]
    print(json.dumps({"us": figures, "replies": replies}))


def one_round(converse: Callable[[], list[str]], count: int) -> float:
    started = time.process_time()
    for _ in range(count):
        converse()
    return (time.process_time() - started) / count / len(INBOUND) * 1e6
