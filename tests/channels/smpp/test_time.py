"""What depends on time: names of messages that come again, the pace of a throttled bind, delays between attempts."""

from itertools import count
from random import Random

import pytest

from botflow.channels.contract import Refused, RetryLater
from botflow.channels.smpp import repeats
from botflow.channels.smpp.bind import delay_after
from botflow.channels.smpp.pace import LONGEST_INTERVAL, PAUSE_SECONDS, Pace
from botflow.channels.smpp.repeats import Repeats


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def names(clock: Clock) -> Repeats:
    numbers = count(1)
    return Repeats(lambda: f"m-{next(numbers)}", clock)


def test_equal_messages_at_once_are_two(names: Repeats) -> None:
    assert [names.name(b"yes", "line 1") for _ in range(2)] == ["m-1", "m-2"]


def test_an_answered_message_is_over(names: Repeats, clock: Clock) -> None:
    names.answered(names.name(b"yes", "line 1"))
    clock.now += 60
    names.broke("line 1")
    assert names.name(b"yes", "line 2") == "m-2"


def test_an_unanswered_message_comes_again_over_the_next_line(names: Repeats) -> None:
    names.name(b"yes", "line 1")
    names.name(b"no", "line 1")
    names.broke("line 1")
    assert [names.name(content, "line 2") for content in (b"no", b"yes", b"yes")] == ["m-2", "m-1", "m-3"]


def test_an_answer_just_before_the_break_may_not_have_arrived(names: Repeats, clock: Clock) -> None:
    names.answered(names.name(b"yes", "line 1"))
    clock.now += repeats.IN_DOUBT_SECONDS / 2
    names.broke("line 1")
    clock.now += 120
    assert names.name(b"yes", "line 2") == "m-1"
    names.answered("m-1")
    clock.now += 60
    assert names.name(b"yes", "line 2") == "m-2"


def test_only_what_came_over_the_broken_line_comes_again(names: Repeats) -> None:
    names.name(b"yes", "line 1")
    names.broke("line 2")
    assert names.name(b"yes", "line 3") == "m-2"


def test_an_overdue_answer_makes_the_smsc_ask_again(names: Repeats, clock: Clock) -> None:
    names.name(b"yes", "line 1")
    clock.now += repeats.OVERDUE_SECONDS
    assert names.name(b"yes", "line 1") == "m-1"


def test_what_was_sent_away_comes_again(names: Repeats) -> None:
    names.refused(names.name(b"yes", "line 1"))
    assert names.name(b"yes", "line 1") == "m-1"


def test_nothing_is_remembered_for_ever(names: Repeats, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    names.name(b"yes", "line 1")
    names.broke("line 1")
    clock.now += repeats.REMEMBERED_SECONDS + 1
    assert names.name(b"yes", "line 2") == "m-2"
    monkeypatch.setattr(repeats, "MOST_REMEMBERED", 5)
    for number in range(100):
        names.name(b"%d" % number, "line 3")
    assert len(names._by_name) <= 6
    assert len(names._by_content) <= 6


def test_a_bind_is_as_fast_as_it_can_until_it_is_throttled() -> None:
    pace = Pace()
    pace.sent(0)
    assert pace.wait(0) == 0
    pace.throttled(0, 1)
    assert pace.wait(1) == PAUSE_SECONDS


def test_what_left_before_the_last_throttling_slows_no_further() -> None:
    pace = Pace()
    for sent_at, now in [(0, 1.0), (0.5, 1.1), (0.9, 1.2)]:
        pace.throttled(sent_at, now)
    once = pace.interval
    pace.throttled(1.5, 2)
    assert pace.interval == 2 * once


def test_the_pace_has_a_lower_bound_and_recovers() -> None:
    pace = Pace()
    for second in range(100):
        pace.throttled(second, second)
    assert pace.interval == LONGEST_INTERVAL
    for _ in range(1000):
        pace.accepted()
    pace.sent(200)
    assert pace.wait(200) == 0


def test_delays_grow_and_are_spread() -> None:
    delays = [delay_after(failures, RetryLater("away"), Random(1)) for failures in range(1, 12)]
    assert delays[0] < 1
    assert delays == sorted(delays)
    assert 40 < delays[-1] < 80
    assert len({delay_after(3, None, Random(seed)) for seed in range(5)}) == 5


def test_an_smsc_that_was_there_is_tried_again_soon() -> None:
    assert delay_after(11, None, Random(1)) < 7


def test_wrong_credentials_are_not_tried_often() -> None:
    assert delay_after(1, Refused("no", "credentials"), Random(1)) > 20
