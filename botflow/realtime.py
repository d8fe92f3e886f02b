"""Socket.IO: the server, its rooms, and how much one connection may ask for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Final

import structlog
from flask import Flask
from flask_socketio import SocketIO

from botflow.conversations.history import Entry

_log = structlog.get_logger()

MESSAGE_BYTES: Final = 64 * 1024
"""Most bytes that a page may send at once."""
WRITER: Final = "(writer)"
"""In the name of the library's threads that write to a connection."""
BURST: Final = 40
PER_SECOND: Final = 10
"""Events of one connection: so many at once, and so many a second in the long run."""


def make_socketio(app: Flask) -> SocketIO:
    """The Socket.IO server of the app.

    Threads, as findings.md says; events of one connection are handled in their order, one after the other. Pages of
    another origin are refused: that is the library's rule when no origin is named.
    """
    threading.excepthook = _lost_connections_quietly(threading.excepthook)
    return SocketIO(
        app,
        async_mode="threading",
        async_handlers=False,
        manage_session=False,
        max_http_buffer_size=MESSAGE_BYTES,
    )


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
