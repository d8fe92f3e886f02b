"""What a conversation template has to be (AS-3). Pure: `broken_rules` tells all mistakes at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from botflow.errors import Fault
from botflow.rest.types import NAME_LENGTH
from botflow_runtime.content import CHANNELS
from botflow_runtime.templates import BRACES, PLACEHOLDER

TEXT_LENGTH: Final = 4096
"""Characters, placeholders as they are written: what WhatsApp takes in one message, and no channel takes more."""
MOST_FILES: Final = 10
"""Our own: each file is a message, and nobody wants more than so many at once."""

SENTENCES: Final = {
    "missing": "Fill this in.",
    "too_long": "Shorten this: it has {count} characters, and may have {most}.",
    "bad_channel": "Choose one of the channels, or none: then it is for every channel.",
    "empty": "Write a text, or add a file.",
    "bad_placeholder": "Write {found} as {{{{name}}}}: as it is, the contact sees the braces.",
    "too_many": "Keep at most {most} files; there are {count}.",
    "twice": "This file is there already: remove it here.",
    "no_file": "There is no such file in the media library any more: remove it here.",
}
"""The rules by their code, in English; a page that speaks another language has its own."""


def broken_rules(draft: Mapping[str, Any], library: Collection[str] | None) -> list[Fault]:
    """Every broken rule of `name`, `channel`, `text` and `files`. `library`: those of the files that are there.

    None: whether they are there is not judged.
    """
    return [
        *_of_name(draft["name"]),
        *_of_channel(draft["channel"]),
        *_of_text(draft["text"], has_files=bool(draft["files"])),
        *_of_files(draft["files"], library),
    ]


def _of_name(name: str) -> Iterator[Fault]:
    if not name.strip():
        yield _broken("/name", "missing")
    elif len(name) > NAME_LENGTH:
        yield _broken("/name", "too_long", {"count": len(name), "most": NAME_LENGTH})


def _of_channel(channel: str | None) -> Iterator[Fault]:
    if channel is not None and channel not in CHANNELS:
        yield _broken("/channel", "bad_channel")


def _of_text(text: str, *, has_files: bool) -> Iterator[Fault]:
    if not text.strip() and not has_files:
        yield _broken("/text", "empty")
    elif len(text) > TEXT_LENGTH:
        yield _broken("/text", "too_long", {"count": len(text), "most": TEXT_LENGTH})
    else:
        odd = next((found for found in BRACES.findall(text) if not PLACEHOLDER.fullmatch(found)), None)
        if odd is not None:
            yield _broken("/text", "bad_placeholder", {"found": odd})


def _of_files(files: Sequence[str], library: Collection[str] | None) -> Iterator[Fault]:
    if len(files) > MOST_FILES:
        yield _broken("/files", "too_many", {"count": len(files), "most": MOST_FILES})
        return
    for index, key in enumerate(files):
        if key in files[:index]:
            yield _broken(f"/files/{index}", "twice")
        elif library is not None and key not in library:
            yield _broken(f"/files/{index}", "no_file")


def _broken(pointer: str, code: str, values: Mapping[str, int | str] | None = None) -> Fault:
    """A rule that is broken: where (RFC 6901), which, and what stands in its sentence."""
    found = values or {}
    return Fault(pointer, SENTENCES[code].format_map(found), code, found)
