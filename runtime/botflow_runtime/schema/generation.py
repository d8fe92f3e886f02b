"""The JSON Schemas (draft 2020-12) of everything that the runtime reads and writes, made from its types."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import msgspec
from pydantic import TypeAdapter

from botflow_runtime.content import CHANNELS
from botflow_runtime.effects import AnyEffect
from botflow_runtime.events import AnyEvent
from botflow_runtime.json_types import JsonObject
from botflow_runtime.scenario import Channel, ScenarioDocument
from botflow_runtime.schema.dispatch import dispatched
from botflow_runtime.thread import Thread, Turn

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FILE_SUFFIX: Final = ".schema.json"


@cache
def format_schema() -> JsonObject:
    """The scenario format alone: what pydantic asks of a file. Content is any object."""
    _, schema = TypeAdapter.json_schemas([("scenario", "validation", TypeAdapter(ScenarioDocument))])
    return _document("scenario", schema["$defs"], "ScenarioDocument")


def scenario_schema() -> JsonObject:
    """A scenario file (scenario-format.md), the content of the chatbot's channel included."""
    channels = get_args(Channel)
    roots, contents = TypeAdapter.json_schemas(
        [(name, "validation", CHANNELS[name].adapter) for name in channels], ref_template="#/$defs/{model}"
    )
    schema = format_schema()
    definitions = {**contents["$defs"], **{f"{name}_content": roots[name, "validation"] for name in channels}}
    nodes = {f"{name}_node": _node_of(name) for name in channels}
    return {
        **schema,
        "allOf": [_case_of_channel(name) for name in channels],
        "$defs": dict(sorted({**schema["$defs"], **dispatched(definitions, definitions), **nodes}.items())),
    }


def _case_of_channel(channel: str) -> JsonObject:
    return {
        "if": {"properties": {"channel": {"const": channel}}, "required": ["channel"]},
        "then": {"properties": {"nodes": {"items": {"$ref": f"#/$defs/{channel}_node"}}}},
    }


def _node_of(channel: str) -> JsonObject:
    step = {
        "content": {"$ref": f"#/$defs/{channel}_content"},
        "message_type": {"enum": list(CHANNELS[channel].types)},
    }
    return {"title": f"Node of a {channel} chatbot", "properties": {"step": {"properties": step}}}


def transcript_schema() -> JsonObject:
    """A transcript (scenario-format.md)."""
    # the test harness is not needed to run scenarios
    from botflow_runtime.testing.transcript import Transcript

    _, schema = TypeAdapter.json_schemas([("transcript", "validation", TypeAdapter(Transcript))])
    return _document("transcript", schema["$defs"], "Transcript")


def event_schema() -> JsonObject:
    """What can happen to a thread (engine.md 1)."""
    return _of_structs("event", AnyEvent)


def effect_schema() -> JsonObject:
    """What a host has to do after a turn (engine.md 1)."""
    return _of_structs("effect", AnyEffect)


def thread_schema() -> JsonObject:
    """The state of a thread (engine.md 1)."""
    return _of_structs("thread", Thread)


def turn_schema() -> JsonObject:
    """What came of one event: thread, effects, log."""
    return _of_structs("turn", Turn)


SCHEMAS: Final[dict[str, Callable[[], JsonObject]]] = {
    "scenario": scenario_schema,
    "transcript": transcript_schema,
    "event": event_schema,
    "effect": effect_schema,
    "thread": thread_schema,
    "turn": turn_schema,
}
"""Every schema by name; its file is ``<name>.schema.json``."""


def schema_text(name: str) -> str:
    """The text of a schema's file, ending in a newline. `name` is one of SCHEMAS."""
    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into a folder, which is made where it is missing; returns the files. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in SCHEMAS:
        path = folder / f"{name}{FILE_SUFFIX}"
        path.write_text(schema_text(name), encoding="utf-8")
        written.append(path)
    return written


def _of_structs(name: str, type_: Any) -> JsonObject:
    (root,), definitions = msgspec.json.schema_components([type_], ref_template="#/$defs/{name}")
    if "$ref" in root:
        return _document(name, definitions, root["$ref"].rpartition("/")[2])
    return _document(name, {**definitions, name: root}, name)


def _document(name: str, definitions: JsonObject, root: str) -> JsonObject:
    """One schema file: the root definition, then all others."""
    ready = dispatched(definitions, definitions)
    top = ready.pop(root)
    return {"$schema": DIALECT, "$id": f"urn:botflow:schema:{name}:1", **top, "$defs": dict(sorted(ready.items()))}
