"""One HTTP/1.1 connection to the simulator: kept alive, one call at a time, everything bounded.

Written by hand because a benchmark runs it beside the server that it measures, where each microsecond counts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, unquote

from botflow.vendor_sim.contract import Answer, Call

HEAD_BYTES: Final = 64 * 1024
BODY_BYTES: Final = 32 * 1024 * 1024
CONNECTIONS: Final = 1000
"""Connections at a time; one more is closed at once."""

Respond = Callable[[Answer], None]
Handler = Callable[[Call, Respond], None]
"""Answers a call, now or later, by calling `respond` once; or never, which is a vendor that hangs."""

_PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}


class BadRequestError(Exception):
    """What came in is no request that is understood here."""


class Connection(asyncio.Protocol):
    """Reads calls, hands them on, and writes the answers."""

    def __init__(self, handler: Handler, open_connections: set[Connection]) -> None:
        self._handler = handler
        self._open = open_connections
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._open.add(self)
        if len(self._open) > CONNECTIONS:
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._open.discard(self)
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._received += data
        if len(self._received) > HEAD_BYTES + BODY_BYTES:
            self.close()
        elif not self._busy:
            self._next()

    def close(self) -> None:
        """End the connection."""
        if self._transport is not None:
            self._transport.close()

    def _next(self) -> None:
        """Hand on the next call, where all of it has arrived."""
        try:
            found = _read(self._received)
        except BadRequestError as error:
            self._write(Answer(400, str(error).encode(), {"Content-Type": "text/plain"}), is_last=True)
            return
        if found is None:
            return
        call, size = found
        del self._received[:size]
        self._busy = True
        is_last = call.headers.get("connection", "").lower() == "close"
        self._handler(call, lambda answer: self._answer(answer, is_last))

    def _answer(self, answer: Answer, is_last: bool) -> None:
        if self._transport is None:
            return  # whoever called has gone
        self._write(answer, is_last)
        self._busy = False
        if self._received and not is_last:
            self._next()

    def _write(self, answer: Answer, is_last: bool) -> None:
        assert self._transport is not None
        lines = [f"HTTP/1.1 {answer.status} {_PHRASES.get(answer.status, '')}"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        lines.append(f"Content-Length: {len(answer.body)}")
        if is_last:
            lines.append("Connection: close")
        self._transport.write("\r\n".join([*lines, "\r\n"]).encode("latin-1") + answer.body)
        if is_last:
            self._transport.close()


def _read(received: bytearray) -> tuple[Call, int] | None:
    """The first call of what was received and its size, or None while it is not all there. Raises BadRequestError."""
    end = received.find(b"\r\n\r\n", 0, HEAD_BYTES)
    if end < 0:
        if len(received) >= HEAD_BYTES:
            raise BadRequestError("The header is too long.")
        return None
    request, *lines = received[:end].decode("latin-1").split("\r\n")
    headers = dict(_header(line) for line in lines)
    size = end + 4 + _body_size(headers)
    if len(received) < size:
        return None
    try:
        method, target, _ = request.split(" ")
    except ValueError:
        raise BadRequestError("The first line is no request.") from None
    path, _, query = target.partition("?")
    return (
        Call(
            method,
            unquote(path) if "%" in path else path,
            dict(parse_qsl(query, keep_blank_values=True)) if query else {},
            headers,
            bytes(received[end + 4 : size]),
        ),
        size,
    )


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()


def _body_size(headers: dict[str, str]) -> int:
    length = headers.get("content-length", "0")
    if "transfer-encoding" in headers or not length.isdecimal() or int(length) > BODY_BYTES:
        raise BadRequestError(f"Send the body with a Content-Length of at most {BODY_BYTES:,}.")
    return int(length)
