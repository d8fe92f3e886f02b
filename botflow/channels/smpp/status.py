"""What the command_status of a response means for a message and for the bind (SMPP 3.4, 5.1.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botflow.channels.contract import Refused, RetryLater

OK: Final = 0x00
INVALID_LENGTH: Final = 0x02
INVALID_COMMAND: Final = 0x03
WRONG_STATE: Final = 0x04
ALREADY_BOUND: Final = 0x05
SYSTEM_ERROR: Final = 0x08
BIND_FAILED: Final = 0x0D
WRONG_PASSWORD: Final = 0x0E
WRONG_SYSTEM_ID: Final = 0x0F
QUEUE_FULL: Final = 0x14
WRONG_SYSTEM_TYPE: Final = 0x53
THROTTLED: Final = 0x58
TEMPORARY: Final = 0x64
"""The receiver's temporary error: what the SMSC is to send again."""
NEVER: Final = 0x65
"""The receiver's permanent error."""

SLOW_DOWN: Final = frozenset({QUEUE_FULL, THROTTLED})
NOT_LET_IN: Final = frozenset({WRONG_PASSWORD, WRONG_SYSTEM_ID, WRONG_SYSTEM_TYPE})
LATER: Final = SLOW_DOWN | {WRONG_STATE, ALREADY_BOUND, SYSTEM_ERROR, BIND_FAILED, 0x45, TEMPORARY, 0xFE, 0xFF}

_SENTENCES: Final[Mapping[int, str]] = {
    0x01: "the message is too long for it",
    INVALID_LENGTH: "the packet has a length that it does not take",
    INVALID_COMMAND: "it does not know the command",
    WRONG_STATE: "the bind may not do this",
    ALREADY_BOUND: "the account has all the binds it may have",
    0x06: "it does not take the priority",
    0x07: "it does not take the setting of delivery reports",
    SYSTEM_ERROR: "it has an error of its own",
    0x0A: "it does not take the sender's number or name",
    0x0B: "it does not take the contact's number",
    BIND_FAILED: "the bind failed",
    WRONG_PASSWORD: "the password is wrong",
    WRONG_SYSTEM_ID: "it does not know the system id",
    QUEUE_FULL: "its queue is full",
    0x15: "it does not know the service type",
    0x43: "it does not take the esm_class",
    0x45: "it could not submit the message",
    0x48: "it does not take the type of the sender's number (TON)",
    0x49: "it does not take the numbering plan of the sender's number (NPI)",
    0x50: "it does not take the type of the contact's number (TON)",
    0x51: "it does not take the numbering plan of the contact's number (NPI)",
    WRONG_SYSTEM_TYPE: "it does not know the system type",
    THROTTLED: "it is sent too much at a time",
    0x62: "it does not take the validity period",
    TEMPORARY: "it has an error for a moment",
    NEVER: "it has a lasting error",
    0x66: "it rejected the message",
    0xFE: "it could not deliver the message",
}


def sentence(status: int) -> str:
    """What the SMSC says, for a person."""
    return f"The SMSC refused: {_SENTENCES.get(status, 'for a reason of its own')} (0x{status:02X})."


def of_submit(status: int, later: frozenset[int], opted_out: frozenset[int]) -> RetryLater | Refused:
    """What a refusal means for the message; `later` and `opted_out` are what this SMSC uses besides."""
    if status in opted_out:
        return Refused(sentence(status), "opted_out")
    if status in NOT_LET_IN:
        return Refused(sentence(status), "credentials")
    if status in LATER or status in later:
        return RetryLater(sentence(status))
    return Refused(sentence(status))


def of_bind(status: int) -> RetryLater | Refused:
    """What a refused bind means for the messages that wait for it."""
    if status in NOT_LET_IN:
        return Refused(sentence(status), "credentials")
    return RetryLater(sentence(status))
