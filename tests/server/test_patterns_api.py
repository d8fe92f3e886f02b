"""Patterns tried against a text over HTTP (CB-6)."""

import pytest

from botflow.chatbots.api import patterns
from tests.server.api import Api


@pytest.fixture
def key(api: Api) -> str:
    return api.key("acme")


def test_each_pattern_is_told_whether_it_fits_or_what_is_wrong_with_it(api: Api, key: str) -> None:
    body = {"patterns": ["^piz+a$", "[[:digit:]]{2}", "(", "HELLO"], "text": "Pizza"}
    answer = api.call("POST", "/patterns/trial", body, key=key)
    assert answer.status_code == 200, answer.json
    fits = [(tried["fits"], bool(tried["problem"])) for tried in answer.get_json()["items"]]
    assert fits == [(True, False), (False, False), (None, True), (False, False)]


def test_a_pattern_that_takes_for_ever_is_given_up(api: Api, key: str) -> None:
    answer = api.call("POST", "/patterns/trial", {"patterns": [r"(a*)*\1b"], "text": "a" * 2000}, key=key)
    (tried,) = answer.get_json()["items"]
    assert (tried["fits"], "too long" in tried["problem"]) == (None, True)


def test_a_request_whose_time_is_over_tries_no_more_patterns(
    api: Api, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "TRIAL_SECONDS", -1.0)
    answer = api.call("POST", "/patterns/trial", {"patterns": ["a", "("], "text": "a"}, key=key)
    assert answer.get_json()["items"] == [{"fits": None, "problem": patterns.TOO_LONG}] * 2


def test_more_patterns_than_a_page_shows_are_refused(api: Api, key: str) -> None:
    assert api.call("POST", "/patterns/trial", {"patterns": ["a"] * 101, "text": ""}, key=key).status_code == 422
