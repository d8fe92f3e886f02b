"""From whatever is given to a draft and the problems that already its format has. Nothing here raises."""

from __future__ import annotations

from typing import Final, TypeAlias

from pydantic import ValidationError

from botflow_runtime.compiled import Scenario
from botflow_runtime.json_faults import path_text
from botflow_runtime.loading import Source, read_raw
from botflow_runtime.problems import MOST_DEPARTURES, Problem, ScenarioError
from botflow_runtime.scenario import ScenarioDocument
from botflow_runtime.schema import schema_problems
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


def read_draft(source: Checkable) -> tuple[Draft | None, list[Problem]]:
    """The draft of a source, None where it is not even a JSON object, and what is wrong with its format."""
    if isinstance(source, Scenario):
        return Draft({"id": source.id, "channel": source.channel}, source.document), []
    try:
        raw = read_raw(source)
    except ScenarioError as error:
        return None, error.problems
    try:
        return Draft(raw, ScenarioDocument.model_validate(raw, by_name=False)), []
    except ValidationError as error:
        return Draft(raw, None), schema_problems(raw) or _of_pydantic(error)


def _of_pydantic(error: ValidationError) -> list[Problem]:
    """What JSON Schema cannot say, such as half a character of a text."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [
        Problem("error", "schema", f"Correct this: {item['msg']}.", field=path_text(item["loc"]))
        for item in found[:MOST_DEPARTURES]
    ]
