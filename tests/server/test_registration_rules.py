"""The rules of applications for sender IDs, and where one may go from where it stands (AS-2)."""

from pathlib import Path
from typing import Any

import pytest

from botflow.registrations.rules import BACKGROUND, LOGO, SENTENCES, File, broken_rules
from botflow.registrations.service import read_form
from botflow.registrations.statuses import DELETABLE, EDITABLE, TRANSITIONS

FILES = {
    "logo": File("image/png", 240, 240, 90_000),
    "banner": File("image/jpeg", 1440, 448, 120_000),
    "small": File("image/png", 100, 240, 90_001),
    "moving": File("image/gif", 240, 240, 10),
    "letter": File("application/pdf", None, None, 10),
}
SMS: dict[str, Any] = {
    "countries": ["ES", "MX"],
    "purpose": "Confirms orders.",
    "sample": "Your order 81 has left.",
    "company": "Tansy Pancakes S.L.",
}
RCS: dict[str, Any] = {
    "description": "Pancakes, made when you order them",
    "logo": "logo",
    "background": "banner",
    "color": "#C2185B",
    "contact_name": "Tansy Pancakes",
    "phones": [{"value": "+34 911 234 567", "label": "Call us"}],
    "websites": [{"value": "https://tansy.example", "label": "Order"}],
    "emails": [{"value": "tansy@tansy.example", "label": "Write to us"}],
    "privacy_policy": "https://tansy.example/privacy",
    "terms": "https://tansy.example/terms",
}


def found(channel: str, name: str, details: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.pointer, one.code) for one in broken_rules(name, read_form(channel, details), FILES)]


@pytest.mark.parametrize("name", ["Tansy", "A", "4You", "Tansy-Shop", "T & T", "12345678901", "+34600111222", "262"])
def test_a_name_of_an_sms_sender_is_a_word_or_a_number(name: str) -> None:
    assert found("sms", name, SMS) == []


@pytest.mark.parametrize(
    "name", ["Pancake shop", "12", "1234567890123456", "Müsli", " Tansy", "-Tansy", "1-2", "Ta\nnsy"]
)
def test_anything_else_is_no_name_of_an_sms_sender(name: str) -> None:
    assert found("sms", name, SMS) == [("/name", "bad_name")]


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"countries": []}, [("/details/countries", "no_country")]),
        ({"countries": ["ES", "Spain"]}, [("/details/countries/1", "bad_country")]),
        ({"purpose": " "}, [("/details/purpose", "missing")]),
        ({"purpose": "x" * 501}, [("/details/purpose", "too_long")]),
        ({"sample": ""}, [("/details/sample", "missing")]),
        ({"sample": "x" * 641}, [("/details/sample", "too_long")]),
        ({"company": "x" * 201}, [("/details/company", "too_long")]),
    ],
)
def test_an_application_for_sms_says_what_operators_ask(changes: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    assert found("sms", "Tansy", {**SMS, **changes}) == broken


SOUND_RCS: list[dict[str, Any]] = [
    {},
    {"phones": [], "emails": []},
    {"contact_name": "", "webhook": "https://tansy.example/hook"},
    {"description": "x" * 100},
    {"phones": [{"value": "+34 (911) 234 - 567 - 890", "label": "x" * 25}] * 2},
]


@pytest.mark.parametrize("changes", SOUND_RCS)
def test_a_profile_that_keeps_the_rules_of_rcs_has_no_mistakes(changes: dict[str, Any]) -> None:
    assert found("rcs", "x" * 40, {**RCS, **changes}) == []


CALL = {"value": "+34911234567", "label": "Call us"}
UNSOUND_RCS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "no description": ({"description": ""}, [("/details/description", "missing")]),
    "long description": ({"description": "x" * 101}, [("/details/description", "too_long")]),
    "no logo": ({"logo": ""}, [("/details/logo", "missing")]),
    "a file that is gone": ({"logo": "gone"}, [("/details/logo", "no_file")]),
    "a logo that is small and heavy": (
        {"logo": "small"},
        [("/details/logo", "file_pixels"), ("/details/logo", "file_bytes")],
    ),
    "a logo that moves": ({"logo": "moving"}, [("/details/logo", "file_type")]),
    "a letter for a background": ({"background": "letter"}, [("/details/background", "file_type")]),
    "the logo for a background": ({"background": "logo"}, [("/details/background", "file_pixels")]),
    "a colour by its name": ({"color": "red"}, [("/details/color", "bad_color")]),
    "no way to reach anybody": ({"phones": [], "websites": [], "emails": []}, [("/details/phones", "no_contact")]),
    "three numbers": ({"phones": [CALL] * 3}, [("/details/phones", "too_many")]),
    "a number of words": ({"phones": [{**CALL, "value": "call us"}]}, [("/details/phones/0/value", "bad_phone")]),
    "a long number": (
        {"phones": [{**CALL, "value": "+34 9112" + "  1" * 6}]},
        [("/details/phones/0/value", "too_long")],
    ),
    "a number without a button": ({"phones": [{**CALL, "label": ""}]}, [("/details/phones/0/label", "missing")]),
    "a long text of a button": ({"phones": [{**CALL, "label": "x" * 26}]}, [("/details/phones/0/label", "too_long")]),
    "a website without its beginning": (
        {"websites": [{"value": "www.tansy.example", "label": "Order"}]},
        [("/details/websites/0/value", "bad_url")],
    ),
    "half an e-mail address": (
        {"emails": [{"value": "tansy@", "label": "Write"}]},
        [("/details/emails/0/value", "bad_email")],
    ),
    "no privacy policy": ({"privacy_policy": ""}, [("/details/privacy_policy", "missing")]),
    "terms nowhere": ({"terms": "on request"}, [("/details/terms", "bad_url")]),
    "a webhook nowhere": ({"webhook": "ours"}, [("/details/webhook", "bad_url")]),
    "a long contact name": ({"contact_name": "x" * 101}, [("/details/contact_name", "too_long")]),
}


