"""Which hosts channels may connect to: public ones, and those that the operator lists (BOTFLOW_VENDOR_HOSTS).

Whoever connects a sender may name the vendor's host. So a name is resolved once, an address inside a network is
refused, and the connection goes to an address that was checked.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from socket import SOCK_STREAM, getaddrinfo

from botflow_runtime.sandbox.addresses import is_public


class VendorAddressError(ValueError):
    """The address may not be called; the message is a sentence for the one who set it."""


class Hosts:
    """`private` lists hosts, or `host:port`, that need not be public."""

    def __init__(self, private: Iterable[str] = ()) -> None:
        self._listed = frozenset(name.lower() for name in private)

    def is_listed(self, host: str, port: int) -> bool:
        """Whether the operator lists this host, or this port of it."""
        return not {host.lower(), f"{host.lower()}:{port}"}.isdisjoint(self._listed)

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host, best first, each of them checked. Raises VendorAddressError, OSError."""
        try:
            found = [str(entry[4][0]) for entry in getaddrinfo(host.strip("[]"), port, type=SOCK_STREAM)]
        except ValueError:  # a label too long, or a NUL
            raise VendorAddressError(f"{host!r} is no name of a host.") from None
        if not self.is_listed(host, port) and not all(_is_public(address) for address in found):
            raise VendorAddressError(
                f"{host} is not a public address. Where it is meant, list it in BOTFLOW_VENDOR_HOSTS."
            )
        return tuple(found)


def _is_public(address: str) -> bool:
    return is_public(ipaddress.ip_address(address.partition("%")[0]))
