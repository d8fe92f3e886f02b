"""What a WhatsApp template has to be, before the vendor is asked (AS-4). Pure: `problems` tells all mistakes at once.

Components are written as the Graph API has them. Limits are the product's where they are narrower than the vendor's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from botflow_runtime.content import ContentProblem
from botflow_runtime.content.fields import RENDERED, URL, Items, Text
from botflow_runtime.content.model import Content, Fault, Path
from botflow_runtime.content.problems import problems_of

NAME: Final = re.compile(r"[a-z0-9_]{1,512}")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(_[A-Z]{2,3})?")
PACKAGE: Final = re.compile(r"[A-Za-z]\w*(\.[A-Za-z]\w*)+")
SIGNATURE_HASH: Final = re.compile(r"[A-Za-z0-9+/=]{11}")
BRACES: Final = re.compile(r"\{\{([^{}]*)\}\}")
EMOJI: Final = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"  # a flag is two letters
    "|[\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u25aa-\u27bf\u2934-\u2b55\u3030-\u3299\U0001f000-\U0001faff]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]*"
    "(?:\u200d[\u2640-\u27bf\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)
"""One emoji as a person counts them: with its skin tone, and with what is joined to it."""

HEADER_LENGTH: Final = 50
BODY_LENGTH: Final = 550
FOOTER_LENGTH: Final = 60
OFFER_LENGTH: Final = 16
BUTTON_LENGTH: Final = 25
CODE_LENGTH: Final = 15
PHONE_LENGTH: Final = 20
MOST_EMOJI: Final = 10
MOST_BUTTONS: Final = 10
MOST_URLS: Final = 2
CARD_REPLIES: Final = 2
CARD_URLS: Final = 1
LEAST_CARDS: Final = 2
MOST_CARDS: Final = 10
MOST_APPS: Final = 5
MOST_MINUTES: Final = 90
MEDIA_FORMATS: Final = ("IMAGE", "VIDEO", "DOCUMENT")


def problems(template: Mapping[str, Any]) -> list[ContentProblem]:
    """Every mistake in `name`, `language`, `category` and `components`; `category` is one of CATEGORIES."""
    category = template["category"]
    try:
        CATEGORIES[category].model_validate(template, context=RENDERED)
    except ValidationError as error:
        return problems_of(error, template)
    return []


# ---- variables ---------------------------------------------------------------------------------------------------


def _variables(text: object) -> list[str]:
    return [name.strip() for name in BRACES.findall(text)] if isinstance(text, str) else []


def _variable_faults(
    place: Path, text: object, samples: object, sample_place: Path, most: int = 100
) -> Iterator[Fault]:
    """Variables are numbered from 1, each stands once, and each has a sample."""
    names = _variables(text)
    if len(names) > most:
        yield Fault(
            place,
            "too_many_variables",
            f"Keep at most {most} variable here; there are {len(names)}.",
            {"most": most, "found": len(names)},
        )
    if len(set(names)) < len(names):
        yield Fault(place, "same_variable", "Give each variable a number of its own.")
    elif sorted(names) != sorted(str(number + 1) for number in range(len(names))):
        yield Fault(place, "bad_variable", "Number the variables from 1 without gaps: {{1}}, {{2}}.")
    given = samples if isinstance(samples, list) else []
    if len(given) != len(names):
        yield Fault(
            sample_place,
            "samples",
            f"Give {len(names)} samples, one for each variable; there are {len(given)}.",
            {"count": len(names), "found": len(given)},
        )
    for index, sample in enumerate(given):
        if isinstance(sample, str) and not sample.strip():
            yield Fault((*sample_place, index), "blank_sample", "Give a sample: it must not be empty.")


def _sample(component: Mapping[str, Any], name: str) -> object:
    example = component.get("example")
    return example.get(name) if isinstance(example, Mapping) else None


def _no_variables(content: Mapping[str, Any], name: str) -> Iterator[Fault]:
    if _variables(content.get(name)):
        yield Fault((name,), "no_variables", "Leave the variables out: this text has none.")


# ---- components --------------------------------------------------------------------------------------------------


class Samples(Content):
    """Samples of variables and media, as the vendor reviews them."""

    header_text: list[str] | None = None
    header_handle: list[str] | None = None
    header_url: list[str] | None = None
    body_text: list[list[str]] | None = None


class Header(Content):
    """What stands above the text."""

    type: Literal["HEADER"]
    format: Literal["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION"]
    text: Annotated[str, Text(HEADER_LENGTH)] | None = None
    example: Samples | None = None

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        kind, text = content.get("format"), content.get("text")
        if kind == "TEXT":
            if text is None:
                yield Fault(("text",), "missing", "Add `text`: a header of text needs it.")
            place: Path = ("example", "header_text")
            yield from _variable_faults(("text",), text, _sample(content, "header_text"), place, 1)
        elif text is not None:
            yield Fault(("text",), "no_header_text", "Leave the text out: this header is no text.")
        if kind in MEDIA_FORMATS and not (_sample(content, "header_handle") or _sample(content, "header_url")):
            yield Fault(
                ("example", "header_handle"),
                "media_sample",
                "Add a sample of the media: the handle of an uploaded file.",
            )


class BodyText(Content):
    """The text of the message."""

    type: Literal["BODY"]
    text: Annotated[str, Text(BODY_LENGTH)]
    example: Samples | None = None

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        text, samples = content.get("text"), _sample(content, "body_text")
        first = samples[0] if isinstance(samples, list) and samples else []
        yield from _variable_faults(("text",), text, first, ("example", "body_text", 0))
        count = len(EMOJI.findall(text)) if isinstance(text, str) else 0
        if count > MOST_EMOJI:
            yield Fault(
                ("text",),
                "too_many_emoji",
                f"Keep at most {MOST_EMOJI} emoji; there are {count}.",
                {"most": MOST_EMOJI, "found": count},
            )


class Footer(Content):
    """A small line below the text."""

    type: Literal["FOOTER"]
    text: Annotated[str, Text(FOOTER_LENGTH)]

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        yield from _no_variables(content, "text")


class QuickReply(Content):
    """A button that answers with its text."""

    type: Literal["QUICK_REPLY"]
    text: Annotated[str, Text(BUTTON_LENGTH)]

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        yield from _no_variables(content, "text")


class UrlButton(Content):
    """A button that opens an address; a variable may stand at its end."""

    type: Literal["URL"]
    text: Annotated[str, Text(BUTTON_LENGTH)]
    url: Annotated[str, URL]
    example: list[str] | None = None

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        yield from _no_variables(content, "text")
        yield from _variable_faults(("url",), content.get("url"), content.get("example"), ("example",), 1)


class PhoneButton(Content):
    """A button that calls a number."""

    type: Literal["PHONE_NUMBER"]
    text: Annotated[str, Text(BUTTON_LENGTH)]
    phone_number: Annotated[str, Text(PHONE_LENGTH)]


class CodeButton(Content):
    """A button that copies a coupon code; `example` is a code."""

    type: Literal["COPY_CODE"]
    example: Annotated[str, Text(CODE_LENGTH)]


class CatalogButton(Content):
    """A button that opens the catalog."""

    type: Literal["CATALOG"]
    text: Annotated[str, Text(BUTTON_LENGTH)]


class App(Content):
    """An app that may take a one-time password."""

    package_name: Annotated[str, Text(224)]
    signature_hash: Annotated[str, Text(11)]

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        for name, code, pattern, wanted in (
            ("package_name", "bad_package", PACKAGE, "the name of an Android package, such as com.example.shop"),
            (
                "signature_hash",
                "bad_signature_hash",
                SIGNATURE_HASH,
                "the app's signing key hash, which has 11 characters",
            ),
        ):
            value = content.get(name)
            if isinstance(value, str) and value.strip() and not pattern.fullmatch(value):
                yield Fault((name,), code, f"Write {wanted}.")


class OneTimePassword(Content):
    """A button that copies a one-time password, or hands it to an app."""

    type: Literal["OTP"]
    otp_type: Literal["COPY_CODE", "ONE_TAP", "ZERO_TAP"]
    text: Annotated[str, Text(BUTTON_LENGTH)] | None = None
    autofill_text: Annotated[str, Text(BUTTON_LENGTH)] | None = None
    supported_apps: Annotated[list[App], Items(1, MOST_APPS)] | None = None
    zero_tap_terms_accepted: bool | None = None

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        kind = content.get("otp_type")
        if kind in ("ONE_TAP", "ZERO_TAP") and content.get("supported_apps") is None:
            sentence = "Add `supported_apps`: the app's package name and signature hash."
            yield Fault(("supported_apps",), "no_apps", sentence)
        if kind == "COPY_CODE" and content.get("supported_apps") is not None:
            yield Fault(("supported_apps",), "apps_unused", "Leave the apps out: this button only copies.")
        if kind == "ZERO_TAP" and content.get("zero_tap_terms_accepted") is not True:
            sentence = "Accept the vendor's terms of zero-tap: set this to true."
            yield Fault(("zero_tap_terms_accepted",), "terms", sentence)


def _of_type(items: object, kind: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The objects of a list that have this type, with their places. Anything else is left to the types of fields."""
    if not isinstance(items, list):
        return []
    return [(index, item) for index, item in enumerate(items) if isinstance(item, Mapping) and item.get("type") == kind]


