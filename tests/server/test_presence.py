"""Who else has a draft open (ED-5): pages come, are renewed, leave, and are forgotten."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.server.api import Api
from tests.server.at_once import at_once
from tests.server.scenarios import GREETER


@pytest.fixture
def shop(api: Api) -> Api:
    """A company with one chatbot."""
    api.company("acme")
    assert api.call("PUT", "/chatbots/greeter/draft", GREETER, key=api.key("acme")).status_code == 201
    return api


def come(api: Api, login: str, page: str, *, leaves: bool = False) -> Any:
    answer = api.call(
        "POST", "/chatbots/greeter/presence", {"page": page, "leaves": leaves}, headers=api.person("acme", login=login)
    )
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def others(found: Any) -> list[tuple[str, bool]]:
    return sorted((one["name"], one["is_caller"]) for one in found["others"])


def test_pages_see_each_other_as_long_as_they_are_there(shop: Api) -> None:
    assert others(come(shop, "ada", "p1")) == []
    assert others(come(shop, "bo", "p2")) == [("ada", False)]
    shop.now += 10_000
    assert others(come(shop, "ada", "p3")) == [("ada", True), ("bo", False)]
    assert others(come(shop, "bo", "p2", leaves=True)) == [("ada", False), ("ada", False)]
    assert others(come(shop, "ada", "p3")) == [("ada", True)]


def test_a_page_that_says_nothing_any_more_is_forgotten(shop: Api) -> None:
    come(shop, "ada", "p1")
    for _ in range(5):
        shop.now += 20_000
        found = come(shop, "bo", "p2")
    assert others(found) == []


def test_a_page_tells_since_when_it_is_there(shop: Api) -> None:
    came = shop.now
    come(shop, "ada", "p1")
    for _ in range(3):
        shop.now += 15_000
        come(shop, "ada", "p1")
    [ada] = come(shop, "bo", "p2")["others"]
    assert ada["since"] == "2026-03-01T10:00:00.000Z"
    assert shop.now > came


def test_the_draft_is_told_that_others_have_saved(shop: Api) -> None:
    before = come(shop, "ada", "p1")
    saved = shop.call(
        "PUT",
        f"/chatbots/greeter/draft?revision={before['revision']}",
        GREETER | {"name": "Other"},
        headers=shop.person("acme", login="bo"),
    )
    assert saved.status_code == 200, saved.text
    after = come(shop, "ada", "p1")
    assert (after["revision"], after["saved_by"]) == (before["revision"] + 1, "bo")


def test_a_crowd_makes_room_for_those_who_come(shop: Api) -> None:
    for number in range(60):
        shop.now += 1
        come(shop, "ada", f"p{number}")
    assert len(come(shop, "bo", "last")["others"]) <= 50


def test_programs_look_and_are_not_seen(shop: Api) -> None:
    come(shop, "ada", "p1")
    key = shop.key("acme")
    answer = shop.call("POST", "/chatbots/greeter/presence", {"page": "program"}, key=key)
    assert others(answer.get_json()) == [("ada", False)]
    assert others(come(shop, "ada", "p1")) == []


def test_nobody_is_present_at_what_is_not_there(shop: Api) -> None:
    body = {"page": "p1"}
    assert shop.call("POST", "/chatbots/none/presence", body, key=shop.key("acme")).status_code == 404
    assert shop.call("POST", "/chatbots/greeter/presence", {"page": ""}, key=shop.key("acme")).status_code == 422


def test_pages_come_and_go_at_once_while_others_are_forgotten_and_the_chatbot_is_deleted(shop: Api) -> None:
    people = [shop.person("acme", login=login) for login in ("ada", "bo", "cy", "di")]
    key = shop.key("acme")

    def say(person: dict[str, str], page: str, *, leaves: bool = False) -> Callable[[], int]:
        body = {"page": page, "leaves": leaves}
        return lambda: shop.call("POST", "/chatbots/greeter/presence", body, headers=person).status_code

    for turn in range(8):
        shop.now += 30_000 * (turn % 3)
        pages = [say(person, f"p{number % 3}", leaves=number % 4 == 3) for number, person in enumerate(people * 2)]
        assert set(at_once(*pages)) == {200}
        delete = [lambda: shop.call("DELETE", "/chatbots/greeter", key=key).status_code]
        statuses = at_once(*pages, *delete)
        assert set(statuses) <= {200, 204, 404}
        assert shop.call("PUT", "/chatbots/greeter/draft", GREETER, key=key).status_code in (200, 201)
