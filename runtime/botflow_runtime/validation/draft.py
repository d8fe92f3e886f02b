"""A scenario as far as it can be read: the nodes that fit the format, and the outlines of those that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cached_property, lru_cache
from typing import Any, Final, Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from botflow_runtime.catalog import PERMANENT_OPT_OUT_WORDS
from botflow_runtime.compiled import KEYWORD_KINDS
from botflow_runtime.content import CHANNELS, ContentChannel, SuggestionView
from botflow_runtime.errors import BotflowError
from botflow_runtime.exits import Exit, exits
from botflow_runtime.expressions import CompiledExpression, compile_expression
from botflow_runtime.patterns import Pattern, compile_pattern
from botflow_runtime.scenario import (
    Action,
    ExpressionBranch,
    ExpressionCondition,
    Node,
    ScenarioDocument,
    Settings,
    UserResponse,
    UserResponseBranch,
)
from botflow_runtime.steps.step import Meaning

T = TypeVar("T")

UNKNOWN_FIELD: Final = "string_pattern_mismatch"
"""What pydantic calls it: the only names that are free begin with `x-` (model.py)."""
KEPT_TEXTS: Final = 8192
"""An editor checks a file at every change: what was compiled for the last check is still good for the next."""

_compile_expression = lru_cache(KEPT_TEXTS)(compile_expression)
_compile_pattern = lru_cache(KEPT_TEXTS)(compile_pattern)
_NODE: Final[TypeAdapter[Node]] = TypeAdapter(Node)


class Place(NamedTuple, Generic[T]):
    """A text of the file that was compiled: where it stands, and what it became or why it did not.

    `branch` is the index of the branch that the text belongs to, if it belongs to one.
    """

    node: str | None
    branch: int | None
    field: str
    text: str
    compiled: T | None
    error: str = ""


class DraftNode:
    """One node. `node` is None where it does not fit the format; the rest is what can be told all the same."""

    def __init__(self, index: int, id: str, kind: str, role: str, exits: tuple[Exit, ...], node: Node | None) -> None:
        self.index = index
        self.id = id
        self.kind = kind
        """`action`, `expression` or `user_response`."""
        self.role = role
        self.exits = exits
        self.node = node

    @property
    def action(self) -> Action | None:
        """The node, if it is an action that fits the format."""
        return self.node if isinstance(self.node, Action) else None

    @property
    def response(self) -> UserResponse | None:
        """The node, if it is a user-response that fits the format."""
        return self.node if isinstance(self.node, UserResponse) else None

    @property
    def branches(self) -> tuple[UserResponseBranch | ExpressionBranch, ...]:
        """Its branches, if it is a condition that fits the format."""
        return () if self.node is None or isinstance(self.node, Action) else self.node.branches

    @cached_property
    def meaning(self) -> Meaning | None:
        """What its step means, if it is an action that fits the format."""
        return self.node.step.meaning() if isinstance(self.node, Action) else None


class Draft:
    """A scenario file for checking. Parts that do not fit the format are left out; `whole` tells whether any were."""

    def __init__(self, raw: Mapping[str, Any], document: ScenarioDocument | None) -> None:
        self.whole = document is not None
        self.id = _text(raw.get("id"))
        self.settings = document.settings if document else _settings(raw.get("settings", {}))
        self.nodes = tuple(_read_nodes(raw, document))
        self.knows_links = self.whole or all(map(_has_sound_links, _list(raw.get("nodes"))))
        """Whether it can be told of every node where it leads to."""
        self.channel_name = _text(raw.get("channel"))
        self.others: tuple[Draft, ...] | None = None
        """Other chatbots of the company; None: not known."""
        self.opt_out_words = frozenset(PERMANENT_OPT_OUT_WORDS)
        """Whole messages that never reach the chatbot, folded."""

    @property
    def channel(self) -> ContentChannel | None:
        """The content of the chatbot's channel; None where the file names none that exists."""
        return CHANNELS.get(self.channel_name)

    @cached_property
    def by_id(self) -> Mapping[str, DraftNode]:
        """The nodes by id; of two with the same id the first, which is the one that runs."""
        return {node.id: node for node in reversed(self.nodes)}

    @cached_property
    def roles(self) -> Mapping[str, list[DraftNode]]:
        """The nodes of each role."""
        roles: dict[str, list[DraftNode]] = {}
        for node in self.nodes:
            roles.setdefault(node.role, []).append(node)
        return roles

    @cached_property
    def suggestions(self) -> Mapping[str, list[SuggestionView]]:
        """The suggestions of every message that has some, by node."""
        channel = self.channel
        if channel is None:
            return {}
        sent = ((node.id, node.meaning.sends) for node in self.nodes if node.meaning is not None)
        views = {name: channel.suggestions(content) for name, content in sent if content is not None}
        return {name: found for name, found in views.items() if found}

    @cached_property
    def expressions(self) -> tuple[Place[CompiledExpression], ...]:
        """Every expression, compiled."""
        return tuple(_compiled(_expressions(self), _compile_expression))

    @cached_property
    def patterns(self) -> tuple[Place[Pattern], ...]:
        """Every pattern of a branch, compiled."""
        return tuple(_compiled(_patterns(self), _compile_pattern))

    @cached_property
    def keywords(self) -> Mapping[str, tuple[Place[Pattern], ...]]:
        """Every keyword condition, compiled: trigger, reset, stop, opt_out."""
        return {kind: tuple(_compiled(_keywords(self, kind), _compile_pattern)) for kind in KEYWORD_KINDS}


