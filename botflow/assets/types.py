"""What a file is, told from its bytes and never from its name (AS-1)."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from botflow.errors import RequestError

Kind: TypeAlias = Literal["image", "video", "audio", "document", "other"]

LOOKED_AT: Final = 64 * 1024
"""Bytes at both ends that a file is known by."""
MOST_PIXELS: Final = 50_000_000
"""Width times height of a picture: more is a bomb, or of no use in a message."""


class MediaTypeError(RequestError):
    """A file of a type that no message can carry, or a picture that nobody should open."""

    status = 415


@dataclass(frozen=True)
class MediaType:
    """A type of files: its name (RFC 6838), what it is for people, and how its files are called."""

    name: str
    kind: Kind
    extension: str


@dataclass(frozen=True)
class Described:
    """What was found out about a file; width and height of a picture, in pixels."""

    type: MediaType
    width: int | None = None
    height: int | None = None


MEDIA_TYPES: Final = {
    media_type.extension: media_type
    for media_type in (
        MediaType("image/jpeg", "image", ".jpg"),
        MediaType("image/png", "image", ".png"),
        MediaType("image/gif", "image", ".gif"),
        MediaType("image/webp", "image", ".webp"),
        MediaType("video/mp4", "video", ".mp4"),
        MediaType("video/3gpp", "video", ".3gp"),
        MediaType("video/quicktime", "video", ".mov"),
        MediaType("video/webm", "video", ".webm"),
        MediaType("audio/mpeg", "audio", ".mp3"),
        MediaType("audio/mp4", "audio", ".m4a"),
        MediaType("audio/aac", "audio", ".aac"),
        MediaType("audio/amr", "audio", ".amr"),
        MediaType("audio/ogg", "audio", ".ogg"),
        MediaType("audio/wav", "audio", ".wav"),
        MediaType("application/pdf", "document", ".pdf"),
        MediaType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document", ".docx"),
        MediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "document", ".xlsx"),
        MediaType("application/vnd.openxmlformats-officedocument.presentationml.presentation", "document", ".pptx"),
        MediaType("text/vcard", "document", ".vcf"),
        MediaType("text/plain", "document", ".txt"),
    )
}
"""The types of the library, by extension."""

UNKNOWN: Final = MediaType("application/octet-stream", "other", ".bin")
"""A file of a contact that is of no such type: kept, and given to nobody's browser to run."""

ALSO_CALLED: Final = {
    ".jpeg": ".jpg",
    ".jfif": ".jpg",
    ".jpe": ".jpg",
    ".mpga": ".mp3",
    ".oga": ".ogg",
    ".gcrd": ".vcf",
}
MARKUP: Final = frozenset({".html", ".htm", ".xhtml", ".xml", ".svg"})
"""What is text too, and what a browser would run."""
OFFICE_PARTS: Final = {".docx": b"word/", ".xlsx": b"xl/", ".pptx": b"ppt/"}
"""What stands in the list of contents of each kind of office document, which all are zip archives."""
PICTURES: Final = ("JPEG", "PNG", "GIF", "WEBP")


def describe(path: Path) -> Described:
    """What a file is. Raises MediaTypeError."""
    found = _sniffed(path)
    if found is None:
        listed = ", ".join(sorted(extension.removeprefix(".") for extension in MEDIA_TYPES))
        raise MediaTypeError(f"This is no file that a message can carry. Known are {listed}.")
    if found.kind != "image":
        return Described(found)
    return Described(found, *_dimensions(path))


def describe_any(path: Path) -> Described:
    """What a file is that somebody else chose; UNKNOWN where it is nothing of the library."""
    try:
        return describe(path)
    except MediaTypeError:
        return Described(UNKNOWN)


def _sniffed(path: Path) -> MediaType | None:
    head, tail = _ends(path)
    if head.startswith(b"PK\x03\x04"):
        return _office(head + tail)
    extensions = [ALSO_CALLED.get(extension, extension) for extension in _guesses(head)]
    known = (MEDIA_TYPES[extension] for extension in extensions if extension in MEDIA_TYPES)
    return next(known, None) or (None if MARKUP & set(extensions) or not _is_text(head) else MEDIA_TYPES[".txt"])


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
        file.seek(max(path.stat().st_size - LOOKED_AT, 0))
        return head, file.read(LOOKED_AT)


def _guesses(head: bytes) -> Iterable[str]:
    """Extensions of what the file may be, the likeliest first."""
    import puremagic

    try:
        return [match.extension for match in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):
        return []


def _office(ends: bytes) -> MediaType | None:
    if b"[Content_Types].xml" not in ends:
        return None
    return next((MEDIA_TYPES[extension] for extension, part in OFFICE_PARTS.items() if part in ends), None)


def _is_text(head: bytes) -> bool:
    """Whether the beginning of a file is text in UTF-8; a character may be cut off at its end."""
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3 or len(head) < LOOKED_AT:
            return False
        text = head[: error.start].decode("utf-8-sig")
    return bool(text) and all(character.isprintable() or character.isspace() for character in text)


def _dimensions(path: Path) -> tuple[int, int]:
    """Width and height of a picture, from its header: nothing is unpacked."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is below
            with Image.open(path, formats=PICTURES) as picture:
                width, height = picture.size
    except Image.DecompressionBombError:
        raise MediaTypeError(_too_many_pixels()) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise MediaTypeError("This picture cannot be read: it is damaged, or something else.") from None
    if width * height > MOST_PIXELS:
        raise MediaTypeError(_too_many_pixels())
    return width, height


def _too_many_pixels() -> str:
    return f"This picture is too large: it may have {MOST_PIXELS:,} pixels, width times height."
