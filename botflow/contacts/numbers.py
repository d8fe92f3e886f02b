"""Phone numbers as E.164 has them."""

from __future__ import annotations

import phonenumbers


def readable_number(text: str) -> str:
    """A number in its one form, `+34600111222`. Raises ValueError with a sentence where it is none."""
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        raise ValueError("write the number with + and its country code: +34600111222") from None
    if not phonenumbers.is_possible_number(number):
        raise ValueError("there is no number of this length in that country")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