# --- reading nodes ---------------------------------------------------------------------------------------------------


def _read_nodes(raw: Mapping[str, Any], document: ScenarioDocument | None) -> Iterator[DraftNode]:
    if document is not None:
        for index, node in enumerate(document.nodes):
            yield _sound_node(index, node)
        return
    for index, value in enumerate(_list(raw.get("nodes"))):
        found = _read_node(value)
        if found is not None:
            yield _sound_node(index, found)
        elif isinstance(value, Mapping):
            yield _broken_node(index, value)


def _read_node(value: Any) -> Node | None:
    """One node, its unknown fields left out; None where it does not fit the format for other reasons."""
    try:
        return _NODE.validate_python(value, by_name=False)
    except ValidationError as error:
        unknown = [item["loc"] for item in _errors(error) if item["type"] == UNKNOWN_FIELD]
    try:
        return _NODE.validate_python(_without(value, unknown), by_name=False)
    except ValidationError:
        return None


def _sound_node(index: int, node: Node) -> DraftNode:
    kind = node.kind if isinstance(node, Action) else node.type
    return DraftNode(index, node.id, kind, node.role, tuple(exits(node)), node)


def _broken_node(index: int, value: Mapping[str, Any]) -> DraftNode:
    kind = _text(value.get("type")) if value.get("kind") == "condition" else _text(value.get("kind"))
    # a node without an id goes by its place, which no link names
    name = _text(value.get("id")) or f"nodes[{index}]"
    return DraftNode(index, name, kind, _text(value.get("role")), tuple(_raw_exits(value)), None)


def _raw_exits(value: Mapping[str, Any]) -> Iterator[Exit]:
    holders = [("", value), ("else.", value.get("else"))]
    holders += [(f"branches[{index}].", branch) for index, branch in enumerate(_list(value.get("branches")))]
    for prefix, holder in holders:
        if isinstance(holder, Mapping):
            names = tuple(_text(name) for name in _list(holder.get("next")))
            yield Exit(f"{prefix}next", names, is_else=prefix == "else.")


def _has_sound_links(value: object) -> bool:
    """Whether it can be told where a node leads to: it has an id, and its lists and objects are such."""
    if not isinstance(value, Mapping) or not _text(value.get("id")):
        return False
    branches, otherwise = value.get("branches", []), value.get("else")
    holders = [value, *_list(branches), {} if otherwise is None else otherwise]
    return isinstance(branches, list | tuple) and all(
        isinstance(holder, Mapping) and _is_list_of_names(holder.get("next", [])) for holder in holders
    )


def _is_list_of_names(value: object) -> bool:
    return isinstance(value, list | tuple) and all(map(_text, value))


def _settings(raw: Any) -> Settings:
    """The settings, less what does not fit the format: single fields where that is enough."""
    for depth in (2, 1):
        try:
            return Settings.model_validate(raw, by_name=False)
        except ValidationError as error:
            raw = _without(raw, [item["loc"][:depth] for item in _errors(error)])
    try:
        return Settings.model_validate(raw, by_name=False)
    except ValidationError:
        return Settings()


def _errors(error: ValidationError) -> list[ErrorDetails]:
    """The places and types of what does not fit."""
    return error.errors(include_url=False, include_context=False, include_input=False)


def _without(value: Any, paths: Iterable[Sequence[str | int]]) -> Any:
    """A copy of `value` less the members at the ends of the paths."""
    copied = deepcopy(value)
    for path in paths:
        _remove(copied, path)
    return copied


def _remove(value: Any, path: Sequence[str | int]) -> None:
    """Remove the member at the end of a path. A step that names no member is a tag of pydantic's."""
    for step in path[:-1]:
        if isinstance(step, int) if isinstance(value, list | tuple) else isinstance(value, Mapping) and step in value:
            value = value[step]
    if path and isinstance(value, dict):
        value.pop(path[-1], None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any] | tuple[Any, ...]:
    return value if isinstance(value, list | tuple) else ()


# --- texts that are compiled -----------------------------------------------------------------------------------------

_Written = tuple[str | None, int | None, str, str]
"""Node, branch, field, text."""


def _expressions(draft: Draft) -> Iterator[_Written]:
    for place in draft.nodes:
        node = place.node
        if isinstance(node, Action) and node.condition is not None:
            yield place.id, None, "condition", node.condition
        elif isinstance(node, ExpressionCondition):
            for index, branch in enumerate(node.branches):
                yield place.id, index, f"branches[{index}].expression", branch.expression


def _patterns(draft: Draft) -> Iterator[_Written]:
    for place in draft.nodes:
        for branch_index, branch in enumerate(place.response.branches if place.response else ()):
            for index, text in enumerate(branch.patterns):
                yield place.id, branch_index, f"branches[{branch_index}].patterns[{index}]", text


def _keywords(draft: Draft, kind: str) -> Iterator[_Written]:
    for index, text in enumerate(getattr(draft.settings.keywords, kind)):
        yield None, None, f"settings.keywords.{kind}[{index}]", text


def _compiled(written: Iterator[_Written], compile_text: Callable[[str], T]) -> Iterator[Place[T]]:
    for node, branch, field, text in written:
        try:
            yield Place(node, branch, field, text, compile_text(text))
        except BotflowError as error:
            message = str(error)
            yield Place(node, branch, field, text, None, message[:1].upper() + message[1:])
