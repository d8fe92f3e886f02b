"""The way of a chat: nodes it cannot reach, circles it cannot leave, places where it gets stuck."""

from __future__ import annotations

from collections.abc import Iterator

from botflow_runtime.limits import MOST_NODES
from botflow_runtime.validation.draft import Draft, DraftNode
from botflow_runtime.validation.graph import dangling, followers, reachable, waits
from botflow_runtime.validation.rule import Finding, warning


@warning("unreachable")
def unreachable(draft: Draft) -> Iterator[Finding]:
    """No link leads from the start node, or from a node of a special role, to this node.

    Link to the node, or remove it.
    """
    knows_links = draft.knows_links and not any(dangling(draft))
    if "start" not in draft.roles or not knows_links:
        return
    reached = reachable(draft, [node for node in draft.nodes if node.role not in ("regular", "")])
    for node in draft.nodes:
        if node.id not in reached:
            yield Finding(node.id, "", "Link to this node or remove it: no chat can reach it.")


@warning("loop_without_wait")
def loop_without_wait(draft: Draft) -> Iterator[Finding]:
    """A circle of nodes in which nothing waits for the contact.

    Put a question or a user-response into the circle. A chat that runs too many nodes on its own ends as Error (loop).
    """
    for circle in _circles(draft):
        names = " → ".join(repr(node.id) for node in [*circle, circle[0]])
        message = (
            f"Let the chat wait for the contact somewhere in {names}: "
            f"it ends as Error (loop) after {MOST_NODES} nodes without a word of the contact."
        )
        yield Finding(circle[0].id, "next", message)


def _circles(draft: Draft) -> Iterator[list[DraftNode]]:
    """The groups of nodes that lead to each other without a wait, each as one circle in the order of a chat."""
    # takes a fifth of a second to import, and only validation needs it
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for node in draft.by_id.values():
        if not waits(node):
            graph.add_edges_from((node.id, target.id) for target in followers(draft, node) if not waits(target))
    groups = [group for group in networkx.strongly_connected_components(graph) if graph.subgraph(group).edges]
    for group in sorted(groups, key=lambda group: min(draft.by_id[name].index for name in group)):
        first = min(group, key=lambda name: draft.by_id[name].index)
        edges = networkx.find_cycle(graph.subgraph(group), first)
        yield [draft.by_id[source] for source, _ in edges]


@warning("dead_end")
def dead_end(draft: Draft) -> Iterator[Finding]:
    """An action without links is no finish, or may be skipped: a chat gets stuck there.

    Mark the action as a finish, or link it to what comes next.
    """
    closing = _only_after_opt_out(draft)
    for node in draft.nodes:
        message = _why_stuck(node)
        if message and node.id not in closing:
            yield Finding(node.id, "next", message)


def _why_stuck(node: DraftNode) -> str:
    action, meaning = node.action, node.meaning
    if action is None or meaning is None or action.next:
        return ""
    if not (action.final or meaning.leaves or meaning.hands_over):
        return "Mark this node as a finish (`final`) or link it to the next one: the chat gets stuck here."
    if action.condition is not None:
        return "Link this node to the next one: where its condition is not true it is skipped, and the chat gets stuck."
    return ""


def _only_after_opt_out(draft: Draft) -> set[str]:
    """Nodes that run only after an opt-out keyword: there a chat completes where it would get stuck (engine.md 8)."""
    others = [node for node in draft.nodes if node.role not in ("regular", "", "opt_out")]
    return reachable(draft, draft.roles.get("opt_out", ())) - reachable(draft, others)


@warning("branch_without_next")
def branch_without_next(draft: Draft) -> Iterator[Finding]:
    """A branch or else of a condition leads nowhere: a chat that takes it gets stuck.

    Link the branch to a node, or remove it.
    """
    for node in draft.nodes:
        for way in node.exits if node.node is not None and node.action is None else ():
            if not way.next:
                message = f"Link {way.label!r} to a node or remove it: a chat that takes it gets stuck."
                if way.is_else:
                    message = "Link the else to a node or remove it: as long as it leads nowhere it is never taken."
                yield Finding(node.id, way.field, message)


@warning("no_else")
def no_else(draft: Draft) -> Iterator[Finding]:
    """An expression condition without an else is last in a `next` list: where no branch is true the chat gets stuck.

    Give the condition an else that leads on, or name another node behind it.
    """
    lasting = {way.next[-1] for node in draft.nodes for way in node.exits if way.next}
    for node in draft.nodes:
        has_else = any(way.is_else for way in node.exits)
        if node.node is not None and node.kind == "expression" and not has_else and node.id in lasting:
            yield Finding(node.id, "else", "Add an `else` that leads on: where no branch is true the chat gets stuck.")
