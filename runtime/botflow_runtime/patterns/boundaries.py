"""How many word boundaries a pattern may test at one position of the text."""

from dataclasses import dataclass
from functools import singledispatch
from math import inf

from botflow_runtime.patterns.tree import BOUNDARIES, Capture, Choice, Node, Place, Repeat, Sequence


@dataclass(frozen=True, slots=True)
class _Tests:
    """Most tests: before the first character, after the last, where nothing is taken (-inf: never), anywhere."""

    before: float
    after: float
    through: float
    anywhere: float


_CHARACTER = _Tests(0, 0, -inf, 0)
_NOTHING = _Tests(0, 0, 0, 0)


def most_boundaries(node: Node) -> float:
    """Most tests for a word boundary that can fall on one position; infinite when a loop can repeat them."""
    return _tests(node).anywhere


@singledispatch
def _tests(node: Node) -> _Tests:
    """Of a node that takes characters."""
    return _CHARACTER


@_tests.register
def _(node: Place) -> _Tests:
    return _Tests(1, 1, 1, 1) if node in BOUNDARIES else _NOTHING


@_tests.register
def _(node: Sequence) -> _Tests:
    total = _NOTHING
    for item in node.items:
        total = _in_a_row(total, _tests(item))
    return total


def _in_a_row(left: _Tests, right: _Tests) -> _Tests:
    return _Tests(
        max(left.before, left.through + right.before),
        max(right.after, left.after + right.through),
        left.through + right.through,
        max(left.anywhere, right.anywhere, left.after + right.before),
    )


@_tests.register
def _(node: Choice) -> _Tests:
    many = [_tests(branch) for branch in node.branches]
    return _Tests(
        max(one.before for one in many),
        max(one.after for one in many),
        max(one.through for one in many),
        max(one.anywhere for one in many),
    )


@_tests.register
def _(node: Repeat) -> _Tests:
    once = _tests(node.body)
    if once.anywhere == 0:
        return _Tests(0, 0, 0 if node.low == 0 else once.through, 0)
    if once.through > 0 and node.high != 1:
        return _Tests(inf, inf, inf, inf)
    again = once.after + once.before if node.high != 1 else 0
    return _Tests(once.before, once.after, max(once.through, 0 if node.low == 0 else -inf), max(once.anywhere, again))


@_tests.register
def _(node: Capture) -> _Tests:
    return _tests(node.body)
