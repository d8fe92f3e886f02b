"""All problems of a scenario, in one pass: ``validate`` (ED-3, CB-9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from botflow_runtime.catalog import fold_words
from botflow_runtime.expressions.budget import at_most
from botflow_runtime.problems import Problem
from botflow_runtime.validation.draft import Draft
from botflow_runtime.validation.registry import RULES
from botflow_runtime.validation.required import RequiredKeys, required_by
from botflow_runtime.validation.rule import Rule
from botflow_runtime.validation.source import Checkable, read_draft

EXPRESSION_SECONDS: Final = 2.0
"""Processor time for the constants of all expressions of a file; what is left then is a `bad_expression`."""

__all__ = ["RULES", "RequiredKeys", "Rule", "required_keys", "validate"]


def validate(
    source: Checkable, others: Iterable[Checkable] | None = None, opt_out_words: Iterable[str] = ()
) -> list[Problem]:
    """Everything that is wrong (error) or doubtful (warning) about a scenario: errors first, then in file order.

    `source` is what ``load_scenario`` takes, or a Scenario. `others` are the other chatbots of the company: with them
    jump targets, circles of jumps and triggers that collide are judged; None: they are not known, so a jump may lead
    anywhere (``required_keys`` lists where). `opt_out_words` are those that senders have added to the permanent ones.
    Raises nothing, whatever the source.
    """
    draft, problems = read_draft(source)
    if draft is None:
        return problems
    with at_most(EXPRESSION_SECONDS):
        return _judged(draft, problems, others, opt_out_words)


def _judged(
    draft: Draft, problems: list[Problem], others: Iterable[Checkable] | None, opt_out_words: Iterable[str]
) -> list[Problem]:
    draft.others = None if others is None else tuple(_other_drafts(draft, others))
    draft.opt_out_words |= fold_words(opt_out_words)
    for rule in RULES:
        problems.extend(rule.problems(draft))
    return _in_order(draft, problems)


def required_keys(source: Checkable) -> RequiredKeys:
    """What a scenario needs besides itself; none for a file that cannot be read."""
    draft, _ = read_draft(source)
    return required_by(draft) if draft is not None else RequiredKeys()


def _other_drafts(draft: Draft, others: Iterable[Checkable]) -> Iterator[Draft]:
    """The others that can be read, less the one that is checked."""
    for other in others:
        found, _ = read_draft(other)
        if found is not None and found.id != draft.id:
            yield found


def _in_order(draft: Draft, problems: list[Problem]) -> list[Problem]:
    """Errors before warnings; each in the order of the nodes, what concerns the whole file first."""
    place = {node.id: node.index for node in reversed(draft.nodes)}
    return sorted(problems, key=lambda problem: (problem.severity, place.get(problem.node or "", -1)))
