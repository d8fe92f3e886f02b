"""What a mail server's code means for us (RFC 5321, 4.2; RFC 3463 for the code of three numbers)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from botflow.channels.contract import FailureKind, Refused, RetryLater

REASON_LENGTH: Final = 200
SERVICE_CLOSING: Final = 421
NOT_LET_IN: Final = frozenset({530, 534, 535, 538})
NO_SUCH_MAILBOX: Final = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})

_STATUS: Final = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


def result_of(code: int, reply: bytes | str) -> RetryLater | Refused:
    """What becomes of a message that was answered with this code."""
    words = f"The mail server answered {code}: {plain(reply)}"
    if code < 500:
        return RetryLater(words)
    if code in NOT_LET_IN:
        return Refused(words, "credentials")
    return Refused(words, kind_of(plain(reply)))


def sender_refused(code: int, reply: bytes | str) -> RetryLater | Refused:
    """The same where the server refuses us or the sender's address: then no message of it goes."""
    result = result_of(code, reply)
    return Refused(result.reason, "credentials") if isinstance(result, Refused) else result


def kind_of(words: str) -> FailureKind:
    """Why a mail came back, by the status (5.1.1) that stands in the words."""
    found = _STATUS.search(words)
    return "not_capable" if found and found.group() in NO_SUCH_MAILBOX else "permanent"


def plain(reply: bytes | str) -> str:
    """A server's words on one line, without control characters, bounded."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    shown = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in text[: 2 * REASON_LENGTH])
    return " ".join(shown.split())[:REASON_LENGTH]
