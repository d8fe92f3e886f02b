"""How a text travels as SMS parts (MS-1): GSM 7-bit (3GPP TS 23.038) where its alphabet suffices, else UCS-2."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

GSM7_SINGLE: Final = 160
GSM7_PART: Final = 153
UCS2_SINGLE: Final = 70
UCS2_PART: Final = 67
MAX_PARTS: Final = 255  # the number of parts is one octet of the concatenation header

GSM7_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENSION: Final = frozenset("\f^{}\\[~]|€")  # an escape septet and a second one
GSM7: Final = GSM7_BASIC | GSM7_EXTENSION


@dataclass(frozen=True)
class Segments:
    """What a text costs. Lengths are septets for `gsm7` and 16-bit units for `ucs2`."""

    encoding: Literal["gsm7", "ucs2"]
    used: int
    """length of the whole text"""
    parts: int
    """messages it travels as; an empty text is one"""
    limit: int
    """the most that fits a part, given this number of parts"""
    remaining: int
    """what still fits the last part"""


def segments(text: str) -> Segments:
    """Count a text's SMS parts, as `split` would cut it."""
    encoding, single, part = _encoding(text)
    used = _length(text, encoding)
    if used <= single:
        return Segments(encoding, used, 1, single, single - used)
    pieces = split(text)
    return Segments(encoding, used, len(pieces), part, part - _length(pieces[-1], encoding))


def split(text: str) -> list[str]:
    """Cut a text into SMS parts that join to it again; an escape pair or a surrogate pair stays in one part."""
    encoding, single, part = _encoding(text)
    if _length(text, encoding) <= single:
        return [text]
    return list(_pieces(text, encoding, part))


def parts_of(text: str) -> int:
    """The number of SMS parts a text travels as."""
    return segments(text).parts


def _encoding(text: str) -> tuple[Literal["gsm7", "ucs2"], int, int]:
    return ("gsm7", GSM7_SINGLE, GSM7_PART) if GSM7.issuperset(text) else ("ucs2", UCS2_SINGLE, UCS2_PART)


def _cost(character: str, encoding: str) -> int:
    is_pair = character in GSM7_EXTENSION if encoding == "gsm7" else ord(character) > 0xFFFF
    return 2 if is_pair else 1


def _length(text: str, encoding: str) -> int:
    return sum(_cost(character, encoding) for character in text)


def _pieces(text: str, encoding: str, part: int) -> Iterator[str]:
    start = length = 0
    for index, character in enumerate(text):
        cost = _cost(character, encoding)
        if length + cost > part:
            yield text[start:index]
            start, length = index, 0
        length += cost
    yield text[start:]
