"""What a page may send beneath its events: frames of Engine.IO, in them packets of Socket.IO.

Whatever is neither ends its connection with one line in the log, before the libraries stumble over it. Pages use the
default namespace and send no bytes; no event of ours asks them for an acknowledgement.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

import socketio
import structlog
from engineio.async_drivers.threading import SimpleWebSocketWSGI
from engineio.payload import Payload
from socketio.packet import CONNECT, DISCONNECT, EVENT

from botflow.web import WSGI

MESSAGE_BYTES: Final = 64 * 1024
"""Most bytes that a page may send at once."""
SOCKET_PATH: Final = "/socket.io/"

_FRAME: Final = re.compile(rf"4[{CONNECT}{DISCONNECT}{EVENT}].*|[12356](probe)?", re.DOTALL)
_BETWEEN_FRAMES: Final = "\x1e"
_RESERVED: Final = frozenset({"connect", "disconnect"})
"""Events that the library itself tells of."""

_log = structlog.get_logger()


def check_frames(server: socketio.Server) -> None:
    """Let the server read nothing but what a page may send. What is posted passes through FrameCheck besides."""
    engine = server.eio
    # a new dict: the library's own belongs to all servers
    engine._async = engine._async | {"websocket": PageWebSocket}
    server.packet_class = PagePacket
    engine.on("message", PacketCheck(server, engine.handlers["message"]).message)


class PacketError(ValueError):
    """A packet that no page of ours sends."""


def is_frame(frame: object) -> bool:
    """Whether a page may send this: a connect, disconnect or event packet, or a frame that keeps the connection."""
    return isinstance(frame, str) and _FRAME.fullmatch(frame) is not None


class PagePacket(socketio.packet.Packet):  # type: ignore[misc]  # the library ships no types
    """A Socket.IO packet of a page, checked when it is decoded."""

    def decode(self, encoded_packet: str) -> int:
        """Read the packet. Raises PacketError."""
        try:
            attachments: int = super().decode(encoded_packet)
        except (ValueError, RecursionError) as error:
            raise PacketError(str(error)) from None
        if self.packet_type == EVENT and not (self.namespace is None and _is_event(self.data)):
            raise PacketError("it is no event")
        return attachments


def _is_event(data: object) -> bool:
    return isinstance(data, list) and bool(data) and isinstance(data[0], str) and data[0] not in _RESERVED


class PageWebSocket(SimpleWebSocketWSGI):  # type: ignore[misc]  # the library ships no types
    """A WebSocket that takes frames of limited length only."""

    def __init__(self, handler: Callable[..., Any], server: Any) -> None:
        super().__init__(handler, server, max_message_size=MESSAGE_BYTES)

    def wait(self) -> str | None:
        """The next frame, or None when the connection is at its end."""
        frame: str | None = super().wait()
        if frame is None or is_frame(frame):
            return frame
        _log.debug("connection ended", problem="no frame")
        return None


class FrameCheck:
    """Refuses what pages without WebSocket post, unless it has arrived whole and consists of frames."""

    def __init__(self, app: WSGI) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve the request, or answer 400."""
        if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].startswith(SOCKET_PATH):
            length = int(environ.get("CONTENT_LENGTH") or 0)
            body = environ["wsgi.input"].read(length) if length <= MESSAGE_BYTES else b""
            if len(body) != length or not _are_frames(body):
                start_response("400 Bad Request", [("Content-Length", "0")])
                return []
            environ["wsgi.input"] = io.BytesIO(body)
        return self._app(environ, start_response)


def _are_frames(body: bytes) -> bool:
    frames = body.decode(errors="replace").split(_BETWEEN_FRAMES)
    return len(frames) <= Payload.max_decode_packets and all(is_frame(frame) for frame in frames)


class PacketCheck:
    """Stands between Engine.IO and Socket.IO, and ends connections over packets that are none or come out of turn."""

    def __init__(self, server: socketio.Server, handle: Callable[[str, str], object]) -> None:
        self._server = server
        self._handle = handle

    def message(self, connection: str, packet: str) -> None:
        """Handle a packet of a connection of Engine.IO."""
        socket = self._server.eio.sockets.get(connection)
        if socket is None or socket.closed:
            return
        try:
            self._in_turn(connection, packet)
            self._handle(connection, packet)
        except PacketError as error:
            _log.debug("connection ended", problem=str(error)[:100])
            socket.close(wait=False)

    def _in_turn(self, connection: str, packet: str) -> None:
        # One connection of Socket.IO in each of Engine.IO: a second would begin with a new allowance.
        is_connected = self._server.manager.sid_from_eio_sid(connection, "/") is not None
        if packet.startswith(str(DISCONNECT)):
            raise PacketError("the page has left")
        if is_connected == packet.startswith(str(CONNECT)):
            raise PacketError("it came out of turn")
