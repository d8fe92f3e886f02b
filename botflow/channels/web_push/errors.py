"""Push services' answers to a message as results (RFC 8030, 5 and 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botflow.channels.contract import Accepted, FailureKind, Refused, RetryLater, SendResult
from botflow.channels.http import VendorResponse

REASON_LENGTH: Final = 200
KINDS: Final[Mapping[int, tuple[FailureKind, str]]] = {
    401: ("credentials", "The push service does not take the VAPID key"),
    403: ("credentials", "The push service does not take the VAPID key"),
    404: ("opted_out", "The subscription is gone"),
    410: ("opted_out", "The subscription is gone"),
    413: ("permanent", "The message is too large for the push service"),
}


def result(response: VendorResponse, message_id: str) -> SendResult:
    """What an answer to a message means."""
    if response.ok:
        return Accepted((message_id,))
    if response.status in (408, 429) or response.status >= 500:
        return RetryLater(f"The push service answered {response.status}{_quoted(response)}", response.retry_after)
    kind, sentence = KINDS.get(response.status, ("permanent", f"The push service answered {response.status}"))
    return Refused(f"{sentence}{_quoted(response)}", kind)


def _quoted(response: VendorResponse) -> str:
    """`: ` and what the service says, on one line, or nothing."""
    text = response.body[: 4 * REASON_LENGTH].decode("utf-8", "replace")
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:REASON_LENGTH]
    return f": {words}" if words else ""
