"""Where a scenario reads values: the placeholders of its messages, expressions and scripts (engine.md 11)."""

from __future__ import annotations

from collections.abc import Iterator

from botflow_runtime.content.model import objects
from botflow_runtime.json_faults import path_text
from botflow_runtime.templates import names
from botflow_runtime.validation.draft import Draft, DraftNode


def placeholders(draft: Draft) -> Iterator[tuple[DraftNode, str, str]]:
    """Node, field and name of every placeholder."""
    for place in draft.expressions:
        for name in place.compiled.placeholders if place.compiled is not None else ():
            yield draft.by_id[place.node or ""], place.field, name
    for node in draft.nodes:
        for field, text in texts(node):
            yield from ((node, field, name) for name in names(text))
        source = node.meaning.source if node.meaning is not None else None
        if source is not None:
            yield from ((node, "step.source", name) for name in names(source[1]))


def texts(node: DraftNode) -> Iterator[tuple[str, str]]:
    """Field and text of everything with braces in the message of a node."""
    sends = node.meaning.sends if node.meaning is not None else None
    for path, item in objects(sends):
        for name, text in item.items():
            if isinstance(text, str) and "{{" in text:
                yield path_text(("step", "content", *path, name)), text
