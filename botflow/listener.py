"""The address that a server listens on."""

from __future__ import annotations

import socket

from botflow.errors import StartError


def listen(host: str, port: int) -> socket.socket:
    """A bound socket. Raises StartError when the address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            # Bound is not taken: only listening tells that another server has the port.
            listener.listen()
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise StartError(
            f"Cannot listen on {host}:{port}: {error.strerror or error}. Choose another with --host or --port."
        ) from None
    return listener
