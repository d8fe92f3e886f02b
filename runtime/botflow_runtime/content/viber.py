"""Viber (MS-3): text and file, text with a button, text with media and a button. Limits of the session: MS-4."""

from typing import Annotated, Final, Literal

from pydantic import Field

from botflow_runtime.content.channel import ContentChannel
from botflow_runtime.content.fields import URL, Text
from botflow_runtime.content.model import Media, Message, Suggestion

TEXT_LENGTH: Final = 1000  # the vendor says "symbols" and no more: counted in code points
BUTTON_TEXT_LENGTH: Final = 30
FILE_BYTES: Final = 200 * 1024 * 1024
IMAGE_FORMATS: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".svg"})
VIDEO_FORMATS: Final = frozenset({".mp4"})
DOCUMENT_FORMATS: Final = frozenset(
    {".csv", ".doc", ".docx", ".dot", ".dotx", ".eps", ".fods", ".fodt", ".info", ".odf", ".ods", ".odt"}
    | {".pdax", ".pdf", ".rtf", ".txt", ".xls", ".xlsx", ".xltx", ".xps"}
)

# MS-4, for the sender's side: a session opens when the contact writes
SESSION_HOURS: Final = 24
SESSION_MESSAGES: Final = 60
SESSION_MESSAGES_WITHOUT_REPLY: Final = 10


class ViberFileMedia(Media):
    """A picture, video or document of a format that Viber takes."""

    formats = IMAGE_FORMATS | VIDEO_FORMATS | DOCUMENT_FORMATS
    most_bytes = FILE_BYTES


class ViberImage(Media):
    """A picture of a format that Viber takes."""

    formats = IMAGE_FORMATS
    most_bytes = FILE_BYTES


class ViberButton(Suggestion):
    """A button that opens a web page."""

    type: Literal["open_url"]
    text: Annotated[str, Text(BUTTON_TEXT_LENGTH)] = Field(description="What the button says.")
    url: Annotated[str, URL] = Field(description="Address of the page.")


class ViberText(Message):
    """A text, alone or with a button."""

    type: Literal["text"]
    text: Annotated[str, Text(TEXT_LENGTH)] = Field(description="The message.")
    button: ViberButton | None = Field(None, description="Button under the text.")


class ViberFile(Message):
    """A file alone."""

    reads = ()

    type: Literal["file"]
    media: ViberFileMedia = Field(description="The file.")


class ViberCard(Message):
    """Text, picture and button together."""

    type: Literal["card"]
    text: Annotated[str, Text(TEXT_LENGTH)] = Field(description="The message.")
    media: ViberImage = Field(description="Picture under the text.")
    button: ViberButton = Field(description="Button under the picture.")


CHANNEL: Final = ContentChannel("viber", (ViberText, ViberFile, ViberCard), (ViberButton,))
