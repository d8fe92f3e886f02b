"""The tree that the parser builds: what the author wrote, before types are known."""

from __future__ import annotations

from dataclasses import dataclass

from botflow_runtime.expressions.placeholders import Placeholder


@dataclass(slots=True)
class Node:
    """A piece of the expression; `position` is the offset in characters of its operator or first word."""

    position: int


@dataclass(slots=True)
class Literal(Node):
    """A quoted literal; of unknown type until its surroundings give it one."""

    parts: tuple[str | Placeholder, ...]


@dataclass(slots=True)
class Number(Node):
    text: str


@dataclass(slots=True)
class Keyword(Node):
    """true, false, null, and the functions written without parentheses (current_date ...)."""

    name: str


@dataclass(slots=True)
class Call(Node):
    name: str
    arguments: list[Node]


@dataclass(slots=True)
class Operation(Node):
    """An operator with one or two operands."""

    operator: str
    operands: list[Node]


@dataclass(slots=True)
class Logical(Node):
    """A chain of AND or a chain of OR."""

    operator: str
    operands: list[Node]


@dataclass(slots=True)
class Not(Node):
    operand: Node


@dataclass(slots=True)
class Is(Node):
    """IS [NOT] NULL, TRUE, FALSE, UNKNOWN."""

    operand: Node
    test: str
    negated: bool


@dataclass(slots=True)
class Distinct(Node):
    """IS [NOT] DISTINCT FROM."""

    left: Node
    right: Node
    negated: bool


@dataclass(slots=True)
class In(Node):
    operand: Node
    items: list[Node]
    negated: bool


@dataclass(slots=True)
class Quantified(Node):
    """`operand operator ANY (array)` or ALL."""

    operand: Node
    operator: str
    every: bool
    array: Node


@dataclass(slots=True)
class Case(Node):
    operand: Node | None
    branches: list[tuple[Node, Node]]
    default: Node | None


@dataclass(slots=True)
class Choice(Node):
    """COALESCE, GREATEST, LEAST and NULLIF: grammar of their own in SQL, not functions."""

    name: str
    arguments: list[Node]


@dataclass(slots=True)
class Cast(Node):
    operand: Node
    type_name: str
    modifiers: tuple[int, ...]


@dataclass(slots=True)
class Array(Node):
    items: list[Node]


@dataclass(slots=True)
class Subscript(Node):
    operand: Node
    index: Node
