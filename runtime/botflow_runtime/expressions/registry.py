"""The registry of functions and operators: argument types -> result type -> what computes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from botflow_runtime.expressions.types import SqlType


class Overload(NamedTuple):
    """One function of a name.

    `compute` takes the arguments, and the Moment first when `needs_moment`; None marks an overload that exists in
    PostgreSQL and takes part in its choice, but is outside of what expressions have. `strict`: NULL in, NULL out.
    `stable`: the planner does not compute it in advance. `variadic`: the last type repeats, and may be of any type.
    """

    name: str
    arguments: tuple[SqlType, ...]
    result: SqlType
    compute: Callable[..., Any] | None
    strict: bool = True
    stable: bool = False
    needs_moment: bool = False
    variadic: bool = False


@dataclass(slots=True)
class Registry:
    """All overloads by name; `family` is the heading under which the reference lists them."""

    overloads: dict[str, list[Overload]] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def add(
        self,
        family: str,
        names: str,
        arguments: Sequence[SqlType],
        result: SqlType,
        compute: Callable[..., Any] | None,
        **properties: bool,
    ) -> None:
        for name in names.split():
            overload = Overload(name, tuple(arguments), result, compute, **properties)
            self.overloads.setdefault(name, []).append(overload)
            self.families.setdefault(name, family)

    def outside(self, names: str, *signatures: Sequence[SqlType]) -> None:
        """Overloads that take part in PostgreSQL's choice and cannot be used here."""
        for name in names.split():
            for signature in signatures:
                self.overloads.setdefault(name, []).append(Overload(name, tuple(signature), signature[0], None))

    def hide(self, *names: str) -> None:
        """Names the grammar makes, which authors do not write."""
        self.hidden.update(names)


FUNCTIONS: Final = Registry()
OPERATORS: Final = Registry()