def _different(items: object, name: str, sentence: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, item in enumerate(items if isinstance(items, list) else []):
        value = item.get(name) if isinstance(item, Mapping) else None
        if isinstance(value, str) and value in seen:
            yield Fault(("buttons", index, name), f"same_{name}", sentence)
        seen.add(value if isinstance(value, str) else "")


def _at_most(content: Mapping[str, Any], kind: str, most: int, code: str, what: str) -> Iterator[Fault]:
    count = len(_of_type(content.get("buttons"), kind))
    if count > most:
        yield Fault(
            ("buttons",), code, f"Keep at most {most} {what}; there are {count}.", {"most": most, "found": count}
        )


AnyButton = Annotated[QuickReply | UrlButton | PhoneButton | CodeButton | CatalogButton, Field(discriminator="type")]
CardButton = Annotated[QuickReply | UrlButton | PhoneButton, Field(discriminator="type")]


class Buttons(Content):
    """The buttons of a message."""

    type: Literal["BUTTONS"]
    buttons: Annotated[list[AnyButton], Items(1, MOST_BUTTONS)]

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        buttons = content.get("buttons")
        yield from _at_most(content, "URL", MOST_URLS, "too_many_url_buttons", "buttons with an address")
        yield from _at_most(content, "COPY_CODE", 1, "too_many_code_buttons", "button with a code")
        yield from _different(buttons, "text", "Give each button a text of its own.")
        yield from _different(buttons, "url", "Give each button an address of its own.")


class CardButtons(Content):
    """The buttons of a card."""

    type: Literal["BUTTONS"]
    buttons: Annotated[list[CardButton], Items(1, MOST_BUTTONS)]

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        buttons = content.get("buttons")
        yield from _at_most(content, "URL", CARD_URLS, "too_many_url_buttons", "button with an address on a card")
        yield from _at_most(content, "QUICK_REPLY", CARD_REPLIES, "too_many_replies", "replies on a card")
        yield from _different(buttons, "text", "Give each button of a card a text of its own.")
        yield from _different(buttons, "url", "Give each button of a card an address of its own.")


class Offer(Content):
    """What an offer is called, and whether it ends."""

    text: Annotated[str, Text(OFFER_LENGTH)]
    has_expiration: bool | None = None


class LimitedTimeOffer(Content):
    """An offer for a while."""

    type: Literal["LIMITED_TIME_OFFER"]
    limited_time_offer: Offer


CardPart = Annotated[Header | BodyText | CardButtons, Field(discriminator="type")]


class Card(Content):
    """A card of a carousel: media, a text, buttons."""

    components: list[CardPart]

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        parts = content.get("components")
        yield from _once(parts)
        yield from _needs(parts, "HEADER", "BODY", "BUTTONS")
        for index, header in _of_type(parts, "HEADER"):
            if header.get("format") in ("TEXT", "LOCATION"):
                place: Path = ("components", index, "format")
                yield Fault(place, "card_media", "Give the card an image, a video or a document above its text.")


class Carousel(Content):
    """Cards side by side."""

    type: Literal["CAROUSEL"]
    cards: Annotated[list[Card], Items(LEAST_CARDS, MOST_CARDS)]

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        cards = content.get("cards")
        found = [
            (number, index, header.get("format"))
            for number, card in enumerate(cards if isinstance(cards, list) else [])
            if isinstance(card, Mapping)
            for index, header in _of_type(card.get("components"), "HEADER")
        ]
        for number, index, kind in found:
            if kind != found[0][2]:
                place: Path = ("cards", number, "components", index, "format")
                yield Fault(place, "different_headers", "Give all cards headers of one format.")


class CodeText(Content):
    """The text of a one-time password, which is the vendor's."""

    type: Literal["BODY"]
    add_security_recommendation: bool | None = None


class CodeFooter(Content):
    """How long the password is good for."""

    type: Literal["FOOTER"]
    code_expiration_minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)]


