"""Ids are UUIDv7 (RFC 9562), each greater than the one before."""

from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from botflow.clock import iso
from botflow.ids import Ids


@given(st.lists(st.integers(0, 2**48 - 2), min_size=1, max_size=50), st.data())
def test_ids_grow_and_tell_their_time(times: list[int], data: st.DataObject) -> None:
    """Whatever the clock does; while it does not run backwards the time is the clock's."""
    moments = iter(times)
    chance = st.binary(min_size=10, max_size=10)
    ids = Ids(lambda: next(moments), lambda count: data.draw(chance))
    made = [ids() for _ in times]
    assert made == sorted(set(made))
    parsed = [UUID(one) for one in made]
    assert {(one.version, one.variant) for one in parsed} == {(7, RFC_4122)}
    assert parsed[0].int >> 80 == times[0]


def test_ids_of_many_threads_are_all_different() -> None:
    ids = Ids()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: ids(), range(5000)))
    assert len(set(made)) == 5000


def test_a_moment_is_written_in_utc_with_milliseconds() -> None:
    assert iso(1_772_359_200_007) == "2026-03-01T10:00:00.007Z"
