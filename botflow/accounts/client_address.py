"""The address that a request comes from, behind proxies that are known."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from flask import Request

UNKNOWN = "unknown"
LINE_BITS = 64
"""What providers give to a line of IPv6 at the least."""


def client_address(request: Request, proxies: Collection[str]) -> str:
    """The address of the client: of the connection, or, where that is a known proxy's, what the proxy says.

    The last address of X-Forwarded-For that is no known proxy's counts: those before it may be anybody's words.
    """
    address = request.remote_addr or UNKNOWN
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    while address in proxies and told:
        address = _plain(told.pop()) or address
    return address


def line_of(address: str) -> str:
    """Whose line an address belongs to: of IPv6 the first 64 bits tell, since whoever has one has all behind them."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((found, LINE_BITS), strict=False))


def _plain(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
