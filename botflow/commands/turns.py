"""What turns did, as the commands show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from botflow.commands.files import in_one_line

if TYPE_CHECKING:
    from botflow_runtime import Turn


def told(turns: Iterable[Turn]) -> Iterator[str]:
    """Each turn with where it has led to, then its log, line by line."""
    for turn in turns:
        thread = turn.thread
        yield in_one_line(f"thread {thread.id}: {thread.status} at {thread.node or 'no node'}")
        for entry in turn.log:
            yield in_one_line(f"  {entry}")
