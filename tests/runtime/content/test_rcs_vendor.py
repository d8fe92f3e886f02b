"""ST-2: a dynamic message on RCS may be the vendor's own JSON: RBM's content message, or the older GSMA form."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botflow_runtime.content import CHANNELS

Json = dict[str, Any]
RCS = CHANNELS["rcs"]

RBM_ACTION = {"text": "Go", "postbackData": "p"}
GSMA_ACTION = {"displayText": "Go", "postback": {"data": "p"}}
OURS = {"id": "v1", "text": "Go", "postback": "p"}
EVENT = {"startTime": "2026-03-01T10:00:00Z", "endTime": "2026-03-01T11:00:00Z", "title": "T", "description": "D"}
OUR_EVENT = {
    "type": "calendar_event",
    "start": "2026-03-01T10:00:00Z",
    "end": "2026-03-01T11:00:00Z",
    "title": "T",
    "description": "D",
}

SUGGESTIONS: list[tuple[str, Json, Json]] = [
    ("RBM reply", {"reply": RBM_ACTION}, {"type": "reply"}),
    ("GSMA reply", {"reply": GSMA_ACTION}, {"type": "reply"}),
    (
        "RBM open URL",
        {"action": RBM_ACTION | {"openUrlAction": {"url": "https://a.b", "application": "BROWSER"}}},
        {"type": "open_url", "url": "https://a.b"},
    ),
    (
        "the form printed in the guide",
        {"action": GSMA_ACTION | {"urlAction": {"openUrl": {"url": "https://a.b"}}}},
        {"type": "open_url", "url": "https://a.b"},
    ),
    (
        "RBM text with a GSMA action",
        {"action": {"text": "Go", "postback": {"data": "p"}, "urlAction": {"openUrl": {"url": "https://a.b"}}}},
        {"type": "open_url", "url": "https://a.b"},
    ),
    (
        "RBM dial",
        {"action": RBM_ACTION | {"dialAction": {"phoneNumber": "+34911234567"}, "fallbackUrl": "https://a.b"}},
        {"type": "dial", "phone": "+34911234567", "fallback_url": "https://a.b"},
    ),
    (
        "GSMA dial",
        {"action": GSMA_ACTION | {"dialerAction": {"dialPhoneNumber": {"phoneNumber": "+34911234567"}}}},
        {"type": "dial", "phone": "+34911234567"},
    ),
    (
        "GSMA enriched call",
        {"action": GSMA_ACTION | {"dialerAction": {"dialEnrichedCall": {"phoneNumber": "+34911234567"}}}},
        {"type": "dial", "call": "enriched", "phone": "+34911234567"},
    ),
    (
        "GSMA video call",
        {
            "action": GSMA_ACTION
            | {"dialerAction": {"dialVideoCall": {"phoneNumber": "+34911234567", "fallbackUrl": "https://a.b"}}}
        },
        {"type": "dial", "call": "video", "phone": "+34911234567", "fallback_url": "https://a.b"},
    ),
    (
        "RBM location",
        {"action": RBM_ACTION | {"viewLocationAction": {"latLong": {"latitude": 1.5, "longitude": 2}, "label": "L"}}},
        {"type": "show_location", "latitude": 1.5, "longitude": 2, "label": "L"},
    ),
    (
        "RBM location by query",
        {"action": RBM_ACTION | {"viewLocationAction": {"query": "pizza"}}},
        {"type": "show_location", "query": "pizza"},
    ),
    (
        "GSMA location",
        {
            "action": GSMA_ACTION
            | {
                "mapAction": {
                    "showLocation": {"location": {"latitude": "1.5", "longitude": "2"}, "fallbackUrl": "https://a.b"}
                }
            }
        },
        {"type": "show_location", "latitude": "1.5", "longitude": "2", "fallback_url": "https://a.b"},
    ),
    ("RBM share location", {"action": RBM_ACTION | {"shareLocationAction": {}}}, {"type": "request_location"}),
    (
        "GSMA location push",
        {"action": GSMA_ACTION | {"mapAction": {"requestLocationPush": {}}}},
        {"type": "request_location"},
    ),
    ("RBM event", {"action": RBM_ACTION | {"createCalendarEventAction": EVENT}}, OUR_EVENT),
    ("GSMA event", {"action": GSMA_ACTION | {"calendarAction": {"createCalendarEvent": EVENT}}}, OUR_EVENT),
]


@pytest.mark.parametrize(("theirs", "ours"), [row[1:] for row in SUGGESTIONS], ids=[row[0] for row in SUGGESTIONS])
def test_suggestions_are_converted(theirs: Json, ours: Json) -> None:
    content = RCS.from_vendor({"text": "Choose", "suggestions": [theirs]})
    assert content == {"type": "text", "text": "Choose", "suggestions": [OURS | ours]}
    assert RCS.is_valid(content)


REPLY = {"reply": {"text": "Yes", "postbackData": "y"}}
CARD = {
    "title": "T",
    "description": "D",
    "media": {"height": "TALL", "contentInfo": {"fileUrl": "https://a.b/c.jpg", "forceRefresh": False}},
    "suggestions": [REPLY],
}
GSMA_CARD = {
    "title": "T",
    "description": "D",
    "media": {
        "mediaUrl": "https://a.b/c.jpg",
        "mediaContentType": "image/jpeg",
        "mediaFileSize": 1000,
        "height": "TALL_HEIGHT",
    },
    "suggestions": [{"reply": {"displayText": "Yes", "postback": {"data": "y"}}}],
}


def our_card(button_id: str) -> Json:
    return {
        "title": "T",
        "text": "D",
        "media": {"url": "https://a.b/c.jpg"},
        "image_size": "tall",
        "buttons": [{"id": button_id, "type": "reply", "text": "Yes", "postback": "y"}],
    }


OUTER = [{"id": "v1", "type": "reply", "text": "Yes", "postback": "y"}]
CAROUSEL = {"type": "carousel", "card_width": "small", "cards": [our_card("v1"), our_card("v2")]}

MESSAGES: list[tuple[str, Json, Json]] = [
    ("text", {"text": "Hello"}, {"type": "text", "text": "Hello"}),
    ("in its envelope", {"contentMessage": {"text": "Hello"}}, {"type": "text", "text": "Hello"}),
    ("GSMA text", {"RCSMessage": {"textMessage": "Hello"}}, {"type": "text", "text": "Hello"}),
    (
        "RBM file",
        {"contentInfo": {"fileUrl": "https://a.b/c.pdf", "thumbnailUrl": "https://a.b/t.png", "forceRefresh": True}},
        {"type": "file", "media": {"url": "https://a.b/c.pdf"}, "thumbnail": {"url": "https://a.b/t.png"}},
    ),
    (
        "RBM card with suggestions inside and below",
        {
            "richCard": {
                "standaloneCard": {
                    "cardOrientation": "HORIZONTAL",
                    "thumbnailImageAlignment": "RIGHT",
                    "cardContent": CARD,
                }
            },
            "suggestions": [REPLY],
        },
        {"type": "card", "layout": "horizontal", "image_side": "right", "suggestions": OUTER} | our_card("v2"),
    ),
    (
        "RBM carousel",
        {"richCard": {"carouselCard": {"cardWidth": "SMALL", "cardContents": [CARD, CARD]}}},
        CAROUSEL,
    ),
    (
        "GSMA card",
        {
            "message": {
                "generalPurposeCard": {
                    "layout": {
                        "cardOrientation": "HORIZONTAL",
                        "imageAlignment": "RIGHT",
                        "titleFontStyle": ["bold"],
                    },
                    "content": GSMA_CARD,
                }
            }
        },
        {"type": "card", "layout": "horizontal", "image_side": "right"} | our_card("v1"),
    ),
    (
        "GSMA carousel with a chip list",
        {
            "RCSMessage": {
                "richcardMessage": {
                    "message": {
                        "generalPurposeCardCarousel": {
                            "layout": {"cardWidth": "SMALL_WIDTH"},
                            "content": [GSMA_CARD],
                        }
                    }
                },
                "suggestedChipList": {"suggestions": [{"reply": {"displayText": "Yes", "postback": {"data": "y"}}}]},
            }
        },
        {"type": "carousel", "card_width": "small", "cards": [our_card("v2")], "suggestions": OUTER},
    ),
]


@pytest.mark.parametrize(("theirs", "ours"), [row[1:] for row in MESSAGES], ids=[row[0] for row in MESSAGES])
def test_messages_are_converted(theirs: Json, ours: Json) -> None:
    content = RCS.from_vendor(theirs)
    assert content == ours
    assert RCS.is_valid(content)


def test_our_own_content_comes_back_as_it_is() -> None:
    content = {"type": "text", "text": "Hello", "richCard": {}}
    assert RCS.from_vendor(content) is content


def test_conversion_leaves_its_argument_alone() -> None:
    theirs = {"contentMessage": {"text": "Hello", "suggestions": [REPLY]}}
    RCS.from_vendor(theirs)
    assert theirs == {"contentMessage": {"text": "Hello", "suggestions": [REPLY]}}


LOST: list[tuple[str, Json, tuple[str | int, ...], str]] = [
    ("unknown field", {"text": "Hello", "ttl": "10s"}, ("ttl",), "Remove `ttl`"),
    ("no text", {"suggestions": [REPLY]}, ("text",), "Add `text`"),
    (
        "unknown action",
        {"text": "Hello", "suggestions": [{"action": RBM_ACTION | {"composeAction": {}}}]},
        ("suggestions", 0, "type"),
        "There is no `composeAction` here",
    ),
    (
        "action of no kind",
        {"text": "Hello", "suggestions": [{"action": RBM_ACTION}]},
        ("suggestions", 0, "type"),
        "There is no `action` here",
    ),
    ("neither reply nor action", {"text": "Hello", "suggestions": [{}]}, ("suggestions", 0, "type"), "Add `type`"),
    ("suggestion of no shape", {"text": "Hello", "suggestions": ["Yes"]}, ("suggestions", 0), "Write an object"),
    (
        "over a limit",
        {"text": "Hello", "suggestions": [{"reply": {"text": "a" * 26, "postbackData": "y"}}]},
        ("suggestions", 0, "text"),
        "Shorten this text",
    ),
    (
        "field of an action",
        {
            "text": "Hello",
            "suggestions": [{"action": RBM_ACTION | {"openUrlAction": {"url": "https://a.b", "method": "POST"}}}],
        },
        ("suggestions", 0, "method"),
        "Remove `method`",
    ),
    ("cards of no shape", {"richCard": {"carouselCard": {"cardContents": 5}}}, ("cards",), "Write a list"),
]


@pytest.mark.parametrize(("theirs", "path", "words"), [row[1:] for row in LOST], ids=[row[0] for row in LOST])
def test_what_cannot_be_converted_is_a_problem_that_names_it(
    theirs: Json, path: tuple[str | int, ...], words: str
) -> None:
    (problem,) = RCS.problems(RCS.from_vendor(theirs), rendered=True)
    assert problem.path == path
    assert problem.message.startswith(words)


OUTSIDE = st.sampled_from(["contentMessage", "message", "richCard", "contentInfo", "text", "suggestions", "content"])
CARDS = st.sampled_from(["standaloneCard", "carouselCard", "cardContent", "cardContents", "layout", "media", "height"])
ACTIONS = st.sampled_from(
    ["reply", "action", "urlAction", "openUrl", "postback", "mapAction", "showLocation", "location"]
)
WORDS = OUTSIDE | CARDS | ACTIONS
ANY = st.recursive(
    st.none() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(WORDS, ANY, max_size=5))
def test_no_json_makes_the_conversion_raise(theirs: Json) -> None:
    content = RCS.from_vendor(theirs)
    assert content["type"] in RCS.types
    RCS.problems(content)
