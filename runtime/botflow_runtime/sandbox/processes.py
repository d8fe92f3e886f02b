"""The host's handles of the processes that run scripts: the zygote, and the workers that it forks."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

import msgspec

from botflow_runtime.sandbox.limits import START_SECONDS
from botflow_runtime.sandbox.worker.channel import HEADER
from botflow_runtime.sandbox.worker.isolation import Isolation

STOP_SECONDS: Final = 2.0

PACKAGES: Final = {"botflow_runtime.sandbox": Path(__file__).parent, "botflow_runtime": Path(__file__).parent.parent}
BOOT: Final = """\
import sys, types
for name, folder in {packages!r}.items():
    package = types.ModuleType(name)
    package.__path__ = [folder]
    sys.modules[name] = package
from botflow_runtime.sandbox.worker import zygote
zygote.main(int(sys.argv[1]))
"""
"""Loads the zygote without the packages around it: none of the engine lands in the memory that workers share."""


class WorkerGone(Exception):  # noqa: N818 - it tells how a conversation ended
    """The worker's end of the connection is closed, or what came over it is no message."""


class OutOfTime(Exception):  # noqa: N818 - likewise
    """The deadline passed before a whole message came or went."""


class TooMuch(Exception):  # noqa: N818 - likewise
    """A message is longer than the host is willing to read."""


class Worker:
    """One process that runs scripts, at the other end of a socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._handle: int | None = None
        self.pid: int | None = None
        self.runs = 0

    def is_ready(self) -> bool:
        """Whether the process lives and waits for a script; takes its greeting when it is new."""
        try:
            if self._handle is None:
                self._connection.settimeout(START_SECONDS)
                greeting, handles, _, _ = socket.recv_fds(self._connection, 16, 1)
                if not handles:
                    return False
                self._handle, self.pid = handles[0], int(greeting)
            readable, _, _ = select.select([self._connection], [], [], 0)
        except OSError:
            return False
        return not readable  # a worker that waits has nothing to say

    def send(self, kind: bytes, payload: bytes, deadline: float) -> None:
        """Raises OutOfTime, WorkerGone."""
        self._wait_until(deadline)
        try:
            self._connection.sendall(HEADER.pack(kind, len(payload)) + payload)
        except TimeoutError:
            raise OutOfTime from None
        except OSError:
            raise WorkerGone from None

    def receive(self, deadline: float, most: int) -> tuple[bytes, bytes]:
        """The next message's kind and payload of at most so many bytes. Raises OutOfTime, WorkerGone, TooMuch."""
        kind, length = HEADER.unpack(self._exactly(HEADER.size, deadline))
        if length > most:
            raise TooMuch
        return kind, self._exactly(length, deadline)

    def kill(self) -> None:
        """End the process at once, whatever state it is in, and close the connection."""
        if self._handle is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        self.close()

    def close(self) -> None:
        """Close the connection; a waiting worker ends when it sees that."""
        self._connection.close()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _exactly(self, length: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < length:
            self._wait_until(deadline)
            try:
                piece = self._connection.recv(length - len(received))
            except TimeoutError:
                raise OutOfTime from None
            except OSError:
                raise WorkerGone from None
            if not piece:
                raise WorkerGone
            received += piece
        return bytes(received)

    def _wait_until(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise OutOfTime
        self._connection.settimeout(left)


class Zygote:
    """A process of one thread with everything loaded, which forks workers. Usable from several threads.

    The constructor starts it and does not wait. Raises OSError where such a process cannot be started.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far:
            try:
                self._process = _boot(far.fileno())
            except OSError:
                self._control.close()
                raise
        self._isolation: Isolation | None = None

    @property
    def pid(self) -> int:
        return self._process.pid

    def isolation(self) -> Isolation:
        """The layers in force; waits for the process to be up. Raises OSError when it does not come up."""
        with self._lock:
            if self._isolation is None:
                self._isolation = msgspec.json.decode(self._receive(), type=Isolation)
            return self._isolation

    def fork(self, language: str) -> Worker:
        """A new worker, without waiting for it. Raises OSError when the zygote is gone."""
        near, far = socket.socketpair()
        with far, self._lock:
            try:
                self._control.settimeout(START_SECONDS)
                socket.send_fds(self._control, [language.encode()], [far.fileno()])
            except OSError:
                near.close()
                raise
        return Worker(near)

    def ending_of(self, worker: Worker) -> int:
        """The exit status of a worker that has ended, negative for a signal. Raises OSError when nobody knows."""
        with self._lock:
            return self._ask(worker.pid or 0)

    def check(self) -> None:
        """Raises OSError when the zygote does not answer."""
        with self._lock:
            self._ask(0)

    def close(self) -> None:
        """End the zygote and, with it, every worker."""
        self._control.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        self._process.kill()
        self.close()

    def _ask(self, worker: int) -> int:
        self._control.settimeout(START_SECONDS)
        self._control.send(b"?%d" % worker)
        return int(self._receive())

    def _receive(self) -> bytes:
        self._control.settimeout(START_SECONDS)
        message = self._control.recv(4096)
        if not message:
            raise ConnectionResetError("the zygote is gone")
        return message


def _boot(descriptor: int) -> subprocess.Popen[bytes]:
    """A fresh interpreter: a fork of this process would copy its threads' locks, its memory and its secrets."""
    boot = BOOT.format(packages={name: str(folder) for name, folder in PACKAGES.items()})
    return subprocess.Popen(
        [sys.executable, "-I", "-W", "ignore", "-c", boot, str(descriptor)],
        pass_fds=[descriptor],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        start_new_session=True,
    )
