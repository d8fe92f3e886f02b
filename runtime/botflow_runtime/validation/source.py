"""From whatever is given to a draft and the problems that already its format has. Nothing here raises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from pydantic import ValidationError

from botflow_runtime.compiled import Scenario
from botflow_runtime.loading import Source, read_raw
from botflow_runtime.problems import Problem, ScenarioError
from botflow_runtime.scenario import MAX_SCENARIO_BYTES, ScenarioDocument
from botflow_runtime.schema import path_text, schema_problems
from botflow_runtime.validation.draft import Draft

Checkable: TypeAlias = Source | Scenario
"""What can be checked: what ``load_scenario`` takes, or what it gives."""

FORMAT_CODES: Final = {
    "unreadable": (
        "There is no scenario to read: no such file, no JSON, no object, too large or nested too deep.",
        "Give one JSON object in UTF-8.",
    ),
    "schema": (
        "A field is missing, unknown, or holds what the scenario format does not allow there.",
        "Correct the field as the message says.",
    ),
}
"""Problems that are found before any rule looks: what each means, and what to do."""

SCALARS: Final = (str, bool, int, float, type(None))
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
    if not _is_json(raw):
        return None, [_not_json(raw)]
    try:
        return Draft(raw, ScenarioDocument.model_validate(raw, by_name=False)), []
    except ValidationError as error:
        return Draft(raw, None), schema_problems(raw) or _of_pydantic(error)


def _is_json(raw: object) -> bool:
    """Whether a JSON text could hold this, nested no deeper than any scenario needs to be."""
    level = [raw]
    for _ in range(DEEPEST_NESTING):
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                if not all(type(key) is str for key in value):
                    return False
                below.extend(value.values())
            elif isinstance(value, list | tuple):
                below.extend(value)
            elif not isinstance(value, SCALARS):
                return False
        if not below or len(below) > MAX_SCENARIO_BYTES:
            return not below
        level = below
    return False


def _not_json(raw: Mapping[Any, Any]) -> Problem:
    """What keeps a value from being JSON: the first thing found."""
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), raw)]
    for _ in range(MAX_SCENARIO_BYTES):
        if not waiting:
            break
        path, value = waiting.pop()
        if isinstance(value, dict) and not all(type(key) is str for key in value):
            return _unreadable(path, "Name every member of this object with a text.")
        if len(path) >= DEEPEST_NESTING:
            return _unreadable(path[:4], f"Nest less: objects and lists go at most {DEEPEST_NESTING} levels deep.")
        if isinstance(value, dict):
            waiting.extend(((*path, key), child) for key, child in value.items())
        elif isinstance(value, list | tuple):
            waiting.extend(((*path, index), child) for index, child in enumerate(value))
        elif not isinstance(value, SCALARS):
            return _unreadable(path, f"Write a JSON value here, not one of Python's type {type(value).__name__}.")
    return _unreadable((), "Split the chatbot and jump between its parts: it holds too many values.")


def _unreadable(path: tuple[str | int, ...], message: str) -> Problem:
    return Problem("error", "unreadable", message, field=path_text(path))


def _of_pydantic(error: ValidationError) -> list[Problem]:
    """What JSON Schema cannot say, such as half a character of a text."""
    return [
        Problem("error", "schema", f"Correct this: {item['msg']}.", field=path_text(item["loc"]))
        for item in error.errors()
    ]
