"""What a channel knows a contact by, as a type of bodies."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from botflow.rest.types import Text

ADDRESS_BYTES: Final = 2000
"""Of the longest address that the database can look up."""


def _is_address(text: str) -> str:
    if len(text.encode()) > ADDRESS_BYTES:
        raise ValueError(f"an address has at most {ADDRESS_BYTES} bytes")
    return text


Address = Annotated[Text, Field(min_length=1), AfterValidator(_is_address)]
