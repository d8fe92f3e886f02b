"""Google's answers to a message as results (the codes of google.rpc.Code, and what RBM means by them)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

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

Hide: TypeAlias = Callable[[str], str]
"""Takes the sender's secrets out of a text."""


def result(response: VendorResponse, message_id: str, hide: Hide) -> SendResult:
    """What an answer to a message means."""
    content = response.json()
    if response.status == TAKEN_BEFORE or (response.ok and isinstance(content, dict)):
        return Accepted((message_id,))
    if response.ok or response.status in (408, 429) or response.status >= 500:
        return RetryLater(f"Google answered {response.status}{_quoted(content, hide)}", response.retry_after)
    kind, sentence = _meaning(response.status, content)
    return Refused(f"{sentence}{_quoted(content, hide)}", kind)


def told(response: VendorResponse, hide: Hide) -> str:
    """A refusal in words, for whoever asked something else than to send."""
    content = response.json()
    return f"{_meaning(response.status, content)[1]}{_quoted(content, hide)}"


def is_not_capable(response: VendorResponse) -> bool:
    """Whether Google says that the number cannot get RCS messages; a 404 of somebody else says nothing of it."""
    return _meaning(response.status, response.json())[0] == "not_capable"


def _meaning(status: int, content: object) -> tuple[FailureKind, str]:
    if _message(content) is None:
        return "credentials", f"Google answered {status} without saying why. Is its address right?"
    return KINDS.get(status, ("permanent", f"Google answered {status}"))


def _quoted(content: object, hide: Hide) -> str:
    """`: ` and what Google says, or nothing."""
    message = _message(content)
    return f": {hide(message)[:REASON_LENGTH]}" if message else ""


def _message(content: object) -> str | None:
    """What Google says, in the form that all its refusals have."""
    error = content.get("error") if isinstance(content, dict) else None
    message = error.get("message") if isinstance(error, dict) else None
    return message if isinstance(message, str) else None
