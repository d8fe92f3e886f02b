"""What a page may send (docs/reference/webchat-protocol.md), and the limits of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from botflow.channels.contract import InvalidPayloadError

TEXT_LENGTH: Final = 4096
POSTBACK_LENGTH: Final = 2048
KEY_LENGTH: Final = 200
PAYLOAD_BYTES: Final = 64 * 1024

VisitorToken = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="128 random bits as 32 hexadecimal digits")]
ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="made by the page, never used twice")]


def _storable(text: str) -> str:
    # PostgreSQL's text type has no place for it.
    if "\x00" in text:
        raise ValueError("it holds a NUL character")
    return text


Key = Annotated[str, Field(min_length=1, max_length=KEY_LENGTH), AfterValidator(_storable)]
Text = Annotated[str, Field(max_length=TEXT_LENGTH), AfterValidator(_storable)]
Postback = Annotated[str, Field(max_length=POSTBACK_LENGTH), AfterValidator(_storable)]


class VisitorPayload(BaseModel):
    """What every event of a page carries."""

    model_config = ConfigDict(extra="forbid", strict=True)

    sender: Key
    visitor: VisitorToken


class OpenPayload(VisitorPayload):
    """`open`: show the conversation from `after` on."""

    after: int = Field(0, ge=0, le=2**53)


class StartPayload(VisitorPayload):
    """`start`: let the chatbot begin."""


class SendPayload(VisitorPayload):
    """`send`: a text, a tapped suggestion, or a location."""

    id: ClientId
    text: Text | None = None
    postback: Postback | None = None
    in_reply_to: Key | None = None
    location: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None


class ActPayload(VisitorPayload):
    """`act`: a link of a message was opened."""

    id: ClientId
    message: Key
    action: Key


class RestartPayload(VisitorPayload):
    """`restart`: the chatbot begins anew."""

    id: ClientId


PayloadType = TypeVar("PayloadType", bound=VisitorPayload)


def read(payload: object, shape: type[PayloadType]) -> PayloadType:
    """The payload as its type. Raises InvalidPayloadError with one sentence that names the field."""
    if not isinstance(payload, Mapping):
        raise InvalidPayloadError("Send one JSON object.")
    try:
        return shape.model_validate(dict(payload))
    except ValidationError as error:
        first: Mapping[str, Any] = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "payload"
        raise InvalidPayloadError(f"{place}: {first['msg']}.") from None
