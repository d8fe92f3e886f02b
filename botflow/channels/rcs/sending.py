"""RCS content as the agent messages of RBM: a function for each content type and each kind of suggestion (MS-2).

What RBM has no single message for leaves in parts: a file with a caption (MS-12), and a carousel that is longer than
RBM's. Suggestions stand under the last part, because phones show them only under the newest message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from math import ceil
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

Json: TypeAlias = dict[str, Any]
Content: TypeAlias = Mapping[str, Any]

CAROUSEL_CARDS: Final = 10
"""Cards that RBM takes in one carousel; two at least."""


def parts(content: Content, time_zone: str) -> list[Json]:
    """The content messages that a message leaves as, in order. Moments without a zone are in `time_zone`."""
    bodies = CONTENT[content["type"]](content, time_zone)
    if suggestions := content.get("suggestions"):
        bodies[-1]["suggestions"] = _suggestions(suggestions, time_zone)
    return bodies


def e164(number: str) -> str:
    """A number with its country code as E.164 has it; ours may have left the plus out."""
    return number if number.startswith("+") else f"+{number}"


def _text(content: Content, time_zone: str) -> list[Json]:
    return [{"text": content["text"]}]


def _file(content: Content, time_zone: str) -> list[Json]:
    file: Json = {"contentInfo": _content_info(content)}
    return [file, {"text": content["caption"]}] if content.get("caption") else [file]


def _card(content: Content, time_zone: str) -> list[Json]:
    # beside nothing there is no room for a picture's side: RBM refuses a horizontal card without one
    is_horizontal = content.get("layout") == "horizontal" and content.get("media")
    layout = (
        {"cardOrientation": "HORIZONTAL", "thumbnailImageAlignment": content.get("image_side", "left").upper()}
        if is_horizontal
        else {"cardOrientation": "VERTICAL"}
    )
    body = _card_body(content, content.get("image_size", "medium"), time_zone)
    return [{"richCard": {"standaloneCard": layout | {"cardContent": body}}}]


def _carousel(content: Content, time_zone: str) -> list[Json]:
    cards = content["cards"]
    if len(cards) == 1:
        return _card(cards[0], time_zone)
    width = content.get("card_width", "medium")
    return [_carousel_part(part, width, time_zone) for part in _evenly(cards, CAROUSEL_CARDS)]


def _carousel_part(cards: Sequence[Content], width: str, time_zone: str) -> Json:
    bodies = [_card_body(card, _height(card, width), time_zone) for card in cards]
    return {"richCard": {"carouselCard": {"cardWidth": width.upper(), "cardContents": bodies}}}


def _height(card: Content, width: str) -> str:
    """The media's height; small cards have no tall ones."""
    height: str = card.get("image_size", "medium")
    return "medium" if width == "small" and height == "tall" else height


def _evenly(cards: Sequence[Content], most: int) -> list[Sequence[Content]]:
    """The cards in as few groups as will do, none of them with a single card."""
    groups = ceil(len(cards) / most)
    ends = [len(cards) * number // groups for number in range(groups + 1)]
    return [cards[start:end] for start, end in pairwise(ends)]


def _card_body(card: Content, height: str, time_zone: str) -> Json:
    body: Json = {}
    if card.get("media"):
        body["media"] = {"height": height.upper(), "contentInfo": _content_info(card)}
    if card.get("title"):
        body["title"] = card["title"]
    if card.get("text"):
        body["description"] = card["text"]
    if card.get("buttons"):
        body["suggestions"] = _suggestions(card["buttons"], time_zone)
    return body


def _content_info(content: Content) -> Json:
    info: Json = {"fileUrl": content["media"]["url"], "forceRefresh": False}
    if thumbnail := content.get("thumbnail"):
        info["thumbnailUrl"] = thumbnail["url"]
    return info


CONTENT: Final[Mapping[str, Callable[[Content, str], list[Json]]]] = {
    "text": _text,
    "file": _file,
    "card": _card,
    "carousel": _carousel,
}


# ---- suggestions -------------------------------------------------------------------------------------------------


def _suggestions(suggestions: Sequence[Content], time_zone: str) -> list[Json]:
    return [_suggestion(suggestion, time_zone) for suggestion in suggestions]


def _suggestion(suggestion: Content, time_zone: str) -> Json:
    text = suggestion["text"]
    shared: Json = {"text": text, "postbackData": suggestion.get("postback") or text}
    if suggestion["type"] == "reply":
        return {"reply": shared}
    if suggestion.get("fallback_url"):
        shared["fallbackUrl"] = suggestion["fallback_url"]
    return {"action": shared | ACTIONS[suggestion["type"]](suggestion, time_zone)}


def _open_url(suggestion: Content, time_zone: str) -> Json:
    return {"openUrlAction": {"url": suggestion["url"]}}


def _dial(suggestion: Content, time_zone: str) -> Json:
    return {"dialAction": {"phoneNumber": e164(suggestion["phone"])}}


def _show_location(suggestion: Content, time_zone: str) -> Json:
    if suggestion.get("query"):
        place: Json = {"query": suggestion["query"]}
    else:
        place = {"latLong": {"latitude": float(suggestion["latitude"]), "longitude": float(suggestion["longitude"])}}
    if suggestion.get("label"):
        place["label"] = suggestion["label"]
    return {"viewLocationAction": place}


def _request_location(suggestion: Content, time_zone: str) -> Json:
    return {"shareLocationAction": {}}


def _calendar_event(suggestion: Content, time_zone: str) -> Json:
    event = {
        "startTime": _moment(suggestion["start"], time_zone),
        "endTime": _moment(suggestion["end"], time_zone),
        "title": suggestion["title"],
    }
    if suggestion.get("description"):
        event["description"] = suggestion["description"]
    return {"createCalendarEventAction": event}


def _moment(text: str, time_zone: str) -> str:
    """A moment as RFC 3339 in UTC."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(time_zone))
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


ACTIONS: Final[Mapping[str, Callable[[Content, str], Json]]] = {
    "open_url": _open_url,
    "dial": _dial,
    "show_location": _show_location,
    "request_location": _request_location,
    "calendar_event": _calendar_event,
}
