"""How large a pattern becomes where `regex` compiles it, which writes out each repetition that must be there."""

from functools import singledispatch

from botflow_runtime.patterns.backtracking import backtracking_source
from botflow_runtime.patterns.error import PatternError
from botflow_runtime.patterns.limits import MAX_EXPANSION
from botflow_runtime.patterns.shape import children, is_idempotent
from botflow_runtime.patterns.tree import Node, OneOf, Place, Repeat, Text, Unit

_PER_INSTRUCTION = {Text: 5, OneOf: 40, Place: 16}
"""Characters of the source that become one instruction of some hundred bytes; a letter and its capital are five."""

_UNIT = 6
"""Instructions of what may be several characters."""


def refuse_oversized(tree: Node) -> None:
    """Raise PatternError when the counts of a pattern, those inside each other multiplied, ask for too much."""
    if expansion(tree) > MAX_EXPANSION:
        raise PatternError(
            "the counts, multiplied where one is inside another, make the pattern too large:"
            " lower them, or write {0,5} in place of {5}"
        )


@singledispatch
def expansion(node: Node) -> int:
    """About how many instructions the node becomes."""
    return 1 + sum(map(expansion, children(node)))


@expansion.register
def _(node: Repeat) -> int:
    times = 1 if node.low < 2 or is_idempotent(node.body) else node.low
    return 1 + times * expansion(node.body)


@expansion.register
def _(node: Text | OneOf | Place) -> int:
    return max(1, len(backtracking_source(node)) // _PER_INSTRUCTION[type(node)])


@expansion.register
def _(node: Unit) -> int:
    return _UNIT
