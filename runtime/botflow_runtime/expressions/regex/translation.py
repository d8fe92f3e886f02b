"""The tree of a pattern, written for the engines that search: RE2 where it can, `regex` where it must."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from botflow_runtime.expressions.regex.syntax import (
    Alternation,
    Characters,
    Constraint,
    Group,
    Look,
    Node,
    Ranges,
    Reference,
    Repetition,
    Sequence,
)

_WORD: Final = "[0-9A-Z_a-z]"
CONSTRAINTS: Final = {
    "text_start": r"\A",
    "text_end": r"\z",
    "line_start": r"(?m:^)",
    "line_end": r"(?m:$)",
    "word_start": rf"(?<!{_WORD})(?={_WORD})",
    "word_end": rf"(?<={_WORD})(?!{_WORD})",
    "word_edge": rf"(?:(?<!{_WORD})(?={_WORD})|(?<={_WORD})(?!{_WORD}))",
    "word_inside": rf"(?:(?<!{_WORD})(?!{_WORD})|(?<={_WORD})(?={_WORD}))",
}
# RE2 knows these as ASCII, which is what the C collation asks for.
RE2_CONSTRAINTS: Final = {
    **{kind: CONSTRAINTS[kind] for kind in ("text_start", "text_end", "line_start", "line_end")},
    "word_edge": r"\b",
    "word_inside": r"\B",
}


class NotForRe2Error(Exception):
    """The pattern holds what RE2 does not have."""


def for_re2(node: Node) -> str:
    """The pattern for google-re2. Raises NotForRe2Error."""
    return _written(node, _RE2)


def for_regex(node: Node) -> str:
    """The pattern for the `regex` library."""
    return _written(node, _REGEX)


Writer = Callable[[Any, dict[type[Node], Any]], str]


def _written(node: Node, writers: dict[type[Node], Any]) -> str:
    writer = writers.get(type(node))
    if writer is None:
        raise NotForRe2Error
    text: str = writer(node, writers)
    return text


def _characters(node: Characters, writers: dict[type[Node], Any]) -> str:
    if not node.ranges:
        return r"[^\x00-\x{10FFFF}]" if writers is _RE2 else r"(?!)"
    return f"[{''.join(_range(writers is _RE2, low, high) for low, high in _merged(node.ranges))}]"


def _merged(ranges: Ranges) -> Ranges:
    result: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return tuple(result)


def _range(is_re2: bool, low: int, high: int) -> str:
    def code(point: int) -> str:
        return f"\\x{{{point:X}}}" if is_re2 else f"\\U{point:08X}"

    return code(low) if low == high else f"{code(low)}-{code(high)}"


def _sequence(node: Sequence, writers: dict[type[Node], Any]) -> str:
    return "".join(_written(part, writers) for part in node.parts)


def _alternation(node: Alternation, writers: dict[type[Node], Any]) -> str:
    return f"(?:{'|'.join(_written(branch, writers) for branch in node.branches)})"


def _repetition(node: Repetition, writers: dict[type[Node], Any]) -> str:
    bounds = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get((node.minimum, node.maximum))
    if bounds is None:
        bounds = f"{{{node.minimum},{'' if node.maximum is None else node.maximum}}}"
    return f"(?:{_written(node.part, writers)}){bounds}{'?' if node.greedy is False else ''}"


def _group(node: Group, writers: dict[type[Node], Any]) -> str:
    return f"({_written(node.part, writers)})"


def _reference(node: Reference, writers: dict[type[Node], Any]) -> str:
    return f"(?{'i' if node.ignore_case else ''}:\\{node.number})"


def _constraint(node: Constraint, writers: dict[type[Node], Any]) -> str:
    if writers is not _RE2:
        return CONSTRAINTS[node.kind].replace(r"\z", r"\Z")
    if node.kind not in RE2_CONSTRAINTS:
        raise NotForRe2Error
    return RE2_CONSTRAINTS[node.kind]


def _look(node: Look, writers: dict[type[Node], Any]) -> str:
    return f"(?{'' if node.ahead else '<'}{'!' if node.negated else '='}{_written(node.part, writers)})"


_RE2: Final[dict[type[Node], Any]] = {
    Characters: _characters,
    Sequence: _sequence,
    Alternation: _alternation,
    Repetition: _repetition,
    Group: _group,
    Constraint: _constraint,
}
_REGEX: Final[dict[type[Node], Any]] = {**_RE2, Reference: _reference, Look: _look}
