"""Running the code steps."""

from __future__ import annotations

import structlog

from botflow.clock import Clock
from botflow.conversations.code import RunScript, claim, finish, next_free, postpone, run
from botflow.conversations.service import Conversations

_log = structlog.get_logger()


def run_pending(conversations: Conversations, script: RunScript, clock: Clock) -> int | None:
    """Run code until nothing is free. Returns when the next run is, in milliseconds since the epoch."""
    while True:
        with conversations.database.transaction() as work:
            row = claim(work, clock())
        if row is None:
            break
        try:
            finish(conversations, row, run(row, script))
        except Exception:  # one run that fails on our side must not stop those of everybody else
            _log.exception("code run failed", run=row["id"])
            with conversations.database.transaction() as work:
                postpone(work, row, clock())
    with conversations.database.reading() as work:
        return next_free(work)
