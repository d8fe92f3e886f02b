"""The pizza conversation: what every engine is asked to do in the first benchmark.

The contact triggers the chatbot, gives a name, taps a size; a condition picks the last message. Three messages in, four
out. Between any two the state goes to JSON and back.
"""

from __future__ import annotations

from typing import Any, Final

INBOUND: Final = (("pizza", None), ("Ann", None), ("Large", "large"))
REPLIES: Final = (
    "Welcome to the pizza bot!",
    "What is your name?",
    "Which size, Ann?",
    "Thanks Ann, your pizza is on its way.",
)

SCENARIO: Final[dict[str, Any]] = {
    "format": "botflow.scenario/1",
    "id": "pizza",
    "name": "Pizza",
    "channel": "webchat",
    "language": "en",
    "settings": {"keywords": {"trigger": ["pizza"]}},
    "nodes": [
        {
            "id": "welcome",
            "kind": "action",
            "role": "start",
            "step": {"type": "static_message", "content": {"type": "text", "text": REPLIES[0]}},
            "next": ["name"],
        },
        {
            "id": "name",
            "kind": "action",
            "step": {
                "type": "ask_question",
                "content": {"type": "text", "text": REPLIES[1]},
                "save_as": "name",
                "validation": "text",
            },
            "next": ["size"],
        },
        {
            "id": "size",
            "kind": "action",
            "step": {
                "type": "static_message",
                "content": {
                    "type": "text",
                    "text": "Which size, {{name}}?",
                    "suggestions": [
                        {"id": "s", "type": "reply", "text": "Small", "postback": "small"},
                        {"id": "l", "type": "reply", "text": "Large", "postback": "large"},
                    ],
                },
            },
            "next": ["size_reply"],
        },
        {
            "id": "size_reply",
            "kind": "condition",
            "type": "user_response",
            "branches": [
                {
                    "id": "small",
                    "patterns": ["^s(mall)?$"],
                    "suggestion": "s",
                    "report_field": "size",
                    "next": ["known"],
                },
                {
                    "id": "large",
                    "patterns": ["^l(arge)?$"],
                    "suggestion": "l",
                    "report_field": "size",
                    "next": ["known"],
                },
            ],
            "else": {"next": ["size"]},
        },
        {
            "id": "known",
            "kind": "condition",
            "type": "expression",
            "branches": [{"id": "yes", "expression": "length('{{name}}') > 2", "next": ["thanks"]}],
            "else": {"next": ["anonymous"]},
        },
        {
            "id": "thanks",
            "kind": "action",
            "final": True,
            "step": {
                "type": "static_message",
                "content": {"type": "text", "text": "Thanks {{name}}, your pizza is on its way."},
            },
        },
        {
            "id": "anonymous",
            "kind": "action",
            "final": True,
            "step": {"type": "static_message", "content": {"type": "text", "text": "Thanks, whoever you are."}},
        },
    ],
}
