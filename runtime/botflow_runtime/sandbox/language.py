"""What is wrong with the source of a script, and the rules that each language answers for itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from botflow_runtime.json_types import Json


class SourceProblem(msgspec.Struct, frozen=True):
    """Why a source does not compile. `line` and `column` count from 1; None where they are not known."""

    message: str
    line: int | None = None
    column: int | None = None


class LanguageRules(NamedTuple):
    """What the host knows of a language; nothing here ever executes a script.

    `parser` gives a function that tells whether a source can be parsed; it serves several sources, in one thread.
    `problems` finds the reasons why a source does not compile.
    `literal` writes a JSON value where the language expects an expression; `escaped` writes a text so that it stays
    inside any string, template, regular expression or comment. `illegal` can stand in those, but never in code.
    `refusal` is a source that raises an error with the given message.
    `reusable` tells whether a process that has run a script can run another with nothing left of the first.
    `sticks` tells whether the text before and after a placeholder would become another token if its value were empty.
    """

    parser: Callable[[], Callable[[str], bool]]
    problems: Callable[[str], list[SourceProblem]]
    literal: Callable[[Json], str]
    escaped: Callable[[str], str]
    illegal: str
    refusal: Callable[[str], str]
    sticks: Callable[[str, str], bool]
    reusable: bool


def is_negative(number: float) -> bool:
    """Whether a number is written with a minus, as -0.0 is."""
    return number < 0 or (number == 0 and math.copysign(1, number) < 0)
