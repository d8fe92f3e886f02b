"""What can come of running a step (engine.md 3, 4)."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal, TypeAlias

import msgspec

from botflow_runtime.links import Links

FailureKind: TypeAlias = Literal["code", "content", "jump", "retries", "delivery", "step_timeout"]


class Signal(Enum):
    """done: the action is complete and its `next` is followed; waiting: the turn stops here."""

    DONE = "done"
    WAITING = "waiting"


class Failure(msgspec.Struct, frozen=True):
    """The step failed. `accepted`: the message that failed had been accepted by the vendor before."""

    kind: FailureKind
    message: str
    accepted: bool = False


DONE: Final = Signal.DONE
WAITING: Final = Signal.WAITING

Outcome: TypeAlias = Signal | Failure | Links
"""Links: the step leads elsewhere (jump, reset); they are followed instead of the node's own `next`."""
