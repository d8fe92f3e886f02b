"""Failures: what happens where a step goes wrong in the branch that should catch it (engine.md 5)."""

from __future__ import annotations

from collections.abc import Iterator

from botflow_runtime.validation.draft import Draft, DraftNode
from botflow_runtime.validation.graph import reachable
from botflow_runtime.validation.rule import Finding, warning


@warning("failover_into_itself")
def failover_into_itself(draft: Draft) -> Iterator[Finding]:
    """A step of the failover branch can fail, and its failure leads to the failover node again.

    Give the node an `on_failure` of its own, such as `end_chat` or `handover`: a second failure ends the chat as Error.
    """
    others = [node for node in draft.nodes if node.role not in ("regular", "", "failover")]
    inside = reachable(draft, draft.roles.get("failover", ())) - reachable(draft, others)
    inside |= {node.id for node in draft.roles.get("failover", ())}
    for node in draft.nodes:
        if node.id in inside and _can_fail(node) and _leads_to_failover(draft, node):
            message = "Give this node another `on_failure`: its failure would lead to the failover it is part of."
            yield Finding(node.id, "on_failure", message)


def _can_fail(node: DraftNode) -> bool:
    """Whether the step fails by more than bad luck in delivery, which the simplest message may meet."""
    if node.action is None or node.meaning is None:
        return False
    return node.meaning.can_fail or node.action.timeout_seconds is not None


def _leads_to_failover(draft: Draft, node: DraftNode) -> bool:
    own = node.action.on_failure if node.action else None
    return (own or draft.settings.on_failure).action == "failover"
