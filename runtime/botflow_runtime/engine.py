"""One turn: ``engine.handle(thread, event)`` (engine.md 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from hashlib import blake2b
from typing import Any, Final, TypeAlias

from botflow_runtime.catalog import Catalog
from botflow_runtime.events import (
    AnyEvent,
    CodeFinished,
    ContactActed,
    Decision,
    DeliveryReported,
    Event,
    Expired,
    MessageReceived,
    Moved,
    Resolved,
    Restarted,
    Resumed,
    Started,
    StartedAt,
    Stopped,
    TimerFired,
)
from botflow_runtime.limits import EVENT_DIGEST_BYTES, REMEMBERED_EVENTS, LoopLimitReached
from botflow_runtime.moving import move, obstacle
from botflow_runtime.router import decide_for_thread
from botflow_runtime.runner import Runner, reply_of
from botflow_runtime.scenario import TimeoutPolicy
from botflow_runtime.steps.outcome import Failure
from botflow_runtime.thread import LogEntry, Status, Thread, Turn

_DIGEST_LENGTH: Final = 2 * EVENT_DIGEST_BYTES
_MOST_DIGESTS: Final = REMEMBERED_EVENTS * _DIGEST_LENGTH


class Engine:
    """Runs turns over an immutable catalog. It has no state of its own and may be used from any thread."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def handle(self, thread: Thread, event: AnyEvent) -> Turn:
        """What `event` does to `thread`, which stays as it is.

        An event id that the thread has handled already changes nothing.
        Raises UnknownScenarioError when the catalog does not hold the thread's version.
        """
        digest = blake2b(event.id.encode("utf-8", "surrogatepass"), digest_size=EVENT_DIGEST_BYTES).hexdigest()
        if digest in thread.handled and _remembers(thread.handled, digest):
            return Turn(thread, [], [LogEntry("repeated_event")])
        run = Runner(self.catalog, self.catalog.version(thread.scenario, thread.version), copy(thread), event)
        run.thread.handled += digest
        try:
            HANDLERS[type(event)](run, event)
        except LoopLimitReached as limit:
            run.log("loop", run.thread.node, detail=limit.counter)
            run.end("error", "loop")
        finally:
            run.close()
        if len(run.thread.handled) > _MOST_DIGESTS:
            run.thread.handled = run.thread.handled[-_MOST_DIGESTS:]
        return Turn(run.thread, run.effects, run.entries)


def _remembers(handled: str, digest: str) -> bool:
    """Whether the digest is one of the fixed-width digests of `handled`."""
    at = handled.find(digest)
    while at > 0 and at % _DIGEST_LENGTH:
        at = handled.find(digest, at + 1)
    return at >= 0


# --- messages --------------------------------------------------------------------------------------------------------


def _on_message(run: Runner, event: MessageReceived) -> None:
    if not run.thread.live:
        run.log("ignored", detail="the thread is over")
        return
    decision = event.decision or decide_for_thread(run.scenario, run.thread, event)
    if decision.timed_out:
        run.log("patterns_timed_out", detail=list(decision.timed_out))
    run.log("received", run.thread.node, detail=decision.action)
    MESSAGE_ACTIONS.get(decision.action, _left_alone)(run, event, decision)


def _left_alone(run: Runner, event: MessageReceived, decision: Decision) -> None:
    """The message is not for this thread."""
    run.clear_counters()
    if decision.scenarios:
        run.log(decision.action, detail=list(decision.scenarios))


def _held(run: Runner, event: MessageReceived, decision: Decision) -> None:
    """The thread is busy: the host offers the message again, so its id must not count as handled."""
    run.thread.handled = run.thread.handled[:-_DIGEST_LENGTH]


def _replied(run: Runner, event: MessageReceived, decision: Decision) -> None:
    wait = run.thread.wait
    if wait is None or wait.kind not in ("question", "reply"):
        return
    run.contact_wrote(event)
    run.leave_stuck()
    if wait.kind == "question":
        node = run.action
        run.walk(run.settle(node, node.step.replied(run, node, wait, event)))
    else:
        condition = run.scenario.responses[decision.node or ""]
        run.walk(run.take_branch(condition, decision.branch, reply_of(event)))


def _unmatched(run: Runner, event: MessageReceived, decision: Decision) -> None:
    run.contact_wrote(event)
    run.become_stuck()


def _stopped_by_contact(run: Runner, event: MessageReceived, decision: Decision) -> None:
    run.contact_wrote(event)
    run.end("complete", "stopped")
    run.withdraw()


def _reset_by_contact(run: Runner, event: MessageReceived, decision: Decision) -> None:
    run.contact_wrote(event)
    run.withdraw()
    run.leave_stuck()
    run.walk(run.start_over())


