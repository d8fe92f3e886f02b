"""What Viber posts to a webhook; fields that are not needed are not read."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Text = Annotated[str, AfterValidator(lambda text: text.replace("\x00", ""))]  # PostgreSQL has no place for a NUL
ContactId = Annotated[Text, Field(min_length=1, max_length=200)]


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class User(_Payload):
    """A contact; the id is the bot's own for them."""

    id: ContactId
    name: Text | None = None
    language: Text | None = None


class Location(_Payload):
    """Where the contact is, in degrees."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class SharedContact(_Payload):
    """Somebody from the contact's address book."""

    name: Text = ""
    phone_number: Text = ""


class Message(_Payload):
    """What a contact wrote."""

    type: str
    text: Text | None = None
    media: Text | None = None
    file_name: Text | None = None
    location: Location | None = None
    contact: SharedContact | None = None
    tracking_data: str | None = None


class Callback(_Payload):
    """Any event. `timestamp` is in milliseconds; `silent`: a button was tapped, and the chat does not show it."""

    event: str
    timestamp: int | None = Field(None, ge=0, le=2**53)
    message_token: int | None = Field(None, ge=0, lt=2**64)
    user_id: ContactId | None = None
    user: User | None = None
    sender: User | None = None
    message: Message | None = None
    silent: bool | None = None
    desc: Text | None = None
