"""What a channel knows a contact by: as a type of bodies, and in the form that the channel has it in."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from botflow.consent.settings import written_address
from botflow.contacts.numbers import readable_number
from botflow.db import Database
from botflow.errors import Fault, InvalidError
from botflow.rest.types import Text
from botflow.senders.service import SenderAccounts

ADDRESS_BYTES: Final = 2000
"""Of the longest address that the database can look up."""


def _is_address(text: str) -> str:
    if len(text.encode()) > ADDRESS_BYTES:
        raise ValueError(f"an address has at most {ADDRESS_BYTES} bytes")
    return text


Address = Annotated[Text, Field(min_length=1), AfterValidator(_is_address)]


def address_at(database: Database, accounts: SenderAccounts, sender: str, to: str) -> str:
    """What the channel of a sender knows `to` by. Raises InvalidError where it has to be a number and is none."""
    with database.reading() as work:
        try:
            adapter = accounts.adapter_of(work, sender)
        except KeyError:
            return written_address(to)  # whoever goes on tells that there is no such sender
    if not adapter.by_number:
        return written_address(to)
    try:
        return readable_number(written_address(to))
    except ValueError as error:
        raise InvalidError([Fault("/to", f"{adapter.title} knows contacts by number: {error}.")]) from None
