"""Filling the `{{placeholders}}` of saved content with texts (AS-3, AP-1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botflow_runtime.templates import PLACEHOLDER, names


def placeholders(content: object) -> list[str]:
    """The names that content wants a text for, each once, in order of appearance."""
    return list(dict.fromkeys(name for text in _texts(content) for name in names(text)))


def filled(content: Any, params: Mapping[str, str]) -> Any:
    """The content with the texts in place of its placeholders. Raises KeyError where one has no text."""
    if isinstance(content, str):
        return PLACEHOLDER.sub(lambda found: params[found[1]], content)
    if isinstance(content, dict):
        return {key: filled(value, params) for key, value in content.items()}
    if isinstance(content, list):
        return [filled(value, params) for value in content]
    return content


def filled_length(content: object, params: Mapping[str, str]) -> int:
    """How many characters the texts of `filled` will have, without making them."""
    return sum(
        len(PLACEHOLDER.sub("", text)) + sum(len(params[name]) for name in names(text)) for text in _texts(content)
    )


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
