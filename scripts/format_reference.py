"""docs/reference/scenario-format.md and transcripts.md: the fields from the types, what they mean from here."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from botflow_runtime.schema.generation import format_schema, transcript_schema
from scripts.format_meanings import (
    MEANINGS,
    SCENARIO_INTRODUCTION,
    SCENARIO_PARTS,
    TRANSCRIPT_INTRODUCTION,
    TRANSCRIPT_PARTS,
)

Schema = Mapping[str, Any]
NAMES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
}
PLURALS = {
    "text": "texts",
    "object": "objects",
    "object, see below": "objects, see below",
    "text or object": "texts or objects",
}


def scenario_format() -> str:
    """The page of the scenario format, ending in a newline."""
    return _page(SCENARIO_INTRODUCTION, SCENARIO_PARTS)


def transcripts() -> str:
    """The page of transcripts, ending in a newline."""
    return _page(TRANSCRIPT_INTRODUCTION, TRANSCRIPT_PARTS)


def models() -> dict[str, Schema]:
    """Every type of both formats by its name."""
    scenario, transcript = format_schema(), transcript_schema()
    roots = {"ScenarioDocument": scenario, "Transcript": transcript}
    return {**roots, **scenario["$defs"], **transcript["$defs"]}


def _page(introduction: str, parts: Mapping[str, tuple[str, str]]) -> str:
    return "\n".join([introduction, *(line for name in parts for line in _section(name, *parts[name]))])


def _section(name: str, title: str, words: str) -> Iterator[str]:
    yield f"## {title}\n"
    if words:
        yield f"{words}\n"
    yield from fields(name)
    yield ""


def fields(name: str) -> Iterator[str]:
    """The table of the fields of a type."""
    schema = models()[name]
    yield "| field | value | when left out | meaning |\n|---|---|---|---|"
    for field, kind in schema["properties"].items():
        yield f"| `{field}` | {value(kind)} | {_default(field, kind, schema)} | {MEANINGS[name][field]} |"


def value(schema: Schema) -> str:
    """The values that a schema allows, in words."""
    cases = [case["then"] for case in schema.get("allOf", ())]
    if "const" in schema or "enum" in schema:
        return " ".join(f"`{choice}`" for choice in schema.get("enum", [schema.get("const")]))
    types = schema.get("type", "any JSON")
    names = [name for name in ([types] if isinstance(types, str) else types) if name != "null"]
    if cases and len(cases) == len(names):
        return " or ".join(map(value, cases))
    if "$ref" in schema:
        return "object, see below"
    if names == ["array"]:
        return "[number, number]" if "prefixItems" in schema else f"list of {_many(value(schema['items']))}"
    words = [_one(name, schema, cases) for name in names]
    return " or ".join(words) + _range(schema)


def _one(name: str, schema: Schema, cases: list[Schema]) -> str:
    special = next((value(case) for case in cases if case.get("type") == name and len(cases) == 1), None)
    return special or NAMES.get(name, name)


def _many(words: str) -> str:
    return PLURALS.get(words, words)


def _range(schema: Schema) -> str:
    least = schema.get("minimum", schema.get("exclusiveMinimum"))
    if least is None:
        return ""
    over = "from" if "minimum" in schema else "more than"
    return f", {over} {least}" + (f" to {schema['maximum']:,}" if "maximum" in schema else "")


def _default(field: str, kind: Schema, schema: Schema) -> str:
    if field in schema.get("required", ()):
        return "required"
    default = kind.get("default")
    if default in (None, "", [], {}) or "$ref" in kind:
        return ""
    return f"`{json.dumps(default)}`"
