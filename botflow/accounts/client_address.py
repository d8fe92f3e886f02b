"""The address that a request comes from, behind proxies that are known."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from flask import Request

UNKNOWN = "unknown"


def client_address(request: Request, proxies: Collection[str]) -> str:
    """The address of the client: of the connection, or, where that is a known proxy's, what the proxy says.

    The last address of X-Forwarded-For that is no known proxy's counts: those before it may be anybody's words.
    """
    address = request.remote_addr or UNKNOWN
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    while address in proxies and told:
        address = _plain(told.pop()) or address
    return address


def _plain(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
