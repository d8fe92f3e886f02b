"""``{{placeholders}}``: finding them, reading their values, printing them into texts (engine.md 11)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, Protocol, TypeAlias

import msgspec

from botflow_runtime.json_types import Json, JsonObject

PLACEHOLDER: Final = re.compile(r"\{\{\s*([^\W][\w-]*(?:\.[\w-]+)*)\s*\}\}")
BRACES: Final = re.compile(r"\{\{[^{}]*\}\}")
"""Anything in double braces: a placeholder, or what was meant to be one."""

LONGEST_INDEX: Final = 9
"""Digits of a place in a list; Python reads no number of thousands of digits."""


class Scope(Protocol):
    """Where the values of placeholders come from: one turn of one thread."""

    @property
    def variables(self) -> Mapping[str, Json]: ...
    @property
    def attributes(self) -> Mapping[str, Json]: ...
    @property
    def contact(self) -> Mapping[str, Json]: ...
    @property
    def sender(self) -> Mapping[str, Json]: ...
    @property
    def thread_values(self) -> Mapping[str, Json]: ...


Getter: TypeAlias = Callable[[Scope], Json]

_ROOTS: Final[Mapping[str, Getter]] = {
    "attribute": lambda scope: scope.attributes,
    "contact": lambda scope: scope.contact,
    "sender": lambda scope: scope.sender,
    "thread": lambda scope: scope.thread_values,
}


def names(text: str) -> tuple[str, ...]:
    """The placeholders of a text, in order of appearance."""
    return tuple(PLACEHOLDER.findall(text))


def variable_of(name: str) -> str | None:
    """The thread variable that a placeholder's name reads; None where it reads something else, such as an attribute."""
    root, _, path = name.partition(".")
    return None if path and root in _ROOTS else root


def attribute_of(name: str) -> str | None:
    """The contact's attribute that a placeholder's name reads, if it reads one."""
    root, *path = name.split(".")
    return path[0] if path and root == "attribute" else None


def printed(value: Json) -> str:
    """A value as it is printed into a text: text as it is, other JSON as JSON, null as nothing."""
    if isinstance(value, str):
        return value
    return "" if value is None else msgspec.json.encode(value).decode()


def step_into(value: Json, key: str) -> Json:
    """The member of a JSON value that a path names; None where there is none."""
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, list) and key.isdecimal() and len(key) <= LONGEST_INDEX and int(key) < len(value):
        return value[int(key)]
    return None


@lru_cache(maxsize=4096)
def getter(name: str) -> Getter:
    """A function that reads the value of a placeholder's name from a scope; unknown gives None."""
    root, *path = name.split(".")
    if path and root in _ROOTS:
        start, (first, *rest) = _ROOTS[root], path
        return _path(lambda scope: start(scope).get(first), rest)
    return _path(lambda scope: scope.variables.get(root), path)


def _path(start: Getter, path: list[str]) -> Getter:
    if not path:
        return start

    def walk(scope: Scope) -> Json:
        value = start(scope)
        for key in path:
            value = step_into(value, key)
        return value

    return walk


Renderer: TypeAlias = Callable[[Scope], Json]


def compile_content(content: JsonObject) -> Renderer:
    """A function that renders all texts inside a JSON object; one without placeholders is given back as it is."""
    return _compile(content) or (lambda scope: content)


def _compile(value: Json) -> Renderer | None:
    if isinstance(value, str):
        return _compile_text(value)
    if isinstance(value, dict):
        return _compile_object(value)
    if isinstance(value, list):
        return _compile_list(value)
    return None


def _compile_text(text: str) -> Renderer | None:
    pieces = PLACEHOLDER.split(text)
    if len(pieces) == 1:
        return None
    texts, getters = pieces[0::2], [getter(name) for name in pieces[1::2]]
    if len(getters) == 1:
        (before, after), (only,) = texts, getters
        return lambda scope: before + printed(only(scope)) + after

    def render(scope: Scope) -> str:
        parts = [texts[0]]
        for get, text_after in zip(getters, texts[1:], strict=True):
            parts.append(printed(get(scope)))
            parts.append(text_after)
        return "".join(parts)

    return render


def _compile_object(value: JsonObject) -> Renderer | None:
    renderers = {key: renderer for key, member in value.items() if (renderer := _compile(member))}
    if not renderers:
        return None

    def render_members(scope: Scope) -> JsonObject:
        rendered = dict(value)
        for key, render in renderers.items():
            rendered[key] = render(scope)
        return rendered

    return render_members


def _compile_list(value: list[Json]) -> Renderer | None:
    renderers = [_compile(member) for member in value]
    if not any(renderers):
        return None
    pairs = list(zip(renderers, value, strict=True))
    return lambda scope: [render(scope) if render else member for render, member in pairs]
