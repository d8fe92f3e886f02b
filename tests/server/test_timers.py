"""Timers are rows: they fire once, at or after their moment, whatever happened in between."""

from botflow.channels.contract import RetryLater
from botflow.conversations.timers import BATCH, FIRST_DELAY_MS, LEASE_MS, claim_due, claim_idle, expire, fire
from botflow_runtime.limits import EXPIRY_SECONDS
from tests.server.at_once import at_once
from tests.server.scenarios import ECHO, HURRIED, scenario
from tests.server.world import World

EXPIRY_MS = round(EXPIRY_SECONDS * 1000)


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
    with world.database.transaction() as work:
        (timer,) = claim_due(work, world.now)
    for _ in range(2):
        fire(world.conversations, timer)
    assert world.count("turn", "event LIKE '%TimerFired%'") == 1


def test_the_job_sleeps_until_the_next_timer(world: World) -> None:
    sender = world.publish(HURRIED)
    world.write(sender, "hi")
    assert world.fire() == world.now + 1000
    assert world.wakes.woken["timers"] >= 1


def wait_everywhere(world: World, visitors: int) -> str:
    """So many conversations wait for the same second."""
    sender = world.publish(HURRIED)
    for number in range(visitors):
        world.hand_in(sender, "hi", address=f"visitor:{number}")
    while world.count("outbound_message", "status = 'queued'"):
        world.drain()
        world.now += 1000
    return sender


def fired(world: World) -> int:
    return world.count("turn", "event LIKE '%TimerFired%'")


def test_processes_share_the_timers_of_a_moment_and_each_fires_once(world: World) -> None:
    visitors = BATCH + 20
    wait_everywhere(world, visitors)
    at_once(*[World(world.database).at(world.now).fire for _ in range(3)])
    assert fired(world) == visitors
    assert world.count("timer") == 0
    assert world.count("thread", "turns <> 2") == 0


def test_what_one_process_has_claimed_is_not_claimed_by_another_until_the_lease_ends(world: World) -> None:
    wait_everywhere(world, 3)
    with world.database.transaction() as work:
        assert len(claim_due(work, world.now)) == 3
    world.fire()
    assert fired(world) == 0
    assert world.fire() == world.now + LEASE_MS
    world.now += LEASE_MS
    world.fire()
    assert fired(world) == 3


def test_a_timer_whose_turn_fails_is_put_off_for_longer_each_time_and_stops_nobody(world: World) -> None:
    wait_everywhere(world, 3)
    (broken, state), *_ = world.rows("thread", "id", "state")
    world.change("UPDATE thread SET state = '{}' WHERE id = :id", id=broken)
    assert world.fire() == world.now + FIRST_DELAY_MS
    assert fired(world) == 2
    world.now += FIRST_DELAY_MS
    assert world.fire() == world.now + 2 * FIRST_DELAY_MS
    world.change("UPDATE thread SET state = :state WHERE id = :id", id=broken, state=state)
    world.now += 2 * FIRST_DELAY_MS
    assert world.fire() is None
    assert fired(world) == 3


def test_a_thread_that_nothing_happens_to_expires(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.now += EXPIRY_MS - 1
    assert world.expire() == world.now + 1
    assert world.view(sender).status == "active"
    world.now += 1
    assert world.expire() is None
    assert world.view(sender).status == "timeout"


def test_processes_share_the_idle_threads(world: World) -> None:
    sender = world.publish(ECHO)
    for number in range(20):
        world.hand_in(sender, "hi", address=f"visitor:{number}")
    world.now += EXPIRY_MS
    at_once(*[World(world.database).at(world.now).expire for _ in range(3)])
    assert world.count("thread", "status = 'timeout' AND turns = 2") == 20


def test_a_thread_that_something_happens_to_at_the_last_moment_lives_on(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.now += EXPIRY_MS
    with world.database.transaction() as work:
        (idle,) = claim_idle(work, world.now)
    world.write(sender, "still here")
    expire(world.conversations, idle["id"])
    assert world.view(sender).status == "active"
    assert world.expire() == world.now + EXPIRY_MS


def test_a_contact_who_writes_to_a_person_keeps_the_thread_from_expiring(world: World) -> None:
    step = {"type": "handover"}
    sender = world.publish(scenario("helper", {"id": "person", "kind": "action", "step": step, "next": []}))
    for text in ("hi", "are you there?", "still?"):
        world.write(sender, text)
        world.now += EXPIRY_MS - 1
    world.expire()
    assert world.view(sender).status == "handedover"
    world.now += 1
    world.expire()
    assert world.view(sender).status == "timeout"


def test_a_thread_that_cannot_be_ended_stops_no_other(world: World) -> None:
    sender = world.publish(ECHO)
    for number in range(2):
        world.hand_in(sender, "hi", address=f"visitor:{number}")
    broken, _ = (row[0] for row in world.rows("thread", "id"))
    world.change("UPDATE thread SET state = '{}' WHERE id = :id", id=broken)
    world.now += EXPIRY_MS
    assert world.expire() == world.now + LEASE_MS
    assert world.count("thread", "status = 'timeout'") == 1
