"""Live threads and the versions they run: who is where, moving them to another version, ending them (engine.md 10).

Moving and ending go thread by thread, each in a transaction of its own, a page at a time; doing it again goes on with
what is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import sqlalchemy as sa

from botflow.conversations.dialogue import IS_LIVE, THREADS, Dialogue
from botflow.conversations.operators import By
from botflow.conversations.service import Conversations
from botflow.conversations.turns import keep
from botflow.db import UnitOfWork
from botflow.errors import ConflictError
from botflow_runtime import Thread
from botflow_runtime.events import Moved, Stopped
from botflow_runtime.moving import obstacle

PAGE: Final = 500


@dataclass(frozen=True)
class Here:
    """Live threads at one node of a version. `node` is None where they are at none yet."""

    version: int
    node: str | None
    status: str
    threads: int


@dataclass(frozen=True)
class Stayed:
    """Threads at one node that could not be moved, and why; `example` is one of them."""

    node: str | None
    why: str
    threads: int
    example: str


@dataclass(frozen=True)
class Done:
    """What came of one page: how many threads were moved or ended, which stayed, and where the next page begins.

    `following` is None where every thread has had its turn.
    """

    threads: int
    stayed: list[Stayed]
    following: str | None


def live_threads(work: UnitOfWork, company_id: str, scenario: str) -> list[Here]:
    """How many live threads a chatbot has, by version, node and status."""
    key = (THREADS.c.version, THREADS.c.node, THREADS.c.status)
    rows = work.all(
        sa.select(*key, sa.func.count().label("threads"))
        .where(THREADS.c.company_id == company_id, THREADS.c.scenario == scenario, IS_LIVE)
        .group_by(*key)
        .order_by(*key)
    )
    return [Here(**row) for row in rows]


def check_unused(work: UnitOfWork, company_id: str, scenario: str, version: int) -> None:
    """Whether a version may be deleted. Raises ConflictError while a live thread uses it."""
    threads = sum(here.threads for here in live_threads(work, company_id, scenario) if here.version == version)
    if threads:
        raise ConflictError(
            f"{threads} live threads use version {version} of {scenario!r}: let them finish, move them to another "
            "version, or end them first."
        )


def move_threads(
    conversations: Conversations, by: By, scenario: str, source: int, target: int, after: str = ""
) -> Done:
    """Move live threads from one version of a chatbot to another, to the node of the same id.

    `after` is the `following` of the page before. Raises UnknownScenarioError where one of the versions is not there.
    """

    def move(dialogue: Dialogue, thread: Thread) -> str | None:
        catalog = dialogue.engine.catalog
        against = obstacle(thread, catalog.version(scenario, source), catalog.version(scenario, target))
        if against is None:
            event = Moved(version=target, **dialogue.facts())
            keep(dialogue, dialogue.engine.handle(thread, event), by.user_id)
        return against

    return _each(conversations, by, scenario, source, after, move)


def end_threads(conversations: Conversations, by: By, scenario: str, version: int, after: str = "") -> Done:
    """Stop the live threads of a version, and take back what has not left. `after` as with move_threads."""

    def end(dialogue: Dialogue, thread: Thread) -> str | None:
        keep(dialogue, dialogue.engine.handle(thread, Stopped(**dialogue.facts())), by.user_id)
        return None

    return _each(conversations, by, scenario, version, after, end)


Do: TypeAlias = Callable[[Dialogue, Thread], str | None]
"""Does it to one thread; returns why not, where it cannot be done."""


def _each(conversations: Conversations, by: By, scenario: str, version: int, after: str, do: Do) -> Done:
    """Do it to the live threads of a version, up to PAGE of them."""
    with conversations.database.reading() as work:
        threads = _page(work, by.company_id, scenario, version, after)
    done, stayed, examples = 0, Counter[tuple[str | None, str]](), dict[tuple[str | None, str], str]()
    for thread_id in threads:
        with conversations.of_thread(thread_id, by.company_id) as (dialogue, thread):
            if not thread.live or (thread.scenario, thread.version) != (scenario, version):
                continue  # it went on meanwhile
            why = do(dialogue, thread)
        if why is None:
            done += 1
        else:
            stayed[thread.node, why] += 1
            examples.setdefault((thread.node, why), thread_id)
    told = [Stayed(node, why, count, examples[node, why]) for (node, why), count in stayed.most_common()]
    return Done(done, told, threads[-1] if len(threads) == PAGE else None)


def _page(work: UnitOfWork, company_id: str, scenario: str, version: int, after: str) -> list[str]:
    live = sa.select(THREADS.c.id).where(
        THREADS.c.company_id == company_id,
        THREADS.c.scenario == scenario,
        THREADS.c.version == version,
        IS_LIVE,
        THREADS.c.id > after,
    )
    return [row["id"] for row in work.all(live.order_by(THREADS.c.id).limit(PAGE))]
