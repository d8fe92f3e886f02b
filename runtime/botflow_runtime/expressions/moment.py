"""The clock and the session's time zone, as an expression sees them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Final

from botflow_runtime.errors import HostError

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Moment:
    """The time `now()` gives and the zone it is shown in. Without a time the clock is read, at the first use only."""

    def __init__(self, now: datetime | None) -> None:
        if now is not None and now.tzinfo is None:
            raise HostError("now must carry a time zone: the company's.")
        self._given = now

    @cached_property
    def at(self) -> datetime:
        return self._given if self._given is not None else datetime.now(UTC)

    @property
    def zone(self) -> tzinfo:
        """The session's time zone: that of the time given."""
        return self.at.tzinfo or UTC

    @property
    def microseconds(self) -> int:
        """Microseconds from 2000-01-01 00:00 UTC to now."""
        return (self.at - _EPOCH) // _MICROSECOND


class UnknownMoment(Moment):
    """Stands in while compiling: asking it anything shows that the answer depends on the event's time."""

    def __init__(self) -> None:
        super().__init__(None)

    @cached_property
    def at(self) -> datetime:
        raise NeedsMomentError


class NeedsMomentError(Exception):
    """Raised by UnknownMoment: the value cannot be known before the event."""
