"""One turn at work: the copy of the thread that it changes, the effects and the log that it gathers.

The engine makes a Runner for each event. Nodes and steps speak to it, and only it touches the thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from botflow_runtime import effects
from botflow_runtime.errors import HostError
from botflow_runtime.events import TIMER_NAMES
from botflow_runtime.expressions import ExpressionError
from botflow_runtime.expressions.budget import begin_turn, end_turn
from botflow_runtime.failure import FAILURE_POLICIES
from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.limits import (
    DEFAULT_STUCK_SECONDS,
    LONGEST_REFERENCE,
    LONGEST_TEXT,
    MOST_ATTACHMENTS,
    MOST_JUMPS,
    MOST_MESSAGES,
    MOST_NODES,
    MOST_RESETS,
    PING_PONG_MS,
    PING_PONG_TURNS,
    LoopLimitReached,
)
from botflow_runtime.links import PASSED, Links
from botflow_runtime.steps.outcome import DONE, WAITING, Failure, Outcome
from botflow_runtime.templates import getter
from botflow_runtime.thread import LogEntry, SentMessage, Status, Thread, Wait, WaitKind
from botflow_runtime.variables import too_large

if TYPE_CHECKING:
    from botflow_runtime.catalog import Catalog
    from botflow_runtime.compiled import Scenario
    from botflow_runtime.content import ContentChannel
    from botflow_runtime.events import CodeFinished, Event, MessageReceived, Origin, TimerName
    from botflow_runtime.expressions import CompiledExpression
    from botflow_runtime.nodes import ActionNode, UserResponseNode


class Runner:
    """The work of one turn. `thread` is a copy that only this turn sees."""

    __slots__ = ("_counts", "_prefix", "attributes", "catalog", "effects", "entries", "event", "scenario", "thread")

    def __init__(self, catalog: Catalog, scenario: Scenario, thread: Thread, event: Event) -> None:
        self.catalog = catalog
        self.scenario = scenario
        self.thread = thread
        self.event = event
        self.attributes: JsonObject = event.attributes
        self.effects: list[effects.AnyEffect] = []
        self.entries: list[LogEntry] = []
        self._prefix = event.id + ":"
        self._counts = False

    # --- values ------------------------------------------------------------------------------------------------------

    @property
    def variables(self) -> Mapping[str, Json]:
        """The thread's variables."""
        return self.thread.variables

    @property
    def contact(self) -> Mapping[str, Json]:
        """The contact, as the event shows it."""
        return self.event.contact

    @property
    def sender(self) -> Mapping[str, Json]:
        """The sender."""
        return {"id": self.event.sender}

    @property
    def thread_values(self) -> Mapping[str, Json]:
        """What ``{{thread.…}}`` shows."""
        return {"id": self.thread.id}

    @property
    def action(self) -> ActionNode:
        """The action that the thread is at, while its step waits."""
        return self.scenario.actions[self.thread.node or ""]

    @property
    def channel(self) -> ContentChannel:
        """The content types of the chatbot's channel."""
        return self.scenario.content

    def value_of(self, name: str) -> Json:
        """The value of a placeholder's name."""
        return getter(name)(self)

    get = value_of

    def is_true(self, expression: CompiledExpression, node: str, branch: str | None = None) -> bool:
        """Whether an expression is true; one that cannot be computed is not, and leaves a warning (engine.md 5)."""
        if not self._counts:
            self._counts = True
            begin_turn()
        try:
            return expression(self, now=self._now) is True
        except ExpressionError as error:
            self.log("not_computable", node, branch=branch, detail=str(error))
            return False

    def close(self) -> None:
        """The turn is over: what expressions spend from now on is not its own."""
        if self._counts:
            end_turn()

    def _now(self) -> datetime:
        try:
            return datetime.fromtimestamp(self.event.at / 1000, _zone(self.event.time_zone))
        except (ValueError, OverflowError, OSError):
            raise HostError(f"the event's time is outside the calendar: {self.event.at} ms") from None

    # --- the record --------------------------------------------------------------------------------------------------

    def log(self, what: str, node: str | None = None, branch: str | None = None, detail: Json = None) -> None:
        """Note one thing done."""
        self.entries.append(LogEntry(what, node, branch, detail))

    def _id(self) -> str:
        return self._prefix + str(len(self.effects))

    # --- moving along links ------------------------------------------------------------------------------------------

    def walk(self, links: Links | None) -> None:
        """Follow links until the thread waits or ends (engine.md 3)."""
        while links is not None:
            for target in links.targets:
                onward = target.enter(self)
                if onward is not PASSED:
                    links = onward
                    break
            else:
                self._wait_at(links)
                return

    def _wait_at(self, links: Links) -> None:
        """No target of these links leads on: wait for a reply, if they name a condition for it."""
        if links.waits:
            self._wait_for_reply(links)
        else:
            self.become_stuck()

    def arrive(self, node: str) -> None:
        """An action is entered: a new visit."""
        thread = self.thread
        thread.node = node
        thread.visit += 1
        if thread.failover == "replied" and node not in self.scenario.failover_branch:
            thread.failover = ""

    def arrive_at_condition(self, node: str) -> None:
        """A branch of a condition is taken."""
        self.thread.node = node
        if self.thread.failover == "replied" and node not in self.scenario.failover_branch:
            self.thread.failover = ""

    def settle(self, node: ActionNode, outcome: Outcome) -> Links | None:
        """What follows a step's outcome: its node's links, nothing (it waits), or what its failure leads to."""
        if outcome is DONE:
            self.report_node(node)
            return self.leave(node)
        if outcome is WAITING:
            return None
        if isinstance(outcome, Failure):
            return self.fail(node, outcome)
        assert isinstance(outcome, Links)
        return outcome

    def leave(self, node: ActionNode) -> Links | None:
        """The step is over: end the thread at a final node, otherwise follow its links."""
        self.thread.wait = None
        if self.thread.timers:
            self.cancel_timer("step")
        if node.final:
            self.complete()
            return None
        return node.links

    def fail(self, node: ActionNode, failure: Failure) -> Links | None:
        """The step has failed: do what its node or the chatbot says (engine.md 5)."""
        self.log("failed", node.id, detail={"kind": failure.kind, "message": failure.message})
        self.thread.node = node.id
        self.thread.wait = None
        self.cancel_timer("step")
        self.cancel_timer("response")
        if self.thread.closing:
            self.complete()
            return None
        return FAILURE_POLICIES[node.on_failure.action](self, node, failure, node.on_failure)

    def default_chatbot(self) -> Scenario | None:
        """The newest version of the sender's default chatbot."""
        sender = self.catalog.find_sender(self.event.sender)
        return self.newest(sender.default) if sender is not None and sender.default else None

    def newest(self, scenario: str) -> Scenario | None:
        """The newest published version of a chatbot, None where there is none."""
        return self.catalog.newest(scenario)

    def move_to(self, target: Scenario) -> Links:
        """Go on in another chatbot, in the same thread."""
        thread = self.thread
        self.cancel_timers()
        thread.failover = ""
        thread.scenario, thread.version = target.id, target.version
        self.scenario = target
        self.log("jumped", detail={"scenario": target.id, "version": target.version})
        return target.start

    def open_thread(self, target: Scenario, origin: Origin) -> None:
        """End this thread and open a new one of another chatbot."""
        self.end("complete", "jumped")
        thread = self.thread
        counters = (thread.nodes, thread.jumps, thread.resets, thread.messages)
        self.effects.append(
            effects.OpenThread(self._id(), target.id, origin, counters, _fired(thread), thread.fruitless)
        )
        self.log("opened_thread", detail={"scenario": target.id})

    def start_over(self) -> Links:
        """Clear the variables and go to the start node."""
        self.clear()
        self.log("reset")
        return self.scenario.start

    def clear(self) -> None:
        """Forget what the thread has gathered: variables, timers, where it was."""
        thread = self.thread
        self.cancel_timers()
        thread.variables = {}
        thread.wait = None
        thread.failover = ""
        thread.on_timeout_branch = False

    # --- counters ----------------------------------------------------------------------------------------------------

    def count_node(self) -> None:
        """A node is entered. Raises LoopLimitReached."""
        self.thread.nodes += 1
        if self.thread.nodes > MOST_NODES:
            raise LoopLimitReached("nodes")

    def count_jump(self) -> None:
        """The thread is about to jump. Raises LoopLimitReached."""
        self.thread.jumps += 1
        if self.thread.jumps > MOST_JUMPS:
            raise LoopLimitReached("jumps")

    def count_reset(self) -> None:
        """The thread is about to reset itself. Raises LoopLimitReached."""
        self.thread.resets += 1
        if self.thread.resets > MOST_RESETS:
            raise LoopLimitReached("resets")

    def clear_counters(self) -> None:
        """The contact, a timer or an operator acted: what the thread did on its own counts anew."""
        thread = self.thread
        thread.nodes = thread.jumps = thread.resets = thread.messages = 0

    def note_progress(self) -> None:
        """The contact's message was of use."""
        self.thread.fruitless = ()

    def note_fruitless(self) -> bool:
        """The contact met an else branch or gave an invalid answer. True when that ended the thread (ping-pong)."""
        at = self.event.at
        recent = tuple(time for time in self.thread.fruitless if at - time < PING_PONG_MS)[1 - PING_PONG_TURNS :]
        self.thread.fruitless = (*recent, at)
        if len(self.thread.fruitless) < PING_PONG_TURNS:
            return False
        self.end("error", "ping_pong")
        return True

    # --- waiting -----------------------------------------------------------------------------------------------------

    def wait(self, kind: WaitKind, *, nodes: tuple[str, ...] = (), effect: str = "", retries: int | None = 0) -> None:
        """The turn stops until this comes."""
        self.thread.wait = Wait(kind, self.thread.visit, nodes, effect, retries)

    def wait_for_contact(self, kind: WaitKind, *, nodes: tuple[str, ...] = (), retries: int | None = 0) -> None:
        """Wait for the contact; the response timeout runs from acceptance of the last message."""
        if self.thread.closing:
            self.complete()
            return
        self.wait(kind, nodes=nodes, retries=retries)
        self.log("waits", self.thread.node, detail=kind)
        sent = self.thread.sent
        self.arm_response_timer(after=sent.id if sent is not None and not self.thread.sent_is_answered else None)

    def _wait_for_reply(self, links: Links) -> None:
        self.thread.node = links.waits[0]
        self.wait_for_contact("reply", nodes=links.waits)

    def become_stuck(self) -> None:
        """There is nothing to follow, or a message fits nothing: the thread stays, and the stuck timer runs."""
        thread = self.thread
        if thread.closing:
            self.complete()
            return
        if thread.status == "stuck":
            return
        thread.status = "stuck"
        self.log("stuck", thread.node)
        policy = self.scenario.settings.stuck_timeout
        self.set_timer("stuck", policy.seconds if policy else DEFAULT_STUCK_SECONDS)

    def leave_stuck(self) -> None:
        """The thread moves again."""
        if self.thread.status == "stuck":
            self.thread.status = "active"
            self.cancel_timer("stuck")

    # --- timers ------------------------------------------------------------------------------------------------------

    def arm_response_timer(self, after: str | None) -> None:
        """Start the response timeout, where the chatbot sets one."""
        policy = self.scenario.settings.response_timeout
        if policy is not None:
            self.set_timer("response", policy.seconds, after)

    def arm_step_timer(self, node: ActionNode) -> None:
        """Start the step timeout, where the node sets one, the step is still waiting, and it does not run already."""
        thread = self.thread
        if node.timeout_seconds is not None and thread.wait is not None and "step" not in thread.timers:
            self.set_timer("step", node.timeout_seconds)

    def set_timer(self, name: TimerName, seconds: float, after: str | None = None) -> None:
        """Arm a timer under a new token; an older one of this name is void."""
        thread = self.thread
        thread.serial += 1
        token = str(thread.serial)
        thread.timers = {**thread.timers, name: token}
        self.effects.append(effects.SetTimer(self._id(), name, seconds, token, after))

    def cancel_timer(self, name: TimerName) -> None:
        """Disarm a timer, if it is armed."""
        token = self.thread.timers.get(name)
        if token is None:
            return
        self.forget_timer(name)
        self.effects.append(effects.CancelTimer(self._id(), name, token))

    def forget_timer(self, name: TimerName) -> None:
        """The timer has fired."""
        self.thread.timers = {other: token for other, token in self.thread.timers.items() if other != name}

    def cancel_timers(self) -> None:
        """Disarm all timers."""
        for name in TIMER_NAMES:
            self.cancel_timer(name)

    # --- ends --------------------------------------------------------------------------------------------------------

    def end(self, status: Status, reason: str) -> None:
        """The thread is over. Where it stood is kept for an operator who resumes it."""
        self.cancel_timers()
        thread = self.thread
        thread.status, thread.reason = status, reason
        thread.closing = thread.confirms_opt_out = False
        self.log("ended", thread.node, detail={"status": status, "reason": reason} if reason else {"status": status})

    def complete(self, reason: str = "") -> None:
        """The scenario is at its end."""
        if self.thread.closing:
            self.end("complete", "opted_out")
        elif self.thread.on_timeout_branch:
            self.end("timeout", "response_timeout")
        else:
            self.end("complete", reason)
        self.thread.wait = None

    def hand_over(self, department: str | None, reason: str, urgent: bool = False) -> None:
        """Give the conversation to a person."""
        self.cancel_timers()
        thread = self.thread
        thread.status, thread.reason = "handedover", reason
        thread.closing = False
        self.effects.append(effects.Handover(self._id(), department, reason, urgent))
        self.log("handed_over", thread.node, detail={"department": department, "urgent": urgent})

    def withdraw(self) -> None:
        """Take back the thread's unsent messages."""
        self.effects.append(effects.Withdraw(self._id()))
        self.log("withdrew")

    # --- effects of steps --------------------------------------------------------------------------------------------

    def send(self, content: JsonObject, node: ActionNode, delay_ms: int, await_acceptance: bool = False) -> str:
        """Send a message; returns its effect id. Raises LoopLimitReached."""
        thread = self.thread
        thread.messages += 1
        if thread.messages > MOST_MESSAGES:
            raise LoopLimitReached("messages")
        effect_id = self._id()
        self.effects.append(
            effects.SendMessage(effect_id, content, node.id, delay_ms, await_acceptance, thread.confirms_opt_out)
        )
        thread.confirms_opt_out = False
        thread.sent = SentMessage(effect_id, node.id, thread.visit)
        thread.sent_is_answered = False
        self.log("sent", node.id, detail=effect_id)
        return effect_id

    def run_code(self, node: ActionNode, language: Any, source: str) -> str:
        """Start a run of code; returns its effect id, which is the run's id."""
        effect_id = self._id()
        thread = self.thread
        self.effects.append(
            effects.RunCode(
                effect_id,
                node.id,
                language,
                source,
                thread.variables,
                self.attributes,
                dict(self.contact),
                thread.message,
                node.timeout_seconds,
            )
        )
        self.log("code_started", node.id, detail=effect_id)
        return effect_id

    def apply_code(self, event: CodeFinished, results: JsonObject) -> str | None:
        """Take over what the code changed, then its results: all of it or nothing.

        Returns a sentence when the variables are too large.
        """
        variables = {name: value for name, value in self.thread.variables.items() if name not in event.removed}
        refused = self._keep({**variables, **event.variables, **results})
        if refused:
            return refused
        for name, value in event.set_attributes.items():
            self.effects.append(effects.SetAttribute(self._id(), name, value))
            self.log("set_attribute", detail={name: value})
        self.attributes = {**self.attributes, **event.set_attributes}
        return None

    def set_variable(self, name: str, value: Json) -> str | None:
        """Set one variable. Returns a sentence when the variables are too large."""
        return self.set_variables({name: value})

    def set_variables(self, values: JsonObject) -> str | None:
        """Set variables. Returns a sentence when they are too large."""
        return self._keep({**self.thread.variables, **values})

    def _keep(self, variables: JsonObject) -> str | None:
        refused = too_large(variables)
        if refused:
            self.log("warning", self.thread.node, detail=refused)
            return refused
        before = self.thread.variables
        changed = {name: value for name, value in variables.items() if name not in before or before[name] != value}
        self.thread.variables = variables
        if changed:
            self.log("set", self.thread.node, detail=changed)
        return None

    def report(self, field: str, value: Json, node: str) -> None:
        """Write a report field."""
        self.effects.append(effects.Report(self._id(), field, value, node))
        self.log("reported", node, detail={field: value})

    def report_node(self, node: ActionNode) -> None:
        """The action is complete: write its report field, if it has one."""
        if node.report_field:
            self.report(node.report_field, node.label, node.id)

    def opt_out(self, scope: effects.OptOutScope) -> None:
        """Block messages to the contact; the next message of this thread confirms it."""
        scenario = self.scenario.id if scope == "chatbot" else None
        self.effects.append(effects.OptOut(self._id(), scope, scenario))
        self.thread.confirms_opt_out = True
        self.log("opted_out", self.thread.node, detail=scope)

    # --- the contact -------------------------------------------------------------------------------------------------

    def contact_wrote(self, event: MessageReceived) -> None:
        """A message of the contact reached the thread."""
        thread = self.thread
        self.clear_counters()
        thread.response_fired = thread.stuck_fired = thread.on_timeout_branch = thread.closing = False
        thread.sent_is_answered = True
        if thread.failover == "entered":
            thread.failover = "replied"
        thread.message = message_of(event)
        self.cancel_timer("response")

    def take_branch(self, condition: UserResponseNode, branch_id: str | None, reply: str) -> Links | None:
        """The reply fits this branch of a user-response, or its else."""
        branch = condition.branch(branch_id)
        if branch is None:
            return None
        self.arrive_at_condition(condition.id)
        self.log("branch", condition.id, branch=branch_id, detail=branch.label or None)
        if branch_id is not None:
            self.note_progress()
        elif self.note_fruitless():
            return None
        if branch.report_field:
            self.report(branch.report_field, reply, condition.id)
        self.thread.wait = None
        return branch.links


def _fired(thread: Thread) -> tuple[TimerName, ...]:
    fired: dict[TimerName, bool] = {"response": thread.response_fired, "stuck": thread.stuck_fired}
    return tuple(name for name, has_fired in fired.items() if has_fired)


def reply_of(event: MessageReceived) -> str:
    """What a reply is called in reports: its text, else its postback, attachment or place."""
    said = event.text or event.postback
    if said:
        return said
    if event.attachments:
        return event.attachments[0]
    return "{},{}".format(*event.location) if event.location else ""


def message_of(event: MessageReceived) -> JsonObject:
    """A message as code steps see it."""
    message: JsonObject = {}
    if event.text is not None:
        message["text"] = event.text[:LONGEST_TEXT]
    if event.postback is not None:
        message["postback"] = event.postback[:LONGEST_TEXT]
    if event.attachments:
        message["attachments"] = [item[:LONGEST_REFERENCE] for item in event.attachments[:MOST_ATTACHMENTS]]
    if event.location is not None:
        message["location"] = list(event.location)
    if event.language is not None:
        message["language"] = event.language[:LONGEST_REFERENCE]
    return message


@lru_cache(maxsize=1024)
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        return UTC
