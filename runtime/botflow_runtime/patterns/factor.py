"""The part of a pattern that a set of patterns looks for: short, without end-less repetition, and in every match."""

from dataclasses import dataclass
from functools import singledispatch
from math import inf, log2

from botflow_runtime.patterns.casing import stretches
from botflow_runtime.patterns.charset import ASCII
from botflow_runtime.patterns.limits import BITS_AT_AN_END, FACTOR_LENGTH, FACTOR_WEIGHT, FACTORS_TO_CHOOSE_FROM
from botflow_runtime.patterns.linear import NotLinear, linear_source, roughly
from botflow_runtime.patterns.shape import everything, longest, takes_crlf_as_one
from botflow_runtime.patterns.subject import Subject
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


@dataclass(frozen=True, slots=True)
class Factor:
    """What to look for in marked text, and what a text must be like for the finding to decide about the pattern."""

    source: str
    """For RE2; takes at most FACTOR_LENGTH characters."""

    weight: float
    """About how many instructions it takes."""

    decides: bool
    """Whether the factor is the whole pattern; the rest says for which texts."""

    ascii_only: bool
    one_chunk_only: bool
    no_crlf: bool

    def settles(self, subject: Subject, chunks: int) -> bool:
        """Whether finding the factor in this subject is the same as matching the pattern."""
        return (
            self.decides
            and (subject.is_ascii or not self.ascii_only)
            and (chunks == 1 or not self.one_chunk_only)
            and not (self.no_crlf and subject.has_crlf)
        )


def factors_of(tree: Node) -> list[Factor]:
    """The factors of a pattern to choose from; none when no part is in every match and tells texts apart."""
    whole = _factor(tree, decides=True) if _is_short(tree) else None
    if whole is not None:
        return [whole]
    parts = sorted(_parts(tree), key=_bits, reverse=True)[:FACTORS_TO_CHOOSE_FROM]
    return [factor for part in parts if (factor := _factor(part, decides=False)) is not None]


def _is_short(node: Node) -> bool:
    length = longest(node)
    return length is not None and length <= FACTOR_LENGTH


def _factor(node: Node, decides: bool) -> Factor | None:
    try:
        source = linear_source(node, roughly)
    except NotLinear:
        return None
    weight = _weight(node)
    if not weight <= FACTOR_WEIGHT:
        return None
    parts = list(everything(node))
    return Factor(
        source,
        weight,
        decides,
        ascii_only=any(isinstance(part, OneOf) and not part.charset.explicit() for part in parts),
        one_chunk_only=any(isinstance(part, Place) for part in parts),
        no_crlf=takes_crlf_as_one(node),
    )


def _parts(tree: Node) -> list[Node]:
    """Of each run of short pieces, the part that is the least likely to be in a text by chance."""
    return [part for run in _runs(_pieces(tree)) if (part := _best_window(run)) is not None]


def _best_window(run: list[Node]) -> Node | None:
    windows = [_window(run, start) for start in range(len(run))]
    best = max(windows, key=_bits_of_all, default=())
    return Sequence(best) if _bits_of_all(best) > 0 else None


def _bits_of_all(nodes: tuple[Node, ...]) -> float:
    return sum(map(_bits, nodes))


def _runs(pieces: list[Node | None]) -> list[list[Node]]:
    """Pieces that follow each other directly; None parts them."""
    runs: list[list[Node]] = [[]]
    for piece in pieces:
        if piece is None:
            runs.append([])
        else:
            runs[-1].append(piece)
    return runs


def _window(run: list[Node], start: int) -> tuple[Node, ...]:
    """As many pieces from `start` on as are short together, but for those at the ends that hardly tell texts apart."""
    length, end = 0, start
    while end < len(run) and (length := length + (longest(run[end]) or 0)) <= FACTOR_LENGTH:
        end += 1
    while end - start > 1 and _bits(run[end - 1]) < BITS_AT_AN_END:
        end -= 1
    while end - start > 1 and _bits(run[start]) < BITS_AT_AN_END:
        start += 1
    return tuple(run[start:end])


@singledispatch
def _pieces(node: Node) -> list[Node | None]:
    """Short parts that every match of the node holds, in order; None where something else may be between."""
    return [node]


