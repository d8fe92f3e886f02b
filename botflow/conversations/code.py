"""Code runs: claimed one by one, run outside of any transaction, finished in one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import msgspec
import sqlalchemy as sa

from botflow.conversations.carry_out import CODE_RUNS
from botflow.conversations.leases import LEASE_MS
from botflow.conversations.service import Conversations
from botflow.conversations.turns import keep
from botflow.db import UnitOfWork, constant
from botflow_runtime.code_runs import code_finished, request_of
from botflow_runtime.effects import RunCode
from botflow_runtime.sandbox import CodeError, CodeRequest, CodeResult

RETRY_MS: Final = 1_000
MOST_ATTEMPTS: Final = 10
"""A run that was begun this often and never ended is given up."""

_NEXT_FREE: Final = sa.select(sa.func.min(CODE_RUNS.c.leased_until)).where(CODE_RUNS.c.state == constant("pending"))

RunScript: TypeAlias = Callable[[CodeRequest], CodeResult]


def claim(work: UnitOfWork, now: int) -> sa.RowMapping | None:
    """Claim the oldest run that nobody has, or None."""
    row = work.first(
        sa.select(CODE_RUNS)
        .where(CODE_RUNS.c.state == constant("pending"), CODE_RUNS.c.leased_until <= now)
        .order_by(CODE_RUNS.c.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is not None:
        lease = {"leased_until": now + LEASE_MS, "attempts": row["attempts"] + 1}
        work.execute(CODE_RUNS.update().where(CODE_RUNS.c.id == row["id"]).values(lease))
    return row


def next_free(work: UnitOfWork) -> int | None:
    """When the next run may be claimed, in milliseconds since the epoch; None: none is pending."""
    free: int | None = work.value(_NEXT_FREE)
    return free


def run(row: sa.RowMapping, script: RunScript) -> CodeResult:
    """Run the code of a claimed row. A crash of the server repeats it with the same run id."""
    if row["attempts"] >= MOST_ATTEMPTS:
        return CodeResult(error=CodeError("killed", f"the run was begun {MOST_ATTEMPTS} times and never ended"))
    return script(request_of(_effect(row)))


def postpone(work: UnitOfWork, row: sa.RowMapping, now: int) -> None:
    """The run could not be begun: give it back, for a moment that grows with the attempts."""
    lease = now + RETRY_MS * (row["attempts"] + 1)
    work.execute(CODE_RUNS.update().where(CODE_RUNS.c.id == row["id"]).values(leased_until=lease))


def finish(conversations: Conversations, row: sa.RowMapping, result: CodeResult) -> None:
    """Hand the result to the thread, once."""
    with conversations.of_thread(row["thread_id"]) as (dialogue, thread):
        done = dialogue.work.execute(
            CODE_RUNS.update()
            .where(CODE_RUNS.c.id == row["id"], CODE_RUNS.c.state == constant("pending"))
            .values(state="done", finished_at=dialogue.now)
        )
        if done.rowcount:
            event = code_finished(_effect(row), result, dialogue.facts())
            keep(dialogue, dialogue.engine.handle(thread, event))


def release_all(work: UnitOfWork) -> None:
    """Forget every lease: who held them is gone. Only for a server that has the database to itself."""
    work.execute(CODE_RUNS.update().where(CODE_RUNS.c.state == constant("pending")).values(leased_until=0))


def _effect(row: sa.RowMapping) -> RunCode:
    return msgspec.json.decode(row["request"], type=RunCode)
