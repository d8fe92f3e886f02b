"""Mobile push (MS-10): a notification in an app, header and body both required."""

from typing import Annotated, Final, Literal

from pydantic import Field

from botflow_runtime.content.channel import ContentChannel
from botflow_runtime.content.fields import UTF8_BYTES, Text
from botflow_runtime.content.model import Message

# together below the 4 kB that a push service takes
HEADER_BYTES: Final = 250
BODY_BYTES: Final = 3000


class MobilePushNotification(Message):
    """A notification in the company's app."""

    reads = ("header", "body")

    type: Literal["notification"]
    header: Annotated[str, Text(HEADER_BYTES, UTF8_BYTES)] = Field(description="First line.")
    body: Annotated[str, Text(BODY_BYTES, UTF8_BYTES)] = Field(description="Text below it.")


CHANNEL: Final = ContentChannel("mobile_push", (MobilePushNotification,))
