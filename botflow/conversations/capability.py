"""Who cannot get a channel's messages is not written to: the vendor is asked before the first message (CT-1).

It is asked again once the answer is old. Consent has been judged by then, and nothing is asked on channels that every
contact can get.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import structlog

from botflow.channels.contract import Account, ChannelAdapter, Refused
from botflow.contacts.capability import known_capabilities, note_capabilities
from botflow.conversations.delivery import Leaving
from botflow.db import Database

NOT_CAPABLE: Final = Refused("This contact cannot get messages of this channel, its vendor says.", "not_capable")

_log = structlog.get_logger()


class Capabilities:
    """What the vendor of a sender says of contacts. An answer is good for `good_for_ms`."""

    def __init__(
        self, database: Database, company_id: str, adapter: ChannelAdapter[Any], account: Account[Any], good_for_ms: int
    ) -> None:
        self._database = database
        self._company_id = company_id
        self._adapter = adapter
        self._account = account
        self._good_for_ms = good_for_ms

    def refusals(self, messages: Sequence[Leaving], now: int) -> dict[str, Refused]:
        """The messages whose contacts cannot get them, by their ids; of whom nothing is known, it is tried."""
        if not self._adapter.asks_capability or not messages:
            return {}
        addresses = {message.contact_id: message.outbound.address for message in messages}
        with self._database.reading() as work:
            known = known_capabilities(work, self._account.sender, addresses, now - self._good_for_ms)
        known |= self._ask({contact: address for contact, address in addresses.items() if contact not in known}, now)
        return {message.outbound.id: NOT_CAPABLE for message in messages if known.get(message.contact_id) is False}

    def _ask(self, addresses: Mapping[str, str], now: int) -> dict[str, bool]:
        """Ask the vendor, and keep what it says."""
        if not addresses:
            return {}
        try:
            told = self._adapter.capable(self._account, addresses.values())
        except OSError as error:
            _log.warning("capabilities not asked", sender=self._account.sender, problem=str(error))
            return {}
        capable = {contact: told[address] for contact, address in addresses.items() if address in told}
        with self._database.transaction() as work:
            note_capabilities(work, self._company_id, self._account.sender, capable, now)
        return capable
