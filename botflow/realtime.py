"""Socket.IO: the server, its rooms, and how much one connection may ask for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import parse_qs

import engineio
import socketio as socketio_library
import structlog
from flask import Flask
from flask_socketio import SocketIO

from botflow.conversations.history import Entry
from botflow.frames import MESSAGE_BYTES, SOCKET_PATH, FrameCheck, check_frames
from botflow.web import WSGI, is_our_page

_log = structlog.get_logger()

WRITER: Final = "(writer)"
"""In the name of the library's threads that write to a connection."""
RETRY_AFTER_SECONDS: Final = "5"
BURST: Final = 40
PER_SECOND: Final = 10
"""Events of one connection: so many at once, and so many a second in the long run."""


def make_socketio(app: Flask, most_connections: int, redis: str = "", channel: str = "") -> SocketIO:
    """The Socket.IO server of the app; of `most_connections` pages at the same time.

    Over `redis`, on a channel of its own, it also passes on what other processes tell.

    Threads, as findings.md says; events of one connection are handled in their order, one after the other. Pages of
    another origin are refused.
    """
    threading.excepthook = _lost_connections_quietly(threading.excepthook)
    socketio = SocketIO(
        app,
        async_mode="threading",
        async_handlers=False,
        manage_session=False,
        max_http_buffer_size=MESSAGE_BYTES,
        message_queue=redis or None,
        channel=channel,
    )
    engine = _engine(socketio)
    engine.cors_allowed_origins = is_our_page
    check_frames(_server(socketio))
    app.wsgi_app = Admission(FrameCheck(app.wsgi_app), engine, most_connections)  # type: ignore[method-assign]  # Flask's documented way
    return socketio


def make_teller(redis: str, channel: str) -> SocketIO:
    """What a process without pages tells those of other processes through."""
    return SocketIO(message_queue=redis, channel=channel)


def _server(socketio: SocketIO) -> socketio_library.Server:
    return socketio.server  # type: ignore[attr-defined]  # the stubs leave it out


def _engine(socketio: SocketIO) -> engineio.Server:
    return _server(socketio).eio


def hang_up(socketio: SocketIO) -> None:
    """End every connection; pages connect again by themselves."""
    engine = _engine(socketio)
    for connection in list(engine.sockets):
        engine.disconnect(connection)


class Admission:
    """Turns away new connections while there are too many: each takes a thread for as long as it lasts."""

    def __init__(self, app: WSGI, engine: engineio.Server, most: int) -> None:
        self._app = app
        self._engine = engine
        self._most = most

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve the request, or answer 503; pages try again by themselves."""
        if not self._is_new(environ) or self._open() < self._most:
            return self._app(environ, start_response)
        start_response("503 Service Unavailable", [("Content-Length", "0"), ("Retry-After", RETRY_AFTER_SECONDS)])
        return []

    def _is_new(self, environ: dict[str, Any]) -> bool:
        """Whether the request begins a connection; one that names none of ours does too."""
        if not environ["PATH_INFO"].startswith(SOCKET_PATH):
            return False
        named = parse_qs(environ.get("QUERY_STRING", "")).get("sid", [""])
        return named[0] not in self._engine.sockets

    def _open(self) -> int:
        # Those that have ended stay in the list until the library sweeps it.
        return sum(not connection.closed for connection in list(self._engine.sockets.values()))


def _lost_connections_quietly(otherwise: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Log in one line that a page left while its connection was written to: the library leaves that to its thread."""

    def hook(failure: threading.ExceptHookArgs) -> None:
        name = failure.thread.name if failure.thread is not None else ""
        if WRITER in name and isinstance(failure.exc_value, OSError):
            _log.debug("connection lost", problem=str(failure.exc_value))
        else:
            otherwise(failure)

    return hook


class Rooms:
    """Tells those who watch a conversation what happens in it."""

    def __init__(self, socketio: SocketIO) -> None:
        self._socketio = socketio

    def message(self, room: str, entry: Entry) -> None:
        """A message entered the history."""
        self._emit(room, "message", entry.to_json())

    def typing(self, room: str, on: bool) -> None:
        """Typing is shown, or not any more."""
        self._emit(room, "typing", {"on": on})

    def status(self, room: str, status: str, reason: str) -> None:
        """The status of the thread changed."""
        self._emit(room, "status", {"thread": status, "reason": reason})

    def update(self, room: str, message_id: str, status: str) -> None:
        """The status of a message changed."""
        self._emit(room, "update", {"id": message_id, "status": status})

    def _emit(self, room: str, event: str, payload: dict[str, Any]) -> None:
        self._socketio.emit(event, payload, to=room)


class Allowance:
    """How many events each connection may still send: a bucket that fills with time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, connection: str) -> bool:
        """Whether the connection may send one more event now."""
        with self._lock:
            now = self._clock()
            left, since = self._buckets.get(connection, (BURST, now))
            left = min(BURST, left + (now - since) * PER_SECOND)
            allowed = left >= 1
            self._buckets[connection] = (left - allowed, now)
            return allowed

    def forget(self, connection: str) -> None:
        """The connection is gone."""
        with self._lock:
            self._buckets.pop(connection, None)
