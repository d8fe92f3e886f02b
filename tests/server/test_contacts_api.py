"""Contacts over HTTP: found, made, changed and deleted, one or those of a list (CT-1)."""

import json
from typing import Any, Final
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from botflow.consent.ledger import Cause
from botflow.consent.service import place_of, set_compliance, set_opt_out
from botflow.contacts import book
from botflow.contacts.capability import note_capabilities
from botflow.contacts.service import CONTACTS, ensure_contact, person_of
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
    assert make(acme, 422, **change)["errors"][0]["pointer"] == pointer


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


def test_who_wrote_first_is_found_by_number_too(acme: Api) -> None:
    with acme.database.transaction() as work:
        ensure_contact(work, "acme", "+34600111222", "anna", acme.now)
        ensure_contact(work, "acme", "+34600111223", "bob", acme.now)
    assert [one["id"] for one in call(acme, "GET", "/contacts?phone=%2B34600111222")["items"]] == ["anna"]


@pytest.mark.parametrize(
    ("address", "phone"),
    [("+34600111222", "+34600111222"), ("ann@example.com", None), ("US.13491208655302741918", None), ("34600", None)],
)
def test_a_chatbot_knows_the_number_of_who_wrote_from_one(acme: Api, address: str, phone: str | None) -> None:
    with acme.database.transaction() as work:
        ensure_contact(work, "acme", address, "anna", acme.now)
        assert person_of(work, "anna").contact.get("phone") == phone


def test_what_vendors_said_of_a_contact_is_shown(acme: Api) -> None:
    contact = make(acme)["id"]
    assert call(acme, "GET", f"/contacts/{contact}")["capabilities"] == []
    with acme.database.transaction() as work:
        note_capabilities(work, "acme", "desk", {contact: False}, acme.now)
        note_capabilities(work, "acme", "desk", {contact: True}, acme.now + 1)
    known = [{"sender": "desk", "capable": True, "checked_at": "2026-03-01T10:00:01.001Z"}]
    assert call(acme, "GET", "/contacts")["items"][0]["capabilities"] == known


def test_what_a_vendor_said_of_one_who_was_deleted_meanwhile_keeps_nobody_else_waiting(acme: Api) -> None:
    anna, bob = make(acme)["id"], make(acme, phone="+34600111333", name="Bob")["id"]
    call(acme, "DELETE", f"/contacts/{anna}", status=204)
    with acme.database.transaction() as work:
        note_capabilities(work, "acme", "desk", {anna: True, bob: True}, acme.now)
    (known,) = call(acme, "GET", f"/contacts/{bob}")["capabilities"]
    assert (known["sender"], known["capable"]) == ("desk", True)


class TestTags:
    """Fixed marks on contacts (CT-3)."""

    def test_they_are_added_removed_listed_and_found(self, acme: Api) -> None:
        anna = make(acme, add_tags=["vip", "Madrid"])
        bob = make(acme, phone="+34600000002", name="Bob", add_tags=["vip"])
        assert (anna["tags"], bob["tags"]) == (["Madrid", "vip"], ["vip"])
        assert found(acme, "tag=vip") == ["Bob", "Anna"]
        assert found(acme, "tag=vip&tag=Madrid") == ["Anna"]
        assert found(acme, "tag=nothing") == []
        listed = call(acme, "GET", "/contacts/tags?sort=-contacts")["items"]
        assert listed == [{"tag": "vip", "contacts": 2}, {"tag": "Madrid", "contacts": 1}]
        changed = call(acme, "PATCH", f"/contacts/{anna['id']}", {"add_tags": ["new"], "remove_tags": ["vip", "other"]})
        assert changed["tags"] == ["Madrid", "new"]
        assert call(acme, "PATCH", f"/contacts/{anna['id']}", {"name": "Ann"})["tags"] == ["Madrid", "new"]

    def test_the_same_again_changes_nothing(self, acme: Api) -> None:
        made = make(acme, add_tags=["vip"])
        assert make(acme, 200, add_tags=["vip", "vip"]) == made
        call(acme, "PATCH", f"/contacts/{made['id']}", {"add_tags": ["vip"]})
        assert actions(acme) == ["contact.created"]
        make(acme, 409, add_tags=["other"])

    def test_a_contact_has_a_hundred_at_most(self, acme: Api) -> None:
        made = make(acme, add_tags=[f"tag {number}" for number in range(100)])
        problem = call(acme, "PATCH", f"/contacts/{made['id']}", {"add_tags": ["one more"]}, 422)
        assert problem["errors"][0]["pointer"] == "/add_tags"
        call(acme, "PATCH", f"/contacts/{made['id']}", {"add_tags": ["one more"], "remove_tags": ["tag 7"]})

    def test_those_of_other_companies_are_not_seen(self, acme: Api) -> None:
        make(acme, add_tags=["vip"])
        assert acme.call("GET", "/contacts/tags", key=acme.key("other")).get_json()["items"] == []


def found(api: Api, query: str) -> list[str]:
    """The names of the contacts that fit, the newest first."""
    return [one["name"] for one in call(api, "GET", f"/contacts?{query}")["items"]]


def where(api: Api, *conditions: dict[str, Any]) -> list[str]:
    """The same by conditions on attributes."""
    return sorted(found(api, urlencode({"where": json.dumps(conditions)})))


