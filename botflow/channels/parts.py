"""Messages of contacts that come in parts: which parts make a whole, and its text (3GPP TS 23.040, 9.2.3.24.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Final

import smsutil

from botflow.channels.contract import Inbound, Part

KEPT_HOURS: Final = 24
"""How long a part waits for the others. Longer, and it would meet another message's: references are used again."""
GAP: Final = "[…]"
_GSM7_BEYOND: Final = bytes(range(128, 256))


def whole(parts: Iterable[Part]) -> Inbound | None:
    """The message that parts make, or None while some are missing.

    The parts are those of one message (see Part) that were in no whole yet, in the order in which they came. The same
    part again changes nothing; another one of the same number belongs to a newer message, and takes its place.
    """
    ordered = newest(parts)
    if not ordered or len(ordered) < ordered[0].total:
        return None
    return incomplete(ordered)


def newest(parts: Iterable[Part]) -> list[Part]:
    """Of each number the part of the newest message, in the order of their numbers."""
    chosen: dict[int, Part] = {}
    for part in parts:
        if part.number not in chosen or chosen[part.number].data != part.data:
            chosen[part.number] = part
    return [chosen[number] for number in sorted(chosen)]


def incomplete(parts: Iterable[Part]) -> Inbound:
    """What there is of a message, of which at least one part came; GAP stands where parts are missing."""
    ordered = newest(parts)
    first = ordered[0]
    times = [part.at for part in ordered if part.at is not None]
    return Inbound(first.sender, first.address, _joint_id(ordered), text=_text(ordered), at=max(times, default=None))


def decode(data: bytes, coding: str) -> str:
    """The text of bytes in one of CODINGS. What cannot be read is U+FFFD; NUL, which no database takes, is left out."""
    return CODINGS[coding](data).replace("\0", "")


def _joint_id(parts: list[Part]) -> str:
    """The same for the same parts, and for no others."""
    names = "\0".join(part.vendor_id for part in parts)
    return f"parts-{hashlib.sha256(names.encode()).hexdigest()[:32]}"


def _text(parts: list[Part]) -> str:
    """Bytes of one coding that follow each other are joined before they are read: a part may end within a character."""
    text, following = "", 1
    for _, group in groupby(enumerate(parts), key=lambda pair: (pair[1].coding, pair[1].number - pair[0])):
        run = [part for _, part in group]
        text += GAP * (run[0].number > following) + decode(b"".join(part.data for part in run), run[0].coding)
        following = run[-1].number + 1
    return text + GAP * (following <= parts[0].total)


def _gsm7(data: bytes) -> str:
    """One septet an octet. An octet beyond is no septet: an SMSC that sends one means Latin-1."""
    if data.translate(None, _GSM7_BEYOND) != data:
        return data.decode("latin-1")
    return str(smsutil.decode(data))


def _python(name: str) -> Callable[[bytes], str]:
    return lambda data: data.decode(name, "replace")


CODINGS: Final[Mapping[str, Callable[[bytes], str]]] = {
    "gsm7": _gsm7,
    "ucs2": _python("utf-16-be"),
    "latin1": _python("latin-1"),
    "cyrillic": _python("iso8859-5"),
    "hebrew": _python("iso8859-8"),
    "jis": _python("iso2022-jp"),
    "korean": _python("euc-kr"),
}
"""What turns bytes into text."""
