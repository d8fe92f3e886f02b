"""What happened at the nodes of a chatbot is counted, per version and hour, exactly (ED-6)."""

from typing import Any

import pytest

from botflow.conversations.figures import Figures, NodeFigures, figures
from botflow.conversations.visits import HOUR_MS
from botflow.jobs.visits import EVERY_MS, fold_visits
from tests.server.at_once import at_once
from tests.server.scenarios import ECHO, HURRIED, ask, listen, say, scenario
from tests.server.world import START, World

PIZZA = scenario(
    "pizza",
    ask("size", "Which size?", "size", "large"),
    {
        "id": "large",
        "kind": "condition",
        "type": "expression",
        "branches": [{"id": "yes", "label": "Large", "expression": "'{{size}}' = 'large'", "next": ["sure"]}],
        "else": {"label": "Other", "next": ["bye"]},
    },
    say("sure", "Sure?", "reply"),
    {
        "id": "reply",
        "kind": "condition",
        "type": "user_response",
        "branches": [{"id": "ok", "label": "Yes", "patterns": ["^yes$"], "next": ["bye"]}],
        "else": None,
    },
    say("bye", "Bye."),
)


def read(world: World, name: str, version: int | None = None, **period: int) -> Figures:
    with world.database.reading() as work:
        return figures(work, "acme", name, version, **period)


def node(found: Figures, name: str) -> NodeFigures:
    (one,) = [one for one in found.nodes if one.node == name]
    return one


def fold(world: World) -> int:
    return fold_visits(world.database, lambda: world.now)


@pytest.fixture(params=["counted", "not counted yet"])
def counted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "counted")


def test_visits_branches_ends_and_waits_of_each_node(world: World, counted: bool) -> None:
    sender = world.publish(PIZZA)
    for visitor, texts in {
        "a": ("hi", "large", "yes"),
        "b": ("hi", "small"),
        "c": ("hi", "large", "what?"),
        "d": ("hi",),
    }.items():
        for words in texts:
            world.hand_in(sender, words, address=f"visitor:{visitor}")
            world.now += 60_000
    if counted:
        fold(world)
        assert world.count("visit") == 0
    found = read(world, "pizza")
    assert (found.entered, found.running) == (4, 2)
    size, large, reply, bye = (node(found, name) for name in ("size", "large", "reply", "bye"))
    assert (size.visits, size.share, size.running, size.waits) == (4, 1.0, 1, 3)
    assert size.median_wait_seconds == pytest.approx(60, rel=0.03)
    assert (large.visits, large.branches) == (3, {"yes": 2, "": 1})
    assert (reply.visits, reply.branches, reply.stuck, reply.running) == (2, {"ok": 1}, 1, 1)
    assert (bye.visits, bye.finished, bye.left) == (2, {"": 2}, {})


def test_who_leaves_counts_where_they_were(world: World, counted: bool) -> None:
    sender = world.publish(scenario("echo", *ECHO["nodes"], keywords={"stop": ["^bye$"]}))
    for visitor, last in {"a": "bye", "b": "STOP", "c": "on"}.items():
        for words in ("hi", last):
            world.hand_in(sender, words, address=f"visitor:{visitor}")
    if counted:
        fold(world)
    asked = node(read(world, "echo"), "ask")
    assert asked.left == {"stopped": 1, "opted_out": 1}
    assert asked.drop_off == pytest.approx(2 / 4)


def test_a_timeout_is_left_and_its_node_is_visited(world: World) -> None:
    sender = world.publish(HURRIED)
    world.write(sender, "hi")
    world.wait(1)
    found = read(world, "hurried")
    assert node(found, "late").left == {"response_timeout": 1}
    assert node(found, "ask").waits == 0


def test_versions_and_jumps_count_where_they_ran(world: World, counted: bool) -> None:
    def first(words: str) -> dict[str, Any]:
        jump = {"type": "jump", "scenario": "second", "pass_context": True}
        return scenario(
            "first",
            say("hello", words, "wait"),
            listen("wait", "go"),
            {"id": "go", "kind": "action", "step": jump, "report_field": "way", "label": "On"},
        )

    world.publish(
        scenario("second", ask("ask", "?", "word", "end"), say("end", "End.", report_field="done", label="E"))
    )
    sender = world.publish(first("One."))
    world.hand_in(sender, "hi", address="visitor:old")
    world.publish(first("Two."))
    world.hand_in(sender, "hi", address="visitor:new")
    for visitor in ("old", "new"):
        world.hand_in(sender, "on", address=f"visitor:{visitor}")
    if counted:
        fold(world)
    for version in (1, 2):
        found = read(world, "first", version)
        assert (found.entered, node(found, "hello").visits, node(found, "go").visits) == (1, 1, 1)
        assert node(found, "wait").branches == {"": 1}
    second = read(world, "second")
    assert (second.entered, node(second, "ask").visits, node(second, "ask").running) == (2, 2, 2)
    assert sorted(world.rows("answer", "scenario", "version", "field")) == [("first", 1, "way"), ("first", 2, "way")]


def test_a_period_is_a_matter_of_hours(world: World, counted: bool) -> None:
    sender = world.publish(ECHO)
    for hour in range(3):
        world.at(START + hour * HOUR_MS).hand_in(sender, "hi", address=f"visitor:{hour}")
    if counted:
        fold(world)
    assert read(world, "echo", since=START + HOUR_MS).entered == 2
    assert read(world, "echo", until=START + HOUR_MS).entered == 1
    assert read(world, "echo", since=START + HOUR_MS, until=START + 2 * HOUR_MS).entered == 1


def test_processes_that_count_at_once_count_each_turn_once(world: World) -> None:
    sender = world.publish(ECHO)
    for number in range(30):
        world.hand_in(sender, "hi", address=f"visitor:{number}")
    writes = [lambda n=n: world.hand_in(sender, "more", address=f"visitor:{n}") for n in range(4)]
    nexts = at_once(*[lambda: fold(world)] * 2, *writes)[:2]
    assert nexts == [world.now + EVERY_MS] * 2
    assert node(read(world, "echo"), "ask").visits == 34
    fold(world)
    assert node(read(world, "echo"), "ask").visits == 34
    assert world.count("visit") == 0


def test_another_company_sees_nothing_of_it(world: World) -> None:
    world.write(world.publish(ECHO), "hi")
    with world.database.reading() as work:
        assert figures(work, "other", "echo") == Figures(0, 0, [])


def test_only_the_newest_answer_of_a_field_is_marked_as_that(world: World) -> None:
    document = scenario("poll", ask("ask", "?", "word", "ask"))
    document["nodes"][0]["step"]["show_in_report"] = True
    sender = world.publish(document)
    for words in ("hi", "red", "green"):
        world.write(sender, words)
    assert sorted(world.rows("answer", "value", "newest")) == [('"green"', True), ('"red"', False)]