def _opted_out(run: Runner, event: MessageReceived, decision: Decision) -> None:
    """Engine.md 8: opt out, run the opt-out node, complete."""
    run.contact_wrote(event)
    run.cancel_timers()
    thread = run.thread
    thread.wait, thread.status, thread.closing = None, "active", True
    run.opt_out("chatbot")
    links = run.scenario.roles.get("opt_out")
    if links is None:
        run.complete()
    else:
        run.walk(links)


def _opt_out_word(run: Runner, event: MessageReceived, decision: Decision) -> None:
    """Engine.md 2, rule 1. The block itself is the host's, because it is there without a thread too."""
    run.end("complete", "opted_out")
    run.withdraw()


MESSAGE_ACTIONS: Final[Mapping[str, Callable[[Runner, MessageReceived, Decision], None]]] = {
    "opt_out_word": _opt_out_word,
    "opt_out": _opted_out,
    "stop": _stopped_by_contact,
    "reset": _reset_by_contact,
    "hold": _held,
    "accepted": _held,
    "reply": _replied,
    "stuck": _unmatched,
}


# --- other events ----------------------------------------------------------------------------------------------------


def _on_action(run: Runner, event: ContactActed) -> None:
    run.clear_counters()
    run.log("acted", run.thread.node, detail=event.action or None)
    wait = run.thread.wait
    if run.thread.status == "active" and wait is not None and wait.kind in ("question", "reply"):
        run.arm_response_timer(after=None)


def _on_timer(run: Runner, event: TimerFired) -> None:
    if run.thread.timers.get(event.name) != event.token or not run.thread.live:
        run.log("stale_timer", detail=event.name)
        return
    run.forget_timer(event.name)
    run.log("timer", run.thread.node, detail=event.name)
    TIMERS[event.name](run)


def _response_due(run: Runner) -> None:
    thread = run.thread
    run.clear_counters()
    if thread.response_fired:
        run.end("timeout", "response_timeout")
        return
    thread.response_fired = True
    thread.on_timeout_branch = _time_out(run, run.scenario.settings.response_timeout, "response_timeout", "timeout")
    _follow_timeout(run, "response_timeout", thread.on_timeout_branch)


def _stuck_due(run: Runner) -> None:
    thread = run.thread
    run.clear_counters()
    if thread.stuck_fired:
        run.end("error", "stuck_timeout")
        return
    thread.stuck_fired = True
    goes_on = _time_out(run, run.scenario.settings.stuck_timeout, "stuck_timeout", "complete")
    _follow_timeout(run, "stuck_timeout", goes_on)


def _time_out(run: Runner, policy: TimeoutPolicy | None, reason: str, ended: Status) -> bool:
    """Do what the policy says. True where the chat goes on at the timeout's node."""
    if policy is not None and policy.action == "handover":
        run.hand_over(policy.department, reason, urgent=True)
        return False
    if policy is not None and policy.action == "node" and reason in run.scenario.roles:
        return True
    run.end(ended, reason)
    return False


def _follow_timeout(run: Runner, role: str, goes_on: bool) -> None:
    if goes_on:
        run.cancel_timers()
        run.thread.wait = None
        run.thread.status = "active"
        run.walk(run.scenario.roles[role])


def _step_due(run: Runner) -> None:
    node = run.action
    run.walk(run.fail(node, Failure("step_timeout", f"not completed within {node.timeout_seconds} s")))


TIMERS: Final[Mapping[str, Callable[[Runner], None]]] = {
    "response": _response_due,
    "stuck": _stuck_due,
    "step": _step_due,
}


def _on_code(run: Runner, event: CodeFinished) -> None:
    wait = run.thread.wait
    running = run.thread.status == "active" and wait is not None and wait.kind == "code"
    if not running or wait is None or wait.effect != event.run:
        run.log("stale_code", detail=event.run)
        return
    node = run.action
    outcome = {"error": event.error, "log": list(event.log), "http": list(event.http)}
    run.log("code_finished", node.id, detail={name: value for name, value in outcome.items() if value} or None)
    run.walk(run.settle(node, node.step.code_finished(run, node, event)))


def _on_delivery(run: Runner, event: DeliveryReported) -> None:
    thread = run.thread
    run.log("delivery", detail={"message": event.message, "state": event.state})
    if thread.status not in ("active", "stuck") or thread.wait is None:
        return
    if thread.wait.kind == "acceptance" and thread.wait.effect == event.message:
        _on_acceptance(run, event)
    elif event.state == "failed":
        _on_late_failure(run, event)


def _on_acceptance(run: Runner, event: DeliveryReported) -> None:
    node = run.action
    if event.state == "failed":
        run.walk(run.fail(node, _not_delivered(event)))
    else:
        run.report_node(node)
        run.walk(run.leave(node))


