"""What an application has to be before it is sent in (AS-2). Pure: `broken_rules` tells all mistakes at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import phonenumbers

from botflow.errors import Fault
from botflow.registrations.forms import Contact, Form, RcsForm, SmsForm
from botflow.rest.reading import pointer as pointer_to
from botflow.rest.types import TEXT_LENGTH
from botflow_runtime.content.fields import URL, is_address

SMS_NAME_LENGTH: Final = 11
SMS_DIGITS_LEAST, SMS_DIGITS_MOST = 3, 15
PURPOSE_LENGTH: Final = 500
SAMPLE_LENGTH: Final = 640
COMPANY_LENGTH: Final = 200
RCS_NAME_LENGTH: Final = 40
DESCRIPTION_LENGTH: Final = 100
CONTACT_NAME_LENGTH: Final = 100
PHONE_LENGTH: Final = 25
LABEL_LENGTH: Final = 25
EMAIL_LENGTH: Final = 254
MOST_CONTACTS: Final = 2
DETAILS_LENGTH: Final = 40_000
"""Characters of JSON that all details together may have: twice what a form takes that keeps the rules."""

COUNTRIES: Final = tuple(sorted(phonenumbers.SUPPORTED_REGIONS))
"""Where a sender of SMS can be registered (ISO 3166-1)."""

_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9 ._&-]*[A-Za-z0-9._&-])?")
_DIGITS = re.compile(rf"\+?[0-9]{{{SMS_DIGITS_LEAST},{SMS_DIGITS_MOST}}}")
_PHONE = re.compile(r"\+?(?:[ ().-]*[0-9]){3,15}")
_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Picture:
    """What a picture of the profile has to be: pixels, and the most bytes."""

    width: int
    height: int
    most_bytes: int


LOGO: Final = Picture(240, 240, 90_000)
BACKGROUND: Final = Picture(1440, 448, 120_000)
PICTURE_TYPES: Final = ("image/jpeg", "image/png")


@dataclass(frozen=True)
class File:
    """What is known of a file of the media library."""

    media_type: str
    width: int | None
    height: int | None
    bytes: int


SENTENCES: Final = {
    "missing": "Fill this in.",
    "too_long": "Shorten this: it has {count} characters, and may have {most}.",
    "too_much": "Shorten this: all fields together have {count} characters, and may have {most}.",
    "too_many": "Keep at most {most} of these; there are {count}.",
    "bad_name": "Write a name of at most {most} letters and digits with a letter in it, or a number of {least} to "
    "{digits} digits.",
    "no_country": "Choose at least one country.",
    "bad_country": "Choose a country of the list: its code has two capital letters, such as ES.",
    "bad_phone": "Write a phone number with its country code, such as +34911234567.",
    "bad_url": "Write a web address that begins with http:// or https://.",
    "bad_email": "Write an e-mail address, such as hello@example.com.",
    "bad_color": "Write a colour as # and six digits from 0 to F, such as #0B57D0.",
    "no_contact": "Add a phone number, a website or an e-mail address.",
    "no_file": "There is no such file in the media library any more: choose another.",
    "file_type": "Choose a jpg or png picture.",
    "file_pixels": "Choose a picture of {width} × {height} pixels; this one has {found_width} × {found_height}.",
    "file_bytes": "Choose a smaller file: this one has {count} bytes, and may have {most}.",
}
"""The rules by their code, in English; a page that speaks another language has its own."""


def broken_rules(name: str, form: Form, files: Mapping[str, File] | None) -> list[Fault]:
    """Every broken rule. `files` are those of the media library that the form names, as far as they are there.

    None: pictures are not judged, but for whether they are named.
    """
    return list(_of_sms(name, form) if isinstance(form, SmsForm) else _of_rcs(name, form, files))


def too_much(details: Mapping[str, Any]) -> Fault | None:
    """What is wrong with details that are too long to be judged and kept, told at the longest of them."""
    lengths = {name: len(name) + len(json.dumps(value, ensure_ascii=False)) for name, value in details.items()}
    count = sum(lengths.values())
    if count <= DETAILS_LENGTH:
        return None
    longest = max(lengths, key=lengths.__getitem__)
    return _broken(pointer_to(("details", longest)), "too_much", {"count": count, "most": DETAILS_LENGTH})


def files_in(form: Form) -> list[str]:
    """Keys of the files that a form names."""
    return [key for key in (form.logo, form.background) if key] if isinstance(form, RcsForm) else []


def _broken(pointer: str, code: str, values: Mapping[str, int] | None = None) -> Fault:
    """A rule that is broken: where (RFC 6901), which, and the numbers in its sentence."""
    numbers = values or {}
    return Fault(pointer, SENTENCES[code].format_map(numbers), code, numbers)


def _of_sms(name: str, form: SmsForm) -> Iterator[Fault]:
    sound = _DIGITS.fullmatch(name) or (_NAME.fullmatch(name) and len(name) <= SMS_NAME_LENGTH)
    if not name.strip():
        yield _broken("/name", "missing")
    elif not sound:
        values = {"most": SMS_NAME_LENGTH, "least": SMS_DIGITS_LEAST, "digits": SMS_DIGITS_MOST}
        yield _broken("/name", "bad_name", values)
    if not form.countries:
        yield _broken("/details/countries", "no_country")
    for index, country in enumerate(form.countries):
        if country not in COUNTRIES:
            yield _broken(f"/details/countries/{index}", "bad_country")
    yield from _text("/details/purpose", form.purpose, PURPOSE_LENGTH)
    yield from _text("/details/sample", form.sample, SAMPLE_LENGTH)
    yield from _text("/details/company", form.company, COMPANY_LENGTH)


def _of_rcs(name: str, form: RcsForm, files: Mapping[str, File] | None) -> Iterator[Fault]:
    yield from _text("/name", name, RCS_NAME_LENGTH)
    yield from _text("/details/description", form.description, DESCRIPTION_LENGTH)
    yield from _picture("/details/logo", form.logo, LOGO, files)
    yield from _picture("/details/background", form.background, BACKGROUND, files)
    if not _COLOR.fullmatch(form.color):
        yield _broken("/details/color", "bad_color")
    yield from _text("/details/contact_name", form.contact_name, CONTACT_NAME_LENGTH, optional=True)
    contacts = {"phones": form.phones, "websites": form.websites, "emails": form.emails}
    for kind, given in contacts.items():
        yield from _contacts(f"/details/{kind}", given, *CONTACT_RULES[kind])
    if not any(contacts.values()):
        yield _broken("/details/phones", "no_contact")
    yield from _shaped("/details/privacy_policy", form.privacy_policy, TEXT_LENGTH, "bad_url", _is_url)
    yield from _shaped("/details/terms", form.terms, TEXT_LENGTH, "bad_url", _is_url)
    if form.webhook:
        yield from _shaped("/details/webhook", form.webhook, TEXT_LENGTH, "bad_url", _is_url)


def _text(pointer: str, text: str, most: int, *, optional: bool = False) -> Iterator[Fault]:
    if not text.strip() and not optional:
        yield _broken(pointer, "missing")
    elif len(text) > most:
        yield _broken(pointer, "too_long", {"count": len(text), "most": most})


def _shaped(pointer: str, text: str, most: int, code: str, is_sound: Callable[[str], bool]) -> Iterator[Fault]:
    found = list(_text(pointer, text, most))
    yield from found
    if not found and not is_sound(text):
        yield _broken(pointer, code)


def _contacts(
    pointer: str, given: list[Contact], most: int, code: str, is_sound: Callable[[str], bool]
) -> Iterator[Fault]:
    if len(given) > MOST_CONTACTS:
        yield _broken(pointer, "too_many", {"count": len(given), "most": MOST_CONTACTS})
    for index, contact in enumerate(given):
        yield from _shaped(f"{pointer}/{index}/value", contact.value, most, code, is_sound)
        yield from _text(f"{pointer}/{index}/label", contact.label, LABEL_LENGTH)


def _picture(pointer: str, key: str, wanted: Picture, files: Mapping[str, File] | None) -> Iterator[Fault]:
    if not key:
        yield _broken(pointer, "missing")
    elif files is not None:
        yield from _pictured(pointer, files.get(key), wanted)


def _pictured(pointer: str, file: File | None, wanted: Picture) -> Iterator[Fault]:
    if file is None:
        yield _broken(pointer, "no_file")
    elif file.media_type not in PICTURE_TYPES:
        yield _broken(pointer, "file_type")
    else:
        if (file.width, file.height) != (wanted.width, wanted.height):
            found = {"found_width": file.width or 0, "found_height": file.height or 0}
            yield _broken(pointer, "file_pixels", {"width": wanted.width, "height": wanted.height, **found})
        if file.bytes > wanted.most_bytes:
            yield _broken(pointer, "file_bytes", {"count": file.bytes, "most": wanted.most_bytes})


def _is_url(text: str) -> bool:
    return re.fullmatch(URL.pattern, text) is not None and is_address(text)


CONTACT_RULES: Final[Mapping[str, tuple[int, str, Callable[[str], bool]]]] = {
    "phones": (PHONE_LENGTH, "bad_phone", lambda text: _PHONE.fullmatch(text) is not None),
    "websites": (TEXT_LENGTH, "bad_url", _is_url),
    "emails": (EMAIL_LENGTH, "bad_email", lambda text: _EMAIL.fullmatch(text) is not None),
}
"""Of each way to reach the company: its most characters, and what it has to look like."""
