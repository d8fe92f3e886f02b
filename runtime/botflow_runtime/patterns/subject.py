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

TEXT_START = "\ufdd6"
TEXT_END = "\ufdd7"
"""Written around the indexed text."""

CORE = f"[{WORD.source()}--{SKIPPED.source()}]"
"""Word characters that word boundaries look at."""

TAIL = f"[{WORD.source()}{SKIPPED.source()}]"
"""Characters that go on with a word."""

IN_WORD = regex.compile(CORE, regex.V1)
"""A character that is certain to be in a word."""

TAIL_ONLY = regex.compile(SKIPPED.source(), regex.V1)
"""A character that belongs to the word before it, if there is one."""

_UNREADABLE = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ASCII_WORD = re.compile(r"\w+", re.ASCII)
_WORD = regex.compile(f"{CORE}{TAIL}*", regex.V1)
_START_MARKS = WORD_STARTS * BOUNDARIES_AT_ONE_PLACE
_END_MARKS = WORD_ENDS * BOUNDARIES_AT_ONE_PLACE
_MARKED = rf"{_START_MARKS}\g<0>{_END_MARKS}"
_LAST_LINE_BREAK = re.compile("(?:\r\n|[\n\v\f\r\x85\u2028\u2029])\\Z")


def readable(text: str) -> str:
    """The text with U+FFFD for lone surrogates and for codes below U+10000 that Unicode keeps free of characters."""
    return text if text.isascii() else _UNREADABLE.sub("\ufffd", text)


def words(text: str) -> list[tuple[int, int]]:
    """Where the words of a text start and end, by ICU's rule for word boundaries."""
    return [match.span() for match in _WORD.finditer(text)]


class Subject:
    """One text, with what the engines need to know of it, each found out once."""

    __slots__ = ("_indexed", "has_crlf", "is_ascii", "keeps_length", "marked", "text", "tier", "utf8")

    def __init__(self, text: str) -> None:
        self.text = text = readable(text)
        self.is_ascii = text.isascii()
        self.has_crlf = "\r\n" in text
        self.tier: Tier = tier_of(text)
        self.keeps_length = self.is_ascii or len(text.casefold()) == len(text)
        """Whether each character folds to one."""
        self.marked: str = (_ASCII_WORD if self.is_ascii else _WORD).sub(_MARKED, text)
        """The text with marks at its word boundaries, for the linear engine."""
        self.utf8 = self.marked.encode()
        self._indexed: str | None = None

    @property
    def indexed(self) -> str:
        """The text case folded, with single marks around its words and itself, without a line break at its end."""
        if self._indexed is None:
            once = self.marked.replace(_START_MARKS, WORD_STARTS).replace(_END_MARKS, WORD_ENDS)
            self._indexed = f"{TEXT_START}{_LAST_LINE_BREAK.sub('', once).casefold()}{TEXT_END}"
        return self._indexed


subject_of = lru_cache(maxsize=8)(Subject)
"""The subject of a text; the newest are kept, because many patterns look at one message."""
