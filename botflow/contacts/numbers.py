"""Phone numbers as E.164 has them."""

from __future__ import annotations

import re
from typing import Final

import phonenumbers

_NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}")


def number_in(address: str) -> str | None:
    """The number that an address is, or None: a visitor's mark, a mail address."""
    return address if _NUMBER.fullmatch(address) else None


def readable_number(text: str) -> str:
    """A number in its one form, `+34600111222`. Raises ValueError with a sentence where it is none."""
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        raise ValueError("write the number with + and its country code: +34600111222") from None
    if not phonenumbers.is_possible_number(number):
        raise ValueError("there is no number of this length in that country")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
