"""Google's answers to a message as results (the codes of google.rpc.Code, and what RBM means by them)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botflow.channels.contract import Accepted, FailureKind, Refused, RetryLater, SendResult
from botflow.channels.http import VendorResponse

TAKEN_BEFORE: Final = 409
"""ALREADY_EXISTS: a message with this id was taken before."""

KINDS: Final[Mapping[int, tuple[FailureKind, str]]] = {
    400: ("permanent", "Google does not take the message"),
    401: ("credentials", "Google does not take the access token"),
    403: ("credentials", "The service account may not send for this agent"),
    404: ("not_capable", "This number cannot get RCS messages of this agent"),
    413: ("permanent", "The message is too large for Google"),
}
REASON_LENGTH: Final = 500


def result(response: VendorResponse, message_id: str) -> SendResult:
    """What an answer to a message means."""
    if response.ok or response.status == TAKEN_BEFORE:
        return Accepted((message_id,))
    if response.status == 429 or response.status >= 500 or response.status == 408:
        return RetryLater(f"Google answered {response.status}{_quoted(response)}", response.retry_after)
    kind, sentence = KINDS.get(response.status, ("permanent", f"Google answered {response.status}"))
    return Refused(f"{sentence}{_quoted(response)}", kind)


def told(response: VendorResponse) -> str:
    """A refusal in words, for whoever asked something else than to send."""
    _, sentence = KINDS.get(response.status, ("permanent", f"Google answered {response.status}"))
    return f"{sentence}{_quoted(response)}"


def _quoted(response: VendorResponse) -> str:
    """`: ` and what Google says, or a full stop."""
    content = response.json()
    error = content.get("error") if isinstance(content, dict) else None
    message = error.get("message") if isinstance(error, dict) else None
    return f": {message[:REASON_LENGTH]}" if isinstance(message, str) and message else "."
