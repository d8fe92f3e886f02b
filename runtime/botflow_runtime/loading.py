"""From a file, a text or a mapping to a scenario that runs: ``load_scenario`` (engine.md 13)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, TypeAlias

import msgspec
from pydantic import ValidationError

from botflow_runtime.compiled import Scenario, compile_scenario
from botflow_runtime.json_faults import json_fault, path_text
from botflow_runtime.json_text import JsonTextError, read_json
from botflow_runtime.json_types import JsonObject
from botflow_runtime.problems import Problem, ScenarioError
from botflow_runtime.scenario import MAX_SCENARIO_BYTES, ScenarioDocument
from botflow_runtime.schema import schema_problems

Source: TypeAlias = str | os.PathLike[str] | bytes | Mapping[str, Any]
"""A path, JSON text (it begins with `{`), or the mapping itself."""

NOT_RUN = ("layout", "tests")
"""Parts of a file that the engine does not read; they are no part of a version's content hash."""


def load_scenario(source: Source, version: int = 1) -> Scenario:
    """Load and compile one scenario.

    Refuses only what cannot be compiled (schema, dangling `next`, no start, bad pattern or expression): ScenarioError,
    with all problems. ``validate`` finds all that is doubtful besides.
    """
    raw = read_raw(source)
    return compile_scenario(parse_document(raw), version, content_hash(raw))


def content_hash(raw: Mapping[str, Any]) -> str:
    """SHA-256 of what the engine reads of a file, as hexadecimal digits; layout and tests do not count."""
    meant = {name: value for name, value in raw.items() if name not in NOT_RUN}
    return sha256(msgspec.json.encode(meant, order="deterministic")).hexdigest()


def parse_document(raw: Mapping[str, Any]) -> ScenarioDocument:
    """Check a mapping against the format. Raises ScenarioError with every problem."""
    try:
        return ScenarioDocument.model_validate(raw, by_name=False)
    except ValidationError:
        raise ScenarioError(schema_problems(raw), _name(raw)) from None


def read_raw(source: Source) -> JsonObject:
    """The JSON object of a source. Raises ScenarioError where there is none."""
    if isinstance(source, Mapping):
        return _checked(dict(source))
    text = _read(source)
    if len(text) > MAX_SCENARIO_BYTES:
        raise _unreadable(f"the file is larger than {MAX_SCENARIO_BYTES:,} bytes: split the chatbot and jump between")
    try:
        value = read_json(text)
    except JsonTextError as error:
        raise _unreadable(str(error)) from None
    if not isinstance(value, dict):
        raise _unreadable("a scenario is one JSON object, {...}")
    return _checked(value)


def _checked(value: JsonObject) -> JsonObject:
    fault = json_fault(value)
    if fault is not None:
        raise ScenarioError([Problem("error", "unreadable", fault.message, field=path_text(fault.path))], _name(value))
    return value


def _read(source: str | os.PathLike[str] | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return source.encode("utf-8", "surrogatepass")
    try:
        with open(source, "rb") as file:
            return file.read(MAX_SCENARIO_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(
            f"the file cannot be read: {getattr(error, 'strerror', None) or error}", str(source)
        ) from None


def _unreadable(message: str, name: str = "scenario") -> ScenarioError:
    return ScenarioError([Problem("error", "unreadable", message)], name)


def _name(raw: Mapping[str, Any]) -> str:
    name = raw.get("id")
    return name if isinstance(name, str) else "scenario"
