"""Conditions: expressions and patterns that compile, branches that do not take each other's replies (CN-1, CN-2)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from botflow_runtime.patterns import Pattern, overlap_witness
from botflow_runtime.validation.draft import Draft, Place
from botflow_runtime.validation.graph import targets
from botflow_runtime.validation.rule import Finding, error, warning
from botflow_runtime.validation.words import is_catch_all, shown


@error("bad_expression")
def bad_expression(draft: Draft) -> Iterator[Finding]:
    """An expression is not one that PostgreSQL would take, or uses what botflow does not support.

    Correct the expression as the message says.
    """
    for place in draft.expressions:
        if place.compiled is None:
            yield Finding(place.node, place.field, place.error)


@error("bad_pattern")
def bad_pattern(draft: Draft) -> Iterator[Finding]:
    """A pattern of a branch or keyword is no regular expression of MySQL's dialect.

    Correct the pattern as the message says.
    """
    keywords = [place for places in draft.keywords.values() for place in places]
    for place in (*draft.patterns, *keywords):
        if place.compiled is None:
            yield Finding(place.node, place.field, place.error)


@warning("overlapping_patterns")
def overlapping_patterns(draft: Draft) -> Iterator[Finding]:
    """A reply fits two branches of one user-response: the first of them takes it.

    Make the patterns exclude each other, for instance with `^` and `$`, or put the special case first. A last branch
    that takes everything is no overlap.
    """
    for node, branches in _branches(draft).items():
        for (_, earlier), (branch, later) in combinations(branches.items(), 2):
            found = _overlap(earlier, later, branch == max(branches))
            if found is not None:
                first, second, witness = found
                message = (
                    f"Tell these patterns apart: {shown(witness)} fits {first.text!r} of an earlier branch too, "
                    f"which takes it."
                )
                yield Finding(node, second.field, message)


def _branches(draft: Draft) -> dict[str | None, dict[int, list[Place[Pattern]]]]:
    """The compiled patterns of each user-response, by branch."""
    nodes: dict[str | None, dict[int, list[Place[Pattern]]]] = {}
    for place in draft.patterns:
        if place.compiled is not None and place.branch is not None:
            nodes.setdefault(place.node, {}).setdefault(place.branch, []).append(place)
    return nodes


def _overlap(
    earlier: list[Place[Pattern]], later: list[Place[Pattern]], is_last: bool
) -> tuple[Place[Pattern], Place[Pattern], str] | None:
    for second in later:
        assert second.compiled is not None
        if is_last and is_catch_all(second.compiled):
            continue
        for first in earlier:
            assert first.compiled is not None
            witness = overlap_witness(first.compiled, second.compiled)
            if witness is not None:
                return first, second, witness
    return None


@warning("no_patterns")
def no_patterns(draft: Draft) -> Iterator[Finding]:
    """A branch of a user-response has no pattern, so no reply ever takes it.

    Give the branch a pattern, or remove it.
    """
    for node in draft.nodes:
        for index, branch in enumerate(node.response.branches if node.response else ()):
            if not branch.patterns:
                message = "Give this branch a pattern or remove it: without one no reply takes it."
                yield Finding(node.id, f"branches[{index}].patterns", message)


@warning("question_before_response")
def question_before_response(draft: Draft) -> Iterator[Finding]:
    """A question leads to a user-response: the chat waits twice, for the answer and then for another reply (CN-4).

    Put an expression condition behind the question, over the variable that it saves; or ask with a static message.
    """
    for node in draft.nodes:
        meaning = node.meaning
        if node.action is None or meaning is None or not (meaning.waits and meaning.sets):
            continue
        waiting = [target.id for target in targets(draft, node.action.next) if target.kind == "user_response"]
        if waiting:
            message = (
                f"Lead to an expression condition over '{{{{{meaning.sets[0]}}}}}' instead of {waiting[0]!r}: "
                "a user-response waits for a second reply."
            )
            yield Finding(node.id, "next", message)
