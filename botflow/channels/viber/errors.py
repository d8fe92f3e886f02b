"""Viber's status codes as results. Its HTTP status says little: the body's `status` does, and 0 is success."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botflow.channels.contract import FailureKind

OK: Final = 0

STATUSES: Final[Mapping[int, tuple[FailureKind, str]]] = {
    1: ("credentials", "Viber cannot use the webhook's address"),
    2: ("credentials", "Viber does not know this token"),
    3: ("permanent", "Viber cannot read the request"),
    4: ("permanent", "Viber misses a field in the request"),
    5: ("not_capable", "The contact is not on Viber"),
    6: ("opted_out", "The contact is not subscribed to the bot"),
    7: ("credentials", "Viber has blocked the bot"),
    8: ("credentials", "There is no bot of this token"),
    9: ("credentials", "Viber has suspended the bot"),
    10: ("credentials", "The bot has no webhook: connect the sender again"),
    11: ("not_capable", "The contact's device or Viber cannot show messages of bots"),
    12: ("later", "Viber gets too many requests"),
    13: ("not_capable", "The contact's Viber is too old for this message"),
    14: ("permanent", "The message has fields that its version of the API does not know"),
    15: ("credentials", "The bot is not allowed to do this"),
    16: ("permanent", "Viber does not allow this message in this chat"),
    17: ("permanent", "The bot may not write into chats of others"),
    18: ("permanent", "The bot has no public chat"),
    19: ("permanent", "The bot cannot send broadcasts"),
    20: ("permanent", "Broadcasts are not allowed to the bot"),
    21: ("not_capable", "Viber does not carry this message in the contact's country"),
    22: ("permanent", "The bot may not send payment messages"),
    23: ("credentials", "The bot has used up its free messages of this month"),
    24: ("credentials", "The bot's balance is used up"),
}
"""What each status means for a message, and the sentence for it."""

UNKNOWN: Final[tuple[FailureKind, str]] = ("later", "Viber could not do it")
REASON_LENGTH: Final = 500


def meaning(status: int, said: str) -> tuple[FailureKind, str]:
    """The kind of a failure, and a sentence with what Viber says of it, which holds no secret any more."""
    kind, sentence = STATUSES.get(status, UNKNOWN)
    return kind, f"{sentence} ({status}: {said[:REASON_LENGTH]})."
