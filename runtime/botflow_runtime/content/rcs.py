"""RCS (MS-2, MS-12): text, file, rich card, carousel, with suggestions. Lengths as RBM counts them, in UTF-16 units."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from botflow_runtime.content.channel import ContentChannel
from botflow_runtime.content.fields import MOMENT, PHONE, URL, UTF16_UNITS, Items, Number, Text, is_moment
from botflow_runtime.content.model import Content, Fault, Media, Message, Suggestion, at_least_one, objects
from botflow_runtime.content.rcs_vendor import from_vendor

TEXT_LENGTH: Final = 3072
CARD_TITLE_LENGTH: Final = 200
CARD_TEXT_LENGTH: Final = 2000
CARDS: Final = 12
CARD_BUTTONS: Final = 4
SUGGESTIONS: Final = 11
SUGGESTION_TEXT_LENGTH: Final = 25
POSTBACK_LENGTH: Final = 2048
LABEL_LENGTH: Final = 100
EVENT_TITLE_LENGTH: Final = 100
EVENT_DESCRIPTION_LENGTH: Final = 500
QUERY_LENGTH: Final = 200

FallbackUrl = Annotated[str, URL] | None
Label = Annotated[str, Text(LABEL_LENGTH, UTF16_UNITS)] | None


class RcsSuggestion(Suggestion):
    """What every RCS suggestion has."""

    text: Annotated[str, Text(SUGGESTION_TEXT_LENGTH, UTF16_UNITS)] = Field(description="What the button says.")
    postback: Annotated[str, Text(POSTBACK_LENGTH, UTF16_UNITS)] | None = Field(
        None, description="What comes back when it is tapped; the text when left out."
    )


class RcsReply(RcsSuggestion):
    """Send a reply."""

    type: Literal["reply"]


class RcsOpenUrl(RcsSuggestion):
    """Open a web page."""

    type: Literal["open_url"]
    url: Annotated[str, URL] = Field(description="Address of the page.")


class RcsDial(RcsSuggestion):
    """Start a call."""

    type: Literal["dial"]
    phone: Annotated[str, PHONE] = Field(description="Number to call.")
    call: Literal["phone", "enriched", "video"] = Field(
        "phone", description="Kind of call; Google's phones know `phone` only."
    )
    fallback_url: FallbackUrl = Field(None, description="Page for a device that cannot call.")


class RcsShowLocation(RcsSuggestion):
    """Show a place on the map, by coordinates or by what to search for."""

    type: Literal["show_location"]
    latitude: Annotated[float | str, Number(-90, 90)] | None = Field(None, description="Degrees north.")
    longitude: Annotated[float | str, Number(-180, 180)] | None = Field(None, description="Degrees east.")
    query: Annotated[str, Text(QUERY_LENGTH, UTF16_UNITS)] | None = Field(
        None, description="What to search for on the map."
    )
    label: Label = Field(None, description="Title on the map.")
    fallback_url: FallbackUrl = Field(None, description="Page for a device without a map.")

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        given = [content.get(name) is not None for name in ("latitude", "longitude", "query")]
        if given not in ([True, True, False], [False, False, True]):
            yield Fault(
                (), "one_place", "Give the place as `latitude` and `longitude`, or as a `query`, one of the two."
            )


class RcsRequestLocation(RcsSuggestion):
    """Ask the contact to share where they are."""

    type: Literal["request_location"]


class RcsCalendarEvent(RcsSuggestion):
    """Put an event into the contact's calendar."""

    type: Literal["calendar_event"]
    start: Annotated[str, MOMENT] = Field(description="When it begins.")
    end: Annotated[str, MOMENT] = Field(description="When it ends.")
    title: Annotated[str, Text(EVENT_TITLE_LENGTH, UTF16_UNITS)] = Field(description="Title in the calendar.")
    description: Annotated[str, Text(EVENT_DESCRIPTION_LENGTH, UTF16_UNITS)] | None = Field(
        None, description="Description in the calendar."
    )
    fallback_url: FallbackUrl = Field(None, description="Page for a device without a calendar.")

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        start, end = (_moment(content.get(name)) for name in ("start", "end"))
        # a moment with a zone and one without cannot be compared here: the company's zone is the host's to know
        if start and end and (start.tzinfo is None) == (end.tzinfo is None) and end < start:
            yield Fault(("end",), "bad_order", "Let the event end after it begins.")