@pytest.mark.parametrize("case", UNSOUND_RCS)
def test_each_rule_of_rcs_is_told_at_its_place(case: str) -> None:
    changes, broken = UNSOUND_RCS[case]
    assert found("rcs", "Tansy's pancakes", {**RCS, **changes}) == broken


@pytest.mark.parametrize(("name", "code"), [("", "missing"), ("x" * 41, "too_long")])
def test_an_agent_has_a_name_of_forty_characters_at_most(name: str, code: str) -> None:
    assert found("rcs", name, RCS) == [("/name", code)]


def test_every_rule_of_an_empty_form_is_told_at_once() -> None:
    assert len(found("rcs", "", {})) == 7
    assert len(found("sms", "", {})) == 5


def test_a_rule_says_its_numbers_in_a_sentence() -> None:
    (broken,) = broken_rules("x" * 43, read_form("rcs", RCS), FILES)
    assert broken.detail == "Shorten this: it has 43 characters, and may have 40."


def test_the_pictures_are_those_that_vendors_take() -> None:
    assert [(one.width, one.height, one.most_bytes) for one in (LOGO, BACKGROUND)] == [
        (240, 240, 90_000),
        (1440, 448, 120_000),
    ]


def test_every_code_has_a_sentence() -> None:
    codes = {broken[1] for _, told in UNSOUND_RCS.values() for broken in told}
    assert codes <= set(SENTENCES)


# ---- where it may go ---------------------------------------------------------------------------------------------


def test_every_status_but_draft_is_reached_and_every_one_leads_on() -> None:
    reached = {after for following in TRANSITIONS.values() for after in following}
    assert reached == set(TRANSITIONS)
    assert all(TRANSITIONS.values())


def test_nothing_is_decided_on_a_draft_and_what_stands_is_not_deleted() -> None:
    assert TRANSITIONS["draft"] == ("submitted",)
    assert {"draft", "submitted", "done", "active"} == EDITABLE
    assert {"draft", "rejected", "canceled"} == DELETABLE
    assert all("canceled" in TRANSITIONS[status] for status in set(TRANSITIONS) - DELETABLE)


def test_the_reference_has_the_same_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "http-api.md").read_text()
    _, _, rest = page.partition("| from | to |\n|---|---|\n")
    lines = [line.strip("| ").split(" | ") for line in rest.partition("\n\n")[0].splitlines()]
    told = {before: tuple(after.split(", ")) for befores, after in lines for before in befores.split(", ")}
    assert told == TRANSITIONS
