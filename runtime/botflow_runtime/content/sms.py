"""SMS (MS-1): a text, sent in as many parts as it needs."""

from typing import Annotated, Final, Literal

from pydantic import Field

from botflow_runtime.content.channel import ContentChannel
from botflow_runtime.content.fields import Text, Unit
from botflow_runtime.content.model import Message
from botflow_runtime.content.segments import GSM7_PART, MAX_PARTS, Segments, parts_of, segments, split

__all__ = ["CHANNEL", "Segments", "SmsText", "segments", "split"]

SMS_PARTS: Final = Unit("SMS parts", parts_of, code_points=GSM7_PART)


class SmsText(Message):
    """A text message."""

    type: Literal["text"]
    text: Annotated[str, Text(MAX_PARTS, SMS_PARTS)] = Field(description="The message.")


CHANNEL: Final = ContentChannel("sms", (SmsText,))
