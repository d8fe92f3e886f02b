"""From `oneOf` and `anyOf` to `if`/`then`: a value is held against the one alternative that its kind or type names.

A validator of a `oneOf` complains of every alternative at once; with one test an alternative it complains of the one
that was meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from inspect import cleandoc
from typing import Final

from botflow_runtime.json_types import Json, JsonObject

STANDARD_NAMES: Final = {"gt": "exclusiveMinimum", "ge": "minimum", "lt": "exclusiveMaximum", "le": "maximum"}
"""pydantic leaves the limits of a union of numbers under its own names."""
INTEGER: Final = {"type": "integer"}
NUMBER: Final = {"type": "number"}


def dispatched(schema: Json, definitions: Mapping[str, JsonObject]) -> Json:
    """The schema with every choice among alternatives written as tests; it means the same."""
    if isinstance(schema, list):
        return [dispatched(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "discriminator" in schema:
        return _by_property(schema, definitions)
    renamed: JsonObject = {
        STANDARD_NAMES.get(name) or name: dispatched(value, definitions) for name, value in schema.items()
    }
    if renamed.get("default", "") is None:
        del renamed["default"]
    if isinstance(renamed.get("description"), str):
        renamed["description"] = cleandoc(renamed["description"])
    return _by_type(renamed, definitions) if "anyOf" in renamed else renamed


def _by_property(schema: JsonObject, definitions: Mapping[str, JsonObject]) -> JsonObject:
    name = schema["discriminator"]["propertyName"]
    mapping = schema["discriminator"]["mapping"]
    rest = {key: value for key, value in schema.items() if key not in ("oneOf", "anyOf", "discriminator")}
    return {
        **rest,
        "type": "object",
        "required": [name],
        "properties": {name: {"enum": list(mapping)}},
        "allOf": [_case_of_property(name, value, meant, definitions) for value, meant in mapping.items()],
    }


def _case_of_property(name: str, value: str, meant: Json, definitions: Mapping[str, JsonObject]) -> JsonObject:
    then = {"$ref": meant} if isinstance(meant, str) else dispatched(meant, definitions)
    return {"if": {"properties": {name: {"const": value}}, "required": [name]}, "then": then}


def _by_type(schema: JsonObject, definitions: Mapping[str, JsonObject]) -> JsonObject:
    options = [option for option in schema["anyOf"] if option != INTEGER or NUMBER not in schema["anyOf"]]
    types = [_types_of(option, definitions) for option in options]
    names = [name for group in types for name in group]
    if not all(types) or len(set(names)) < len(names):
        return schema  # the alternatives cannot be told apart by their type
    cases = [
        {"if": {"type": group if len(group) > 1 else group[0]}, "then": option}
        for group, option in zip(types, options, strict=True)
        if option.keys() != {"type"}
    ]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**rest, "type": names if len(names) > 1 else names[0], **({"allOf": cases} if cases else {})}


def _types_of(option: JsonObject, definitions: Mapping[str, JsonObject]) -> list[str]:
    """The JSON types of an alternative; none where it does not tell."""
    if "$ref" in option:
        return _types_of(definitions[option["$ref"].rpartition("/")[2]], definitions)
    if "discriminator" in option:
        return ["object"]
    if "type" not in option and all(isinstance(value, str) for value in option.get("enum", [None])):
        return ["string"]
    types = option.get("type", [])
    return [types] if isinstance(types, str) else types
