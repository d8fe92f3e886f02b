"""PostgreSQL's types as far as expressions know them, and which of them turns into which.

A value is what Python has for it: bool, int (integer, bigint), Decimal (numeric), float (double precision), str (text),
days and microseconds since 2000-01-01 as int (date, timestamp and timestamp with time zone), Interval, Jsonb, and a
list for an array. None is SQL's NULL for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from botflow_runtime.expressions.moment import Moment

Value = Any
Reader = Callable[[str, Moment], Value]
Writer = Callable[[Value, Moment], str]


@dataclass(frozen=True, slots=True, eq=False)
class SqlType:
    """A type: how a literal of it is read and a value of it printed.

    `category` and `preferred` are those of PostgreSQL's pg_type: they decide between overloads. `stable_reading` says
    that reading depends on the clock or the session, so PostgreSQL's planner does not do it in advance.
    `element` is set for arrays only. A type without `read` exists for the choice between overloads alone.
    """

    name: str
    category: str
    preferred: bool = False
    read: Reader | None = None
    write: Writer | None = None
    stable_reading: bool = False
    stable_writing: bool = False
    element: SqlType | None = None

    def __repr__(self) -> str:
        return self.name


class Cast(NamedTuple):
    """How one type becomes another: `context` is i(mplicit), a(ssignment) or e(xplicit), as in pg_cast."""

    context: str
    convert: Callable[..., Value] | None
    stable: bool = False


@dataclass(slots=True)
class TypeRegistry:
    """All types by name, and the casts between them."""

    by_name: dict[str, SqlType] = field(default_factory=dict)
    casts: dict[tuple[SqlType, SqlType], Cast] = field(default_factory=dict)

    def add(self, sql_type: SqlType, *aliases: str) -> SqlType:
        for name in (sql_type.name, *aliases):
            self.by_name[name] = sql_type
        return sql_type

    def add_cast(
        self,
        source: SqlType,
        target: SqlType,
        context: str,
        convert: Callable[..., Value] | None = None,
        *,
        stable: bool = False,
    ) -> None:
        """`convert` takes the value and the Moment; without it the value stays as it is."""
        self.casts[source, target] = Cast(context, convert, stable)

    def implicit(self, source: SqlType, target: SqlType) -> bool:
        """Whether a value of `source` may stand where `target` is asked for, without a cast being written."""
        if source is target or source is UNKNOWN:
            return True
        cast = self.casts.get((source, target))
        return cast is not None and cast.context == "i"


TYPES: Final = TypeRegistry()

# The type of a quoted literal before its surroundings give it one.
UNKNOWN: Final = SqlType("unknown", "X")


def array_of(element: SqlType) -> SqlType | None:
    """The array type of an element type; None where there is none."""
    return TYPES.by_name.get(f"{element.name}[]")
