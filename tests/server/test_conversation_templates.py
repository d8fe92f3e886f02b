"""Conversation templates: texts with files of the library, that operators pick from (AS-3)."""

from typing import Any

import pytest

from botflow.permissions import MEDIA_EDIT, MEDIA_VIEW, TEMPLATES_EDIT, TEMPLATES_VIEW
from botflow.templates.conversation_rules import MOST_FILES, TEXT_LENGTH
from tests.server.api import EVERYTHING, Api
from tests.server.files import picture

PATH = "/conversation-templates"
WELCOME = {"name": "Welcome", "channel": None, "text": "Hi {{name}}, here is our {{menu}}.", "files": ["menu", "map"]}


@pytest.fixture
def acme(api: Api) -> Api:
    """A company with a menu and a map in its library, beside one that has a file, too."""
    for company, keys in (("acme", ("menu", "map")), ("other", ("theirs",))):
        caller = api.company(company)
        for key in keys:
            api.parts.core.assets.upload(caller, key, f"{key}.png", [picture("PNG", 20, 20)])
    return api


def call(api: Api, method: str, path: str = "", body: Any = None, status: int = 200, key: str | None = None) -> Any:
    answer = api.call(method, path if path.startswith("/media") else PATH + path, body, key=key or api.key("acme"))
    assert answer.status_code == status, answer.text
    return answer.get_json()


def make(api: Api, status: int = 201, **fields: Any) -> Any:
    return call(api, "POST", "", WELCOME | fields, status)


def places(problem: Any) -> list[str]:
    return [error["pointer"] for error in problem["errors"]]


def names(api: Api, query: str) -> list[str]:
    return [one["name"] for one in call(api, "GET", f"?{query}")["items"]]


def test_a_template_is_kept_with_its_files_in_order_and_tells_what_it_wants_filled(acme: Api) -> None:
    made = make(acme)
    assert {field: made[field] for field in WELCOME} == WELCOME
    assert made["params"] == ["name", "menu"]
    assert call(acme, "GET", f"/{made['id']}") == made


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"name": "  "}, "/name", "missing"),
        ({"name": "x" * 201}, "/name", "too_long"),
        ({"channel": "pigeon"}, "/channel", "bad_channel"),
        ({"text": "", "files": []}, "/text", "empty"),
        ({"text": " \n", "files": []}, "/text", "empty"),
        ({"text": "x" * (TEXT_LENGTH + 1)}, "/text", "too_long"),
        ({"text": "Hi {{first name}}"}, "/text", "bad_placeholder"),
        ({"text": "Hi {{}}"}, "/text", "bad_placeholder"),
        ({"files": [str(number) for number in range(MOST_FILES + 1)]}, "/files", "too_many"),
        ({"files": ["menu", "map", "menu"]}, "/files/2", "twice"),
        ({"files": ["menu", "gone"]}, "/files/1", "no_file"),
        ({"files": ["theirs"]}, "/files/0", "no_file"),
    ],
)
def test_a_broken_rule_is_told_at_its_place_by_its_code(
    acme: Api, fields: dict[str, Any], pointer: str, code: str
) -> None:
    refused = make(acme, 422, **fields)
    assert [(error["pointer"], error["code"]) for error in refused["errors"]] == [(pointer, code)]
    assert call(acme, "POST", "/check", WELCOME | fields)["errors"] == refused["errors"]
    assert call(acme, "GET")["items"] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "x" * 200},
        {"text": "x" * TEXT_LENGTH},
        {"text": ""},
        {"files": []},
        {"channel": "sms"},
        {"text": "{ {a} } {{ attribute.name }}"},
    ],
)
def test_what_keeps_the_rules_to_their_edge_is_kept(acme: Api, fields: dict[str, Any]) -> None:
    assert call(acme, "POST", "/check", WELCOME | fields)["errors"] == []
    made = make(acme, **fields)
    assert {field: made[field] for field in fields} == fields


def test_every_mistake_is_told_at_once(acme: Api) -> None:
    refused = make(acme, 422, name="", channel="pigeon", text="{{!}}", files=["gone"])
    assert places(refused) == ["/name", "/channel", "/text", "/files/0"]


def test_the_limits_are_those_of_the_rules(acme: Api) -> None:
    assert call(acme, "GET", "/limits") == {"name": 200, "text": TEXT_LENGTH, "files": MOST_FILES}


