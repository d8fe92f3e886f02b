"""From files to scenarios for the commands; what cannot be loaded ends a command with one line per problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from botflow.commands.files import UNREADABLE, ScenarioFile

if TYPE_CHECKING:
    from botflow_runtime import Scenario
    from botflow_runtime.scenario import ScenarioDocument

T = TypeVar("T")


class NotLoadedError(click.ClickException):
    """A scenario that cannot be loaded: a line per problem, exit status 2."""

    exit_code = UNREADABLE


def scenario_of(file: ScenarioFile) -> Scenario:
    """The scenario, compiled. Raises NotLoadedError."""
    from botflow_runtime import load_scenario

    return _loaded(file, lambda: load_scenario(file.content))


def document_of(file: ScenarioFile) -> ScenarioDocument:
    """The scenario's document: any file in the right format, even one that does not run. Raises NotLoadedError."""
    from botflow_runtime.loading import parse_document, read_raw

    return _loaded(file, lambda: parse_document(read_raw(file.content)))


def _loaded(file: ScenarioFile, load: Callable[[], T]) -> T:
    from botflow_runtime.problems import ScenarioError

    try:
        return load()
    except ScenarioError as error:
        raise NotLoadedError("\n".join(f"{file.name}: {problem}" for problem in error.problems)) from None
