"""What became of calls, as the gateway tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from botflow.channels.contract import InvalidPayloadError, Report, State

STATES: Final[Mapping[str, tuple[State, str]]] = {
    "answered": ("delivered", ""),
    "completed": ("seen", ""),
    "busy": ("failed", "the line was busy"),
    "no_answer": ("failed", "nobody answered"),
    "failed": ("failed", "the call failed"),
}
"""What each status means, and why a failed one failed. Who heard the text to its end has seen it."""


class Callback(BaseModel):
    """A status of a call; `at` is a moment in milliseconds since the epoch."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: Annotated[str, Field(pattern=r"^[^\x00]+$", max_length=200)]
    status: Literal["queued", "ringing", "answered", "completed", "busy", "no_answer", "failed"]
    at: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    reason: Annotated[str, Field(max_length=2000)] = ""


def report_of(body: bytes) -> Report | None:
    """Read a callback; None: the call goes on. Raises InvalidPayloadError."""
    try:
        callback = Callback.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "body"
        raise InvalidPayloadError(f"{place}: {first['msg']}.") from None
    if callback.status not in STATES:
        return None
    state, reason = STATES[callback.status]
    return Report(callback.id, state, callback.at, reason=callback.reason.replace("\x00", "")[:200] or reason)
