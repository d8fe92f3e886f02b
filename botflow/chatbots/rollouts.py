"""What becomes of the threads that run older versions: they finish by themselves, move to the newest, or end.

Moving and ending is a row that is worked on in pages, by the request that made it and by the jobs. A crash leaves the
row; whoever takes it up next goes on where the last page was noted. Doing a page again is harmless, since threads that
were moved or ended are no longer there to be taken; only `threads` may then count too few.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final, Literal, TypeAlias

import msgspec
import sqlalchemy as sa

from botflow.chatbots.catalog import CHATBOTS
from botflow.chatbots.drafts import Who
from botflow.chatbots.models import RolloutRow
from botflow.clock import Clock
from botflow.conversations.operators import By
from botflow.conversations.service import Conversations
from botflow.conversations.versions import Done, Stayed, end_threads, live_threads, move_threads
from botflow.db import UnitOfWork, json_text, table_of
from botflow.errors import NotFoundError

ROLLOUTS: Final = table_of(RolloutRow)

Choice: TypeAlias = Literal["finish", "move", "end"]
"""`finish`: threads stay on their version. `move`: to the node of the same id. `end`: as an operator stops them."""

LEASE_MS: Final = 120_000
"""Longest time that a page may take before somebody else does it again."""
MOST_ROUNDS: Final = 3
"""How often threads that could not be moved are tried: some were only busy."""
NEXT_ROUND_MS: Final = 10_000
MOST_STAYED: Final = 100
"""Places and reasons that are kept; each counts its threads."""

_RUNNING: Final = ROLLOUTS.c.state == sa.literal("running", literal_execute=True)
_DUE: Final = (
    sa.select(ROLLOUTS)
    .where(_RUNNING, ROLLOUTS.c.leased_until <= sa.bindparam("now", type_=sa.BigInteger()))
    .order_by(ROLLOUTS.c.leased_until)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_NEXT: Final = sa.select(sa.func.min(ROLLOUTS.c.leased_until)).where(_RUNNING)


def begin(work: UnitOfWork, who: Who, chatbot: sa.RowMapping, choice: Choice, below: int, user_id: str | None) -> str:
    """Note what is to be done with the threads of versions below `below`; it takes the place of what was noted before.

    Returns the id of the row.
    """
    former = sa.and_(ROLLOUTS.c.chatbot_id == chatbot["id"], _RUNNING)
    work.execute(ROLLOUTS.update().where(former).values(state="replaced", finished_at=who.now))
    row = RolloutRow(
        id=who.new_id(),
        company_id=who.company_id,
        chatbot_id=chatbot["id"],
        scenario=chatbot["scenario"],
        below=below,
        choice=choice,
        user_id=user_id,
        created_at=who.now,
    )
    work.execute(ROLLOUTS.insert().values(row.model_dump()))
    return row.id


def find_rollout(work: UnitOfWork, company_id: str, scenario: str, rollout_id: str) -> sa.RowMapping:
    """One of a chatbot. Raises NotFoundError."""
    row = work.first(rollouts_of(company_id, scenario).where(ROLLOUTS.c.id == rollout_id))
    if row is None:
        raise NotFoundError(f"The chatbot {scenario!r} has no rollout {rollout_id!r}.")
    return row


def rollouts_of(company_id: str, scenario: str) -> sa.Select[Any]:
    """All of a chatbot, to page."""
    return (
        sa.select(ROLLOUTS)
        .join(CHATBOTS, CHATBOTS.c.id == ROLLOUTS.c.chatbot_id)
        .where(CHATBOTS.c.company_id == company_id, CHATBOTS.c.scenario == scenario, CHATBOTS.c.deleted_at.is_(None))
    )


def roll_out(
    conversations: Conversations,
    clock: Clock,
    only: str | None = None,
    until: int | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> int | None:
    """Do what is due, a page at a time, until nothing is, the time `until` has come, or the process stops.

    `only` one of them.

    Returns when there is more to do, in milliseconds since the epoch.
    """
    due = _DUE if only is None else _DUE.where(ROLLOUTS.c.id == only)
    while not stopping() and (until is None or clock() < until):
        with conversations.database.transaction() as work:
            row = work.first(due, now=clock())
            if row is not None:
                _change(work, row, leased_until=clock() + LEASE_MS)
        if row is None:
            break
        _advance(conversations, row, clock)
    with conversations.database.reading() as work:
        following: int | None = work.value(_NEXT)
        return following


def _advance(conversations: Conversations, row: sa.RowMapping, clock: Clock) -> None:
    """Do one page, or find that there is none."""
    source = _source(conversations, row)
    if source is None:
        values = _end_of_round(row, clock())
    else:
        page = WAYS[row["choice"]](conversations, row, source)
        values = {
            "source": source if page.following is not None else source + 1,
            "after": page.following or "",
            "threads": row["threads"] + page.threads,
            "stayed": json_text(_joined(row, page)),
            "leased_until": 0,
        }
    with conversations.database.transaction() as work:
        _change(work, row, **values)


def _source(conversations: Conversations, row: sa.RowMapping) -> int | None:
    """The version whose threads are next: the one that is begun, or the next one that has any."""
    if row["after"]:
        return int(row["source"])
    with conversations.database.reading() as work:
        versions = {here.version for here in live_threads(work, row["company_id"], row["scenario"])}
    return min((version for version in versions if row["source"] <= version < row["below"]), default=None)


def _end_of_round(row: sa.RowMapping, now: int) -> dict[str, Any]:
    if row["stayed"] == "[]" or row["round"] >= MOST_ROUNDS:
        return {"state": "done", "finished_at": now}
    again = {"round": row["round"] + 1, "source": 0, "after": "", "stayed": "[]"}
    return again | {"leased_until": now + NEXT_ROUND_MS}


def _move(conversations: Conversations, row: sa.RowMapping, source: int) -> Done:
    return move_threads(conversations, _by(row), row["scenario"], source, row["below"], row["after"])


def _end(conversations: Conversations, row: sa.RowMapping, source: int) -> Done:
    return end_threads(conversations, _by(row), row["scenario"], source, row["after"])


WAYS: Final[Mapping[str, Callable[[Conversations, sa.RowMapping, int], Done]]] = {"move": _move, "end": _end}


def _by(row: sa.RowMapping) -> By:
    return By(row["company_id"], row["id"], row["user_id"])


def _joined(row: sa.RowMapping, page: Done) -> list[dict[str, Any]]:
    """The threads that stayed, of all pages of this round, counted by place and reason."""
    found = {(one["node"], one["why"]): one for one in msgspec.json.decode(row["stayed"])}
    for stayed in page.stayed:
        known = found.setdefault((stayed.node, stayed.why), asdict(stayed) | {"threads": 0})
        known["threads"] += stayed.threads
    return sorted(found.values(), key=lambda one: -int(one["threads"]))[:MOST_STAYED]


def stayed_of(row: sa.RowMapping) -> list[Stayed]:
    """The threads that could not be moved so far."""
    return msgspec.json.decode(row["stayed"], type=list[Stayed])


def _change(work: UnitOfWork, row: sa.RowMapping, **values: Any) -> None:
    """Note something, unless a later rollout has taken this one's place."""
    work.execute(ROLLOUTS.update().where(ROLLOUTS.c.id == row["id"], _RUNNING).values(values))
