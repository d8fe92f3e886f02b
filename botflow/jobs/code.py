"""Running the code steps."""

from __future__ import annotations

import time
from typing import Final

import sqlalchemy as sa
import structlog

from botflow.clock import Clock
from botflow.conversations.carry_out import CODE_RUNS
from botflow.conversations.code import RunScript, claim, finish, next_free, postpone, run
from botflow.conversations.leases import extended
from botflow.conversations.service import Conversations
from botflow.jobs.stopping import Stopping, never
from botflow.logs import About
from botflow.metrics import code_ran

WORK_SECONDS: Final = 30.0
"""After so long other work has its turn; what is left is found again."""

_log = structlog.get_logger()


def run_pending(
    conversations: Conversations, script: RunScript, clock: Clock, stopping: Stopping = never
) -> int | None:
    """Run code until nothing is free. Returns when the next run is, in milliseconds since the epoch."""
    end = time.monotonic() + WORK_SECONDS
    while not stopping() and time.monotonic() < end:
        with conversations.database.transaction() as work:
            row = claim(work, clock())
        if row is None:
            break
        with About(run=row["id"], thread=row["thread_id"]):
            _run_one(conversations, script, clock, row)
    with conversations.database.reading() as work:
        return next_free(work)


def _run_one(conversations: Conversations, script: RunScript, clock: Clock, row: sa.RowMapping) -> None:
    try:
        with extended(conversations.database, CODE_RUNS, [row["id"]], clock):
            begun = time.perf_counter()
            result = run(row, script)
            code_ran(time.perf_counter() - begun, well=result.error is None)
        finish(conversations, row, result)
    except Exception:  # one run that fails on our side must not stop those of everybody else
        _log.exception("code run failed")
        with conversations.database.transaction() as work:
            postpone(work, row, clock())
