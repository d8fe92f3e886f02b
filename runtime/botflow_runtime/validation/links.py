"""Links: where `next` lists lead (ND-2, engine.md 3)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from botflow_runtime.exits import Exit
from botflow_runtime.validation.draft import Draft, DraftNode
from botflow_runtime.validation.graph import dangling, ends_list, is_followed
from botflow_runtime.validation.rule import Finding, error, warning


@error("duplicate_node_id")
def duplicate_node_id(draft: Draft) -> Iterator[Finding]:
    """Two nodes have the same id.

    Give each node an id of its own, and correct the links.
    """
    for node in draft.nodes:
        first = draft.by_id[node.id]
        if node is not first:
            message = f"Give this node another id: {node.id!r} is taken by nodes[{first.index}]."
            yield Finding(node.id, f"nodes[{node.index}].id", message)


@error("duplicate_branch_id")
def duplicate_branch_id(draft: Draft) -> Iterator[Finding]:
    """Two branches of one condition have the same id.

    Give each branch of the condition an id of its own.
    """
    for place in draft.nodes:
        seen: set[str] = set()
        for index, branch in enumerate(place.branches):
            if branch.id in seen:
                message = f"Give this branch another id: {branch.id!r} is taken in this condition."
                yield Finding(place.id, f"branches[{index}].id", message)
            seen.add(branch.id)


@error("dangling_next")
def dangling_next(draft: Draft) -> Iterator[Finding]:
    """A link leads to a node that does not exist.

    Link to an existing node, or remove the entry.
    """
    for node, way, index, name in dangling(draft):
        near = get_close_matches(name, draft.by_id, n=1)
        guess = f" (did you mean {near[0]!r}?)" if near else ""
        message = f"Link to an existing node or remove this entry: there is no node {name!r}{guess}."
        yield Finding(node.id, f"{way.field}[{index}]", message)


@error("mixed_next")
def mixed_next(draft: Draft) -> Iterator[Finding]:
    """A `next` list names an action or expression condition behind a user-response condition.

    Put the user-responses last: from the first of them on the chat waits for a reply and runs nothing else.
    """
    for node in draft.nodes:
        for way in node.exits:
            waiting = ""
            for index, name in enumerate(way.next):
                target = draft.by_id.get(name)
                if target is None or target.kind == "user_response":
                    waiting = waiting or (name if target else "")
                elif waiting:
                    message = f"Put {name!r} before {waiting!r} or remove it: from a user-response on the chat waits."
                    yield Finding(node.id, f"{way.field}[{index}]", message)


@warning("never_tried")
def never_tried(draft: Draft) -> Iterator[Finding]:
    """An entry of a `next` list is never reached, because one before it is always taken.

    Put expression conditions first and a single action, or user-responses, behind them; to run two actions in a row,
    link the first to the second.
    """
    for node in draft.nodes:
        for way in node.exits:
            yield from _behind_the_end(draft, node, way)


def _behind_the_end(draft: Draft, node: DraftNode, way: Exit) -> Iterator[Finding]:
    taken = ""
    for index, name in enumerate(way.next):
        target = draft.by_id.get(name)
        if taken and target is not None:
            message = f"Link {taken!r} to {name!r} instead, or change their order: {taken!r} is always taken first."
            yield Finding(node.id, f"{way.field}[{index}]", message)
        taken = taken or (name if target is not None and ends_list(target) else "")


@warning("next_never_followed")
def next_never_followed(draft: Draft) -> Iterator[Finding]:
    """A node that always ends or leaves the chatbot has links.

    Remove its `next`, or the finish mark.
    """
    for node in draft.nodes:
        if node.action is not None and node.action.next and not is_followed(node, draft.settings):
            why = "it is a finish" if node.action.final else "its step leaves this chat"
            yield Finding(node.id, "next", f"Remove these links: {why}, so they are never followed.")
