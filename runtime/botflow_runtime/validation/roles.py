"""Roles: where the chat begins, and which nodes stand ready for special cases (ND-1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botflow_runtime.scenario import TimeoutPolicy
from botflow_runtime.validation.draft import Draft
from botflow_runtime.validation.rule import Finding, error, warning

SINGLE_ROLES: Final = ("failover", "response_timeout", "stuck_timeout", "opt_out")
TIMEOUTS: Final = ("response_timeout", "stuck_timeout")


@error("no_start")
def no_start(draft: Draft) -> Iterator[Finding]:
    """No node has the role `start`.

    Give one action the role `start`: the chat begins there.
    """
    if "start" not in draft.roles:
        yield Finding(None, "nodes", "Give one action the role `start`: the chat begins there.")


@error("two_starts")
def two_starts(draft: Draft) -> Iterator[Finding]:
    """More than one node has the role `start`.

    Keep one start node and make the others regular.
    """
    starts = draft.roles.get("start", [])
    for node in starts[1:]:
        yield Finding(node.id, "role", f"Make this node regular: the chat begins at {starts[0].id!r} already.")


@error("start_is_condition")
def start_is_condition(draft: Draft) -> Iterator[Finding]:
    """The start node is a condition.

    Begin with an action; link it to the condition.
    """
    for node in draft.roles.get("start", ()):
        if node.kind in ("expression", "user_response"):
            message = "Begin with an action and link it to this condition: a chat cannot begin with one."
            yield Finding(node.id, "role", message)


@error("two_of_a_role")
def two_of_a_role(draft: Draft) -> Iterator[Finding]:
    """Two nodes have the same special role (failover, response timeout, stuck timeout, opt-out).

    Keep the role on one of them and make the other regular.
    """
    for role in SINGLE_ROLES:
        nodes = draft.roles.get(role, [])
        for node in nodes[1:]:
            yield Finding(node.id, "role", f"Make this node regular: {nodes[0].id!r} is the {role} node already.")


@error("missing_role_node")
def missing_role_node(draft: Draft) -> Iterator[Finding]:
    """A setting leads to the failover or timeout node, and no node has that role.

    Give a node the role, or choose another action.
    """
    for timeout in TIMEOUTS:
        policy: TimeoutPolicy | None = getattr(draft.settings, timeout)
        if policy is not None and policy.action == "node" and timeout not in draft.roles:
            yield Finding(None, f"settings.{timeout}.action", _missing(timeout))
    if draft.settings.on_failure.action == "failover" and "failover" not in draft.roles:
        yield Finding(None, "settings.on_failure.action", _missing("failover"))
    for node in draft.nodes:
        own = node.action.on_failure if node.action else None
        if own is not None and own.action == "failover" and "failover" not in draft.roles:
            yield Finding(node.id, "on_failure.action", _missing("failover"))


def _missing(role: str) -> str:
    return f"Give a node the role `{role}`, or choose another action: there is no such node to go to."


@warning("unused_role")
def unused_role(draft: Draft) -> Iterator[Finding]:
    """A node has a special role, and no setting ever leads there.

    Choose the action in the settings that goes to it, or make the node regular.
    """
    for role in SINGLE_ROLES if draft.whole else ():
        for node in draft.roles.get(role, ())[:1] if not _is_used(draft, role) else ():
            yield Finding(node.id, "role", REMEDIES[role])


def _is_used(draft: Draft, role: str) -> bool:
    settings = draft.settings
    if role == "opt_out":
        return bool(settings.keywords.opt_out)
    if role == "failover":
        own = [node.action.on_failure for node in draft.nodes if node.action and node.action.on_failure]
        return "failover" in (settings.on_failure.action, *(policy.action for policy in own))
    policy: TimeoutPolicy | None = getattr(settings, role)
    return policy is not None and policy.action == "node"


REMEDIES: Final = {
    "failover": "Set an `on_failure` to `failover`, or make this node regular: no failure leads here.",
    "response_timeout": "Give the settings a `response_timeout` with the action `node`, or make this node regular.",
    "stuck_timeout": "Give the settings a `stuck_timeout` with the action `node`, or make this node regular.",
    "opt_out": "Give the settings an `opt_out` keyword, or make this node regular: nothing leads here.",
}
