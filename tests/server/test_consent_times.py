"""Quiet hours, the validity of words, and session windows: what the gate's facts are made of."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botflow.channels.contract import SessionWindow
from botflow.consent.gate import Window
from botflow.consent.hours import beginning, ending, quiet_until, zone_of
from botflow.consent.sessions import HOUR_MS, Session, contact_wrote, message_left, window_state

NEW_YORK, MADRID = ZoneInfo("America/New_York"), ZoneInfo("Europe/Madrid")


def at(written: str, zone: ZoneInfo = MADRID, fold: int = 0) -> int:
    return round(datetime.fromisoformat(written).replace(tzinfo=zone, fold=fold).timestamp() * 1000)


@pytest.mark.parametrize(
    ("begins", "ends", "now", "until"),
    [
        ("21:00", "08:00", "2026-03-01T20:59", None),
        ("21:00", "08:00", "2026-03-01T21:00", "2026-03-02T08:00"),
        ("21:00", "08:00", "2026-03-02T00:00", "2026-03-02T08:00"),
        ("21:00", "08:00", "2026-03-02T07:59", "2026-03-02T08:00"),
        ("21:00", "08:00", "2026-03-02T08:00", None),
        ("13:00", "15:00", "2026-03-01T14:00", "2026-03-01T15:00"),
        ("13:00", "15:00", "2026-03-01T21:00", None),
        ("13:00", "13:00", "2026-03-01T13:00", None),
        # The night in which clocks go forward at 2:00, and the one in which they go back at 3:00.
        ("21:00", "08:00", "2026-03-28T23:00", "2026-03-29T08:00"),
        ("21:00", "08:00", "2026-10-24T23:00", "2026-10-25T08:00"),
        ("21:00", "02:30", "2026-03-28T23:00", "2026-03-29T03:30"),
    ],
)
def test_quiet_hours_end_on_the_clock_of_the_contact(begins: str, ends: str, now: str, until: str | None) -> None:
    assert quiet_until(begins, ends, MADRID, at(now)) == (None if until is None else at(until))


def test_an_hour_that_comes_twice_ends_the_quiet_hours_each_time() -> None:
    assert quiet_until("21:00", "02:30", MADRID, at("2026-10-25T02:10", fold=1)) == at("2026-10-25T02:30", fold=1)


TIMES = st.times().map(lambda time: time.isoformat("minutes"))
MOMENTS = st.integers(1_760_000_000_000, 1_800_000_000_000)


@given(TIMES, TIMES, st.sampled_from([MADRID, NEW_YORK, ZoneInfo("Asia/Kathmandu")]), MOMENTS)
def test_quiet_hours_end_within_a_day_or_so(begins: str, ends: str, zone: ZoneInfo, now: int) -> None:
    until = quiet_until(begins, ends, zone, now)
    assert until is None or now < until <= now + 25 * HOUR_MS


def test_the_first_time_zone_that_there_is_counts() -> None:
    assert zone_of((None, "Nowhere/At_All", "", "../etc/passwd", "Europe/Madrid")) == MADRID
    assert zone_of((None, "")) == UTC


def test_a_date_is_valid_from_its_first_to_its_last_moment() -> None:
    assert beginning("2026-03-29", MADRID) == at("2026-03-29T00:00")
    assert ending("2026-03-29", MADRID) == at("2026-03-30T00:00")
    assert ending("2026-03-29T12:00", MADRID) == at("2026-03-29T12:00")
    with pytest.raises(ValueError, match="month"):
        ending("2026-13-01", MADRID)


WHATSAPP = SessionWindow(hours=24)
VIBER = SessionWindow(hours=24, messages=60, in_a_row=10)


def sent(session: Session, messages: int) -> Session:
    for _ in range(messages):
        session = message_left(session)
    return session


@pytest.mark.parametrize(
    ("window", "hours", "state"),
    [(None, 1000, "open"), (WHATSAPP, 23.9, "open"), (WHATSAPP, 24, "closed"), (VIBER, 24, "closed")],
)
def test_a_window_is_open_for_its_hours(window: SessionWindow | None, hours: float, state: Window) -> None:
    session = contact_wrote(Session(), window, 0)
    assert window_state(session, window, round(hours * HOUR_MS)) == state


def test_it_is_closed_until_the_contact_has_written() -> None:
    assert window_state(Session(), WHATSAPP, 0) == "closed"


def test_a_window_without_a_count_begins_anew_with_each_message() -> None:
    session = contact_wrote(contact_wrote(Session(), WHATSAPP, 0), WHATSAPP, 20 * HOUR_MS)
    assert window_state(session, WHATSAPP, 40 * HOUR_MS) == "open"


def test_a_session_that_counts_lasts_its_hours_whatever_the_contact_writes() -> None:
    session = contact_wrote(contact_wrote(Session(), VIBER, 0), VIBER, 20 * HOUR_MS)
    assert window_state(session, VIBER, 24 * HOUR_MS) == "closed"
    assert window_state(contact_wrote(session, VIBER, 25 * HOUR_MS), VIBER, 40 * HOUR_MS) == "open"


def test_the_eleventh_message_in_a_row_waits_for_an_answer() -> None:
    session = contact_wrote(Session(), VIBER, 0)
    assert window_state(sent(session, 9), VIBER, 1) == "open"
    assert window_state(sent(session, 10), VIBER, 1) == "in_a_row"
    assert window_state(contact_wrote(sent(session, 10), VIBER, 1), VIBER, 2) == "open"


def test_the_sixty_first_message_waits_for_another_session() -> None:
    session = contact_wrote(Session(), VIBER, 0)
    for _ in range(6):
        session = contact_wrote(sent(session, 10), VIBER, 1)
    assert window_state(session, VIBER, 2) == "full"
    assert window_state(contact_wrote(session, VIBER, 24 * HOUR_MS), VIBER, 24 * HOUR_MS + 1) == "open"


def test_a_message_that_reaches_us_late_does_not_shorten_the_window() -> None:
    session = contact_wrote(contact_wrote(Session(), WHATSAPP, 10 * HOUR_MS), WHATSAPP, 0)
    assert window_state(session, WHATSAPP, 30 * HOUR_MS) == "open"
