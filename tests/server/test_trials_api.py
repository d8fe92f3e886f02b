"""A draft tried in a chat over HTTP (ED-4): what is told, and that it is what `botflow test` plays."""

import time
from functools import partial
from typing import Any

import pytest

from botflow.chatbots import trials
from botflow_runtime import load_scenario
from botflow_runtime.testing import load_transcript, play
from tests.server.api import Api
from tests.server.at_once import at_once
from tests.server.scenarios import GREETER, HURRIED, ask, code, say, scenario


@pytest.fixture
def key(api: Api) -> str:
    return api.key("acme")


def put(api: Api, key: str, file: dict[str, Any]) -> None:
    answer = api.call("PUT", f"/chatbots/{file['id']}/draft?overwrite=true", file, key=key)
    assert answer.status_code in (200, 201), answer.json


def tried(api: Api, key: str, file: dict[str, Any], turns: list[Any], **more: Any) -> Any:
    """The answer to a trial of a draft that is kept in another state: what is tried is what is sent."""
    put(api, key, scenario(file["id"], say("other", "Other.")))
    transcript = {"turns": turns} | more.pop("transcript", {})
    body = {"document": file, "transcript": transcript} | more
    answer = api.call("POST", f"/chatbots/{file['id']}/trial", body, key=key)
    assert answer.status_code in (200, 201), answer.json
    return answer.get_json()


def texts(turn: Any) -> list[str]:
    return [message["text"] for message in turn["messages"]]


START = {"operator": {"start_at": "ask"}}
ASKING = scenario("asking", ask("ask", "Name?", "name", "greet"), say("greet", "Hi {{name}}!"))
DICE = scenario(
    "dice", ask("ask", "Throw?", "go", "throw"), code("throw", "return Math.random()", "ask", save_as="thrown")
)


def calling(url: str) -> dict[str, Any]:
    source = f"const answer = await http.get('{url}'); return answer.json.temperature"
    return scenario(
        "weather", ask("ask", "Town?", "town", "call"), code("call", source, "tell"), say("tell", "{{result}}")
    )


def test_everything_about_a_turn_is_told(api: Api, key: str) -> None:
    begun, answered = tried(api, key, ASKING, [START, {"in": "Ann"}])["turns"]
    assert texts(begun) == ["Name?"]
    assert (begun["thread"]["node"], begun["thread"]["waits_for"]) == ("ask", "question")
    assert answered["messages"][0]["content"]["text"] == "Hi Ann!"
    assert answered["changed"] == {"name": "Ann"}
    assert [decision["action"] for decision in answered["decisions"]] == ["reply"]
    ran = [(entry["scenario"], entry["node"]) for entry in answered["log"] if entry["what"] == "ran"]
    assert ran == [("asking", "greet")]
    assert answered["thread"]["status"] == "complete"


def test_time_passes_as_the_transcript_says(api: Api, key: str) -> None:
    transcript = {"now": "2026-05-01T10:00:00Z"}
    begun, late = tried(api, key, HURRIED, [START, {"wait": 1}], transcript=transcript)["turns"]
    assert begun["timers"] == [{"name": "response", "due": "2026-05-01T10:00:01.000Z"}]
    assert (late["now"], texts(late)) == ("2026-05-01T10:00:01.000Z", ["Too late."])


def test_a_trial_is_what_botflow_test_plays(api: Api, key: str) -> None:
    turns = [START, {"in": "Ann", "out": ["Hi Bob!"]}, {"wait": 100_000, "status": "active"}]
    expected = play(load_scenario(ASKING), load_transcript({"turns": turns})).differences
    found = tried(api, key, ASKING, turns)["differences"]
    assert [(one["turn"], one["what"]) for one in found] == [(one.turn, one.what) for one in expected]
    assert [one["turn"] for one in found] == [2, 3]


