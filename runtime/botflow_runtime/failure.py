"""What a failed step leads to (engine.md 5): one function per policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from botflow_runtime.links import Links
from botflow_runtime.scenario import ChatbotFailurePolicy, NodeFailurePolicy
from botflow_runtime.steps.outcome import Failure

if TYPE_CHECKING:
    from botflow_runtime.nodes import ActionNode
    from botflow_runtime.runner import Runner

Policy: TypeAlias = ChatbotFailurePolicy | NodeFailurePolicy

AUTHORS_MISTAKES: Final = frozenset({"code", "content", "jump"})
"""Failures that end a chat as Error; the others end it as Complete."""


def _end(run: Runner, failure: Failure) -> None:
    if failure.kind in AUTHORS_MISTAKES:
        run.end("error", failure.kind)
    else:
        run.complete(failure.kind)


def _end_chat(run: Runner, node: ActionNode, failure: Failure, policy: Policy) -> Links | None:
    _end(run, failure)
    return None


def _continue(run: Runner, node: ActionNode, failure: Failure, policy: Policy) -> Links | None:
    thread = run.thread
    if thread.repeated != thread.visit and node.step.is_worth_repeating(failure):
        thread.repeated = thread.visit
        run.log("repeated", node.id)
        return run.settle(node, node.step.begin(run, node))
    node.step.give_up(run)
    return run.leave(node)


def _failover(run: Runner, node: ActionNode, failure: Failure, policy: Policy) -> Links | None:
    if run.thread.failover:
        run.end("error", failure.kind)
        return None
    links = run.scenario.roles.get("failover")
    if links is None:
        _end(run, failure)
    else:
        run.thread.failover = "entered"
    return links


def _handover(run: Runner, node: ActionNode, failure: Failure, policy: Policy) -> Links | None:
    run.hand_over(policy.department, failure.kind)
    return None


def _default(run: Runner, node: ActionNode, failure: Failure, policy: Policy) -> Links | None:
    target = run.default_chatbot()
    if target is None or target.id == run.scenario.id:
        _end(run, failure)
    else:
        run.count_jump()
        run.open_thread(target, "failure")
    return None


FAILURE_POLICIES: Final[Mapping[str, Callable[[Runner, ActionNode, Failure, Policy], Links | None]]] = {
    "continue": _continue,
    "end_chat": _end_chat,
    "failover": _failover,
    "handover": _handover,
    "default": _default,
}