def test_a_template_is_changed_and_deleted_and_the_audit_log_says_so(acme: Api) -> None:
    path = f"/{make(acme, channel='sms')['id']}"
    acme.now += 1000
    changed = call(acme, "PATCH", path, {"text": "Hello", "files": ["map", "menu"]})
    assert (changed["name"], changed["channel"], changed["files"]) == ("Welcome", "sms", ["map", "menu"])
    assert changed["updated_at"] == "2026-03-01T10:00:01.000Z"
    acme.now += 1000
    assert call(acme, "PATCH", path, {"text": "Hello", "name": None}) == changed
    assert call(acme, "PATCH", path, {"channel": None})["channel"] is None
    assert places(call(acme, "PATCH", path, {"text": "", "files": []}, 422)) == ["/text"]
    call(acme, "DELETE", path, status=204)
    call(acme, "GET", path, status=404)
    entries = acme.call("GET", "/audit?kind=conversation_template", key=acme.key("acme")).get_json()["items"]
    deeds = [entry["action"].partition(".")[2] for entry in reversed(entries)]
    assert deeds == ["created", "updated", "updated", "deleted"]


def test_templates_are_found_by_channel_and_name_in_order_and_in_pages(acme: Api) -> None:
    make(acme, name="Closing", channel="sms")
    make(acme, name="Bakery", channel="rcs")
    make(acme, name="At noon")
    assert names(acme, "") == ["At noon", "Bakery", "Closing"]
    assert names(acme, "sort=-name") == ["Closing", "Bakery", "At noon"]
    assert names(acme, "channel=sms") == ["At noon", "Closing"]
    assert names(acme, "search=BAK") == ["Bakery"]
    page = call(acme, "GET", "?limit=2")
    assert names(acme, f"limit=2&cursor={page['next']}") == ["Closing"]


def test_a_file_that_a_template_names_is_not_deleted_by_a_slip(acme: Api) -> None:
    made = make(acme)
    refused = call(acme, "DELETE", "/media/menu", status=409)
    assert "the conversation template 'Welcome'" in refused["detail"]
    blind = acme.key("acme", frozenset({MEDIA_EDIT.name, MEDIA_VIEW.name}))
    refused = call(acme, "DELETE", "/media/menu", status=409, key=blind)
    assert "a conversation template" in refused["detail"]
    assert "Welcome" not in refused["detail"]
    call(acme, "PATCH", f"/{made['id']}", {"files": ["map"]})
    call(acme, "DELETE", "/media/menu", status=204)


def test_a_file_that_was_deleted_all_the_same_is_told_once_it_is_changed(acme: Api) -> None:
    path = f"/{make(acme)['id']}"
    call(acme, "DELETE", "/media/map?force=true", status=204)
    assert call(acme, "GET", path)["files"] == ["menu", "map"]
    assert places(call(acme, "PATCH", path, {"name": "Hello"}, 422)) == ["/files/1"]
    assert call(acme, "PATCH", path, {"files": ["menu"]})["files"] == ["menu"]


def test_who_does_not_see_the_library_is_not_told_what_is_in_it(acme: Api) -> None:
    made = make(acme)
    blind = acme.key("acme", frozenset({TEMPLATES_EDIT.name, TEMPLATES_VIEW.name}))
    checked = call(acme, "POST", "/check", WELCOME | {"files": ["menu", "gone"]}, key=blind)
    assert checked == {"errors": [], "params": ["name", "menu"]}
    refused = call(acme, "POST", "", WELCOME, 403, blind)
    assert MEDIA_VIEW.name in refused["detail"]
    call(acme, "PATCH", f"/{made['id']}", {"files": ["menu"], "text": "Hello"}, key=blind)
    call(acme, "PATCH", f"/{made['id']}", {"files": ["menu", "map"]}, 403, blind)


def test_a_key_of_some_senders_sees_templates_and_changes_none(acme: Api) -> None:
    made = make(acme)
    path, key = f"/{made['id']}", acme.key("acme", EVERYTHING, frozenset({"desk"}))
    assert call(acme, "GET", path, key=key) == made
    call(acme, "POST", "", WELCOME, 403, key)
    call(acme, "PATCH", path, {"name": "Other"}, 403, key)
    call(acme, "DELETE", path, None, 403, key)
    assert call(acme, "GET")["items"] == [made]


def test_who_may_only_look_changes_nothing_and_who_may_not_look_sees_nothing(acme: Api) -> None:
    path = f"/{make(acme)['id']}"
    looking = acme.key("acme", frozenset({TEMPLATES_VIEW.name}))
    assert call(acme, "GET", path, key=looking)["name"] == "Welcome"
    call(acme, "PATCH", path, {"name": "Other"}, 403, looking)
    call(acme, "GET", "", None, 403, acme.key("acme", frozenset({MEDIA_VIEW.name})))
    call(acme, "GET", path, None, 404, acme.key("other"))
