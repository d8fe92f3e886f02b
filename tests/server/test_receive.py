"""A message comes in: one transaction, each message once, one conversation never twice at a time (TH-1, TH-3)."""

import json

import pytest

from botflow.channels.contract import Attachment
from botflow.conversations.webchat import MOST_HELD
from botflow.errors import RequestError
from botflow_runtime.events import MessageReceived, decode_event
from tests.server.scenarios import ECHO, GREETER, THINKER, code, say, scenario
from tests.server.world import World


def test_the_default_chatbot_answers_the_first_message(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    assert world.shown(sender) == ["> hi", "Say something."]


def test_the_same_message_again_changes_nothing(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    first = world.write(sender, "one", message="m-1")
    again = world.write(sender, "one", message="m-1")
    assert again == first
    assert world.shown(sender) == ["> hi", "Say something.", "> one", "You said one.", "Say something."]


def test_two_equal_messages_are_two(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.write(sender, "same", message="m-1")
    world.write(sender, "same", message="m-2")
    assert world.shown(sender).count("You said same.") == 2


def test_the_same_message_id_of_another_visitor_is_another_message(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi", message="m-1")
    world.write(sender, "hi", message="m-1", address="visitor:two")
    assert world.count("inbound_message") == 2


def test_messages_are_held_while_code_runs_and_offered_in_order_afterwards(world: World) -> None:
    sender = world.publish(THINKER)
    world.write(sender, "hi")
    world.write(sender, "1")
    held = [world.write(sender, number).status for number in ("2", "3")]
    assert held == ["delivered", "delivered"]
    assert world.rows("inbound_message", "sequence", "state") == [
        (1, "handled"),
        (3, "handled"),
        (4, "held"),
        (5, "held"),
    ]
    world.run_code()
    assert [run.vars["number"] for run in world.runs] == ["1", "2", "3"]
    assert world.shown(sender)[-6:] == [
        "Twice 1 is 42.",
        "A number?",
        "Twice 2 is 42.",
        "A number?",
        "Twice 3 is 42.",
        "A number?",
    ]
    assert world.count("inbound_message", "state = 'held'") == 0


def test_a_held_message_is_seen_when_a_turn_takes_it(world: World) -> None:
    sender = world.publish(THINKER)
    world.write(sender, "hi")
    world.write(sender, "1")
    world.write(sender, "2", message="second")
    assert ("update", "second", "seen") not in world.ears.heard
    world.run_code()
    assert ("update", "second", "seen") in world.ears.heard


def test_too_many_held_messages_are_refused_and_not_kept(world: World) -> None:
    sender = world.publish(THINKER)
    world.write(sender, "hi")
    world.write(sender, "1")
    for number in range(MOST_HELD):
        world.hand_in(sender, str(number))
    with pytest.raises(RequestError, match="Too many messages"):
        world.hand_in(sender, "one too many", most_held=MOST_HELD)
    assert world.count("inbound_message", "state = 'held'") == MOST_HELD


def test_sequences_have_no_gaps_and_no_order_but_theirs(world: World) -> None:
    sender = world.publish(ECHO)
    for word in ("hi", "one", "two"):
        world.write(sender, word)
    entries = world.view(sender).entries
    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
    assert world.view(sender, after=4).entries == entries[4:]


def test_one_thread_is_live_and_an_ended_one_stays(world: World) -> None:
    sender = world.publish(GREETER)
    world.write(sender, "hi")
    world.write(sender, "hi again")
    assert world.rows("thread", "id", "status")[0][1:] == ("complete",)
    assert world.count("thread") == 2
    assert world.view(sender).status == "complete"


def test_every_turn_is_kept_with_its_event_effects_and_log(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.write(sender, "one", message="m-1")
    (event, effects, log) = world.rows("turn", "number", "event", "effects", "log")[1][1:]
    received = decode_event(event)
    assert isinstance(received, MessageReceived)
    assert (received.text, received.sender, received.contact["id"]) == (
        "one",
        sender,
        world.rows("contact", "id")[0][0],
    )
    assert received.decision is not None
    assert received.decision.action == "reply"
    assert "You said one." in effects
    assert "answer" in log


def test_an_unknown_sender_is_refused(world: World) -> None:
    with pytest.raises(RequestError, match="no sender nobody"):
        world.hand_in("nobody", "hi")
    assert world.count("conversation") == 0


def test_a_sender_of_another_channel_is_refused(world: World) -> None:
    sender = world.publish(ECHO)
    with pytest.raises(RequestError, match=f"no sender {sender}"):
        world.conversations.start("sms", sender, "visitor:one")


def test_start_begins_once(world: World) -> None:
    sender = world.publish(ECHO)
    for _ in range(2):
        world.conversations.start("webchat", sender, "visitor:one")
    world.drain()
    assert world.shown(sender) == ["Say something."]


def test_restart_begins_anew_once_for_each_request(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    for request in ("r-1", "r-1", "r-2"):
        world.conversations.restart("webchat", sender, "visitor:one", request)
    world.drain()
    assert world.shown(sender) == ["> hi", "Say something.", "Say something.", "Say something."]


def test_an_opened_link_is_an_event_once(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    for _ in range(2):
        world.conversations.act("webchat", sender, "visitor:one", "a-1", "menu")
    assert world.count("turn", "event LIKE '%ContactActed%'") == 1


def test_those_who_watch_hear_it_in_the_order_of_the_commits(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    assert world.ears.heard == [
        ("status", "active", ""),
        ("message", 1, "in", "hi"),
        ("message", 2, "out", "Say something."),
    ]


def test_a_reply_that_proves_an_acceptance_moves_the_thread_and_waits_for_the_code(world: World) -> None:
    document = scenario("prover", say("ask", "Ready?", "think", timeout_seconds=60), code("think", "return 1", "end"))
    document["nodes"].append(say("end", "Done."))
    sender = world.publish(document)
    world.hand_in(sender, "hi")
    [(asked,)] = world.rows("outbound_message", "id")
    world.hand_in(sender, "yes", in_reply_to=asked)
    assert world.count("code_run") == 1
    assert world.count("inbound_message", "state = 'held'") == 1
    world.drain()
    world.run_code()
    assert world.shown(sender)[:4] == ["> hi", "> yes", "Ready?", "Done."]


def test_files_of_the_contact_are_noted_with_the_message_under_a_key_that_it_names(world: World) -> None:
    sender = world.publish(ECHO)
    world.hand_in(sender, None, "m1", attachments=(Attachment("vendor-1", "image/png", "photo.png"),))
    world.hand_in(sender, None, "m1", attachments=(Attachment("vendor-1", "image/png", "photo.png"),))
    ((_, key, state, name, of_sender),) = world.rows("asset", "id", "key", "state", "name", "sender_id")
    assert (state, name, of_sender) == ("incoming", "photo.png", sender)
    assert json.loads(world.rows("inbound_message", "id", "content")[0][1])["attachments"] == [key]
