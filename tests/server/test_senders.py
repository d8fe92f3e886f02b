"""Senders: connected, changed, tested, and their secrets kept (AS-2, AS-5, CO-5)."""

import threading
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from botflow.channels.contract import Account, Checked
from botflow.channels.http import VendorHttp
from botflow.channels.registry import make_adapters
from botflow.channels.webchat.adapter import WebChat
from botflow.channels.whatsapp.adapter import WhatsAppCloud
from botflow.senders import connecting
from botflow.senders.connecting import schema_of, secret_fields
from tests.server.api import EVERYTHING, Api
from tests.server.at_once import at_once
from tests.server.scenarios import ECHO, GREETER

SECRET = "s3cret-of-the-vendor"
OTHER = "an0ther-secret-of-it"
WHATSAPP: dict[str, Any] = {
    "name": "Support",
    "adapter": "whatsapp_cloud",
    "identity": "106540352242922",
    "credentials": {"access_token": SECRET, "app_secret": f"{SECRET}-2", "verify_token": f"{SECRET}-3"},
    "rate": 5,
}
KEPT = WHATSAPP | {"credentials": {}}


def put(api: Api, body: dict[str, Any], sender: str = "support", status: int = 200) -> dict[str, Any]:
    answer = api.call("PUT", f"/senders/{sender}", body, key=api.key("acme"))
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def stored(api: Api, sender: str = "support") -> Any:
    """What the adapter gets."""
    with api.database.reading() as work:
        return api.parts.core.accounts.of_sender(work, sender)[1].credentials


def actions(api: Api) -> list[str]:
    entries = api.call("GET", "/audit?kind=sender&limit=200", key=api.key("acme")).get_json()["items"]
    return [one["action"] for one in reversed(entries)]


def test_a_sender_is_made_and_made_again_and_nothing_changes(api: Api) -> None:
    made = put(api, WHATSAPP, status=201)
    assert made["channel"] == "whatsapp"
    assert made["credentials"]["base_url"].startswith("https://graph.")
    assert made["secrets"] == {"access_token": True, "app_secret": True, "verify_token": True}
    api.now += 1000
    assert put(api, WHATSAPP) == made
    assert put(api, KEPT) == made
    assert put(api, KEPT | {"credentials": {"access_token": "", "app_secret": None}}) == made
    assert actions(api) == ["sender.created"]
    assert stored(api).access_token.get_secret_value() == SECRET


def test_a_secret_that_is_given_takes_the_place_of_the_old_one(api: Api) -> None:
    put(api, WHATSAPP, status=201)
    with api.database.transaction() as work:
        work.execute(sa.text("UPDATE sender SET problem = 'The vendor does not let us in.', paused_until = 1"))
    changed = put(api, KEPT | {"credentials": {"access_token": OTHER}, "name": "Help"})
    assert changed["problem"] is None
    assert stored(api).access_token.get_secret_value() == OTHER
    assert stored(api).app_secret.get_secret_value() == f"{SECRET}-2"
    (entry,) = api.call("GET", "/audit?action=sender.updated", key=api.key("acme")).get_json()["items"]
    assert entry["old"] == {"name": "Support", "renewed": []}
    assert entry["new"] == {"name": "Help", "renewed": ["access_token"]}


