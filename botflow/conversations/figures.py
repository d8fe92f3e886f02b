"""What the editor shows at the nodes of a chatbot: visits, branches, who left, how long they waited, who is there.

Counts are exact at every moment: what is not folded yet is added (ED-6).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from botflow.conversations.dialogue import IS_LIVE, THREADS
from botflow.conversations.visits import COUNTS, HOUR_MS, VISITS, Visit, read_visits, seconds_of_class
from botflow.db import UnitOfWork

FOR_EVER: Final = 253_402_300_800_000
"""The year 10000, in milliseconds since the epoch."""


@dataclass(frozen=True)
class NodeFigures:
    """One node within a period. `share` is of the threads that entered; `drop_off` the share of visits that left here.

    `branches` counts by branch id, the else under ""; `left`, `failed` and `finished` by reason. `running` are the
    threads that are here now, whatever the period. `median_wait_seconds` is exact to 3 %, None where nobody replied.
    """

    node: str
    visits: int
    share: float
    skipped: int
    passed: int
    branches: dict[str, int]
    left: dict[str, int]
    drop_off: float
    finished: dict[str, int]
    failed: dict[str, int]
    stuck: int
    handed_over: int
    waits: int
    median_wait_seconds: float | None
    running: int


@dataclass(frozen=True)
class Figures:
    """A version within a period: the threads that `entered` it, those that run now, its nodes with anything to tell."""

    entered: int
    running: int
    nodes: list[NodeFigures]


def figures(
    work: UnitOfWork, company_id: str, scenario: str, version: int | None = None, since: int = 0, until: int = FOR_EVER
) -> Figures:
    """The figures of a version, or of all versions together.

    `since` and `until`, in milliseconds since the epoch, are widened to whole hours.
    """
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    for visit, count in _counted(work, company_id, scenario, version, since // HOUR_MS, -(-until // HOUR_MS)):
        tallies[visit.node].add(visit, count)
    here = running_at(work, company_id, scenario, version)
    entered = tallies.pop("", _Tally()).kinds["entered"]
    names = sorted(tallies.keys() | {node for node in here if node})
    return Figures(entered, sum(here.values()), [tallies[name].figures(name, entered, here[name]) for name in names])


def running_at(work: UnitOfWork, company_id: str, scenario: str, version: int | None = None) -> Counter[str]:
    """How many live threads are at each node; "" stands for those that are at none."""
    here = sa.select(THREADS.c.node, sa.func.count().label("threads")).where(
        THREADS.c.company_id == company_id, THREADS.c.scenario == scenario, IS_LIVE
    )
    if version is not None:
        here = here.where(THREADS.c.version == version)
    return Counter({row["node"] or "": row["threads"] for row in work.all(here.group_by(THREADS.c.node))})


def _counted(
    work: UnitOfWork, company_id: str, scenario: str, version: int | None, first: int, end: int
) -> Iterator[tuple[Visit, int]]:
    """What happened within the hours, with its count. One statement: folding meanwhile takes nothing away or twice."""
    key = [COUNTS.c.version, COUNTS.c.node, COUNTS.c.kind, COUNTS.c.label]
    folded = sa.select(*key, sa.func.sum(COUNTS.c.count).label("count"), sa.null().label("visits")).where(
        COUNTS.c.company_id == company_id, COUNTS.c.scenario == scenario, COUNTS.c.hour >= first, COUNTS.c.hour < end
    )
    if version is not None:
        folded = folded.where(COUNTS.c.version == version)
    nothing: list[sa.ColumnElement[Any]] = [sa.literal(0), *(sa.literal("") for _ in range(3)), sa.literal(1)]
    waiting = sa.select(*nothing, VISITS.c.visits).where(
        VISITS.c.company_id == company_id, VISITS.c.at >= first * HOUR_MS, VISITS.c.at < end * HOUR_MS
    )
    for row in work.all(sa.union_all(folded.group_by(*key), waiting)):
        if row["visits"] is None:
            yield Visit(scenario, row["version"], row["node"], row["kind"], row["label"]), int(row["count"])
        else:
            yield from _of_version(read_visits(row["visits"]), scenario, version)


def _of_version(visits: Iterable[Visit], scenario: str, version: int | None) -> Iterator[tuple[Visit, int]]:
    return ((one, 1) for one in visits if one.scenario == scenario and version in (None, one.version))


@dataclass
class _Tally:
    """Counts of one node, by kind and by kind and label."""

    kinds: Counter[str] = field(default_factory=Counter)
    labels: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, visit: Visit, count: int) -> None:
        self.kinds[visit.kind] += count
        self.labels[visit.kind][visit.label] += count

    def figures(self, node: str, entered: int, running: int) -> NodeFigures:
        kinds, labels = self.kinds, self.labels
        return NodeFigures(
            node=node,
            visits=kinds["visited"],
            share=_ratio(kinds["visited"], entered),
            skipped=kinds["skipped"],
            passed=kinds["passed"],
            branches=dict(labels["branch"]),
            left=dict(labels["left"]),
            drop_off=_ratio(kinds["left"], kinds["visited"]),
            finished=dict(labels["finished"]),
            failed=dict(labels["failed"]),
            stuck=kinds["stuck"],
            handed_over=kinds["handed_over"],
            waits=kinds["waited"],
            median_wait_seconds=_median(labels["waited"]),
            running=running,
        )


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _median(waits: Counter[str]) -> float | None:
    """The class in the middle, in seconds."""
    middle, passed = (waits.total() + 1) // 2, 0
    for number in sorted(map(int, waits)):
        passed += waits[str(number)]
        if passed >= middle:
            return seconds_of_class(number)
    return None
