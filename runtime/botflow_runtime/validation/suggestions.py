"""Suggestions of a message, and the branches of the user-response that waits behind it (ND-7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from botflow_runtime.content import SuggestionView
from botflow_runtime.content.fields import holds_placeholder
from botflow_runtime.patterns import Pattern
from botflow_runtime.validation.draft import Draft, DraftNode
from botflow_runtime.validation.graph import predecessors, targets, waits
from botflow_runtime.validation.rule import Finding, warning
from botflow_runtime.validation.words import shown

REPLY = "reply"


class Offer(NamedTuple):
    """What the messages before a user-response suggest. `all_seen`: every message before it can be told."""

    suggestions: dict[str, SuggestionView]
    all_seen: bool


@warning("suggestion_gone")
def suggestion_gone(draft: Draft) -> Iterator[Finding]:
    """A branch was made from a suggestion that the message before no longer has.

    Remove the branch, or its `suggestion`, or give the message a suggestion of this id.
    """
    offers = _offers(draft)
    for node in draft.nodes:
        for index, branch in enumerate(node.response.branches if node.response else ()):
            offer = offers[node.id]
            if branch.suggestion is not None and offer.all_seen and branch.suggestion not in offer.suggestions:
                message = (
                    f"Remove this branch or name another suggestion: no message before has {branch.suggestion!r} now."
                )
                yield Finding(node.id, f"branches[{index}].suggestion", message)


@warning("suggestion_unmatched")
def suggestion_unmatched(draft: Draft) -> Iterator[Finding]:
    """No pattern of a branch fits the suggestion that the branch was made from.

    Change the patterns so that one fits the suggestion's text or postback.
    """
    offers, patterns = _offers(draft), _patterns(draft)
    for node in draft.nodes:
        for index, branch in enumerate(node.response.branches if node.response else ()):
            suggestion = offers[node.id].suggestions.get(branch.suggestion or "")
            if suggestion is None or not branch.patterns or _fits(patterns[node.id, index], suggestion):
                continue
            message = f"Let a pattern fit {shown(suggestion.text)}, the suggestion that this branch was made from."
            yield Finding(node.id, f"branches[{index}].patterns", message)


@warning("suggestion_untaken")
def suggestion_untaken(draft: Draft) -> Iterator[Finding]:
    """A message suggests a reply that no branch of the user-response behind it takes.

    Add a branch for the suggestion, or remove it. An else takes it too, unless the message says that its suggestions
    are kept as conditions.
    """
    patterns = _patterns(draft)
    for node in draft.nodes:
        waiting = _waiting_behind(draft, node)
        keeps_step = node.meaning is not None and node.meaning.reply_conditions
        if not waiting or (_has_else(waiting) and not keeps_step):
            continue
        takers = [found for key, found in patterns.items() if key[0] in {place.id for place in waiting}]
        for suggestion in draft.suggestions.get(node.id, ()):
            if suggestion.kind == REPLY and not any(_fits(found, suggestion) for found in takers):
                message = f"Add a branch that takes {shown(suggestion.text)} to {waiting[0].id!r}, or remove it here."
                yield Finding(node.id, "step.content", message)


def _patterns(draft: Draft) -> dict[tuple[str, int], list[Pattern | None]]:
    """The patterns of each branch of each user-response; None for one that does not compile."""
    found: dict[tuple[str, int], list[Pattern | None]] = {}
    for place in draft.patterns:
        if place.node is not None and place.branch is not None:
            found.setdefault((place.node, place.branch), []).append(place.compiled)
    return found


def _fits(patterns: list[Pattern | None], suggestion: SuggestionView) -> bool:
    """Whether a pattern fits the suggestion; what cannot be told now counts as fitting."""
    texts = (suggestion.text, suggestion.postback)
    if any(holds_placeholder(text) for text in texts):
        return True
    return any(pattern is None or any(pattern.matches(text) for text in texts) for pattern in patterns)


def _waiting_behind(draft: Draft, node: DraftNode) -> list[DraftNode]:
    """The user-responses at which the chat surely waits after this message, if it is one and does not wait itself."""
    if node.action is None or node.action.final or waits(node):
        return []
    following = list(targets(draft, node.action.next))
    return following if all(target.response for target in following) else []


def _has_else(waiting: list[DraftNode]) -> bool:
    return any(way.is_else and way.next for place in waiting for way in place.exits)


def _offers(draft: Draft) -> dict[str, Offer]:
    """What was suggested to the contact before each user-response, since the chat waited last."""
    before = predecessors(draft)
    return {node.id: _offer(draft, node, before) for node in draft.nodes if node.response is not None}


def _offer(draft: Draft, response: DraftNode, before: Mapping[str, list[DraftNode]]) -> Offer:
    suggestions: dict[str, SuggestionView] = {}
    all_seen = bool(before.get(response.id)) and response.role == "regular"
    seen: set[str] = set()
    waiting = list(before.get(response.id, ()))
    while waiting:
        node = waiting.pop()
        if node.id in seen:
            continue
        seen.add(node.id)
        suggestions.update((view.id, view) for view in draft.suggestions.get(node.id, ()))
        all_seen = all_seen and node.node is not None and (node.meaning is None or node.meaning.returns is None)
        if not waits(node):
            waiting.extend(before.get(node.id, ()))
    return Offer(suggestions, all_seen)
