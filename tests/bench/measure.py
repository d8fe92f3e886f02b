"""How everything here is measured: one core, a warm-up, rounds in turns, processor and wall time, medians."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

import msgspec

Work: TypeAlias = Callable[[], Any]
Clock: TypeAlias = Literal["cpu", "wall"]


class Plan(msgspec.Struct, frozen=True):
    """How long to measure. `small`: everything once and on small data, so that the benchmarks cannot rot."""

    rounds: int = 9
    seconds: float = 0.3
    """About how long one round of one piece of work takes."""
    small: bool = False


FULL: Final = Plan()
SMALL: Final = Plan(rounds=1, seconds=0.0, small=True)


class Figures(msgspec.Struct, frozen=True):
    """Microseconds a call, one figure a round. `wall` includes all that was waited for."""

    cpu: list[float]
    wall: list[float]

    def median(self, clock: Clock) -> float:
        """The middle figure of the rounds."""
        return statistics.median(self.cpu if clock == "cpu" else self.wall)


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the table.

    `us`: microseconds a call by the row's clock; `wall_us`: the same by the wall. `ratio`: how many times ours it
    takes; `met`: whether the goal is met, None where there is none. `peer`: not our code.
    """

    benchmark: str
    name: str
    us: float
    wall_us: float
    clock: Clock = "cpu"
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None
    peer: bool = False
    rounds: list[float] = []


def row(benchmark: str, name: str, figures: Figures, clock: Clock = "cpu", **more: Any) -> Row:
    """A row from the figures of its rounds; `more` are further fields of Row."""
    rounds = [round(one, 3) for one in (figures.cpu if clock == "cpu" else figures.wall)]
    return Row(benchmark, name, figures.median(clock), figures.median("wall"), clock, rounds=rounds, **more)


def with_goal(given: Row, most_us: float) -> Row:
    """The row with the most that it may take."""
    met = given.us <= most_us
    return msgspec.structs.replace(given, goal=f"at most {duration(most_us)}", met=met)


def beside(given: Row, ours: Row) -> Row:
    """A peer's row with its ratio to ours."""
    return msgspec.structs.replace(given, peer=True, ratio=given.us / ours.us)


def duration(microseconds: float) -> str:
    """Microseconds as people read them."""
    if microseconds < 1000:
        return f"{microseconds:.3g} µs"
    return f"{microseconds / 1000:.3g} ms" if microseconds < 1e6 else f"{microseconds / 1e6:.3g} s"


def stay_on_one_core() -> None:
    """Run on one core from now on, with all processes that are started, where the system lets us."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def processor_time_with_children() -> float:
    """Seconds of processor time of this process and of those that it has started and waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def measured(
    works: Mapping[str, Work], plan: Plan, processor_time: Callable[[], float] = time.process_time
) -> dict[str, Figures]:
    """The figures of each piece of work. They take turns round by round: what slows the machine slows them all."""
    calls = {name: _calls_in(work, plan.seconds) for name, work in works.items()}
    figures = {name: Figures([], []) for name in works}
    for _ in range(plan.rounds):
        for name, work in works.items():
            _round(work, calls[name], figures[name], processor_time)
    return figures


def _calls_in(work: Work, seconds: float) -> int:
    """How many calls fit into a round; trying it warms everything up."""
    calls, started = 0, time.perf_counter()
    while True:
        work()
        calls += 1
        if time.perf_counter() - started >= seconds:
            return calls


def _round(work: Work, calls: int, figures: Figures, processor_time: Callable[[], float]) -> None:
    wall, cpu = time.perf_counter(), processor_time()
    for _ in range(calls):
        work()
    figures.cpu.append((processor_time() - cpu) / calls * 1e6)
    figures.wall.append((time.perf_counter() - wall) / calls * 1e6)
