"""Opt-outs stop messages when they are queued and when they leave, and the next message lifts them (CO-2)."""

from botflow.channels.contract import RetryLater
from tests.server.scenarios import ECHO, Document, say, scenario
from tests.server.world import World


def leave(scope: str) -> Document:
    return {"id": "leave", "kind": "action", "step": {"type": "opt_out", "scope": scope}, "next": ["after"]}


GOODBYE = scenario(
    "goodbye", say("before", "Before.", "leave"), leave("sender"), say("after", "Bye.", "more"), say("more", "More.")
)


def test_an_opt_out_word_ends_the_thread_and_blocks(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.write(sender, "STOP")
    assert world.shown(sender) == ["> hi", "Say something.", "> STOP"]
    assert world.rows("thread", "status", "reason") == [("complete", "opted_out")]
    assert world.count("opt_out", "lifted_at IS NULL") == 1


def test_what_is_queued_does_not_leave_after_an_opt_out(world: World) -> None:
    sender = world.publish(ECHO)
    world.vendor.answers = [RetryLater("busy", seconds=30)]
    world.write(sender, "hi")
    world.write(sender, "stop")
    world.wait(60)
    assert world.shown(sender) == ["> hi", "> stop"]


def test_the_next_message_lifts_the_block(world: World) -> None:
    sender = world.publish(ECHO)
    for word in ("hi", "stop", "hello"):
        world.write(sender, word)
    assert world.count("opt_out", "lifted_at IS NULL") == 0
    assert world.shown(sender)[-2:] == ["> hello", "Say something."]


def test_an_opt_out_step_lets_pass_what_was_before_it_and_one_confirmation(world: World) -> None:
    sender = world.publish(GOODBYE)
    world.write(sender, "hi")
    assert world.shown(sender) == ["> hi", "Before.", "Bye."]
    assert world.rows("outbound_message", "position", "status", "error") == [
        (1, "sent", None),
        (2, "sent", None),
        (3, "blocked", "the contact has opted out"),
    ]
    assert world.view(sender).status == "complete"


def test_a_block_of_one_sender_leaves_the_others_alone(world: World) -> None:
    goodbye, echo = world.publish(GOODBYE), world.publish(ECHO)
    world.write(goodbye, "hi")
    world.write(echo, "hi")
    assert world.shown(echo) == ["> hi", "Say something."]
