"""Attributes of contacts in conditions: a value is compared with values of its own type only (CT-1).

Numbers are compared as numbers, and texts by their characters, so that dates as ISO 8601 writes them are in order. The
two databases read JSON in different ways; everything above this is the same for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from botflow.contacts.service import CONTACTS

Value: TypeAlias = str | bool | int | float


@dataclass(frozen=True)
class AttributeTest:
    """What an attribute has to be: `equals` a value, or between bounds that count themselves, or `empty` or not.

    An attribute is empty where the contact has none of that name, or an empty text. None says nothing.
    """

    attribute: str
    equals: Value | None = None
    at_least: str | int | float | None = None
    at_most: str | int | float | None = None
    empty: bool | None = None

    def condition(self) -> sa.ColumnElement[bool]:
        """The same for a statement."""
        parts = []
        if self.equals is not None:
            parts.append(_typed(self.attribute, self.equals) == _comparable(self.equals))
        if self.at_least is not None:
            parts.append(_typed(self.attribute, self.at_least) >= _comparable(self.at_least))
        if self.at_most is not None:
            parts.append(_typed(self.attribute, self.at_most) <= _comparable(self.at_most))
        if self.empty is not None:
            plain = sa.func.coalesce(_Plain(CONTACTS.c.attributes, _name(self.attribute)), sa.literal("", sa.String()))
            parts.append((plain == "") if self.empty else (plain != ""))
        return sa.and_(sa.true(), *parts)


class _Plain(FunctionElement[str]):
    """The value as text, whatever its type."""

    type = sa.String()
    inherit_cache = True


class _Text(_Plain):
    """The value where it is a text."""

    inherit_cache = True


class _Truth(_Plain):
    """The value where it is true or false, as `true` or `false`."""

    inherit_cache = True


class _Number(FunctionElement[float]):
    """The value where it is a number."""

    type = sa.Float()
    inherit_cache = True


def _typed(name: str, value: Value) -> sa.ColumnElement[Any]:
    return _TYPES[type(value)](CONTACTS.c.attributes, _name(name))


def _name(name: str) -> sa.ColumnElement[str]:
    return sa.literal(name, sa.String())


def _comparable(value: Value) -> sa.ColumnElement[Any]:
    if isinstance(value, bool):
        return sa.literal(str(value).lower(), sa.String())
    return sa.literal(value, sa.String()) if isinstance(value, str) else sa.literal(float(value), sa.Float())


_TYPES: Final[dict[type, type[FunctionElement[Any]]]] = {str: _Text, bool: _Truth, int: _Number, float: _Number}

_SQLITE: Final[dict[type[FunctionElement[Any]], tuple[str, str]]] = {
    _Plain: ("CASE type WHEN 'text' THEN atom ELSE type END", "true"),
    _Text: ("atom", "type = 'text'"),
    _Truth: ("type", "type IN ('true', 'false')"),
    _Number: ("atom", "type IN ('integer', 'real')"),
}
"""What is read of the row of the attribute, and when."""

# A chatbot may keep an integer that is greater than any float: casting it would be an error.
_POSTGRESQL: Final[dict[type[FunctionElement[Any]], str]] = {
    _Plain: "({attributes} ->> {name})",
    _Text: "(CASE jsonb_typeof({attributes} -> {name}) WHEN 'string' THEN {attributes} ->> {name} END COLLATE \"C\")",
    _Truth: "(CASE jsonb_typeof({attributes} -> {name}) WHEN 'boolean' THEN {attributes} ->> {name} END)",
    _Number: (
        "(CASE jsonb_typeof({attributes} -> {name}) WHEN 'number' THEN CAST("
        "LEAST(GREATEST(CAST({attributes} ->> {name} AS NUMERIC), -1.797e308), 1.797e308) AS DOUBLE PRECISION) END)"
    ),
}


def _in_sqlite(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    attributes, name = (compiler.process(clause, **options) for clause in element.clauses)
    read, condition = _SQLITE[type(element)]
    return f"(SELECT {read} FROM json_each({attributes}) WHERE key = {name} AND {condition})"


def _in_postgresql(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    attributes, name = (compiler.process(clause, **options) for clause in element.clauses)
    return _POSTGRESQL[type(element)].format(attributes=attributes, name=name)


for _element in _SQLITE:
    compiles(_element, "sqlite")(_in_sqlite)
    compiles(_element, "postgresql")(_in_postgresql)
