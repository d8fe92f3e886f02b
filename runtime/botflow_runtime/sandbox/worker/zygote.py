"""The process that workers are forked from: everything is loaded, nothing has run, there is one thread.

The host speaks to it over a socket of whole messages (SOCK_SEQPACKET):

* ``<language>`` with a descriptor: fork a worker of that language behind that socket; no answer, the worker greets;
* ``?<pid>``: how did this worker end? The answer is its exit status, negative for a signal; 0 for none.

It begins with a message of its own, the Isolation in force, and ends when the host closes the socket.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from typing import Final

import msgspec

from botflow_runtime.sandbox.worker import isolation, javascript, python
from botflow_runtime.sandbox.worker.worker import Work, work

LANGUAGES: Final[dict[str, type[Work]]] = {"javascript": javascript.JavaScript, "python": python.Python}
MESSAGE_BYTES: Final = 64
REMEMBERED_ENDINGS: Final = 256


def main(descriptor: int) -> None:
    """Serve the host until it closes its end."""
    control = socket.socket(fileno=descriptor)
    address_space = _address_space()
    enclosed = isolation.enclose()
    gc.collect()
    gc.freeze()  # collections in workers shall not touch, and so copy, the pages that they share
    control.send(msgspec.json.encode(enclosed))
    Zygote(control, address_space, enclosed).serve()


class Zygote:
    """Forks workers and remembers how the ones that went wrong ended."""

    def __init__(self, control: socket.socket, address_space: int, enclosed: isolation.Isolation) -> None:
        self._control = control
        self._address_space = address_space
        self._enclosed = enclosed
        self._endings: dict[int, int] = {}

    def serve(self) -> None:
        while True:
            message, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE_BYTES, 1)
            if not message:
                return
            if descriptors:
                self._fork(message.decode(), socket.socket(fileno=descriptors[0]))
            else:
                self._control.send(b"%d" % self._ending(int(message[1:])))
            self._reap()

    def _fork(self, language: str, connection: socket.socket) -> None:
        zygote = os.getpid()
        try:
            child = os.fork()
        except OSError:  # the machine is full: the host sees the connection close
            child = -1
        if child == 0:
            self._control.close()
            work(LANGUAGES[language], connection, zygote, self._address_space, self._enclosed.seccomp)
        connection.close()

    def _ending(self, worker: int) -> int:
        """Waits for the worker: it is asked about only once its socket is closed or it was sent SIGKILL."""
        if worker and worker not in self._endings:
            try:
                self._endings[worker] = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
            except ChildProcessError:
                return 0
        return self._endings.get(worker, 0)

    def _reap(self) -> None:
        while True:
            try:
                worker, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if worker == 0:
                return
            self._remember(worker, os.waitstatus_to_exitcode(status))

    def _remember(self, worker: int, ending: int) -> None:
        if ending == 0:
            return
        self._endings[worker] = ending
        if len(self._endings) > REMEMBERED_ENDINGS:
            del self._endings[next(iter(self._endings))]


def _address_space() -> int:
    """Bytes of virtual memory that this process holds already: what a script gets comes on top."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGESIZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
