"""Times of day and of the year as people write them, in a time zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo


def zone_of(names: Iterable[str | None]) -> tzinfo:
    """The first of the time zones that there is; UTC where none is."""
    for name in names:
        try:
            return ZoneInfo(name or "")
        except (KeyError, ValueError, OSError):
            continue
    return UTC


def quiet_until(begins: str, ends: str, zone: tzinfo, now: int) -> int | None:
    """When the quiet hours end (milliseconds since the epoch), if `now` is within them.

    `begins` and `ends` are "HH:MM" on the clock of `zone`; they may lie on both sides of midnight.
    """
    first, last = time.fromisoformat(begins), time.fromisoformat(ends)
    local = datetime.fromtimestamp(now / 1000, zone)
    clock = local.time()
    over_midnight = first > last
    quiet = (clock >= first or clock < last) if over_midnight else first <= clock < last
    if not quiet:
        return None
    day = local.date() + timedelta(days=1) if over_midnight and clock >= first else local.date()
    # An hour that comes twice: the end that is still to come.
    moments = (instant(datetime.combine(day, last, zone).replace(fold=fold)) for fold in (0, 1))
    return next((moment for moment in moments if moment > now), None)


def instant(moment: datetime) -> int:
    """Milliseconds since the epoch."""
    return round(moment.timestamp() * 1000)


def beginning(written: str, zone: tzinfo) -> int:
    """When a local date ("2026-03-01") or time ("2026-03-01T09:30") begins. Raises ValueError."""
    return instant(datetime.fromisoformat(written).replace(tzinfo=zone))


def ending(written: str, zone: tzinfo) -> int:
    """When it is over: a date with its last moment, a time when it is reached. Raises ValueError."""
    if len(written) == len("2026-03-01"):
        return beginning((date.fromisoformat(written) + timedelta(days=1)).isoformat(), zone)
    return beginning(written, zone)
