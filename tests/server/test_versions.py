"""Live threads and versions: who is where, moving, ending, and what may not be deleted (engine.md 10)."""

from typing import Any

import pytest

from botflow.conversations import versions
from botflow.conversations.operators import By
from botflow.conversations.versions import Done, Here, Stayed, check_unused, end_threads, live_threads, move_threads
from botflow.errors import ConflictError
from botflow_runtime import UnknownScenarioError
from tests.server.at_once import at_once
from tests.server.scenarios import ECHO, THINKER, ask, listen, say, scenario
from tests.server.world import World


def by() -> By:
    return By("acme", "r", "user-7")


def two_questions(second: str, words: str = "Two?") -> dict[str, Any]:
    return scenario(
        "asker", ask("one", "One?", "a", second), ask(second, words, "b", "end"), say("end", "{{a}} {{b}}.")
    )


def here(world: World, name: str) -> list[Here]:
    with world.database.reading() as work:
        return live_threads(work, "acme", name)


def move(world: World, name: str, source: int, target: int) -> Done:
    return move_threads(world.conversations, by(), name, source, target)


def test_live_threads_by_version_node_and_status(world: World) -> None:
    sender = world.publish(two_questions("two"))
    for visitor, texts in {"a": ("hi",), "b": ("hi", "x"), "c": ("hi", "x", "y")}.items():
        for text in texts:
            world.hand_in(sender, text, address=f"visitor:{visitor}")
    world.publish(two_questions("two", "And two?"))
    world.hand_in(sender, "hi", address="visitor:d")
    assert here(world, "asker") == [
        Here(1, "one", "active", 1),
        Here(1, "two", "active", 1),
        Here(2, "one", "active", 1),
    ]


def test_threads_move_to_the_same_node_and_what_cannot_be_moved_is_told(world: World) -> None:
    sender = world.publish(two_questions("two"))
    for visitor, texts in {"a": ("hi",), "b": ("hi", "x"), "c": ("hi", "x")}.items():
        for text in texts:
            world.hand_in(sender, text, address=f"visitor:{visitor}")
    world.publish(two_questions("second", "And the second?"))
    done = move(world, "asker", 1, 2)
    example = world.rows("thread", "id")[1][0]
    assert done == Done(1, [Stayed("two", "there is no node 'two' in version 2", 2, example)], None)
    world.write(sender, "x", address="visitor:a")
    assert "And the second?" in str(world.rows("outbound_message", "id", "content"))
    assert world.count("turn", "user_id = 'user-7' AND event LIKE '%Moved%'") == 1
    assert move(world, "asker", 1, 2).threads == 0


def test_a_thread_that_waits_for_its_code_stays_until_it_has_finished(world: World) -> None:
    sender = world.publish(THINKER)
    world.write(sender, "hi")
    world.write(sender, "1")
    world.publish(scenario("thinker", *THINKER["nodes"], say("more", "More.")))
    (stayed,) = move(world, "thinker", 1, 2).stayed
    assert (stayed.node, stayed.threads) == ("double", 1)
    world.run_code()
    assert move(world, "thinker", 1, 2).threads == 1


def test_many_are_moved_page_by_page_and_two_who_move_at_once_move_each_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "PAGE", 4)
    sender = world.publish(two_questions("two"))
    for number in range(10):
        world.hand_in(sender, "hi", address=f"visitor:{number}")
    world.publish(two_questions("two", "And two?"))

    def all_pages() -> int:
        moved, after = 0, ""
        while True:
            done = move_threads(world.conversations, by(), "asker", 1, 2, after)
            moved += done.threads
            if done.following is None:
                return moved
            after = done.following

    assert sum(at_once(all_pages, all_pages)) == 10
    assert here(world, "asker") == [Here(2, "one", "active", 10)]
    assert world.count("turn") == 20


def test_the_threads_of_a_version_can_be_ended(world: World) -> None:
    sender = world.publish(scenario("slow", say("one", "One.", "wait", delay=5000), listen("wait", "one")))
    world.hand_in(sender, "hi")
    assert end_threads(world.conversations, by(), "slow", 1) == Done(1, [], None)
    assert world.view(sender).status == "complete"
    assert world.rows("outbound_message", "status") == [("withdrawn",)]
    assert here(world, "slow") == []


def test_a_version_that_a_live_thread_uses_cannot_be_deleted(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    with world.database.reading() as work:
        check_unused(work, "acme", "echo", 2)
        check_unused(work, "other", "echo", 1)
        with pytest.raises(ConflictError, match="1 live threads use version 1 of 'echo'"):
            check_unused(work, "acme", "echo", 1)


def test_a_version_that_is_not_there_is_said(world: World) -> None:
    world.write(world.publish(ECHO), "hi")
    with pytest.raises(UnknownScenarioError):
        move(world, "echo", 1, 7)
