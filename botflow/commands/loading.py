"""From files to scenarios for the commands; what cannot be loaded ends a command with one line per problem."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from botflow.commands.files import UNREADABLE, ScenarioFile, in_one_line

if TYPE_CHECKING:
    from botflow_runtime import Scenario
    from botflow_runtime.scenario import ScenarioDocument


class NotLoadedError(click.ClickException):
    """A file that is not what a command needs: a line per problem, exit status 2."""

    exit_code = UNREADABLE


def scenario_of(file: ScenarioFile) -> Scenario:
    """The scenario, compiled. Raises NotLoadedError."""
    from botflow_runtime import load_scenario

    with loading(file.name):
        return load_scenario(file.content)


def document_of(file: ScenarioFile) -> ScenarioDocument:
    """The scenario's document: any file in the right format, even one that does not run. Raises NotLoadedError."""
    from botflow_runtime.loading import parse_document, read_raw

    with loading(file.name):
        return parse_document(read_raw(file.content))


@contextmanager
def loading(name: str) -> Iterator[None]:
    """Whatever the runtime has against a file ends the command. Raises NotLoadedError."""
    from botflow_runtime.errors import BotflowError
    from botflow_runtime.problems import ScenarioError

    try:
        yield
    except ScenarioError as error:
        raise NotLoadedError("\n".join(f"{name}: {in_one_line(problem)}" for problem in error.problems)) from None
    except BotflowError as error:
        raise NotLoadedError("\n".join(f"{name}: {in_one_line(line)}" for line in str(error).splitlines())) from None
