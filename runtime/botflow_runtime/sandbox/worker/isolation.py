"""The layers between a script and the machine; each one holds by itself (docs/explanation/sandbox.md)."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
from collections.abc import Callable
from typing import Final

import msgspec

from botflow_runtime.sandbox.worker import landlock, seccomp

NOBODY: Final = 65534
CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWNET: Final = 0x40000000
PR_SET_PDEATHSIG: Final = 1


class Isolation(msgspec.Struct, frozen=True):
    """Which layers are in force. `landlock` is its version, 0 where the kernel has none."""

    unprivileged: bool = False
    namespaces: bool = False
    no_new_privileges: bool = False
    landlock: int = 0
    seccomp: bool = False

    def __str__(self) -> str:
        layers = {
            "unprivileged user": self.unprivileged,
            "own user and network namespace": self.namespaces,
            "no new privileges": self.no_new_privileges,
            f"Landlock {self.landlock or ''}".rstrip(): self.landlock > 0,
            "seccomp": self.seccomp,
        }
        return ", ".join(name if there else f"NO {name}" for name, there in layers.items())


def enclose() -> Isolation:
    """Lock this process, and all that it will fork, as far as the machine allows."""
    return Isolation(
        unprivileged=_drop_user(),
        namespaces=_tried(_leave_namespaces),
        no_new_privileges=_tried(lambda: seccomp.prctl(seccomp.PR_SET_NO_NEW_PRIVS, 1)),
        landlock=_landlock(),
        seccomp=_seccomp_works(),
    )


def limit(address_space: int, cpu_seconds: int) -> None:
    """Bound a worker: no files, no children, so much memory (bytes) and processor time; then the system calls."""
    for name, value in (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(name, (value, value))


def die_with(parent: int) -> None:
    """End this process when its parent ends."""
    seccomp.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(0)


def _drop_user() -> bool:
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    return os.getuid() != 0


def _tried(layer: Callable[[], None]) -> bool:
    try:
        layer()
    except OSError:
        return False
    return True


def _leave_namespaces() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


def _landlock() -> int:
    try:
        return landlock.apply()
    except OSError:
        return 0


def _seccomp_works() -> bool:
    """Whether a child behind the filter is refused a socket: the kernel may know seccomp and not let us use it."""
    child = os.fork()
    if child == 0:
        os._exit(_refused_behind_filter())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _refused_behind_filter() -> int:
    try:
        seccomp.install()
    except OSError:
        return 1
    try:
        socket.socket()
    except PermissionError:
        return 0
    except OSError:
        return 1
    return 1