class CodeButtons(Content):
    """The one button of a one-time password."""

    type: Literal["BUTTONS"]
    buttons: Annotated[list[OneTimePassword], Items(1, 1)]


# ---- whole templates ---------------------------------------------------------------------------------------------


def _once(parts: object) -> Iterator[Fault]:
    seen: set[object] = set()
    for index, part in enumerate(parts if isinstance(parts, list) else []):
        kind = part.get("type") if isinstance(part, Mapping) else None
        if isinstance(kind, str) and kind in seen:
            yield Fault(
                ("components", index), "duplicate_part", f"Keep one {kind}: there is another before it.", {"kind": kind}
            )
        seen.add(kind if isinstance(kind, str) else index)


def _needs(parts: object, *kinds: str) -> Iterator[Fault]:
    for kind in kinds:
        if isinstance(parts, list) and not _of_type(parts, kind):
            yield Fault(("components",), f"no_{kind.lower()}", f"Add a component of the type {kind}.")


class Template(Content):
    """What every template has."""

    name: str
    language: str
    category: str

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        for name, code, pattern, wanted in (
            ("name", "bad_template_name", NAME, "at most 512 small letters a to z, digits and _"),
            ("language", "bad_language", LANGUAGE, "a language such as en or es_MX"),
        ):
            value = content.get(name)
            if isinstance(value, str) and not pattern.fullmatch(value):
                yield Fault((name,), code, f"Write {wanted}.")
        yield from _once(content.get("components"))
        yield from _needs(content.get("components"), "BODY")


