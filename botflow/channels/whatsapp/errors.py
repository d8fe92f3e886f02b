"""What WhatsApp's error codes mean for a message, and for its sender."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botflow.channels.contract import FailureKind, Refused, RetryLater, SendResult
from botflow.channels.http import VendorResponse

PAIR_SECONDS: Final = 6.0
"""The Cloud API takes one message every six seconds for a pair of numbers, beyond a short burst."""
REASON_LENGTH: Final = 300

KINDS: Final[Mapping[int, FailureKind]] = {
    **dict.fromkeys((0, 3, 10, 33, 190, 368, 2500, *range(200, 300)), "credentials"),
    **dict.fromkeys((131005, 131031, 131037, 131042, 131045, 133005, 133006, 133010), "credentials"),
    **dict.fromkeys((1, 2, 4, 80007, 130429), "later"),
    **dict.fromkeys((131000, 131016, 131048, 131056, 131057, 133004, 133015, 133016, 132069), "later"),
    **dict.fromkeys((130472, 130497, 131021, 131047, 131049, 131051), "permanent"),
    **dict.fromkeys((132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068), "permanent"),
    131026: "not_capable",
    131050: "opted_out",
}
"""Of other codes the status of the answer decides."""

SENTENCES: Final[Mapping[int, str]] = {
    131026: "This number cannot get WhatsApp messages",
    131047: "More than 24 hours have passed since the contact wrote: only a template can be sent now",
    131050: "The contact has stopped marketing messages of this business",
    131056: "Too many messages to this contact in a short time",
    130429: "The phone number sends as fast as it may",
    80007: "The business account makes as many calls as it may",
    190: "The access token is not valid any more",
    132001: "There is no such template in this language, or it is not approved",
    132015: "The template is paused",
    132016: "The template is disabled",
    133010: "The phone number is not registered",
}
"""What we say of codes that people meet often; of others, what WhatsApp says."""


def kind_of(code: int | None, status: int = 400) -> FailureKind:
    """The kind of a failure, by its code and the HTTP status of the answer."""
    known = None if code is None else KINDS.get(code)
    if known is not None:
        return known
    if status in (408, 429) or status >= 500:
        return "later"
    return "credentials" if status in (401, 403, 404) else "permanent"


def reason(code: int | None, said: str) -> str:
    """A sentence for a person; `said` is what WhatsApp says."""
    if code is None:
        return said[:REASON_LENGTH]
    return f"{SENTENCES.get(code) or said[:REASON_LENGTH] or 'WhatsApp gives no reason'} ({code})."


def refusal(response: VendorResponse) -> SendResult:
    """What an answer that is no acceptance means."""
    error = _error(response)
    code = _code(error)
    if error.get("error_subcode") == 33:  # code 100 of an object that this token does not see
        kind: FailureKind = "credentials"
    else:
        kind = kind_of(code, response.status)
    said = told(response)
    if kind == "later":
        return RetryLater(said, PAIR_SECONDS if code == 131056 else response.retry_after)
    return Refused(said, kind)


def told(response: VendorResponse) -> str:
    """What an answer says of its error."""
    error = _error(response)
    if not error:
        return f"WhatsApp answered {response.status}, and nothing that its API would. Look at base_url."
    data = error.get("error_data")
    details = data.get("details") if isinstance(data, dict) else None
    said = next((text for text in (details, error.get("message")) if isinstance(text, str) and text), "")
    return reason(_code(error), said)


def _error(response: VendorResponse) -> Mapping[str, Any]:
    content = response.json()
    error = content.get("error") if isinstance(content, dict) else None
    return error if isinstance(error, dict) else {}


def _code(error: Mapping[str, Any]) -> int | None:
    code = error.get("code")
    return code if isinstance(code, int) else None
