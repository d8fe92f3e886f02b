"""Whatever happens to a conversation, its recording replays to the threads as they are stored (TH-3).

Random chatbots, of which newer versions are published in between; a contact who writes, also while code runs; code,
timers, refusals of the vendor, operators, jumps, opt-outs, attributes, moves to other versions, restarts of the server.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from botflow.accounts.service import ensure_company
from botflow.channels.contract import Refused
from botflow.contacts.service import set_attribute
from botflow.conversations import operators
from botflow.conversations.export import export_thread
from botflow.conversations.operators import By
from botflow.conversations.versions import move_threads
from botflow.errors import NotFoundError, RequestError
from botflow_runtime import Scenario, Thread, UnknownScenarioError
from botflow_runtime.replay import Recording, read_recording, replay
from botflow_runtime.sandbox import CodeError, CodeResult
from tests.runtime.any_scenario import BOTS, NODES, WORDS, chatbots, values
from tests.server.scenarios import ECHO, GREETER, say, scenario
from tests.server.world import ADDRESS, START, World

SENDER = "sender-one"


def document_of(bot: Scenario) -> dict[str, Any]:
    return dict(bot.document.model_dump(mode="json", by_alias=True, exclude_unset=True))


def publish(world: World, bot: Scenario) -> None:
    """Publish a chatbot; both run on one sender, where the second is the default."""
    with world.database.transaction() as work:
        published = world.chatbots.publish(work, "acme", document_of(bot))
        world.chatbots.enable(work, "acme", published.chatbot_id, SENDER, is_default=bot.id == "two")


def code_result(value: Any, error: str | None) -> CodeResult:
    if error is not None:
        return CodeResult(error=CodeError("raised", error))
    return CodeResult(value=value, vars={"v": value}, attributes={"city": "Rome"})


def writes(world: World, text: str) -> None:
    world.write(SENDER, text or None, postback="x" if not text else None)


def operates(world: World, name: str) -> None:
    thread = world.rows("thread", "id")[-1][0]
    operators.ACTIONS[name](world.conversations, By("acme", world.ids(), "u"), thread)


def starts(world: World, how: tuple[str, str | None]) -> None:
    name, node = how
    operators.start(world.conversations, By("acme", world.ids()), SENDER, ADDRESS, name, node=node)


def runs_code(world: World, how: tuple[Any, str | None]) -> None:
    world.code = lambda request: code_result(*how)
    world.run_code()


def moves(world: World, name: str) -> None:
    newest = max((row[1] for row in world.rows("thread", "scenario", "version") if row[0] == name), default=1)
    for version in range(1, newest + 2):
        move_threads(world.conversations, By("acme", world.ids(), "u"), name, version, newest)


def refuses(world: World, kind: str) -> None:
    world.vendor.answers = [Refused("the number is gone", "permanent")]


def sets_attribute(world: World, city: str) -> None:
    with world.database.transaction() as work:
        set_attribute(work, world.rows("contact", "id")[0][0], "city", city)


DOERS: Mapping[str, Callable[[World, Any], None]] = {
    "writes": writes,
    "operates": operates,
    "starts": starts,
    "runs code": runs_code,
    "waits": lambda world, seconds: world.wait(seconds),
    "publishes": publish,
    "moves": moves,
    "refuses": refuses,
    "sets attribute": sets_attribute,
    "restarts": lambda world, _: world.restart(),
}

happenings = st.lists(
    st.one_of(
        st.tuples(st.just("writes"), st.sampled_from(WORDS)),
        st.tuples(st.just("writes"), st.sampled_from(WORDS)),
        st.tuples(st.just("runs code"), st.tuples(values, st.none() | st.none() | st.just("it broke"))),
        st.tuples(st.just("waits"), st.integers(1, 100_000)),
        st.tuples(st.just("operates"), st.sampled_from(tuple(operators.ACTIONS))),
        st.tuples(st.just("starts"), st.tuples(st.sampled_from(BOTS), st.none() | st.sampled_from(NODES))),
        st.tuples(st.just("publishes"), st.sampled_from(BOTS).flatmap(chatbots)),
        st.tuples(st.just("moves"), st.sampled_from(BOTS)),
        st.tuples(st.just("refuses"), st.just("")),
        st.tuples(st.just("sets attribute"), st.sampled_from(("Rome", "Oslo"))),
        st.tuples(st.just("restarts"), st.none()),
    ),
    min_size=4,
    max_size=16,
)


def lead(world: World, bots: list[Scenario], sequence: list[tuple[str, Any]]) -> None:
    """A company of its own, in which all this happens."""
    world.change("DELETE FROM company")
    world.at(START).vendor.answers = []
    with world.database.transaction() as work:
        ensure_company(work, "acme", "Acme", START)
    world.restart()
    world.publish(document_of(bots[0]))
    for bot in bots:
        publish(world, bot)
    writes(world, "hello")
    for what, how in sequence:
        world.now += 1000
        with suppress(RequestError, UnknownScenarioError):  # an operator asks for what cannot be done now
            DOERS[what](world, how)


def exported(world: World, thread: str) -> Recording:
    with world.database.reading() as work:
        return read_recording(export_thread(work, thread, "acme").to_json())


def holds(world: World) -> None:
    """The recording of the conversation replays to the stored threads, by the same turns."""
    stored = [(row[0], Thread.from_json(row[1])) for row in world.rows("thread", "id", "state")]
    if not stored:
        return
    recording = exported(world, stored[0][0])
    assert recording.threads == [thread for _, thread in stored]
    replayed = replay(recording)
    assert replayed.differing == []
    logs = {(thread, number): log for thread, number, log in world.rows("turn", "thread_id", "number", "log")}
    again: dict[tuple[str, int], str] = {}
    for event, turn in zip(recording.events, replayed.turns, strict=True):
        number = 1 + sum(1 for thread, _ in again if thread == event.thread)
        again[event.thread, number] = msgspec.json.encode(turn.log).decode()
    assert again == logs


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # making it smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(bots=st.tuples(chatbots("one"), chatbots("two")), sequence=happenings)
def test_a_recording_replays_to_the_stored_threads(
    world: World, bots: tuple[Scenario, Scenario], sequence: list[tuple[str, Any]]
) -> None:
    lead(world, list(bots), sequence)
    holds(world)


def jumper(version: int) -> dict[str, Any]:
    step = {"type": "jump", "scenario": "greeter"}
    return scenario("jumper", say("go", f"Version {version}.", "jump"), {"id": "jump", "kind": "action", "step": step})


def test_later_versions_do_not_change_what_a_replay_does(world: World) -> None:
    sender = world.publish(jumper(1))
    world.write(sender, "no greeter yet")
    world.publish(GREETER)
    world.write(sender, "now there is one")
    world.publish(scenario("greeter", say("hello", "Hello again!")))
    world.write(sender, "and a newer one")
    holds(world)
    (thread, *_) = world.rows("thread", "id")[0]
    recording = exported(world, thread)
    offered = [event.offered for event in recording.events if event.scenario == "jumper"]
    assert [found.newest for found in offered if found is not None] == [
        {},
        {"greeter": 1},
        {"greeter": 2},
    ]


def test_the_recording_holds_one_conversation_only(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.write(sender, "hi", address="visitor:two")
    first, second = (row[0] for row in world.rows("thread", "id"))
    assert [thread.id for thread in exported(world, second).threads] == [second]
    assert {event.thread for event in exported(world, first).events} == {first}


def test_a_thread_of_another_company_is_not_there(world: World) -> None:
    world.write(world.publish(ECHO), "hi")
    with world.database.reading() as work, pytest.raises(NotFoundError, match="There is no thread"):
        export_thread(work, world.rows("thread", "id")[0][0], "other")