AnySuggestion = Annotated[
    RcsReply | RcsOpenUrl | RcsDial | RcsShowLocation | RcsRequestLocation | RcsCalendarEvent,
    Field(discriminator="type"),
]
Suggestions = Annotated[list[AnySuggestion], Items(0, SUGGESTIONS)]


class RcsText(Message):
    """A text message."""

    type: Literal["text"]
    text: Annotated[str, Text(TEXT_LENGTH, UTF16_UNITS)] = Field(description="The message.")
    suggestions: Suggestions = Field(default_factory=list, description="Buttons under the message.")


class RcsFile(Message):
    """A file."""

    reads = ("caption",)

    type: Literal["file"]
    media: Media = Field(description="The file.")
    thumbnail: Media | None = Field(None, description="Small picture shown until the file is loaded.")
    caption: Annotated[str, Text(TEXT_LENGTH, UTF16_UNITS)] | None = Field(
        None, description="Text that follows the file as a message of its own."
    )
    suggestions: Suggestions = Field(default_factory=list, description="Buttons under the message.")


class CardBody(Content):
    """What stands in a rich card: at least one of picture, title and text."""

    media: Media | None = Field(None, description="Picture or video of the card.")
    thumbnail: Media | None = Field(None, description="Small picture shown until the media is loaded.")
    image_size: Literal["short", "medium", "tall"] = Field("medium", description="Height of the picture.")
    title: Annotated[str, Text(CARD_TITLE_LENGTH, UTF16_UNITS)] | None = Field(None, description="Title of the card.")
    text: Annotated[str, Text(CARD_TEXT_LENGTH, UTF16_UNITS)] | None = Field(None, description="Text of the card.")
    buttons: Annotated[list[AnySuggestion], Items(0, CARD_BUTTONS)] = Field(
        default_factory=list, description="Buttons inside the card."
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        yield from super().faults(content)
        yield from at_least_one(content, "media", "title", "text")


class RcsCard(CardBody, Message):
    """A rich card."""

    reads = ("title", "text")

    type: Literal["card"]
    layout: Literal["vertical", "horizontal"] = Field("vertical", description="Picture above the text, or beside it.")
    image_side: Literal["left", "right"] = Field("left", description="Side of the picture in a horizontal card.")
    suggestions: Suggestions = Field(default_factory=list, description="Buttons under the message.")


class RcsCarouselCard(CardBody):
    """One card of a carousel."""


class RcsCarousel(Message):
    """Cards to scroll through; a single one is sent as a card."""

    type: Literal["carousel"]
    cards: Annotated[list[RcsCarouselCard], Items(1, CARDS)] = Field(description="The cards, in order.")
    card_width: Literal["small", "medium"] = Field("medium", description="Width of the cards.")
    suggestions: Suggestions = Field(default_factory=list, description="Buttons under the message.")

    @classmethod
    def text_of(cls, content: Mapping[str, Any]) -> str:
        """Each card as it reads alone, an empty line between two."""
        cards = [card for path, card in objects(content.get("cards")) if len(path) == 1]
        return "\n\n".join(filter(None, map(RcsCard.text_of, cards)))


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) and is_moment(value) else None


CHANNEL: Final = ContentChannel(
    "rcs",
    (RcsText, RcsFile, RcsCard, RcsCarousel),
    (RcsReply, RcsOpenUrl, RcsDial, RcsShowLocation, RcsRequestLocation, RcsCalendarEvent),
    from_vendor,
)
