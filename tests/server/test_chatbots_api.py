"""Chatbots over HTTP: drafts by revision, publishing, files, import, the table (CB-1 to CB-10, ED-5)."""

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from botflow.senders.service import ensure_sender
from botflow_runtime.canonical import canonical, canonical_text
from tests.server.api import Api
from tests.server.scenarios import ECHO, GREETER, Document, ask, say, scenario

SMILING = scenario("greeter", say("hello", "Hello! :)"))


@pytest.fixture
def key(api: Api) -> str:
    return api.key("acme")


def put(api: Api, key: str, document: Document | bytes, query: str = "", name: str = "greeter") -> TestResponse:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    return api.client().put(f"/api/v1/chatbots/{name}/draft{query}", data=body, headers=headers)


def test_a_draft_is_saved_by_its_revision(api: Api, key: str) -> None:
    first = put(api, key, GREETER, "?revision=0")
    assert first.status_code == 201
    assert first.json == {
        "id": "greeter",
        "revision": 1,
        "created": True,
        "changed": True,
        "has_changes": True,
        "problems": [],
        "missing": {"chatbots": [], "departments": [], "assets": [], "templates": []},
    }
    again = put(api, key, GREETER)
    assert (again.status_code, again.json["changed"]) == (200, False)  # type: ignore[index]  # it is an object
    stale = put(api, key, SMILING, "?revision=0")
    assert stale.status_code == 409
    assert (stale.get_json()["revision"], stale.get_json()["saved_by"]) == (1, "tests")
    assert put(api, key, SMILING, "?revision=1").get_json()["revision"] == 2
    assert put(api, key, GREETER, "?overwrite=true").get_json()["revision"] == 3


def test_what_cannot_be_published_is_told_with_all_problems(api: Api, key: str) -> None:
    broken = scenario("greeter", ask("ask", "?", "x", "nowhere"), say("hello", ""))
    assert {problem["node"] for problem in put(api, key, broken).get_json()["problems"]} >= {"ask", "hello"}
    refused = api.call("POST", "/chatbots/greeter/versions", {}, key=key)
    assert refused.status_code == 422
    assert refused.content_type == "application/problem+json"
    assert {problem["node"] for problem in refused.get_json()["problems"]} >= {"ask", "hello"}
    assert api.call("GET", "/chatbots/greeter", key=key).get_json()["newest_version"] == 0


def test_history_and_rollback(api: Api, key: str) -> None:
    put(api, key, GREETER)
    published = api.call("POST", "/chatbots/greeter/versions", {"note": "First."}, key=key)
    assert (published.status_code, published.get_json()["number"]) == (201, 1)
    assert api.call("POST", "/chatbots/greeter/versions", {}, key=key).status_code == 200
    put(api, key, SMILING, "?revision=1")
    api.call("POST", "/chatbots/greeter/versions", {"revision": 2}, key=key)
    difference = api.call("GET", "/chatbots/greeter/comparison?before=1&after=2", key=key).get_json()
    assert [change["place"] for change in difference["changes"]] == ["node hello: step.content.text"]
    assert api.call("POST", "/chatbots/greeter/versions/1/rollback", {}, key=key).get_json()["number"] == 3
    versions = api.call("GET", "/chatbots/greeter/versions", key=key).get_json()["items"]
    assert [(version["number"], version["note"]) for version in versions] == [
        (3, "Back to version 1."),
        (2, ""),
        (1, "First."),
    ]
    assert api.call("POST", "/chatbots/greeter/versions/2/restore", {}, key=key).get_json()["revision"] == 4
    assert api.call("GET", "/chatbots/greeter/draft", key=key).get_json()["document"] == SMILING
    assert api.call("GET", "/chatbots/greeter/versions/9", key=key).status_code == 404


def test_files_are_exported_byte_for_byte_as_fmt_writes_them(api: Api, key: str) -> None:
    text = b'{"settings": {"response_timeout": {"action": "end_chat", "seconds": 1.50}}, ' + json.dumps(
        {name: value for name, value in GREETER.items() if name != "settings"}
    ).encode().removeprefix(b"{")
    put(api, key, text)
    api.call("POST", "/chatbots/greeter/versions", {}, key=key)
    for path in ("/chatbots/greeter/file", "/chatbots/greeter/versions/1/file"):
        answer = api.call("GET", path, key=key)
        assert answer.data == canonical_text(text).encode()
        assert b"1.50" in answer.data
        assert answer.headers["Content-Disposition"] == "attachment; filename=greeter.json"
    assert api.call("GET", "/chatbots/greeter/file", key=key).headers["Botflow-Revision"] == "1"


