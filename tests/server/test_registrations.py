"""Applications for sender IDs over HTTP: written, sent in, decided, handed to the vendor (AS-2)."""

from typing import Any

import pytest

from botflow.permissions import MEDIA_EDIT, MEDIA_VIEW, SENDERS_EDIT, SENDERS_VIEW
from botflow.registrations import service
from botflow.registrations.rules import DETAILS_LENGTH
from botflow.registrations.service import REGISTRATIONS
from botflow.registrations.statuses import DELETABLE, EDITABLE, TRANSITIONS
from tests.server.api import EVERYTHING, Api
from tests.server.at_once import at_once
from tests.server.files import picture
from tests.server.test_registration_rules import RCS, SMS

PATH = "/sender-registrations"


class Applicant:
    """A company that applies, with a logo and a background in its library."""

    def __init__(self, api: Api) -> None:
        self.api = api
        caller = api.company("acme")
        for key, size in (("logo", (240, 240)), ("banner", (1440, 448))):
            api.parts.core.assets.upload(caller, key, f"{key}.png", [picture("PNG", *size)])

    def call(self, method: str, path: str, body: Any = None, status: int = 200, key: str | None = None) -> Any:
        answer = self.api.call(method, PATH + path, body, key=key or self.api.key("acme"))
        assert answer.status_code == status, answer.text
        return answer.get_json()

    def make(self, channel: str = "rcs", status: int = 201, **fields: Any) -> Any:
        usual = {"name": "Tansy", "details": RCS if channel == "rcs" else SMS}
        return self.call("POST", "", {"channel": channel, **usual, **fields}, status)

    def move(self, made: Any, to: str, status: int = 200, **more: Any) -> Any:
        return self.call("POST", f"/{made['id']}/status", {"status": to, **more}, status)

    def make_at(self, status: str) -> Any:
        """An application that stands there, however it came to it."""
        made = self.make()
        with self.api.database.transaction() as work:
            work.execute(REGISTRATIONS.update().where(REGISTRATIONS.c.id == made["id"]).values(status=status))
        return made

    def deeds(self) -> list[str]:
        entries = self.api.call("GET", "/audit?kind=sender_registration", key=self.api.key("acme")).get_json()["items"]
        return [entry["action"] for entry in reversed(entries)]


@pytest.fixture
def acme(api: Api) -> Applicant:
    return Applicant(api)


def test_an_application_goes_from_a_draft_to_an_active_sender_id(acme: Applicant) -> None:
    made = acme.make()
    assert (made["status"], made["next"], made["editable"], made["deletable"]) == ("draft", ["submitted"], True, True)
    assert acme.move(made, "submitted")["deletable"] is False
    decided = acme.move(made, "active", note="Live in Spain.", identity="tansy@rbm.example")
    assert [decided[name] for name in ("status", "note", "identity")] == [
        "active",
        "Live in Spain.",
        "tansy@rbm.example",
    ]
    assert acme.move(made, "blocked", note="Complaints.")["identity"] == "tansy@rbm.example"
    assert acme.deeds() == [
        "sender_registration.created",
        "sender_registration.submitted",
        "sender_registration.status_recorded",
        "sender_registration.status_recorded",
    ]


def test_a_draft_may_be_unfinished_and_is_sent_in_once_it_keeps_the_rules(acme: Applicant) -> None:
    made = acme.make(name="", details={"description": "x" * 101, "phones": [{"value": "call"}]})
    assert made["details"]["color"] == "#000000"
    problem = acme.move(made, "submitted", 422)
    assert {place["pointer"] for place in problem["errors"]} >= {"/name", "/details/logo", "/details/phones/0/value"}
    acme.call("PATCH", f"/{made['id']}", {"name": "Tansy", "details": RCS})
    assert acme.move(made, "submitted")["status"] == "submitted"


