"""A message's text made ready for the engines."""

from __future__ import annotations

import re
from functools import lru_cache

import regex

from botflow_runtime.patterns.charset import Tier, tier_of
from botflow_runtime.patterns.limits import BOUNDARIES_AT_ONE_PLACE
from botflow_runtime.patterns.unicode_names import SKIPPED, WORD

WORD_STARTS = "\ufffe"
WORD_ENDS = "\uffff"
"""Written into the text at word boundaries, so that an engine that knows ASCII words only can see Unicode's."""

CORE = f"[{WORD.source()}--{SKIPPED.source()}]"
"""Word characters that word boundaries look at."""

TAIL = f"[{WORD.source()}{SKIPPED.source()}]"
"""Characters that go on with a word."""

TAIL_ONLY = regex.compile(SKIPPED.source(), regex.V1)
"""A character that belongs to the word before it, if there is one."""

_UNREADABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ASCII_WORD = re.compile(r"\w+", re.ASCII)
_WORD = regex.compile(f"{CORE}{TAIL}*", regex.V1)
_MARKED = rf"{WORD_STARTS * BOUNDARIES_AT_ONE_PLACE}\g<0>{WORD_ENDS * BOUNDARIES_AT_ONE_PLACE}"


def readable(text: str) -> str:
    """The text with U+FFFD for what is no character: lone surrogates, and U+FFFE and U+FFFF, which Unicode keeps free."""
    return text if text.isascii() else _UNREADABLE.sub("\ufffd", text)


def words(text: str) -> list[tuple[int, int]]:
    """Where the words of a text start and end, by ICU's rule for word boundaries."""
    return [match.span() for match in _WORD.finditer(text)]


class Subject:
    """One text, with what the engines need to know of it, each found out once."""

    __slots__ = ("has_crlf", "is_ascii", "marked", "text", "tier", "utf8")

    def __init__(self, text: str) -> None:
        self.text = text = readable(text)
        self.is_ascii = text.isascii()
        self.has_crlf = "\r\n" in text
        self.tier: Tier = tier_of(text)
        self.marked: str = (_ASCII_WORD if self.is_ascii else _WORD).sub(_MARKED, text)
        self.utf8 = self.marked.encode()


subject_of = lru_cache(maxsize=8)(Subject)
"""The subject of a text; the newest are kept, because many patterns look at one message."""
