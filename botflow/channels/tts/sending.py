"""From content to a call."""

from __future__ import annotations

import re
from typing import Any, Final

from botflow.channels.contract import Outbound
from botflow.channels.rendered import UnsendableError, rendered
from botflow_runtime.content.tts import TtsText

_NUMBER: Final = re.compile(r"\+?([0-9]{3,15})")


class InvalidNumberError(UnsendableError):
    """The contact has no number that can be called."""


def call_of(message: Outbound, callback: str) -> dict[str, Any]:
    """What the gateway is asked for. Raises UnsendableError."""
    number = _NUMBER.fullmatch(message.address)
    if number is None:
        raise InvalidNumberError("The contact's address is no phone number with its country code.")
    content = rendered(TtsText, message.content)
    return {
        "to": f"+{number.group(1)}",
        "language": content.language,
        "text": content.text,
        "repeat": content.repeat,
        **({"callback": callback} if callback.startswith(("http://", "https://")) else {}),
    }
