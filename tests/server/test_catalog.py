"""The catalog of a company is as new as the database, whichever process changed it, and compiled only where needed."""

from collections.abc import Callable
from typing import Any

import pytest

from botflow.chatbots.catalog import Catalogs, Compiled
from botflow_runtime import UnknownScenarioError, load_scenario
from tests.server.scenarios import ECHO, GREETER, Document, ask, say, scenario
from tests.server.world import World


def saying(words: str) -> Document:
    return scenario("greeter", say("hello", words))


@pytest.fixture
def other(world: World) -> World:
    """Another process over the same database."""
    world.publish(GREETER)
    twin = object.__new__(World)
    twin.__dict__.update(world.__dict__)
    twin.restart()
    return twin


def test_what_one_process_publishes_the_others_run_at_their_next_turn(world: World, other: World) -> None:
    assert other.write("sender-greeter", "hi").direction == "in"
    world.publish(saying("Good morning!"))
    other.write("sender-greeter", "hi", address="visitor:two")
    assert [m.content["text"] for m in world.vendor.sent] == ["Hello!", "Good morning!"]


def test_what_one_process_enables_the_others_start(world: World, other: World) -> None:
    other.write("sender-greeter", "hi")
    second = scenario("second", say("there", "From the second."), keywords={"trigger": ["^second$"]})
    with world.database.transaction() as work:
        published = world.chatbots.publish(work, "acme", second)
        world.chatbots.enable(work, "acme", published.chatbot_id, "sender-greeter", is_default=False)
    other.write("sender-greeter", "second")
    assert world.vendor.sent[-1].content["text"] == "From the second."


def test_a_version_that_was_published_after_the_turn_was_queued_is_found_all_the_same(world: World) -> None:
    """A turn that waited for its conversation's lock may have read an older revision than the thread's version."""
    world.publish(GREETER)
    with world.database.reading() as work:
        old = world.chatbots.catalogs.of(work, "acme", world.now)
        old.sender("sender-greeter")
    world.publish(saying("Good morning!"))
    with world.database.reading() as work:
        catalog = world.chatbots.catalogs.of(work, "acme", world.now, revision=1)
        assert catalog.version("greeter", 2).version == 2


def test_a_turn_sees_one_catalog_while_somebody_publishes(world: World) -> None:
    world.publish(GREETER)
    with world.database.reading() as work:
        catalog = world.chatbots.catalogs.of(work, "acme", world.now)
        before = catalog.newest("greeter")
        world.publish(saying("Good morning!"))
        assert catalog.newest("greeter") is before


def test_what_is_not_there_is_told(world: World) -> None:
    world.publish(GREETER)
    with world.database.reading() as work:
        catalog = world.chatbots.catalogs.of(work, "acme", world.now)
        assert catalog.newest("nobody") is None
        assert catalog.find_sender("nobody") is None
        with pytest.raises(UnknownScenarioError, match="version 7 of chatbot 'greeter'"):
            catalog.version("greeter", 7)
        assert world.chatbots.catalogs.of(work, "other company", world.now).newest("greeter") is None


def test_only_what_is_used_is_compiled(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        world.publish(saying(f"Number {number}."))
        world.publish(ECHO | {"id": f"echo-{number}"})
    compiled: list[str] = []
    monkeypatch.setattr("botflow.chatbots.catalog.load_scenario", _noting(compiled))
    world.restart()
    world.write("sender-greeter", "hi")
    assert compiled == ["greeter"]


def _noting(compiled: list[str]) -> Callable[..., Any]:
    def load(document: str, version: int) -> Any:
        found = load_scenario(document, version=version)
        compiled.append(found.id)
        return found

    return load


def test_what_was_not_used_for_longest_is_let_go_and_compiled_again(world: World) -> None:
    world.publish(ECHO)
    world.publish(GREETER)
    catalogs = Catalogs(most_nodes=2)
    with world.database.reading() as work:
        catalog = catalogs.of(work, "acme", world.now)
        echo = catalog.newest("echo")
        assert catalog.newest("echo") is echo
        catalog.newest("greeter")
        assert catalog.newest("echo") is not echo


def test_the_nodes_that_are_kept_are_bounded() -> None:
    kept = Compiled(most_nodes=10)
    for number in range(100):
        kept.keep(("acme", "echo", number), load_scenario(ECHO))
    assert [kept.get(("acme", "echo", number)) is not None for number in (94, 95, 99)] == [False, True, True]
    large = scenario("large", *(say(f"n{number}", "?", f"n{number + 1}") for number in range(20)), say("n20", "."))
    kept.keep(("acme", "large", 1), load_scenario(large))
    assert kept.get(("acme", "large", 1)) is not None  # one is kept, however large


def test_an_old_thread_runs_after_many_publications(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    for number in range(3):
        world.publish(scenario("echo", ask("ask", f"Question {number}?", "word", "ask")))
    world.restart()
    world.write(sender, "one")
    assert world.shown(sender)[-2:] == ["You said one.", "Say something."]
