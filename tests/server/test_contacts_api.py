"""Contacts over HTTP: found, made, changed and deleted, one or those of a list (CT-1)."""

from typing import Any

import pytest
import sqlalchemy as sa

from botflow.consent.ledger import Cause
from botflow.consent.service import place_of, set_compliance, set_opt_out
from botflow.contacts.capability import note_capabilities
from botflow.contacts.service import ensure_contact
from botflow.senders.service import ensure_sender
from tests.server.api import Api
from tests.server.at_once import at_once

ANNA = {"phone": "+34 600 111 222", "name": "Anna", "attributes": {"city": "Madrid", "visits": 3}}


@pytest.fixture
def acme(api: Api) -> Api:
    """A company with a sender."""
    api.company("acme")
    with api.database.transaction() as work:
        ensure_sender(work, "desk", "acme", "Desk", "webchat", "webchat", api.now)
    return api


def call(api: Api, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    answer = api.call(method, path, body, key=api.key("acme"))
    assert answer.status_code == status, answer.text
    return answer.get_json()


def make(api: Api, status: int = 201, **fields: Any) -> Any:
    api.now += 1000
    return call(api, "POST", "/contacts", ANNA | fields, status)


def actions(api: Api) -> list[str]:
    with api.database.reading() as work:
        return [row["action"] for row in work.all(sa.text("SELECT action FROM audit_entry WHERE kind = 'contact'"))]


def test_a_contact_is_made_once_by_its_number_however_it_is_written(acme: Api) -> None:
    made = make(acme)
    assert (made["phone"], made["address"], made["name"]) == ("+34600111222", "+34600111222", "Anna")
    assert made["attributes"] == ANNA["attributes"]
    assert make(acme, 200, phone="+34600111222") == made == call(acme, "GET", f"/contacts/{made['id']}")
    make(acme, 409, name="Somebody else")
    assert actions(acme) == ["contact.created"]


def test_two_who_make_the_same_at_once_make_it_once(acme: Api) -> None:
    key = acme.key("acme")
    answers = at_once(*[lambda: acme.call("POST", "/contacts", ANNA, key=key)] * 2)
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert answers[0].get_json() == answers[1].get_json()


def test_fields_are_changed_and_cleared_by_null(acme: Api) -> None:
    contact = make(acme)["id"]
    changes = {"name": None, "time_zone": "Europe/Madrid", "attributes": {"city": None, "visits": 4, "vip": True}}
    changed = call(acme, "PATCH", f"/contacts/{contact}", changes)
    assert (changed["name"], changed["time_zone"], changed["phone"]) == (None, "Europe/Madrid", "+34600111222")
    assert changed["attributes"] == {"visits": 4, "vip": True}
    assert call(acme, "PATCH", f"/contacts/{contact}", changes) == changed
    assert call(acme, "PATCH", f"/contacts/{contact}", {"phone": "+34600999888"})["address"] == "+34600111222"
    assert actions(acme) == ["contact.created", "contact.updated", "contact.updated"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"phone": "600111222"}, "/phone"),
        ({"phone": "+346"}, "/phone"),
        ({"phone": "anna"}, "/phone"),
        ({"time_zone": "Madrid"}, "/time_zone"),
        ({"name": ""}, "/name"),
        ({"attributes": {"a": {"b": 1}}}, "/attributes/a"),
        ({"attributes": {str(number): 1 for number in range(101)}}, "/attributes"),
        ({"address": "x"}, "/address"),
    ],
)
def test_what_a_contact_cannot_be_is_named_by_its_place(acme: Api, change: dict[str, Any], pointer: str) -> None:
    assert make(acme, 422, **change)["errors"][0]["pointer"].startswith(pointer)


def test_contacts_are_found_by_filter_sorted_and_paged(acme: Api) -> None:
    names = ["Carla", "Anna", None]
    made = [make(acme, phone=f"+3460000000{n}", name=name)["id"] for n, name in enumerate(names)]

    def found(query: str) -> list[int]:
        return [made.index(one["id"]) for one in call(acme, "GET", f"/contacts?{query}")["items"]]

    assert (found(""), found("sort=name"), found("sort=-address")) == ([2, 1, 0], [2, 1, 0], [2, 1, 0])
    assert (found("search=CARL"), found("search=00001"), found("has_name=false")) == ([0], [1], [2])
    assert (found("phone=%2B34600000002"), found("time_zone=UTC")) == ([2], [])
    assert found("created_from=2026-03-01T10:00:02Z&created_before=2026-03-01T10:00:03Z") == [1]
    page = call(acme, "GET", "/contacts?sort=name&limit=1")
    assert found(f"sort=name&limit=2&cursor={page['next']}") == [1, 0]


