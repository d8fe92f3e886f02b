"""FCM's answers as results: its own code where it gives one, else the HTTP status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from botflow.channels.contract import Accepted, FailureKind, Refused, RetryLater, SendResult
from botflow.channels.http import VendorResponse

REASON_LENGTH: Final = 300
FCM_ERROR: Final = "google.firebase.fcm.v1.FcmError"
LATER: Final = frozenset({"QUOTA_EXCEEDED", "UNAVAILABLE", "INTERNAL", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"})

KINDS: Final[Mapping[str, tuple[FailureKind, str]]] = {
    "UNREGISTERED": ("opted_out", "The app is gone from the device, or its token is too old"),
    "SENDER_ID_MISMATCH": ("not_capable", "The contact's token belongs to the app of another project"),
    "INVALID_ARGUMENT": ("permanent", "Firebase does not take the message"),
    "THIRD_PARTY_AUTH_ERROR": ("credentials", "Firebase cannot log in at Apple or at the push service"),
    "UNAUTHENTICATED": ("credentials", "Firebase does not take the access token"),
    "PERMISSION_DENIED": ("credentials", "The service account may not send for this project"),
    "NOT_FOUND": ("credentials", "Firebase does not know the project"),
}


def result(response: VendorResponse, message_id: str) -> SendResult:
    """What an answer to a message means."""
    if response.ok and _name(response.json()):
        return Accepted((message_id,))
    error = _error(response.json())
    code = _code(error)
    if code in LATER or response.status in (408, 429) or response.status >= 500:
        return RetryLater(f"Firebase answered {response.status}{_quoted(error)}", response.retry_after)
    unexplained: tuple[FailureKind, str] = ("permanent", f"Firebase answered {response.status}")
    if not error:
        unexplained = ("credentials", f"{response.status} is no answer of Firebase. Is its address right?")
    kind, sentence = KINDS.get(code, unexplained)
    return Refused(f"{sentence}{_quoted(error)}", kind)


def _name(content: object) -> bool:
    return isinstance(content, dict) and isinstance(content.get("name"), str)


def _error(content: object) -> Mapping[str, Any]:
    error = content.get("error") if isinstance(content, dict) else None
    return error if isinstance(error, dict) else {}


def _code(error: Mapping[str, Any]) -> str:
    """FCM's own code (UNREGISTERED), or that of google.rpc.Code (NOT_FOUND)."""
    return next(_own_codes(error), str(error.get("status", "")))


def _own_codes(error: Mapping[str, Any]) -> Iterator[str]:
    details = error.get("details")
    for detail in details if isinstance(details, list) else ():
        if isinstance(detail, dict) and str(detail.get("@type", "")).endswith(FCM_ERROR):
            yield str(detail.get("errorCode"))


def _quoted(error: Mapping[str, Any]) -> str:
    message = error.get("message")
    return f": {message[:REASON_LENGTH]}" if isinstance(message, str) and message else ""
