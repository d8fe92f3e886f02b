"""Compiled `next` lists (engine.md 3)."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from botflow_runtime.runner import Runner


class Passed(Enum):
    """An expression condition none of whose branches leads anywhere: the next target of the list is tried."""

    PASSED = "passed"


PASSED: Final = Passed.PASSED


class Target(Protocol):
    """A node that a turn can enter: an action or an expression condition."""

    id: str

    def enter(self, run: Runner) -> Links | Passed | None:
        """Run the node. Returns the links to follow, PASSED, or None where the turn stops."""


class Links:
    """One `next` list: the targets before the first user-response, and the user-responses the thread waits at."""

    __slots__ = ("targets", "waits")

    def __init__(self, targets: tuple[Target, ...] = (), waits: tuple[str, ...] = ()) -> None:
        self.targets = targets
        self.waits = waits

    def __bool__(self) -> bool:
        return bool(self.targets or self.waits)
