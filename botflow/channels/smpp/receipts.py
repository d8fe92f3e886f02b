"""Delivery reports: which message they are about, and what became of it (SMPP 3.4, 5.2.12, 5.3.2 and appendix B).

SMSCs agree on little: the id may come as a parameter or in the text, in another case, with leading zeros, in
hexadecimal or decimal; words of the text come in any order, and some are missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from botflow.channels.contract import Report, State
from botflow.channels.smpp.pdu import MESSAGE_STATE, NETWORK_ERROR, RECEIPTED_MESSAGE_ID, ShortMessage

ReceiptIds = Literal["as_is", "hex_to_decimal", "decimal_to_hex"]

LONGEST_ID: Final = 65
"""Octets of receipted_message_id, its end included; message_id of an answer has the same."""

_STATES: Final[Mapping[int, tuple[State, str]]] = {
    2: ("delivered", ""),
    3: ("failed", "it expired before it could be delivered"),
    4: ("failed", "it was deleted"),
    5: ("failed", "it could not be delivered"),
    8: ("failed", "it was rejected"),
    9: ("failed", "it was skipped"),
}
"""Final states by message_state. Scheduled, on its way, accepted and unknown say nothing new."""

_WORDS: Final[Mapping[str, int]] = {
    "DELIVRD": 2,
    "DELIVERED": 2,
    "DELIVERD": 2,
    "EXPIRED": 3,
    "DELETED": 4,
    "UNDELIV": 5,
    "UNDELIVERABLE": 5,
    "UNDELIVERED": 5,
    "FAILED": 5,
    "REJECTD": 8,
    "REJECTED": 8,
    "SKIPPED": 9,
}
_FIELD: Final = re.compile(r"\b(id|stat|err)\s*[:=]\s*([^\s,;\0]+)", re.IGNORECASE)
_USER_TEXT: Final = re.compile(r"\btext\s*[:=].*", re.IGNORECASE | re.DOTALL)
_NO_ERROR: Final = re.compile(r"0*")


def read_receipt(message: ShortMessage, receipt_ids: ReceiptIds) -> Report | None:
    """What a delivery report tells, or None: nothing new, or not about which message."""
    words = _fields(message.data.decode("latin-1"))
    name = _parameter_text(message, RECEIPTED_MESSAGE_ID) or words.get("id", "")
    state = _state(message, words)
    if not name or state is None or state not in _STATES:
        return None
    outcome, reason = _STATES[state]
    if outcome == "failed":
        reason = f"The SMSC reports that {reason}{_error(message, words)}."
    # `done date` is in a time zone that only the SMSC knows: the report counts as being of now.
    return Report(id_in_receipt(name, receipt_ids), outcome, reason=reason)


def is_receipt(message: ShortMessage) -> bool:
    """Whether the parameters alone say so; a text proves nothing, since contacts can write one."""
    return RECEIPTED_MESSAGE_ID in message.parameters and MESSAGE_STATE in message.parameters


def id_in_response(message_id: str) -> str:
    """The id of a message as it is kept: SMSCs change its case, and lead it with zeros."""
    return message_id.strip()[:LONGEST_ID].lower().lstrip("0") or "0"


def id_in_receipt(message_id: str, receipt_ids: ReceiptIds) -> str:
    """The same for the id in a delivery report, so that the two meet."""
    plain = id_in_response(message_id)
    try:
        if receipt_ids == "hex_to_decimal":
            return str(int(plain, 16))
        if receipt_ids == "decimal_to_hex":
            return f"{int(plain):x}"
    except ValueError:
        pass  # it is no number: a report of another kind of message
    return plain


def _fields(text: str) -> dict[str, str]:
    """The words of the text. What the contact was sent comes last, and may look like such words."""
    found: dict[str, str] = {}
    for part in (_USER_TEXT.sub("", text), text):
        for name, value in _FIELD.findall(part):
            found.setdefault(name.lower(), value)
    return found


def _state(message: ShortMessage, words: Mapping[str, str]) -> int | None:
    parameter = message.parameters.get(MESSAGE_STATE)
    if parameter:
        return parameter[0]
    return _WORDS.get(words.get("stat", "").strip(".").upper())


def _parameter_text(message: ShortMessage, tag: int) -> str:
    return message.parameters.get(tag, b"").partition(b"\0")[0].decode("latin-1").strip()


def _error(message: ShortMessage, words: Mapping[str, str]) -> str:
    network = message.parameters.get(NETWORK_ERROR, b"")
    error = str(int.from_bytes(network[1:3])) if len(network) == 3 else words.get("err", "")
    return "" if _NO_ERROR.fullmatch(error) else f" (error {error[:20]})"
