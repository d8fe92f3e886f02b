"""Which addresses a script's HTTP calls may reach: the public ones, and no way round into a private network."""

from __future__ import annotations

import ipaddress
from typing import Final, TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

UNICAST6: Final = ipaddress.IPv6Network("2000::/3")
NOT_EVERYBODYS: Final = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo and other protocol assignments
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)
"""Teredo and 6to4 carry an IPv4 address, which may be a private one; mapped ones and NAT64 lie outside UNICAST6."""


def is_public(address: Address) -> bool:
    """Whether the address is one that anybody on the internet can have."""
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    return address in UNICAST6 and not any(address in network for network in NOT_EVERYBODYS)
