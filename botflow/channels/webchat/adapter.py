"""Web chat: the visitor's history is the device, so what is stored there is sent."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from botflow.channels.contract import (
    Accepted,
    Account,
    ChannelAdapter,
    Credentials,
    Inbound,
    InvalidPayloadError,
    Outbound,
    SendResult,
)
from botflow.channels.webchat.payload import SendPayload, read


def visitor_address(visitor: str) -> str:
    """The address of a visitor. The token is a secret that only the page keeps, so a digest of it is stored."""
    return f"visitor:{sha256(visitor.encode()).hexdigest()}"


class WebChat(ChannelAdapter[Credentials]):
    """The page's channel (MS-11)."""

    name = "webchat"
    channel = "webchat"
    title = "Web chat"
    credentials = Credentials
    needs_addresses = False
    watched = True
    takes_key = True
    rate = 1000.0

    def parse(self, payload: Mapping[str, Any]) -> Inbound:
        """Read the payload of `send`. Raises InvalidPayloadError."""
        message = read(payload, SendPayload)
        if not (message.text or message.postback or message.location):
            raise InvalidPayloadError("A message needs a text, a postback or a location.")
        return Inbound(
            sender=message.sender,
            address=visitor_address(message.visitor),
            vendor_id=message.id,
            text=message.text,
            postback=message.postback,
            location=_location(message.location),
            in_reply_to=message.in_reply_to,
        )

    def send(self, account: Account[Credentials], message: Outbound) -> SendResult:
        """Nothing is left to do: the message enters the visitor's history with this answer."""
        return Accepted()


def _location(given: list[float] | None) -> tuple[float, float] | None:
    if given is None:
        return None
    latitude, longitude = given
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise InvalidPayloadError("location: latitude is -90 to 90, longitude -180 to 180.")
    return latitude, longitude
