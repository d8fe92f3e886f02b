"""Expressions tried over HTTP (CN-3): checked with their place, computed with values, and never for long."""

from typing import Any

import pytest

from botflow.chatbots.api import expressions
from tests.server.api import Api


@pytest.fixture
def key(api: Api) -> str:
    return api.key("acme")


def tried(api: Api, key: str, expression: str, **values: Any) -> Any:
    body = {"expression": expression, "values": {name.replace("__", "."): value for name, value in values.items()}}
    answer = api.call("POST", "/expressions/trial", body, key=key)
    assert answer.status_code == 200, answer.json
    return answer.get_json()


@pytest.mark.parametrize(("city", "age", "result"), [("Chicago", 3, True), ("Chicago", 4, False), ("Boston", 3, False)])
def test_an_expression_is_computed_with_values(api: Api, key: str, city: str, age: int, result: bool) -> None:
    expression = "'{{attribute.city}}' = 'Chicago' and '{{attribute.age}}' <= 3"
    answer = tried(api, key, expression, attribute__city=city, attribute__age=age)
    assert (answer["result"], answer["fault"], answer["uncomputable"]) == (result, None, None)
    assert answer["placeholders"] == ["attribute.city", "attribute.age"]


def test_unknown_is_neither_true_nor_false(api: Api, key: str) -> None:
    assert tried(api, key, "nullif('{{a}}', '') = 'x'")["result"] is None


def test_a_mistake_is_told_with_its_place_and_how_to_put_it_right(api: Api, key: str) -> None:
    fault = tried(api, key, "length('{{attribute.name}}' >= 5)")["fault"]
    assert fault["suggestion"] == "length('{{attribute.name}}') >= 5"
    assert fault["message"]
    assert tried(api, key, "'a' = 'a' and (")["fault"]["position"] == 15


def test_values_that_do_not_do_are_told_and_the_expression_stays_sound(api: Api, key: str) -> None:
    answer = tried(api, key, "'{{age}}' <= 3", age="old")
    assert answer["fault"] is None
    assert "old" in answer["uncomputable"]["message"]


def test_without_values_it_is_only_checked(api: Api, key: str) -> None:
    answer = api.call("POST", "/expressions/trial", {"expression": "'{{age}}' <= 3"}, key=key).get_json()
    assert (answer["placeholders"], answer["result"], answer["uncomputable"]) == (["age"], None, None)


def test_today_is_that_of_the_company(api: Api, key: str) -> None:
    api.call("PATCH", "/company", {"time_zone": "Pacific/Kiritimati"}, key=key)
    assert tried(api, key, "extract(timezone from now()) = 14 * 3600")["result"] is True


def test_an_expression_that_takes_for_ever_is_given_up(api: Api, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "TRIAL_SECONDS", 0.1)
    slow = " or ".join(f"power({number}.5, 999.7) = 5" for number in range(700))
    assert tried(api, key, slow)["fault"]["message"] == expressions.TOO_LONG
    assert tried(api, key, "'a' = 'a'")["result"] is True


def test_odd_values_are_taken_for_what_they_print(api: Api, key: str) -> None:
    assert tried(api, key, "'{{a}}' = '[1,{\"b\":null}]'", a=[1, {"b": None}])["result"] is True
    deep: Any = "x"
    for _ in range(100):
        deep = [deep]
    assert tried(api, key, "'{{a}}' = ''", a=deep)["result"] is False
