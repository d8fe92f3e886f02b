"""Backtracking programs, compiled when they are first needed and kept while there is room."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

import regex

from botflow_runtime.patterns.limits import BACKTRACKING_MEMORY, BACKTRACKING_PROGRAMS

Key = TypeVar("Key", bound=Hashable)


class ProgramCache(Generic[Key]):
    """Like `lru_cache`, but bounded by the bytes of its programs too; the newest is kept whatever its size."""

    __slots__ = ("_compile", "_kept", "_lock", "_most_bytes", "_size")

    def __init__(self, compile_: Callable[[Key], regex.Pattern[str]], most_bytes: int = BACKTRACKING_MEMORY) -> None:
        self._compile = compile_
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Key, regex.Pattern[str]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def __call__(self, key: Key) -> regex.Pattern[str]:
        """The program of a key, compiled when it is not kept."""
        with self._lock:
            program = self._kept.get(key)
            if program is not None:
                self._kept.move_to_end(key)
                return program
        program = self._compile(key)
        with self._lock:
            self._keep(key, program)
        return program

    @property
    def size(self) -> int:
        """Bytes of all that is kept."""
        return self._size

    def __len__(self) -> int:
        return len(self._kept)

    def _keep(self, key: Key, program: regex.Pattern[str]) -> None:
        if key in self._kept:
            return
        self._kept[key] = program
        self._size += sys.getsizeof(program)
        while len(self._kept) > 1 and (self._size > self._most_bytes or len(self._kept) > BACKTRACKING_PROGRAMS):
            _, oldest = self._kept.popitem(last=False)
            self._size -= sys.getsizeof(oldest)
