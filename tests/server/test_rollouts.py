"""Publishing safely: what it would mean, and what becomes of the threads that run (engine.md 10)."""

import json
from typing import Any

import pytest

from botflow.audit.service import Audit
from botflow.chatbots.authoring import Authoring
from botflow.chatbots.impact import Gone, Running, impact
from botflow.chatbots.rollouts import LEASE_MS, NEXT_ROUND_MS, ROLLOUTS, roll_out
from botflow.conversations import versions as live
from botflow.conversations.service import Conversations
from botflow.errors import ConflictError
from botflow.permissions import Caller
from botflow_runtime.thread import Thread
from tests.server.scenarios import Document, ask, code, say, scenario
from tests.server.world import World

ANN = Caller("acme", user=None, name="ann")
TRIGGER = {"keywords": {"trigger": ["^hello$"]}}


def bot(*more: Document, first: str = "name", words: str = "Your name?", **settings: Any) -> Document:
    named = ask(first, words, "name", "colour") | {"label": "Name, please"}
    return scenario("bot", named, ask("colour", "Which colour?", "colour", "end"), *more)


OLD = bot(say("end", "Old end.", report_field="done"))
NEW = bot(say("end", "New end."))
WITHOUT_NAME = bot(say("end", "New end."), first="first_name")


@pytest.fixture
def authors(world: World) -> Authoring:
    """The chatbot is published, and three visitors are at its nodes: two at `name`, one at `colour`."""
    world.publish(OLD)
    for number in range(3):
        world.write("sender-bot", "hi", address=f"visitor:{number}")
    world.write("sender-bot", "Ann", address="visitor:2")
    return Authoring(world.database, world.chatbots, Audit(lambda: world.now, world.ids))


def publish(world: World, authors: Authoring, document: Document, running: Any) -> dict[str, Any]:
    authors.save(ANN, "bot", json.dumps(document), None, overwrite=True)
    made = authors.publish(ANN, "bot", running=running)
    return rollout(world, made.rollout) if made.rollout else {}


def rollout(world: World, rollout_id: str) -> dict[str, Any]:
    with world.database.reading() as work:
        row = work.all(ROLLOUTS.select().where(ROLLOUTS.c.id == rollout_id))[0]
        return {**row, "stayed": [(one["node"], one["threads"]) for one in json.loads(row["stayed"])]}


def work_on(world: World) -> int | None:
    return roll_out(world.conversations, lambda: world.now)


def threads(world: World) -> list[tuple[int, str, str]]:
    """Version, status and node of every thread, in the order of the visitors."""
    states = [Thread.from_json(state) for _, state in world.rows("thread", "id", "state")]
    return [(thread.version, thread.status, thread.node or "") for thread in states]


class TestImpact:
    def test_threads_by_version_and_those_at_nodes_that_are_gone(self, world: World, authors: Authoring) -> None:
        authors.save(ANN, "bot", json.dumps(WITHOUT_NAME), 1)
        found = impact(authors, ANN, "bot")
        assert found.running == [Running(version=1, threads=3)]
        assert found.gone == [Gone(version=1, node="name", label="Name, please", threads=2)]
        assert found.removed_fields == ["done"]
        assert found.changes is not None
        assert [(change.kind, change.place) for change in found.changes][:2] == [
            ("removed", "node name"),
            ("added", "node first_name"),
        ]
        assert (found.revision, found.newest_version) == (2, 1)

    def test_words_that_another_chatbot_takes(self, world: World, authors: Authoring) -> None:
        with world.database.transaction() as work:
            other = world.chatbots.publish(work, "acme", scenario("other", say("hi", "Hi."), **TRIGGER))
            world.chatbots.enable(work, "acme", other.chatbot_id, "sender-bot", is_default=False)
        authors.save(ANN, "bot", json.dumps(NEW | {"settings": TRIGGER}), 1)
        assert [problem.code for problem in impact(authors, ANN, "bot").collisions] == ["trigger_collision"]

    def test_a_draft_that_does_not_fit_the_format(self, authors: Authoring) -> None:
        authors.save(ANN, "bot", '{"id": "bot", "nodes": 7}', 1)
        found = impact(authors, ANN, "bot")
        assert (found.changes, found.gone, found.running) == (None, [], [Running(1, 3)])
        assert found.checked.errors

    def test_the_first_version(self, authors: Authoring) -> None:
        authors.save(ANN, "fresh", json.dumps(NEW | {"id": "fresh"}), 0)
        found = impact(authors, ANN, "fresh")
        assert (found.changes, found.running, found.removed_fields) == ([], [], [])


