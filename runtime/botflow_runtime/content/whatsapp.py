"""WhatsApp (MS-5, MS-6): free messages, for 24 hours after the contact's last one, and approved templates."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from botflow_runtime.content.channel import ContentChannel
from botflow_runtime.content.fields import Items, Key, Number, Text
from botflow_runtime.content.model import Content, Fault, Media, Message, Suggestion, lines

# the vendor says "characters" and no more: counted in code points
TEXT_LENGTH: Final = 4096
CARD_HEADER_LENGTH: Final = 20
CARD_TEXT_LENGTH: Final = 1024
FOOTER_LENGTH: Final = 60
CARD_BUTTONS: Final = 3
BUTTON_TEXT_LENGTH: Final = 20
BUTTON_POSTBACK_LENGTH: Final = 256
CAPTION_LENGTH: Final = 1024
LIST_HEADER_LENGTH: Final = 60
LIST_TEXT_LENGTH: Final = 4096
LIST_ROWS: Final = 10
LIST_SECTIONS: Final = 10
SECTION_TITLE_LENGTH: Final = 24
ROW_TEXT_LENGTH: Final = 24
ROW_DESCRIPTION_LENGTH: Final = 72
ROW_POSTBACK_LENGTH: Final = 200
LOCATION_REQUEST_LENGTH: Final = 1024
PLACE_LENGTH: Final = 1000
TEMPLATE_NAME_LENGTH: Final = 512
LANGUAGE_LENGTH: Final = 16
VARIABLE_LENGTH: Final = 1024
FREE_MESSAGE_HOURS: Final = 24

IMAGE_FORMATS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp"})
VIDEO_FORMATS: Final = frozenset({".mp4"})
DOCUMENT_FORMATS: Final = frozenset({".pdf", ".doc", ".docx", ".pptx", ".xlsx"})
AUDIO_FORMATS: Final = frozenset({".ogg", ".amr", ".3gp", ".aac", ".mpeg", ".mp3"})  # .mp3 is MPEG audio


class WhatsAppCardMedia(Media):
    """A picture, video or document of a format that WhatsApp takes."""

    formats = IMAGE_FORMATS | VIDEO_FORMATS | DOCUMENT_FORMATS


class WhatsAppFileMedia(Media):
    """A file of a format that WhatsApp takes."""

    formats = IMAGE_FORMATS | VIDEO_FORMATS | DOCUMENT_FORMATS | AUDIO_FORMATS


class WhatsAppButton(Suggestion):
    """A reply button of a card."""

    type: Literal["reply"]
    text: Annotated[str, Text(BUTTON_TEXT_LENGTH)] = Field(description="What the button says.")
    postback: Annotated[str, Text(BUTTON_POSTBACK_LENGTH)] | None = Field(
        None, description="What comes back when it is tapped; the text when left out."
    )


class WhatsAppRow(Suggestion):
    """One choice of a list."""

    type: Literal["reply"]
    text: Annotated[str, Text(ROW_TEXT_LENGTH)] = Field(description="What the row says.")
    description: Annotated[str, Text(ROW_DESCRIPTION_LENGTH)] | None = Field(None, description="Small print below.")
    postback: Annotated[str, Text(ROW_POSTBACK_LENGTH)] | None = Field(
        None, description="What comes back when it is chosen; the text when left out."
    )


class WhatsAppSection(Content):
    """A group of rows."""

    title: Annotated[str, Text(SECTION_TITLE_LENGTH)] | None = Field(
        None, description="Title of the group; required where there are several."
    )
    rows: Annotated[list[WhatsAppRow], Items(1, LIST_ROWS)] = Field(description="The choices of the group.")


class WhatsAppText(Message):
    """A text message."""

    type: Literal["text"]
    text: Annotated[str, Text(TEXT_LENGTH)] = Field(description="The message.")


class WhatsAppCard(Message):
    """A text with any of picture, video or document, header, footer and reply buttons."""

    reads = ("header", "text", "footer")

    type: Literal["card"]
    media: WhatsAppCardMedia | None = Field(None, description="Picture, video or document above the text.")
    header: Annotated[str, Text(CARD_HEADER_LENGTH)] | None = Field(None, description="Line above the text.")
    text: Annotated[str, Text(CARD_TEXT_LENGTH)] = Field(description="The message.")
    footer: Annotated[str, Text(FOOTER_LENGTH)] | None = Field(None, description="Small print below the text.")
    buttons: Annotated[list[WhatsAppButton], Items(0, CARD_BUTTONS)] = Field(
        default_factory=list, description="Reply buttons."
    )


class WhatsAppList(Message):
    """A text with a button that opens a list, of which one row can be chosen."""

    reads = ("header", "text", "footer")

    type: Literal["list"]
    header: Annotated[str, Text(LIST_HEADER_LENGTH)] | None = Field(None, description="Line above the text.")
    text: Annotated[str, Text(LIST_TEXT_LENGTH)] = Field(description="The message.")
    footer: Annotated[str, Text(FOOTER_LENGTH)] | None = Field(None, description="Small print below the text.")
    button: Annotated[str, Text(BUTTON_TEXT_LENGTH)] = Field(description="What the button that opens the list says.")
    sections: Annotated[list[WhatsAppSection], Items(1, LIST_SECTIONS)] = Field(
        description=f"Groups of rows, {LIST_ROWS} rows in all at most."
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        yield from super().faults(content)
        found = content.get("sections")
        sections = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
        rows = sum(len(section["rows"]) for section in sections if isinstance(section.get("rows"), list))
        if rows > LIST_ROWS:
            sentence = f"Keep at most {LIST_ROWS} rows in all sections together; there are {rows}."
            yield Fault(("sections",), "too_many_rows", sentence, {"found": rows, "most": LIST_ROWS})
        for index, section in enumerate(sections):
            if len(sections) > 1 and section.get("title") is None:
                yield Fault(("sections", index, "title"), "missing", "Add `title`: each of several sections needs one.")


class WhatsAppFile(Message):
    """A file."""

    reads = ("caption",)

    type: Literal["file"]
    media: WhatsAppFileMedia = Field(description="The file.")
    caption: Annotated[str, Text(CAPTION_LENGTH)] | None = Field(None, description="Text below the file.")


class WhatsAppRequestLocation(Message):
    """A question for the contact's location."""

    type: Literal["request_location"]
    text: Annotated[str, Text(LOCATION_REQUEST_LENGTH)] = Field(description="The message.")