def test_what_is_no_form_of_the_channel_is_kept_nowhere(acme: Applicant) -> None:
    problem = acme.make("sms", 422, details={"countries": "ES", "logo": "logo"})
    assert [place["pointer"] for place in problem["errors"]] == ["/details/countries", "/details/logo"]
    acme.make("viber", 422)
    assert acme.call("GET", "")["items"] == []


def test_a_check_tells_code_numbers_and_sentence(acme: Applicant) -> None:
    unsound = {"channel": "rcs", "name": "x" * 41, "details": RCS | {"logo": "banner"}}
    assert acme.call("POST", "/check", unsound)["errors"] == [
        {
            "pointer": "/name",
            "detail": "Shorten this: it has 41 characters, and may have 40.",
            "code": "too_long",
            "values": {"count": 41, "most": 40},
        },
        {
            "pointer": "/details/logo",
            "detail": "Choose a picture of 240 × 240 pixels; this one has 1440 × 448.",
            "code": "file_pixels",
            "values": {"width": 240, "height": 240, "found_width": 1440, "found_height": 448},
        },
    ]
    assert acme.call("POST", "/check", {"channel": "sms", "name": "Tansy", "details": SMS})["errors"] == []


@pytest.mark.parametrize("before", TRANSITIONS)
def test_a_status_changes_along_the_table_only(acme: Applicant, before: str) -> None:
    for after in TRANSITIONS:
        made = acme.make_at(before)
        status = 200 if after in TRANSITIONS[before] else 409
        acme.move(made, after, status)
        assert acme.call("GET", f"/{made['id']}")["status"] == (after if status == 200 else before)


@pytest.mark.parametrize("status", TRANSITIONS)
def test_a_form_is_changed_and_deleted_where_its_status_lets_it(acme: Applicant, status: str) -> None:
    made = acme.make_at(status)
    acme.call("PATCH", f"/{made['id']}", {"name": "Tansy"})
    acme.call("PATCH", f"/{made['id']}", {"name": "Other"}, 200 if status in EDITABLE else 409)
    acme.call("DELETE", f"/{made['id']}", status=204 if status in DELETABLE else 409)


def test_what_was_sent_in_keeps_every_rule_when_it_is_changed(acme: Applicant) -> None:
    made = acme.make()
    acme.move(made, "submitted")
    problem = acme.call("PATCH", f"/{made['id']}", {"name": "x" * 41}, 422)
    assert [place["pointer"] for place in problem["errors"]] == ["/name"]
    assert acme.call("PATCH", f"/{made['id']}", {"name": "Tansy's"})["status"] == "submitted"


