"""Small scenarios for the tests, as documents of the public format."""

from typing import Any

Document = dict[str, Any]


def scenario(name: str, *nodes: Document, **settings: Any) -> Document:
    """A web chat scenario of these nodes; the first one is where it starts."""
    first, *others = nodes
    return {
        "format": "botflow.scenario/1",
        "id": name,
        "name": name.capitalize(),
        "channel": "webchat",
        "language": "en",
        "settings": settings,
        "nodes": [first | {"role": "start"}, *others],
    }


def text(content: str) -> Document:
    return {"type": "text", "text": content}


def say(node: str, words: str, *following: str, delay: int = 0, **fields: Any) -> Document:
    """Say something and go on; with nothing to follow the thread is complete."""
    step: Document = {"type": "static_message", "content": text(words)}
    if delay:
        step["typing_delay_ms"] = delay
    ending = {"next": list(following)} if following else {"final": True}
    return {"id": node, "kind": "action", "step": step} | ending | fields


def ask(node: str, words: str, save_as: str, *following: str, **fields: Any) -> Document:
    step = {"type": "ask_question", "content": text(words), "save_as": save_as, "validation": "text", "retry": 2}
    return {"id": node, "kind": "action", "step": step, "next": list(following)} | fields


def code(node: str, source: str, *following: str, save_as: str = "result", **fields: Any) -> Document:
    step = {"type": "execute_code", "language": "javascript", "source": source, "save_as": save_as}
    return {"id": node, "kind": "action", "step": step, "next": list(following)} | fields


def listen(node: str, *following: str) -> Document:
    """Wait for any reply."""
    return {
        "id": node,
        "kind": "condition",
        "type": "user_response",
        "branches": [],
        "else": {"label": "Anything", "next": list(following)},
    }


ECHO = scenario("echo", ask("ask", "Say something.", "word", "answer"), say("answer", "You said {{word}}.", "ask"))
"""Answers every message, for ever: `Say something.`, then `You said ...` and `Say something.`"""

GREETER = scenario("greeter", say("hello", "Hello!"))
"""Says one thing and is complete."""

THINKER = scenario(
    "thinker",
    ask("ask", "A number?", "number", "double"),
    code("double", "return Number({{number}}) * 2", "answer"),
    say("answer", "Twice {{number}} is {{result}}.", "ask"),
)
"""Runs code for every message."""

HURRIED = scenario(
    "hurried",
    ask("ask", "Quick, your name?", "name", "thanks"),
    say("thanks", "Thanks {{name}}."),
    say("late", "Too late.", role="response_timeout"),
    response_timeout={"seconds": 1, "action": "node"},
)
"""Waits for one second."""
