"""Socket.IO: the server, its rooms, and how much pages may ask for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from secrets import token_hex
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
VISITOR_LENGTH: Final = 32
"""A visitor's secret is as long; anything longer is none."""
ENTERING: Final = "botflow.entering"
"""Where the environment of a request names the connection that it begins."""
RETRY_AFTER_SECONDS: Final = "5"
BURST: Final = 40
PER_SECOND: Final = 10
"""Events of one connection, and of one visitor: so many at once, and so many a second in the long run."""
ADDRESS_BURST: Final = 400
ADDRESS_PER_SECOND: Final = 100
"""Events of all connections from one address: it may be a whole office, no more."""


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
    """Turns away new connections while there are too many: each takes a thread for as long as it lasts.

    One that was let in counts at once, and as a connection from when the library has it as one.
    """

    def __init__(self, app: WSGI, engine: engineio.Server, most: int) -> None:
        self._app = app
        self._engine = engine
        self._most = most
        self._lock = threading.Lock()
        self._entering: set[str] = set()
        self._connected = engine.handlers["connect"]
        engine.on("connect", self._entered)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve the request, or answer 503; pages try again by themselves."""
        if not self._is_new(environ):
            return self._app(environ, start_response)
        name = environ[ENTERING] = token_hex()
        if self._has_room_for(name):
            try:
                return self._app(environ, start_response)
            finally:
                self._entering.discard(name)
        start_response("503 Service Unavailable", [("Content-Length", "0"), ("Retry-After", RETRY_AFTER_SECONDS)])
        return []

    def _has_room_for(self, name: str) -> bool:
        with self._lock:
            if self._open() + len(self._entering) >= self._most:
                return False
            self._entering.add(name)
            return True

    def _entered(self, connection: str, environ: dict[str, Any]) -> Any:
        """The library has it as a connection now."""
        self._entering.discard(environ.get(ENTERING, ""))
        return self._connected(connection, environ)

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
    """How many events somebody may still send: a bucket each, which fills with time."""

    def __init__(self, burst: int, per_second: int, clock: Callable[[], float]) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}
        self._swept = clock()

    def take(self, name: str) -> bool:
        """Whether whoever has this name may send one more event now."""
        with self._lock:
            now = self._clock()
            self._forget_full(now)
            left, since = self._buckets.get(name, (self._burst, now))
            left = min(self._burst, left + (now - since) * self._per_second)
            allowed = left >= 1
            self._buckets[name] = (left - allowed, now)
            return allowed

    def _forget_full(self, now: float) -> None:
        """Forget, now and then, those who sent nothing for so long that their bucket is full."""
        filled_in = self._burst / self._per_second
        if now - self._swept >= filled_in:
            self._swept = now
            self._buckets = {name: one for name, one in self._buckets.items() if now - one[1] < filled_in}


class Allowances:
    """How much pages may ask for: by connection, by visitor and by address, whichever is used up first.

    Who connects anew is still the same visitor, and who makes up visitors still has the same address. `connection` and
    `address` tell who asks; None for an address that may stand before everybody, such as a proxy of this machine.
    """

    def __init__(
        self,
        connection: Callable[[], str],
        address: Callable[[], str | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connection = connection
        self._address = address
        self._of_each = Allowance(BURST, PER_SECOND, clock)
        self._of_address = Allowance(ADDRESS_BURST, ADDRESS_PER_SECOND, clock)

    def take(self, payload: Any) -> bool:
        """Whether one more event, with this payload, may come now."""
        address = self._address()
        if address is not None and not self._of_address.take(address):
            return False
        visitor = payload.get("visitor") if isinstance(payload, dict) else None
        names = [f"connection {self._connection()}"]
        if isinstance(visitor, str) and len(visitor) <= VISITOR_LENGTH:
            names.append(f"visitor {visitor}")
        return all(self._of_each.take(name) for name in names)