def test_importing_maps_keys_and_says_what_is_missing(api: Api, key: str) -> None:
    step = {"type": "jump", "scenario": "old", "pass_context": False}
    file = scenario("jumper", {"id": "go", "kind": "action", "step": step})
    missing = api.call("POST", "/chatbots/import", {"file": file}, key=key)
    assert (missing.status_code, missing.get_json()["missing"]["chatbots"]) == (201, ["old"])
    put(api, key, GREETER)
    mapped = {"file": file, "chatbots": {"old": "greeter"}}
    assert api.call("POST", "/chatbots/import", mapped, key=key).status_code == 409
    imported = api.call("POST", "/chatbots/import", mapped | {"id": "second"}, key=key).get_json()
    assert (imported["id"], imported["problems"], imported["missing"]["chatbots"]) == ("second", [], [])
    assert api.call("POST", "/chatbots/import", mapped | {"overwrite": True}, key=key).get_json()["changed"]


def test_a_file_is_checked_without_being_kept(api: Api, key: str) -> None:
    answer = api.call("POST", "/chatbots/check", scenario("greeter", say("hello", "")), key=key).get_json()
    assert [problem["code"] for problem in answer["problems"]] == ["bad_content"]
    assert api.call("GET", "/chatbots", key=key).get_json()["items"] == []


def test_settings_are_changed_and_checked_like_a_draft(api: Api, key: str) -> None:
    put(api, key, GREETER)
    changed = api.call(
        "PATCH", "/chatbots/greeter", {"name": "Doorman", "settings": {"keywords": {"trigger": ["("]}}}, key=key
    ).get_json()
    assert (changed["revision"], [problem["code"] for problem in changed["problems"]]) == (2, ["bad_pattern"])
    shown = api.call("GET", "/chatbots/greeter", key=key).get_json()
    assert (shown["name"], shown["keywords"]["trigger"]) == ("Doorman", ["("])
    assert api.call("PATCH", "/chatbots/greeter", {"revision": 1, "name": "x"}, key=key).status_code == 409


class TestTable:
    @pytest.fixture(autouse=True)
    def chatbots(self, api: Api, key: str) -> None:
        for number, name in enumerate(("pizza", "pasta", "100%", "salad")):
            api.now += 1000
            settings = {"keywords": {"trigger": [f"word {number}"]}}
            document = scenario(name, say("hello", "?"), **settings) | {"name": f"{name.title()}\u00a0\t"}
            assert put(api, key, document, name=name.replace("%", "%25")).status_code == 201
        for name in ("pizza", "pasta"):
            api.call("POST", f"/chatbots/{name}/versions", {}, key=key)
        put(api, key, scenario("pasta", say("hello", "!")), "?revision=1", name="pasta")
        with api.database.transaction() as work:
            ensure_sender(work, "counter", "acme", "Counter", "webchat", "webchat", api.now)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["100%", "pasta", "pizza", "salad"]),
            ("sort=-name", ["salad", "pizza", "pasta", "100%"]),
            ("sort=created_at", ["pizza", "pasta", "100%", "salad"]),
            ("search=P", ["pasta", "pizza"]),
            ("search=%25", ["100%"]),
            ("search=word+3", ["salad"]),
            ("search=_", []),
            ("published=true", ["pasta", "pizza"]),
            ("published=false", ["100%", "salad"]),
            ("has_changes=true&published=true", ["pasta"]),
            ("channel=sms", []),
            ("sender=counter", ["pizza"]),
        ],
    )
    def test_filter_and_sort(self, api: Api, key: str, query: str, found: list[str]) -> None:
        api.call("PUT", "/chatbots/pizza/senders/counter", {"is_default": True}, key=key)
        items = api.call("GET", f"/chatbots?{query}", key=key).get_json()["items"]
        assert [item["id"] for item in items] == found

    def test_pages(self, api: Api, key: str) -> None:
        seen: list[str] = []
        cursor: Any = ""
        while cursor is not None:
            page = api.call("GET", f"/chatbots?limit=3{cursor and '&cursor=' + cursor}", key=key).get_json()
            seen += [item["id"] for item in page["items"]]
            cursor = page["next"]
        assert seen == ["100%", "pasta", "pizza", "salad"]

    def test_a_deleted_chatbot_is_gone(self, api: Api, key: str) -> None:
        assert api.call("DELETE", "/chatbots/pizza", key=key).status_code == 204
        assert api.call("GET", "/chatbots/pizza", key=key).status_code == 404
        assert api.call("DELETE", "/chatbots/pizza", key=key).status_code == 404
        assert len(api.call("GET", "/chatbots", key=key).get_json()["items"]) == 3


