"""Replies that a message suggests, where nothing looks at what the contact chooses (ND-7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from botflow_runtime.content.fields import holds_placeholder
from botflow_runtime.patterns import Budget, Pattern, PatternSet
from botflow_runtime.validation.draft import Draft, DraftNode
from botflow_runtime.validation.graph import followers, predecessors, reachable, targets, waits
from botflow_runtime.validation.rule import Finding, warning
from botflow_runtime.validation.suggestions import REPLY
from botflow_runtime.validation.words import shown

READS_MESSAGE: Final = re.compile(r"\bmessage\b")
"""How a script gets at what the contact has written."""
REPLIES_SECONDS: Final = 0.5
"""Processor time for telling which replies are keywords."""


@warning("suggestion_unanswered")
def suggestion_unanswered(draft: Draft) -> Iterator[Finding]:
    """A message suggests replies, and nothing behind it looks at the one that the contact chooses.

    Let a user-response with a branch for each follow the message, or remove the suggestions. A question, a handover, a
    keyword that a suggestion fits, and code that reads `message` look at the reply too.
    """
    if _begins_with_message(draft):
        return
    keywords, before = _Keywords(_patterns(draft)), predecessors(draft)
    takers = reachable(draft, filter(_takes, draft.nodes), lambda _, node: before.get(node.id, ()))
    for node in draft.nodes:
        if waits(node) or not _is_open(draft, node, takers):
            continue
        replies = [view for view in draft.suggestions.get(node.id, ()) if view.kind == REPLY]
        lost = [shown(view.text) for view in replies if not keywords.take(view.text)]
        if lost:
            message = (
                f"Let a user-response with a branch for each follow: nothing looks at the reply {' or '.join(lost)}."
            )
            yield Finding(node.id, "next", message)


def _is_open(draft: Draft, node: DraftNode, takers: set[str]) -> bool:
    """Whether nothing that can run behind a message takes a reply; a link to a node that is gone may lead to one."""
    following = node.action.next if node.action is not None and not node.action.final else ()
    return all(name in draft.by_id for name in following) and not any(
        target.id in takers for target in targets(draft, following)
    )


def _takes(node: DraftNode) -> bool:
    """Whether a reply comes to this node; what another chatbot does is not known."""
    return waits(node) or _reads_message(node) or (node.meaning is not None and node.meaning.jumps_to is not None)


def _reads_message(node: DraftNode) -> bool:
    source = node.meaning.source if node.meaning is not None else None
    return source is not None and READS_MESSAGE.search(source[1]) is not None


def _begins_with_message(draft: Draft) -> bool:
    """Whether a new chat looks at the message that begins it, as one with a single turn does: the reply to the last."""
    at_once = reachable(draft, draft.roles.get("start", ()), _at_once)
    return any(_reads_message(draft.by_id[name]) for name in at_once)


def _at_once(draft: Draft, node: DraftNode) -> Iterable[DraftNode]:
    return () if waits(node) else followers(draft, node)


def _patterns(draft: Draft) -> list[Pattern | None]:
    """What begins or steers a chat, in this chatbot; and what begins one in the others of the channel."""
    own = [place for places in draft.keywords.values() for place in places]
    others = [other for other in draft.others or () if other.channel_name == draft.channel_name]
    return [place.compiled for place in (*own, *(place for other in others for place in other.keywords["trigger"]))]


class _Keywords:
    """The keywords that a reply may be: all of them looked for at once, in a time that all replies share."""

    def __init__(self, patterns: Sequence[Pattern | None]) -> None:
        self._are_there = bool(patterns)
        self._are_known = None not in patterns
        self._set = PatternSet((pattern.text, pattern) for pattern in patterns if pattern is not None)
        self._budget = Budget(REPLIES_SECONDS)
        self._takes: dict[str, bool] = {}

    def take(self, text: str) -> bool:
        """Whether a reply is a keyword; what cannot be told now, or not in time, counts as one."""
        if not self._are_known or (self._are_there and holds_placeholder(text)):
            return True
        if text not in self._takes:
            found = self._set.matching(text, self._budget)
            self._takes[text] = bool(found.keys or found.timed_out)
        return self._takes[text]