def test_secrets_are_in_no_row_no_answer_and_no_log(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    key = api.key("acme")
    put(api, WHATSAPP, status=201)
    wrong = WHATSAPP | {"credentials": {"access_token": {"is": SECRET}, "nothing": SECRET}}
    answers = [
        api.call("PUT", "/senders/support", wrong, key=key),
        api.call("PUT", "/senders/support", KEPT | {"credentials": {"access_token": OTHER}}, key=key),
        api.call("POST", "/senders/support/test", key=key),
        api.call("GET", "/senders", key=key),
        api.call("GET", "/senders/support", key=key),
        api.call("GET", "/audit", key=key),
        api.call("GET", "/audit.csv", key=key),
    ]
    assert answers[0].status_code == 422
    said = "".join(answer.text for answer in answers) + "".join(capsys.readouterr())
    with api.database.reading() as work:
        for table in ("sender", "audit_entry"):
            said += str(work.all(sa.text(f"SELECT * FROM {table}")))
    assert SECRET not in said
    assert OTHER not in said


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"adapter": "pigeon"}, "/adapter"),
        ({"status": "asleep"}, "/status"),
        ({"rate": 0}, "/rate"),
        ({"rate": "5"}, "/rate"),
        ({"name": ""}, "/name"),
        ({"webhook_key": "mine"}, "/webhook_key"),
        ({"company_id": "other"}, "/company_id"),
        ({"credentials": {}}, "/credentials/access_token"),
        ({"credentials": WHATSAPP["credentials"] | {"api_version": "latest"}}, "/credentials/api_version"),
        ({"credentials": WHATSAPP["credentials"] | {"nothing": 1}}, "/credentials/nothing"),
    ],
)
def test_what_a_sender_cannot_be_is_refused_by_its_field(small_api: Api, change: dict[str, Any], pointer: str) -> None:
    answer = put(small_api, WHATSAPP | change, status=422)
    assert answer["errors"][0]["pointer"] == pointer


def test_an_id_of_another_company_is_not_to_be_had(api: Api) -> None:
    put(api, WHATSAPP, status=201)
    for method, path, body in (
        ("PUT", "/senders/support", WHATSAPP),
        ("POST", "/senders", WHATSAPP | {"id": "support"}),
        ("DELETE", "/senders/support", None),
        ("GET", "/senders/support/webhook", None),
    ):
        assert api.call(method, path, body, key=api.key("other")).status_code == 404
    assert put(api, WHATSAPP)["name"] == "Support"


def test_an_id_is_made_where_none_is_given_and_has_to_fit_an_address(api: Api) -> None:
    made = api.call("POST", "/senders", WHATSAPP, key=api.key("acme"))
    assert made.status_code == 201
    assert len(made.get_json()["id"]) == 36
    assert api.call("PUT", "/senders/a%20b", WHATSAPP, key=api.key("acme")).status_code == 404
    assert api.call("POST", "/senders", WHATSAPP | {"id": "../x"}, key=api.key("acme")).status_code == 422


def test_two_who_make_the_same_at_once_make_it_once(api: Api) -> None:
    key, statuses = api.key("acme"), list[int]()

    def make() -> None:
        statuses.append(api.call("PUT", "/senders/support", WHATSAPP, key=key).status_code)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 5 + [201]
    assert actions(api) == ["sender.created"]


def test_senders_are_found_by_filter(api: Api) -> None:
    put(api, WHATSAPP, "one", status=201)
    put(api, {"name": "Page", "adapter": "webchat", "status": "draft"}, "two", status=201)

    def ids(query: str) -> list[str]:
        return [one["id"] for one in api.call("GET", f"/senders?{query}", key=api.key("acme")).get_json()["items"]]

    assert ids("") == ["two", "one"]
    assert ids("channel=whatsapp") == ids("adapter=whatsapp_cloud") == ids("search=1065") == ["one"]
    assert ids("status=draft") == ids("sort=created_at&limit=1&search=page") == ["two"]


def test_a_key_that_may_use_some_senders_meets_no_others(api: Api) -> None:
    put(api, WHATSAPP, "one", status=201)
    put(api, WHATSAPP, "two", status=201)
    key = api.key("acme", EVERYTHING, frozenset({"one"}))
    assert [one["id"] for one in api.call("GET", "/senders", key=key).get_json()["items"]] == ["one"]
    assert api.call("GET", "/senders/one", key=key).status_code == 200
    for method, path, body in (
        ("GET", "/senders/two", None),
        ("GET", "/senders/two/webhook", None),
        ("POST", "/senders/two/test", None),
        ("PUT", "/senders/two", WHATSAPP),
        ("DELETE", "/senders/two", None),
        ("PUT", "/senders/three", WHATSAPP),
    ):
        assert api.call(method, path, body, key=key).status_code in (403, 404), path


