"""The public testing tools: transcripts, the virtual clock, readable differences (scenario-format.md)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from botflow_runtime import Scenario, TranscriptError
from botflow_runtime.testing import Played, VirtualClock, load_transcript, play, player
from tests.runtime.bots import ask, bot, code, handover, reply, say

END = say("end", final=True)
PIZZA = bot(
    ask("name", ["size"], save_as="name", show_in_report=True),
    say("size", ["r"], "Which size, {{name}}?"),
    reply("r", {"s": ("^s", ["end"])}, ["person"]),
    handover("person"),
    END,
    id="pizza",
    keywords={"trigger": ["^pizza$"]},
)


def played(*turns: dict[str, Any], scenario: Scenario = PIZZA, **fields: Any) -> Played:
    return play(scenario, load_transcript({"turns": list(turns), **fields}))


def differences(*turns: dict[str, Any], **fields: Any) -> list[tuple[int, str]]:
    return [(difference.turn, difference.what) for difference in played(*turns, **fields).differences]


def test_a_transcript_that_fits() -> None:
    went = played(
        {"in": "pizza", "out": ["name?"], "at": "name", "status": "active", "effects": []},
        {"in": "Ann", "out": ["/size, A.n/"], "vars": {"name": "Ann"}, "effects": ["report"]},
        {"in": {"text": "Small", "postback": "s"}, "out": [{"type": "text"}], "status": "complete"},
    )
    assert went.passed
    assert (len(went.turns), len(went.events)) == (3, 3)


@pytest.mark.parametrize(
    ("expected", "what"),
    [
        ({"out": []}, "out"),
        ({"out": ["name"]}, "out"),
        ({"out": ["name?", "more"]}, "out"),
        ({"out": ["/^Name/"]}, "out"),
        ({"out": ["/"]}, "out"),
        ({"out": [{"type": "card"}]}, "out"),
        ({"out": [{"text": "name?", "more": 1}]}, "out"),
        ({"out": [{"text": ["name?"]}]}, "out"),
        ({"at": "size"}, "at"),
        ({"status": "stuck"}, "status"),
        ({"vars": {"name": "Ann"}}, "variables"),
        ({"effects": ["report"]}, "effects"),
    ],
)
def test_each_thing_that_differs_is_told(expected: dict[str, Any], what: str) -> None:
    assert differences({"in": "pizza", **expected}) == [(1, what)]


def test_effects_are_compared_as_a_multiset() -> None:
    twice = {"in": "Ann", "effects": ["report", "report"]}
    assert differences({"in": "pizza"}, twice) == [(2, "effects")]


def test_a_difference_reads_well() -> None:
    (difference,) = played({"in": "pizza", "out": ["hello"]}).differences
    assert str(difference) == 'turn 1: out\n    expected: ["hello"]\n    got:      ["name?"]'


def test_mappings_compare_the_given_fields_lists_as_a_whole() -> None:
    content = {
        "type": "text",
        "text": "hi",
        "suggestions": [{"id": "a", "type": "reply", "text": "A"}, {"id": "b", "type": "reply", "text": "B"}],
    }
    step = {"type": "static_message", "content": content}
    node = {"id": "m", "kind": "action", "step": step}
    menu = bot(node, keywords={"trigger": ["go"]})
    fits = {"suggestions": [{"text": "A"}, {"id": "b"}]}
    assert played({"in": "go", "out": [fits]}, scenario=menu).passed
    for wrong in ({"suggestions": [{"text": "A"}]}, {"suggestions": {"text": "A"}}, {"suggestions": ["A", "B"]}):
        assert not played({"in": "go", "out": [wrong]}, scenario=menu).passed


def test_nothing_is_expected_where_there_is_no_thread() -> None:
    assert differences({"in": "hello", "out": [], "vars": {"name": None}}) == []
    assert differences({"in": "hello", "status": "active"}) == [(1, "status")]


def test_time_passes_only_when_a_turn_says_so() -> None:
    slow = bot(ask("q"), response_timeout={"seconds": 2, "action": "end_chat"}, keywords={"trigger": ["go"]})
    went = played({"in": "go"}, {"wait": 1.5, "status": "active"}, {"wait": 0.5, "status": "timeout"}, scenario=slow)
    assert went.passed
    assert [event.at for event in went.events] == [1_767_225_600_000, 1_767_225_602_000]


@pytest.mark.parametrize("now", ["2026-03-01T10:00:00Z", "2026-03-01T10:00:00", datetime(2026, 3, 1, 10, tzinfo=UTC)])
def test_the_clock_starts_where_the_transcript_says(now: Any) -> None:
    assert played({"in": "pizza"}, now=now).events[0].at == 1_772_359_200_000


def test_an_http_answer_that_nothing_asked_for_is_a_difference() -> None:
    went = played({"in": "pizza"}, http=[{"match": "GET https://example.com/*"}])
    assert [str(difference).splitlines()[0] for difference in went.differences] == [
        "transcript: an http answer was not used"
    ]


def test_http_answers_are_given_to_code_by_method_and_address() -> None:
    source = "const r = await http.get('https://example.com/a'); return {s: r.status, t: r.text}"
    caller = bot(code("c", ["end"], source=source), END, keywords={"trigger": ["go"]})
    answers = [{"match": "POST *"}, {"match": "GET https://example.com/*", "status": 404, "text": "no"}]
    went = played({"in": "go", "vars": {"s": 404, "t": "no"}}, scenario=caller, http=answers)
    assert [difference.expected for difference in went.differences] == ["POST *"]


def test_a_call_that_no_http_answer_fits_is_named_where_its_turn_differs() -> None:
    source = "await http.get('https://example.com/a')"
    caller = bot(code("c", ["end"], source=source), END, keywords={"trigger": ["go"]})
    went = played({"in": "go", "status": "complete"}, scenario=caller, http=[{"match": "POST *"}])
    assert [difference.turn for difference in went.differences] == [1, 1, 0]
    assert str(went.differences[1]).splitlines() == [
        "turn 1: GET https://example.com/a was called and no http answer fits",
        '    expected: ["POST *"]',
        '    got:      "GET https://example.com/a"',
    ]
    assert "has no http answer that matches" in str(went.turns[-1].log)
    assert played({"in": "go", "status": "error"}, scenario=caller).passed


def test_a_pattern_is_found_anywhere_and_minds_the_case() -> None:
    assert played({"in": "pizza", "out": ["/am/"]}).passed
    assert not played({"in": "pizza", "out": ["/AM/"]}).passed
    assert played({"in": "pizza", "out": ["/(?i)AM/"]}).passed


def test_a_pattern_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "MOST_SECONDS_OF_A_PATTERN", 0.05)
    slow = bot(say("a", words="a" * 2000, final=True), keywords={"trigger": ["go"]})
    with pytest.raises(TranscriptError, match=r"turn 1: simplify .* takes too long"):
        played({"in": "go", "out": ["/(a|aa|a.)+[bc]\\d$/"]}, scenario=slow)


@pytest.mark.parametrize(
    ("turn", "message"),
    [
        ({"fail": "delivery"}, "turn 1: no message was sent yet that could fail"),
        ({"operator": "stop"}, "turn 1: there is no thread yet to stop"),
    ],
)
def test_what_cannot_be_done_is_refused(turn: dict[str, Any], message: str) -> None:
    with pytest.raises(TranscriptError, match=message):
        played(turn)


def test_an_operator_starts_the_chatbot_that_has_the_node() -> None:
    assert played({"operator": {"start_at": "size"}, "out": ["Which size, ?"]}).passed


# --- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"turns": [{}]}, "exactly one of in, wait, fail, operator"),
        ({"turns": [{"in": "a", "wait": 1}]}, "exactly one of"),
        ({"turns": [{"wait": -1}]}, "wait"),
        ({"turns": [{"in": "a", "status": "happy"}]}, "status"),
        ({"turn": []}, "turn"),
        ({"now": "soon"}, "now"),
    ],
)
def test_a_transcript_that_is_none_is_refused_with_its_place(raw: dict[str, Any], message: str) -> None:
    with pytest.raises(TranscriptError, match=message):
        load_transcript(raw)


@pytest.mark.parametrize(
    ("text", "message"), [("- a", "a mapping with `turns`"), ("a: [", "this is not YAML"), (None, "cannot be read")]
)
def test_a_file_that_is_no_transcript_is_refused_with_its_name(text: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "chat.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(TranscriptError, match=rf"chat.yaml: .*{message}"):
        load_transcript(path)


def test_the_clock_never_goes_back() -> None:
    clock = VirtualClock(datetime(2026, 1, 1, tzinfo=UTC))
    clock.advance(5)
    clock.advance_to(0)
    assert clock() == datetime(2026, 1, 1, tzinfo=UTC).timestamp() + 5
