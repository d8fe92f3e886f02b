"""What a JSON Schema says of a value, in sentences that say what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import Any, Final

from botflow_runtime.json_faults import JsonPath, path_text
from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.problems import AND_MORE, MOST_DEPARTURES, Problem
from botflow_runtime.schema.generation import format_schema
from botflow_runtime.variables import VARIABLE_NAME

TYPE_NAMES: Final = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
}
PATTERN_NAMES: Final = {
    VARIABLE_NAME: "a name of letters, digits, `_` and `-` that does not begin with `-`, at most 100 characters",
}


def schema_problems(raw: Mapping[str, Any]) -> list[Problem]:
    """In what a mapping departs from the scenario format, in the order of the file; MOST_DEPARTURES at most.

    The mapping holds JSON values only.
    """
    return [Problem("error", "schema", message, *_place(raw, path)) for path, message in departures(raw, format_schema)]


def departures(raw: Mapping[str, Any], schema: Callable[[], JsonObject]) -> list[tuple[JsonPath, str]]:
    """Where a mapping departs from a schema, and what to do about it, in the order of the mapping.

    After MOST_DEPARTURES it says only that there are more.
    """
    errors = _validator(schema).iter_errors(raw)
    found = {(tuple(error.absolute_path), error.message) for error in islice(errors, MOST_DEPARTURES)}
    more: list[tuple[JsonPath, str]] = [((), AND_MORE) for _ in islice(errors, 1)]
    order = _positions(raw)
    return sorted(found, key=lambda item: (order(item[0]), item[1])) + more


def _place(raw: Mapping[str, Any], path: tuple[str | int, ...]) -> tuple[str | None, str]:
    """Node and field of a path in a file; a node without a proper id is named by its place."""
    if len(path) >= 2 and path[0] == "nodes":
        node = raw["nodes"][path[1]]
        name = node.get("id") if isinstance(node, Mapping) else None
        if isinstance(name, str) and name:
            return name, path_text(path[2:])
    return None, path_text(path)


def _positions(raw: Mapping[str, Any]) -> Callable[[tuple[str | int, ...]], tuple[int, ...]]:
    """A sort key that puts paths in the order of the file; a missing field comes after those that are there."""

    ranks: dict[int, dict[str, int]] = {}

    def rank(holder: Mapping[str, Any], name: str) -> int:
        known = ranks.get(id(holder))
        if known is None:
            known = ranks[id(holder)] = {member: index for index, member in enumerate(holder)}
        return known.get(name, len(known))

    def position(path: tuple[str | int, ...]) -> tuple[int, ...]:
        places: list[int] = []
        value: Any = raw
        for step in path:
            if isinstance(value, Mapping):
                places.append(rank(value, str(step)))
                value = value.get(step)
            else:
                places.append(int(step))
                value = value[int(step)]
        return tuple(places)

    return position


@cache
def _validator(schema: Callable[[], JsonObject]) -> Any:
    # only files with mistakes need it
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import extend

    def keyword(check: _Check) -> Callable[..., Iterator[ValidationError]]:
        def errors(validator: Any, wanted: Json, value: Json, schema: JsonObject) -> Iterator[ValidationError]:
            for step, message in check(validator, wanted, value, schema):
                yield ValidationError(message, path=step)

        return errors

    types = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            # a draft takes 2.0 for a whole number; the types of the runtime do not
            "integer": lambda _checker, value: isinstance(value, int) and not isinstance(value, bool),
            # a mapping made in Python may hold tuples
            "array": lambda _checker, value: isinstance(value, list | tuple),
        }
    )
    checks = {name: keyword(check) for name, check in KEYWORDS.items()}
    checks["additionalProperties"] = _only_where_false(
        checks["additionalProperties"], Draft202012Validator.VALIDATORS["additionalProperties"]
    )
    made = extend(Draft202012Validator, checks, type_checker=types)  # type: ignore[no-untyped-call] # the library's
    return made(schema())


def _only_where_false(refuse: Callable[..., Any], follow: Callable[..., Any]) -> Callable[..., Any]:
    """`refuse` for an object of known fields, `follow` for one whose further fields have a schema."""

    def check(validator: Any, wanted: Json, value: Json, schema: JsonObject) -> Any:
        return (refuse if wanted is False else follow)(validator, wanted, value, schema)

    return check


_Check = Callable[[Any, Json, Json, JsonObject], Iterator[tuple[tuple[str, ...], str]]]
"""Validator, the keyword's value, the value that is checked, the schema: where below the value, and what to do."""


