"""How everything here is measured: processor time of one core, rounds after a warm-up, the median of the rounds."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import msgspec

ROUNDS = 7
SECONDS_A_ROUND = 0.3


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the table. `value` in `unit`; `goal` is the most that it may be; `peer`: not our own code."""

    benchmark: str
    name: str
    value: float
    unit: str
    goal: float | None = None
    peer: bool = False
    note: str = ""
    rounds: list[float] = []

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        return None if self.goal is None else self.value <= self.goal


class Plan(msgspec.Struct, frozen=True):
    """How long to measure: `quick` tries everything once, so that the benchmarks cannot rot."""

    rounds: int = ROUNDS
    seconds: float = SECONDS_A_ROUND
    peers: bool = True


QUICK = Plan(rounds=1, seconds=0.0, peers=False)


def stay_on_one_core() -> None:
    """Run on one core from now on, where the system lets us."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def microseconds(work: Callable[[], Any], plan: Plan, clock: Callable[[], float] = time.process_time) -> list[float]:
    """Microseconds a call of `work`, one figure a round."""
    work()
    calls = _calls_in(work, plan.seconds)
    return [_round(work, calls, clock) for _ in range(plan.rounds)]


def _calls_in(work: Callable[[], Any], seconds: float) -> int:
    """About how many calls fit into a round; they also warm everything up."""
    calls, started = 0, time.perf_counter()
    while True:
        work()
        calls += 1
        if time.perf_counter() - started >= seconds / 2:
            return max(1, calls * 2)


def _round(work: Callable[[], Any], calls: int, clock: Callable[[], float]) -> float:
    started = clock()
    for _ in range(calls):
        work()
    return (clock() - started) / calls * 1e6


def row(benchmark: str, name: str, rounds: list[float], unit: str = "us", **more: Any) -> Row:
    """A row from the figures of its rounds."""
    return Row(benchmark, name, statistics.median(rounds), unit, rounds=[round(one, 3) for one in rounds], **more)
