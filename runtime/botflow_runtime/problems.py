"""What can be wrong with a scenario, as data (ED-3): severity, code, place, and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

import msgspec

from botflow_runtime.errors import BotflowError

Severity: TypeAlias = Literal["error", "warning"]

MOST_DEPARTURES: Final = 300
"""Places named in which a file departs from its format: nobody reads more, and a broken file could have millions."""

AND_MORE: Final = f"There are more mistakes than these {MOST_DEPARTURES}: correct these, then check again."


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One mistake. `field` is a path inside the node (or the file, where `node` is None): ``branches[0].next``.

    `rule` is the rule of the channel that content breaks, `values` what the message says of this mistake alone.
    """

    severity: Severity
    code: str
    message: str
    node: str | None = None
    field: str = ""
    rule: str = ""
    values: Mapping[str, int | float | str] = {}

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.node and f"node {self.node}", self.field) if part)
        return f"{self.severity} {self.code}: {place + ': ' if place else ''}{self.message}"


class ScenarioError(BotflowError):
    """A file that cannot be compiled. `problems` holds every reason, each with its place."""

    def __init__(self, problems: list[Problem], name: str = "scenario") -> None:
        self.problems = problems
        super().__init__(f"{name} cannot be loaded:\n" + "\n".join(f"  {problem}" for problem in problems))
