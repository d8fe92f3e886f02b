"""Timers are rows: they fire once, at or after their moment, whatever happened in between."""

from botflow.channels.contract import RetryLater
from botflow.conversations.timers import due_timers, fire
from botflow_runtime.limits import EXPIRY_SECONDS
from tests.server.scenarios import ECHO, HURRIED
from tests.server.world import World


def test_a_response_timeout_fires_at_its_second(world: World) -> None:
    sender = world.publish(HURRIED)
    world.write(sender, "hi")
    world.wait(0.999)
    assert world.view(sender).status == "active"
    world.wait(0.001)
    assert world.view(sender).status == "timeout"
    assert world.shown(sender)[-1] == "Too late."


def test_a_timer_that_is_overdue_after_downtime_fires_once(world: World) -> None:
    sender = world.publish(HURRIED)
    world.write(sender, "hi")
    world.restart()
    world.wait(3 * 24 * 3600)
    world.wait(3 * 24 * 3600)
    assert world.shown(sender).count("Too late.") == 1
    assert world.count("timer") == 0


def test_a_reply_in_time_cancels_it(world: World) -> None:
    sender = world.publish(HURRIED)
    world.write(sender, "hi")
    world.write(sender, "Ann")
    world.wait(60)
    assert world.shown(sender)[-1] == "Thanks Ann."


def test_the_seconds_run_from_the_acceptance_of_the_question(world: World) -> None:
    sender = world.publish(HURRIED)
    world.vendor.answers = [RetryLater("busy", seconds=30)]
    world.write(sender, "hi")
    world.wait(29)
    assert world.rows("timer", "name", "due_at") == [("response", None)]
    world.wait(1)
    assert world.rows("timer", "due_at") == [(world.now + 1000,)]
    assert world.view(sender).status == "active"
    world.wait(1)
    assert world.view(sender).status == "timeout"


def test_a_timer_seen_as_due_by_two_fires_once(world: World) -> None:
    sender = world.publish(HURRIED)
    world.write(sender, "hi")
    world.now += 1000
    with world.database.reading() as work:
        (timer,) = due_timers(work, world.now)
    for _ in range(2):
        fire(world.conversations, timer)
    assert world.count("turn", "event LIKE '%TimerFired%'") == 1


def test_the_job_sleeps_until_the_next_timer(world: World) -> None:
    sender = world.publish(HURRIED)
    world.write(sender, "hi")
    assert world.fire() == world.now + 1000
    assert world.wakes.woken["timers"] >= 1


def test_a_thread_that_nothing_happens_to_expires(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.now += round(EXPIRY_SECONDS * 1000) - 1
    world.expire()
    assert world.view(sender).status == "active"
    world.now += 1
    world.expire()
    assert world.view(sender).status == "timeout"
