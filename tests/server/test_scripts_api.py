"""Scripts tried over HTTP (ST-2, ST-4): what a chat's script finds and may do, but nothing goes outside."""

import threading
from typing import Any

import pytest

from botflow.chatbots import trial_places
from tests.server.api import Api


@pytest.fixture
def key(api: Api) -> str:
    return api.key("acme")


def tried(api: Api, key: str, source: str, language: str = "javascript", **more: Any) -> Any:
    body = {"language": language, "source": source} | more
    answer = api.call("POST", "/scripts/trial", body, key=key)
    assert answer.status_code == 200, answer.json
    return answer.get_json()


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("javascript", "log('size', {{name}}.length); vars.seen = true; attributes.tier = 'gold'; return {price: 9}"),
        ("python", "log('size', len({{name}})); vars['seen'] = True; attributes['tier'] = 'gold'; return {'price': 9}"),
    ],
)
def test_a_script_runs_with_the_values_given_and_all_it_did_is_told(
    api: Api, key: str, language: str, source: str
) -> None:
    answer = tried(api, key, source, language, variables={"name": "Ann"}, attributes={"tier": "tin"})
    assert answer["error"] is None
    assert (answer["value"], answer["log"]) == ({"price": 9}, ["size 3"])
    assert (answer["variables"], answer["attributes"]) == ({"seen": True}, {"tier": "gold"})
    assert answer["ms"] > 0


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        ("const a = 1;\nconst a = 2;", "syntax", 2),
        ("\n\nthrow new Error('no pizza')", "raised", 3),
        ("for (;;) {}", "cpu", None),
        ("log('a')\nreturn '\\{{name}}'", "syntax", 2),
    ],
)
def test_an_error_is_told_with_its_line(api: Api, key: str, source: str, kind: str, line: int | None) -> None:
    error = tried(api, key, source)["error"]
    assert (error["kind"], error["line"]) == (kind, line)


def test_a_service_answers_what_the_author_says_and_is_never_called(api: Api, key: str) -> None:
    source = "const answer = await http.get('https://api.example.com/rate'); return answer.json.rate"
    http = [{"match": "GET https://api.example.com/*", "text": '{"rate": 3}'}]
    answer = tried(api, key, source, http=http)
    assert answer["value"] == 3
    assert [(call["method"], call["url"], call["status"]) for call in answer["http"]] == [
        ("GET", "https://api.example.com/rate", 200)
    ]
    error = tried(api, key, source)["error"]
    assert error["kind"] == "http"
    assert "this trial has no http answer that matches 'GET https://api.example.com/rate'" in error["message"]


def test_an_email_is_told_and_not_sent(api: Api, key: str) -> None:
    answer = tried(api, key, "await email.send({to: 'ann@example.com', subject: 'Hi', text: 'Hello'})")
    assert answer["emails"] == [{"to": ["ann@example.com"], "subject": "Hi", "error": None}]


def test_what_is_returned_is_checked_as_the_message_that_it_shall_be(api: Api, key: str) -> None:
    asked = {"channel": "webchat", "message_type": "text"}
    good = tried(api, key, "return 'Hello'", **asked)
    assert (good["content"], good["content_problems"]) == ({"type": "text", "text": "Hello"}, [])
    bad = tried(api, key, "return {text: 5}", **asked)
    assert bad["content_problems"]
    assert tried(api, key, "return 5", **asked)["content_problems"]


def test_values_of_any_depth_get_an_answer(api: Api, key: str) -> None:
    deep: Any = "x"
    for _ in range(400):
        deep = [deep]
    answer = api.call(
        "POST", "/scripts/trial", {"language": "python", "source": "return 1", "variables": {"deep": deep}}, key=key
    )
    assert answer.status_code in (200, 400, 422), answer.json


def test_trials_wait_for_each_other_only_so_long(api: Api, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial_places, "PATIENCE_SECONDS", 0.0)
    statuses: list[int] = []
    body = {"language": "javascript", "source": "const end = Date.now() + 600; while (Date.now() < end) {}"}

    def call() -> None:
        statuses.append(api.call("POST", "/scripts/trial", body, key=key).status_code)

    threads = [threading.Thread(target=call) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 429]


def test_who_may_only_look_may_not_run_scripts(api: Api) -> None:
    viewer = api.key("acme", frozenset({"chatbots.view"}))
    answer = api.call("POST", "/scripts/trial", {"language": "python", "source": "return 1"}, key=viewer)
    assert answer.status_code == 403


def test_there_is_no_such_channel(api: Api, key: str) -> None:
    body = {"language": "python", "source": "return 1", "channel": "fax", "message_type": "text"}
    assert api.call("POST", "/scripts/trial", body, key=key).status_code == 422
