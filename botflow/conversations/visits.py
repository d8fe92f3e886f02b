"""What happened at the nodes of a chatbot, counted for its editor (ED-6).

A turn leaves one narrow row in its own transaction; no two conversations write the same one. A job folds these rows
into counts per version, hour and node, and takes them away. A reader adds up both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import log2
from typing import Final, NamedTuple

import msgspec
import sqlalchemy as sa

from botflow.conversations.course import Step
from botflow.conversations.models import VisitCount, VisitRow
from botflow.db import UnitOfWork, json_text, new_row, table_of
from botflow_runtime import Thread, Turn
from botflow_runtime.events import AnyEvent, MessageReceived
from botflow_runtime.thread import LogEntry

VISITS: Final = table_of(VisitRow)
COUNTS: Final = table_of(VisitCount)

BATCH: Final = 1_000
HOUR_MS: Final = 3_600_000
OWN_ENDS: Final = frozenset({"", "jumped", "resolved"})
"""Reasons of a complete thread that was not cut short."""
WAIT_STEPS: Final = 16
"""Steps of a doubling: waits are counted in classes that are 4 % apart."""


class Visit(NamedTuple):
    """One thing that happened at a node of a version.

    `kind`: `entered` (a thread came to the version; no node), `visited`, `skipped`, `passed`, `branch` (label: its id,
    empty for the else), `waited` (label: the class of the wait), `failed`, `stuck`, `handed_over`, `finished`, `left`
    (the thread ended before the end; labels say why).
    """

    scenario: str
    version: int
    node: str
    kind: str
    label: str


def visits_of(steps: Iterable[Step], event: AnyEvent, turn: Turn, waited: Visit | None) -> list[Visit]:
    """What a turn did at which nodes; `waited` is the wait that it ended, if it did."""
    reply = event.decision.node if isinstance(event, MessageReceived) and event.decision is not None else None
    found = [waited] if waited is not None else []
    for (scenario, number), entry in steps:
        found += [Visit(scenario, number, node, kind, label) for node, kind, label in _kinds(entry, turn.thread, reply)]
    return found


def _kinds(entry: LogEntry, thread: Thread, reply: str | None) -> Iterator[tuple[str, str, str]]:
    """Node, kind and label of what an entry stands for."""
    node, what = entry.node or "", entry.what
    if what in PLAIN:
        yield node if PLAIN[what] != "entered" else "", PLAIN[what], ""
    elif what == "waits" and entry.detail == "reply":
        waits = thread.wait.nodes if thread.wait is not None else (node,)
        yield from ((name, "visited", "") for name in waits)
    elif what == "branch":
        if node != reply:  # a reply's condition was visited when the thread began to wait at it
            yield node, "visited", ""
        yield node, "branch", entry.branch or ""
    elif what == "passed":
        yield node, "visited", ""
        yield node, "passed", ""
    elif what == "failed":
        yield node, "failed", str(_of(entry, "kind"))
    elif what == "ended":
        yield node, *_end(str(_of(entry, "status")), str(_of(entry, "reason") or ""))


PLAIN: Final = {
    "started": "entered",
    "jumped": "entered",
    "restarted": "entered",
    "moved": "entered",
    "ran": "visited",
    "skipped": "skipped",
    "stuck": "stuck",
    "handed_over": "handed_over",
}
"""Entries that stand for one kind."""


def _of(entry: LogEntry, field: str) -> object:
    return entry.detail.get(field) if isinstance(entry.detail, dict) else None


def _end(status: str, reason: str) -> tuple[str, str]:
    if status == "complete" and reason in OWN_ENDS:
        return "finished", reason
    return "left", reason or status


def ended_wait(before: Thread, since: int | None, event: AnyEvent) -> Visit | None:
    """The wait for the contact that a reply has ended; `since` is when it began, in milliseconds since the epoch."""
    if since is None or before.wait is None or not isinstance(event, MessageReceived):
        return None
    if event.decision is None or event.decision.action != "reply":
        return None
    node = event.decision.node or before.node or ""
    return Visit(before.scenario, before.version, node, "waited", str(wait_class(event.at - since)))


def wait_class(milliseconds: int) -> int:
    """The class of a wait."""
    return round(WAIT_STEPS * log2(1 + max(milliseconds, 0) / 1000))


def seconds_of_class(number: int) -> float:
    """The middle of a class of waits, in seconds."""
    return float(2 ** (number / WAIT_STEPS) - 1)


def note(work: UnitOfWork, company_id: str, thread_id: str, number: int, visits: list[Visit], at: int) -> None:
    """Leave what a turn did for the job that counts."""
    if visits:
        row = new_row(
            VisitRow, thread_id=thread_id, number=number, company_id=company_id, visits=json_text(visits), at=at
        )
        work.pending.add(VISITS, row)


_SOME: Final = sa.select(VISITS).limit(BATCH).with_for_update(skip_locked=True)
_TAKEN: Final = VISITS.delete().where(
    VISITS.c.thread_id == sa.bindparam("of_thread"), VISITS.c.number == sa.bindparam("of_number")
)


def fold(work: UnitOfWork) -> int:
    """Count up to BATCH turns and take their rows away; several processes may. Returns how many turns there were."""
    rows = work.all(_SOME)
    if rows:
        counted = Counter(
            (row["company_id"], *visit, row["at"] // HOUR_MS) for row in rows for visit in read_visits(row["visits"])
        )
        # In one order everywhere: two that fold at the same time wait for each other, never both.
        added = [dict(zip(COUNTED, key, strict=True)) | {"count": counted[key]} for key in sorted(counted)]
        work.insert_or_add(COUNTS, added, "count")
        work.execute(_TAKEN, [{"of_thread": row["thread_id"], "of_number": row["number"]} for row in rows])
    return len(rows)


COUNTED: Final = ("company_id", *Visit._fields, "hour")
"""The key of a count."""


def read_visits(text: str) -> list[Visit]:
    """The visits of a row."""
    return [Visit(*fields) for fields in msgspec.json.decode(text)]