@_pieces.register
def _(node: Unit | BackReference) -> list[Node | None]:
    return [None] if node is Unit.CLUSTER or isinstance(node, BackReference) else [node]


@_pieces.register
def _(node: Place) -> list[Node | None]:
    """What RE2 cannot test is left out; behind a test for the end nothing but a line break follows."""
    if node in (Place.LINE_START, Place.LINE_END, Place.NO_BOUNDARY):
        return []
    return [node, None] if node in (Place.END, Place.LAST_LINE_END) else [node]


@_pieces.register
def _(node: Look) -> list[Node | None]:
    return []


@_pieces.register
def _(node: Text) -> list[Node | None]:
    """A long text is cut where no ligature can stand across the cut."""
    if _is_short(node):
        return [node]
    if not node.caseless:
        return [*map(_cased, _slices(node.value))]
    pieces: list[Node | None] = []
    for spellings in stretches(node.value.casefold()):
        plain = "".join(spellings[0])
        pieces += [Text(part, True) for part in ([plain] if len(spellings) > 1 else _slices(plain))]
    return [piece if piece is not None and _is_short(piece) else None for piece in pieces]


def _cased(value: str) -> Text:
    return Text(value, caseless=False)


def _slices(value: str) -> list[str]:
    return [value[start : start + FACTOR_LENGTH // 2] for start in range(0, len(value), FACTOR_LENGTH // 2)]


@_pieces.register
def _(node: Sequence) -> list[Node | None]:
    return [piece for item in node.items for piece in _pieces(item)]


@_pieces.register
def _(node: Capture | Atomic) -> list[Node | None]:
    return _pieces(node.body)


@_pieces.register
def _(node: Choice) -> list[Node | None]:
    if _is_plain(node):
        return [node]
    best = [max(_parts(branch), key=_bits, default=None) for branch in node.branches]
    found = [part for part in best if part is not None]
    return [None, Choice(tuple(found)), None] if len(found) == len(best) else [None]


@_pieces.register
def _(node: Repeat) -> list[Node | None]:
    if _is_plain(node):
        return [node]
    if node.low == 0:
        return [None]
    once = _pieces(node.body)
    return [*once * min(node.low, FACTOR_LENGTH), None, *once]


def _is_plain(node: Node) -> bool:
    """Whether RE2 can look for the node as it is."""
    if not _is_short(node):
        return False
    try:
        linear_source(node, roughly)
    except NotLinear:
        return False
    return True


@singledispatch
def _bits(node: Node) -> float:
    """How unlikely the node is in a text where it does not belong: each bit halves the chance."""
    return 0.0


@_bits.register
def _(node: Text) -> float:
    return 4.5 * len(node.value)


@_bits.register
def _(node: OneOf) -> float:
    members = sum(high - low + 1 for low, high in node.charset.ranges(ASCII) if high <= ASCII.highest)
    return max(0.1, log2(96 / max(1, members)))


@_bits.register
def _(node: Place) -> float:
    return 6.0 if node in (Place.START, Place.END, Place.LAST_LINE_END) else 2.0


@_bits.register
def _(node: Sequence) -> float:
    return sum(map(_bits, node.items))


@_bits.register
def _(node: Choice) -> float:
    return max(0.0, min(map(_bits, node.branches)) - log2(len(node.branches)))


@_bits.register
def _(node: Repeat) -> float:
    return _bits(node.body) * node.low


@_bits.register
def _(node: Capture | Atomic) -> float:
    return _bits(node.body)


@singledispatch
def _weight(node: Node) -> float:
    """About how many instructions the node costs in a set."""
    return 1


@_weight.register
def _(node: Text) -> float:
    return len(node.value)


@_weight.register
def _(node: OneOf) -> float:
    return len(node.charset.ranges(ASCII))


@_weight.register
def _(node: Sequence) -> float:
    return sum(map(_weight, node.items))


@_weight.register
def _(node: Choice) -> float:
    return sum(map(_weight, node.branches))


@_weight.register
def _(node: Repeat) -> float:
    return _weight(node.body) * (inf if node.high is None else node.high)


@_weight.register
def _(node: Capture | Atomic) -> float:
    return _weight(node.body)
