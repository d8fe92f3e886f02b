"""Content templates: contents that a company keeps under a name, and messages that are made of them (AS-3, AP-1)."""

from typing import Any

import pytest
import sqlalchemy as sa

from botflow.permissions import MEDIA_EDIT, MEDIA_VIEW
from botflow.senders.service import ensure_sender
from tests.server.api import EVERYTHING, Api
from tests.server.files import picture

SENT = {
    "name": "Order sent",
    "channel": "webchat",
    "content": {"type": "text", "text": "{{name}}, {{order}} has left."},
}


@pytest.fixture
def acme(api: Api) -> Api:
    """A company with a sender of web chat."""
    api.company("acme")
    with api.database.transaction() as work:
        ensure_sender(work, "desk", "acme", "Desk", "webchat", "webchat", api.now)
    return api


def call(api: Api, method: str, path: str, body: Any = None, status: int = 200, key: str | None = None) -> Any:
    answer = api.call(method, path, body, key=key or api.key("acme"))
    assert answer.status_code == status, answer.text
    return answer.get_json()


def make(api: Api, status: int = 201, **fields: Any) -> Any:
    return call(api, "POST", "/content-templates", SENT | fields, status)


def send(api: Api, template: dict[str, Any], status: int = 201, **fields: Any) -> Any:
    return call(api, "POST", "/messages", {"sender": "desk", "to": "anna", "template": template} | fields, status)


def places(problem: Any) -> list[str]:
    return [error["pointer"] for error in problem["errors"]]


def test_a_content_is_kept_and_tells_what_it_wants_filled(acme: Api) -> None:
    made = make(acme)
    assert (made["name"], made["channel"], made["content"]) == tuple(SENT.values())
    assert made["params"] == ["name", "order"]
    assert call(acme, "GET", f"/content-templates/{made['id']}") == made


def test_every_mistake_in_a_content_is_told_at_its_place(acme: Api) -> None:
    buttons = [{"id": "a", "type": "reply", "text": ""}, {"id": "a", "type": "reply", "text": "Yes"}]
    content = {"type": "card", "text": "", "buttons": buttons}
    found = places(make(acme, 422, channel="whatsapp", content=content))
    assert found == ["/content/text", "/content/buttons/0/text", "/content/buttons/1/id"]
    assert places(make(acme, 422, channel="pigeon")) == ["/channel"]
    assert call(acme, "GET", "/content-templates")["items"] == []


def test_a_content_is_checked_without_being_kept(acme: Api) -> None:
    draft = {"channel": "webchat", "content": SENT["content"]}
    assert call(acme, "POST", "/content-templates/check", draft) == {"errors": [], "params": ["name", "order"]}
    broken = draft | {"content": {"type": "card", "title": "{{name}}", "text": ""}}
    found = call(acme, "POST", "/content-templates/check", broken)
    assert (places(found), found["params"]) == (["/content/text"], ["name"])
    assert places(call(acme, "POST", "/content-templates/check", draft | {"channel": "pigeon"})) == ["/channel"]
    many = draft | {"content": {"type": "text", "text": "Hi", "suggestions": [{}] * 120}}
    assert len(call(acme, "POST", "/content-templates/check", many)["errors"]) == 100
    assert call(acme, "GET", "/content-templates")["items"] == []


def test_a_content_is_changed_and_deleted_and_the_audit_log_says_so(acme: Api) -> None:
    made = make(acme)
    path = f"/content-templates/{made['id']}"
    acme.now += 1000
    hello = {"type": "text", "text": "Hello"}
    changed = call(acme, "PATCH", path, {"content": hello})
    assert (changed["name"], changed["content"], changed["params"]) == ("Order sent", hello, [])
    assert changed["updated_at"] == "2026-03-01T10:00:01.000Z"
    acme.now += 1000
    assert call(acme, "PATCH", path, {"content": hello}) == changed
    assert places(call(acme, "PATCH", path, {"content": {"type": "text"}}, 422)) == ["/content/text"]
    call(acme, "DELETE", path, status=204)
    call(acme, "GET", path, status=404)
    with acme.database.reading() as work:
        noted = work.all(sa.text("SELECT action FROM audit_entry WHERE kind = 'content_template' ORDER BY id"))
    actions = [row["action"].partition(".")[2] for row in noted]
    assert actions == ["created", "updated", "deleted"]


def test_contents_are_listed_by_channel_in_order_and_in_pages(acme: Api) -> None:
    make(acme, name="C", channel="sms")
    make(acme, name="B")
    make(acme, name="A")

    def names(query: str) -> list[str]:
        return [one["name"] for one in call(acme, "GET", f"/content-templates?{query}")["items"]]

    assert (names(""), names("sort=-name"), names("channel=webchat")) == (["A", "B", "C"], ["C", "B", "A"], ["A", "B"])
    page = call(acme, "GET", "/content-templates?limit=2")
    assert names(f"limit=2&cursor={page['next']}") == ["C"]


