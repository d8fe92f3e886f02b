"""A voice gateway's answers as results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from botflow.channels.contract import Accepted, FailureKind, Refused, RetryLater, SendResult
from botflow.channels.http import VendorResponse

REASON_LENGTH: Final = 200
_ID: Final = re.compile(r"[!-~]{1,200}")
CODES: Final[Mapping[str, FailureKind]] = {"invalid_number": "not_capable", "opted_out": "opted_out"}
"""What a gateway may say in `error` beside a 4xx."""
NOT_LET_IN: Final = frozenset({401, 402, 403, 404, 405})


def result(response: VendorResponse) -> SendResult:
    """What an answer to a call means."""
    content = response.json()
    content = content if isinstance(content, dict) else {}
    if response.ok:
        return _accepted(content)
    reason = f"The voice gateway answered {response.status}{_quoted(content)}"
    if response.status in (408, 429) or response.status >= 500:
        return RetryLater(reason, response.retry_after)
    if str(content.get("error")) in CODES:
        return Refused(reason, CODES[str(content["error"])])
    return Refused(reason, "credentials" if response.status in NOT_LET_IN else "permanent")


def _accepted(content: Mapping[str, Any]) -> SendResult:
    call_id = content.get("id")
    if not isinstance(call_id, str | int) or not _ID.fullmatch(str(call_id)):
        return Refused("The answer of the voice gateway has no id of the call. Is its address right?", "credentials")
    return Accepted((str(call_id),))


def _quoted(content: Mapping[str, Any]) -> str:
    words = [content[name] for name in ("error", "message") if isinstance(content.get(name), str)]
    text = "".join(letter if letter.isprintable() else " " for letter in ": ".join(words))
    return f": {text[:REASON_LENGTH]}" if text else ""
