"""Small scenarios in few words, for tests of the engine. The first node starts the chat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from botflow_runtime import Scenario, load_scenario

Node: TypeAlias = dict[str, Any]
Next: TypeAlias = Iterable[str]


def document(*nodes: Node, id: str = "bot", channel: str = "webchat", **settings: Any) -> dict[str, Any]:
    """The file of a chatbot. `settings` as in the format; `keywords` go there too."""
    first, *others = nodes
    return {
        "format": "botflow.scenario/1",
        "id": id,
        "name": id,
        "channel": channel,
        "language": "en",
        "settings": settings,
        "nodes": [first if "role" in first else {**first, "role": "start"}, *others],
    }


def bot(*nodes: Node, id: str = "bot", version: int = 1, channel: str = "webchat", **settings: Any) -> Scenario:
    """A chatbot that runs."""
    return load_scenario(document(*nodes, id=id, channel=channel, **settings), version)


def action(id: str, step: Mapping[str, Any], next: Next = (), **fields: Any) -> Node:
    """An action with any step."""
    return {"id": id, "kind": "action", "label": id.upper(), "step": dict(step), "next": list(next), **fields}


def text(words: str) -> dict[str, Any]:
    """A text message."""
    return {"type": "text", "text": words}


def say(id: str, next: Next = (), words: str | None = None, delay: int = 0, **fields: Any) -> Node:
    """A static message; it says its own id where no words are given."""
    step = {"type": "static_message", "content": text(words or id), "typing_delay_ms": delay}
    return action(id, step, next, **fields)


def ask(
    id: str,
    next: Next = (),
    save_as: str = "answer",
    validation: str = "text",
    retry: int | str = 0,
    show_in_report: bool = False,
    **fields: Any,
) -> Node:
    """A question; it asks its own id."""
    step = {
        "type": "ask_question",
        "content": text(f"{id}?"),
        "save_as": save_as,
        "validation": validation,
        "retry": retry,
        "show_in_report": show_in_report,
    }
    return action(id, step, next, **fields)


def code(
    id: str,
    next: Next = (),
    save_as: str | None = None,
    source: str = "return 1",
    language: str = "javascript",
    **fields: Any,
) -> Node:
    """Code; the tests say what comes of it."""
    step = {"type": "execute_code", "language": language, "source": source, "save_as": save_as}
    return action(id, step, next, **fields)


def dynamic(id: str, next: Next = (), source: str = "return 'x'", message_type: str = "text", **fields: Any) -> Node:
    """A dynamic message; the tests say what its code returns."""
    step = {"type": "dynamic_message", "language": "javascript", "source": source, "message_type": message_type}
    return action(id, step, next, **fields)


def jump(id: str, scenario: str, with_context: bool = False, **fields: Any) -> Node:
    """A jump to another chatbot."""
    return action(id, {"type": "jump", "scenario": scenario, "pass_context": with_context}, **fields)


def reset(id: str, **fields: Any) -> Node:
    """Reset and start over."""
    return action(id, {"type": "reset"}, **fields)


def handover(id: str, next: Next = (), department: str | None = None, **fields: Any) -> Node:
    """Hand over to a person."""
    return action(id, {"type": "handover", "department": department}, next, **fields)


def opt_out(id: str, next: Next = (), scope: str = "sender", **fields: Any) -> Node:
    """Opt the contact out."""
    return action(id, {"type": "opt_out", "scope": scope}, next, **fields)


def reply(
    id: str, branches: Mapping[str, tuple[str, Next]], otherwise: Next | None = None, report: str = "", **fields: Any
) -> Node:
    """A user-response: branch id to pattern and `next`; all write to the report field, if one is named."""
    ways = [{"patterns": [pattern], **_way(name, next, report)} for name, (pattern, next) in branches.items()]
    return _condition("user_response", id, ways, otherwise, report, fields)


def when(
    id: str, branches: Mapping[str, tuple[str, Next]], otherwise: Next | None = None, report: str = "", **fields: Any
) -> Node:
    """An expression condition: branch id to expression and `next`."""
    ways = [{"expression": expression, **_way(name, next, report)} for name, (expression, next) in branches.items()]
    return _condition("expression", id, ways, otherwise, report, fields)


def _way(name: str, next: Next, report: str) -> dict[str, Any]:
    return {"id": name, "label": name.title(), "report_field": report or None, "next": list(next)}


def _condition(
    kind: str, id: str, branches: list[dict[str, Any]], otherwise: Next | None, report: str, fields: Mapping[str, Any]
) -> Node:
    node = {"id": id, "kind": "condition", "type": kind, "label": id.upper(), "branches": branches, **fields}
    if otherwise is not None:
        node["else"] = {"label": "Else", "report_field": report or None, "next": list(otherwise)}
    return node
