"""From whatever is given to a draft and the problems that already its format has. Nothing here raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from pydantic import ValidationError

from botflow_runtime.compiled import Scenario
from botflow_runtime.loading import Source, read_raw
from botflow_runtime.problems import Problem, ScenarioError
from botflow_runtime.scenario import ScenarioDocument
from botflow_runtime.schema import path_text, schema_problems
from botflow_runtime.validation.draft import Draft

Checkable: TypeAlias = Source | Scenario
"""What can be checked: what ``load_scenario`` takes, or what it gives."""

DEEPEST_NESTING: Final = 64
"""Objects and lists inside each other, in all of a file."""


def read_draft(source: Checkable) -> tuple[Draft | None, list[Problem]]:
    """The draft of a source, None where it is not even a JSON object, and what is wrong with its format."""
    if isinstance(source, Scenario):
        return Draft({"id": source.id, "channel": source.channel}, source.document), []
    try:
        raw = read_raw(source)
    except ScenarioError as error:
        return None, error.problems
    problem = next(_not_json(raw), None)
    if problem is not None:
        return None, [problem]
    try:
        return Draft(raw, ScenarioDocument.model_validate(raw, by_name=False)), []
    except ValidationError as error:
        return Draft(raw, None), schema_problems(raw) or _of_pydantic(error)


def _not_json(raw: Mapping[Any, Any]) -> Iterator[Problem]:
    """What no JSON text can hold, or what nests deeper than any scenario needs to."""
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), raw)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            children: list[tuple[Any, object]] = list(value.items())
        elif isinstance(value, list | tuple):
            children = list(enumerate(value))
        else:
            if value is not None and not isinstance(value, str | bool | int | float):
                yield _unreadable(path, f"Write a JSON value here, not one of Python's type {type(value).__name__}.")
            continue
        if len(path) > DEEPEST_NESTING:
            yield _unreadable(path[:4], f"Nest less: objects and lists go at most {DEEPEST_NESTING} levels deep.")
            continue
        if not all(isinstance(key, str | int) for key, _ in children):
            yield _unreadable(path, "Name every member of an object with a text.")
            continue
        waiting.extend(((*path, key), child) for key, child in children)


def _unreadable(path: tuple[str | int, ...], message: str) -> Problem:
    return Problem("error", "unreadable", message, field=path_text(path))


def _of_pydantic(error: ValidationError) -> list[Problem]:
    """What JSON Schema cannot say, such as half a character of a text."""
    return [
        Problem("error", "schema", f"Correct this: {item['msg']}.", field=path_text(item["loc"]))
        for item in error.errors()
    ]