def _required(_validator: Any, wanted: Json, value: Json, schema: JsonObject) -> Iterator[tuple[tuple[str, ...], str]]:
    for name in wanted if isinstance(value, dict) else ():
        if name not in value:
            choice = schema.get("properties", {}).get(name, {})
            allowed = _allowed(choice)
            yield (name,), f"Add `{name}`: {allowed or 'it is required'}."


def _additional(
    _validator: Any, _wanted: Json, value: Json, schema: JsonObject
) -> Iterator[tuple[tuple[str, ...], str]]:
    known = schema.get("properties", {})
    own = tuple(schema.get("patternProperties", {}))
    for name in value if isinstance(value, dict) else ():
        if name not in known and not any(re.search(pattern, name) for pattern in own):
            yield (name,), _unknown_field(name, list(known))


def _unknown_field(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return f"There is no field `{name}` here: write `{near[0]}`, or remove it."
    return f"There is no field `{name}` here: remove it, or begin its name with `x-` to keep it as your own."


def _type(validator: Any, wanted: Json, value: Json, _schema: JsonObject) -> Iterator[tuple[tuple[str, ...], str]]:
    types = [wanted] if isinstance(wanted, str) else wanted
    if not any(validator.is_type(value, name) for name in types):
        names = " or ".join(TYPE_NAMES[name] for name in types if name in TYPE_NAMES)
        yield (), f"Write {names} here, not {_name(value)}."


def _choice(_validator: Any, wanted: Json, value: Json, schema: JsonObject) -> Iterator[tuple[tuple[str, ...], str]]:
    choices = wanted if isinstance(wanted, list) else [wanted]
    if isinstance(value, str) and value not in choices:
        near = get_close_matches(value, choices, n=1)
        guess = f" (did you mean `{near[0]}`?)" if near else ""
        yield (), f"There is no `{_shortened(value)}` here{guess}: write {_allowed({'enum': choices})}."
    elif not isinstance(value, str) and "type" not in schema:
        yield (), f"Write {_allowed({'enum': choices})} here, not {_name(value)}."


def _pattern(_validator: Any, wanted: Json, value: Json, _schema: JsonObject) -> Iterator[tuple[tuple[str, ...], str]]:
    # `$` is the very end of the text here, as in ECMA 262; in Python it also stands before a last newline
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", wanted), value):
        yield (), f"Write {PATTERN_NAMES.get(wanted, f'a text of the form {wanted}')} here."


def _limit(is_over: Callable[[Any, Any], bool], kind: type | tuple[type, ...], words: str) -> _Check:
    def check(_validator: Any, wanted: Json, value: Json, _schema: JsonObject) -> Iterator[tuple[tuple[str, ...], str]]:
        if isinstance(value, kind) and not isinstance(value, bool) and is_over(value, wanted):
            yield (), words.format(wanted)

    return check


NUMBER: Final = (int, float)
LIST: Final = (list, tuple)

KEYWORDS: Final[Mapping[str, _Check]] = {
    "required": _required,
    "additionalProperties": _additional,
    "type": _type,
    "enum": _choice,
    "const": _choice,
    "pattern": _pattern,
    "minimum": _limit(lambda value, least: value < least, NUMBER, "Write {} or more here."),
    "maximum": _limit(lambda value, most: value > most, NUMBER, "Write {} or less here."),
    "exclusiveMinimum": _limit(lambda value, bound: value <= bound, NUMBER, "Write more than {} here."),
    "minLength": _limit(lambda value, least: len(value) < least, str, "Write at least {} character(s) here."),
    "maxLength": _limit(lambda value, most: len(value) > most, str, "Shorten this to {} characters at most."),
    "minItems": _limit(lambda value, least: len(value) < least, LIST, "Give this list {} items."),
    "maxItems": _limit(lambda value, most: len(value) > most, LIST, "Give this list {} items, no more."),
}


def _allowed(schema: JsonObject) -> str:
    """The values that a field may have, where they can be listed."""
    choices = [schema["const"]] if "const" in schema else schema.get("enum", [])
    listed = ", ".join(f"`{choice}`" for choice in choices)
    return f"one of {listed}" if len(choices) > 1 else listed


def _name(value: Json) -> str:
    """What JSON calls a value."""
    names = {dict: "an object", list: "a list", tuple: "a list", str: "a text", type(None): "null"}
    if isinstance(value, bool):
        return str(value).lower()
    return names.get(type(value), "a number")


def _shortened(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