def test_a_message_is_made_of_a_content_and_its_params(acme: Api) -> None:
    template = {"id": make(acme)["id"], "params": {"name": "Anna", "order": "{{81}}"}}
    made = send(acme, template, id="order-81")
    assert made["payload"] == {"type": "text", "text": "Anna, {{81}} has left."}
    assert send(acme, template, 200, id="order-81") == made
    body = {"to": "bob", "chain": [{"sender": "desk", "template": template}]}
    (omni,) = call(acme, "POST", "/omnimessages", body, 201)["messages"]
    assert omni["payload"] == made["payload"]


def test_a_placeholder_with_a_path_is_filled_by_its_whole_name(acme: Api) -> None:
    content = {"type": "text", "text": "Hello {{ attribute.name }}"}
    made = send(acme, {"id": make(acme, content=content)["id"], "params": {"attribute.name": "Anna"}})
    assert made["payload"]["text"] == "Hello Anna"


@pytest.mark.parametrize(
    ("template", "pointers"),
    [
        ({"params": {"name": "Anna"}}, ["/template/params/order"]),
        ({"params": {"name": " "}}, ["/template/params/name", "/template/params/order"]),
        ({"params": {"name": "Anna", "order": "81", "a/b": "c"}}, ["/template/params/a~1b"]),
        ({"params": {"name": "x" * 2000, "order": "x" * 2000}, "name": "hello"}, ["/template/name"]),
        ({"params": {"name": "Anna", "order": "x" * 2000, "more": ""}}, ["/template/params/more"]),
        ({"id": "nothing"}, ["/template/id"]),
        ({"id": None}, ["/template/name", "/template/language"]),
    ],
)
def test_what_is_not_filled_is_named_and_nothing_is_sent(
    acme: Api, template: dict[str, Any], pointers: list[str]
) -> None:
    assert places(send(acme, {"id": make(acme)["id"]} | template, 422)) == pointers
    assert call(acme, "GET", "/messages")["items"] == []


def test_what_gets_too_long_by_filling_is_told(acme: Api) -> None:
    text = "{{a}}{{b}}{{c}}"
    template = make(acme, content={"type": "text", "text": text})
    (error,) = send(acme, {"id": template["id"], "params": dict.fromkeys("abc", "x" * 2000)}, 422)["errors"]
    assert error["pointer"] == "/template/params"
    assert error["detail"].startswith("Filled in, at /text: Shorten this text")


def test_a_content_of_another_channel_or_company_is_not_sent(acme: Api) -> None:
    sms = make(acme, channel="sms", content={"type": "text", "text": "Hello"})
    (error,) = send(acme, {"id": sms["id"]}, 422)["errors"]
    assert error["detail"] == "This template is content of sms, and the sender is of webchat."
    theirs = call(acme, "POST", "/content-templates", SENT, 201, acme.key("other"))
    assert places(send(acme, {"id": theirs["id"]}, 422)) == ["/template/id"]


def test_a_key_of_some_senders_uses_contents_and_changes_none(acme: Api) -> None:
    made = make(acme)
    path, key = f"/content-templates/{made['id']}", acme.key("acme", EVERYTHING, frozenset({"desk"}))
    assert call(acme, "GET", path, key=key) == made
    body = {"sender": "desk", "to": "anna", "template": {"id": made["id"], "params": {"name": "Anna", "order": "81"}}}
    call(acme, "POST", "/messages", body, 201, key)
    call(acme, "POST", "/content-templates", SENT, 403, key)
    call(acme, "PATCH", path, {"name": "Other"}, 403, key)
    call(acme, "DELETE", path, None, 403, key)
    assert call(acme, "GET", "/content-templates")["items"] == [made]


def test_a_template_that_would_be_too_long_filled_in_is_refused_before_it_is_filled(acme: Api) -> None:
    made = make(acme, content={"type": "text", "text": "{{name}}" * 100_000})
    problem = send(acme, {"id": made["id"], "params": {"name": "a" * 2000}}, 422)
    assert [(error["pointer"], error["detail"][:35]) for error in problem["errors"]] == [
        ("/template/params", "Filled in, the template is longer t")
    ]


def test_a_picture_in_a_template_is_not_deleted_by_a_slip(acme: Api) -> None:
    acme.parts.core.assets.upload(acme.caller("acme"), "menu", "menu.png", [picture("PNG", 4, 4)])
    made = make(acme, content={"type": "file", "media": {"asset": "menu"}})
    refused = call(acme, "DELETE", "/media/menu", status=409)
    assert "the content template 'Order sent'" in refused["detail"]
    others = [make(acme, name=f"Z{number}", content=made["content"]) for number in range(4)]
    told = call(acme, "DELETE", "/media/menu", status=409)["detail"]
    assert "the content template 'Z1', 2 more content templates" in told
    for other in others:
        call(acme, "DELETE", f"/content-templates/{other['id']}", status=204)
    blind = acme.key("acme", frozenset({MEDIA_EDIT.name, MEDIA_VIEW.name}))
    assert "Order sent" not in call(acme, "DELETE", "/media/menu", status=409, key=blind)["detail"]
    call(acme, "DELETE", f"/content-templates/{made['id']}", status=204)
    call(acme, "DELETE", "/media/menu", status=204)
