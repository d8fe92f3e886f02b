"""Content as the messages of the Cloud API: one function a content type, in CONTENTS.

What one message cannot hold becomes several, in the order in which a person reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

CAPTION_LENGTH: Final = 1024
FILE_NAME_LENGTH: Final = 240
BODY_LENGTH: Final = 1024
"""Longest text of a message with buttons."""

MEDIA_TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys((".jpg", ".jpeg", ".png"), "image"),
    **dict.fromkeys((".mp4", ".3gp"), "video"),
    **dict.fromkeys((".ogg", ".amr", ".aac", ".mpeg", ".mp3"), "audio"),
    ".webp": "sticker",
}
"""How the Cloud API takes a file; what is not listed is a document. It knows WebP as stickers, and 3GP as video."""
WITH_CAPTION: Final = frozenset({"image", "video", "document"})

Body = dict[str, Any]


def bodies(content: Mapping[str, Any]) -> list[Body]:
    """The messages that content leaves in, without the address."""
    return list(CONTENTS[content["type"]](content))


def _text(content: Mapping[str, Any]) -> Iterator[Body]:
    yield _plain(content["text"])


def _card(content: Mapping[str, Any]) -> Iterator[Body]:
    """Buttons make it interactive; without them it is media with a caption, or a text."""
    header, footer, media = content.get("header"), content.get("footer"), content.get("media")
    if content.get("buttons"):
        yield from _buttons(content, media, header)
        return
    lines = [f"*{header}*"] if header else []
    text = "\n\n".join([*lines, content["text"], *([f"_{footer}_"] if footer else [])])
    yield from _captioned(media, text) if media else iter([_plain(text)])


def _buttons(content: Mapping[str, Any], media: Mapping[str, Any] | None, header: str | None) -> Iterator[Body]:
    """One header is all that there is room for: media comes first where there is a text too, or it cannot be one."""
    if media and (header or _media_type(media) not in WITH_CAPTION):
        yield _media(media)
        media = None
    buttons = [{"type": "reply", "reply": _choice(button)} for button in content["buttons"]]
    shown = _media(media) if media else _header(header)
    yield _interactive("button", content, {"buttons": buttons}, shown)


def _list(content: Mapping[str, Any]) -> Iterator[Body]:
    sections = [
        {
            **({"title": section["title"]} if section.get("title") else {}),
            "rows": [_row(row) for row in section["rows"]],
        }
        for section in content["sections"]
    ]
    action = {"button": content["button"], "sections": sections}
    yield _interactive("list", content, action, _header(content.get("header")))


def _file(content: Mapping[str, Any]) -> Iterator[Body]:
    yield from _captioned(content["media"], content.get("caption") or "")


def _request_location(content: Mapping[str, Any]) -> Iterator[Body]:
    yield _interactive("location_request_message", content, {"name": "send_location"}, None)


def _send_location(content: Mapping[str, Any]) -> Iterator[Body]:
    place = {name: content[name] for name in ("name", "address") if content.get(name)}
    coordinates = {name: float(content[name]) for name in ("latitude", "longitude")}
    yield {"type": "location", "location": {**coordinates, **place}}


def _template(content: Mapping[str, Any]) -> Iterator[Body]:
    template: Body = {"name": content["name"], "language": {"code": content["language"]}}
    components = list(_components(content.get("variables") or {}, content.get("media")))
    if components:
        template["components"] = components
    yield {"type": "template", "template": template}


CONTENTS: Final[Mapping[str, Callable[[Mapping[str, Any]], Iterator[Body]]]] = {
    "text": _text,
    "card": _card,
    "list": _list,
    "file": _file,
    "request_location": _request_location,
    "send_location": _send_location,
    "template": _template,
}


# ---- templates ---------------------------------------------------------------------------------------------------

BUTTONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "button": ("url", "text", "text"),
    "payload": ("quick_reply", "payload", "payload"),
    "code": ("copy_code", "coupon_code", "coupon_code"),
}
"""Variables of buttons, `button.0`: the kind of button, and how its parameter is called."""


def _components(variables: Mapping[str, str], media: Mapping[str, Any] | None) -> Iterator[Body]:
    """`header.NAME` is the variable of the header, `button.INDEX` and its like of a button, all others of the text."""
    grouped: dict[str, dict[str, str]] = {}
    for name, value in variables.items():
        place, _, inner = name.rpartition(".")
        grouped.setdefault(place, {})[inner] = value
    header = [_media(media)] if media else _parameters(grouped.get("header", {}))
    if header:
        yield {"type": "header", "parameters": header}
    body = _parameters(grouped.get("", {}))
    if body:
        yield {"type": "body", "parameters": body}
    for place, (kind, parameter, field) in BUTTONS.items():
        for index, value in sorted(grouped.get(place, {}).items()):
            parameters = [{"type": parameter, field: value}]
            yield {"type": "button", "sub_type": kind, "index": index, "parameters": parameters}


def _parameters(variables: Mapping[str, str]) -> list[Body]:
    """Numbered ones in their order, then named ones."""
    numbered = sorted((name for name in variables if name.isdecimal()), key=int)
    named = [name for name in variables if not name.isdecimal()]
    return [
        *({"type": "text", "text": variables[name]} for name in numbered),
        *({"type": "text", "parameter_name": name, "text": variables[name]} for name in named),
    ]


# ---- parts of messages -------------------------------------------------------------------------------------------


def _plain(text: str) -> Body:
    return {"type": "text", "text": {"body": text}}


def _captioned(media: Mapping[str, Any], text: str) -> Iterator[Body]:
    """Media with the text below; behind it, where it is too long or the media has no place for it."""
    if _media_type(media) in WITH_CAPTION and len(text) <= CAPTION_LENGTH:
        yield _media(media, text)
        return
    yield _media(media)
    if text:
        yield _plain(text)


def _media(media: Mapping[str, Any], caption: str = "") -> Body:
    kind = _media_type(media)
    fields = {"link": media["url"]}
    if caption:
        fields["caption"] = caption
    if kind == "document":
        fields["filename"] = _file_name(media)
    return {"type": kind, kind: fields}


def _media_type(media: Mapping[str, Any]) -> str:
    return MEDIA_TYPES.get(PurePosixPath(_file_name(media)).suffix.lower(), "document")


def _file_name(media: Mapping[str, Any]) -> str:
    path = unquote(urlsplit(media["url"]).path)
    return PurePosixPath(path).name[-FILE_NAME_LENGTH:] or "file"


def _interactive(kind: str, content: Mapping[str, Any], action: Body, header: Body | None) -> Body:
    message: Body = {"type": kind, "body": {"text": content["text"]}, "action": action}
    if header:
        message["header"] = header
    if content.get("footer"):
        message["footer"] = {"text": content["footer"]}
    return {"type": "interactive", "interactive": message}


def _header(text: str | None) -> Body | None:
    return {"type": "text", "text": text} if text else None


def _choice(suggestion: Mapping[str, Any]) -> Body:
    return {"id": suggestion.get("postback") or suggestion["text"], "title": suggestion["text"]}


def _row(row: Mapping[str, Any]) -> Body:
    description = {"description": row["description"]} if row.get("description") else {}
    return {**_choice(row), **description}
