"""RCS content from the vendor's own JSON (ST-2): Google's RBM content message and the older GSMA form, mixed or pure.

Nothing is refused here. What we know becomes our content; what we do not know is carried over under its own name,
so that validation refuses it with a sentence that names it. Left out are hints that change nothing for the reader
(`IGNORED`). The vendor's suggestions have no ids: they get `v1`, `v2`, ..., those under the message first.
"""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final

Json = dict[str, Any]
Ids = Iterator[str]

IGNORED: Final = frozenset(
    {"application", "webviewViewMode", "forceRefresh", "titleFontStyle", "descriptionFontStyle", "style", "altText"}
    | {"mediaContentType", "mediaFileSize", "thumbnailContentType", "thumbnailFileSize", "contentDescription"}
)
ENVELOPES: Final = ("contentMessage", "RCSMessage", "richcardMessage", "message")

# where an action's fields stand, per kind of suggestion: RBM first, then GSMA; the last word is our name
ACTIONS: Final[Mapping[tuple[str, ...], Json]] = {
    ("openUrlAction",): {"type": "open_url"},
    ("urlAction", "openUrl"): {"type": "open_url"},
    ("dialAction",): {"type": "dial"},
    ("dialerAction", "dialPhoneNumber"): {"type": "dial"},
    ("dialerAction", "dialEnrichedCall"): {"type": "dial", "call": "enriched"},
    ("dialerAction", "dialVideoCall"): {"type": "dial", "call": "video"},
    ("viewLocationAction",): {"type": "show_location"},
    ("mapAction", "showLocation"): {"type": "show_location"},
    ("shareLocationAction",): {"type": "request_location"},
    ("mapAction", "requestLocationPush"): {"type": "request_location"},
    ("createCalendarEventAction",): {"type": "calendar_event"},
    ("calendarAction", "createCalendarEvent"): {"type": "calendar_event"},
}
FIELD_NAMES: Final[Mapping[str, str]] = {
    "displayText": "text",
    "postbackData": "postback",
    "phoneNumber": "phone",
    "fallbackUrl": "fallback_url",
    "startTime": "start",
    "endTime": "end",
}
SPREAD: Final = ("latLong", "location")
"""Objects within an action whose fields we keep beside the others."""

LAYOUTS: Final[Mapping[str, str]] = {
    "cardOrientation": "layout",
    "thumbnailImageAlignment": "image_side",
    "imageAlignment": "image_side",
    "cardWidth": "card_width",
}


def from_vendor(content: Json) -> Json:
    """Our RCS content for the vendor's; content that has a `type` is ours already and comes back as it is."""
    if "type" in content:
        return content
    opened = _opened(content)
    ids = (f"v{number}" for number in count(1))
    suggestions = _suggestions(opened.pop("suggestions", None), ids)
    return _body(opened, ids) | ({"suggestions": suggestions} if suggestions else {})


def _opened(content: Json) -> Json:
    """The fields that stand for the message, taken out of their envelopes."""
    opened = dict(content)
    for name in ENVELOPES:
        if isinstance(opened.get(name), dict):
            opened |= opened.pop(name)
    chips = opened.pop("suggestedChipList", None)
    if isinstance(chips, dict):
        opened |= chips
    return opened


def _body(opened: Json, ids: Ids) -> Json:
    for name, convert in BODIES.items():
        if isinstance(opened.get(name), dict):
            return convert(opened.pop(name), ids) | opened
    if "textMessage" in opened:
        opened["text"] = opened.pop("textMessage")
    return {"type": "text"} | opened


def _rich_card(card: Json, ids: Ids) -> Json:
    standalone, carousel = card.get("standaloneCard"), card.get("carouselCard")
    if isinstance(carousel, dict):
        return _carousel(carousel, ids)
    return _card(standalone if isinstance(standalone, dict) else card, ids)


def _card(card: Json, ids: Ids) -> Json:
    rest = _laid_out(card)
    inner = rest.pop("cardContent", rest.pop("content", {}))
    return {"type": "card"} | rest | (_card_body(inner, ids) if isinstance(inner, dict) else {"content": inner})


