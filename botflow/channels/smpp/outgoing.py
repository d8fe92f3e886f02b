"""A message as submit_sm packets: its alphabet, its parts, its addresses, how long it is worth something."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, Literal

import smsutil

from botflow.channels.contract import Account, Outbound
from botflow.channels.smpp.credentials import SmppCredentials
from botflow.channels.smpp.pdu import Address, ShortMessage
from botflow_runtime.content.segments import GSM7, MAX_PARTS

Alphabet = Literal["gsm7", "latin1", "ucs2"]

UDH_PRESENT: Final = 0x40
SHORT_MESSAGE_OCTETS: Final = 140
SEPTETS: Final = 160
LONGEST_ADDRESS: Final = 20
LONGEST_PAYLOAD: Final = 64_000

ALPHANUMERIC: Final = (5, 0)
SHORT_CODE: Final = (3, 0)
INTERNATIONAL: Final = (1, 1)
SHORT_CODE_DIGITS: Final = 6

DEFAULT_CODING: Final = 0
LATIN1_CODING: Final = 3
UCS2_CODING: Final = 8

LONGEST_VALIDITY_SECONDS: Final = 30 * 86_400
"""A relative validity period counts days up to 30 without a word about months."""

_PHONE_MARKS: Final = re.compile(r"[\s().-]")


class UnsendableError(ValueError):
    """The message cannot leave over SMPP; the message is a sentence for a person."""


def bodies(account: Account[SmppCredentials], message: Outbound) -> list[bytes]:
    """The bodies of submit_sm, one for each part. Raises UnsendableError."""
    settings = account.credentials
    text = message.content.get("text")
    if not isinstance(text, str) or not text:
        raise UnsendableError("An SMS needs a text.")
    alphabet, data_coding = _alphabet(text, settings)
    whole = ShortMessage(
        source=source_of(account),
        destination=_destination(message.address, settings),
        data=_ENCODERS[alphabet](text),
        data_coding=data_coding,
        registered_delivery=settings.registered_delivery,
        service_type=settings.service_type,
        validity_period=_validity(message.ttl_seconds),
    )
    if len(whole.data) <= _MOST_OCTETS[alphabet]:
        return [whole.encoded()]
    if settings.long_messages == "payload":
        return [_as_payload(whole)]
    return [part.encoded() for part in _parts(whole, text, alphabet, settings.long_messages, message.id)]


def source_of(account: Account[SmppCredentials]) -> Address:
    """What messages of a sender come from. Raises UnsendableError."""
    settings, text = account.credentials, account.identity.strip()
    if not text or not (text.isascii() and text.isprintable()):
        raise UnsendableError("The sender has no number or name that SMS can show: set its identity.")
    digits = _PHONE_MARKS.sub("", text).removeprefix("+")
    if digits.isdigit():
        by_look = SHORT_CODE if len(digits) <= SHORT_CODE_DIGITS else INTERNATIONAL
        text = digits
    else:
        by_look = ALPHANUMERIC
    if len(text) > LONGEST_ADDRESS:
        raise UnsendableError(f"The sender's number or name is longer than {LONGEST_ADDRESS} characters.")
    ton = by_look[0] if settings.source_ton is None else settings.source_ton
    npi = by_look[1] if settings.source_npi is None else settings.source_npi
    return Address(text, ton, npi)


def _destination(address: str, settings: SmppCredentials) -> Address:
    digits = _PHONE_MARKS.sub("", address).removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_ADDRESS):
        raise UnsendableError("The contact's address is no phone number.")
    return Address(digits, settings.destination_ton, settings.destination_npi)


def _alphabet(text: str, settings: SmppCredentials) -> tuple[Alphabet, int]:
    """The alphabet with the shortest characters that suffices, and its data coding."""
    if settings.default_alphabet == "gsm7" and GSM7.issuperset(text):
        return "gsm7", DEFAULT_CODING
    if settings.default_alphabet == "latin1" and _is_latin1(text):
        return "latin1", DEFAULT_CODING
    if settings.latin1 and _is_latin1(text):
        return "latin1", LATIN1_CODING
    return "ucs2", UCS2_CODING


def _is_latin1(text: str) -> bool:
    return all(character <= "\xff" for character in text)


_ENCODERS: Final[Mapping[Alphabet, Callable[[str], bytes]]] = {
    "gsm7": lambda text: text.encode("gsm0338"),  # smsutil's codec
    "latin1": lambda text: text.encode("latin-1"),
    "ucs2": lambda text: text.encode("utf-16-be", "replace"),  # half a surrogate pair is no character
}
_MOST_OCTETS: Final[Mapping[Alphabet, int]] = {
    "gsm7": SEPTETS,  # an octet each on this line
    "latin1": SHORT_MESSAGE_OCTETS,
    "ucs2": SHORT_MESSAGE_OCTETS,
}


def _as_payload(whole: ShortMessage) -> bytes:
    if len(whole.data) > LONGEST_PAYLOAD:
        raise UnsendableError(f"The text is longer than {LONGEST_PAYLOAD:,} octets.")
    return whole.encoded()


def _parts(
    whole: ShortMessage, text: str, alphabet: Alphabet, header: Literal["udh8", "udh16"], message_id: str
) -> list[ShortMessage]:
    # The same reference for the same message: a phone that has some of its parts takes the others at the next attempt.
    reference = zlib.crc32(message_id.encode("utf-8", "replace"))
    element = b"\x00\x03%c" % (reference & 0xFF) if header == "udh8" else b"\x08\x04" + (reference & 0xFFFF).to_bytes(2)
    pieces = _split(text, alphabet, len(element) + 3)
    if len(pieces) > MAX_PARTS:
        raise UnsendableError(f"The text needs {len(pieces)} SMS parts, and {MAX_PARTS} is the most.")
    return [
        replace(
            whole,
            data=b"%c%b%c%c%b" % (len(element) + 2, element, len(pieces), number, _ENCODERS[alphabet](piece)),
            esm_class=UDH_PRESENT,
        )
        for number, piece in enumerate(pieces, 1)
    ]


def _split(text: str, alphabet: Alphabet, header: int) -> list[str]:
    """Pieces of which none cuts an extension character or a surrogate pair; `header` are octets that each also has."""
    octets = SHORT_MESSAGE_OCTETS - header
    if alphabet == "latin1":
        return [text[start : start + octets] for start in range(0, len(text), octets)]
    if alphabet == "gsm7":
        split = smsutil.gsm_split(text, multi_part_bytes=octets * 8 // 7)
    else:
        split = smsutil.unicode_split(text, multi_part_bytes=octets - octets % 2)
    return [part.content for part in split.parts]


def _validity(seconds: int | None) -> str:
    """A relative time (7.1.1.2): YYMMDDhhmmss000R."""
    if seconds is None:
        return ""
    seconds = max(1, min(seconds, LONGEST_VALIDITY_SECONDS))
    days, seconds = divmod(seconds, 86_400)
    return f"0000{days:02}{seconds // 3600:02}{seconds // 60 % 60:02}{seconds % 60:02}000R"
