"""Moving a live thread to another version of its chatbot: to the node of the same id (engine.md 10)."""

from __future__ import annotations

from botflow_runtime.compiled import Scenario
from botflow_runtime.thread import Thread


def obstacle(thread: Thread, source: Scenario, target: Scenario) -> str | None:
    """Why a thread of `source` cannot go on in `target`, as a sentence; None where it can.

    It needs the node that it is at; where it waits for the contact there, a node that waits for the same.
    """
    if not thread.live:
        return "the thread is over"
    if thread.busy:
        return "the thread waits for its code or for the acceptance of a message"
    places = _places(thread)
    gone = [name for name in places if target.links_to(name) is None]
    if gone:
        return f"there is no node {gone[0]!r} in version {target.version}"
    other = [name for name in places if not _waits_alike(thread, name, source, target)]
    return f"node {other[0]!r} waits for something else in version {target.version}" if other else None


def move(thread: Thread, target: Scenario) -> None:
    """Let a thread that nothing stands against run `target`. Its timers run on; what it has gathered stays."""
    thread.version = target.version
    if thread.sent is not None and thread.sent.node not in target.actions:
        thread.sent = None


def _places(thread: Thread) -> tuple[str, ...]:
    if thread.wait is not None and thread.wait.nodes:
        return thread.wait.nodes
    return (thread.node,) if thread.node is not None else ()


def _waits_alike(thread: Thread, node: str, source: Scenario, target: Scenario) -> bool:
    if thread.wait is None:
        return True
    if thread.wait.kind == "reply":
        return node in target.responses
    before, after = source.actions.get(node), target.actions.get(node)
    return before is not None and after is not None and type(before.step) is type(after.step)
