"""Reading mail that anybody may have written: bounded, and with nothing that a database cannot keep."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32
from email.utils import mktime_tz, parsedate_tz
from typing import Final, TypeAlias

from botflow.channels.contract import InvalidPayloadError

Part: TypeAlias = "Message[str, str]"

HEADER_LENGTH: Final = 2000
"""Characters of a header that are read; longer ones are somebody's attempt at keeping us busy."""
NAME_LENGTH: Final = 200
PARTS: Final = 200
NESTING: Final = 20
LINES: Final = 100_000
"""Each is compared with every boundary of the parts around it."""
BOUNDARIES: Final = 50

_BOUNDARY: Final = re.compile(rb"boundary\s{0,9}=", re.IGNORECASE)
_LATEST: Final = 2**53
_MESSAGE_ID: Final = re.compile(r"<([^<>\s]{1,500})>")
_CHARSETS: Final = ("utf", "iso8859", "cp", "koi8", "mac", "gb", "big5", "euc", "shift_jis", "ascii", "iso2022", "tis")
"""Families of encodings that text is really written in; Python's other codecs are no character sets, or slow."""


class _Bounded(Compat32):
    """Cuts headers before anything looks into them: what reads their parameters takes the square of their length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:HEADER_LENGTH]


def parsed(body: bytes) -> Part:
    """A mail, or a part of one. Raises InvalidPayloadError for what would take too long to read."""
    if body.count(b"\n") > LINES or len(_BOUNDARY.findall(body)) > BOUNDARIES:
        raise InvalidPayloadError(f"This mail cannot be read: it has more than {LINES:,} lines, or too many parts.")
    return message_from_bytes(body, policy=_Bounded())


def clean(text: str) -> str:
    """Text that a database keeps: no NUL, no half characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def header(part: Part, name: str) -> str:
    """A header in plain letters (RFC 2047), bounded; empty where there is none."""
    raw = " ".join(str(part.get(name, ""))[:HEADER_LENGTH].split())
    try:
        return clean(str(make_header(decode_header(raw))))
    except (HeaderParseError, LookupError, ValueError):
        return clean(raw)


def message_ids(part: Part, name: str) -> list[str]:
    """The ids in a header such as In-Reply-To, without their brackets."""
    return _MESSAGE_ID.findall(header(part, name))


def moment(part: Part) -> int | None:
    """The Date of a mail, in milliseconds since the epoch."""
    parsed = parsedate_tz(header(part, "Date"))
    if parsed is None:
        return None
    try:
        found = mktime_tz(parsed) * 1000
    except (ValueError, OverflowError):
        return None
    return found if 0 <= found < _LATEST else None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds no others: a text, or a file."""

    part: Part
    media_type: str
    name: str | None
    is_file: bool

    def text(self) -> str:
        """Its bytes as text, in the encoding that it names."""
        content = self.part.get_payload(decode=True)
        return clean(content.decode(_charset(self.part), "replace")) if isinstance(content, bytes) else ""


def leaves(part: Part, depth: int = 0) -> Iterator[Leaf]:
    """The parts of a mail that hold no others, in order. A mail within the mail is a file."""
    inner = part.get_payload() if part.get_content_maintype() == "multipart" and depth < NESTING else None
    if not isinstance(inner, list):
        yield _leaf(part)
        return
    for one in inner[:PARTS]:
        if isinstance(one, Message):
            yield from leaves(one, depth + 1)


def _leaf(part: Part) -> Leaf:
    media_type, name = part.get_content_type()[:NAME_LENGTH], part.get_filename()
    is_file = name is not None or part.get_content_disposition() == "attachment" or not media_type.startswith("text/")
    return Leaf(part, clean(media_type), clean(name)[:NAME_LENGTH] if name else None, is_file)


def _charset(part: Part) -> str:
    try:
        found = codecs.lookup(str(part.get_content_charset("utf-8"))).name.replace("-", "").replace("_", "")
    except (LookupError, ValueError):
        return "utf-8"
    return found if found.startswith(tuple(name.replace("_", "") for name in _CHARSETS)) else "utf-8"
