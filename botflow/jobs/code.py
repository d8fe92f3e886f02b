"""Running the code steps."""

from __future__ import annotations

from botflow.clock import Clock
from botflow.conversations.code import RunScript, claim, finish, run
from botflow.conversations.service import Conversations


def run_pending(conversations: Conversations, script: RunScript, clock: Clock) -> None:
    """Run code until nothing is pending that nobody else has claimed."""
    while True:
        with conversations.database.transaction() as work:
            row = claim(work, clock())
        if row is None:
            return
        finish(conversations, row, run(row, script))