def test_a_key_that_is_bound_to_senders_enables_on_no_other(api: Api, key: str) -> None:
    put(api, key, GREETER)
    with api.database.transaction() as work:
        for sender in ("one", "two"):
            ensure_sender(work, sender, "acme", sender, "webchat", "webchat", api.now)
    bound = api.key("acme", senders=frozenset({"one"}))
    enabled = api.call("PUT", "/chatbots/greeter/senders/one", {"is_default": True}, key=bound)
    assert (enabled.status_code, enabled.get_json()) == (200, {"sender": "one", "is_default": True, "warnings": []})
    assert api.call("PUT", "/chatbots/greeter/senders/two", {}, key=bound).status_code == 403
    assert api.call("DELETE", "/chatbots/greeter/senders/two", key=bound).status_code == 403
    assert api.call("DELETE", "/chatbots/greeter/senders/one", key=bound).status_code == 204
    assert api.call("GET", "/chatbots/greeter", key=bound).get_json()["senders"] == []


@pytest.mark.parametrize("body", [b"", b"nothing", b"[]", b"\xff\xfe", b'{"a": ' * 100_000, b'{"id": "\\ud83d"}'])
def test_a_body_that_is_no_file_is_refused_with_a_sentence(api: Api, key: str, body: bytes) -> None:
    answer = put(api, key, body)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.get_json()["detail"].startswith("The file cannot be read: ")


def test_a_copy_is_a_chatbot_of_its_own(api: Api, key: str) -> None:
    put(api, key, ECHO, name="echo")
    made = api.call("POST", "/chatbots/echo/copies", {"id": "echo-2", "name": "Echo two"}, key=key)
    assert made.status_code == 201
    assert api.call("GET", "/chatbots/echo-2/file", key=key).text == canonical(
        ECHO | {"id": "echo-2", "name": "Echo two"}
    )
    assert api.call("POST", "/chatbots/echo/copies", {"id": "echo"}, key=key).status_code == 409


def test_publishing_says_what_becomes_of_running_threads(api: Api, key: str) -> None:
    put(api, key, GREETER)
    api.call("POST", "/chatbots/greeter/versions", {}, key=key)
    put(api, key, SMILING, "?revision=1")
    report = api.call("GET", "/chatbots/greeter/impact", key=key).get_json()
    assert (report["running"], report["gone"], report["removed_fields"]) == ([], [], [])
    assert [change["place"] for change in report["changes"]] == ["node hello: step.content.text"]
    made = api.call("POST", "/chatbots/greeter/versions", {"running": "move"}, key=key).get_json()
    assert (made["rollout"]["state"], made["rollout"]["threads"], made["rollout"]["choice"]) == ("done", 0, "move")
    shown = api.call("GET", f"/chatbots/greeter/rollouts/{made['rollout']['id']}", key=key)
    assert shown.get_json() == made["rollout"]
    assert api.call("GET", "/chatbots/greeter/rollouts", key=key).get_json()["items"] == [made["rollout"]]
    assert api.call("POST", "/chatbots/greeter/versions", {"running": "jump"}, key=key).status_code == 422
    assert api.call("POST", "/chatbots/greeter/retirement", key=key).get_json()["choice"] == "end"
    assert api.call("DELETE", "/chatbots/greeter", key=key).status_code == 204


def test_departments_that_the_company_does_not_have_are_told(api: Api, key: str) -> None:
    steps = [
        {"id": name, "kind": "action", "step": {"type": "handover", "department": name}} for name in ("Sales", "Other")
    ]
    with api.database.transaction() as work:
        api.parts.people.roles.make_department(work, api.caller("acme"), "Sales")
    assert put(api, key, scenario("greeter", *steps)).get_json()["missing"]["departments"] == ["Other"]
