"""Does a turn cost the same in a large scenario as in a small one, and in an old thread as in a young one?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, cycle
from typing import Any, Final

import msgspec

from botflow_runtime import Catalog, Conversation, SenderConfig, Thread, load_scenario
from botflow_runtime.events import MessageReceived, StartedAt
from tests.bench.measure import Plan, Row, Work, measured, row

NAME: Final = "flat"
NODES: Final = (10, 100, 1_000, 10_000)
TURNS: Final = (1, 10, 100, 1_000, 10_000)
PLACES: Final = 5
"""Nodes, spread over the scenario, at which a thread of it is measured."""
MOST_RATIO: Final = 1.3
AT: Final = 1_772_359_200_000
encode = msgspec.json.Encoder().encode


def rows(plan: Plan) -> list[Row]:
    """A turn in scenarios of each size, then a turn of threads of each age."""
    some = 2 if plan.small else None
    by_nodes = {f"{nodes:,} nodes": _turn_in(nodes) for nodes in NODES[:some]}
    by_age = {f"turn {turns + 1:,} of a thread": _turn_after(turns) for turns in TURNS[:some]}
    return [*_rows(by_nodes, plan), *_rows(by_age, plan)]


def _rows(works: dict[str, Work], plan: Plan) -> list[Row]:
    """Each row's ratio is to the first, which is the goal's measure too."""
    first, *others = (row(NAME, name, figures) for name, figures in measured(works, plan).items())
    return [first, *(_compared(other, first) for other in others)]


def _compared(other: Row, first: Row) -> Row:
    ratio = other.us / first.us
    goal = f"at most {MOST_RATIO} times the first"
    return msgspec.structs.replace(other, ratio=ratio, goal=goal, met=ratio <= MOST_RATIO)


class _Chat:
    """Turns of one scenario: a ring in which every message goes one node on."""

    def __init__(self, nodes: int) -> None:
        threads = count()
        catalog = Catalog([load_scenario(_ring(nodes))], [SenderConfig("web", "webchat", enabled=("ring",))])
        self._conversation = Conversation(catalog, lambda: f"thread-{next(threads)}")
        self._events = count()

    def start(self, node: int) -> bytes:
        """A thread that waits at the reply to this node's message."""
        event = StartedAt(id=f"start-{next(self._events)}", at=AT, sender="web", origin="operator", node=f"say_{node}")
        return self._conversation.start(None, "ring", event).turns[-1].thread.to_json()

    def turn(self, stored: bytes) -> bytes:
        """The thread after one more message, everything through JSON."""
        message = MessageReceived(id=f"event-{next(self._events):08}", at=AT, sender="web", text="next")
        turn = self._conversation.receive(Thread.from_json(stored), message).turns[-1]
        encode(turn.effects)
        encode(turn.log)
        return turn.thread.to_json()


def _turn_in(nodes: int) -> Work:
    chat = _Chat(nodes)
    pairs = nodes // 2
    places: Iterator[bytes] = cycle([chat.start(place * pairs // PLACES) for place in range(PLACES)])
    return lambda: chat.turn(next(places))


def _turn_after(turns: int) -> Work:
    chat = _Chat(nodes=NODES[0])
    stored = chat.start(0)
    for _ in range(turns):
        stored = chat.turn(stored)
    return lambda: chat.turn(stored)


def _ring(nodes: int) -> dict[str, Any]:
    pairs = nodes // 2
    return {
        "format": "botflow.scenario/1",
        "id": "ring",
        "name": "Ring",
        "channel": "webchat",
        "language": "en",
        "nodes": [node for place in range(pairs) for node in _pair(place, (place + 1) % pairs)],
    }


def _pair(place: int, following: int) -> list[dict[str, Any]]:
    role = {"role": "start"} if place == 0 else {}
    step = {"type": "static_message", "content": {"type": "text", "text": f"This is {place}."}}
    branch = {"id": "next", "patterns": ["^next$"], "next": [f"say_{following}"]}
    return [
        {"id": f"say_{place}", "kind": "action", "step": step, "next": [f"reply_{place}"], **role},
        {"id": f"reply_{place}", "kind": "condition", "type": "user_response", "branches": [branch]},
    ]
