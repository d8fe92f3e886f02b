"""The queues of workers. Each kind of work has one, so that it holds up its own kind only, where workers are split."""

from __future__ import annotations

from typing import Final

OUTBOX: Final = "outbox"
TIMERS: Final = "timers"
CODE: Final = "code"
WEBHOOKS: Final = "webhooks"
UPKEEP: Final = "upkeep"
QUEUES: Final = (OUTBOX, TIMERS, CODE, WEBHOOKS, UPKEEP)
"""All of them, the most urgent first."""
