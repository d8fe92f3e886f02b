"""Viber content as messages of the bot API, one function for each content type (MS-3).

A button stands in a keyboard, which Viber shows below the chat until the next message comes. What it opens travels in
`tracking_data` as well, which comes back with the contact's next message, so that a tap is known as one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from pathlib import PurePosixPath
from typing import Any, Final, TypeAlias
from urllib.parse import unquote, urlsplit

Json: TypeAlias = dict[str, Any]
Content: TypeAlias = Mapping[str, Any]

PICTURE_TEXT_LENGTH: Final = 768
"""Text that fits beside a picture; what is longer follows as a message of its own."""
VIDEO_BYTES: Final = 26 * 1024 * 1024
"""Videos that are larger leave as files."""
FILE_BYTES: Final = 200 * 1024 * 1024
FILE_NAME_LENGTH: Final = 256
TRACKING_LENGTH: Final = 4000
PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".gif"})
"""Formats that Viber shows as pictures; others of ours (.bmp, .svg) leave as files."""
SILENT_VERSION: Final = 6
"""The version of the API from which on a tap need not appear as a message in the chat."""


class UnsendableError(Exception):
    """Viber will not take the message; the message is a sentence for its author."""


SizeOf: TypeAlias = Callable[[str], int]
"""The bytes of the file at an address. Raises UnsendableError, OSError."""


def parts(content: Content, size_of: SizeOf) -> list[Json]:
    """The messages that a message leaves as, in order. Raises UnsendableError, and what `size_of` raises."""
    return CONTENT[content["type"]](content, size_of)


def _text(content: Content, size_of: SizeOf) -> list[Json]:
    return [{"type": "text", "text": content["text"], **_keyboard(content.get("button"))}]


def _file(content: Content, size_of: SizeOf) -> list[Json]:
    return [_media(content["media"]["url"], size_of)]


def _card(content: Content, size_of: SizeOf) -> list[Json]:
    media = _media(content["media"]["url"], size_of)
    if media["type"] == "picture" and len(content["text"]) <= PICTURE_TEXT_LENGTH:
        return [{**media, "text": content["text"], **_keyboard(content["button"])}]
    return [media, *_text(content, size_of)]


CONTENT: Final[Mapping[str, Callable[[Content, SizeOf], list[Json]]]] = {
    "text": _text,
    "file": _file,
    "card": _card,
}


def _media(url: str, size_of: SizeOf) -> Json:
    name = _file_name(url)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in PICTURES:
        return {"type": "picture", "text": "", "media": url}
    size = size_of(url)
    if size > FILE_BYTES:
        raise UnsendableError(f"Viber takes files of at most {FILE_BYTES // 1024 // 1024} MB.")
    if suffix == ".mp4" and size <= VIDEO_BYTES:
        return {"type": "video", "media": url, "size": size}
    return {"type": "file", "media": url, "size": size, "file_name": name}


def _file_name(url: str) -> str:
    """The last part of the address, its ending kept."""
    path = PurePosixPath(unquote(urlsplit(url).path))
    return f"{path.stem[: FILE_NAME_LENGTH - len(path.suffix)]}{path.suffix}" or "file"


def _keyboard(button: Content | None) -> Json:
    """The fields of a message with a button."""
    if button is None:
        return {}
    shown = {
        "Columns": 6,
        "Rows": 1,
        "ActionType": "open-url",
        "ActionBody": button["url"],
        "Text": escape(button["text"], quote=False),  # Viber reads it as HTML
        "Silent": True,
    }
    return {
        "keyboard": {"Type": "keyboard", "DefaultHeight": False, "Buttons": [shown]},
        "min_api_version": SILENT_VERSION,
        **_tracked({button["url"]: button["id"]}),
    }


# ---- what travels with a message and comes back ------------------------------------------------------------------


def _tracked(opens: Mapping[str, str]) -> Json:
    text = json.dumps({"opens": opens}, ensure_ascii=False)
    return {"tracking_data": text} if len(text) <= TRACKING_LENGTH else {}


def opened(tracking_data: str | None, text: str) -> str | None:
    """Which suggestion a contact tapped, where the text that came is the address that it opens."""
    try:
        found = json.loads(tracking_data or "{}")
    except (ValueError, RecursionError):
        return None  # not ours
    opens = found.get("opens") if isinstance(found, dict) else None
    suggestion = opens.get(text) if isinstance(opens, dict) else None
    return suggestion if isinstance(suggestion, str) else None
