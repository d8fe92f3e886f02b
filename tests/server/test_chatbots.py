"""Publishing: immutable versions, threads that stay on theirs, examples loaded again and again (engine.md 10)."""

import json
from pathlib import Path

import pytest

from botflow.chatbots.examples import publish_examples
from botflow_runtime import ScenarioError
from botflow_runtime.thread import Thread
from tests.server.scenarios import ECHO, GREETER, ask, say, scenario
from tests.server.world import World

NEW_ECHO = scenario("echo", ask("ask", "Say anything.", "word", "answer"), say("answer", "I heard {{word}}.", "ask"))


def test_the_same_content_is_the_same_version(world: World) -> None:
    world.publish(ECHO)
    world.publish(ECHO)
    assert world.rows("chatbot_version", "number") == [(1,)]


def test_changed_content_is_a_new_version_with_another_hash(world: World) -> None:
    world.publish(ECHO)
    world.publish(NEW_ECHO)
    versions = world.rows("chatbot_version", "number", "content_hash")
    assert [number for number, _ in versions] == [1, 2]
    assert len({content for _, content in versions}) == 2


def test_a_thread_stays_on_the_version_it_started_with(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.publish(NEW_ECHO)
    world.write(sender, "one")
    world.restart()
    world.write(sender, "two")
    assert world.shown(sender)[-2:] == ["You said two.", "Say something."]


def test_a_new_thread_takes_the_newest_version(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.publish(NEW_ECHO)
    world.write(sender, "hi", address="visitor:two")
    assert world.rows("thread", "id", "version")[0][1:] == (1,)
    assert world.rows("thread", "id", "version")[1][1:] == (2,)


def test_a_broken_scenario_is_refused_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(ScenarioError):
        world.publish(scenario("broken", ask("ask", "?", "x", "nowhere")))
    assert world.count("chatbot") == 0


def test_a_recorded_thread_replays_to_the_same_state(world: World) -> None:
    from botflow_runtime.events import decode_event

    sender = world.publish(ECHO)
    for word in ("hi", "one", "two"):
        world.write(sender, word)
    with world.database.reading() as work:
        engine = world.chatbots.conversation(work, "acme").engine
    ((thread_id, version, state),) = world.rows("thread", "id", "version", "state")
    thread = Thread(thread_id, "echo", version)
    for _, event in world.rows("turn", "number", "event"):
        thread = engine.handle(thread, decode_event(event)).thread
    assert thread == Thread.from_json(state)


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    folder = tmp_path / "examples"
    (folder / "deep").mkdir(parents=True)
    (folder / "echo.json").write_text(json.dumps(ECHO))
    (folder / "deep" / "greeter.json").write_text(json.dumps(GREETER | {"x-description": "Greets."}))
    (folder / "package.json").write_text('{"name": "no scenario"}')
    (folder / "list.json").write_text("[]")
    return folder


def test_examples_are_published_once_each_on_a_sender_of_its_own(world: World, examples: Path) -> None:
    for _ in range(2):
        assert publish_examples(world.database, world.chatbots, examples, world.now, is_open=True) == 2
    assert world.rows("chatbot", "scenario", "description") == [("echo", ""), ("greeter", "Greets.")]
    assert world.rows("chatbot_version", "number") == [(1,), (1,)]
    assert world.rows("sender", "id", "adapter") == [("demo-echo", "webchat"), ("demo-greeter", "webchat")]
    world.write("demo-greeter", "hi")
    assert world.shown("demo-greeter") == ["> hi", "Hello!"]


DOUBLED_NAME = json.dumps(ECHO | {"id": "doubled"}).removesuffix("}") + ', "name": "again"}'


@pytest.mark.parametrize(
    "content",
    [
        "{",
        '{"format": "botflow.scenario/1"}',
        '{"format": "botflow.scenario/99", "id": "future"}',
        "\xff",
        DOUBLED_NAME,
        "[" * 100_000,
    ],
    ids=["cut off", "empty", "future", "no UTF-8", "doubled name", "deep"],
)
def test_a_bad_example_is_left_out_and_said(
    world: World, examples: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (examples / "bad.json").write_bytes(content.encode("latin-1"))
    assert publish_examples(world.database, world.chatbots, examples, world.now, is_open=True) == 2
    said = capsys.readouterr()
    assert "bad.json" in said.out + said.err
