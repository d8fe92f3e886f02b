"""One worker: greets the host, locks itself in, and runs scripts."""

from __future__ import annotations

import math
import os
import signal
import socket
from typing import NoReturn, Protocol

from botflow_runtime.sandbox.limits import CPU_GRACE_SECONDS, Limits
from botflow_runtime.sandbox.worker import channel, isolation, seccomp
from botflow_runtime.sandbox.worker.channel import Channel, Run


class Work(Protocol):
    """How a language runs scripts in its worker."""

    reusable: bool
    """Whether a worker can run another script and nothing of the first is left."""

    def __init__(self, host: Channel) -> None:
        """Prepare what the next run needs: the host is not waiting yet."""

    def run(self, run: Run) -> bytes:
        """Run the script; returns channel.Done as JSON. Never raises on account of the script."""

    @staticmethod
    def memory(limits: Limits) -> int:
        """Bytes that the process may take for runs, these limits being those of the first."""

    @staticmethod
    def lifetime(limits: Limits) -> float:
        """Seconds of processor time in the life of the process."""


def work(language: type[Work], connection: socket.socket, zygote: int, address_space: int, filtered: bool) -> NoReturn:
    """The whole life of a worker, from its fork to its exit."""
    status = 1
    try:
        isolation.die_with(zygote)
        _greet(connection)
        _serve(language, Channel(connection), address_space, filtered)
    except (EOFError, ConnectionError):  # the host is gone or has no more use for this worker
        status = 0
    except MemoryError:
        status = channel.MEMORY_EXIT
    finally:
        os._exit(status)


def _serve(language: type[Work], host: Channel, address_space: int, filtered: bool) -> None:
    work = language(host)
    run = channel.decode_run(host.receive())
    isolation.limit(address_space + language.memory(run.limits), math.ceil(language.lifetime(run.limits)) + 1)
    if filtered:
        seccomp.install()
    while True:
        _kill_after(run.limits.cpu_seconds + CPU_GRACE_SECONDS)
        done = work.run(run)
        host.send(channel.DONE, done)
        _kill_after(0)
        if not language.reusable:
            return
        work = language(host)
        run = channel.decode_run(host.receive())


def _kill_after(cpu_seconds: float) -> None:
    """Let the kernel end this process (SIGPROF) when it has computed so long; 0 takes that back."""
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)


def _greet(connection: socket.socket) -> None:
    """Send the host a descriptor of this very process, so that it can never kill another that got the same number."""
    descriptor = os.pidfd_open(os.getpid())
    socket.send_fds(connection, [b"%d" % os.getpid()], [descriptor])
    os.close(descriptor)
