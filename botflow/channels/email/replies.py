"""What the writer of a reply added: without the mail that it answers, and without the signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

LINES: Final = 2000
HTML_LENGTH: Final = 500_000
ATTRIBUTION_LINES: Final = 3
"""Lines over which "On ... wrote:" may be broken."""

_WROTE: Final = re.compile(
    r"(wrote|writes|escribió|escribio|a écrit|schrieb|ha scritto|escreveu|napisał|написал|пише)\b[^\n]{0,100}:\s*$",
    re.IGNORECASE,
)
_BEGINS: Final = re.compile(r"^\s*(on|el|le|am|il|em|a|w dniu)\b", re.IGNORECASE)
_SEPARATOR: Final = re.compile(
    r"^\s*(_{10,}|-{2,} ?(original message|mensaje original|ursprüngliche nachricht|message d'origine)\s?-{2,})\s*$",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"^\W*(from|de|von|da):\W*\s\S", re.IGNORECASE)
_SENT: Final = re.compile(r"^\W*(sent|date|enviado|fecha|gesendet|datum|envoyé|inviato|data)( el)?:", re.IGNORECASE)
_SIGNATURE: Final = "-- "
_BREAKS: Final = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol"})
_LEFT_OUT: Final = frozenset({"style", "script", "head", "title", "blockquote"})
_TAG: Final = re.compile(r"<(?P<closes>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>|<[!?/][^<>]*>")
_HUGE_NUMBER: Final = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")


def new_part(text: str) -> str:
    """The lines above the quoted mail; all of them where the reply stands below it or between its lines."""
    lines = text.splitlines()[:LINES]
    above = _above_quote(lines)
    kept = [line for line in above if not line.lstrip().startswith(">")]
    if not "".join(kept).strip():
        kept = [line for line in _above_signature(lines) if not line.lstrip().startswith(">") and not _wrote(line)]
    return "\n".join(line.rstrip() for line in kept).strip()


def _above_quote(lines: list[str]) -> list[str]:
    lines = _above_signature(lines)
    for index, line in enumerate(lines):
        if _SEPARATOR.match(line) or _is_attribution(lines, index) or _is_header_block(lines, index):
            return lines[:index]
    return lines


def _above_signature(lines: list[str]) -> list[str]:
    return lines[: lines.index(_SIGNATURE)] if _SIGNATURE in lines else lines


def _is_attribution(lines: list[str], first: int) -> bool:
    """Whether "On ... wrote:" begins here, on one line or broken over a few, with a quote or nothing behind it."""
    if not _BEGINS.match(lines[first]):
        return False
    for after in range(first + 1, first + 1 + ATTRIBUTION_LINES):
        if _wrote(" ".join(lines[first:after])):
            following = next((line for line in lines[after:] if line.strip()), ">")
            return following.lstrip().startswith(">")
    return False


def _is_header_block(lines: list[str], first: int) -> bool:
    """Whether the headers of the mail that is answered begin here, as Outlook writes them."""
    return _FROM.match(lines[first]) is not None and any(_SENT.match(line) for line in lines[first + 1 : first + 4])


def _wrote(line: str) -> bool:
    return _WROTE.search(line[-300:]) is not None


def text_of_html(html: str) -> str:
    """The text of a page, a line for each block, without what it quotes.

    It reads each letter once: the parser of the standard library takes the square of the length for what is malformed.
    """
    text = "".join(_shown(_without_comments(html[:HTML_LENGTH])))
    lines = (" ".join(line.split()) for line in unescape(_HUGE_NUMBER.sub("", text)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_comments(html: str) -> str:
    first, *others = html.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in others)


def _shown(html: str) -> Iterator[str]:
    """The texts between tags, and line breaks; what is hidden or quoted is left out."""
    within, end = 0, 0
    for tag in _TAG.finditer(html):
        if not within:
            yield re.sub(r"\s+", " ", html[end : tag.start()])
        end = tag.end()
        name, closes = (tag["name"] or "").lower(), bool(tag["closes"])
        if name in _LEFT_OUT:
            within = max(within - 1, 0) if closes else within + 1
        elif name in _BREAKS and not within:
            yield "\n"
    if not within:
        yield re.sub(r"\s+", " ", html[end:])
