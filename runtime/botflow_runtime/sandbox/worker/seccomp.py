"""A seccomp filter that leaves a worker the few system calls that computing and talking to the host need.

Written straight to the kernel (seccomp(2), BPF), so neither a compiler nor libseccomp has to be there.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
from typing import Final, NamedTuple

PR_SET_NO_NEW_PRIVS: Final = 38
PR_SET_SECCOMP: Final = 22
SECCOMP_MODE_FILTER: Final = 2
PROT_EXEC: Final = 4

ALLOW: Final = 0x7FFF0000
REFUSE: Final = 0x00050000 | errno.EPERM
KILL: Final = 0x80000000

LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
EQUALS: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
HAS_BITS: Final = 0x45  # BPF_JMP | BPF_JSET | BPF_K
RETURN: Final = 0x06  # BPF_RET | BPF_K

NUMBER_AT: Final = 0
ARCHITECTURE_AT: Final = 4
THIRD_ARGUMENT_AT: Final = 32  # low half of args[2] in struct seccomp_data, little endian


class Architecture(NamedTuple):
    """What the kernel calls a machine, and the column of SYSTEM_CALLS that holds its numbers."""

    audit: int
    column: int


ARCHITECTURES: Final = {"x86_64": Architecture(0xC000003E, 0), "aarch64": Architecture(0xC00000B7, 1)}

SYSTEM_CALLS: Final[dict[str, tuple[int, int]]] = {
    "sendto": (44, 206),
    "recvfrom": (45, 207),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "brk": (12, 214),
    "futex": (202, 98),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "getitimer": (36, 102),
    "setitimer": (38, 103),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "restart_syscall": (219, 128),
    "sched_yield": (24, 124),
    "getrusage": (98, 165),
    "getrandom": (318, 278),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
MAPPING_CALLS: Final[dict[str, tuple[int, int]]] = {"mmap": (9, 222), "mprotect": (10, 226)}
"""Allowed as long as the memory is not to be executed."""


class Instruction(ctypes.Structure):
    """struct sock_filter"""

    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32))


class Program(ctypes.Structure):
    """struct sock_fprog"""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(Instruction)))


def program(architecture: Architecture) -> list[tuple[int, int, int, int]]:
    """The filter as (code, jump if true, jump if false, k): other machines die, unknown calls get EPERM."""
    column = architecture.column
    lines = [(LOAD, 0, 0, ARCHITECTURE_AT), (EQUALS, 1, 0, architecture.audit), (RETURN, 0, 0, KILL)]
    lines.append((LOAD, 0, 0, NUMBER_AT))
    for numbers in SYSTEM_CALLS.values():
        lines += [(EQUALS, 0, 1, numbers[column]), (RETURN, 0, 0, ALLOW)]
    for numbers in MAPPING_CALLS.values():
        lines += [(EQUALS, 0, 4, numbers[column]), (LOAD, 0, 0, THIRD_ARGUMENT_AT), (HAS_BITS, 0, 1, PROT_EXEC)]
        lines += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    return [*lines, (RETURN, 0, 0, REFUSE)]


def _built() -> Program | None:
    architecture = ARCHITECTURES.get(platform.machine())
    if architecture is None:
        return None
    lines = [Instruction(*line) for line in program(architecture)]
    return Program(len(lines), (Instruction * len(lines))(*lines))


LIBC: Final = ctypes.CDLL(None, use_errno=True)
PROGRAM: Final = _built()
"""Built once, before the zygote forks."""


def install() -> None:
    """Put this process behind the filter, for ever. Raises OSError where the kernel or machine cannot."""
    if PROGRAM is None:
        raise OSError(errno.ENOSYS, f"no filter is written for {platform.machine()}")
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(PROGRAM))


def prctl(option: int, argument: int, pointer: object = None) -> None:
    """prctl(2). Raises OSError."""
    if LIBC.prctl(option, ctypes.c_ulong(argument), pointer, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
