"""Webhooks that come at the same time share a transaction, and nobody's message suffers for that."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from botflow.channels.contract import Inbound, Part
from botflow.conversations.dialogue import Dialogue
from botflow.conversations.together import MOST, Together
from tests.server.scenarios import ECHO, HURRIED, THINKER
from tests.server.world import World


def inbound(sender: str, visitor: int, vendor_id: str, text: str = "hi") -> Inbound:
    return Inbound(sender, f"visitor:{visitor}", vendor_id, text=text)


def messages_together(world: World) -> Together[tuple[str, Inbound | Part]]:
    return Together(world.conversations.receive_all, lambda named: named[1].address)


def all_at_once(world: World, bundles: Sequence[Sequence[Inbound]]) -> list[Exception]:
    """Hand in each bundle from a thread of its own."""
    together, errors = messages_together(world), list[Exception]()

    def hand_in(messages: Sequence[Inbound]) -> None:
        try:
            together.take([("webchat", message) for message in messages])
        except Exception as error:  # what the vendor would hear
            errors.append(error)

    threads = [threading.Thread(target=hand_in, args=(bundle,)) for bundle in bundles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def commits(world: World) -> list[int]:
    """Counts the transactions that write, from now on."""
    counted = [0]
    transaction = world.database.transaction

    def counting() -> object:
        counted[0] += 1
        return transaction()

    world.database.transaction = counting  # type: ignore[method-assign,assignment]  # undone with the world
    return counted


def test_many_messages_are_each_answered_once(world: World) -> None:
    sender = world.publish(ECHO)
    assert not all_at_once(world, [[inbound(sender, number, f"m{number}")] for number in range(40)])
    assert world.count("outbound_message") == 40
    assert world.count("inbound_message", "state = 'handled'") == 40


def test_messages_of_one_contact_keep_their_order_in_one_transaction(world: World) -> None:
    sender = world.publish(ECHO)
    texts = ["hi", *map(str, range(9))]
    together = messages_together(world)
    together.take([("webchat", Inbound(sender, "visitor:one", f"m{text}", text=text)) for text in texts])
    world.drain()
    assert [text for text in world.shown(sender) if text.startswith("You said")] == [
        f"You said {number}." for number in range(9)
    ]


def test_the_same_message_twice_in_a_transaction_is_one(world: World) -> None:
    sender = world.publish(ECHO)
    messages_together(world).take([("webchat", inbound(sender, 1, "same"))] * 2)
    assert world.count("inbound_message") == 1


def test_a_transaction_takes_messages_of_several_senders_and_threads_that_are_busy_or_wait(world: World) -> None:
    echo, thinker, hurried = world.publish(ECHO), world.publish(THINKER), world.publish(HURRIED)
    together = messages_together(world)
    for text in ("hi", "21", "more"):
        together.take([("webchat", inbound(sender, 1, f"{sender}{text}", text)) for sender in (echo, thinker, hurried)])
    assert world.count("inbound_message", "state = 'held'") == 1
    world.run_code()
    assert world.count("inbound_message", "state = 'held'") == 0
    assert world.count("timer") == 1, "the one of the chat that the last message began"


def test_a_message_that_cannot_be_taken_fails_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sender = world.publish(ECHO)
    take = world.conversations._take

    def broken(dialogue: Dialogue, message: Inbound) -> str:
        if message.vendor_id == "m7":
            raise ValueError("poison")
        return take(dialogue, message)

    monkeypatch.setattr(world.conversations, "_take", broken)
    errors = all_at_once(world, [[inbound(sender, number, f"m{number}")] for number in range(20)])
    assert [str(error) for error in errors] == ["poison"]
    assert world.count("inbound_message") == 19


class Held:
    """Takes as it is told to, and holds the first that takes until it is let go."""

    def __init__(self, take_all: Callable[[Sequence[Any]], None]) -> None:
        self._take_all = take_all
        self.has_begun, self.goes_on = threading.Event(), threading.Event()

    def __call__(self, things: Sequence[Any]) -> None:
        first = not self.has_begun.is_set()
        self.has_begun.set()
        if first:
            assert self.goes_on.wait(10)
        self._take_all(things)


def test_who_waits_is_taken_along_but_not_more_than_a_transaction_should_hold(world: World) -> None:
    sender = world.publish(ECHO)
    held, counted = Held(world.conversations.receive_all), commits(world)
    together = Together[tuple[str, Inbound | Part]](held, lambda named: named[1].address)
    bundles = [[("webchat", inbound(sender, number, f"m{number}"))] for number in range(2 * MOST + 1)]
    threads = [threading.Thread(target=together.take, args=(bundle,)) for bundle in bundles]
    threads[0].start()
    assert held.has_begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(together._waiting) < 2 * MOST:
        pass
    held.goes_on.set()
    for thread in threads:
        thread.join()
    assert world.count("inbound_message") == 2 * MOST + 1
    assert counted[0] == 3


def test_nobody_is_told_that_something_is_safe_when_the_one_who_took_it_was_ended() -> None:
    def end(things: Sequence[str]) -> None:
        raise SystemExit

    held = Held(end)
    together, told = Together[str](held, lambda thing: thing), list[str]()

    def hand_in(thing: str) -> None:
        try:
            together.take([thing])
        except BaseException as error:  # a thread's end too
            told.append(type(error).__name__)

    threads = [threading.Thread(target=hand_in, args=(f"t{number}",)) for number in range(4)]
    threads[0].start()
    assert held.has_begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(together._waiting) < 3:
        pass
    held.goes_on.set()
    for thread in threads:
        thread.join(10)
    assert sorted(told) == ["RuntimeError", "RuntimeError", "SystemExit", "SystemExit"]