def _carousel(carousel: Json, ids: Ids) -> Json:
    rest = _laid_out(carousel)
    cards = rest.pop("cardContents", rest.pop("content", None))
    if isinstance(cards, list):
        cards = [_card_body(card, ids) if isinstance(card, dict) else card for card in cards]
    return {"type": "carousel", "cards": cards} | rest


def _file(file: Json, _ids: Ids) -> Json:
    return {"type": "file"} | _media(file)


def _laid_out(card: Json) -> Json:
    """A card's fields with its layout's beside them, under our names and in our words (`HORIZONTAL`: horizontal)."""
    layout = card.get("layout")
    flat = {key: value for key, value in card.items() if key != "layout"}
    flat |= layout if isinstance(layout, dict) else {}
    known = {LAYOUTS[key]: _word(value) for key, value in flat.items() if key in LAYOUTS}
    return known | {key: value for key, value in flat.items() if key not in LAYOUTS and key not in IGNORED}


def _card_body(card: Json, ids: Ids) -> Json:
    rest = {key: value for key, value in card.items() if key not in IGNORED}
    media, description = rest.pop("media", None), rest.pop("description", None)
    buttons = _suggestions(rest.pop("suggestions", None), ids)
    body = rest | (_media(media) if isinstance(media, dict) else {})
    body |= {"text": description} if description is not None else {}
    return body | ({"buttons": buttons} if buttons else {})


def _media(media: Json) -> Json:
    """Our `media`, `thumbnail` and `image_size` for the vendor's; its `contentInfo` may stand around the addresses."""
    info = media.get("contentInfo")
    flat = {key: value for key, value in media.items() if key != "contentInfo" and key not in IGNORED}
    flat |= info if isinstance(info, dict) else {}
    found: Json = {"media": {"url": flat.pop("fileUrl", flat.pop("mediaUrl", None))}}
    if (thumbnail := flat.pop("thumbnailUrl", None)) is not None:
        found["thumbnail"] = {"url": thumbnail}
    if (height := flat.pop("height", None)) is not None:
        found["image_size"] = _word(height)
    return found | {key: value for key, value in flat.items() if key not in IGNORED}


def _suggestions(suggestions: object, ids: Ids) -> Any:
    if not isinstance(suggestions, list):
        return suggestions
    return [_suggestion(item, next(ids)) if isinstance(item, dict) else item for item in suggestions]


def _suggestion(suggestion: Json, identifier: str) -> Json:
    reply, action = suggestion.get("reply"), suggestion.get("action")
    if isinstance(reply, dict):
        return {"id": identifier, "type": "reply"} | _named(reply)
    if isinstance(action, dict):
        return {"id": identifier} | _action(action)
    return {"id": identifier} | suggestion


def _action(action: Json) -> Json:
    for path, kind in ACTIONS.items():
        inner = _at(action, path)
        if inner is not None:
            rest = {key: value for key, value in action.items() if key != path[0]}
            return kind | _named(rest) | _named(inner)
    unknown = next((key for key in action if key.endswith("Action")), "action")
    return {"type": unknown} | _named({key: value for key, value in action.items() if key != unknown})


def _at(value: Json, path: tuple[str, ...]) -> Json | None:
    for key in path:
        inner = value.get(key)
        if not isinstance(inner, dict):
            return None
        value = inner
    return value


def _named(fields: Json) -> Json:
    """Fields under our names; a postback's data and a place's coordinates stand beside the others."""
    found: Json = {}
    for key, value in fields.items():
        if key in SPREAD and isinstance(value, dict):
            found |= value
        elif key == "postback" and isinstance(value, dict):
            found["postback"] = value.get("data")
        elif key not in IGNORED:
            found[FIELD_NAMES.get(key, key)] = value
    return found


def _word(value: object) -> object:
    """`SHORT_HEIGHT`, `SMALL_WIDTH`, `HORIZONTAL` in our words: short, small, horizontal."""
    return value.lower().removesuffix("_height").removesuffix("_width") if isinstance(value, str) else value


BODIES: Final = {
    "richCard": _rich_card,
    "generalPurposeCard": _card,
    "generalPurposeCardCarousel": _carousel,
    "standaloneCard": _card,
    "carouselCard": _carousel,
    "contentInfo": _file,
    "fileMessage": _file,
}
