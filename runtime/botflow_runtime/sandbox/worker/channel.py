"""Messages between the host and a worker: one byte for the kind, four for the length, then JSON."""

from __future__ import annotations

import socket
import struct
from typing import Any, Final, Literal

import msgspec

from botflow_runtime.sandbox.limits import Limits

HEADER: Final = struct.Struct("!cI")

RUN: Final = b"R"  # host to worker: a script to run
ANSWER: Final = b"A"  # host to worker: what became of a call
DONE: Final = b"D"  # worker to host: the run ended
HTTP: Final = b"H"  # worker to host: make an HTTP call
EMAIL: Final = b"E"  # worker to host: send an e-mail

MEMORY_EXIT: Final = 71
"""Exit status of a worker that had no memory left to report with."""


class Run(msgspec.Struct, frozen=True):
    """Everything that a worker needs for one run."""

    run_id: str
    source: str
    vars: dict[str, Any]
    attributes: dict[str, Any]
    contact: dict[str, Any]
    message: dict[str, Any] | None
    limits: Limits


class Failure(msgspec.Struct, frozen=True):
    """Why a script failed, as its worker sees it; the host has the sentences for limits."""

    kind: str
    message: str = ""
    line: int | None = None


class Done(msgspec.Struct, frozen=True):
    """The end of a run: all variables and attributes as the script left them, or a failure."""

    value: Any = None
    vars: dict[str, Any] = {}
    attributes: dict[str, Any] = {}
    log: list[str] = []
    error: Failure | None = None


class Answer(msgspec.Struct, frozen=True):
    """The host's answer to a call: a response, or the sentence to raise in the script."""

    error: str | None = None
    response: dict[str, Any] | None = None


class Email(msgspec.Struct, frozen=True):
    """An e-mail as the script wrote it."""

    to: str | list[str]
    subject: str
    text: str | None = None
    html: str | None = None


class Http(msgspec.Struct, frozen=True):
    """An HTTP call as the script wrote it. `json` is None when there is none: a body of `null` needs `body`."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    url: str
    headers: dict[str, str | int | float] | None = None
    json: Any = None
    body: str | None = None
    timeout: float | None = None


decode_run = msgspec.json.Decoder(Run).decode
decode_answer = msgspec.json.Decoder(Answer).decode
decode_any = msgspec.json.decode
encode = msgspec.json.encode


class Channel:
    """A worker's end: blocking, whole messages."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(self, kind: bytes, payload: bytes) -> None:
        self._connection.sendall(HEADER.pack(kind, len(payload)) + payload)

    def receive(self) -> bytes:
        """The payload of the next message. Raises EOFError when the host is gone."""
        _, length = HEADER.unpack(self._exactly(HEADER.size))
        return self._exactly(length)

    def ask(self, kind: bytes, payload: bytes) -> Answer:
        self.send(kind, payload)
        return decode_answer(self.receive())

    def _exactly(self, length: int) -> bytes:
        received = bytearray()
        while len(received) < length:
            piece = self._connection.recv(length - len(received))
            if not piece:
                raise EOFError
            received += piece
        return bytes(received)
