"""What keeps a value made in Python from being a JSON document that the runtime takes."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple, TypeAlias

JsonPath: TypeAlias = tuple[str | int, ...]

DEEPEST_NESTING: Final = 64
"""Objects and lists inside each other, in all of a file."""
MOST_VALUES: Final = 20_000_000
"""Values on one level; only a structure that holds itself reaches so many."""

SCALARS: Final = (bool, int, float, type(None))
HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
REMOVE_HALF_CHARACTER: Final = "Remove the half character from this text: it is one part of a surrogate pair."


class JsonFault(NamedTuple):
    """One place that is no JSON, and what to do about it."""

    path: JsonPath
    message: str


def json_fault(value: object) -> JsonFault | None:
    """The first thing found that a JSON text could not hold, or that nests deeper than any scenario needs to."""
    return None if _is_json(value) else _find(value)


def path_text(path: JsonPath) -> str:
    """A path as people write it: ``branches[0].patterns[1]``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def _is_json(root: object) -> bool:
    level = [root]
    for _ in range(DEEPEST_NESTING):
        below: list[object] = []
        for value in level:
            if isinstance(value, str):
                if not value.isascii() and HALF_CHARACTER.search(value):
                    return False
            elif isinstance(value, dict):
                if not all(type(key) is str for key in value):
                    return False
                below += value
                below += value.values()
            elif isinstance(value, list | tuple):
                below += value
            elif not isinstance(value, SCALARS):
                return False
        if not below or len(below) > MOST_VALUES:
            return not below
        level = below
    return False


def _find(root: object) -> JsonFault:
    waiting: list[tuple[JsonPath, object]] = [((), root)]
    for _ in range(MOST_VALUES):
        if not waiting:
            break
        path, value = waiting.pop()
        message = _message(value, len(path))
        if message:
            return JsonFault(path[:4], message)
        waiting += _children(path, value)
    return JsonFault((), "Split the chatbot and jump between its parts: it holds too many values.")


def _message(value: object, depth: int) -> str:
    if depth >= DEEPEST_NESTING:
        return f"Nest less: objects and lists go at most {DEEPEST_NESTING} levels deep."
    texts = [value] if isinstance(value, str) else list(value) if isinstance(value, dict) else []
    if not all(type(text) is str or text is value for text in texts):
        return "Name every member of this object with a text."
    if any(HALF_CHARACTER.search(text) for text in texts):
        return REMOVE_HALF_CHARACTER
    if not isinstance(value, (str, dict, list, tuple, *SCALARS)):
        return f"Write a JSON value here, not one of Python's type {type(value).__name__}."
    return ""


def _children(path: JsonPath, value: Any) -> list[tuple[JsonPath, object]]:
    if isinstance(value, dict):
        return [((*path, key), child) for key, child in value.items()]
    if isinstance(value, list | tuple):
        return [((*path, index), child) for index, child in enumerate(value)]
    return []
