"""Reports that name a message by our own id: what the vendor has taken is not sent again (LC-3)."""

import pytest

from botflow.channels.contract import Accepted, Account, Credentials, Report, RetryLater, SendResult, State
from botflow.conversations.intake import Intake
from tests.server.at_once import at_once
from tests.server.scenarios import ask, code, say, scenario
from tests.server.world import World

CALM = scenario("calm", say("one", "One."))
ASKS = scenario(
    "asks",
    ask("ask", "Your name?", "name", "thanks"),
    say("thanks", "Thanks."),
    say("sorry", "Sorry.", role="failover"),
    on_failure={"action": "failover"},
)
LOST = RetryLater("the line broke", seconds=30)


def report(world: World, sender: str, *states: State, message: str | None = None, vendor_id: str = "v") -> None:
    message = message or str(world.rows("outbound_message", "id")[0][0])
    reports = [Report(vendor_id, state, message=message) for state in states]
    Intake(world.conversations, lambda: world.now).take(world.vendor, Account(sender, "", Credentials()), reports)


def statuses(world: World) -> list[str]:
    return [status for _, status in world.rows("outbound_message", "position", "status")]


def hi(world: World, document: dict[str, object], *answers: SendResult) -> str:
    """The contact writes, and the vendor answers our message so; returns the sender."""
    world.vendor.answers = list(answers)
    sender = world.publish(document)
    world.write(sender, "hi")
    return sender


@pytest.mark.parametrize("states", [("sent",), ("delivered",), ("seen",), ("sent", "delivered", "seen")])
def test_a_message_whose_answer_was_lost_counts_as_accepted_and_is_not_sent_again(
    world: World, states: tuple[State, ...]
) -> None:
    sender = hi(world, CALM, LOST)
    for _ in range(2):
        report(world, sender, *states)
        world.wait(60)
        assert statuses(world) == [states[-1]]
    assert len(world.vendor.sent) == 1
    assert world.shown(sender) == ["> hi", "One."]
    assert world.rows("vendor_message", "vendor_id") == [("v",)]


def test_what_waits_behind_it_leaves(world: World) -> None:
    sender = hi(world, scenario("two", say("one", "One.", "two"), say("two", "Two.")), LOST)
    report(world, sender, "sent")
    world.wait(30)
    assert world.shown(sender) == ["> hi", "One.", "Two."]


def test_one_that_was_taken_and_failed_is_told_to_its_thread(world: World) -> None:
    sender = hi(world, ASKS, LOST)
    report(world, sender, "sent", "failed")
    world.drain()
    assert statuses(world) == ["failed", "sent"]
    assert world.shown(sender) == ["> hi", "Your name?", "Sorry."]


def test_a_failure_alone_may_be_of_a_former_sending_and_the_message_is_tried_again(world: World) -> None:
    sender = hi(world, ASKS, LOST)
    report(world, sender, "failed")
    assert statuses(world) == ["queued"]
    world.wait(30)
    assert statuses(world) == ["sent"]


def test_a_report_before_the_answer_to_the_call_changes_nothing_of_what_follows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send_and_report(sender: str, *vendor_ids: str) -> Accepted:
        report(world, sender, "delivered", vendor_id="a")
        return Accepted(vendor_ids)

    sender = world.publish(CALM)
    monkeypatch.setattr(world.vendor, "send_batch", lambda *_: [send_and_report(sender, "a", "b")])
    world.write(sender, "hi")
    assert world.rows("outbound_message", "parts", "sequence") == [(2, 2)]
    assert world.rows("vendor_message", "vendor_id") == [("a",), ("b",)]
    report(world, sender, "seen", vendor_id="a")
    report(world, sender, "seen", vendor_id="b")
    assert statuses(world) == ["seen"]
    assert world.shown(sender) == ["> hi", "One."]


def test_a_message_that_was_sent_twice_has_both_ids(world: World) -> None:
    sender = hi(world, CALM)
    report(world, sender, "delivered", vendor_id="of the first attempt")
    report(world, sender, "delivered", vendor_id="vendor-1")
    assert statuses(world) == ["delivered"]
    assert world.count("delivery_report", "message_id IS NULL") == 0


def test_a_report_reaches_no_message_of_another_sender(world: World) -> None:
    hi(world, CALM, LOST)
    other = world.sender("other")
    report(world, other, "delivered")
    assert statuses(world) == ["queued"]
    assert world.count("vendor_message") == 0


@pytest.mark.parametrize("message", ["", "nobody's", "'"])
def test_an_id_that_is_none_of_ours_is_parked_as_any_other(world: World, message: str) -> None:
    sender = hi(world, CALM, LOST)
    report(world, sender, "delivered", message=message or "-")
    assert statuses(world) == ["queued"]
    assert world.count("delivery_report", "message_id IS NULL") == 1


def test_what_was_withdrawn_stays_so(world: World) -> None:
    sender = hi(world, CALM, LOST)
    world.change("UPDATE outbound_message SET status = 'withdrawn'")
    report(world, sender, "delivered")
    assert statuses(world) == ["withdrawn"]


def test_a_report_and_the_next_attempt_at_the_same_instant_settle_it_once(world: World) -> None:
    sender = hi(world, scenario("coded", code("one", "return 1", "two"), say("two", "{{result}}")))
    for number in range(8):
        address = f"visitor:{number}"
        world.hand_in(sender, "hi", address=address)
    world.vendor.answers = [LOST] * 8
    world.run_code()
    world.now += 31_000
    ids = [row[0] for row in world.rows("outbound_message", "id")]
    at_once(
        world.drain,
        *(lambda one=one: report(world, sender, "delivered", message=one, vendor_id=f"r-{one}") for one in ids),
    )
    assert set(statuses(world)) <= {"sent", "delivered"}
    assert world.count("outbound_message", "sequence IS NULL") == 0