def test_a_sender_is_deleted_unless_something_stands_on_it(api: Api) -> None:
    key = api.key("acme")
    put(api, {"name": "Page", "adapter": "webchat"}, "page", status=201)
    with api.database.transaction() as work:
        published = api.parts.core.chatbots.publish(work, "acme", ECHO)
        api.parts.core.chatbots.enable(work, "acme", published.chatbot_id, "page", is_default=True)
    refused = api.call("DELETE", "/senders/page", key=key)
    assert (refused.status_code, "disable" in refused.get_json()["detail"]) == (409, True)
    api.parts.core.conversations.start("webchat", "page", "visitor:one")
    with api.database.transaction() as work:
        work.execute(sa.text("DELETE FROM chatbot_sender"))
    refused = api.call("DELETE", "/senders/page", key=key)
    assert (refused.status_code, "canceled" in refused.get_json()["detail"]) == (409, True)
    put(api, WHATSAPP, status=201)
    assert api.call("DELETE", "/senders/support", key=key).status_code == 204
    assert api.call("GET", "/senders/support", key=key).status_code == 404


def test_live_chat_only_and_chatbots_exclude_each_other(api: Api) -> None:
    page = {"name": "Page", "adapter": "webchat"}
    put(api, page, "page", status=201)
    with api.database.transaction() as work:
        published = api.parts.core.chatbots.publish(work, "acme", ECHO)
        api.parts.core.chatbots.enable(work, "acme", published.chatbot_id, "page", is_default=True)
    assert "disable" in put(api, page | {"live_chat_only": True}, "page", status=409)["detail"]
    put(api, page | {"live_chat_only": True}, "other", status=201)
    one_way = [name for name, adapter in make_adapters(VendorHttp()).items() if not adapter.two_way]
    for adapter in one_way:
        refused = put(api, {"name": "A", "adapter": adapter, "live_chat_only": True}, "one-way", status=422)
        assert refused["errors"][0]["pointer"] == "/live_chat_only"


def test_live_chat_only_and_a_chatbot_that_come_at_once_are_not_both_taken(api: Api) -> None:
    key, page = api.key("acme"), {"name": "Page", "adapter": "webchat"}
    assert api.call("PUT", "/chatbots/greeter/draft", GREETER, key=key).status_code < 300
    assert api.call("POST", "/chatbots/greeter/versions", {}, key=key).status_code < 300
    for number in range(15):
        sender = f"page-{number}"
        put(api, page, sender, status=201)
        answers = at_once(
            partial(api.call, "PUT", f"/senders/{sender}", page | {"live_chat_only": True}, key=key),
            partial(api.call, "PUT", f"/chatbots/greeter/senders/{sender}", {"is_default": True}, key=key),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]


def test_a_sender_stays_with_its_adapter(api: Api) -> None:
    put(api, WHATSAPP, status=201)
    put(api, {"name": "Page", "adapter": "webchat"}, status=409)


# ---- the connection ----------------------------------------------------------------------------------------------


def test_the_form_of_each_adapter_tells_its_fields_and_secrets(small_api: Api) -> None:
    items = small_api.call("GET", "/adapters", key=small_api.key("acme")).get_json()["items"]
    assert {one["name"] for one in items} == set(make_adapters(VendorHttp()))
    for one in items:
        assert all(field.get("description") for field in one["credentials"].get("properties", {}).values()), one["name"]
    assert next(one["secrets"] for one in items if one["name"] == "whatsapp_cloud") == [
        "access_token",
        "app_secret",
        "verify_token",
    ]


@pytest.mark.parametrize("name", make_adapters(VendorHttp()))
def test_what_sounds_like_a_secret_is_one(name: str) -> None:
    schema = schema_of(make_adapters(VendorHttp())[name])
    hidden = secret_fields(schema)
    sounding = [
        field
        for field in schema.get("properties", {})
        if any(word in field for word in ("secret", "token", "password", "private", "key")) and field not in hidden
    ]
    assert [field for field in sounding if "public" not in field] == []


def test_credentials_are_tried_and_what_the_vendor_says_is_told(api: Api) -> None:
    key = api.key("acme")
    put(api, {"name": "Page", "adapter": "webchat"}, "page", status=201)
    tested = api.call("POST", "/senders/page/test", key=key).get_json()
    assert (tested["works"], tested["webhook"]) == (True, None)
    inside = WHATSAPP["credentials"] | {"base_url": "http://127.0.0.1:9/"}
    put(api, WHATSAPP | {"credentials": inside}, status=201)
    tested = api.call("POST", "/senders/support/test", key=key).get_json()
    assert tested["works"] is False
    assert tested["message"]


