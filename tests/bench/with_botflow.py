"""botflow: router and engine, the thread through JSON between any two messages, log and effects written as JSON."""

from __future__ import annotations

from itertools import count

import msgspec

from botflow_runtime import Catalog, Conversation, SenderConfig, Thread, load_scenario
from botflow_runtime.effects import SendMessage
from botflow_runtime.events import MessageReceived
from tests.bench.conversation import INBOUND, SCENARIO
from tests.bench.peers.python.rounds import report

EVENTS = count()
THREADS = count()
CATALOG = Catalog([load_scenario(SCENARIO)], [SenderConfig("web", "webchat", enabled=("pizza",))])
CONVERSATION = Conversation(CATALOG, lambda: f"thread-{next(THREADS)}")
CONTACT = {"phone": "+15550100"}
AT = 1_772_359_200_000
encode = msgspec.json.Encoder().encode


def converse() -> list[str]:
    """One whole conversation; returns what the chatbot said."""
    stored: bytes | None = None
    replies: list[str] = []
    for text, postback in INBOUND:
        live = None if stored is None else Thread.from_json(stored)
        message = MessageReceived(
            id=f"event-{next(EVENTS)}", at=AT, contact=CONTACT, sender="web", text=text, postback=postback
        )
        for turn in CONVERSATION.receive(live, message).turns:
            stored = turn.thread.to_json()
            encode(turn.effects)
            encode(turn.log)
            replies += [effect.content["text"] for effect in turn.effects if isinstance(effect, SendMessage)]
    return replies


if __name__ == "__main__":
    report(converse)
