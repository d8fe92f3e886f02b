"""The floor: a dictionary of functions and the json module, nothing else. It has no log, no contact, no validation."""

from __future__ import annotations

import json
import sys
from typing import Any

from rounds import INBOUND, SUGGESTIONS, report

if "orjson" in sys.argv:
    import orjson

    loads, dumps = orjson.loads, orjson.dumps
else:
    loads, dumps = json.loads, json.dumps


def start(state: dict[str, Any], text: str, postback: str | None) -> list[dict[str, Any]]:
    if "pizza" not in text.lower():
        return []
    state["at"] = "name"
    return [{"type": "text", "text": "Welcome to the pizza bot!"}, {"type": "text", "text": "What is your name?"}]


def name(state: dict[str, Any], text: str, postback: str | None) -> list[dict[str, Any]]:
    state["name"] = text
    state["at"] = "size"
    return [{"type": "text", "text": f"Which size, {text}?", "suggestions": SUGGESTIONS}]


def size(state: dict[str, Any], text: str, postback: str | None) -> list[dict[str, Any]]:
    chosen = text.lower()
    if chosen not in ("s", "small", "l", "large"):
        return [{"type": "text", "text": f"Which size, {state['name']}?", "suggestions": SUGGESTIONS}]
    state["size"] = chosen
    state["at"] = "end"
    if len(state["name"]) > 2:
        return [{"type": "text", "text": f"Thanks {state['name']}, your pizza is on its way."}]
    return [{"type": "text", "text": "Thanks, whoever you are."}]


HANDLERS = {"start": start, "name": name, "size": size}


def converse() -> list[str]:
    stored = dumps({"at": "start"})
    replies = []
    for text, postback in INBOUND:
        state = loads(stored)
        messages = HANDLERS[state["at"]](state, text, postback)
        stored = dumps(state)
        dumps(messages)
        replies += [message["text"] for message in messages]
    return replies


report(converse)