def test_a_draft_that_cannot_run_says_why(api: Api, key: str) -> None:
    found = tried(api, key, scenario("broken", say("hello", "Hi", "nowhere")), [{"in": "hi"}])
    assert [(problem["code"], problem["node"]) for problem in found["problems"]] == [("dangling_next", "hello")]
    assert found["turns"] == []


def test_what_cannot_happen_ends_the_trial_there(api: Api, key: str) -> None:
    found = tried(api, key, ASKING, [START, {"in": "Ann"}, {"operator": "jump"}])
    assert (found["turns"], "operator" in found["stopped"]) == ([], True)
    found = tried(api, key, ASKING, [{"fail": "delivery"}, {"in": "Ann"}])
    assert found["stopped"] == "turn 1: no message was sent yet that could fail"


def test_what_code_has_given_once_stays(api: Api, key: str) -> None:
    """A chat is played again with every turn: nobody wants other dice under what was said already."""
    first = tried(api, key, DICE, [START, {"in": "yes"}])
    again = tried(api, key, DICE, [START, {"in": "yes"}, {"in": "yes"}], runs=first["runs"])
    (thrown,) = [turn["changed"]["thrown"] for turn in first["turns"] if "thrown" in turn["changed"]]
    throws = [turn["changed"]["thrown"] for turn in again["turns"] if "thrown" in turn["changed"]]
    assert (throws[0], len(throws), throws[1] != thrown) == (thrown, 2, True)
    assert first["runs"] == again["runs"][:1]


def test_a_result_that_is_none_is_not_taken(api: Api, key: str) -> None:
    first = tried(api, key, DICE, [START, {"in": "yes"}])
    for forged in ({"value": 7, "log": 3}, {"value": _nested(110)}, {"value": "x" * 1_100_000}):
        runs = [{"key": first["runs"][0]["key"], "result": forged}]
        again = tried(api, key, DICE, [START, {"in": "yes"}], runs=runs)
        assert isinstance(again["turns"][1]["changed"]["thrown"], float)


def _nested(levels: int) -> list[Any]:
    return [_nested(levels - 1)] if levels else []


def test_a_trial_calls_nobody(api: Api, key: str) -> None:
    url = "https://weather.example/now"
    found = tried(api, key, calling(url), [START, {"in": "Oslo"}])
    (finished,) = [entry for turn in found["turns"] for entry in turn["log"] if entry["what"] == "code_finished"]
    assert finished["detail"]["http"][0]["url"] == url
    assert f"no http answer that matches 'GET {url}'" in finished["detail"]["http"][0]["error"]


def test_the_author_answers_for_others(api: Api, key: str) -> None:
    """With another answer the code runs anew, whatever it gave before."""
    file = calling("https://weather.example/now")
    runs: list[Any] = []
    for temperature in (3, 4):
        http = [{"match": "GET https://weather.example/*", "json": {"temperature": temperature}}]
        found = tried(api, key, file, [START, {"in": "Oslo"}], transcript={"http": http}, runs=runs)
        runs = found["runs"]
        assert texts(found["turns"][1]) == [str(temperature)]


def test_jumps_lead_to_chatbots_as_their_contacts_would_meet_them(api: Api, key: str) -> None:
    put(api, key, GREETER)
    jump = {"id": "go", "kind": "action", "step": {"type": "jump", "scenario": "greeter", "pass_context": True}}
    file = scenario("jumper", jump)
    start = {"operator": {"start_at": "go"}}
    found = tried(api, key, file, [start], with_reachable=True)
    assert (found["others"], texts(found["turns"][0])) == (["greeter"], ["Hello!"])
    assert ("greeter", "ran") in [(entry["scenario"], entry["what"]) for entry in found["turns"][0]["log"]]
    assert texts(tried(api, key, file, [start])["turns"][0]) == []
    assert texts(tried(api, key, file, [start], transcript={"scenarios": ["greeter.json"]})["turns"][0]) == ["Hello!"]


