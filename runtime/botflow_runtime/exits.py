"""Where the nodes of a file lead: their `next` lists, and what can be reached along them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from botflow_runtime.scenario import Action, ExpressionBranch, Node, UserResponseBranch


class Exit(NamedTuple):
    """One `next` list of a node: its field, the ids it names, the label of its branch, whether it is the else."""

    field: str
    next: tuple[str, ...]
    label: str = ""
    is_else: bool = False


def exits(node: Node) -> Iterator[Exit]:
    """All `next` lists of a node: that of an action, or those of the branches and then of the else."""
    if isinstance(node, Action):
        yield Exit("next", node.next)
        return
    branches: tuple[UserResponseBranch | ExpressionBranch, ...] = node.branches
    for index, branch in enumerate(branches):
        yield Exit(f"branches[{index}].next", branch.next, branch.label or branch.id)
    if node.otherwise is not None:
        yield Exit("else.next", node.otherwise.next, node.otherwise.label or "else", is_else=True)


def reached(roots: Iterable[str], onward: Callable[[str], Iterable[str]]) -> set[str]:
    """The ids that can be reached from `roots`, these among them; `onward` names the next ones of an id."""
    seen: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(onward(name))
    return seen