def test_those_of_a_list_are_changed_and_cleared_together_or_not_at_all(acme: Api) -> None:
    made = [make(acme, phone=f"+3460000000{number}")["id"] for number in range(3)]
    changed = call(acme, "POST", "/contacts/changes", {"ids": made[:2], "name": None, "attributes": {"city": "Vigo"}})
    assert [(one["id"], one["name"], one["attributes"]["city"]) for one in changed["items"]] == [
        (made[0], None, "Vigo"),
        (made[1], None, "Vigo"),
    ]
    call(acme, "POST", "/contacts/changes", {"ids": [made[2], "nobody"], "name": "X"}, 404)
    call(acme, "POST", "/contacts/deletions", {"ids": [made[2], "nobody"]}, 404)
    assert call(acme, "GET", f"/contacts/{made[2]}")["name"] == "Anna"
    call(acme, "POST", "/contacts/deletions", {"ids": made[:2]}, 204)
    assert [one["id"] for one in call(acme, "GET", "/contacts")["items"]] == [made[2]]


@pytest.mark.parametrize("body", [{}, {"ids": []}, {"ids": ["x"] * 201}, {"all": True}])
def test_contacts_are_never_deleted_without_a_list(acme: Api, body: dict[str, Any]) -> None:
    make(acme)
    call(acme, "POST", "/contacts/deletions", body, 422)
    assert len(call(acme, "GET", "/contacts")["items"]) == 1


def test_a_contact_goes_with_its_conversations(acme: Api) -> None:
    message = {"sender": "desk", "to": "+34600111222", "payload": {"type": "text", "text": "Hello"}}
    contact = make(acme)["id"]
    sent = call(acme, "POST", "/messages", message, 201)
    assert sent["contact"] == contact
    call(acme, "DELETE", f"/contacts/{contact}", status=204)
    call(acme, "DELETE", f"/contacts/{contact}", status=404)
    call(acme, "GET", f"/messages/{sent['id']}", status=404)
    assert actions(acme) == ["contact.created", "contact.deleted"]


def test_markup_in_a_name_stays_text_to_a_browser(acme: Api) -> None:
    name = "<img src=x onerror=alert(1)>"
    contact = make(acme, name=name)["id"]
    answer = acme.call("GET", f"/contacts/{contact}", key=acme.key("acme"))
    assert answer.get_json()["name"] == name
    assert answer.content_type == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("said", ["opt-out", "compliance"])
def test_who_has_opted_out_is_remembered(acme: Api, said: str) -> None:
    with acme.database.transaction() as work:
        contact = ensure_contact(work, "acme", "+34600111222", "anna", acme.now)
        if said == "opt-out":
            set_opt_out(work, place_of(work, "acme", contact, "desk"), "sender", True, Cause("api", ""), acme.now)
        else:
            set_compliance(work, "acme", contact, False, Cause("api", ""), acme.now)
    problem = call(acme, "DELETE", "/contacts/anna", status=409)
    assert problem["detail"] == "The contact anna has opted out, which has to be remembered: erase it instead."
    call(acme, "POST", "/contacts/deletions", {"ids": ["anna"]}, 409)
    assert call(acme, "GET", "/contacts/anna")["phone"] is None


def test_what_vendors_said_of_a_contact_is_shown(acme: Api) -> None:
    contact = make(acme)["id"]
    assert call(acme, "GET", f"/contacts/{contact}")["capabilities"] == []
    with acme.database.transaction() as work:
        note_capabilities(work, "acme", "desk", {contact: False}, acme.now)
        note_capabilities(work, "acme", "desk", {contact: True}, acme.now + 1)
    known = [{"sender": "desk", "capable": True, "checked_at": "2026-03-01T10:00:01.001Z"}]
    assert call(acme, "GET", "/contacts")["items"][0]["capabilities"] == known
