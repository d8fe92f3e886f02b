"""transitions: a machine of states; its state and the model's fields go through JSON between any two messages."""

from __future__ import annotations

import json
from typing import Any

from rounds import INBOUND, SUGGESTIONS, report
from transitions import Machine


class Pizza:
    state: str

    def __init__(self, name: str | None = None, size: str | None = None) -> None:
        self.name = name
        self.size = size
        self.out: list[dict[str, Any]] = []

    def fits_trigger(self, text: str) -> bool:
        return "pizza" in text.lower()

    def fits_size(self, text: str) -> bool:
        return text.lower() in ("s", "small", "l", "large")

    def is_known(self, text: str) -> bool:
        return len(self.name or "") > 2

    def greet(self, text: str) -> None:
        self.say("Welcome to the pizza bot!")
        self.say("What is your name?")

    def keep_name(self, text: str) -> None:
        self.name = text
        self.ask_size(text)

    def ask_size(self, text: str) -> None:
        self.out.append({"type": "text", "text": f"Which size, {self.name}?", "suggestions": SUGGESTIONS})

    def keep_size(self, text: str) -> None:
        self.size = text

    def thank(self, text: str) -> None:
        self.say(f"Thanks {self.name}, your pizza is on its way.")

    def thank_anybody(self, text: str) -> None:
        self.say("Thanks, whoever you are.")

    def say(self, text: str) -> None:
        self.out.append({"type": "text", "text": text})


MACHINE = Machine(
    model=None,
    states=["start", "name", "size", "end"],
    initial="start",
    transitions=[
        {"trigger": "message", "source": "start", "dest": "name", "conditions": "fits_trigger", "after": "greet"},
        {"trigger": "message", "source": "name", "dest": "size", "after": "keep_name"},
        {
            "trigger": "message",
            "source": "size",
            "dest": "end",
            "conditions": ["fits_size", "is_known"],
            "before": "keep_size",
            "after": "thank",
        },
        {
            "trigger": "message",
            "source": "size",
            "dest": "end",
            "conditions": "fits_size",
            "before": "keep_size",
            "after": "thank_anybody",
        },
        {"trigger": "message", "source": "size", "dest": "size", "after": "ask_size"},
    ],
    auto_transitions=False,
)


def converse() -> list[str]:
    stored = json.dumps({"state": "start", "name": None, "size": None})
    replies = []
    for text, _ in INBOUND:
        fields = json.loads(stored)
        model = Pizza(fields["name"], fields["size"])
        MACHINE.add_model(model, initial=fields["state"])
        model.message(text)  # transitions adds this method to its models
        MACHINE.remove_model(model)
        stored = json.dumps({"state": model.state, "name": model.name, "size": model.size})
        json.dumps(model.out)
        replies += [message["text"] for message in model.out]
    return replies


report(converse)
