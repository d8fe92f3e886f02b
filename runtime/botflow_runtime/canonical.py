"""The one way to write a scenario file (scenario-format.md): what ``botflow fmt`` and every export write.

Keys stand in the order of the types' fields, own keys (``x-``) behind them by name. A value that fits into a line of
`LINE_LENGTH` is written in one line, otherwise one member a line. Nothing is added, left out or converted: numbers keep
the text that they were written with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from botflow_runtime.content import CHANNELS, ContentChannel
from botflow_runtime.json_text import finite, read_json
from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.loading import parse_document, read_raw

LINE_LENGTH: Final = 100
INDENT: Final = "  "
ALWAYS_OPEN: Final = 1
"""Levels whose members get a line each even where they would fit into one: the file itself."""
CONTENT: Final = "content"
"""The field of a step whose type depends on the channel."""


class WrittenNumber(str):
    """A number that is no whole one, as it was written: ``1.0``, ``1e3``."""


def canonical_text(text: str | bytes) -> str:
    """The canonical form of a scenario's JSON text. Raises ScenarioError when it is not a scenario."""
    read_raw(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return canonical(read_json(text, _written_number))


def canonical(raw: Mapping[str, Any]) -> str:
    """The canonical form of a scenario. Raises ScenarioError when the mapping departs from the format."""
    document = parse_document(_plain(raw))
    return _written(_Order(CHANNELS[document.channel]).of(raw, document), level=0) + "\n"


def _written_number(text: str) -> WrittenNumber:
    finite(text)
    return WrittenNumber(text)


def _plain(value: Json) -> Json:
    """The value with ordinary numbers."""
    if isinstance(value, WrittenNumber):
        return float(value)
    if isinstance(value, Mapping):
        return {name: _plain(member) for name, member in value.items()}
    return [_plain(member) for member in value] if isinstance(value, list) else value


class _Order:
    """Puts keys into the order of the fields of the types that have read them."""

    def __init__(self, channel: ContentChannel) -> None:
        self.channel = channel

    def of(self, raw: Json, typed: object) -> Json:
        """`raw` in the order of `typed`, which was read from it."""
        if isinstance(typed, BaseModel):
            return self._fields(raw, typed)
        if isinstance(typed, tuple | list):
            return [self.of(member, read) for member, read in zip(raw, typed, strict=True)]
        return raw

    def _fields(self, raw: JsonObject, typed: BaseModel) -> JsonObject:
        known: JsonObject = {}
        for name, field in type(typed).model_fields.items():
            key = field.alias or name
            if key in raw:
                read = getattr(typed, name)
                known[key] = self._content(raw[key]) if key == CONTENT else self.of(raw[key], read)
        return {**known, **{key: raw[key] for key in sorted(raw.keys() - known.keys())}}

    def _content(self, raw: JsonObject) -> JsonObject:
        """Content that the channel cannot read keeps its order, `type` first."""
        try:
            typed = self.channel.adapter.validate_python(_plain(raw))
        except ValidationError:
            return {key: raw[key] for key in sorted(raw, key=lambda key: key != "type")}
        return self._fields(raw, typed)


def _written(value: Json, level: int, room: int = LINE_LENGTH) -> str:
    """A value as JSON; `room` is what its line still holds."""
    if not isinstance(value, Mapping | list) or not value:
        return _in_line(value)
    if level >= ALWAYS_OPEN and len(line := _in_line(value)) <= room:
        return line
    inner = INDENT * (level + 1)
    return _opened(value, inner, level) + "\n" + INDENT * level + ("}" if isinstance(value, Mapping) else "]")


def _opened(value: Json, inner: str, level: int) -> str:
    """The members, a line each."""
    if isinstance(value, Mapping):
        starts = [f"{inner}{_in_line(name)}: " for name in value]
        members: Iterable[Json] = value.values()
    else:
        starts, members = [inner] * len(value), value
    lines = [
        start + _written(member, level + 1, LINE_LENGTH - len(start) - 1)
        for start, member in zip(starts, members, strict=True)
    ]
    return ("{" if isinstance(value, Mapping) else "[") + "\n" + ",\n".join(lines)


def _in_line(value: Json) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_in_line(name)}: {_in_line(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_in_line, value)) + "]"
    return str(value) if isinstance(value, WrittenNumber) else json.dumps(value, ensure_ascii=False)
