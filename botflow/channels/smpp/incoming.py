"""What deliver_sm and data_sm bring: a message, a part of one, a delivery report, or nothing that counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from botflow.channels.contract import Inbound, Part, Report
from botflow.channels.parts import decode
from botflow.channels.smpp.credentials import SmppCredentials
from botflow.channels.smpp.outgoing import LONGEST_ADDRESS, UDH_PRESENT
from botflow.channels.smpp.pdu import (
    RECEIPTED_MESSAGE_ID,
    SAR_NUMBER,
    SAR_REFERENCE,
    SAR_TOTAL,
    Address,
    ShortMessage,
)
from botflow.channels.smpp.receipts import id_in_response, is_receipt, read_receipt

KIND: Final = 0x3C
"""The bits of esm_class that tell the kind of message (5.2.12)."""
FROM_CONTACT: Final = frozenset({0x00, 0x10})
"""A message, and an acknowledgement that the contact wrote by hand."""
RECEIPT: Final = 0x04

INTERNATIONAL: Final = 1
UNKNOWN: Final = 0
FEWEST_INTERNATIONAL_DIGITS: Final = 8
MOST_INTERNATIONAL_DIGITS: Final = 15

_CODINGS: Final = {
    1: "latin1",  # IA5, which is within it
    3: "latin1",
    5: "jis",
    6: "cyrillic",
    7: "hebrew",
    8: "ucs2",
    0x0D: "jis",
    0x0E: "korean",
}
_BINARY: Final = frozenset({2, 4})
_GENERAL_GROUP: Final = range(0x10, 0x40)
"""3GPP TS 23.038: bits 2 and 3 name the alphabet."""
_MESSAGE_CLASS_GROUP: Final = range(0xF0, 0x100)
"""The same: bit 2 set means binary."""

_EIGHT_BIT_REFERENCE: Final = 0x00
_SIXTEEN_BIT_REFERENCE: Final = 0x08


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a message a part stands."""

    reference: str
    number: int
    total: int


def read_event(
    message: ShortMessage, sender: str, settings: SmppCredentials, new_name: Callable[[], str]
) -> Inbound | Part | Report | None:
    """The event in a packet, or None: it tells nothing. `new_name` names a message to which the SMSC gives no id."""
    kind = message.esm_class & KIND
    if kind == RECEIPT or (kind == 0 and is_receipt(message)):
        return read_receipt(message, settings.receipt_ids)
    if kind not in FROM_CONTACT:
        return None
    address = contact_of(message.source, settings)
    if not address:
        return None  # nobody who could be answered
    coding = _coding(message.data_coding, settings)
    header, data = _cut_header(message)
    name = _own_name(message) or new_name()
    place = _place_by_header(header) or _place_by_parameters(message)
    if place is not None and coding is not None:
        return Part(sender, address, place.reference, place.number, place.total, data, coding, name)
    return Inbound(sender, address, name, text=None if coding is None else decode(data, coding))


def _own_name(message: ShortMessage) -> str | None:
    """The id that the SMSC gives a message of a contact; most give none."""
    given = message.parameters.get(RECEIPTED_MESSAGE_ID, b"").partition(b"\0")[0].decode("latin-1").strip()
    return id_in_response(given) if given else None


def contact_of(source: Address, settings: SmppCredentials) -> str:
    """The address of a contact: with + where it is international, so that it is the same over every channel."""
    digits = source.text.strip()[:LONGEST_ADDRESS]
    if digits.startswith("+") or not digits.isdigit():
        return digits
    if source.ton == INTERNATIONAL or (
        source.ton == UNKNOWN and settings.international and _looks_international(digits)
    ):
        return f"+{digits}"
    return digits


def _looks_international(digits: str) -> bool:
    return FEWEST_INTERNATIONAL_DIGITS <= len(digits) <= MOST_INTERNATIONAL_DIGITS and digits[0] != "0"


def _coding(data_coding: int, settings: SmppCredentials) -> str | None:
    """How the text is coded; None: it is no text."""
    if data_coding == 0:
        return settings.default_alphabet
    if data_coding in _GENERAL_GROUP:
        return {0: "gsm7", 2: "ucs2"}.get(data_coding >> 2 & 3)
    if data_coding in _MESSAGE_CLASS_GROUP:
        return None if data_coding & 4 else "gsm7"
    if data_coding in _BINARY:
        return None
    return _CODINGS.get(data_coding, settings.default_alphabet)


def _cut_header(message: ShortMessage) -> tuple[bytes, bytes]:
    """The elements of the user data header, and what follows it."""
    data = message.data
    if not message.esm_class & UDH_PRESENT or not data or data[0] >= len(data):
        return b"", data
    end = data[0] + 1
    return data[1:end], data[end:]


def _place_by_header(header: bytes) -> Place | None:
    """3GPP TS 23.040, 9.2.3.24: elements of a name, a length and a value."""
    position = 0
    while position + 2 <= len(header):
        name, length = header[position], header[position + 1]
        value = header[position + 2 : position + 2 + length]
        if name == _EIGHT_BIT_REFERENCE and len(value) == 3:
            return _place("8", value[0], value[2], value[1])
        if name == _SIXTEEN_BIT_REFERENCE and len(value) == 4:
            return _place("16", int.from_bytes(value[:2]), value[3], value[2])
        position += 2 + length
    return None


def _place_by_parameters(message: ShortMessage) -> Place | None:
    given = [message.parameters.get(tag, b"") for tag in (SAR_REFERENCE, SAR_NUMBER, SAR_TOTAL)]
    if not all(given):
        return None
    return _place("sar", *(int.from_bytes(value) for value in given))


def _place(kind: str, reference: int, number: int, total: int) -> Place | None:
    """None where the numbers make no sense or there is one part: then the message stands for itself."""
    return Place(f"{kind}:{reference}", number, total) if 1 <= number <= total <= 255 and total > 1 else None
