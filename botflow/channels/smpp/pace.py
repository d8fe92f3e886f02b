"""How fast a bind may send: as fast as it can, until the SMSC says that it is too fast."""

from __future__ import annotations

from typing import Final

FIRST_INTERVAL: Final = 0.01
LONGEST_INTERVAL: Final = 1.0
PAUSE_SECONDS: Final = 0.25
RECOVERY: Final = 0.98
"""What an accepted message leaves of the interval."""
NEGLIGIBLE: Final = 0.001


class Pace:
    """Doubles the interval when the SMSC throttles, and shortens it with each message that it takes.

    Times are seconds of any steady clock.
    """

    def __init__(self) -> None:
        self.interval = 0.0
        self._next = 0.0
        self._slowed_at = float("-inf")

    def wait(self, now: float) -> float:
        """Seconds until the next message may leave."""
        return max(0.0, self._next - now)

    def sent(self, now: float) -> None:
        """A message leaves."""
        if self.interval:
            self._next = now + self.interval

    def throttled(self, sent_at: float, now: float) -> None:
        """The SMSC did not take a message that left at `sent_at`. What left before the last time tells nothing new."""
        if sent_at < self._slowed_at:
            return
        self.interval = min(max(self.interval * 2, FIRST_INTERVAL), LONGEST_INTERVAL)
        self._slowed_at = now
        self._next = now + max(self.interval, PAUSE_SECONDS)

    def accepted(self) -> None:
        """The SMSC took a message."""
        if self.interval:
            faster = self.interval * RECOVERY
            self.interval = faster if faster > NEGLIGIBLE else 0.0
