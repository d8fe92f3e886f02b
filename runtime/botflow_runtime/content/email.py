"""E-mail (MS-7): subject, subtitle and blocks, which wrappers and columns nest."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from botflow_runtime.content.channel import ContentChannel
from botflow_runtime.content.fields import URL, Items, Text
from botflow_runtime.content.model import Content, Fault, Media, Message, lines, objects

SUBJECT_LENGTH: Final = 255
SUBTITLE_LENGTH: Final = 255
TEXT_LENGTH: Final = 20_000
BUTTON_TEXT_LENGTH: Final = 100
ALT_LENGTH: Final = 255
BLOCKS: Final = 100
COLUMNS: Final = 4
SOCIAL_LINKS: Final = 10
SPACER_PIXELS: Final = 200
NESTING: Final = 4

Align = Literal["left", "center", "right"]


class EmailTextBlock(Content):
    """A paragraph or more."""

    type: Literal["text"]
    text: Annotated[str, Text(TEXT_LENGTH)] = Field(description="The text; an empty line parts paragraphs.")
    align: Align = Field("left", description="Where the text stands.")


class EmailImageBlock(Content):
    """A picture, which may lead to a page."""

    type: Literal["image"]
    media: Media = Field(description="The picture.")
    alt: Annotated[str, Text(ALT_LENGTH)] | None = Field(None, description="What it shows, for who cannot see it.")
    url: Annotated[str, URL] | None = Field(None, description="Page that a click opens.")


class EmailButtonBlock(Content):
    """A button that leads to a page."""

    type: Literal["button"]
    text: Annotated[str, Text(BUTTON_TEXT_LENGTH)] = Field(description="What the button says.")
    url: Annotated[str, URL] = Field(description="Page that a click opens.")
    align: Align = Field("center", description="Where the button stands.")


class EmailSocialLink(Content):
    """The company's page on one network."""

    network: Literal[
        "facebook", "instagram", "linkedin", "telegram", "tiktok", "viber", "website", "whatsapp", "x", "youtube"
    ] = Field(description="The network, which chooses the icon.")
    url: Annotated[str, URL] = Field(description="Address of the page.")


class EmailSocialBlock(Content):
    """Icons that lead to social networks."""

    type: Literal["social"]
    links: Annotated[list[EmailSocialLink], Items(1, SOCIAL_LINKS)] = Field(description="The icons, in order.")


class EmailDividerBlock(Content):
    """A line between blocks."""

    type: Literal["divider"]


class EmailSpacerBlock(Content):
    """An empty space between blocks."""

    type: Literal["spacer"]
    height: int = Field(16, ge=1, le=SPACER_PIXELS, description="Height in pixels.")


class EmailWrapperBlock(Content):
    """A marked-out part of the message."""

    type: Literal["wrapper"]
    blocks: "Blocks" = Field(description="What stands in it.")


class EmailColumn(Content):
    """One column."""

    blocks: "Blocks" = Field(description="What stands in it.")


class EmailColumnsBlock(Content):
    """Columns side by side, below each other on a phone."""

    type: Literal["columns"]
    columns: Annotated[list[EmailColumn], Items(1, COLUMNS)] = Field(description="The columns, from left to right.")


Block = Annotated[
    EmailTextBlock
    | EmailImageBlock
    | EmailButtonBlock
    | EmailSocialBlock
    | EmailDividerBlock
    | EmailSpacerBlock
    | EmailWrapperBlock
    | EmailColumnsBlock,
    Field(discriminator="type"),
]
Blocks = Annotated[list[Block], Items(1, BLOCKS)]


class Email(Message):
    """An e-mail."""

    type: Literal["email"]
    subject: Annotated[str, Text(SUBJECT_LENGTH)] = Field(description="Subject line.")
    subtitle: Annotated[str, Text(SUBTITLE_LENGTH)] | None = Field(
        None, description="Line that mail programs show after the subject."
    )
    blocks: Blocks = Field(description=f"The body; wrappers and columns nest {NESTING} levels deep at most.")

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        yield from super().faults(content)
        for path, _ in objects(content):
            # the first object beyond the limit stands for all that it holds
            if path.count("blocks") == NESTING + 1 and path[-2] == "blocks":
                yield Fault(path, "too_deep", f"Nest blocks at most {NESTING} levels deep.", {"most": NESTING})

    @classmethod
    def text_of(cls, content: Mapping[str, Any]) -> str:
        """Subject, subtitle and the text of text blocks, a line each."""
        body = [lines(item, ("text",)) for _, item in objects(content.get("blocks")) if item.get("type") == "text"]
        return "\n".join(filter(None, [lines(content, ("subject", "subtitle")), *body]))


CHANNEL: Final = ContentChannel("email", (Email,))