UtilityPart = Annotated[Header | BodyText | Footer | Buttons, Field(discriminator="type")]
MarketingPart = Annotated[
    Header | BodyText | Footer | Buttons | Carousel | LimitedTimeOffer, Field(discriminator="type")
]
CodePart = Annotated[CodeText | CodeFooter | CodeButtons, Field(discriminator="type")]


def _buttons(content: Mapping[str, Any]) -> Sequence[tuple[Path, Mapping[str, Any]]]:
    return [
        (("components", index, "buttons", number), button)
        for index, part in _of_type(content.get("components"), "BUTTONS")
        for number, button in enumerate(part["buttons"] if isinstance(part.get("buttons"), list) else [])
        if isinstance(button, Mapping)
    ]


class Utility(Template):
    """About something the contact has ordered or asked for."""

    components: list[UtilityPart]

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        yield from super().faults(content)
        for place, button in _buttons(content):
            if button.get("type") in ("COPY_CODE", "CATALOG"):
                yield Fault((*place, "type"), "only_marketing", "Coupon codes and catalogs are marketing.")


class Marketing(Template):
    """Everything that promotes something: cards, carousels, coupon codes, offers, catalogs."""

    components: list[MarketingPart]

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        yield from super().faults(content)
        parts = content.get("components")
        if _of_type(parts, "CAROUSEL"):
            for kind in ("HEADER", "FOOTER", "BUTTONS", "LIMITED_TIME_OFFER"):
                for index, _ in _of_type(parts, kind):
                    yield Fault(
                        ("components", index), "only_on_cards", "Leave this out: a carousel has it on its cards only."
                    )
        if _of_type(parts, "LIMITED_TIME_OFFER"):
            yield from _offer_faults(content)
        kinds = [button.get("type") for _, button in _buttons(content)]
        if "CATALOG" in kinds and len(kinds) > 1:
            yield Fault(("components",), "catalog_alone", "The button of the catalog stands alone.")


def _offer_faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    parts = content.get("components")
    if not any(header.get("format") == "IMAGE" for _, header in _of_type(parts, "HEADER")):
        yield Fault(("components",), "offer_image", "Add a header with an image: an offer has one.")
    if not any(button.get("type") == "URL" for _, button in _buttons(content)):
        yield Fault(("components",), "offer_link", "Add a button with an address: an offer has at least one.")
    for place, button in _buttons(content):
        if button.get("type") not in ("URL", "COPY_CODE"):
            yield Fault((*place, "type"), "offer_buttons", "An offer has buttons with an address, and one with a code.")


class Authentication(Template):
    """A one-time password; its text is the vendor's."""

    components: list[CodePart]

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        yield from super().faults(content)
        yield from _needs(content.get("components"), "BUTTONS")


CATEGORIES: Final[Mapping[str, type[Template]]] = {
    "marketing": Marketing,
    "utility": Utility,
    "authentication": Authentication,
}
