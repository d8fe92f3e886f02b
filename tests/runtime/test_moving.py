"""A live thread moves to another version of its chatbot, to the node of the same id (engine.md 10)."""

from __future__ import annotations

import pytest

from botflow_runtime.events import Moved, Stopped
from tests.runtime.bots import Node, ask, bot, code, handover, reply, say
from tests.runtime.chat import Chat

OLD = bot(say("hi", ["w"]), reply("w", {"y": ("^yes$", ["q"])}), ask("q", ["end"]), say("end", final=True))
TIMEOUT = {"seconds": 60, "action": "end_chat"}


def moved(chat: Chat, *nodes: Node) -> Chat:
    """The thread is to run version 2, of these nodes."""
    chat.publish(OLD, bot(*nodes, version=2))
    return chat.happens(Moved, version=2)


def test_it_goes_on_at_the_same_node_of_the_other_version() -> None:
    chat = moved(Chat(OLD).start(), say("hi", ["w"]), reply("w", {"y": ("^yes$", ["new"])}), say("new", final=True))
    assert (chat.thread.version, chat.thread.node, chat.logged, chat.out) == (2, "w", ["moved"], [])
    assert chat.says("yes").out == ["new"]


def test_what_it_has_gathered_and_its_timers_stay() -> None:
    old = bot(ask("q", ["end"], save_as="v"), say("end", final=True), response_timeout=TIMEOUT)
    chat = Chat(old).start()
    before = chat.thread
    chat.publish(old, bot(ask("q", ["end"], save_as="w"), say("end", final=True), version=2))
    chat.happens(Moved, version=2)
    assert (chat.thread.timers, chat.thread.wait, chat.effect_names) == (before.timers, before.wait, [])
    assert chat.says("x").thread.variables == {"w": "x"}


def test_a_late_failure_of_a_message_whose_node_is_gone_changes_nothing() -> None:
    chat = Chat(OLD).start()
    message = chat.thread.sent
    assert message is not None
    moved(chat, say("hello", ["w"]), reply("w", {"y": ("^yes$", ["end"])}), say("end", final=True))
    assert chat.thread.sent is None
    assert chat.reports("failed", message.id).status == ("active", "")


@pytest.mark.parametrize(
    ("nodes", "why"),
    [
        ([say("hi", final=True)], "there is no node 'w' in version 2"),
        ([say("hi", ["w"]), say("w", final=True)], "node 'w' waits for something else in version 2"),
    ],
)
def test_what_stands_against_it_is_told_and_the_thread_stays(nodes: list[Node], why: str) -> None:
    chat = moved(Chat(OLD).start(), *nodes)
    assert (chat.thread.version, chat.detail("ignored")) == (1, why)
    assert chat.says("yes").out == ["q?"]


def test_a_question_needs_a_question() -> None:
    chat = Chat(OLD).start().says("yes")
    assert moved(chat, say("hi", ["q"]), code("q", ["hi"])).logged == ["ignored"]
    chat.publish(OLD, bot(say("hi", ["q"]), ask("q", ["hi"]), version=3))
    assert chat.happens(Moved, version=3).thread.version == 3


def test_a_thread_that_is_busy_or_over_stays() -> None:
    old = bot(code("work", ["end"]), say("end", final=True))
    chat = Chat(old).start()
    chat.publish(old, bot(code("work", ["end"]), say("end", final=True), version=2))
    assert chat.happens(Moved, version=2).logged == ["ignored"]
    assert chat.happens(Stopped).happens(Moved, version=2).logged == ["ignored"]


def test_a_handed_over_thread_moves_with_its_node() -> None:
    old = bot(handover("p", ["end"]), say("end", final=True))
    chat = Chat(old).start()
    chat.publish(old, bot(handover("p", ["other"]), say("other", final=True), version=2))
    assert chat.happens(Moved, version=2).thread.version == 2
