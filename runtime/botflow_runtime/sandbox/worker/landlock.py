"""Landlock: the process can open no file, reach no TCP port and signal no process outside (landlock(7))."""

from __future__ import annotations

import ctypes
import os
from typing import Final

CREATE_RULESET: Final = 444
RESTRICT_SELF: Final = 446
ASK_VERSION: Final = 1

FILE_RIGHTS: Final = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}
"""All rights on files that each version of Landlock knows; later versions know those of 5."""
NETWORK_RIGHTS: Final = 0x3  # bind and connect, from version 4 on
SCOPES: Final = 0x3  # abstract unix sockets and signals, from version 6 on


def apply() -> int:
    """Forbid all that Landlock can forbid; returns its version. Raises OSError where the kernel has none."""
    version = _system_call(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(ASK_VERSION))
    rights = [FILE_RIGHTS[min(version, max(FILE_RIGHTS))]]
    if version >= 4:
        rights.append(NETWORK_RIGHTS)
    if version >= 6:
        rights.append(SCOPES)
    attributes = (ctypes.c_uint64 * len(rights))(*rights)
    size = ctypes.c_size_t(ctypes.sizeof(attributes))
    ruleset = _system_call(CREATE_RULESET, ctypes.byref(attributes), size, ctypes.c_uint32(0))
    try:
        _system_call(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)
    return version


def _system_call(number: int, *arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    result = int(libc.syscall(ctypes.c_long(number), *arguments))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result