class TestAttributes:
    """Conditions on attributes: a value, a range, empty or not; each of its own type."""

    PEOPLE: Final[dict[str, dict[str, Any]]] = {
        "Anna": {"visits": 3, "since": "2026-03-01", "vip": True, 'say "hi"': "x"},
        "Bob": {"visits": 10, "since": "2025-12-31", "vip": False},
        "Cleo": {"visits": 2.5, "since": "", "vip": "true"},
        "Dan": {"visits": "3"},
    }

    @pytest.fixture
    def people(self, acme: Api) -> Api:
        for number, (name, attributes) in enumerate(self.PEOPLE.items()):
            make(acme, phone=f"+3460000000{number}", name=name, attributes=attributes)
        return acme

    @pytest.mark.parametrize(
        ("condition", "names"),
        [
            ({"attribute": "visits", "equals": 3}, ["Anna"]),
            ({"attribute": "visits", "equals": 3.0}, ["Anna"]),
            ({"attribute": "visits", "equals": "3"}, ["Dan"]),
            ({"attribute": "vip", "equals": True}, ["Anna"]),
            ({"attribute": "vip", "equals": False}, ["Bob"]),
            ({"attribute": "vip", "equals": "true"}, ["Cleo"]),
            ({"attribute": 'say "hi"', "equals": "x"}, ["Anna"]),
            ({"attribute": "visits", "at_least": 3}, ["Anna", "Bob"]),
            ({"attribute": "visits", "at_most": 3}, ["Anna", "Cleo"]),
            ({"attribute": "visits", "at_least": 2.5, "at_most": 9}, ["Anna", "Cleo"]),
            ({"attribute": "since", "at_least": "2026-01-01"}, ["Anna"]),
            ({"attribute": "since", "at_least": "2025-12-31", "at_most": "2026-03-01"}, ["Anna", "Bob"]),
            ({"attribute": "since", "empty": True}, ["Cleo", "Dan"]),
            ({"attribute": "since", "empty": False}, ["Anna", "Bob"]),
            ({"attribute": "vip", "empty": False}, ["Anna", "Bob", "Cleo"]),
            ({"attribute": "nothing", "empty": True}, ["Anna", "Bob", "Cleo", "Dan"]),
        ],
    )
    def test_it_is_compared_as_what_it_is(self, people: Api, condition: dict[str, Any], names: list[str]) -> None:
        assert where(people, condition) == names

    def test_an_integer_beyond_every_float_is_greater_than_others(self, people: Api) -> None:
        with people.database.transaction() as work:
            dan = CONTACTS.update().where(CONTACTS.c.name == "Dan")
            work.execute(dan.values(attributes={"visits": 10**400}))  # as code of a chatbot may keep it
        assert where(people, {"attribute": "visits", "at_least": 10}) == ["Bob", "Dan"]

    def test_every_condition_has_to_be_so(self, people: Api) -> None:
        assert where(people, {"attribute": "visits", "at_least": 3}, {"attribute": "vip", "equals": False}) == ["Bob"]

    @pytest.mark.parametrize(
        "text",
        [
            "visits",
            "{}",
            '[{"attribute": "a"}]',
            '[{"attribute": "a", "equals": 1, "empty": true}]',
            '[{"attribute": "a", "at_least": 1, "at_most": "2"}]',
            '[{"attribute": "a", "equals": {"b": 1}}]',
        ],
    )
    def test_what_is_no_condition_is_told(self, acme: Api, text: str) -> None:
        problem = call(acme, "GET", f"/contacts?{urlencode({'where': text})}", status=422)
        assert problem["errors"][0]["pointer"] == "?where"
        assert "function-" not in problem["detail"], "no names of our own types"


class TestThoseThatFit:
    """Changes and deletions of those that fit a filter: never of all, never of too many."""

    @pytest.fixture
    def people(self, acme: Api) -> Api:
        for number, city in enumerate(["Vigo", "Vigo", "Cádiz"]):
            make(acme, phone=f"+3460000000{number}", name=f"{number}", attributes={"city": city})
        return acme

    VIGO: Final[dict[str, Any]] = {"where": [{"attribute": "city", "equals": "Vigo"}]}

    def test_they_are_changed_and_cleared(self, people: Api) -> None:
        change = {"filter": self.VIGO, "attributes": {"city": None}, "add_tags": ["moved"]}
        assert len(call(people, "POST", "/contacts/changes", change)["items"]) == 2
        assert found(people, "tag=moved") == ["1", "0"]
        assert where(people, {"attribute": "city", "empty": True}) == ["0", "1"]
        assert actions(people).count("contact.updated") == 2
        assert call(people, "POST", "/contacts/changes", change)["items"] == []

    def test_they_are_deleted(self, people: Api) -> None:
        call(people, "POST", "/contacts/deletions", {"filter": self.VIGO}, 204)
        assert found(people, "") == ["2"]
        assert actions(people).count("contact.deleted") == 2

    def test_never_all_of_them(self, people: Api) -> None:
        everybody = {"filter": {"where": [{"attribute": "city", "empty": False}]}}
        problem = call(people, "POST", "/contacts/deletions", everybody, 409)
        assert "all contacts" in problem["detail"]
        assert len(found(people, "")) == 3

    def test_never_too_many(self, people: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(book, "MOST_FITTING", 1)
        call(people, "POST", "/contacts/deletions", {"filter": self.VIGO}, 409)
        call(people, "POST", "/contacts/changes", {"filter": self.VIGO, "name": None}, 409)
        assert len(found(people, "")) == 3

    @pytest.mark.parametrize(
        "body", [{"filter": {}}, {"filter": {"where": []}}, {"filter": {"tag": ["x"]}, "ids": ["y"]}, {"filter": None}]
    )
    def test_it_has_to_be_said_who_is_meant(self, people: Api, body: dict[str, Any]) -> None:
        call(people, "POST", "/contacts/deletions", body, 422)
        call(people, "POST", "/contacts/changes", body | {"name": "X"}, 422)
