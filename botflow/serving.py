"""Serving over HTTP: one gunicorn worker with threads, whose threads also run the jobs.

gunicorn reads requests defensively and bounds its threads, and Socket.IO's WebSockets run on its threads. The worker is
told by the kernel when its parent dies, so that a `kill -9` leaves nobody behind who holds the port or the lock.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

GRACE_SECONDS: Final = 3
WORKER_SILENT_SECONDS: Final = 60
"""A worker that does not answer its parent for so long is replaced."""
PR_SET_PDEATHSIG: Final = 1


@dataclass(frozen=True)
class Service:
    """A server that was put together in the worker: its app, and how to begin, to end live connections, to stop."""

    app: Flask
    start: Callable[[], None]
    hang_up: Callable[[], None]
    stop: Callable[[], None]


def serve(listener: socket.socket, threads: int, log_level: str, build: Callable[[], Service]) -> None:
    """Serve until SIGTERM or SIGINT; then the work at hand is finished. `build` runs in the worker."""
    options = {
        "bind": f"fd://{listener.detach()}",
        "workers": 1,
        "worker_class": _Worker,
        "threads": threads,
        "worker_connections": threads * 4,
        "timeout": WORKER_SILENT_SECONDS,
        "graceful_timeout": GRACE_SECONDS,
        "loglevel": "warning" if log_level == "info" else log_level,
        "control_socket_disable": True,
        "proc_name": "botflow",
        "post_worker_init": lambda worker: worker.app.service.start(),
        "worker_exit": _leave,
    }
    _Application(options, build).run()


class _Application(BaseApplication):
    """gunicorn, configured from here instead of from its command line."""

    def __init__(self, options: dict[str, Any], build: Callable[[], Service]) -> None:
        self._options = options
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


class _Worker(ThreadWorker):
    """A worker that ends live connections when it is told to stop: each of them holds a thread for ever."""

    app: _Application

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