class WhatsAppSendLocation(Message):
    """A place on the map."""

    type: Literal["send_location"]
    latitude: Annotated[float | str, Number(-90, 90)] = Field(description="Degrees north.")
    longitude: Annotated[float | str, Number(-180, 180)] = Field(description="Degrees east.")
    name: Annotated[str, Text(PLACE_LENGTH)] | None = Field(None, description="Name of the place.")
    address: Annotated[str, Text(PLACE_LENGTH)] | None = Field(None, description="Address of the place.")

    @classmethod
    def text_of(cls, content: Mapping[str, Any]) -> str:
        """Name and address, a line each, or the coordinates (`40.4,-3.7`) where there is neither."""
        coordinates = [str(content[name]) for name in ("latitude", "longitude") if name in content]
        return lines(content, ("name", "address")) or ",".join(coordinates)


class WhatsAppTemplate(Message):
    """An approved template with all its variables filled (MS-6)."""

    reads = ("name",)

    type: Literal["template"]
    name: Annotated[str, Key(TEMPLATE_NAME_LENGTH)] = Field(description="Name of the approved template.")
    language: Annotated[str, Key(LANGUAGE_LENGTH)] = Field(description="Language of the template, such as en or es_MX.")
    variables: dict[str, Annotated[str, Text(VARIABLE_LENGTH)]] = Field(
        default_factory=dict, description="A text for each variable of the template, by its name or number."
    )
    media: WhatsAppCardMedia | None = Field(None, description="Media of the template's header.")

    @classmethod
    def templates(cls, content: Mapping[str, Any]) -> tuple[str, ...]:
        name = content.get("name")
        return (name,) if isinstance(name, str) else ()


CHANNEL: Final = ContentChannel(
    "whatsapp",
    (
        WhatsAppText,
        WhatsAppCard,
        WhatsAppList,
        WhatsAppFile,
        WhatsAppRequestLocation,
        WhatsAppSendLocation,
        WhatsAppTemplate,
    ),
    (WhatsAppButton, WhatsAppRow),
)
