"""Ids made by the server: UUID version 7 (RFC 9562) as text, so that rows sort by when they were made."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Final
from uuid import UUID

from botflow.clock import Clock, system_clock

RANDOM_BITS: Final = 74
_VERSION: Final = 7 << 76
_VARIANT: Final = 2 << 62
_LOW_BITS: Final = 62


class Ids:
    """A source of UUIDv7 texts. Each is greater than the one before, from whatever thread it is asked."""

    def __init__(self, clock: Clock = system_clock, random_bytes: Callable[[int], bytes] = os.urandom) -> None:
        self._clock = clock
        self._random_bytes = random_bytes
        self._lock = threading.Lock()
        self._last = 0

    def __call__(self) -> str:
        """The next id, 36 characters."""
        with self._lock:
            self._last = max(self._last + 1, self._clock() << RANDOM_BITS | self._random())
            return str(UUID(int=_with_version(self._last)))

    def _random(self) -> int:
        return int.from_bytes(self._random_bytes(10), "big") >> (80 - RANDOM_BITS)


def _with_version(value: int) -> int:
    """Lay 48 bits of time and 74 of chance around the version and the variant of RFC 9562, section 5.7."""
    milliseconds, chance = value >> RANDOM_BITS, value & ((1 << RANDOM_BITS) - 1)
    high, low = chance >> _LOW_BITS, chance & ((1 << _LOW_BITS) - 1)
    return milliseconds << 80 | _VERSION | high << 64 | _VARIANT | low
