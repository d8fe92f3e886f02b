"""Looking into threads: the list, one thread, its turns in sentences, and both sides' messages (TH-2, TH-3)."""

import re
from pathlib import Path
from typing import Any

import pytest

import botflow_runtime
from botflow.channels.contract import Refused
from botflow.conversations.explaining import SENTENCES, Why
from botflow.conversations.inspecting import ArmedTimer, TurnView, inspect_thread, turns_of
from botflow.conversations.listing import THREAD_KEY, THREAD_SORTS, ThreadFilter, messages_of, threads_of
from botflow.errors import NotFoundError
from botflow.rest.pages import PageQuery, Sorts
from tests.server.scenarios import ECHO, GREETER, HURRIED, say, scenario, text
from tests.server.test_visits import PIZZA
from tests.server.world import START, World

SORTS = Sorts(THREAD_KEY, THREAD_SORTS, "-updated_at")


def listed(
    world: World, *, company: str = "acme", sort: str | None = None, limit: int = 50, **wanted: Any
) -> list[Any]:
    """The addresses of the threads that fit, through all pages."""
    found: list[Any] = []
    cursor = None
    while True:
        with world.database.reading() as work:
            query = PageQuery(limit=limit, cursor=cursor, sort=sort)
            rows, cursor = SORTS.page(work, threads_of(company, ThreadFilter(**wanted)), query)
        found += [row["address"] for row in rows]
        if cursor is None:
            return found


def turns(world: World, thread: str | None = None, after: int = 0) -> list[TurnView]:
    with world.database.reading() as work:
        return turns_of(work, world.chatbots, "acme", thread or world.rows("thread", "id")[0][0], after)


@pytest.fixture
def three(world: World) -> World:
    """a waits in echo, b has finished greeter, c waits in echo and wrote last but a."""
    echo, greeter = world.publish(ECHO), world.publish(GREETER)
    for sender, address in ((echo, "a"), (greeter, "b"), (echo, "c"), (echo, "a")):
        world.hand_in(sender, "hi", address=address)
        world.now += 1000
    return world


@pytest.mark.parametrize(
    ("wanted", "addresses"),
    [
        ({}, ["a", "c", "b"]),
        ({"sort": "created_at"}, ["a", "b", "c"]),
        ({"sort": "-created_at", "limit": 1}, ["c", "b", "a"]),
        ({"sort": "updated_at", "limit": 2}, ["b", "c", "a"]),
        ({"live": True}, ["a", "c"]),
        ({"live": False}, ["b"]),
        ({"status": "complete"}, ["b"]),
        ({"scenario": "echo", "version": 1}, ["a", "c"]),
        ({"version": 2}, []),
        ({"node": "ask"}, ["a", "c"]),
        ({"sender": "sender-greeter"}, ["b"]),
        ({"address": "c"}, ["c"]),
        ({"created": (START + 1000, None)}, ["c", "b"]),
        ({"created": (START + 1000, START + 2000)}, ["b"]),
        ({"updated": (None, START + 3000)}, ["c", "b"]),
        ({"company": "other"}, []),
    ],
)
def test_the_list_of_threads(three: World, wanted: dict[str, Any], addresses: list[str]) -> None:
    assert listed(three, **wanted) == addresses


def test_threads_of_one_contact_and_of_one_conversation(three: World) -> None:
    contact, conversation = three.rows("conversation", "contact_id", "id", "address")[0][:2]
    (address,) = [row[2] for row in three.rows("conversation", "contact_id", "id", "address") if row[0] == contact]
    assert listed(three, contact=contact) == listed(three, conversation=conversation) == [address]


def test_a_thread_with_its_variables_node_and_timers(world: World) -> None:
    sender = world.publish(HURRIED)
    world.write(sender, "hi")
    (thread,) = (row[0] for row in world.rows("thread", "id"))
    with world.database.reading() as work:
        found = inspect_thread(work, world.chatbots, "acme", thread)
        assert (found.facts["status"], found.facts["node"], found.waits_for) == ("active", "ask", "question")
        assert found.timers == [ArmedTimer("response", world.now + 1000, found.timers[0].after)]
        assert found.variables == {}
        for read in (inspect_thread, turns_of):
            with pytest.raises(NotFoundError):
                read(work, world.chatbots, "other", thread)


def test_turns_tell_what_came_in_which_branch_was_taken_and_why_what_went_out_and_what_changed(world: World) -> None:
    sender = world.publish(PIZZA)
    for words in ("hi", "large", "maybe", "yes"):
        world.write(sender, words)
    first, second, third, fourth = turns(world)
    assert (first.event, first.nodes, [sent.content for sent in first.sent]) == (
        "Started",
        ["size"],
        [text("Which size?")],
    )
    assert first.sent[0].status == "sent"
    assert second.came_in["text"] == "large"
    assert second.changed == {"size": "large"}
    assert "large took 'Large': '{{size}}' = 'large' is true." in [entry.text for entry in second.log]
    assert "It is stuck at reply: nothing leads on." in [entry.text for entry in third.log]
    taken = next(entry for entry in fourth.log if entry.what == "branch")
    assert (taken.text, taken.branch, taken.branch_label) == ("reply took 'Yes': 'yes' fits one of ^yes$.", "ok", "Yes")
    assert taken.why == Why("pattern", "yes", ("^yes$",))
    assert [entry.why for entry in fourth.log if entry.what != "branch"] == [None] * (len(fourth.log) - 1)
    assert fourth.log[-1].text == "The thread ended: complete."
    assert [turn.number for turn in turns(world, after=2)] == [3, 4]


def test_what_went_wrong_is_told(world: World) -> None:
    sender = world.publish(
        scenario("jumper", {"id": "go", "kind": "action", "step": {"type": "jump", "scenario": "x"}})
    )
    world.write(sender, "hi")
    texts = [entry.text for turn in turns(world) for entry in turn.log]
    assert texts == [
        "The chatbot started (default).",
        "go ran.",
        "go failed: there is no published chatbot 'x'.",
        "The thread ended: error (jump).",
    ]


def test_every_entry_of_the_engine_has_its_sentence() -> None:
    folder = Path(botflow_runtime.__file__).parent
    source = "".join(file.read_text() for part in (".", "steps") for file in (folder / part).glob("*.py"))
    assert set(SENTENCES) == {*re.findall(r'\.log\("(\w+)"', source), "repeated_event", "ambiguous"}


def test_messages_of_both_sides_with_what_became_of_them_and_why(world: World) -> None:
    sender = world.publish(scenario("talk", say("one", "One.", "two"), say("two", "Two.", delay=5000)))
    world.vendor.answers = [Refused("the number is gone", "permanent")]
    world.write(sender, "hi")
    (conversation,) = (row[0] for row in world.rows("conversation", "id"))
    messages = messages_of("acme", conversation)
    with world.database.reading() as work:
        rows, _ = Sorts(messages.key, messages.sorts, "at").page(work, messages.select, PageQuery())
        told = {row["content"]: (row["direction"], row["origin"], row["status"], row["error"]) for row in rows}
        assert work.all(messages_of("other", conversation).select) == []
    assert sorted(told.values(), key=str) == [
        ("in", "contact", "handled", None),
        ("out", "chatbot", "failed", "the number is gone"),
        ("out", "chatbot", "queued", None),
    ]