class TestChoices:
    def test_threads_finish_on_their_version(self, world: World, authors: Authoring) -> None:
        assert publish(world, authors, NEW, "finish") == {}
        assert work_on(world) is None
        world.write("sender-bot", "red", address="visitor:2")
        assert world.vendor.sent[-1].content["text"] == "Old end."

    def test_a_process_that_stops_moves_nobody_more(self, world: World, authors: Authoring) -> None:
        publish(world, authors, NEW, "move")
        roll_out(world.conversations, lambda: world.now, stopping=lambda: True)
        assert {version for version, _, _ in threads(world)} == {1}
        work_on(world)
        assert {version for version, _, _ in threads(world)} == {2}

    def test_threads_move_to_the_node_of_the_same_id(self, world: World, authors: Authoring) -> None:
        made = publish(world, authors, NEW, "move")
        assert (made["state"], threads(world)[0][0]) == ("running", 1)
        assert work_on(world) is None
        assert threads(world) == [(2, "active", "name"), (2, "active", "name"), (2, "active", "colour")]
        world.write("sender-bot", "red", address="visitor:2")
        assert world.vendor.sent[-1].content["text"] == "New end."
        done = rollout(world, made["id"])
        assert (done["state"], done["threads"], done["stayed"]) == ("done", 3, [])

    def test_those_that_cannot_move_stay_and_are_listed(self, world: World, authors: Authoring) -> None:
        made = publish(world, authors, WITHOUT_NAME, "move")
        while (due := work_on(world)) is not None:
            assert due == world.now + NEXT_ROUND_MS
            world.now = due
        done = rollout(world, made["id"])
        assert (done["state"], done["threads"], done["stayed"]) == ("done", 1, [("name", 2)])
        assert [version for version, _, _ in threads(world)] == [1, 1, 2]

    def test_threads_end_as_stopped(self, world: World, authors: Authoring) -> None:
        made = publish(world, authors, NEW, "end")
        assert work_on(world) is None
        assert {status for _, status, _ in threads(world)} == {"complete"}
        assert rollout(world, made["id"])["threads"] == 3
        world.write("sender-bot", "hi", address="visitor:0")
        assert threads(world)[-1] == (2, "active", "name")

    def test_a_thread_that_was_busy_is_moved_in_a_later_round(self, world: World) -> None:
        world.publish(scenario("bot", ask("a", "?", "x", "run"), code("run", "return 1", "b"), ask("b", "!", "y", "a")))
        authors = Authoring(world.database, world.chatbots, Audit(lambda: world.now, world.ids))
        for text in ("hi", "go"):
            world.write("sender-bot", text)
        made = publish(
            world,
            authors,
            scenario("bot", ask("a", "?", "x", "run"), code("run", "return 2", "b"), ask("b", "New!", "y", "a")),
            "move",
        )
        assert work_on(world) == world.now + NEXT_ROUND_MS
        world.run_code()
        world.now += NEXT_ROUND_MS
        assert work_on(world) is None
        assert threads(world) == [(2, "active", "b")]
        assert rollout(world, made["id"])["stayed"] == []

    def test_publishing_the_same_again_moves_what_is_left(self, world: World, authors: Authoring) -> None:
        publish(world, authors, NEW, "finish")
        publish(world, authors, NEW, "move")
        work_on(world)
        assert {version for version, _, _ in threads(world)} == {2}

    def test_rolling_back_takes_threads_along(self, world: World, authors: Authoring) -> None:
        publish(world, authors, NEW, "move")
        work_on(world)
        authors.roll_back(ANN, "bot", 1, running="move")
        work_on(world)
        world.write("sender-bot", "red", address="visitor:2")
        assert world.vendor.sent[-1].content["text"] == "Old end."


class TestPages:
    @pytest.fixture(autouse=True)
    def small_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(live, "PAGE", 2)

    def test_pages_and_several_versions(self, world: World, authors: Authoring) -> None:
        publish(world, authors, NEW, "finish")
        for number in range(3, 6):
            world.write("sender-bot", "hi", address=f"visitor:{number}")
        made = publish(world, authors, bot(say("end", "Newest end.")), "move")
        work_on(world)
        assert [version for version, _, _ in threads(world)] == [3] * 6
        assert rollout(world, made["id"])["threads"] == 6

    def test_whoever_dies_in_the_middle_leaves_the_rest_to_another(
        self, world: World, authors: Authoring, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = publish(world, authors, NEW, "move")
        original = Conversations.of_thread
        begun: list[str] = []

        def dying(self: Conversations, thread_id: str, company_id: str | None = None) -> Any:
            begun.append(thread_id)
            if len(begun) == 2:
                raise KeyboardInterrupt
            return original(self, thread_id, company_id)

        monkeypatch.setattr(Conversations, "of_thread", dying)
        with pytest.raises(KeyboardInterrupt):
            work_on(world)
        monkeypatch.undo()
        assert [version for version, _, _ in threads(world)] == [2, 1, 1]
        assert work_on(world) == world.now + LEASE_MS  # until then it may be at work still
        world.now += LEASE_MS
        assert work_on(world) is None
        assert [version for version, _, _ in threads(world)] == [2, 2, 2]
        assert rollout(world, made["id"])["state"] == "done"

    def test_a_later_choice_takes_the_place_of_an_earlier_one(self, world: World, authors: Authoring) -> None:
        first = publish(world, authors, NEW, "end")
        publish(world, authors, bot(say("end", "Newest end.")), "move")
        work_on(world)
        assert rollout(world, first["id"])["state"] == "replaced"
        assert [(version, status) for version, status, _ in threads(world)] == [(3, "active")] * 3


class TestDeleting:
    def test_a_chatbot_with_live_threads_is_not_deleted(self, authors: Authoring) -> None:
        with pytest.raises(ConflictError, match="3 live threads run 'bot'"):
            authors.delete(ANN, "bot")

    def test_retiring_it_ends_them_and_starts_no_more(self, world: World, authors: Authoring) -> None:
        authors.retire(ANN, "bot")
        assert work_on(world) is None
        world.write("sender-bot", "hi", address="visitor:9")
        assert {status for _, status, _ in threads(world)} == {"complete"}
        authors.delete(ANN, "bot")
        assert world.count("chatbot_version") == 1  # for the threads of the past
