"""How many scripts of trials run at once in this process: what contacts wait for has to find a place as well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from botflow.errors import TooManyError

AT_ONCE: Final = 1
PATIENCE_SECONDS: Final = 5.0


class TrialPlaces:
    """The places of all kinds of trials together."""

    def __init__(self) -> None:
        self._places = BoundedSemaphore(AT_ONCE)

    @contextmanager
    def one(self) -> Iterator[None]:
        """A place for one script. Raises TooManyError where none gets free soon."""
        if not self._places.acquire(timeout=PATIENCE_SECONDS):
            raise TooManyError("Other scripts are being tried. Try again in a moment.", 5)
        try:
            yield
        finally:
            self._places.release()
