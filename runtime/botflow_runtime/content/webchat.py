"""Web chat (MS-11): the project's own channel; its limits keep a bubble readable and a card on a phone's screen."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from botflow_runtime.content.channel import ContentChannel
from botflow_runtime.content.fields import URL, Items, Text
from botflow_runtime.content.model import Fault, Media, Message, Suggestion, at_least_one

TEXT_LENGTH: Final = 4096
CARD_TITLE_LENGTH: Final = 200
CARD_TEXT_LENGTH: Final = 2000
CAPTION_LENGTH: Final = 1024
CARD_BUTTONS: Final = 4
SUGGESTIONS: Final = 11
SUGGESTION_TEXT_LENGTH: Final = 60
POSTBACK_LENGTH: Final = 2048


class WebchatReply(Suggestion):
    """Send a reply."""

    type: Literal["reply"]
    text: Annotated[str, Text(SUGGESTION_TEXT_LENGTH)] = Field(description="What the button says.")
    postback: Annotated[str, Text(POSTBACK_LENGTH)] | None = Field(
        None, description="What comes back when it is tapped; the text when left out."
    )


class WebchatOpenUrl(Suggestion):
    """Open a web page."""

    type: Literal["open_url"]
    text: Annotated[str, Text(SUGGESTION_TEXT_LENGTH)] = Field(description="What the button says.")
    url: Annotated[str, URL] = Field(description="Address of the page.")


AnySuggestion = Annotated[WebchatReply | WebchatOpenUrl, Field(discriminator="type")]
Suggestions = Annotated[list[AnySuggestion], Items(0, SUGGESTIONS)]


class WebchatText(Message):
    """A text message."""

    type: Literal["text"]
    text: Annotated[str, Text(TEXT_LENGTH)] = Field(description="The message.")
    suggestions: Suggestions = Field(default_factory=list, description="Buttons under the message.")


class WebchatCard(Message):
    """A card with at least one of picture, title and text."""

    reads = ("title", "text")

    type: Literal["card"]
    media: Media | None = Field(None, description="Picture of the card.")
    title: Annotated[str, Text(CARD_TITLE_LENGTH)] | None = Field(None, description="Title of the card.")
    text: Annotated[str, Text(CARD_TEXT_LENGTH)] | None = Field(None, description="Text of the card.")
    buttons: Annotated[list[AnySuggestion], Items(0, CARD_BUTTONS)] = Field(
        default_factory=list, description="Buttons inside the card."
    )
    suggestions: Suggestions = Field(default_factory=list, description="Buttons under the message.")

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        yield from super().faults(content)
        yield from at_least_one(content, "media", "title", "text")


class WebchatFile(Message):
    """A file."""

    reads = ("caption",)

    type: Literal["file"]
    media: Media = Field(description="The file.")
    caption: Annotated[str, Text(CAPTION_LENGTH)] | None = Field(None, description="Text below the file.")
    suggestions: Suggestions = Field(default_factory=list, description="Buttons under the message.")


CHANNEL: Final = ContentChannel("webchat", (WebchatText, WebchatCard, WebchatFile), (WebchatReply, WebchatOpenUrl))
