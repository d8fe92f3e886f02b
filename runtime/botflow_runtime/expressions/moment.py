"""The clock and the session's time zone, as an expression sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Final, TypeAlias

from botflow_runtime.errors import HostError

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


Now: TypeAlias = datetime | Callable[[], datetime] | None
"""An aware time, a function that gives one, or None for the clock."""


class Moment:
    """The time `now()` gives and the zone it is shown in; it is asked for at the first use only."""

    def __init__(self, now: Now) -> None:
        if isinstance(now, datetime):
            _refuse_naive(now)
        self._given = now

    @cached_property
    def at(self) -> datetime:
        given = self._given() if callable(self._given) else self._given
        return _refuse_naive(given) if given is not None else datetime.now(UTC)

    @property
    def zone(self) -> tzinfo:
        """The session's time zone: that of the time given."""
        return self.at.tzinfo or UTC

    @property
    def microseconds(self) -> int:
        """Microseconds from 2000-01-01 00:00 UTC to now."""
        return (self.at - _EPOCH) // _MICROSECOND


def _refuse_naive(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise HostError("now must carry a time zone: the company's.")
    return now


class UnknownMoment(Moment):
    """Stands in while compiling: asking it anything shows that the answer depends on the event's time."""

    def __init__(self) -> None:
        super().__init__(None)

    @cached_property
    def at(self) -> datetime:
        raise NeedsMomentError


class NeedsMomentError(Exception):
    """Raised by UnknownMoment: the value cannot be known before the event."""
