"""jsonb: -> ->> #>> and ||."""

from __future__ import annotations

from typing import Final

from botflow_runtime.expressions.catalog import INT4, JSONB, OTHER_TYPE, TEXT, TEXT_ARRAY
from botflow_runtime.expressions.jsonb import Json, Jsonb, step, text_of
from botflow_runtime.expressions.registry import OPERATORS

FAMILY: Final = "jsonb"


def field(document: Jsonb, key: str | int) -> Jsonb | None:
    try:
        return Jsonb(step(document.value, key))
    except KeyError:
        return None


def field_text(document: Jsonb, key: str | int) -> str | None:
    found = field(document, key)
    return None if found is None else text_of(found.value)


def path_text(document: Jsonb, path: list[str | None]) -> str | None:
    """The text under a path of keys and indexes."""
    value: Json = document.value
    try:
        for key in path:
            if key is None:
                return None
            value = step(value, _index(key) if isinstance(value, list) else key)
    except (KeyError, ValueError):
        return None
    return text_of(value)


def _index(key: str) -> int:
    if not key.strip().lstrip("+-").isdigit() or not key.isascii():
        raise ValueError(key)
    return int(key)


def merged(left: Jsonb, right: Jsonb) -> Jsonb:
    """|| of two documents: objects merge, all else becomes one list."""
    first, second = left.value, right.value
    if isinstance(first, dict) and isinstance(second, dict):
        return Jsonb({**first, **second})
    return Jsonb(_as_list(first) + _as_list(second))


def _as_list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


for _key in (TEXT, INT4):
    OPERATORS.add(FAMILY, "->", (JSONB, _key), JSONB, field)
    OPERATORS.add(FAMILY, "->>", (JSONB, _key), TEXT, field_text)
    OPERATORS.outside("-> ->>", (OTHER_TYPE, _key))
OPERATORS.add(FAMILY, "#>>", (JSONB, TEXT_ARRAY), TEXT, path_text)
OPERATORS.add(FAMILY, "||", (JSONB, JSONB), JSONB, merged)
OPERATORS.outside("#>>", (OTHER_TYPE, TEXT_ARRAY))
OPERATORS.outside("-", (JSONB, TEXT), (JSONB, INT4), (JSONB, TEXT_ARRAY))
