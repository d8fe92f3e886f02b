"""The plain texts without which a pattern cannot match: quicker to look for than any expression.

They are looked for in indexed text (subject.py): case folded, its words, start and end marked, so that `^no$` and
`[[:<:]]yes[[:>:]]` are plain texts too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import singledispatch
from itertools import product

from botflow_runtime.patterns.casing import long_folds
from botflow_runtime.patterns.charset import FULL, CaseClosed, contains
from botflow_runtime.patterns.limits import GRAM_LENGTHS, LITERAL_LENGTH, LITERAL_MEMBERS, LITERALS
from botflow_runtime.patterns.subject import (
    IN_WORD,
    TAIL_ONLY,
    TEXT_END,
    TEXT_START,
    WORD_ENDS,
    WORD_STARTS,
    words,
)
from botflow_runtime.patterns.tree import (
    Atomic,
    Capture,
    Choice,
    Look,
    Mode,
    Node,
    OneOf,
    Place,
    Repeat,
    Sequence,
    Text,
)
from botflow_runtime.patterns.unicode_names import LINE_BREAKS


@dataclass(frozen=True, slots=True)
class Literals:
    """Plain texts of which each match holds one out of every group."""

    groups: tuple[frozenset[str], ...]
    decide: bool
    """Whether a text that holds them matches, provided its characters keep their number when folded."""

    def are_in(self, indexed: str) -> bool:
        """Whether the indexed text holds one of every group."""
        for group in self.groups:
            # loops, because this is where a message among thousands of chatbots spends its time
            for text in group:
                if text in indexed:
                    break
            else:
                return False
        return True


class _NotPlain(Exception):  # noqa: N818 - not an error: the part is looked for in another way
    """A part stands for too many texts, or for texts that cannot be told from the pattern alone."""


@dataclass(frozen=True, slots=True)
class _Plain:
    """All texts that a part stands for; tests of a position are characters of their own in them."""

    texts: frozenset[str]
    exact: bool


_TESTS = {
    Place.START: "\ufdd1",
    Place.LAST_LINE_END: "\ufdd2",
    Place.BOUNDARY: "\ufdd3",
    Place.WORD_START: "\ufdd4",
    Place.WORD_END: "\ufdd5",
}
_START, _END, _BOUNDARY, _WORD_START, _WORD_END = _TESTS.values()
_MOVES_INTO_WORD = "\u0345"
"""The one mark that becomes a letter when folded."""


def literals_of(tree: Node) -> Literals | None:
    """The plain texts of a pattern; None when it has none that are long enough to be looked up."""
    try:
        plain = _plain(tree)
        literals = Literals((_settled(plain.texts),), plain.exact)
    except _NotPlain:
        literals = Literals(tuple(_groups(tree)), decide=False)
    return literals if any(map(_is_long_enough, literals.groups)) else None


def _is_long_enough(group: frozenset[str]) -> bool:
    return all(len(text) >= min(GRAM_LENGTHS) for text in group)


# --- parts that stand for a few texts ----------------------------------------------------------------------------


@singledispatch
def _plain(node: Node) -> _Plain:
    raise _NotPlain


def _limited(texts: Iterable[str], exact: bool) -> _Plain:
    found = frozenset(texts)
    if len(found) > LITERALS or any(len(text) > LITERAL_LENGTH for text in found):
        raise _NotPlain
    return _Plain(found, exact)


@_plain.register
def _(node: Text) -> _Plain:
    return _limited([node.value.casefold()], node.caseless)


@_plain.register
def _(node: OneOf) -> _Plain:
    if not node.charset.explicit():
        raise _NotPlain
    ranges = node.charset.ranges(FULL)
    if sum(high - low + 1 for low, high in ranges) > LITERAL_MEMBERS:
        raise _NotPlain
    folded = {chr(code).casefold() for low, high in ranges for code in range(low, high + 1)}
    if folded & long_folds().keys():
        raise _NotPlain
    return _limited(folded, isinstance(node.charset, CaseClosed))


@_plain.register
def _(node: Place) -> _Plain:
    if node not in _TESTS:
        raise _NotPlain
    return _Plain(frozenset({_TESTS[node]}), exact=True)


@_plain.register
def _(node: Sequence) -> _Plain:
    total = _Plain(frozenset({""}), exact=True)
    for item in node.items:
        total = _in_a_row(total, _plain(item))
    return total


def _in_a_row(left: _Plain, right: _Plain) -> _Plain:
    if len(left.texts) * len(right.texts) > LITERALS:
        raise _NotPlain
    return _limited(map("".join, product(left.texts, right.texts)), left.exact and right.exact)


@_plain.register
def _(node: Choice) -> _Plain:
    branches = [_plain(branch) for branch in node.branches]
    texts = frozenset().union(*(branch.texts for branch in branches))
    return _limited(texts, all(branch.exact for branch in branches))


@_plain.register
def _(node: Repeat) -> _Plain:
    if node.high is None or node.high > LITERAL_LENGTH or node.mode is Mode.POSSESSIVE:
        raise _NotPlain
    once = _plain(node.body)
    times = _Plain(frozenset({""}), exact=True)
    found: set[str] = set()
    for count in range(node.high + 1):
        found |= times.texts if count >= node.low else set()
        if count < node.high:
            times = _in_a_row(times, once)
    return _limited(found, once.exact)


@_plain.register
def _(node: Capture) -> _Plain:
    return _plain(node.body)


def _settled(texts: Iterable[str]) -> frozenset[str]:
    """The texts as they are in indexed text, without those that cannot be."""
    return frozenset(found for text in texts if (found := _indexed(text)) is not None)


def _indexed(text: str) -> str | None:
    """A text with marks where its tests are; None when a test inside cannot hold."""
    characters = "".join(character for character in text if character not in _TESTS.values())
    if not characters or TAIL_ONLY.match(characters) or _MOVES_INTO_WORD in characters:
        raise _NotPlain
    if any(contains(LINE_BREAKS.members, ord(character)) for character in characters):
        raise _NotPlain
    tests = _tests_at(text)
    marks = _marks(characters)
    _refuse_inner_ends(tests, len(characters))
    edges = (0, len(characters))
    if any(place not in edges and not _holds(test, marks.get(place, "")) for place, test in tests):
        return None
    return _with_edges(characters, tests, {place: mark for place, mark in marks.items() if place not in edges})


def _tests_at(text: str) -> list[tuple[int, str]]:
    """Each test with the number of characters before it."""
    found, place = [], 0
    for character in text:
        if character in _TESTS.values():
            found.append((place, character))
        else:
            place += 1
    return found


def _marks(characters: str) -> dict[int, str]:
    spans = words(characters)
    return {**{start: WORD_STARTS for start, _ in spans}, **{end: WORD_ENDS for _, end in spans}}


def _refuse_inner_ends(tests: list[tuple[int, str]], length: int) -> None:
    """A test for the end can hold before a line break, so what is behind it needs a closer look."""
    for place, test in tests:
        if (test == _START and place != 0) or (test == _END and place != length):
            raise _NotPlain


def _holds(test: str, mark: str) -> bool:
    return mark != "" and test in (_BOUNDARY, _WORD_START if mark == WORD_STARTS else _WORD_END)


def _with_edges(characters: str, tests: list[tuple[int, str]], inner: dict[int, str]) -> str | None:
    first = {test for place, test in tests if place == 0}
    last = {test for place, test in tests if place == len(characters)}
    before = WORD_STARTS if IN_WORD.match(characters[0]) else WORD_ENDS
    after = WORD_ENDS if words(characters)[-1:] and words(characters)[-1][1] == len(characters) else WORD_STARTS
    if not _edge_can_hold(first, before) or not _edge_can_hold(last, after):
        return None
    if _START in first and before == WORD_ENDS and first & {_BOUNDARY, _WORD_END}:
        return None
    if _END in last and after == WORD_STARTS and last & {_BOUNDARY, _WORD_START}:
        return None
    marked = "".join(inner.get(place, "") + character for place, character in enumerate(characters))
    return (
        _edge(first, _START, before, WORD_STARTS, TEXT_START)
        + marked
        + _edge(last, _END, after, WORD_ENDS, TEXT_END)[::-1]
    )


def _edge_can_hold(tests: set[str], mark: str) -> bool:
    wrong = _WORD_END if mark == WORD_STARTS else _WORD_START
    return wrong not in tests


def _edge(tests: set[str], outer: str, mark: str, at_outer: str, sentinel: str) -> str:
    """Sentinel and mark, from outside to inside, that the tests at an edge ask for."""
    is_outer = outer in tests
    marked = tests - {outer} or (is_outer and mark == at_outer)
    return (sentinel if is_outer else "") + (mark if marked else "")


# --- all other parts -----------------------------------------------------------------------------------------------


def _groups(node: Node) -> list[frozenset[str]]:
    """Groups of texts of which every match of the node holds one each."""
    return [group for run in _runs(node) if (group := _group(run)) is not None]


def _group(run: _Plain) -> frozenset[str] | None:
    try:
        return _settled(run.texts)
    except _NotPlain:
        return None


def _runs(node: Node) -> list[_Plain]:
    """Stretches of the node that stand for a few texts each; other things may be between them."""
    try:
        return [_plain(node)]
    except _NotPlain:
        return _runs_inside(node)


@singledispatch
def _runs_inside(node: Node) -> list[_Plain]:
    return []


@_runs_inside.register
def _(node: Sequence) -> list[_Plain]:
    runs: list[_Plain] = []
    goes_on = False
    for item in node.items:
        if isinstance(item, Look) or item in (Place.LINE_START, Place.LINE_END, Place.NO_BOUNDARY):
            continue
        inside = _runs(item)
        joined = _joined(runs[-1], item) if goes_on and runs else None
        if joined is not None:
            runs[-1] = joined
        else:
            runs += inside
        goes_on = bool(inside) and _is_plain(item)
    return runs


def _joined(run: _Plain, item: Node) -> _Plain | None:
    try:
        return _in_a_row(run, _plain(item))
    except _NotPlain:
        return None


def _is_plain(node: Node) -> bool:
    try:
        _plain(node)
    except _NotPlain:
        return False
    return True


@_runs_inside.register
def _(node: Capture | Atomic) -> list[_Plain]:
    return _runs(node.body)


@_runs_inside.register
def _(node: Repeat) -> list[_Plain]:
    return _runs(node.body) if node.low > 0 else []


@_runs_inside.register
def _(node: Choice) -> list[_Plain]:
    settling = [[run for run in _runs(branch) if _group(run) is not None] for branch in node.branches]
    best = [max(runs, key=_shortest, default=None) for runs in settling]
    texts = [run.texts for run in best if run is not None]
    if len(texts) < len(best) or sum(map(len, texts)) > LITERALS:
        return []
    return [_Plain(frozenset().union(*texts), exact=False)]


def _shortest(run: _Plain) -> int:
    return min(map(len, run.texts))
