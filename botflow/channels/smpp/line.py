"""A connection whose waiting another thread can end: nothing here blocks for longer than it is told to."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import ssl
from contextlib import suppress
from time import monotonic
from typing import Final, Self

READ: Final = 65_536
MOST_UNREAD: Final = 8 * 1024 * 1024
_NOT_NOW: Final = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class LineBrokenError(OSError):
    """The other side ended the connection."""


class StoppedError(Exception):
    """The waiting was ended from outside."""


class Bell:
    """Wakes the thread that waits for a line."""

    def __init__(self) -> None:
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)

    def ring(self) -> None:
        """From any thread, at any time."""
        with suppress(OSError):  # it rings already, or nobody is there any more
            self._far.send(b"\0")

    def fileno(self) -> int:
        """What to wait for."""
        return self._near.fileno()

    def silence(self) -> None:
        """Forget that it rang."""
        with suppress(BlockingIOError):
            self._near.recv(READ)

    def wait(self, seconds: float) -> None:
        """Wait for a ring."""
        with selectors.DefaultSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            selector.select(seconds)

    def close(self) -> None:
        """Nobody waits any more."""
        self._near.close()
        self._far.close()


class Line:
    """An open connection."""

    def __init__(self, connection: socket.socket, bell: Bell) -> None:
        self._socket = connection
        self._bell = bell
        self._waiting = bytearray()
        self._selector = selectors.DefaultSelector()
        self._selector.register(connection, selectors.EVENT_READ)
        self._selector.register(bell, selectors.EVENT_READ)
        self._wants_write = False

    @classmethod
    def open(cls, address: str, port: int, bell: Bell, seconds: float, trust: ssl.SSLContext | None, host: str) -> Self:
        """Connect; with `trust` over TLS to the name `host`. Raises OSError, StoppedError when the bell rings."""
        connection = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        ends = monotonic() + seconds
        try:
            connection.setblocking(False)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            _connected(connection, (address, port), bell, ends)
            if trust is not None:
                connection = trust.wrap_socket(connection, server_hostname=host, do_handshake_on_connect=False)
                _shake_hands(connection, bell, ends)
        except BaseException:
            connection.close()
            raise
        return cls(connection, bell)

    def write(self, octets: bytes) -> None:
        """Write, at once as much as goes, the rest while waiting. Raises OSError."""
        self._waiting += octets
        self._flush()
        if len(self._waiting) > MOST_UNREAD:
            raise LineBrokenError("the SMSC does not read what it is sent")

    def wait(self, seconds: float) -> bytes:
        """What came in, or nothing: the bell rang, or the time is over. Raises LineBrokenError, OSError."""
        received = b""
        for key, events in self._selector.select(seconds):
            if key.fileobj is self._bell:
                self._bell.silence()
                continue
            if events & selectors.EVENT_WRITE:
                self._flush()
            if events & selectors.EVENT_READ:
                received = self._read()
        return received

    def close(self) -> None:
        """End the connection."""
        self._selector.close()
        self._socket.close()

    def _read(self) -> bytes:
        received = []
        with suppress(*_NOT_NOW):
            while True:
                octets = self._socket.recv(READ)
                if not octets:
                    raise LineBrokenError("the SMSC ended the connection")
                received.append(octets)
                if not (isinstance(self._socket, ssl.SSLSocket) and self._socket.pending()):
                    break  # what TLS has read already wakes no selector
        return b"".join(received)

    def _flush(self) -> None:
        with suppress(*_NOT_NOW):
            while self._waiting:
                del self._waiting[: self._socket.send(self._waiting)]
        if bool(self._waiting) != self._wants_write:
            self._wants_write = bool(self._waiting)
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._wants_write else 0)
            self._selector.modify(self._socket, events)


def _connected(connection: socket.socket, place: tuple[str, int], bell: Bell, ends: float) -> None:
    code = connection.connect_ex(place)
    if code == errno.EINPROGRESS:
        _wait_for(connection, selectors.EVENT_WRITE, bell, ends)
        code = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))


def _shake_hands(connection: ssl.SSLSocket, bell: Bell, ends: float) -> None:
    while True:
        try:
            connection.do_handshake()
        except ssl.SSLWantReadError:
            _wait_for(connection, selectors.EVENT_READ, bell, ends)
        except ssl.SSLWantWriteError:
            _wait_for(connection, selectors.EVENT_WRITE, bell, ends)
        else:
            return


def _wait_for(connection: socket.socket, events: int, bell: Bell, ends: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(connection, events)
        selector.register(bell, selectors.EVENT_READ)
        ready = selector.select(max(0.0, ends - monotonic()))
    if not ready:
        raise TimeoutError(errno.ETIMEDOUT, "no answer")
    if any(key.fileobj is bell for key, _ in ready):
        bell.silence()
        raise StoppedError
