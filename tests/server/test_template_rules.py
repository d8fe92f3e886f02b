"""The rules of WhatsApp templates as a table: what is wrong, where, and how it is called (AS-4)."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botflow.templates.rules import CATEGORIES, EMOJI, problems

BODY: dict[str, Any] = {"type": "BODY", "text": "Your order has left."}
PICTURE: dict[str, Any] = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW"]}}
LINK: dict[str, Any] = {"type": "URL", "text": "Open", "url": "https://example.com/a"}
YES: dict[str, Any] = {"type": "QUICK_REPLY", "text": "Yes"}
CODE: dict[str, Any] = {"type": "COPY_CODE", "example": "SUMMER25"}
OFFER: dict[str, Any] = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon"}}
APP = {"package_name": "com.example.shop", "signature_hash": "K8a/AINcGX7"}
COPY = {"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy"}
ZERO_TAP = {"type": "OTP", "otp_type": "ZERO_TAP", "supported_apps": [APP], "zero_tap_terms_accepted": True}
CARD: dict[str, Any] = {"components": [PICTURE, BODY, {"type": "BUTTONS", "buttons": [YES, LINK]}]}
THUMB = "\U0001f44d"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f1ea\U0001f1f8"


def header(text: str, *samples: str) -> dict[str, Any]:
    return {"type": "HEADER", "format": "TEXT", "text": text, "example": {"header_text": list(samples)}}


def body(text: str, *samples: str) -> dict[str, Any]:
    return {"type": "BODY", "text": text, "example": {"body_text": [list(samples)]}}


def buttons(*given: dict[str, Any]) -> dict[str, Any]:
    return {"type": "BUTTONS", "buttons": list(given)}


def links(count: int) -> list[dict[str, Any]]:
    return [{**LINK, "text": f"Open {number}", "url": f"https://example.com/{number}"} for number in range(count)]


def replies(count: int) -> list[dict[str, Any]]:
    return [{**YES, "text": f"Yes {number}"} for number in range(count)]


def carousel(*cards: dict[str, Any]) -> dict[str, Any]:
    return {"type": "CAROUSEL", "cards": list(cards)}


def card(*components: dict[str, Any]) -> dict[str, Any]:
    return {"components": list(components)}


def codes(button: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "BODY"}, buttons(button)]


def found(category: str, components: Any, **fields: Any) -> list[tuple[str, str]]:
    template = {"name": "order_sent", "language": "en", "category": category, "components": components, **fields}
    return [("/".join(map(str, problem.path)), problem.code) for problem in problems(template)]


SOUND = [
    ("utility", [BODY]),
    ("utility", [header("Order {{1}}", "81"), body("{{1}}, {{2}} left.", "Anna", "81"), buttons(*replies(10))]),
    ("utility", [header("x" * 50), body("x" * 550), {"type": "FOOTER", "text": "x" * 60}]),
    ("utility", [{"type": "HEADER", "format": "LOCATION"}, body(THUMB * 10)]),
    ("utility", [BODY, buttons({**LINK, "url": "https://example.com/{{1}}", "example": ["https://example.com/81"]})]),
    ("marketing", [PICTURE, BODY, buttons(*links(2), *replies(8))]),
    ("marketing", [BODY, buttons(CODE, LINK)]),
    ("marketing", [BODY, buttons({"type": "CATALOG", "text": "See all"})]),
    ("marketing", [PICTURE, OFFER, BODY, buttons(CODE, LINK)]),
    ("marketing", [BODY, carousel(CARD, CARD)]),
    ("marketing", [BODY, carousel(*[CARD] * 10)]),
    ("authentication", codes(COPY)),
    ("authentication", codes(ZERO_TAP)),
    ("authentication", [{"type": "BODY", "add_security_recommendation": True}, buttons(COPY)]),
    ("authentication", [*codes({**ZERO_TAP, "otp_type": "ONE_TAP"}), {"type": "FOOTER", "code_expiration_minutes": 5}]),
]


@pytest.mark.parametrize(("category", "components"), SOUND)
def test_what_keeps_to_the_rules_has_no_problems(category: str, components: list[Any]) -> None:
    assert found(category, components) == []


UNSOUND = {
    "no body": ("utility", [header("Hi")], [("components", "no_body")]),
    "two bodies": ("utility", [BODY, BODY], [("components/1", "duplicate_part")]),
    "no components": ("utility", [], [("components", "no_body")]),
    "unknown component": ("utility", [BODY, {"type": "VOICE"}], [("components/1/type", "unknown_type")]),
    "empty body": ("utility", [body(" ")], [("components/0/text", "blank")]),
    "long body": ("utility", [body("x" * 551)], [("components/0/text", "too_long")]),
    "many emoji": ("utility", [body(THUMB * 11)], [("components/0/text", "too_many_emoji")]),
    "long header": ("utility", [header("x" * 51), BODY], [("components/0/text", "too_long")]),
    "header without a text": (
        "utility",
        [{"type": "HEADER", "format": "TEXT"}, BODY],
        [("components/0/text", "missing")],
    ),
    "two variables in a header": (
        "utility",
        [header("{{1}} {{2}}", "a", "b"), BODY],
        [("components/0/text", "too_many_variables")],
    ),
    "header without a sample": (
        "utility",
        [header("{{1}}"), BODY],
        [("components/0/example/header_text", "samples")],
    ),
    "media without a sample": (
        "utility",
        [{"type": "HEADER", "format": "VIDEO"}, BODY],
        [("components/0/example/header_handle", "media_sample")],
    ),
    "text with media": ("utility", [{**PICTURE, "text": "Hi"}, BODY], [("components/0/text", "no_header_text")]),
    "long footer": ("utility", [BODY, {"type": "FOOTER", "text": "x" * 61}], [("components/1/text", "too_long")]),
    "variable in a footer": (
        "utility",
        [BODY, {"type": "FOOTER", "text": "{{1}}"}],
        [("components/1/text", "no_variables")],
    ),
    "too few samples": (
        "utility",
        [body("{{1}} {{2}}", "a")],
        [("components/0/example/body_text/0", "samples")],
    ),
    "empty sample": ("utility", [body("{{1}}", " ")], [("components/0/example/body_text/0/0", "blank_sample")]),
    "repeated variable": ("utility", [body("{{1}} {{1}}", "a", "b")], [("components/0/text", "same_variable")]),
    "variable with a name": ("utility", [body("{{name}}", "a")], [("components/0/text", "bad_variable")]),
    "gap in the numbers": ("utility", [body("{{1}} {{3}}", "a", "b")], [("components/0/text", "bad_variable")]),
    "eleven buttons": ("utility", [BODY, buttons(*replies(11))], [("components/1/buttons", "too_many")]),
    "no button": ("utility", [BODY, buttons()], [("components/1/buttons", "too_few")]),
    "three addresses": ("utility", [BODY, buttons(*links(3))], [("components/1/buttons", "too_many_url_buttons")]),
    "texts of buttons repeat": ("utility", [BODY, buttons(YES, YES)], [("components/1/buttons/1/text", "same_text")]),
    "addresses repeat": (
        "utility",
        [BODY, buttons(LINK, {**LINK, "text": "Other"})],
        [("components/1/buttons/1/url", "same_url")],
    ),
    "address without a sample": (
        "utility",
        [BODY, buttons({**LINK, "url": "https://example.com/{{1}}"})],
        [("components/1/buttons/0/example", "samples")],
    ),
    "no address": (
        "utility",
        [BODY, buttons({**LINK, "url": "example.com"})],
        [("components/1/buttons/0/url", "bad_url")],
    ),
    "coupon in a utility": ("utility", [BODY, buttons(CODE)], [("components/1/buttons/0/type", "only_marketing")]),
    "coupon without a code": (
        "marketing",
        [BODY, buttons({"type": "COPY_CODE"})],
        [("components/1/buttons/0/example", "missing")],
    ),
    "two coupons": ("marketing", [BODY, buttons(CODE, CODE)], [("components/1/buttons", "too_many_code_buttons")]),
    "catalog beside another button": (
        "marketing",
        [BODY, buttons({"type": "CATALOG", "text": "See all"}, YES)],
        [("components", "catalog_alone")],
    ),
    "one card": ("marketing", [BODY, carousel(CARD)], [("components/1/cards", "too_few")]),
    "eleven cards": ("marketing", [BODY, carousel(*[CARD] * 11)], [("components/1/cards", "too_many")]),
    "cards of two formats": (
        "marketing",
        [BODY, carousel(CARD, card({**PICTURE, "format": "VIDEO"}, BODY, buttons(YES)))],
        [("components/1/cards/1/components/0/format", "different_headers")],
    ),
    "card without header and buttons": (
        "marketing",
        [BODY, carousel(CARD, card(BODY))],
        [("components/1/cards/1/components", "no_header"), ("components/1/cards/1/components", "no_buttons")],
    ),
    "card with a text above": (
        "marketing",
        [BODY, carousel(*[card(header("Hi"), BODY, buttons(YES))] * 2)],
        [(f"components/1/cards/{number}/components/0/format", "card_media") for number in range(2)],
    ),
    "card with three replies and two addresses": (
        "marketing",
        [BODY, carousel(CARD, card(PICTURE, BODY, buttons(*replies(3), *links(2))))],
        [
            ("components/1/cards/1/components/2/buttons", "too_many_url_buttons"),
            ("components/1/cards/1/components/2/buttons", "too_many_replies"),
        ],
    ),
    "carousel with a footer": (
        "marketing",
        [BODY, {"type": "FOOTER", "text": "Bye"}, carousel(CARD, CARD)],
        [("components/1", "only_on_cards")],
    ),
    "carousel in a utility": ("utility", [BODY, carousel(CARD, CARD)], [("components/1/type", "unknown_type")]),
    "long offer": (
        "marketing",
        [PICTURE, BODY, {**OFFER, "limited_time_offer": {"text": "x" * 17}}, buttons(LINK)],
        [("components/2/limited_time_offer/text", "too_long")],
    ),
    "offer without image and address": (
        "marketing",
        [BODY, OFFER, buttons(CODE)],
        [("components", "offer_image"), ("components", "offer_link")],
    ),
    "offer with a reply": (
        "marketing",
        [PICTURE, BODY, OFFER, buttons(LINK, YES)],
        [("components/3/buttons/1/type", "offer_buttons")],
    ),
    "password without a button": ("authentication", [{"type": "BODY"}], [("components", "no_buttons")]),
    "password with a text": (
        "authentication",
        [BODY, buttons(COPY)],
        [("components/0/text", "unknown_field")],
    ),
    "footer without its minutes": (
        "authentication",
        [*codes(COPY), {"type": "FOOTER"}],
        [("components/2/code_expiration_minutes", "missing")],
    ),
    "zero-tap without an app and terms": (
        "authentication",
        codes({"type": "OTP", "otp_type": "ZERO_TAP"}),
        [
            ("components/1/buttons/0/supported_apps", "no_apps"),
            ("components/1/buttons/0/zero_tap_terms_accepted", "terms"),
        ],
    ),
    "app without a hash": (
        "authentication",
        codes({**ZERO_TAP, "supported_apps": [{"package_name": "shop", "signature_hash": "short"}]}),
        [
            ("components/1/buttons/0/supported_apps/0/package_name", "bad_package"),
            ("components/1/buttons/0/supported_apps/0/signature_hash", "bad_signature_hash"),
        ],
    ),
}


@pytest.mark.parametrize(("category", "components", "expected"), UNSOUND.values(), ids=UNSOUND)
def test_what_breaks_a_rule_is_named_at_its_place(
    category: str, components: list[Any], expected: list[tuple[str, str]]
) -> None:
    assert found(category, components) == expected


def test_all_problems_are_told_at_once() -> None:
    components = [header("x" * 51), body("{{1}}"), buttons(*links(3))]
    assert found("utility", components, name="Order sent", language="English") == [
        ("components/0/text", "too_long"),
        ("components/1/example/body_text/0", "samples"),
        ("components/2/buttons", "too_many_url_buttons"),
        ("name", "bad_template_name"),
        ("language", "bad_language"),
    ]


@pytest.mark.parametrize(("text", "count"), [(THUMB, 1), (FAMILY, 1), (FLAG, 1), (f"a{THUMB}b{FLAG}", 2), ("1 + 1", 0)])
def test_emoji_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert len(EMOJI.findall(text)) == count


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "format", "buttons", "cards", "components", "example", "url", "body_text"]
            ),
            inner | st.sampled_from(["BODY", "HEADER", "BUTTONS", "CAROUSEL", "OTP", "URL", "TEXT"]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


def test_text_that_is_no_variable_is_read_once_however_long_it_is() -> None:
    long = "{{" + " " * 200_000  # a pattern that goes back over it would take days
    assert ("components/0/text", "too_long") in found("utility", [body(long)])


@given(st.sampled_from(sorted(CATEGORIES)), JSON)
def test_whatever_is_written_is_judged(category: str, components: Any) -> None:
    assert isinstance(found(category, components), list)


WORDS = (Path(__file__).parents[2] / "builder_ui" / "src" / "i18n" / "en" / "contentRules.ts").read_text()


@pytest.mark.parametrize(("category", "components"), [case[:2] for case in UNSOUND.values()], ids=UNSOUND)
def test_the_page_has_words_of_its_own_for_each_rule(category: str, components: list[Any]) -> None:
    known = {name.removesuffix("_other") for name in re.findall(r"^  (\w+): ", WORDS, re.MULTILINE)}
    assert {code for _, code in found(category, components)} <= known


def test_the_words_of_a_rule_get_its_numbers() -> None:
    template = {"name": "a", "language": "en", "category": "utility", "components": [body("{{1}} " + THUMB * 11)]}
    assert [(problem.code, problem.values) for problem in problems(template)] == [
        ("samples", {"count": 1, "found": 0}),
        ("too_many_emoji", {"most": 10, "found": 11}),
    ]
