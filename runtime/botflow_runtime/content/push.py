"""Web push (MS-8): picture, header, body, at least one of them; what a push service takes is 4 kB in all."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from botflow_runtime.content.channel import ContentChannel
from botflow_runtime.content.fields import URL, UTF8_BYTES, Text
from botflow_runtime.content.model import Fault, Media, Message, at_least_one

# with the addresses of a picture and of a page both stay below 4 kB once encrypted
HEADER_BYTES: Final = 250
BODY_BYTES: Final = 1500


class PushNotification(Message):
    """A notification in the browser."""

    reads = ("header", "body")

    type: Literal["notification"]
    media: Media | None = Field(None, description="Picture.")
    header: Annotated[str, Text(HEADER_BYTES, UTF8_BYTES)] | None = Field(None, description="First line.")
    body: Annotated[str, Text(BODY_BYTES, UTF8_BYTES)] | None = Field(None, description="Text below it.")
    url: Annotated[str, URL] | None = Field(None, description="Page that a click opens.")

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        yield from super().faults(content)
        yield from at_least_one(content, "media", "header", "body")


CHANNEL: Final = ContentChannel("push", (PushNotification,))