@pytest.mark.parametrize(("limit", "value"), [("MOST_TURNS", 1), ("PROCESSOR_SECONDS", -1.0), ("CODE_SECONDS", 0.0)])
def test_a_trial_has_an_end(api: Api, key: str, monkeypatch: pytest.MonkeyPatch, limit: str, value: float) -> None:
    monkeypatch.setattr(trials, limit, value)
    found = tried(api, key, DICE, [START, {"in": "yes"}, {"in": "yes"}])
    assert len(found["turns"]) == 1
    assert "Start over" in found["stopped"]


BOMB = " or ".join(["power(length('{{word}}') + 9.5, 999.7) < 5"] * 250)


def test_numbers_that_take_long_end_a_trial(api: Api, key: str) -> None:
    """A turn alone may compute for minutes: the trial has its processor time, and no more."""
    slow: dict[str, Any] = {"id": "slow", "kind": "condition", "type": "expression", "branches": []}
    slow["branches"] = [{"id": "b", "label": "b", "expression": BOMB, "next": ["hello"]}]
    file = scenario("slow", say("hello", "Hello") | {"next": ["slow"]}, slow | {"else": {"next": ["end"]}})
    file["nodes"].append(say("end", "End"))
    begun = time.thread_time()
    tried(api, key, file, [START, {"in": "x"}, {"in": "y"}])
    assert time.thread_time() - begun < 4 * trials.PROCESSOR_SECONDS


@pytest.mark.parametrize("wait", [123456780000000.0, 1e16, 1e300, 10**400])
def test_nobody_waits_for_ever(api: Api, key: str, wait: float) -> None:
    found = tried(api, key, DICE, [START, {"wait": wait}])
    assert (found["turns"], "wait" in found["stopped"]) == ([], True)


@pytest.mark.parametrize(
    ("transcript", "told"),
    [
        ({"turns": [{"wait": 300_000_000}] * 11}, "all in all"),
        ({"turns": [{"wait": 1}], "now": "9999-12-31T23:59:59Z"}, "year"),
        ({"turns": [{"in": "a", "out": [f"/{'a|' * 2000}a/"]}]}, "Shorten"),
        ({"turns": [{"in": "a" * 2_100_000}]}, "larger"),
    ],
)
def test_transcripts_have_bounds(api: Api, key: str, transcript: dict[str, Any], told: str) -> None:
    found = tried(api, key, DICE, [], transcript=transcript)
    assert (found["turns"], told in found["stopped"]) == ([], True), found["stopped"]


def test_who_may_only_look_runs_nothing(api: Api) -> None:
    key = api.key("acme", frozenset({"chatbots.view"}))
    body = {"document": GREETER, "transcript": {"turns": [{"in": "hi"}]}}
    assert api.call("POST", "/chatbots/greeter/trial", body, key=key).status_code == 403


def test_trials_checks_saves_and_deletions_at_once_leave_nothing_broken(api: Api, key: str) -> None:
    """All of them read other chatbots of the company while those change."""
    other = scenario("other", say("hello", "Hi."))
    jump = {"type": "jump", "scenario": "other", "pass_context": True}
    file = scenario("goes", ask("ask", "Word?", "word", "on"), {"id": "on", "kind": "action", "step": jump})
    put(api, key, file)
    body = {"document": file, "transcript": {"turns": [START, {"in": "x"}]}, "with_reachable": True}
    calls: list[tuple[str, str, Any]] = [
        ("POST", "/chatbots/goes/trial", body),
        ("POST", "/chatbots/check", file),
        ("PUT", "/chatbots/other/draft?overwrite=true", other),
        ("DELETE", "/chatbots/other", None),
        ("GET", "/chatbots/goes/draft", None),
        ("POST", "/chatbots/other/versions", {"note": "one"}),
    ]
    for _ in range(6):
        answers = at_once(*(partial(api.call, method, path, given, key=key) for method, path, given in calls))
        assert [answer.text for answer in answers if answer.status_code >= 500] == []
