"""Shared by all who do the pizza conversation in Python: measures it and prints what `pizza.py` reads.

Only the standard library: the peers live in an environment of their own.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

INBOUND = (("pizza", None), ("Ann", None), ("Large", "large"))
WARM_UP_ROUNDS = 5
"""The warm-up is as long as so many rounds: compilers that work while a program runs need some of it."""
SUGGESTIONS = [
    {"id": "s", "type": "reply", "text": "Small", "postback": "small"},
    {"id": "l", "type": "reply", "text": "Large", "postback": "large"},
]


def report(converse: Callable[[], list[str]]) -> None:
    """Measure `converse`, which runs the whole conversation and returns its replies, and print the figures.

    The command line ends with the number of rounds and the seconds of one. Rounds and warm-up are counted in processor
    time, so that on a busy machine too everything is warm.
    """
    rounds, seconds = int(sys.argv[-2]), float(sys.argv[-1])
    replies = converse()
    count = warm_up(converse, seconds * WARM_UP_ROUNDS * 1e6)
    figures = [one_round(converse, max(1, count // WARM_UP_ROUNDS)) for _ in range(rounds)]
    print(json.dumps({"cpu": [cpu for cpu, _ in figures], "wall": [wall for _, wall in figures], "replies": replies}))


def warm_up(converse: Callable[[], list[str]], microseconds: float) -> int:
    """Run ever more conversations at once until they take about so long; returns how many that were.

    The clock is read seldom: on some machines that takes longer than a conversation.
    """
    count = 1
    while (used := one_round(converse, count)[0] * count * len(INBOUND)) < microseconds / 2:
        count *= 2
    return int(count * max(1.0, microseconds / used)) if used else count


def one_round(converse: Callable[[], list[str]], count: int) -> tuple[float, float]:
    """Microseconds a message, of processor and wall time."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(count):
        converse()
    messages = count * len(INBOUND)
    return (time.process_time() - cpu) / messages * 1e6, (time.perf_counter() - wall) / messages * 1e6
