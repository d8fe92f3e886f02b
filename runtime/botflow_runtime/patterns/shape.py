"""How long a text a part of a pattern can take."""

from collections.abc import Iterator
from functools import singledispatch

from botflow_runtime.patterns.tree import (
    Atomic,
    BackReference,
    Capture,
    Choice,
    Look,
    Node,
    OneOf,
    Place,
    Repeat,
    Sequence,
    Text,
    Unit,
)


@singledispatch
def longest(node: Node) -> int | None:
    """Most characters the node takes; None when there is no limit."""
    raise NotImplementedError(node)


@longest.register(Text)
def _(node: Text) -> int:
    return len(node.value.casefold()) if node.caseless else len(node.value)


@longest.register(OneOf)
def _(node: OneOf) -> int:
    return 1


@longest.register(Unit)
def _(node: Unit) -> int | None:
    return None if node is Unit.CLUSTER else 2


@longest.register(Place)
@longest.register(Look)
def _(node: Place | Look) -> int:
    return 0


@longest.register(BackReference)
def _(node: BackReference) -> None:
    return None


@longest.register(Sequence)
def _(node: Sequence) -> int | None:
    lengths = [longest(item) for item in node.items]
    return None if None in lengths else sum(length or 0 for length in lengths)


@longest.register(Choice)
def _(node: Choice) -> int | None:
    lengths = [longest(branch) for branch in node.branches]
    return None if None in lengths else max(length or 0 for length in lengths)


@longest.register(Repeat)
def _(node: Repeat) -> int | None:
    one = longest(node.body)
    if one == 0:
        return 0
    return None if one is None or node.high is None else one * node.high


@longest.register(Capture)
@longest.register(Atomic)
def _(node: Capture | Atomic) -> int | None:
    return longest(node.body)


def children(node: Node) -> tuple[Node, ...]:
    """The parts a node is made of."""
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Choice):
        return node.branches
    return (node.body,) if isinstance(node, Repeat | Capture | Atomic | Look) else ()


def everything(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for child in children(node):
        yield from everything(child)


def is_idempotent(node: Node) -> bool:
    """Whether the node takes nothing, and twice in a row is no more than once."""
    return longest(node) == 0 and not any(isinstance(part, BackReference | Choice) for part in everything(node))


def takes_crlf_as_one(node: Node) -> bool:
    """Whether carriage return and line feed together are more to the node than the two in a row."""
    return any(part in _CRLF_AS_ONE for part in everything(node))


_CRLF_AS_ONE = frozenset({Unit.ANY, Unit.NEWLINE, Place.LAST_LINE_END})
