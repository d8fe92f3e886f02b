"""SMS over SMPP: the fields of submit_sm as an SMSC reads them. What comes in is tried in tests/channels/smpp."""

from __future__ import annotations

from typing import Any, Final

from botflow.channels.testing import Sent, Tables

CONTACT: Final = "+34600000001"
REFERENCE: Final = "02"
"""The lowest 8 bits of the CRC-32 of `message-1`."""


def submit(**fields: Any) -> dict[str, Any]:
    whole = {
        "source": "15550783881",
        "source_ton": 1,
        "source_npi": 1,
        "destination_ton": 1,
        "destination_npi": 1,
        "service_type": "",
        "esm_class": 0,
        "data_coding": 0,
        "registered_delivery": 1,
        "validity_period": "",
        "header": "",
    }
    return {**whole, **fields}


def part(number: int, total: int, **fields: Any) -> dict[str, Any]:
    return submit(esm_class=0x40, header=f"050003{REFERENCE}{total:02x}{number:02x}", **fields)


TABLES: Final = Tables(
    contact=CONTACT,
    sent=[
        Sent("text", {"type": "text", "text": "¿Pizza? 5 €"}, [submit()]),
        Sent("text beyond GSM-7", {"type": "text", "text": "¿Pizza? 🍕"}, [submit(data_coding=8)]),
        Sent("long text", {"type": "text", "text": "x" * 161}, [part(1, 2), part(2, 2)]),
        Sent(
            "long text beyond GSM-7",
            {"type": "text", "text": "🍕" * 68},
            [part(number, 3, data_coding=8) for number in (1, 2, 3)],
        ),
    ],
)