def _on_late_failure(run: Runner, event: DeliveryReported) -> None:
    """Later than the step's completion a failure acts only while the thread waits at the links of that visit."""
    sent, wait = run.thread.sent, run.thread.wait
    if sent is None or wait is None or sent.id != event.message or sent.visit != wait.visit:
        return
    if wait.kind not in ("question", "reply"):
        return
    run.leave_stuck()
    run.walk(run.fail(run.scenario.actions[sent.node], _not_delivered(event)))


def _not_delivered(event: DeliveryReported) -> Failure:
    return Failure("delivery", event.error or "the message was not delivered", event.accepted)


# --- operators and campaigns (engine.md 7) ---------------------------------------------------------------------------


def _is_fresh(run: Runner) -> bool:
    return run.thread.status == "active" and run.thread.node is None


def _on_started(run: Runner, event: Started) -> None:
    if not _is_fresh(run):
        _replaced(run)
        return
    thread = run.thread
    thread.nodes, thread.jumps, thread.resets, thread.messages = event.counters
    thread.response_fired, thread.stuck_fired = "response" in event.fired, "stuck" in event.fired
    thread.fruitless = event.fruitless
    thread.message = event.message
    _begin(run, event)
    run.walk(run.scenario.start)


def _on_started_at(run: Runner, event: StartedAt) -> None:
    if not _is_fresh(run):
        _replaced(run)
        return
    links = run.scenario.links_to(event.node)
    _begin(run, event)
    if links is None:
        run.log("warning", detail=f"there is no node {event.node!r} in this version")
        run.end("error", "unknown_node")
    else:
        run.walk(links)


def _begin(run: Runner, event: Started | StartedAt) -> None:
    run.log("started", detail=event.origin)
    if event.variables:
        run.set_variables(event.variables)


def _replaced(run: Runner) -> None:
    """Another chatbot takes the contact. A handed-over thread stays with its person."""
    if run.thread.status in ("active", "stuck"):
        run.end("complete", "replaced")
    else:
        run.log("ignored", detail=f"the thread is {run.thread.status}")


def _on_stopped(run: Runner, event: Stopped) -> None:
    if not run.thread.live:
        run.log("ignored", detail="the thread is over")
        return
    run.end("complete", "stopped")
    run.withdraw()


def _on_resumed(run: Runner, event: Resumed) -> None:
    thread = run.thread
    stopped = thread.status == "complete" and thread.reason == "stopped"
    if not stopped and thread.status != "handedover":
        run.log("ignored", detail=f"the thread is {thread.status}")
        return
    run.clear_counters()
    thread.status, thread.reason = "active", ""
    run.log("resumed", thread.node)
    _go_on(run)


def _go_on(run: Runner) -> None:
    thread = run.thread
    action = run.scenario.actions.get(thread.node or "")
    if thread.wait is not None and thread.wait.kind in ("question", "reply"):
        run.arm_response_timer(after=None)
        if action is not None:
            action.step.rearm(run, action)
    elif action is not None and action.step.resumable:
        run.walk(run.leave(action))
    else:
        thread.wait = None
        run.walk(run.scenario.links_to(thread.node or "") or run.scenario.start)


def _on_restarted(run: Runner, event: Restarted) -> None:
    newest = run.newest(run.scenario.id) or run.scenario
    thread = run.thread
    run.clear_counters()
    run.clear()
    run.scenario = newest
    thread.version, thread.status, thread.reason = newest.version, "active", ""
    thread.response_fired = thread.stuck_fired = False
    thread.closing = thread.confirms_opt_out = False
    thread.fruitless = ()
    run.log("restarted", detail={"version": newest.version})
    run.walk(newest.start)


def _on_resolved(run: Runner, event: Resolved) -> None:
    if run.thread.status == "handedover":
        run.end("complete", "resolved")
    else:
        run.log("ignored", detail=f"the thread is {run.thread.status}")


def _on_expired(run: Runner, event: Expired) -> None:
    if run.thread.live:
        run.end("timeout", "expired")
    else:
        run.log("ignored", detail="the thread is over")


def _on_moved(run: Runner, event: Moved) -> None:
    target = run.catalog.version(run.scenario.id, event.version)
    against = obstacle(run.thread, run.scenario, target)
    if against is not None:
        run.log("ignored", detail=against)
        return
    run.log("moved", run.thread.node, detail={"from": run.thread.version, "version": target.version})
    move(run.thread, target)
    run.scenario = target


Handler: TypeAlias = Callable[[Runner, Any], None]

HANDLERS: Final[Mapping[type[Event], Handler]] = {
    MessageReceived: _on_message,
    ContactActed: _on_action,
    TimerFired: _on_timer,
    CodeFinished: _on_code,
    DeliveryReported: _on_delivery,
    Started: _on_started,
    StartedAt: _on_started_at,
    Stopped: _on_stopped,
    Resumed: _on_resumed,
    Restarted: _on_restarted,
    Resolved: _on_resolved,
    Expired: _on_expired,
    Moved: _on_moved,
}
