"""A scenario of any size with a bit of everything, made of blocks of eight nodes that follow one another."""

from __future__ import annotations

from typing import Any, Final

BLOCK: Final = 8


def large_scenario(blocks: int) -> dict[str, Any]:
    """A scenario without problems: questions, replies, expressions, code and messages, and a picture of it all."""
    nodes = [node for block in range(blocks) for node in _block(block, is_last=block == blocks - 1)]
    nodes[0]["role"] = "start"
    return {
        "format": "botflow.scenario/1",
        "id": "large",
        "name": "Large",
        "channel": "webchat",
        "language": "en",
        "settings": {
            "response_timeout": {"seconds": 300, "action": "end_chat"},
            "keywords": {"trigger": ["large"], "stop": ["^bye$"]},
        },
        "nodes": nodes,
        "layout": {"nodes": {node["id"]: [place % 40 * 240, place // 40 * 160] for place, node in enumerate(nodes)}},
    }


def _block(block: int, *, is_last: bool) -> list[dict[str, Any]]:
    def name(what: str) -> str:
        return f"{what}_{block}"

    answer, size, price = name("answer"), name("size"), name("price")
    onward = {"final": True} if is_last else {"next": [f"ask_{block + 1}"]}
    suggestions = [
        {"id": "small", "type": "reply", "text": "Small", "postback": "small"},
        {"id": "large", "type": "reply", "text": "Large", "postback": "large"},
    ]
    branches = [
        {"id": "small", "label": "Small", "patterns": ["^s(mall)?$"], "suggestion": "small", "next": [name("compute")]},
        {"id": "large", "label": "Large", "patterns": ["^l(arge)?$"], "suggestion": "large", "next": [name("compute")]},
    ]
    expressions = [
        {"id": "much", "label": "Much", "expression": f"'{{{{{price}}}}}' >= {block} + 9", "next": [name("dear")]},
        {"id": "long", "label": "Long", "expression": f"length('{{{{{answer}}}}}') > 20", "next": [name("long")]},
    ]
    return [
        _action(name("ask"), _question(f"What is your answer to question {block}?", answer), next=[name("offer")]),
        _action(name("offer"), _say(f"Which size, {{{{{answer}}}}}?", suggestions=suggestions), next=[size]),
        {
            "id": size,
            "kind": "condition",
            "type": "user_response",
            "label": "Size?",
            "branches": branches,
            "else": {"label": "Something else", "next": [name("offer")]},
        },
        _action(name("compute"), _code(price, block), timeout_seconds=5, next=[name("check")]),
        {
            "id": name("check"),
            "kind": "condition",
            "type": "expression",
            "label": "Price?",
            "branches": expressions,
            "else": {"label": "Little", "next": [name("cheap")]},
        },
        _action(name("dear"), _say(f"That is {{{{{price}}}}} EUR, quite a lot."), **onward),
        _action(name("long"), _say(f"You wrote a lot: {{{{{answer}}}}}"), **onward),
        _action(name("cheap"), _say(f"Only {{{{{price}}}}} EUR, {{{{contact.name}}}}."), **onward),
    ]


def _action(name: str, step: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": "action", "label": name, "step": step, **more}


def _say(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "static_message", "content": {"type": "text", "text": text, **more}}


def _question(text: str, save_as: str) -> dict[str, Any]:
    content = {"type": "text", "text": text}
    return {"type": "ask_question", "content": content, "save_as": save_as, "validation": "text", "retry": 2}


def _code(save_as: str, block: int) -> dict[str, Any]:
    source = f"const base = {block};\nreturn base + 8;"
    return {"type": "execute_code", "language": "javascript", "source": source, "save_as": save_as}
