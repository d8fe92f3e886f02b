"""Channels as requests name them: by name, or by the number that messaging platforms know them by (AP-1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from botflow.rest.types import NAME_LENGTH
from botflow_runtime.content import CHANNELS

NUMBERS: Final[Mapping[int, str]] = {
    1: "sms",
    2: "rcs",
    3: "viber",
    4: "whatsapp",
    6: "email",
    8: "push",
    9: "tts",
    10: "mobile_push",
}
"""5 and 7, WeChat and the Telegram gateway, are no channels of this server; web chat has no number."""


def _name_of(named: str | int) -> str:
    name = NUMBERS.get(named) if isinstance(named, int) else named
    if name not in CHANNELS:
        known = ", ".join(f"{channel} ({number})" for number, channel in NUMBERS.items())
        raise ValueError(f"there is no channel {named!r}; there are {known}, webchat")
    return name


Channel = Annotated[
    Annotated[str, Field(max_length=NAME_LENGTH)] | int,
    AfterValidator(_name_of),
]
"""A channel by name or number; read, it is the name."""
