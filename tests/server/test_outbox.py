"""What leaves, when, and in which order."""

from collections.abc import Mapping
from typing import Any

import pytest

from botflow.channels.contract import FAULT, MAY_HAVE_LEFT, Accepted, Refused, RetryLater, SendResult
from botflow.conversations import delivery
from botflow.conversations.capability import Capabilities
from botflow.conversations.delivery import LONGEST_DELAY_SECONDS, MOST_ATTEMPTS
from botflow.conversations.leases import LEASE_MS
from botflow.errors import RequestError
from tests.server.scenarios import ECHO, ask, listen, say, scenario
from tests.server.world import World

SLOW = scenario(
    "slow", say("one", "One.", "two", delay=500), say("two", "Two.", "three", delay=1000), say("three", "Three.")
)
AWAITED = scenario(
    "awaited",
    say("one", "One.", "two", timeout_seconds=30),
    say("two", "Two.", "wait"),
    listen("wait", "two"),
    say("sorry", "Sorry.", role="failover"),
    on_failure={"action": "failover"},
)


def sent(world: World) -> list[object]:
    return [message.content["text"] for message in world.vendor.sent]


def test_a_conversation_keeps_its_order_and_its_typing_delays(world: World) -> None:
    sender = world.publish(SLOW)
    world.hand_in(sender, "hi")
    due = world.drain()
    assert (due, sent(world)) == (world.now + 500, [])
    assert world.view(sender).typing
    world.wait(0.499)
    assert sent(world) == []
    world.wait(0.001)
    assert sent(world) == ["One."]
    assert world.view(sender).typing
    world.wait(1)
    assert sent(world) == ["One.", "Two.", "Three."]
    assert not world.view(sender).typing


def test_typing_is_announced_before_and_ended_after_the_message(world: World) -> None:
    sender = world.publish(SLOW)
    world.hand_in(sender, "hi")
    world.ears.heard.clear()
    world.wait(0.5)
    assert world.ears.heard == [("message", 2, "out", "One."), ("typing", True)]
    world.ears.heard.clear()
    world.wait(1)
    assert world.ears.heard[:2] == [("message", 3, "out", "Two."), ("typing", False)]


def test_the_outbox_is_woken_when_a_message_is_queued(world: World) -> None:
    world.hand_in(world.publish(ECHO), "hi")
    assert world.wakes.woken["outbox"] >= 1


