"""A clock that only a test moves."""

from __future__ import annotations

from datetime import datetime


class VirtualClock:
    """Seconds since the epoch, as a callable; `advance` moves it. It never goes back."""

    def __init__(self, start: datetime | float = 0.0) -> None:
        self._now = start.timestamp() if isinstance(start, datetime) else float(start)

    def __call__(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.advance_to(self._now + seconds)

    def advance_to(self, moment: float) -> None:
        """Let time pass until `moment` (seconds since the epoch)."""
        self._now = max(self._now, moment)