def test_a_vendor_that_does_not_answer_is_not_waited_for(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    key, answer = api.key("acme"), threading.Event()

    def slow(self: WebChat, account: Account[Any]) -> Checked:
        answer.wait(10)
        return Checked(True, "At last.")

    put(api, {"name": "Page", "adapter": "webchat"}, "page", status=201)
    monkeypatch.setattr(connecting, "CHECK_SECONDS", 0.01)
    monkeypatch.setattr(WebChat, "check", slow)
    try:
        for _ in range(connecting.CHECKS_AT_ONCE):
            tested = api.call("POST", "/senders/page/test", key=key).get_json()
            assert (tested["works"], "did not answer" in tested["message"]) == (False, True)
        assert api.call("POST", "/senders/page/test", key=key).status_code == 429
    finally:
        answer.set()


def test_a_fault_of_an_adapter_is_told_without_its_inside(
    api: Api, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(self: WhatsAppCloud, account: Account[Any]) -> Checked:
        raise RuntimeError(account.credentials.access_token.get_secret_value())

    put(api, WHATSAPP, status=201)
    monkeypatch.setattr(WhatsAppCloud, "check", broken)
    answer = api.call("POST", "/senders/support/test", key=api.key("acme"))
    assert answer.get_json()["works"] is False
    assert SECRET not in answer.text + "".join(capsys.readouterr())


def test_credentials_of_another_key_are_told_and_can_be_entered_anew(api: Api) -> None:
    put(api, WHATSAPP, status=201)
    with api.database.transaction() as work:
        work.execute(sa.text("UPDATE sender SET credentials = 'sealed with another key'"))
    key = api.key("acme")
    shown = api.call("GET", "/senders/support", key=key).get_json()
    assert "another key" in shown["problem"]
    assert not any(shown["secrets"].values())
    assert api.call("POST", "/senders/support/test", key=key).get_json()["works"] is False
    assert put(api, KEPT, status=422)["errors"][0]["pointer"] == "/credentials/access_token"
    assert put(api, WHATSAPP)["problem"] is None


def test_a_webhook_gets_another_address_and_the_old_one_ends(api: Api) -> None:
    key = api.key("acme")
    put(api, WHATSAPP, status=201)
    first = api.call("GET", "/senders/support/webhook", key=key).get_json()["url"]
    assert first.startswith("/webhooks/whatsapp_cloud/")
    assert api.program().post(first, data=b"{}").status_code == 403  # there, and not signed
    second = api.call("POST", "/senders/support/webhook", key=key).get_json()["url"]
    assert second != first
    assert api.program().post(first, data=b"{}").status_code == 404
    assert api.program().post(second, data=b"{}").status_code == 403
    assert actions(api) == ["sender.created", "sender.webhook_rotated"]
    seen = api.call("GET", "/senders", key=key).text + api.call("GET", "/audit", key=key).text
    assert first.rpartition("/")[2] not in seen
    assert second.rpartition("/")[2] not in seen


def test_a_secret_is_sent_nowhere_that_it_was_not_entered_for(api: Api) -> None:
    put(api, WHATSAPP, status=201)
    elsewhere = {"base_url": "https://attacker.example"}
    refused = put(api, KEPT | {"credentials": elsewhere}, status=422)
    assert [fault["pointer"] for fault in refused["errors"]] == ["/credentials/base_url"]
    assert stored(api).base_url.startswith("https://graph.")
    secrets = {"access_token": OTHER, "app_secret": OTHER, "verify_token": OTHER}
    put(api, KEPT | {"credentials": secrets | elsewhere})
    assert stored(api).base_url == "https://attacker.example"


def test_a_key_that_may_use_some_senders_makes_no_user_who_may_use_all(api: Api) -> None:
    key = api.key("acme", EVERYTHING, frozenset({"one"}))
    mole = {"login": "mole", "name": "Mole", "role": "admin"}
    assert api.call("POST", "/users", mole, key=key).status_code == 403