def test_a_message_that_has_to_wait_holds_up_those_behind_it(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.vendor.answers = [RetryLater("busy", seconds=5)]
    world.write(sender, "one")
    assert sent(world) == ["Say something.", "You said one."]
    world.wait(4.9)
    assert len(sent(world)) == 2
    world.wait(0.1)
    assert sent(world)[2:] == ["You said one.", "Say something."]
    assert world.shown(sender)[-2:] == ["You said one.", "Say something."]


def test_another_conversation_does_not_wait_for_it(world: World) -> None:
    sender = world.publish(ECHO)
    world.vendor.answers = [RetryLater("busy", seconds=60)]
    world.write(sender, "hi")
    world.write(sender, "hi", address="visitor:two")
    assert [message.address for message in world.vendor.sent] == ["visitor:one", "visitor:two"]


def test_delays_grow_and_after_the_last_attempt_the_message_has_failed(world: World) -> None:
    sender = world.publish(ECHO)
    world.vendor.answers = [RetryLater("busy")] * MOST_ATTEMPTS
    world.write(sender, "hi")
    delays = []
    while world.count("outbound_message", "status = 'queued'"):
        due = world.drain()
        assert due is not None
        delays.append(due - world.now)
        world.wait(delays[-1] / 1000)
    growing = [delay for delay in delays if delay < LONGEST_DELAY_SECONDS * 750]
    assert growing == sorted(growing) == delays[: len(growing)]
    assert max(delays) <= LONGEST_DELAY_SECONDS * 1250
    assert len(world.vendor.sent) == MOST_ATTEMPTS
    assert world.rows("outbound_message", "status", "error") == [
        ("failed", f"given up after {MOST_ATTEMPTS} attempts: busy")
    ]


def test_a_message_at_which_the_adapter_breaks_waits_alone(world: World) -> None:
    """A fault of our own is no reason to hold up the sender, nor to send without end."""
    sender = world.publish(ECHO)
    world.vendor.breaks_at = {"visitor:broken"}
    for address in ("visitor:one", "visitor:broken", "visitor:two"):
        world.hand_in(sender, "hi", address=address)
    assert (world.drain() or 0) - world.now in range(750, 1251)
    assert sorted(message.address for message in world.vendor.sent) == ["visitor:one", "visitor:two"]
    assert world.rows("outbound_message", "status", "attempts", "error")[0] == ("queued", 1, FAULT)
    assert world.count("outbound_message", "status = 'sent'") == 2
    world.vendor.breaks_at = set()
    world.wait(2)
    assert world.count("outbound_message", "status = 'sent'") == 3


def test_an_adapter_that_breaks_at_a_whole_batch_holds_up_that_batch_only(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> list[SendResult]:
        raise AssertionError("a mistake of ours")

    sender = world.publish(ECHO)
    monkeypatch.setattr(world.vendor, "send_batch", broken)
    world.write(sender, "hi")
    assert world.rows("outbound_message", "status", "attempts", "error") == [("queued", 1, MAY_HAVE_LEFT)]


def test_a_message_that_cannot_be_made_ready_for_a_fault_of_ours_waits_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve = world.conversations.resolve
    faults = iter([AssertionError("a mistake of ours")])

    def broken_once(*given: Any) -> Any:
        for fault in faults:
            raise fault
        return resolve(*given)

    sender = world.publish(ECHO)
    monkeypatch.setattr(world.conversations, "resolve", broken_once)
    for address in ("visitor:one", "visitor:two"):
        world.hand_in(sender, "hi", address=address)
    world.drain()
    assert sorted(world.rows("outbound_message", "status", "error")) == [("queued", FAULT), ("sent", None)]


def test_a_fault_of_ours_in_asking_who_can_get_messages_holds_up_none(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> dict[str, Refused]:
        raise AssertionError("a mistake of ours")

    monkeypatch.setattr(Capabilities, "refusals", broken)
    world.write(world.publish(ECHO), "hi")
    assert world.rows("outbound_message", "status", "error") == [("sent", None)]


def test_a_refused_message_is_not_tried_again(world: World) -> None:
    sender = world.publish(ECHO)
    world.vendor.answers = [Refused("no such number")]
    world.write(sender, "hi")
    world.wait(3600)
    assert len(world.vendor.sent) == 1
    assert world.rows("outbound_message", "status", "error") == [("failed", "no such number")]
    assert world.shown(sender) == ["> hi"]


def test_a_thread_that_waits_for_acceptance_goes_on_with_it(world: World) -> None:
    sender = world.publish(AWAITED)
    world.hand_in(sender, "hi")
    assert world.count("outbound_message") == 1
    world.drain()
    assert sent(world) == ["One.", "Two."]


def test_a_thread_that_waits_for_acceptance_hears_of_the_failure(world: World) -> None:
    sender = world.publish(AWAITED)
    world.vendor.answers = [Refused("no such number")]
    world.write(sender, "hi")
    assert sent(world) == ["One.", "Sorry."]
    assert world.view(sender).status == "complete"


def test_a_message_that_is_being_sent_is_nobody_elses(world: World) -> None:
    sender = world.publish(ECHO)
    world.hand_in(sender, "hi")
    with world.database.transaction() as work:
        assert len(delivery.claim(work, sender, 20, world.now).messages) == 1
    world.drain()
    assert sent(world) == []
    world.wait(LEASE_MS / 1000)
    assert sent(world) == ["Say something."]


def test_a_message_settled_twice_enters_the_history_once(world: World) -> None:
    """As when a process stalls for longer than its lease, and both it and its successor finish."""
    sender = world.publish(ECHO)
    world.hand_in(sender, "hi")
    with world.database.transaction() as work:
        claimed = delivery.claim(work, sender, 20, world.now).messages
    world.wait(LEASE_MS / 1000)
    delivery.settle(world.conversations, [(claimed[0], Accepted(("late",)))], [])
    assert world.shown(sender) == ["> hi", "Say something."]


def test_stop_takes_back_what_has_not_left(world: World) -> None:
    steps = (
        say("one", "One.", "two", delay=500),
        say("two", "Two.", "ask", delay=1000),
        ask("ask", "Three?", "x", "one"),
    )
    sender = world.publish(scenario("patient", *steps, keywords={"stop": ["^halt$"]}))
    world.hand_in(sender, "hi")
    world.wait(0.5)
    world.hand_in(sender, "halt")
    world.wait(60)
    assert sent(world) == ["One."]
    assert world.rows("outbound_message", "position", "status") == [(1, "sent"), (2, "withdrawn"), (3, "withdrawn")]


def test_queued_rows_are_found_by_a_new_process(world: World) -> None:
    sender = world.publish(ECHO)
    world.hand_in(sender, "hi")
    world.restart()
    world.drain()
    assert sent(world) == ["Say something."]


def test_media_leave_as_addresses(world: World) -> None:
    sender = world.publish(ECHO)
    world.conversations.resolve = lambda work, company, content: {**content, "media": {"url": f"https://{company}/1"}}
    world.write(sender, "hi")
    assert world.vendor.sent[0].content["media"] == {"url": "https://acme/1"}


def test_a_message_whose_media_are_gone_is_refused_with_the_reason_and_holds_up_nobody(world: World) -> None:
    def gone(_work: object, _company: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
        if content["text"] == "Say something.":
            raise RequestError("There is no file 'menu'.")
        return content

    sender = world.publish(scenario("two", say("one", "Say something.", "two"), say("two", "Two.")))
    world.conversations.resolve = gone
    world.write(sender, "hi")
    assert sent(world) == ["Two."]
    assert world.rows("outbound_message", "position", "status", "error")[0] == (1, "failed", "There is no file 'menu'.")
