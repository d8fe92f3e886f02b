"""Two things at the same instant, on both databases: neither is lost, none counts twice, nobody waits for ever."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from botflow.audit.service import Audit
from botflow.contacts.book import remove_contacts
from botflow.contacts.service import person_of, set_attribute
from botflow.conversations import code as code_runs
from botflow.conversations.dialogue import lock_conversation
from botflow.conversations.erasing import lock_conversations_of
from botflow.db import UnitOfWork
from botflow.jobs.code import run_pending
from botflow.permissions import Caller
from botflow_runtime.sandbox import CodeRequest, CodeResult
from tests.server.at_once import at_once
from tests.server.scenarios import ECHO, THINKER, ask, code, scenario
from tests.server.world import World

ROUNDS = 15


def writes(world: World, sender: str, text: str, message: str, address: str) -> Callable[[], Any]:
    return lambda: world.hand_in(sender, text, message, address=address)


def test_two_first_messages_of_somebody_new_are_both_taken(world: World) -> None:
    sender = world.publish(ECHO)
    for number in range(ROUNDS):
        address = f"visitor:{number}"
        at_once(*(writes(world, sender, text, text, address) for text in ("one", "two")))
    assert world.count("contact") == world.count("conversation") == ROUNDS
    assert world.count("inbound_message", "state = 'handled'") == 2 * ROUNDS
    assert world.count("thread") == ROUNDS
    assert world.count("thread", "turns = 2") == ROUNDS


def test_first_messages_at_two_senders_are_of_one_contact(world: World) -> None:
    senders = [world.publish(ECHO), world.publish(THINKER)]
    for number in range(ROUNDS):
        address = f"visitor:{number}"
        at_once(*(writes(world, sender, "hi", "m", address) for sender in senders))
    assert world.count("contact") == ROUNDS
    assert world.count("conversation") == 2 * ROUNDS


def test_one_id_of_the_channel_is_one_message_also_when_it_comes_twice_at_the_same_instant(world: World) -> None:
    sender = world.publish(ECHO)
    for number in range(ROUNDS):
        address = f"visitor:{number}"
        first, again = at_once(*[writes(world, sender, "same", "m", address)] * 2)
        assert first == again
        at_once(*[writes(world, sender, "more", "n", address)] * 2)
    assert world.count("inbound_message") == 2 * ROUNDS
    assert world.count("turn") == 2 * ROUNDS


@pytest.mark.parametrize("milliseconds", [0, 20, 50])
def test_two_equal_messages_are_two_however_close(world: World, milliseconds: int) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    first = world.write(sender, "same", "m-1")
    world.now += milliseconds
    second = world.write(sender, "same", "m-2")
    at_once(*(writes(world, sender, "same", message, "visitor:one") for message in ("m-3", "m-4")))
    world.drain()
    assert first.sequence != second.sequence
    assert world.shown(sender).count("You said same.") == 4


def test_two_processes_never_finish_one_run_twice_and_what_was_held_is_offered(world: World) -> None:
    sender = world.publish(THINKER)
    world.write(sender, "hi")
    world.write(sender, "1")
    for text in ("2", "3"):
        assert world.hand_in(sender, text).status == "delivered"
    other = World(world.database).at(world.now)
    with world.database.transaction() as work:
        claimed = code_runs.claim(work, world.now)
    assert claimed is not None
    result = CodeResult(value=7)
    at_once(
        lambda: code_runs.finish(world.conversations, claimed, result),
        lambda: code_runs.finish(other.conversations, claimed, result),
    )
    assert world.count("turn", "event LIKE '%CodeFinished%'") == 1
    assert world.rows("inbound_message", "sequence", "state")[2:] == [(4, "handled"), (5, "held")]


def test_processes_share_the_code_runs_and_each_runs_once(world: World) -> None:
    sender = world.publish(THINKER)
    for number in range(12):
        for text in ("hi", "1", "2"):
            world.hand_in(sender, text, address=f"visitor:{number}")
    begun: list[str] = []

    def script(request: CodeRequest) -> CodeResult:
        begun.append(request.run_id)
        return CodeResult(value=1)

    other = World(world.database).at(world.now)
    at_once(
        lambda: run_pending(world.conversations, script, lambda: world.now),
        lambda: run_pending(other.conversations, script, lambda: world.now),
    )
    assert len(begun) == len(set(begun)) == 24
    assert world.count("code_run", "state <> 'done'") == 0
    assert world.count("inbound_message", "state <> 'handled'") == 0


def test_two_conversations_of_one_contact_change_attributes_and_neither_is_lost(world: World) -> None:
    def chatbot(name: str) -> dict[str, Any]:
        return scenario(name, ask("ask", "?", "word", "set"), code("set", "return 1", "ask"))

    for name in ("one", "two"):
        world.write(world.publish(chatbot(name)), "hi")
    for number in range(ROUNDS // 2):
        for name in ("one", "two"):
            world.write(f"sender-{name}", "go")
        finishes = [finish(world, f"{name}-{number}") for name in ("a", "b")]
        at_once(*finishes)
    (attributes,) = attributes_of(world)
    assert set(attributes) == {f"{name}-{number}" for name in ("a", "b") for number in range(ROUNDS // 2)}


def finish(world: World, attribute: str) -> Callable[[], None]:
    """Claim a run; what it gives back finishes it with an attribute set."""
    with world.database.transaction() as work:
        row = code_runs.claim(work, world.now)
    assert row is not None
    return lambda: code_runs.finish(world.conversations, row, CodeResult(attributes={attribute: 1}))


def attributes_of(world: World) -> list[dict[str, Any]]:
    with world.database.reading() as work:
        return [person_of(work, contact).attributes for (contact,) in world.rows("contact", "id")]


def test_a_contact_is_deleted_beside_a_turn_that_changes_it(world: World) -> None:
    """Turns lock their conversation, then the contact: whoever deletes the contact waits, and holds nothing."""
    sender = world.publish(ECHO)
    world.write(sender, "hi", address="visitor:1")
    (conversation, contact), *_ = world.rows("conversation", "id", "contact_id")
    reached = threading.Event()

    def locked(work: UnitOfWork, contacts: Sequence[str]) -> None:
        reached.set()
        lock_conversations_of(work, contacts)

    def delete() -> None:
        with world.database.transaction() as work:
            audit = Audit(lambda: world.now, world.ids)
            remove_contacts(work, audit, locked, Caller("acme", name="ann"), [contact], world.now)

    with ThreadPoolExecutor(1) as pool:
        with world.database.transaction() as turn:
            lock_conversation(turn, conversation)
            deleted = pool.submit(delete)
            # SQLite lets nobody else begin meanwhile
            reached.wait(0 if world.database.is_one_process else 10)
            set_attribute(turn, contact, "colour", "red")
        deleted.result()
    assert world.count("contact") == world.count("conversation") == 0
