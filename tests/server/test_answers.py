"""Answers as a table, counts and CSV (CB-11)."""

import csv
import io
from typing import Any

import pytest

from botflow.conversations.answers import (
    CSV_BATCH,
    AnswerFilter,
    Summary,
    answered_threads,
    answers_csv,
    fields_of,
    summary,
    with_answers,
)
from botflow.conversations.listing import THREAD_KEY, THREAD_SORTS
from botflow.rest.pages import PageQuery, Sorts
from botflow_runtime import load_scenario
from tests.server.scenarios import ask, say, scenario
from tests.server.world import START, World

SORTS = Sorts(THREAD_KEY, THREAD_SORTS, "created_at")


def poll(*, version: int = 1) -> dict[str, Any]:
    """Asks for a colour, which is shown in the report, and then whether that is sure."""
    document = scenario(
        "poll",
        ask("colour", f"Which colour? ({version})", "colour", "sure"),
        say("sure", "Sure?", "reply"),
        {
            "id": "reply",
            "kind": "condition",
            "type": "user_response",
            "branches": [{"id": "y", "label": "Yes", "patterns": ["^yes$"], "report_field": "sure", "next": ["end"]}],
            "else": {"label": "No", "report_field": "sure", "next": ["colour"]},
        },
        say("end", "Thanks."),
    )
    document["nodes"][0]["step"]["show_in_report"] = True
    return document


@pytest.fixture
def answered(world: World) -> World:
    """a: red, then blue; b: red; c has said nothing yet; d, in version 2: a formula."""
    sender = world.publish(poll())
    for address, texts in {"a": ("hi", "red", "no", "blue", "yes"), "b": ("hi", "red"), "c": ("hi",)}.items():
        for words in texts:
            world.hand_in(sender, words, address=address)
        world.now += 1000
    world.publish(poll(version=2))
    for words in ("hi", '=HYPERLINK("http://x")'):
        world.hand_in(sender, words, address="d")
    return world


def table(world: World, limit: int = 50, **wanted: Any) -> dict[str, dict[str, Any]]:
    """Address to answers, through all pages."""
    found: dict[str, dict[str, Any]] = {}
    cursor = None
    while True:
        with world.database.reading() as work:
            select = answered_threads("acme", "poll", AnswerFilter(**wanted))
            rows, cursor = SORTS.page(work, select, PageQuery(limit=limit, cursor=cursor))
            found |= {
                row["address"]: row["answers"] | {"version": row["version"]} for row in with_answers(work, "poll", rows)
            }
        if cursor is None:
            return found


def test_a_row_for_each_thread_with_its_newest_answers(answered: World) -> None:
    assert table(answered, limit=1) == {
        "a": {"colour": "blue", "sure": "yes", "version": 1},
        "b": {"colour": "red", "version": 1},
        "d": {"colour": '=HYPERLINK("http://x")', "version": 2},
    }


@pytest.mark.parametrize(
    ("wanted", "addresses"),
    [
        ({"values": {"colour": "blue"}}, ["a"]),
        ({"values": {"colour": "red"}}, ["b"]),
        ({"values": {"colour": "blue", "sure": "no"}}, []),
        ({"version": 2}, ["d"]),
        ({"status": "complete"}, ["a"]),
        ({"period": (START + 1000, None)}, ["b", "d"]),
        ({"period": (None, START + 1000)}, ["a"]),
        ({"sender": "sender-poll", "values": {"sure": "yes"}}, ["a"]),
    ],
)
def test_filters(answered: World, wanted: dict[str, Any], addresses: list[str]) -> None:
    assert list(table(answered, **wanted)) == addresses


def test_counts_of_a_field_for_a_chart(answered: World) -> None:
    with answered.database.reading() as work:
        found = summary(work, "acme", "poll", "colour")
        assert found == Summary("colour", [('=HYPERLINK("http://x")', 1), ("blue", 1), ("red", 1)], 0, 3)
        assert summary(work, "acme", "poll", "colour", AnswerFilter(version=1)).threads == 2
        assert summary(work, "acme", "poll", "nothing") == Summary("nothing", [], 0, 0)
        assert summary(work, "other", "poll", "colour").threads == 0


def test_columns_are_those_of_the_newest_version_and_what_older_ones_have_written(answered: World) -> None:
    newest = load_scenario(scenario("poll", say("end", "Bye.", report_field="left")))
    with answered.database.reading() as work:
        assert fields_of(work, "acme", "poll", newest) == ["left", "colour", "sure"]
        assert fields_of(work, "acme", "poll", load_scenario(poll())) == ["colour", "sure"]


def test_csv_holds_everything_and_no_formula(answered: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert CSV_BATCH > 1
    monkeypatch.setattr("botflow.conversations.answers.CSV_BATCH", 1)
    pieces = list(answers_csv(answered.database, "acme", "poll", load_scenario(poll())))
    assert len(pieces) == 4
    rows = list(csv.DictReader(io.StringIO("".join(pieces).removeprefix("\ufeff"))))
    assert [(row["address"], row["version"], row["colour"], row["sure"]) for row in rows] == [
        ("a", "1", "blue", "yes"),
        ("b", "1", "red", ""),
        ("d", "2", '\'=HYPERLINK("http://x")', ""),
    ]
    assert rows[0]["started_at"] == "2026-03-01T10:00:00.000Z"
