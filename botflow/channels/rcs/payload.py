"""What RBM posts to a webhook; fields that are not needed are not read."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, SecretStr

Text = Annotated[str, AfterValidator(lambda text: text.replace("\x00", ""))]  # PostgreSQL has no place for a NUL
Phone = Annotated[str, Field(pattern=r"^\+[0-9]{3,20}$")]
Id = Annotated[Text, Field(min_length=1, max_length=200)]


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class PushedMessage(_Payload):
    """A message of Pub/Sub; `data` is base64."""

    data: str


class Posted(_Payload):
    """The body of a request: the handshake's token and secret, or the envelope of Pub/Sub."""

    client_token: SecretStr | None = Field(None, alias="clientToken")
    secret: str = Field("", max_length=1000)
    message: PushedMessage | None = None


class SuggestionResponse(_Payload):
    """A tapped suggestion; `type` is REPLY or ACTION, and was not always told."""

    postback: Text | None = Field(None, alias="postbackData")
    text: Text | None = None
    type: str = ""


class Location(_Payload):
    """Where the contact is, in degrees."""

    latitude: float = Field(0.0, ge=-90, le=90)  # proto3's JSON leaves a zero out
    longitude: float = Field(0.0, ge=-180, le=180)


class FilePayload(_Payload):
    """A file that the contact sent."""

    uri: Text = Field(alias="fileUri")
    media_type: Text = Field("application/octet-stream", alias="mimeType")
    name: Text | None = Field(None, alias="fileName")


class UserFile(_Payload):
    """A file, beside its thumbnail."""

    payload: FilePayload


class Event(_Payload):
    """A message or an event of a contact, or an event of the platform."""

    agent: str = Field("", alias="agentId")
    contact: Phone | None = Field(None, alias="senderPhoneNumber")
    message: Id | None = Field(None, alias="messageId")
    event: Id | None = Field(None, alias="eventId")
    kind: str | None = Field(None, alias="eventType")
    at: AwareDatetime | None = Field(None, alias="sendTime")
    text: Text | None = None
    suggestion: SuggestionResponse | None = Field(None, alias="suggestionResponse")
    location: Location | None = None
    file: UserFile | None = Field(None, alias="userFile")
