"""How fast a sender's messages leave, and what happens when its vendor does not let it in."""

from botflow.channels.contract import Refused
from botflow.senders.service import PAUSE_MS, unpause
from tests.server.scenarios import ECHO, GREETER
from tests.server.world import World


def set_rate(world: World, sender: str, rate: float) -> None:
    world.change(f"UPDATE sender SET rate = {rate} WHERE id = '{sender}'")


def sent_within(world: World, seconds: float, step: float = 0.1) -> int:
    before = len(world.vendor.sent)
    for _ in range(round(seconds / step)):
        world.now += round(step * 1000)
        world.drain()
    return len(world.vendor.sent) - before


def test_a_sender_sends_no_faster_than_its_rate(world: World) -> None:
    sender = world.publish(GREETER)
    set_rate(world, sender, 5)
    for number in range(40):
        world.hand_in(sender, "hi", address=f"visitor:{number}")
    world.drain()
    assert len(world.vendor.sent) == 5, "a second's worth at once"
    assert sent_within(world, 4) == 20
    assert sent_within(world, 10) == 15


def test_a_slow_rate_lets_one_message_go_at_a_time(world: World) -> None:
    sender = world.publish(GREETER)
    set_rate(world, sender, 0.5)
    for number in range(3):
        world.hand_in(sender, "hi", address=f"visitor:{number}")
    due = world.drain()
    assert (len(world.vendor.sent), due is not None and due - world.now >= 2000) == (1, True)
    assert sent_within(world, 4.2) == 2


def test_an_unused_rate_is_made_up_for_by_a_second_at_most(world: World) -> None:
    sender = world.publish(GREETER)
    set_rate(world, sender, 5)
    world.write(sender, "hi", address="visitor:first")
    world.now += 3600_000
    for number in range(40):
        world.hand_in(sender, "hi", address=f"visitor:{number}")
    world.drain()
    assert len(world.vendor.sent) == 1 + 5


def test_refused_credentials_pause_the_sender_and_lose_nothing(world: World) -> None:
    sender = world.publish(ECHO)
    world.vendor.answers = [Refused("the token has expired", "credentials")]
    world.write(sender, "hi")
    world.write(sender, "hi", address="visitor:two")
    assert len(world.vendor.sent) == 1
    assert world.rows("sender", "problem", "paused_until") == [("the token has expired", world.now + PAUSE_MS)]
    assert world.count("outbound_message", "status = 'queued'") == 2
    world.wait(PAUSE_MS / 1000)
    assert world.rows("sender", "problem") == [(None,)]
    assert world.count("outbound_message", "status = 'sent'") == 2


def test_new_credentials_end_the_pause(world: World) -> None:
    sender = world.publish(ECHO)
    world.vendor.answers = [Refused("the token has expired", "credentials")]
    world.write(sender, "hi")
    with world.database.transaction() as work:
        unpause(work, sender)
    world.drain()
    assert world.count("outbound_message", "status = 'sent'") == 1


def test_a_pause_does_not_use_up_the_attempts_of_a_message(world: World) -> None:
    sender = world.publish(ECHO)
    world.vendor.answers = [Refused("the token has expired", "credentials")] * 30
    world.write(sender, "hi")
    for _ in range(30):
        world.wait(PAUSE_MS / 1000)
    assert world.count("outbound_message", "status = 'sent'") == 1
