"""A scenario made ready to run, and how it is made from its document. Nothing is parsed in a turn (engine.md 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeVar

import msgspec

from botflow_runtime.content import CHANNELS, ContentChannel
from botflow_runtime.errors import BotflowError
from botflow_runtime.exits import exits, reached
from botflow_runtime.expressions import compile_expression
from botflow_runtime.links import Links, Target
from botflow_runtime.nodes import ActionNode, Branch, ExpressionNode, UserResponseNode
from botflow_runtime.patterns import Pattern, compile_pattern
from botflow_runtime.problems import Problem, ScenarioError
from botflow_runtime.scenario import (
    Action,
    ExpressionBranch,
    ExpressionCondition,
    Node,
    Otherwise,
    ScenarioDocument,
    Settings,
    UserResponse,
    UserResponseBranch,
)

T = TypeVar("T")

KEYWORD_KINDS: Final = ("trigger", "reset", "stop", "opt_out")


class Keywords(msgspec.Struct, frozen=True):
    """Compiled keyword conditions (CB-6)."""

    trigger: tuple[Pattern, ...]
    reset: tuple[Pattern, ...]
    stop: tuple[Pattern, ...]
    opt_out: tuple[Pattern, ...]


NO_KEYWORDS: Final = Keywords((), (), (), ())


class Scenario(msgspec.Struct, frozen=True):
    """One immutable version of a chatbot, compiled. Made by ``load_scenario``."""

    document: ScenarioDocument
    version: int
    content_hash: str
    content: ContentChannel
    keywords: Keywords
    actions: Mapping[str, ActionNode]
    conditions: Mapping[str, ExpressionNode]
    responses: Mapping[str, UserResponseNode]
    start: Links
    roles: Mapping[str, Links]
    failover_branch: frozenset[str]
    """Nodes that are reached through the failover node only."""

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def name(self) -> str:
        return self.document.name

    @property
    def channel(self) -> str:
        return self.document.channel

    @property
    def settings(self) -> Settings:
        return self.document.settings

    def links_to(self, node: str) -> Links | None:
        """Links that lead to one node only; None where there is no such node."""
        if node in self.responses:
            return Links(waits=(node,))
        target = self.actions.get(node) or self.conditions.get(node)
        return Links(targets=(target,)) if target is not None else None


def compile_scenario(document: ScenarioDocument, version: int, content_hash: str) -> Scenario:
    """Compile a document. Raises ScenarioError with all that stands in the way."""
    return _Compiler(document).compile(version, content_hash)


class _Compiler:
    def __init__(self, document: ScenarioDocument) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.actions: dict[str, ActionNode] = {}
        self.conditions: dict[str, ExpressionNode] = {}
        self.responses: dict[str, UserResponseNode] = {}
        self.documents: dict[str, Node] = {}
        for node in document.nodes:
            self.documents.setdefault(node.id, node)

    def compile(self, version: int, content_hash: str) -> Scenario:
        for node in self.documents.values():
            self._compile_node(node)
        self._link_all()
        keywords = Keywords(*(self._keywords(kind) for kind in KEYWORD_KINDS))
        roles = self._roles()
        if "start" not in roles:
            self._problem("no_start", "", "give one action the role 'start': the chat begins there")
        if self.problems:
            raise ScenarioError(self.problems, self.document.id)
        return Scenario(
            document=self.document,
            version=version,
            content_hash=content_hash,
            content=CHANNELS[self.document.channel],
            keywords=keywords,
            actions=self.actions,
            conditions=self.conditions,
            responses=self.responses,
            start=roles["start"],
            roles=roles,
            failover_branch=failover_branch(self.documents),
        )

    # --- nodes -------------------------------------------------------------------------------------------------------

    def _compile_node(self, node: Node) -> None:
        if isinstance(node, Action):
            self.actions[node.id] = self._action(node)
        elif isinstance(node, ExpressionCondition):
            branches = tuple(self._expression_branch(node, place) for place in enumerate(node.branches))
            self.conditions[node.id] = ExpressionNode(node.id, branches, _otherwise(node.otherwise))
        else:
            replies = tuple(self._pattern_branch(node, place) for place in enumerate(node.branches))
            self.responses[node.id] = UserResponseNode(node.id, replies, _otherwise(node.otherwise))

    def _action(self, node: Action) -> ActionNode:
        condition = None
        if node.condition is not None:
            condition = self._try(compile_expression, node.condition, "bad_expression", "condition", node.id)
        return ActionNode(
            id=node.id,
            label=node.label,
            step=node.step.compile(),
            condition=condition,
            timeout_seconds=node.timeout_seconds,
            on_failure=node.on_failure or self.document.settings.on_failure,
            report_field=node.report_field,
            final=node.final,
        )

    def _expression_branch(self, node: ExpressionCondition, place: tuple[int, ExpressionBranch]) -> Branch:
        index, branch = place
        compiled = Branch(branch.id, branch.label, branch.report_field)
        field = f"branches[{index}].expression"
        compiled.expression = self._try(compile_expression, branch.expression, "bad_expression", field, node.id)
        return compiled

    def _pattern_branch(self, node: UserResponse, place: tuple[int, UserResponseBranch]) -> Branch:
        index, branch = place
        compiled = Branch(branch.id, branch.label, branch.report_field)
        compiled.patterns = self._patterns(branch.patterns, f"branches[{index}].patterns", node.id)
        return compiled

    # --- links -------------------------------------------------------------------------------------------------------

    def _link_all(self) -> None:
        for node in self.documents.values():
            for way, leaving in zip(exits(node), self._leaving(node.id), strict=True):
                leaving.links = self._links(way.next, node.id, way.field)

    def _leaving(self, name: str) -> tuple[ActionNode | Branch, ...]:
        """What links of a node belong to, in the order of its exits."""
        action = self.actions.get(name)
        if action is not None:
            return (action,)
        condition = self.conditions.get(name) or self.responses[name]
        return condition.branches if condition.otherwise is None else (*condition.branches, condition.otherwise)

    def _links(self, following: Iterable[str], node: str, field: str) -> Links:
        """Before the first user-response any target counts, from it on only user-responses (engine.md 3)."""
        targets: list[Target] = []
        waits: list[str] = []
        for index, name in enumerate(following):
            target = self.actions.get(name) or self.conditions.get(name)
            if name in self.responses:
                waits.append(name)
            elif target is None:
                self._problem("dangling_next", f"{field}[{index}]", _dangling(name), node)
            elif not waits:
                targets.append(target)
        return Links(tuple(targets), tuple(waits))

    def _roles(self) -> dict[str, Links]:
        roles: dict[str, Links] = {}
        for node in self.documents.values():
            if node.role != "regular" and not (node.role == "start" and not isinstance(node, Action)):
                roles.setdefault(node.role, self._links((node.id,), node.id, "role"))
        return roles

    # --- patterns and expressions ------------------------------------------------------------------------------------

    def _keywords(self, kind: str) -> tuple[Pattern, ...]:
        texts: tuple[str, ...] = getattr(self.document.settings.keywords, kind)
        return self._patterns(texts, f"settings.keywords.{kind}", None)

    def _patterns(self, texts: tuple[str, ...], field: str, node: str | None) -> tuple[Pattern, ...]:
        compiled = (
            self._try(compile_pattern, text, "bad_pattern", f"{field}[{index}]", node)
            for index, text in enumerate(texts)
        )
        return tuple(pattern for pattern in compiled if pattern is not None)

    def _try(self, compile_text: Callable[[str], T], text: str, code: str, field: str, node: str | None) -> T | None:
        try:
            return compile_text(text)
        except BotflowError as error:
            self._problem(code, field, str(error), node)
            return None

    def _problem(self, code: str, field: str, message: str, node: str | None = None) -> None:
        self.problems.append(Problem("error", code, message, node, field))


def _otherwise(document: Otherwise | None) -> Branch | None:
    return Branch(None, document.label, document.report_field) if document is not None else None


def _dangling(name: str) -> str:
    return f"there is no node {name!r}: link to an existing one or remove the entry"


def failover_branch(documents: Mapping[str, Node]) -> frozenset[str]:
    """The nodes that only the failover node leads to; a chat that runs another has left the branch (engine.md 5)."""

    def onward(name: str) -> Iterator[str]:
        return (target for way in exits(documents[name]) for target in way.next if target in documents)

    inside = [node.id for node in documents.values() if node.role == "failover"]
    outside = [node.id for node in documents.values() if node.role not in ("failover", "regular")]
    return frozenset(reached(inside, onward) - reached(outside, onward))
