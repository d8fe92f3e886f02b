"""What is done from time to time: once for everybody, and no part of it at the cost of another."""

import threading

from botflow.jobs.upkeep import do_all


def fail() -> int | None:
    raise RuntimeError("not today")


def test_a_chore_that_fails_keeps_nobody_from_theirs() -> None:
    done: list[str] = []
    do_all({"broken": fail, "whole": lambda: done.append("whole")})
    assert done == ["whole"]


def test_a_process_that_stops_begins_no_further_chore() -> None:
    stopping = threading.Event()
    done: list[str] = []
    do_all({"last": stopping.set, "next": lambda: done.append("next")}, stopping.is_set)
    assert done == []
