"""Serving over HTTP: one gunicorn worker with threads, whose threads also run the jobs.

gunicorn reads requests defensively and bounds its threads, and Socket.IO's WebSockets run on its threads. The worker is
told by the kernel when its parent dies, so that a `kill -9` leaves nobody behind who holds the port or the lock.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from types import FrameType
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.http import Request
from gunicorn.util import close_graceful
from gunicorn.workers.gthread import TConn, ThreadWorker

from botflow.frames import SOCKET_PATH

GRACE_SECONDS: Final = 3
"""How long requests that are being served may take to end when the server has to."""
LEAVE_SECONDS: Final = 7
"""How long the jobs may take then, before the parent ends the worker by force."""
WORKER_SILENT_SECONDS: Final = 60
"""A worker that does not answer its parent for so long is replaced."""
ANSWER_SECONDS: Final = 60
"""An answer is worked out and taken by its client within this time; live connections are exempt."""
TRANSFER_SECONDS: Final = 15 * 60
"""A file of the media library comes or goes within this time: 500 MB at 600 kB a second."""
TRANSFER_PATHS: Final = ("/media/", "/api/v1/media", "/api/v1/bundles")
LOOK_SECONDS: Final = 1
"""How often the worker looks for connections whose time is up."""
PR_SET_PDEATHSIG: Final = 1


@dataclass(frozen=True)
class Service:
    """A server that was put together in the worker: its app, and how to begin, to end live connections, to stop."""

    app: Flask
    start: Callable[[], None]
    hang_up: Callable[[], None]
    stop: Callable[[], None]


def serve(
    listener: socket.socket, threads: int, request_seconds: int, log_level: str, build: Callable[[], Service]
) -> None:
    """Serve until SIGTERM or SIGINT; then the work at hand is finished. `build` runs in the worker.

    Each request, header and body, has to arrive within `request_seconds`.
    """
    options = {
        "bind": f"fd://{listener.detach()}",
        "workers": 1,
        "worker_class": _Worker,
        "logger_class": _Log,
        "threads": threads,
        "worker_connections": threads * 4,
        "timeout": WORKER_SILENT_SECONDS,
        "graceful_timeout": GRACE_SECONDS + LEAVE_SECONDS,
        # at lower levels gunicorn logs addresses, and those of webhooks and media hold secrets
        "loglevel": log_level if log_level == "error" else "warning",
        "control_socket_disable": True,
        "proc_name": "botflow",
        "post_worker_init": lambda worker: worker.app.service.start(),
        "worker_exit": _leave,
    }
    _Application(options, request_seconds, build).run()


class _Application(BaseApplication):
    """gunicorn, configured from here instead of from its command line."""

    def __init__(self, options: dict[str, Any], request_seconds: int, build: Callable[[], Service]) -> None:
        self._options = options
        self.request_seconds = request_seconds
        self._build = build
        self.service: Service | None = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        _die_with_parent()
        self.service = self._build()
        return self.service.app.wsgi_app


class Patience:
    """How long connections may hold their threads: those that take longer are cut off."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._deadlines: dict[socket.socket, tuple[float, int]] = {}
        self._next_look = 0.0

    def limit(self, connection: socket.socket, seconds: float, how: int) -> None:
        """Shut the connection down in `how` (SHUT_RD, SHUT_RDWR) unless it is released or limited anew before."""
        self._deadlines[connection] = (self._clock() + seconds, how)

    def release(self, connection: socket.socket) -> None:
        """The connection may last from now on."""
        self._deadlines.pop(connection, None)

    def look(self) -> None:
        """Cut off the connections whose time is up; whoever waits for them is woken. Call it as often as you like."""
        now = self._clock()
        if now < self._next_look:
            return
        self._next_look = now + LOOK_SECONDS
        for connection, (deadline, how) in list(self._deadlines.items()):
            if deadline <= now:
                self.release(connection)
                with contextlib.suppress(OSError):  # it has ended meanwhile
                    connection.shutdown(how)


class _Log(Logger):
    """gunicorn's log goes where ours goes, in the same form."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class _Worker(ThreadWorker):
    """A worker whose threads nobody keeps: slow clients are cut off, and live connections end when it has to stop."""

    app: _Application

    def init_process(self) -> None:
        self._patience = Patience()
        self.cfg.set("graceful_timeout", GRACE_SECONDS)  # the worker's own: the parent keeps its longer one
        super().init_process()

    def handle(self, conn: TConn) -> Any:
        """Serve one request, in a thread of the pool."""
        self._patience.limit(conn.sock, self.app.request_seconds, socket.SHUT_RD)
        try:
            goes_on = super().handle(conn)
        finally:
            self._patience.release(conn.sock)
        if not goes_on:
            # Here and not in finish_request: closing waits for the peer, and there every other connection would too.
            close_graceful(conn.sock)
        return goes_on

    def handle_request(self, req: Request, conn: TConn) -> bool:
        """Answer a request whose header was read."""
        if not _has_body(req):
            if (req.path or "").startswith(SOCKET_PATH):
                self._patience.release(conn.sock)
            else:
                self._patience.limit(conn.sock, ANSWER_SECONDS, socket.SHUT_RDWR)
        if (req.path or "").startswith(TRANSFER_PATHS):
            self._patience.limit(conn.sock, TRANSFER_SECONDS, socket.SHUT_RDWR)
        return super().handle_request(req, conn)

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """Put a connection back to wait for its next request, or count it out, in the main thread."""
        if conn.sock.fileno() == -1:
            self.nr_conns -= 1
        else:
            super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """Close what has waited for too long: part of the main loop, at least once a second."""
        super().murder_pending()
        self._patience.look()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._hang_up()

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_quit(sig, frame)
        self._hang_up()

    def _hang_up(self) -> None:
        # In a thread: a signal handler must not wait for a lock that the code it interrupted may hold.
        if self.app.service is not None:
            threading.Thread(target=self.app.service.hang_up, daemon=True).start()


def _has_body(request: Request) -> bool:
    return any(name in ("CONTENT-LENGTH", "TRANSFER-ENCODING") for name, _ in request.headers)


def _leave(_arbiter: object, worker: _Worker) -> None:
    if worker.app.service is not None:
        worker.app.service.stop()
    if worker.booted:
        # Python would wait for the threads of connections whose peer never answers.
        sys.stderr.flush()
        os._exit(0)


def _die_with_parent() -> None:
    """Linux kills this process when its parent ends, however it ends; elsewhere gunicorn looks once a second."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
