"""What each channel can send (MS-1 to MS-11): every type, every limit, what a person reads, what is required."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from botflow_runtime.content import CHANNELS, ContentProblem, RequiredKeys, SuggestionView

Json = dict[str, Any]
Path = tuple[str | int, ...]

REPLY = {"id": "yes", "type": "reply", "text": "Yes", "postback": "y"}
LINK = {"id": "site", "type": "open_url", "text": "Our site", "url": "https://example.com/menu?day=1"}
IMAGE = {"asset": "pizza"}

# a complete example of each type of each channel; a test fails where one is missing
EXAMPLES: dict[str, dict[str, Json]] = {
    "sms": {"text": {"type": "text", "text": "Hello"}},
    "rcs": {
        "text": {
            "type": "text",
            "text": "Which size?",
            "suggestions": [
                REPLY,
                LINK,
                {"id": "call", "type": "dial", "text": "Call", "phone": "+34911234567", "call": "video"},
                {"id": "shop", "type": "show_location", "text": "Map", "latitude": 40.4, "longitude": -3.7},
                {"id": "near", "type": "show_location", "text": "Near", "query": "pizza", "label": "Shops"},
                {"id": "where", "type": "request_location", "text": "Share place"},
                {
                    "id": "day",
                    "type": "calendar_event",
                    "text": "Save the date",
                    "start": "2026-03-01",
                    "end": "2026-03-02T10:00:00",
                    "title": "Party",
                    "description": "Bring friends",
                    "fallback_url": "https://example.com/party",
                },
            ],
        },
        "file": {"type": "file", "media": {"url": "https://example.com/menu.pdf"}, "thumbnail": IMAGE},
        "card": {
            "type": "card",
            "media": IMAGE,
            "title": "Margherita",
            "text": "With basil",
            "layout": "horizontal",
            "image_side": "right",
            "image_size": "tall",
            "buttons": [REPLY],
            "suggestions": [LINK],
        },
        "carousel": {
            "type": "carousel",
            "cards": [{"title": "One", "text": "First", "media": IMAGE, "buttons": [REPLY]}, {"text": "Second"}],
            "card_width": "small",
            "suggestions": [LINK],
        },
    },
    "viber": {
        "text": {"type": "text", "text": "Hello", "button": LINK},
        "file": {"type": "file", "media": {"url": "https://example.com/menu.pdf"}},
        "card": {"type": "card", "text": "Hello", "media": IMAGE, "button": LINK},
    },
    "whatsapp": {
        "text": {"type": "text", "text": "Hello"},
        "card": {
            "type": "card",
            "media": IMAGE,
            "header": "Order",
            "text": "Ready?",
            "footer": "Pizza & Co",
            "buttons": [REPLY],
        },
        "list": {
            "type": "list",
            "header": "Menu",
            "text": "Choose one",
            "footer": "Until 10 pm",
            "button": "Open",
            "sections": [
                {"title": "Pizza", "rows": [REPLY | {"description": "With basil"}]},
                {"title": "Pasta", "rows": [{"id": "no", "type": "reply", "text": "No"}]},
            ],
        },
        "file": {"type": "file", "media": {"asset": "menu"}, "caption": "Our menu"},
        "request_location": {"type": "request_location", "text": "Where are you?"},
        "send_location": {
            "type": "send_location",
            "latitude": 40.4,
            "longitude": -3.7,
            "name": "Shop",
            "address": "Calle Mayor 1",
        },
        "template": {
            "type": "template",
            "name": "order_ready",
            "language": "es_MX",
            "variables": {"1": "Ann", "total": "9"},
            "media": {"asset": "header"},
        },
    },
    "webchat": {
        "text": {"type": "text", "text": "Hello", "suggestions": [REPLY, LINK]},
        "card": {
            "type": "card",
            "media": IMAGE,
            "title": "Margherita",
            "text": "With basil",
            "buttons": [REPLY],
            "suggestions": [LINK],
        },
        "file": {"type": "file", "media": {"asset": "menu"}, "caption": "Our menu", "suggestions": [REPLY]},
    },
    "email": {
        "email": {
            "type": "email",
            "subject": "Your order",
            "subtitle": "It is ready",
            "blocks": [
                {"type": "text", "text": "Dear Ann", "align": "center"},
                {"type": "image", "media": IMAGE, "alt": "A pizza", "url": "https://example.com"},
                {"type": "divider"},
                {"type": "spacer", "height": 20},
                {"type": "wrapper", "blocks": [{"type": "text", "text": "See you"}]},
                {
                    "type": "columns",
                    "columns": [
                        {"blocks": [{"type": "button", "text": "Track", "url": "https://example.com/track"}]},
                        {"blocks": [{"type": "social", "links": [{"network": "x", "url": "https://x.com/pizza"}]}]},
                    ],
                },
            ],
        }
    },
    "push": {"notification": {"type": "notification", "media": IMAGE, "header": "Ready", "body": "Come and get it"}},
    "tts": {"text": {"type": "text", "text": "Your code is 1 2 3", "language": "es", "repeat": 3}},
    "mobile_push": {"notification": {"type": "notification", "header": "Ready", "body": "Come and get it"}},
}
ALL = [(channel, kind) for channel, kinds in EXAMPLES.items() for kind in kinds]


def example(channel: str, kind: str, path: Path = (), value: Any = None) -> Json:
    """A copy of an example, with `value` put at `path`."""
    content = copy.deepcopy(EXAMPLES[channel][kind])
    place: Any = content
    for step in path[:-1]:
        place = place[step]
    if path:
        place[path[-1]] = value
    return content


def only_problem(channel: str, content: object) -> ContentProblem:
    """The one problem that content has, which `is_valid` agrees with."""
    problems = CHANNELS[channel].problems(content)
    assert len(problems) == 1, problems
    assert not CHANNELS[channel].is_valid(content)
    return problems[0]


def test_every_type_of_every_channel_has_an_example() -> None:
    assert {name: list(channel.types) for name, channel in CHANNELS.items()} == {
        channel: list(kinds) for channel, kinds in EXAMPLES.items()
    }


def test_channels_are_registered_under_their_names() -> None:
    assert {name: channel.name for name, channel in CHANNELS.items()} == {name: name for name in CHANNELS}


@pytest.mark.parametrize(("channel", "kind"), ALL)
def test_a_complete_example_is_accepted(channel: str, kind: str) -> None:
    content = example(channel, kind)
    assert CHANNELS[channel].problems(content) == []
    assert CHANNELS[channel].is_valid(content)


@pytest.mark.parametrize(("channel", "kind"), ALL)
def test_own_keys_are_kept_and_unknown_ones_refused(channel: str, kind: str) -> None:
    assert CHANNELS[channel].problems(example(channel, kind, ("x-note",), {"any": [1]})) == []
    problem = only_problem(channel, example(channel, kind, ("colour",), "red"))
    assert (problem.path, problem.code) == (("colour",), "unknown_field")
    assert problem.message.startswith("Remove `colour`")


TEXT_LIMITS: list[tuple[str, str, Path, int]] = [
    ("rcs", "text", ("text",), 3072),
    ("rcs", "text", ("suggestions", 0, "text"), 25),
    ("rcs", "text", ("suggestions", 1, "text"), 25),
    ("rcs", "text", ("suggestions", 0, "postback"), 2048),
    ("rcs", "text", ("suggestions", 4, "query"), 200),
    ("rcs", "text", ("suggestions", 4, "label"), 100),
    ("rcs", "text", ("suggestions", 6, "title"), 100),
    ("rcs", "text", ("suggestions", 6, "description"), 500),
    ("rcs", "file", ("caption",), 3072),
    ("rcs", "card", ("title",), 200),
    ("rcs", "card", ("text",), 2000),
    ("rcs", "card", ("buttons", 0, "text"), 25),
    ("rcs", "carousel", ("cards", 0, "title"), 200),
    ("rcs", "carousel", ("cards", 0, "text"), 2000),
    ("viber", "text", ("text",), 1000),
    ("viber", "text", ("button", "text"), 30),
    ("viber", "card", ("text",), 1000),
    ("whatsapp", "text", ("text",), 4096),
    ("whatsapp", "card", ("header",), 20),
    ("whatsapp", "card", ("text",), 1024),
    ("whatsapp", "card", ("footer",), 60),
    ("whatsapp", "card", ("buttons", 0, "text"), 20),
    ("whatsapp", "card", ("buttons", 0, "postback"), 256),
    ("whatsapp", "list", ("header",), 60),
    ("whatsapp", "list", ("text",), 4096),
    ("whatsapp", "list", ("footer",), 60),
    ("whatsapp", "list", ("button",), 20),
    ("whatsapp", "list", ("sections", 0, "title"), 24),
    ("whatsapp", "list", ("sections", 0, "rows", 0, "text"), 24),
    ("whatsapp", "list", ("sections", 0, "rows", 0, "description"), 72),
    ("whatsapp", "list", ("sections", 0, "rows", 0, "postback"), 200),
    ("whatsapp", "file", ("caption",), 1024),
    ("whatsapp", "request_location", ("text",), 1024),
    ("whatsapp", "send_location", ("name",), 1000),
    ("whatsapp", "send_location", ("address",), 1000),
    ("whatsapp", "template", ("name",), 512),
    ("whatsapp", "template", ("variables", "1"), 1024),
    ("webchat", "text", ("text",), 4096),
    ("webchat", "text", ("suggestions", 0, "id"), 200),
    ("webchat", "text", ("suggestions", 0, "text"), 60),
    ("webchat", "text", ("suggestions", 0, "postback"), 2048),
    ("webchat", "text", ("suggestions", 1, "text"), 60),
    ("webchat", "card", ("title",), 200),
    ("webchat", "card", ("text",), 2000),
    ("webchat", "card", ("media", "asset"), 200),
    ("webchat", "file", ("caption",), 1024),
    ("email", "email", ("subject",), 255),
    ("email", "email", ("subtitle",), 255),
    ("email", "email", ("blocks", 0, "text"), 20_000),
    ("email", "email", ("blocks", 1, "alt"), 255),
    ("email", "email", ("blocks", 5, "columns", 0, "blocks", 0, "text"), 100),
    ("push", "notification", ("header",), 250),
    ("push", "notification", ("body",), 1500),
    ("tts", "text", ("text",), 4096),
    ("mobile_push", "notification", ("header",), 250),
    ("mobile_push", "notification", ("body",), 3000),
]


@pytest.mark.parametrize(("channel", "kind", "path", "most"), TEXT_LIMITS)
def test_text_is_accepted_at_its_limit_and_refused_one_over(channel: str, kind: str, path: Path, most: int) -> None:
    assert CHANNELS[channel].problems(example(channel, kind, path, "a" * most)) == []
    problem = only_problem(channel, example(channel, kind, path, "a" * (most + 1)))
    assert (problem.path, problem.code) == (path, "too_long")
    assert problem.message.startswith("Shorten this ")
    assert f"{most + 1:,}" in problem.message
    assert f"{most:,}" in problem.message


def test_an_sms_may_take_255_parts() -> None:
    assert CHANNELS["sms"].problems({"type": "text", "text": "a" * 255 * 153}) == []
    assert CHANNELS["sms"].problems({"type": "text", "text": "ю" * 255 * 67}) == []
    problem = only_problem("sms", {"type": "text", "text": "ю" * (255 * 67 + 1)})
    assert problem.message == "Shorten this text: it has 256, and may have at most 255 SMS parts."


@pytest.mark.parametrize(
    ("channel", "kind", "path", "text"),
    [
        ("rcs", "card", ("buttons", 0, "text"), "🍕" * 12 + "a"),  # 25 UTF-16 units
        ("whatsapp", "card", ("buttons", 0, "text"), "🍕" * 20),  # 20 code points
        ("viber", "text", ("text",), "🍕" * 1000),
        ("push", "notification", ("header",), "é" * 125),  # 250 bytes
    ],
)
def test_characters_are_counted_as_the_vendor_counts(channel: str, kind: str, path: Path, text: str) -> None:
    assert CHANNELS[channel].problems(example(channel, kind, path, text)) == []
    assert only_problem(channel, example(channel, kind, path, text + "a")).code == "too_long"


def replies(number: int) -> list[Json]:
    return [{"id": str(index), "type": "reply", "text": f"Choice {index}"} for index in range(number)]


ITEM_LIMITS: list[tuple[str, str, Path, list[Any], int]] = [
    ("rcs", "text", ("suggestions",), replies(12), 11),
    ("rcs", "file", ("suggestions",), replies(12), 11),
    ("rcs", "card", ("suggestions",), replies(12), 11),
    ("rcs", "card", ("buttons",), replies(5), 4),
    ("rcs", "carousel", ("suggestions",), replies(12), 11),
    ("rcs", "carousel", ("cards",), [{"title": "One"}] * 13, 12),
    ("rcs", "carousel", ("cards", 0, "buttons"), replies(5), 4),
    ("whatsapp", "card", ("buttons",), replies(4), 3),
    ("webchat", "text", ("suggestions",), replies(12), 11),
    ("webchat", "card", ("buttons",), replies(5), 4),
    ("email", "email", ("blocks",), [{"type": "divider"}] * 101, 100),
    ("email", "email", ("blocks", 5, "columns"), [{"blocks": [{"type": "divider"}]}] * 5, 4),
    (
        "email",
        "email",
        ("blocks", 5, "columns", 1, "blocks", 0, "links"),
        [{"network": "x", "url": "https://x.com"}] * 11,
        10,
    ),
]


@pytest.mark.parametrize(("channel", "kind", "path", "items", "most"), ITEM_LIMITS)
def test_lists_are_accepted_at_their_limit_and_refused_one_over(
    channel: str, kind: str, path: Path, items: list[Any], most: int
) -> None:
    assert CHANNELS[channel].problems(example(channel, kind, path, items[:most])) == []
    problem = only_problem(channel, example(channel, kind, path, items[: most + 1]))
    assert (problem.path, problem.code) == (path, "too_many")
    assert problem.message == f"Keep at most {most} of these; there are {most + 1}."


@pytest.mark.parametrize(
    ("channel", "kind", "path"),
    [
        ("rcs", "carousel", ("cards",)),
        ("whatsapp", "list", ("sections",)),
        ("whatsapp", "list", ("sections", 0, "rows")),
        ("email", "email", ("blocks",)),
        ("email", "email", ("blocks", 4, "blocks")),
        ("email", "email", ("blocks", 5, "columns")),
    ],
)
def test_lists_that_make_the_message_need_an_item(channel: str, kind: str, path: Path) -> None:
    problem = only_problem(channel, example(channel, kind, path, []))
    assert (problem.path, problem.code) == (path, "too_few")


def test_whatsapp_counts_rows_over_all_sections() -> None:
    rows = replies(11)
    fits = [{"title": "A", "rows": rows[:4]}, {"title": "B", "rows": rows[4:10]}]
    assert CHANNELS["whatsapp"].problems(example("whatsapp", "list", ("sections",), fits)) == []
    over = [{"title": "A", "rows": rows[:4]}, {"title": "B", "rows": rows[4:]}]
    problem = only_problem("whatsapp", example("whatsapp", "list", ("sections",), over))
    assert problem.path == ("sections",)
    assert problem.message == "Keep at most 10 rows in all sections together; there are 11."


def test_several_whatsapp_sections_need_titles() -> None:
    rows = replies(2)
    alone = [{"rows": rows}]
    assert CHANNELS["whatsapp"].problems(example("whatsapp", "list", ("sections",), alone)) == []
    several = [{"title": "A", "rows": rows[:1]}, {"rows": rows[1:]}]
    assert only_problem("whatsapp", example("whatsapp", "list", ("sections",), several)).path == (
        "sections",
        1,
        "title",
    )


WRONG: list[tuple[str, str, Path, Any, str, str]] = [
    # channel, type, path, value put there, code, a part of the sentence
    ("webchat", "text", ("text",), 5, "wrong_type", "Write a text here, not a number."),
    ("webchat", "text", ("text",), None, "wrong_type", "not null"),
    ("webchat", "text", ("text",), True, "wrong_type", "not true or false"),
    ("webchat", "text", ("text",), " \n", "blank", "Write something here"),
    ("webchat", "text", ("text",), "a\ud83c", "bad_unicode", "surrogate"),
    ("webchat", "text", ("suggestions", 0, "id"), "\ude00", "bad_unicode", "surrogate"),
    ("webchat", "text", ("suggestions", 1, "url"), "https://a/\ude00", "bad_unicode", "surrogate"),
    ("webchat", "text", ("suggestions",), {}, "wrong_type", "Write a list here, not an object."),
    ("webchat", "text", ("suggestions", 0), "Yes", "wrong_type", "Write an object here, not a text."),
    ("webchat", "text", ("suggestions", 0, "id"), "", "blank", "Write a name here"),
    ("webchat", "text", ("suggestions", 0, "id"), "{{id}}", "placeholder", "fixed name"),
    ("webchat", "text", ("suggestions", 0, "type"), "call", "unknown_type", "one of `reply`, `open_url`"),
    ("webchat", "text", ("suggestions", 1, "url"), "example.com", "bad_url", "begins with http:// or https://"),
    ("webchat", "text", ("suggestions", 1, "url"), "javascript:alert(1)", "bad_url", "http://"),
    ("webchat", "text", ("suggestions", 1, "url"), "https://", "bad_url", "http://"),
    ("webchat", "text", ("suggestions", 1, "url"), "https://[a", "bad_url", "http://"),
    ("webchat", "text", ("suggestions", 1, "url"), "https://a b", "bad_url", "http://"),
    ("webchat", "text", ("suggestions", 1, "url"), "https://a/" + "b" * 2048, "too_long", "may have 2,048"),
    ("webchat", "text", ("suggestions", 1, "url"), "ftp://{{host}}", "bad_url", "http://"),
    ("webchat", "card", ("media",), "pizza.jpg", "wrong_type", "Write an object here"),
    ("webchat", "card", ("media",), {}, "one_file", "either `asset` (a key) or `url`"),
    ("webchat", "card", ("media",), {"asset": "a", "url": "https://a.b/c"}, "one_file", "one of the two"),
    ("webchat", "card", ("media", "asset"), 5, "wrong_type", "Write a text here, not a number."),
    ("webchat", "card", ("media", "asset"), "{{picture}}", "placeholder", "fixed name"),
    ("rcs", "text", ("suggestions", 2, "phone"), "call me", "bad_phone", "+34911234567"),
    ("rcs", "text", ("suggestions", 2, "phone"), "+12", "bad_phone", "country code"),
    ("rcs", "text", ("suggestions", 2, "call"), "fax", "not_listed", "`phone`, `enriched` or `video`"),
    ("rcs", "text", ("suggestions", 3, "latitude"), 90.1, "out_of_range", "a number from -90 to 90"),
    ("rcs", "text", ("suggestions", 3, "latitude"), "north", "out_of_range", "a number"),
    ("rcs", "text", ("suggestions", 3, "latitude"), True, "out_of_range", "a number"),
    ("rcs", "text", ("suggestions", 3, "latitude"), float("nan"), "out_of_range", "a number"),
    ("rcs", "text", ("suggestions", 3, "longitude"), -180.5, "out_of_range", "a number from -180 to 180"),
    ("rcs", "text", ("suggestions", 3), {"id": "a", "type": "show_location", "text": "Map"}, "one_place", "`query`"),
    ("rcs", "text", ("suggestions", 4, "latitude"), 1, "one_place", "one of the two"),
    ("rcs", "text", ("suggestions", 6, "start"), "tomorrow", "bad_moment", "2026-03-01"),
    ("rcs", "text", ("suggestions", 6, "start"), "2026-02-30", "bad_moment", "2026-03-01"),
    ("rcs", "card", ("layout",), "diagonal", "not_listed", "`vertical` or `horizontal`"),
    ("rcs", "carousel", ("cards", 1), {}, "one_of", "at least one of `media`, `title`, `text`"),
    ("viber", "text", ("button", "type"), "reply", "not_listed", "Choose `open_url`"),
    ("whatsapp", "template", ("variables", "1"), "", "blank", "Write something"),
    ("whatsapp", "template", ("variables",), ["Ann"], "wrong_type", "Write an object here, not a list."),
    ("email", "email", ("blocks", 0, "type"), "video", "unknown_type", "`columns`"),
    ("email", "email", ("blocks", 3, "height"), 0, "too_small", "Write 1 or more here."),
    ("email", "email", ("blocks", 3, "height"), 201, "too_large", "Write 200 or less here."),
    ("email", "email", ("blocks", 3, "height"), 1.5, "wrong_type", "not a decimal number."),
    ("email", "email", ("blocks", 3, "height"), "20", "wrong_type", "Write a whole number here, not a text."),
    ("tts", "text", ("language",), "fr", "not_listed", "`en` or `es`"),
    ("tts", "text", ("repeat",), 4, "not_listed", "1, 2 or 3"),
    ("mobile_push", "notification", ("body",), "", "blank", "Write something"),
]
# problems of an object as a whole stand at the object, where the table names the field that was changed
AT_PARENT = {("rcs", "text", ("suggestions", 4, "latitude"))}


@pytest.mark.parametrize(("channel", "kind", "path", "value", "code", "words"), WRONG)
def test_a_mistake_gets_its_path_and_a_sentence(
    channel: str, kind: str, path: Path, value: Any, code: str, words: str
) -> None:
    problem = only_problem(channel, example(channel, kind, path, value))
    expected = path[:-1] if (channel, kind, path) in AT_PARENT else path
    assert (problem.path, problem.code) == (expected, code)
    assert words in problem.message
    assert problem.message.endswith(".")


@pytest.mark.parametrize(
    ("channel", "kind", "url", "refused"),
    [
        ("viber", "file", "https://a.b/menu.PDF", ""),
        ("viber", "file", "https://a.b/setup.exe", ".exe"),
        ("viber", "file", "https://a.b/photo.webp", ".webp"),
        ("viber", "card", "https://a.b/pizza.png", ""),
        ("viber", "card", "https://a.b/menu.pdf", ".pdf"),
        ("whatsapp", "file", "https://a.b/song.ogg", ""),
        ("whatsapp", "file", "https://a.b/c.GIF?x=.png", ".gif"),
        ("whatsapp", "card", "https://a.b/song.ogg", ".ogg"),
        ("whatsapp", "card", "https://a.b/photo.webp#top", ""),
        ("whatsapp", "card", "https://a.b/photos/12", ""),  # shows no format
        ("rcs", "file", "https://a.b/any.thing", ""),
    ],
)
def test_media_is_of_a_format_that_the_channel_takes(channel: str, kind: str, url: str, refused: str) -> None:
    problems = CHANNELS[channel].problems(example(channel, kind, ("media",), {"url": url}))
    assert [(problem.path, problem.code) for problem in problems] == (
        [(("media", "url"), "bad_format")] if refused else []
    )
    assert all(f"not {refused}: " in problem.message for problem in problems)


REQUIRED: list[tuple[str, str, Path]] = [
    ("sms", "text", ("text",)),
    ("rcs", "text", ("suggestions", 0, "id")),
    ("rcs", "text", ("suggestions", 0, "text")),
    ("rcs", "text", ("suggestions", 1, "url")),
    ("rcs", "text", ("suggestions", 2, "phone")),
    ("rcs", "text", ("suggestions", 6, "start")),
    ("rcs", "text", ("suggestions", 6, "end")),
    ("rcs", "text", ("suggestions", 6, "title")),
    ("rcs", "file", ("media",)),
    ("viber", "text", ("button", "url")),
    ("viber", "card", ("media",)),
    ("viber", "card", ("button",)),
    ("whatsapp", "card", ("text",)),
    ("whatsapp", "list", ("button",)),
    ("whatsapp", "send_location", ("latitude",)),
    ("whatsapp", "send_location", ("longitude",)),
    ("whatsapp", "template", ("language",)),
    ("webchat", "text", ("suggestions", 0, "type")),
    ("email", "email", ("subject",)),
    ("email", "email", ("blocks", 0, "text")),
    ("tts", "text", ("language",)),
    ("mobile_push", "notification", ("header",)),
    ("mobile_push", "notification", ("body",)),
]


@pytest.mark.parametrize(("channel", "kind", "path"), REQUIRED)
def test_a_missing_field_is_named(channel: str, kind: str, path: Path) -> None:
    content = example(channel, kind)
    place: Any = content
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    problem = only_problem(channel, content)
    assert (problem.path, problem.code) == (path, "missing")
    assert problem.message.startswith(f"Add `{path[-1]}`")


def test_a_field_name_that_is_no_text_is_refused() -> None:
    assert only_problem("sms", {"type": "text", "text": "Hello", "x-\ud83c": 1}).message.startswith("Rename the field")
    assert (
        only_problem("sms", {"type": "text", "text": "Hello", 5: 1}).message == "Correct this: Keys should be strings."
    )


def test_a_broken_media_address_is_one_problem() -> None:
    problem = only_problem("viber", {"type": "file", "media": {"url": "https://[a/b.pdf"}})
    assert (problem.path, problem.code) == (("media", "url"), "bad_url")


@pytest.mark.parametrize(
    ("channel", "content"),
    [
        ("rcs", {"type": "card", "buttons": [REPLY]}),
        ("webchat", {"type": "card", "suggestions": [REPLY]}),
        ("push", {"type": "notification", "url": "https://example.com"}),
    ],
)
def test_cards_and_notifications_need_something_to_show(channel: str, content: Json) -> None:
    problem = only_problem(channel, content)
    assert (problem.path, problem.code) == ((), "one_of")


@pytest.mark.parametrize(
    ("content", "path", "words"),
    [
        (
            {"type": "telegram"},
            ("type",),
            "webchat cannot send `telegram`: set `type` to one of `text`, `card`, `file`.",
        ),
        ({"type": 5}, ("type",), "webchat cannot send this"),
        ({"type": ["text"]}, ("type",), "webchat cannot send this"),
        ({"text": "Hello"}, ("type",), "Add `type`: it must be one of `text`, `card`, `file`."),
        ({}, ("type",), "Add `type`"),
        ("Hello", (), "as an object whose `type` is one of `text`, `card`, `file`."),
        (None, (), "as an object"),
        ([{"type": "text"}], (), "as an object"),
    ],
)
def test_the_known_types_are_listed(content: object, path: Path, words: str) -> None:
    problem = only_problem("webchat", content)
    assert problem.path == path
    assert words in problem.message


def test_every_problem_is_found_at_once() -> None:
    content = {
        "type": "carousel",
        "colour": "red",
        "cards": [
            {"title": "a" * 201, "buttons": [{"id": "s", "type": "reply"}]},
            {"media": {"asset": "a", "url": "nowhere"}},
            *[{"title": "More"}] * 11,
        ],
        "suggestions": [{"id": "s", "type": "open_url", "text": "Site", "url": "nowhere"}, {"type": "?"}],
    }
    assert {(problem.path, problem.code) for problem in CHANNELS["rcs"].problems(content)} == {
        (("colour",), "unknown_field"),
        (("cards",), "too_many"),
        (("cards", 0, "title"), "too_long"),
        (("cards", 0, "buttons", 0, "text"), "missing"),
        (("cards", 1, "media"), "one_file"),
        (("cards", 1, "media", "url"), "bad_url"),
        (("suggestions", 0, "id"), "duplicate_id"),
        (("suggestions", 0, "url"), "bad_url"),
        (("suggestions", 1, "type"), "unknown_type"),
    }


@pytest.mark.parametrize(
    ("channel", "content", "path"),
    [
        ("webchat", example("webchat", "text", ("suggestions",), [REPLY, REPLY]), ("suggestions", 1, "id")),
        ("rcs", example("rcs", "card", ("suggestions",), [REPLY]), ("suggestions", 0, "id")),
        (
            "whatsapp",
            example("whatsapp", "list", ("sections", 1, "rows", 0, "id"), "yes"),
            ("sections", 1, "rows", 0, "id"),
        ),
    ],
)
def test_ids_are_unique_within_a_message(channel: str, content: Json, path: Path) -> None:
    problem = only_problem(channel, content)
    assert (problem.path, problem.code) == (path, "duplicate_id")
    assert "`yes` is taken" in problem.message


@pytest.mark.parametrize(
    ("start", "end", "is_right"),
    [
        ("2026-03-01", "2026-03-01", True),
        ("2026-03-02", "2026-03-01", False),
        ("2026-03-01T10:00:00Z", "2026-03-01T10:30:00+01:00", False),
        ("2026-03-01T10:00:00.250Z", "2026-03-01T10:00:00.251Z", True),
        ("2026-03-02", "2026-03-01T10:00Z", True),  # with a zone and without: not comparable here
        ("{{start}}", "2026-03-01", True),
    ],
)
def test_an_event_ends_after_it_begins(start: str, end: str, is_right: bool) -> None:
    content = example("rcs", "text", ("suggestions", 6, "start"), start)
    content["suggestions"][6]["end"] = end
    problems = CHANNELS["rcs"].problems(content)
    assert [(problem.path, problem.code) for problem in problems] == (
        [] if is_right else [(("suggestions", 6, "end"), "bad_order")]
    )


def wrapped(levels: int) -> Json:
    block: Json = {"type": "divider"}
    for _ in range(levels - 1):
        block = {"type": "wrapper", "blocks": [block]}
    return {"type": "email", "subject": "Deep", "blocks": [block]}


def test_email_blocks_nest_four_levels() -> None:
    assert CHANNELS["email"].problems(wrapped(4)) == []
    problem = only_problem("email", wrapped(5))
    assert (problem.path, problem.code) == (("blocks", 0) * 5, "too_deep")


def test_columns_count_as_a_level() -> None:
    content = wrapped(4)
    content["blocks"][0] = {"type": "columns", "columns": [{"blocks": [{"type": "divider"}]}]}
    assert CHANNELS["email"].problems(content) == []
    content["blocks"] = [{"type": "columns", "columns": [{"blocks": wrapped(4)["blocks"]}]}]
    assert only_problem("email", content).code == "too_deep"


def test_endless_nesting_is_refused_without_a_crash() -> None:
    content = wrapped(400)
    assert CHANNELS["email"].problems(content)
    assert not CHANNELS["email"].is_valid(content)


UNRENDERED: list[tuple[str, str, Path, Any]] = [
    ("rcs", "text", ("suggestions", 0, "text"), "Order {{attribute.a_name_that_is_long}}"),
    ("rcs", "text", ("suggestions", 1, "url"), "{{shop_url}}"),
    ("rcs", "text", ("suggestions", 1, "url"), "https://example.com/{{order}}"),
    ("rcs", "text", ("suggestions", 2, "phone"), "{{contact.phone}}"),
    ("rcs", "text", ("suggestions", 3, "latitude"), "{{place.0}}"),
    ("rcs", "text", ("suggestions", 6, "start"), "{{day}}T10:00:00Z"),
    ("whatsapp", "send_location", ("longitude",), "{{longitude}}"),
    ("whatsapp", "template", ("variables", "1"), "{{name}}"),
    ("viber", "file", ("media", "url"), "https://example.com/{{file}}.exe"),
]


@pytest.mark.parametrize(("channel", "kind", "path", "value"), UNRENDERED)
def test_placeholders_get_the_benefit_until_they_are_rendered(channel: str, kind: str, path: Path, value: Any) -> None:
    content = example(channel, kind, path, value)
    assert CHANNELS[channel].problems(content) == []
    assert CHANNELS[channel].is_valid(content, rendered=False)


@pytest.mark.parametrize(("channel", "kind", "path", "value"), UNRENDERED[:1] + UNRENDERED[3:7])
def test_braces_in_rendered_content_are_plain_text(channel: str, kind: str, path: Path, value: Any) -> None:
    content = example(channel, kind, path, value)
    assert [problem.path for problem in CHANNELS[channel].problems(content, rendered=True)] == [path]
    assert not CHANNELS[channel].is_valid(content)


def test_the_fixed_part_of_a_text_counts() -> None:
    assert CHANNELS["viber"].problems({"type": "text", "text": "a" * 1000 + "{{name}}"}) == []
    problem = CHANNELS["viber"].problems({"type": "text", "text": "a" * 1001 + "{{name}}"})[0]
    assert problem.message == "Shorten this text: it has at least 1,001, and may have at most 1,000 characters."


def test_a_rendered_number_is_decimal_text() -> None:
    content = example("whatsapp", "send_location", ("latitude",), "-40.4168")
    assert CHANNELS["whatsapp"].is_valid(content)
    assert not CHANNELS["whatsapp"].is_valid(content | {"latitude": "91"})


READ: list[tuple[str, object, str]] = [
    ("sms", example("sms", "text"), "Hello"),
    ("rcs", example("rcs", "text"), "Which size?"),
    ("rcs", example("rcs", "card"), "Margherita\nWith basil"),
    ("rcs", {"type": "card", "media": {"asset": "pizza"}}, "pizza"),
    ("rcs", example("rcs", "carousel"), "One\nFirst\n\nSecond"),
    ("rcs", example("rcs", "file"), "https://example.com/menu.pdf"),
    ("rcs", example("rcs", "file", ("caption",), "Our menu"), "Our menu"),
    ("viber", example("viber", "card"), "Hello"),
    ("viber", example("viber", "file"), "https://example.com/menu.pdf"),
    ("whatsapp", example("whatsapp", "card"), "Order\nReady?\nPizza & Co"),
    ("whatsapp", example("whatsapp", "list"), "Menu\nChoose one\nUntil 10 pm"),
    ("whatsapp", example("whatsapp", "file"), "Our menu"),
    ("whatsapp", {"type": "file", "media": {"asset": "menu"}}, "menu"),
    ("whatsapp", example("whatsapp", "request_location"), "Where are you?"),
    ("whatsapp", example("whatsapp", "send_location"), "Shop\nCalle Mayor 1"),
    ("whatsapp", {"type": "send_location", "latitude": 40.4, "longitude": -3.7}, "40.4,-3.7"),
    ("whatsapp", example("whatsapp", "template"), "order_ready"),
    ("webchat", example("webchat", "card"), "Margherita\nWith basil"),
    ("email", example("email", "email"), "Your order\nIt is ready\nDear Ann\nSee you"),
    ("push", example("push", "notification"), "Ready\nCome and get it"),
    ("tts", example("tts", "text"), "Your code is 1 2 3"),
    ("mobile_push", example("mobile_push", "notification"), "Ready\nCome and get it"),
    ("webchat", {"type": "text"}, ""),
    ("webchat", {"type": "unknown", "text": "Hello"}, ""),
    ("webchat", {"type": "file", "media": 5}, ""),
    ("whatsapp", {"type": "send_location"}, ""),
    ("webchat", None, ""),
]


@pytest.mark.parametrize(("channel", "content", "text"), READ)
def test_text_of_content_is_what_a_person_reads(channel: str, content: object, text: str) -> None:
    assert CHANNELS[channel].text_of(content) == text


YES = SuggestionView("yes", "Yes", "y", "reply")
SITE = SuggestionView("site", "Our site", "Our site", "open_url")


@pytest.mark.parametrize(
    ("channel", "kind", "views"),
    [
        ("webchat", "text", [YES, SITE]),
        ("webchat", "card", [YES, SITE]),
        ("rcs", "card", [YES, SITE]),
        ("rcs", "carousel", [YES, SITE]),
        ("viber", "text", [SITE]),
        ("whatsapp", "card", [YES]),
        ("whatsapp", "list", [YES, SuggestionView("no", "No", "No", "reply")]),
        ("whatsapp", "request_location", []),
        ("email", "email", []),
        ("sms", "text", []),
    ],
)
def test_suggestions_are_found_wherever_they_are(channel: str, kind: str, views: list[SuggestionView]) -> None:
    assert CHANNELS[channel].suggestions(example(channel, kind)) == views


def test_content_of_other_channels_has_no_vendor_form() -> None:
    content = {"text": "Hello"}
    assert all(CHANNELS[name].from_vendor(content) is content for name in CHANNELS if name != "rcs")


def test_kinds_of_rcs_suggestions() -> None:
    views = CHANNELS["rcs"].suggestions(example("rcs", "text"))
    assert [view.kind for view in views] == [
        "reply",
        "open_url",
        "dial",
        "show_location",
        "show_location",
        "request_location",
        "calendar_event",
    ]


@pytest.mark.parametrize(
    ("channel", "content", "keys"),
    [
        ("sms", example("sms", "text"), RequiredKeys()),
        ("rcs", example("rcs", "carousel"), RequiredKeys(assets=("pizza",))),
        ("email", example("email", "email"), RequiredKeys(assets=("pizza",))),
        ("whatsapp", example("whatsapp", "template"), RequiredKeys(("header",), ("order_ready",))),
        ("viber", example("viber", "file"), RequiredKeys()),
        ("rcs", {"type": "carousel", "cards": [{"media": IMAGE}, {"media": IMAGE}]}, RequiredKeys(assets=("pizza",))),
    ],
)
def test_required_keys_are_listed_once(channel: str, content: Json, keys: RequiredKeys) -> None:
    assert CHANNELS[channel].required_keys(content) == keys


@pytest.mark.parametrize(("channel", "kind"), ALL)
def test_the_json_schema_accepts_what_is_valid_and_refuses_unknown_fields(channel: str, kind: str) -> None:
    schema = Draft202012Validator(CHANNELS[channel].adapter.json_schema())
    assert schema.is_valid(example(channel, kind))
    assert schema.is_valid(example(channel, kind, ("x-note",), 1))
    assert not schema.is_valid(example(channel, kind, ("colour",), "red"))


@pytest.mark.parametrize(("channel", "kind", "path", "value"), UNRENDERED)
def test_the_json_schema_accepts_placeholders(channel: str, kind: str, path: Path, value: Any) -> None:
    schema = Draft202012Validator(CHANNELS[channel].adapter.json_schema())
    assert schema.is_valid(example(channel, kind, path, value))


@pytest.mark.parametrize(("channel", "kind", "path", "most"), TEXT_LIMITS)
def test_the_json_schema_knows_the_length_of_texts(channel: str, kind: str, path: Path, most: int) -> None:
    schema = Draft202012Validator(CHANNELS[channel].adapter.json_schema())
    assert schema.is_valid(example(channel, kind, path, "a" * most))
    assert not schema.is_valid(example(channel, kind, path, "a" * (most + 1)))


@pytest.mark.parametrize(("channel", "kind", "path", "items", "most"), ITEM_LIMITS)
def test_the_json_schema_knows_the_length_of_lists(
    channel: str, kind: str, path: Path, items: list[Any], most: int
) -> None:
    schema = Draft202012Validator(CHANNELS[channel].adapter.json_schema())
    assert schema.is_valid(example(channel, kind, path, items[:most]))
    assert not schema.is_valid(example(channel, kind, path, items[: most + 1]))


NAMES = st.sampled_from(["type", "text", "id", "media", "asset", "cards", "buttons", "suggestions", "blocks", "rows"])
ANY_CHARACTER = st.characters(exclude_categories=())  # half characters too, which JavaScript can make
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(ANY_CHARACTER, max_size=5) | NAMES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(ANY_CHARACTER, max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.sampled_from(ALL), NAMES, VALUES, VALUES)
def test_no_json_makes_a_channel_raise_and_both_judges_agree(
    kind_of: tuple[str, str], field: str, value: object, anything: object
) -> None:
    channel, kind = kind_of
    for content in (anything, example(channel, kind, (field,), value)):
        judge = CHANNELS[channel]
        assert bool(judge.problems(content, rendered=True)) is not judge.is_valid(content)
        assert all(problem.message.endswith(".") for problem in judge.problems(content))
        judge.text_of(content)
        judge.suggestions(content)
        judge.required_keys(content)
