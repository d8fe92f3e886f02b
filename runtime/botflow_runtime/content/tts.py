"""Text to speech (MS-9): a text read out in a call."""

from typing import Annotated, Final, Literal

from pydantic import Field

from botflow_runtime.content.channel import ContentChannel
from botflow_runtime.content.fields import Text
from botflow_runtime.content.model import Message

TEXT_LENGTH: Final = 4096


class TtsText(Message):
    """A text read out."""

    type: Literal["text"]
    text: Annotated[str, Text(TEXT_LENGTH)] = Field(description="What is read out.")
    language: Literal["en", "es"] = Field(description="Language of the text: English or Spanish.")
    repeat: Literal[1, 2, 3] = Field(1, description="How many times it is read.")


CHANNEL: Final = ContentChannel("tts", (TtsText,))
