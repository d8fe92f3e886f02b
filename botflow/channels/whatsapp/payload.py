"""What WhatsApp posts to a webhook; fields that are not needed are not read, and what is not understood is left out.

Messages and statuses are read one by one, so that one which cannot be read does not keep the others out.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from botflow.channels.contract import InvalidPayloadError

ID_LENGTH: Final = 500
TEXT_LENGTH: Final = 65_536
LATEST_SECONDS: Final = 2**40


def _storable(value: Any) -> Any:
    """A text that a database takes: PostgreSQL has no place for a NUL, and UTF-8 none for half a surrogate pair."""
    if not isinstance(value, str):
        return value
    return value.replace("\x00", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def storable(value: Any) -> Any:
    """The same for a whole JSON value."""
    if isinstance(value, dict):
        return {_storable(key): storable(item) for key, item in value.items()}
    return [storable(item) for item in value] if isinstance(value, list) else _storable(value)


def _number_as_text(value: object) -> object:
    """WhatsApp writes the id of a template as a number here, and as a text elsewhere; what is neither says nothing."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)[:ID_LENGTH] if abs(value) < 2**64 else None
    return _storable(value)[:ID_LENGTH] or None if isinstance(value, str) else None


Text = Annotated[str, BeforeValidator(_storable), Field(max_length=TEXT_LENGTH)]
Id = Annotated[str, BeforeValidator(_storable), Field(min_length=1, max_length=ID_LENGTH)]
Seconds = Annotated[int, Field(ge=0, le=LATEST_SECONDS)]


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Change(_Payload):
    """A change of the field that the app subscribed to."""

    field: str
    value: dict[str, Any] = {}


class Entry(_Payload):
    """Changes of one business account."""

    changes: list[Change] = []


class Webhook(_Payload):
    """A whole webhook."""

    entry: list[Entry]


class Metadata(_Payload):
    """Whose messages they are."""

    phone_number_id: str


class Messages(_Payload):
    """The value of the field `messages`."""

    metadata: Metadata
    contacts: list[Any] = []
    messages: list[Any] = []
    statuses: list[Any] = []
    errors: list[Any] = []


class Profile(_Payload):
    """How a contact calls themselves."""

    name: Text | None = None


class Contact(_Payload):
    """Who wrote. A contact who goes by a user name may have no number, but the business's own id for them."""

    wa_id: Id | None = None
    user_id: Id | None = None
    profile: Profile = Profile()


class Context(_Payload):
    """The message that one answers."""

    id: Id | None = None


class Envelope(_Payload):
    """What every message has; `from` is missing where the contact shows no number."""

    id: Id
    type: str = "unsupported"
    phone: Id | None = Field(None, alias="from")
    from_user_id: Id | None = None
    timestamp: Seconds | None = None
    context: Context | None = None


class Words(_Payload):
    """The content of a text."""

    body: Text


class Button(_Payload):
    """A tapped quick reply of a template."""

    text: Text | None = None
    payload: Text | None = None


class Choice(_Payload):
    """A tapped button, or a row of a list."""

    id: Text
    title: Text | None = None


class Interactive(_Payload):
    """What a contact tapped."""

    button_reply: Choice | None = None
    list_reply: Choice | None = None


class Medium(_Payload):
    """A file; the id is good for a call that tells its address."""

    id: Id
    mime_type: Text = "application/octet-stream"
    filename: Text | None = None
    caption: Text | None = None


class Place(_Payload):
    """Where the contact is, or wants us to look, in degrees."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class CardName(_Payload):
    """The name of somebody in the contact's address book."""

    formatted_name: Text = ""


class CardPhone(_Payload):
    """A number of theirs."""

    phone: Text = ""


class Card(_Payload):
    """Somebody from the contact's address book."""

    name: CardName = CardName()
    phones: list[CardPhone] = []


class ErrorData(_Payload):
    """More of an error."""

    details: Text = ""


class Failure(_Payload):
    """Why a message was not delivered, or what is wrong with the account."""

    code: int | None = None
    title: Text = ""
    message: Text = ""
    error_data: ErrorData = ErrorData()


class Status(_Payload):
    """What became of a message; `biz_opaque_callback_data` is what we sent along."""

    id: Id
    status: str
    timestamp: Seconds | None = None
    errors: list[Failure] = []
    biz_opaque_callback_data: Id | None = None


class Rejection(_Payload):
    """Why a template was refused, in words."""

    reason: Text = ""


class Template(_Payload):
    """The value of the field `message_template_status_update`."""

    event: Id
    message_template_id: Annotated[str | None, BeforeValidator(_number_as_text)] = None
    message_template_name: Id
    message_template_language: Id
    reason: Text | None = None
    rejection_info: Rejection | None = None


Shape = TypeVar("Shape", bound=BaseModel)


def webhook(body: bytes) -> Webhook:
    """The whole webhook. Raises InvalidPayloadError with a sentence that names the field."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidPayloadError("The body is no JSON.") from None
    try:
        return Webhook.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"])) or "body"
        raise InvalidPayloadError(f"{place}: {first['msg']}.") from None


def understood(shape: type[Shape], value: object) -> Shape | None:
    """A value as its shape, or None where it is not of it."""
    try:
        return shape.model_validate(value)
    except ValidationError:
        return None