def test_a_vendor_is_handed_the_form_and_links_to_its_pictures(acme: Applicant) -> None:
    made = acme.make()
    answer = acme.api.call("GET", f"{PATH}/{made['id']}/application", key=acme.api.key("acme"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="rcs-sender-{made["id"]}.json"'
    handed = answer.get_json()
    assert (handed["name"], handed["details"]) == ("Tansy", made["details"])
    logo = next(file for file in handed["files"] if file["key"] == "logo")
    assert (logo["media_type"], logo["width"], logo["height"]) == ("image/png", 240, 240)
    with acme.api.client().get(logo["url"]) as link:
        assert link.data == picture("PNG", 240, 240)


def test_applications_are_filtered_by_channel_and_status(acme: Applicant) -> None:
    acme.make("sms")
    acme.move(acme.make(name="Agent"), "submitted")
    names = [
        [one["name"] for one in acme.call("GET", query)["items"]]
        for query in ("", "?channel=sms", "?status=submitted", "?channel=sms&status=submitted")
    ]
    assert names == [["Agent", "Tansy"], ["Tansy"], ["Agent"], []]


def test_companies_are_kept_apart(acme: Applicant) -> None:
    made, theirs = acme.make(), acme.api.key("globex")
    assert acme.call("GET", "", key=theirs)["items"] == []
    acme.call("GET", f"/{made['id']}", status=404, key=theirs)
    acme.call("GET", f"/{made['id']}/application", status=404, key=theirs)
    acme.call("PATCH", f"/{made['id']}", {"name": "Ours"}, 404, theirs)
    acme.call("POST", f"/{made['id']}/status", {"status": "submitted"}, 404, theirs)
    acme.call("DELETE", f"/{made['id']}", status=404, key=theirs)
    broken = acme.call("POST", "/check", {"channel": "rcs", "name": "Ours", "details": RCS}, key=theirs)["errors"]
    assert [one["code"] for one in broken] == ["no_file", "no_file"]


def test_who_may_see_senders_may_see_applications_and_change_none(acme: Applicant) -> None:
    made, watcher = acme.make(), acme.api.key("acme", frozenset({SENDERS_VIEW.name}))
    acme.call("GET", f"/{made['id']}", key=watcher)
    for method, path, body in (
        ("POST", "", {"channel": "sms"}),
        ("PATCH", f"/{made['id']}", {"name": "Other"}),
        ("POST", f"/{made['id']}/status", {"status": "submitted"}),
        ("DELETE", f"/{made['id']}", None),
    ):
        acme.call(method, path, body, 403, watcher)
    acme.call("GET", "", status=403, key=acme.api.key("acme", EVERYTHING - {SENDERS_VIEW.name}))
    editor = acme.api.key("acme", frozenset({SENDERS_EDIT.name}))
    acme.call("POST", f"/{made['id']}/status", {"status": "submitted"}, key=editor)


def test_a_key_of_some_senders_sees_no_application(acme: Applicant) -> None:
    made, some = acme.make(), acme.api.key("acme", senders=frozenset({"shop"}))
    acme.call("GET", "", status=403, key=some)
    acme.call("GET", f"/{made['id']}", status=403, key=some)
    acme.call("POST", "", {"channel": "sms"}, 403, some)
    acme.call("POST", "/check", {"channel": "sms"}, 403, some)


def test_changes_are_made_on_what_was_seen(acme: Applicant) -> None:
    made = acme.make()
    ours = acme.call("PATCH", f"/{made['id']}", {"name": "Tansy's", "seen": made["updated_at"]})
    late = acme.call("PATCH", f"/{made['id']}", {"name": "Tansies", "seen": made["updated_at"]}, 409)
    assert "meanwhile" in late["detail"]
    assert acme.call("GET", f"/{made['id']}")["name"] == "Tansy's"
    assert acme.call("PATCH", f"/{made['id']}", {"name": "Tansies", "seen": ours["updated_at"]})["name"] == "Tansies"


def test_a_picture_is_named_by_whoever_may_see_the_library(acme: Applicant) -> None:
    """The download links to the files that an application names, whatever they are."""
    made, editor = acme.make(), acme.api.key("acme", EVERYTHING - {MEDIA_VIEW.name})
    acme.call("POST", "", {"channel": "rcs", "details": {"logo": "banner"}}, 403, editor)
    acme.call("PATCH", f"/{made['id']}", {"details": RCS | {"description": "Pancakes"}}, 200, editor)
    acme.call("PATCH", f"/{made['id']}", {"details": RCS | {"logo": "contract"}}, 403, editor)
    acme.call("PATCH", f"/{made['id']}", {"details": RCS | {"logo": ""}}, 200, editor)
    assert acme.call("GET", f"/{made['id']}", key=editor)["details"]["logo"] == ""


def test_who_may_not_see_the_library_learns_nothing_of_it_from_a_check(acme: Applicant) -> None:
    watcher = acme.api.key("acme", EVERYTHING - {MEDIA_VIEW.name})
    told = [
        acme.call("POST", "/check", {"channel": "rcs", "details": {"logo": logo}}, key=watcher)["errors"]
        for logo in ("banner", "logo", "nowhere")
    ]
    assert told[0] == told[1] == told[2]
    assert "/details/logo" not in [one["pointer"] for one in told[0]]


def test_what_is_sent_in_unsound_is_told_by_code(acme: Applicant) -> None:
    [told] = acme.move(acme.make(name="x" * 41), "submitted", 422)["errors"]
    assert (told["code"], told["values"]) == ("too_long", {"count": 41, "most": 40})


@pytest.mark.parametrize("method", ["POST", "PATCH", "check"])
def test_details_have_a_size(acme: Applicant, method: str) -> None:
    """An application is shown whole, and so is what the audit log tells of it."""
    made = acme.make()
    path = {"POST": "", "PATCH": f"/{made['id']}", "check": "/check"}[method]
    long = {"details": {"phones": [{"value": "1" * 2000}] * (DETAILS_LENGTH // 2000)}}
    body = long if method == "PATCH" else {"channel": "rcs", **long}
    problem = acme.call("PATCH" if method == "PATCH" else "POST", path, body, 422)
    [told] = problem["errors"]
    assert (told["pointer"], told["code"], told["values"]["most"]) == ("/details/phones", "too_much", DETAILS_LENGTH)


def test_a_company_has_a_number_of_applications(acme: Applicant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_APPLICATIONS", 2)
    first, _ = acme.make(), acme.make()
    assert "at most 2" in acme.make(status=409)["detail"]
    acme.call("DELETE", f"/{first['id']}", status=204)
    acme.make()


def test_the_last_place_is_given_once(acme: Applicant, monkeypatch: pytest.MonkeyPatch) -> None:
    body, key = {"channel": "rcs", "name": "Tansy", "details": RCS}, acme.api.key("acme")
    for most in range(1, 9):
        monkeypatch.setattr(service, "MOST_APPLICATIONS", most)
        at_once(*[lambda: acme.api.call("POST", PATH, body, key=key)] * 3)
        assert len(acme.call("GET", "")["items"]) == most


def test_a_list_has_no_details(acme: Applicant) -> None:
    made = acme.make()
    assert acme.call("GET", "")["items"] == [{name: value for name, value in made.items() if name != "details"}]


def test_what_is_recorded_has_no_control_characters_but_breaks_of_a_note(acme: Applicant) -> None:
    made = acme.make()
    acme.move(made, "submitted")
    for field, text in (("identity", "tansy\n"), ("identity", "tan\x1bsy"), ("note", "Live\x1b[2J")):
        [told] = acme.move(made, "active", 422, **{field: text})["errors"]
        assert told["pointer"] == f"/{field}"
    acme.make(name="Tansy\x07", status=422)
    assert acme.move(made, "active", note="Live.\nIn Spain.")["note"] == "Live.\nIn Spain."


def test_a_picture_that_an_application_names_is_not_deleted_by_a_slip(acme: Applicant) -> None:
    made = acme.make()
    refused = acme.api.call("DELETE", "/media/logo", key=acme.api.key("acme"))
    assert (refused.status_code, "the application for the sender ID 'Tansy'" in refused.text) == (409, True)
    blind = acme.api.call(
        "DELETE", "/media/logo", key=acme.api.key("acme", frozenset({MEDIA_EDIT.name, MEDIA_VIEW.name}))
    )
    assert (blind.status_code, "an application for a sender ID" in blind.text, "Tansy" in blind.text) == (
        409,
        True,
        False,
    )
    some = acme.api.call("DELETE", "/media/logo", key=acme.api.key("acme", senders=frozenset({"shop"})))
    assert (some.status_code, "an application for a sender ID" in some.text, "Tansy" in some.text) == (409, True, False)
    acme.move(made, "submitted")
    acme.move(made, "canceled")
    assert acme.api.call("DELETE", "/media/logo", key=acme.api.key("acme")).status_code == 204


def test_of_many_applications_that_name_a_picture_three_are_named(acme: Applicant) -> None:
    for number in range(5):
        acme.make(name=f"Tansy {number}")
    refused = acme.api.call("DELETE", "/media/logo", key=acme.api.key("acme")).text
    assert refused.count("the application for the sender ID 'Tansy ") == 3
    assert ", and 2 others: change" in refused
