"""Whether a process is to end: jobs ask between two pieces of work, finish the one at hand, and give back the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Stopping: TypeAlias = Callable[[], bool]


def never() -> bool:
    """Nobody has asked for it."""
    return False
