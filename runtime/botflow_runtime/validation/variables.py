"""Variables: read only where a step may have set them, saved by one question each (TH-4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Final

from botflow_runtime.templates import BRACES, PLACEHOLDER, variable_of
from botflow_runtime.validation.draft import Draft, DraftNode
from botflow_runtime.validation.graph import followers
from botflow_runtime.validation.placeholders import placeholders, texts
from botflow_runtime.validation.returned_keys import variables_set
from botflow_runtime.validation.rule import Finding, warning


@warning("unset_variable")
def unset_variable(draft: Draft) -> Iterator[Finding]:
    """A node reads a variable that no step before it can have set.

    Set the variable on the way to this node, or correct its name. A variable that another chatbot brings along by a
    jump with context counts where that chatbot is checked too.
    """
    reached = _States(draft).before_nodes()
    told: set[tuple[str, str]] = set()
    for node, field, name in placeholders(draft):
        variable = variable_of(name)
        if variable is None or node.id not in reached or reached[node.id].may_hold(variable):
            continue
        if (node.id, variable) not in told:
            told.add((node.id, variable))
            message = f"Set {{{{{variable}}}}} before this node or correct its name: no step on the way here sets it."
            yield Finding(node.id, field, message)


@warning("shared_variable")
def shared_variable(draft: Draft) -> Iterator[Finding]:
    """Two questions save their answers to one variable: the later answer replaces the earlier.

    Give each question a variable of its own.
    """
    first: dict[str, DraftNode] = {}
    for node in draft.nodes:
        meaning = node.meaning
        for variable in meaning.sets if meaning is not None and meaning.sends is not None else ():
            if first.setdefault(variable, node) is not node:
                message = f"Save to another variable: {first[variable].id!r} saves its answer to {variable!r} too."
                yield Finding(node.id, "step.save_as", message)


@warning("odd_placeholder")
def odd_placeholder(draft: Draft) -> Iterator[Finding]:
    """A text holds double braces that are no placeholder: the contact would see them as they stand.

    Write a placeholder as `{{name}}`, `{{name.path}}` or `{{attribute.name}}`.
    """
    for node in draft.nodes:
        for field, text in texts(node):
            for found in BRACES.findall(text):
                if not PLACEHOLDER.fullmatch(found):
                    message = f"Write the placeholder {found} as {{{{name}}}}: as it is, the contact sees the braces."
                    yield Finding(node.id, field, message)


# --- what can be set -------------------------------------------------------------------------------------------------


class _Held:
    """The variables that may be set at one place."""

    def __init__(self, bits: int, numbers: Mapping[str, int]) -> None:
        self.bits = bits
        self.numbers = numbers

    def may_hold(self, variable: str) -> bool:
        return bool(self.bits & (_ANY | self.numbers.get(variable, 0)))


_ANY: Final = 1
"""The bit of all variables that cannot be told."""


class _States:
    """Which variables may be set before each node, on any way that leads there: sets of variables as bits."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.numbers: dict[str, int] = {}
        self.sets = {node.id: self._bits(_set_by(node)) for node in draft.by_id.values()}
        self.brought = reduce(or_, map(self._bits, _brought(draft)), 0)

    def before_nodes(self) -> dict[str, _Held]:
        before = self._entries()
        waiting = [self.draft.by_id[name] for name in before]
        while waiting:
            node = waiting.pop()
            after = before[node.id] | self.sets[node.id]
            for target in followers(self.draft, node):
                if node.meaning is not None and node.meaning.resets and target.role == "start":
                    continue  # a reset clears the variables
                if target.id not in before or before[target.id] | after != before[target.id]:
                    before[target.id] = before.get(target.id, 0) | after
                    waiting.append(target)
        return {name: _Held(bits, self.numbers) for name, bits in before.items()}

    def _entries(self) -> dict[str, int]:
        """A chat comes to nodes of special roles from anywhere."""
        everything = reduce(or_, self.sets.values(), self.brought)
        return {
            node.id: self.brought if role == "start" else everything
            for role, nodes in self.draft.roles.items()
            if role not in ("regular", "")
            for node in nodes
        }

    def _bits(self, variables: frozenset[str] | None) -> int:
        if variables is None:
            return _ANY
        return reduce(or_, (self.numbers.setdefault(name, 2 << len(self.numbers)) for name in variables), 0)


def _set_by(node: DraftNode) -> frozenset[str] | None:
    if node.node is None:
        return None
    return variables_set(node.meaning) if node.meaning is not None else frozenset()


def _brought(draft: Draft) -> Iterator[frozenset[str] | None]:
    """What chatbots may have set that lead here, directly or not, by jumps with context."""
    known = [*(draft.others or ()), draft]
    leading: set[str] = set()
    waiting = [draft.id]
    while waiting:
        target = waiting.pop()
        for other in known:
            if other.id not in leading and any(_jumps_with_context(node, target) for node in other.nodes):
                leading.add(other.id)
                waiting.append(other.id)
                yield from map(_set_by, other.nodes)


def _jumps_with_context(node: DraftNode, target: str) -> bool:
    meaning = node.meaning
    return meaning is not None and meaning.keeps_context and meaning.jumps_to == target
