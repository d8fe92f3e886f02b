"""What vendors report: applied by rank, never backwards, parked when it comes too early, and told to the thread."""

from itertools import permutations

import pytest
import sqlalchemy as sa

from botflow.channels.contract import Accepted, Report, State
from botflow.conversations.reports import PARKED_DAYS, match_all_parked, match_crossed, take_reports
from tests.server.scenarios import ask, say, scenario
from tests.server.world import World

CALM = scenario("calm", say("one", "One."))
ASKS = scenario(
    "asks",
    ask("ask", "Your name?", "name", "thanks"),
    say("thanks", "Thanks."),
    say("sorry", "Sorry.", role="failover"),
    on_failure={"action": "failover"},
)


def report(world: World, sender: str, vendor_id: str, *states: State, at: int | None = None) -> None:
    take_reports(world.conversations, sender, [Report(vendor_id, state, at) for state in states], world.now)


def status(world: World) -> str:
    return str(world.rows("outbound_message", "position", "status")[0][1])


STATES: tuple[State, ...] = ("sent", "delivered", "seen")


@pytest.mark.parametrize("order", list(permutations(STATES)), ids=" ".join)
def test_a_message_is_as_far_as_its_highest_report_in_whatever_order_they_come(
    world: World, order: tuple[State, ...]
) -> None:
    sender = world.publish(CALM)
    world.write(sender, "hi")
    reached = 0
    for state in order:
        report(world, sender, "vendor-1", state)
        reached = max(reached, STATES.index(state))
        assert status(world) == STATES[reached]


def test_delivered_may_be_missing_and_times_are_the_vendors(world: World) -> None:
    sender = world.publish(CALM)
    world.write(sender, "hi")
    report(world, sender, "vendor-1", "seen", at=world.now + 5)
    assert world.rows("outbound_message", "status", "delivered_at", "seen_at") == [
        ("seen", world.now + 5, world.now + 5)
    ]


def test_the_same_report_again_changes_nothing(world: World) -> None:
    sender = world.publish(CALM)
    world.write(sender, "hi")
    for _ in range(3):
        report(world, sender, "vendor-1", "delivered", at=world.now)
        world.now += 1000
    assert world.count("delivery_report") == 1
    assert world.rows("outbound_message", "delivered_at")[0][0] == world.now - 3000


def test_a_report_that_comes_before_the_answer_is_parked_and_matched(world: World) -> None:
    sender = world.publish(CALM)
    report(world, sender, "vendor-1", "delivered")
    assert world.count("delivery_report", "message_id IS NULL") == 1
    world.write(sender, "hi")
    assert status(world) == "delivered"
    assert world.count("delivery_report", "message_id IS NULL") == 0


def test_a_failure_that_comes_before_the_answer_reaches_the_thread(world: World) -> None:
    sender = world.publish(ASKS)
    report(world, sender, "vendor-1", "failed")
    world.write(sender, "hi")
    assert world.rows("outbound_message", "position", "status") == [(1, "failed"), (2, "sent")]


def test_what_was_parked_in_the_moment_of_settling_is_matched_by_the_sweep(world: World) -> None:
    sender = world.publish(CALM)
    world.write(sender, "hi")
    world.change("UPDATE vendor_message SET vendor_id = 'not yet'")
    report(world, sender, "vendor-1", "seen")
    world.change("UPDATE vendor_message SET vendor_id = 'vendor-1'")
    assert status(world) == "sent"
    match_all_parked(world.conversations, world.now)
    assert status(world) == "seen"


@pytest.mark.parametrize("world", ["postgres"], indirect=True)
def test_when_settling_and_a_report_cross_whoever_commits_last_matches_them(world: World) -> None:
    sender = world.publish(CALM)
    world.write(sender, "hi")
    world.change("UPDATE vendor_message SET vendor_id = 'not yet'")
    with world.database.transaction() as settling:
        settling.execute(sa.text("UPDATE vendor_message SET vendor_id = 'vendor-1'"))
        report(world, sender, "vendor-1", "seen")
    assert status(world) == "sent", "neither saw the other"
    match_crossed(world.conversations, sender, ["vendor-1"])
    assert status(world) == "seen"


def test_reports_that_nobody_knows_are_forgotten_after_a_week(world: World) -> None:
    sender = world.publish(CALM)
    report(world, sender, "nobody's", "seen")
    world.now += PARKED_DAYS * 24 * 3600 * 1000 + 1
    match_all_parked(world.conversations, world.now)
    assert world.count("delivery_report") == 0


@pytest.mark.parametrize(
    ("reports", "reached"),
    [
        ([("a", "delivered")], "sent"),
        ([("a", "delivered"), ("b", "delivered")], "delivered"),
        ([("a", "seen"), ("b", "delivered")], "delivered"),
        ([("a", "seen"), ("b", "seen")], "seen"),
        ([("a", "delivered"), ("b", "failed")], "failed"),
        ([("b", "failed"), ("a", "delivered")], "failed"),
    ],
)
def test_a_message_in_parts_is_as_far_as_its_last_part(
    world: World, reports: list[tuple[str, State]], reached: str
) -> None:
    sender = world.publish(CALM)
    world.vendor.answers = [Accepted(("a", "b"))]
    world.write(sender, "hi")
    for vendor_id, state in reports:
        report(world, sender, vendor_id, state)
    assert status(world) == reached


def test_a_failure_after_acceptance_fails_the_step_once(world: World) -> None:
    sender = world.publish(ASKS)
    world.write(sender, "hi")
    for _ in range(2):
        report(world, sender, "vendor-1", "failed")
        world.drain()
    assert world.shown(sender) == ["> hi", "Your name?", "Sorry."]
    assert world.count("turn", "event LIKE '%DeliveryReported%'") == 1


def test_nothing_follows_a_failure_and_no_failure_follows_a_delivery(world: World) -> None:
    sender = world.publish(ASKS)
    world.write(sender, "hi")
    report(world, sender, "vendor-1", "failed")
    report(world, sender, "vendor-1", "delivered")
    assert status(world) == "failed"
    other = world.publish(CALM)
    world.write(other, "hi", address="visitor:two")
    world.write(other, "hi", address="visitor:three")
    last = f"vendor-{len(world.vendor.sent)}"
    report(world, other, last, "delivered")
    report(world, other, last, "failed")
    assert world.count("outbound_message", "status = 'delivered'") == 1


def test_reports_of_another_sender_with_the_same_id_are_not_mixed_up(world: World) -> None:
    sender, other = world.publish(CALM), world.publish(ASKS)
    world.write(sender, "hi")
    report(world, other, "vendor-1", "seen")
    assert status(world) == "sent"
