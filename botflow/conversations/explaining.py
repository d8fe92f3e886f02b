"""The log of a turn in sentences: what came in, which nodes ran, which branch was taken and why (TH-3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

import msgspec

from botflow_runtime import Scenario
from botflow_runtime.events import AnyEvent, MessageReceived
from botflow_runtime.runner import reply_of
from botflow_runtime.scenario import Action, Node
from botflow_runtime.thread import LogEntry

WhyKind: TypeAlias = Literal["expression", "no_expression", "pattern", "no_pattern", "gone"]


class Why(msgspec.Struct, frozen=True):
    """Why a branch was taken: an expression is true or a pattern fits, or none is or does, or its version is gone."""

    kind: WhyKind
    said: str | None = None
    """The reply, where one was looked at."""
    among: tuple[str, ...] = ()
    """The expression that is true, or the patterns of which one fits."""


class Explained(msgspec.Struct, frozen=True):
    """An entry of a log with the labels of its node and branch, as a sentence."""

    what: str
    text: str
    node: str | None
    node_label: str | None
    branch: str | None
    branch_label: str | None
    detail: Any
    why: Why | None


class Setting(msgspec.Struct, frozen=True):
    """Where an entry stands: the version that did it (None: it is deleted), and the event of its turn."""

    scenario: Scenario | None
    event: AnyEvent

    def node(self, name: str | None) -> Node | None:
        """A node of the version."""
        nodes = self.scenario.document.nodes if self.scenario is not None else ()
        return next((node for node in nodes if node.id == name), None)


def explain(entry: LogEntry, setting: Setting) -> Explained:
    """One entry. What is not known here is told by its name."""
    sentence = SENTENCES.get(entry.what, _by_name)
    return Explained(
        what=entry.what,
        text=sentence(entry, setting),
        node=entry.node,
        node_label=_label(entry, setting) if entry.node else None,
        branch=entry.branch,
        branch_label=_branch_label(entry, setting) if entry.what == "branch" else None,
        detail=entry.detail,
        why=_why(entry, setting) if entry.what == "branch" else None,
    )


def _label(entry: LogEntry, setting: Setting) -> str:
    node = setting.node(entry.node)
    return node.label if node is not None and node.label else entry.node or ""


def _branch_label(entry: LogEntry, setting: Setting) -> str:
    return str(entry.detail or entry.branch or "else")


def _shown(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _of(entry: LogEntry, field: str) -> Any:
    return entry.detail.get(field) if isinstance(entry.detail, dict) else None


def _branch(entry: LogEntry, setting: Setting) -> str:
    return f"{_label(entry, setting)} took {_branch_label(entry, setting)!r}: {_because(_why(entry, setting))}."


def _why(entry: LogEntry, setting: Setting) -> Why:
    node, event = setting.node(entry.node), setting.event
    if node is None or isinstance(node, Action):
        return Why("gone")
    branch: Any = next((one for one in node.branches if one.id == entry.branch), None)
    if node.type == "expression":
        return Why("expression", among=(branch.expression,)) if branch is not None else Why("no_expression")
    said = reply_of(event) if isinstance(event, MessageReceived) else None
    return Why("pattern", said, tuple(branch.patterns)) if branch is not None else Why("no_pattern", said)


def _because(why: Why) -> str:
    said = repr(why.said) if why.said is not None else "the reply"
    return {
        "gone": "its version is not there any more",
        "expression": f"{', '.join(why.among)} is true",
        "no_expression": "none of its expressions is true",
        "pattern": f"{said} fits one of {', '.join(why.among)}",
        "no_pattern": f"{said} fits none of its patterns",
    }[why.kind]


def _changes(entry: LogEntry, setting: Setting) -> str:
    changed = entry.detail if isinstance(entry.detail, dict) else {}
    return "; ".join(f"{name} is now {_shown(value)}" for name, value in changed.items()) + "."


def _ended(entry: LogEntry, setting: Setting) -> str:
    reason = _of(entry, "reason")
    return f"The thread ended: {_of(entry, 'status')}{f' ({reason})' if reason else ''}."


def _code_finished(entry: LogEntry, setting: Setting) -> str:
    error = _of(entry, "error")
    return f"The code of {_label(entry, setting)} " + (f"failed: {error.removesuffix('.')}." if error else "finished.")


def _said(template: str) -> Sentence:
    """A sentence with the node's label and the detail in their places."""
    return lambda entry, setting: template.format(node=_label(entry, setting), detail=_shown(entry.detail))


def _by_name(entry: LogEntry, setting: Setting) -> str:
    return str(entry)


Sentence: TypeAlias = Callable[[LogEntry, Setting], str]

SENTENCES: Final[Mapping[str, Sentence]] = {
    "started": _said("The chatbot started ({detail})."),
    "received": _said("A message came in and was taken as: {detail}."),
    "acted": _said("The contact opened a link or tapped an action: {detail}."),
    "timer": _said("The {detail} timer fired."),
    "stale_timer": _said("A {detail} timer came too late and changed nothing."),
    "stale_code": _said("The result of run {detail} came too late and changed nothing."),
    "delivery": lambda entry, _: f"Message {_of(entry, 'message')} was reported as {_of(entry, 'state')}.",
    "ignored": _said("It changed nothing: {detail}."),
    "repeated_event": _said("The event had been handled before."),
    "ran": _said("{node} ran."),
    "skipped": _said("{node} was skipped: its condition is not true."),
    "branch": _branch,
    "passed": _said("{node} was passed: none of its branches is true and its else leads nowhere."),
    "waits": _said("It waits at {node} ({detail})."),
    "stuck": _said("It is stuck at {node}: nothing leads on."),
    "sent": _said("{node} sent message {detail}."),
    "code_started": _said("{node} started its code."),
    "code_finished": _code_finished,
    "set": _changes,
    "set_attribute": _changes,
    "reported": lambda entry, setting: "Reported: " + _changes(entry, setting),
    "invalid_answer": _said("The answer to {node} was not valid."),
    "failed": lambda entry, setting: f"{_label(entry, setting)} failed: {_of(entry, 'message').removesuffix('.')}.",
    "repeated": _said("{node} ran once more."),
    "not_computable": _said("An expression of {node} cannot be computed: {detail}."),
    "patterns_timed_out": _said("Patterns ran out of time: {detail}."),
    "ambiguous": _said("More than one chatbot fits, so none started: {detail}."),
    "warning": _said("Warning: {detail}."),
    "loop": _said("It went round in circles: too many {detail}."),
    "opted_out": _said("The contact was opted out ({detail})."),
    "handed_over": _said("The conversation was given to a person."),
    "withdrew": _said("What had not left was taken back."),
    "jumped": lambda entry, _: f"It went on in {_of(entry, 'scenario')}, version {_of(entry, 'version')}.",
    "opened_thread": lambda entry, _: f"A new thread of {_of(entry, 'scenario')} was opened.",
    "reset": _said("It began anew."),
    "restarted": lambda entry, _: f"It was restarted in version {_of(entry, 'version')}.",
    "moved": lambda entry, _: f"It was moved from version {_of(entry, 'from')} to version {_of(entry, 'version')}.",
    "resumed": _said("It was resumed at {node}."),
    "ended": _ended,
}
"""What each entry says, by its name."""
