"""The graph of a draft: what a chat can do after each node (engine.md 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from botflow_runtime.exits import Exit, reached
from botflow_runtime.scenario import Settings
from botflow_runtime.validation.draft import Draft, DraftNode


def ends_list(node: DraftNode) -> bool:
    """Whether nothing behind this entry of a `next` list is tried: an action, or a condition whose else leads on."""
    if node.kind != "expression":
        return node.kind == "action"
    return any(way.is_else and way.next for way in node.exits)


def targets(draft: Draft, following: Iterable[str]) -> Iterator[DraftNode]:
    """The nodes that a `next` list can lead to, in order: up to the first that is always taken, else the waits."""
    waiting = False
    for name in following:
        node = draft.by_id.get(name)
        if node is None or (waiting and node.kind != "user_response"):
            continue
        yield node
        waiting = waiting or node.kind == "user_response"
        if ends_list(node):
            return


def is_followed(node: DraftNode, settings: Settings) -> bool:
    """Whether a chat can ever follow the `next` of an action: not behind a finish, nor behind a step that leaves."""
    action, meaning = node.action, node.meaning
    if action is None or meaning is None or action.condition is not None:
        return True
    if action.final:
        return False
    policy = action.on_failure or settings.on_failure
    return not meaning.leaves or (meaning.can_fail and policy.action == "continue")


def waits(node: DraftNode) -> bool:
    """Whether a chat that comes here stops until the contact, an operator or a timer does something.

    A node that cannot be read may do so.
    """
    return node.node is None or node.kind == "user_response" or (node.meaning is not None and node.meaning.waits)


def dangling(draft: Draft) -> Iterator[tuple[DraftNode, Exit, int, str]]:
    """The links to nodes that do not exist: whose, by which way, at which place of its `next`, to what."""
    for node in draft.nodes:
        for way in node.exits:
            entries = enumerate(way.next)
            yield from ((node, way, index, name) for index, name in entries if name and name not in draft.by_id)


def linked(draft: Draft, node: DraftNode) -> Iterator[DraftNode]:
    """All nodes that the node's `next` lists name."""
    for way in node.exits:
        yield from (draft.by_id[name] for name in way.next if name in draft.by_id)


def followers(draft: Draft, node: DraftNode) -> Iterator[DraftNode]:
    """The nodes that a chat can come to next, by links or a reset."""
    if node.meaning is not None and node.meaning.resets:
        yield from draft.roles.get("start", [])[:1]
    if is_followed(node, draft.settings):
        for way in node.exits:
            yield from targets(draft, way.next)


def reachable(
    draft: Draft, roots: Iterable[DraftNode], onward: Callable[[Draft, DraftNode], Iterable[DraftNode]] = linked
) -> set[str]:
    """The ids of the nodes that can be reached from `roots`, these among them."""
    return reached((node.id for node in roots), lambda name: (node.id for node in onward(draft, draft.by_id[name])))


def predecessors(draft: Draft) -> Mapping[str, list[DraftNode]]:
    """For each node the nodes that a chat can come from, by links."""
    before: dict[str, list[DraftNode]] = {}
    for node in draft.by_id.values():
        for target in followers(draft, node):
            before.setdefault(target.id, []).append(node)
    return before
