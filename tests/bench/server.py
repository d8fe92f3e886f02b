"""Messages a second through the whole server (`whole_server.py`), beside what the machine's database alone can do.

`by the wall` is the time a message takes from the webhook to its reply, median; the goal is on the 99th percentile.
BOTFLOW_TEST_BENCH_SECONDS sets how long each run lasts: the goals are meant for 300 s, the default is 30 s.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import psycopg

from tests.bench.measure import Plan, Row
from tests.bench.whole_server import POSTGRES, measure

NAME: Final = "server"
SECONDS: Final = float(os.environ.get("BOTFLOW_TEST_BENCH_SECONDS", "30"))
LATEST_MS: Final = 1000


class Run(NamedTuple):
    """A run of the whole server, with the messages a second that it has to stand."""

    name: str
    rate: float
    reports: int
    embedded: bool


RUNS: Final = (
    Run("PostgreSQL and Redis, no reports", 300, 0, False),
    Run("PostgreSQL and Redis, two reports a message", 150, 2, False),
    Run("embedded SQLite, no reports", 200, 0, True),
)


def rows(plan: Plan) -> list[Row]:
    """A row for each run, and the peer."""
    runs = RUNS[2:] if plan.small else RUNS
    seconds = 2.0 if plan.small else SECONDS
    with _all_cores():
        return [*(_row(run, seconds, plan.small) for run in runs), _turns_of_the_database(0.2 if plan.small else 5.0)]


def _row(run: Run, seconds: float, small: bool) -> Row:
    rate = 10.0 if small else run.rate
    found = measure(rate, seconds, run.reports, run.embedded, contacts=10 if small else 500)
    lost, p99 = found["sent"] - found["answered"], found["latency_ms"]["p99"]
    spent: dict[str, float] = found["cpu_ms_a_message"]
    met = lost == 0 and found["twice"] == 0 and p99 < LATEST_MS and found["per_second"] >= 0.95 * rate
    return Row(
        benchmark=NAME,
        name=f"{run.name}: {found['per_second']} a second, p99 {p99} ms, {lost} lost; cpu {_share(spent)}",
        us=sum(spent.values()) * 1000,
        wall_us=found["latency_ms"]["p50"] * 1000,
        goal=f"{rate:.0f} a second, p99 < {LATEST_MS} ms, none lost",
        met=met,
        rounds=[sum(spent.values()) * 1000],
    )


def _share(spent: dict[str, float]) -> str:
    return ", ".join(f"{name} {milliseconds} ms" for name, milliseconds in spent.items())


def _turns_of_the_database(seconds: float) -> Row:
    """What a turn costs at the least: a lock, two rows, a change, a commit; two clients at a time."""
    done: list[int] = []
    threads = [threading.Thread(target=_turns, args=(seconds, f"bench_{number}", done)) for number in range(2)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    us = (time.monotonic() - begun) / sum(done) * 1e6
    return Row(NAME, "PostgreSQL alone, bare turns", us, us, clock="wall", peer=True, rounds=[us])


def _turns(seconds: float, name: str, done: list[int]) -> None:
    table = f"botflow_{name}_{os.getpid()}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE {table} (id int primary key, state text, turns int)")
        connection.execute(f"CREATE TABLE {table}_rows (id bigserial primary key, content text)")
        try:
            connection.execute(f"INSERT INTO {table} VALUES (1, '', 0)")
            count, end = 0, time.monotonic() + seconds
            while time.monotonic() < end:
                _turn(connection, table)
                count += 1
            done.append(count)
        finally:
            connection.execute(f"DROP TABLE {table}, {table}_rows")


def _turn(connection: psycopg.Connection[Any], table: str) -> None:
    with connection.transaction():
        connection.execute(f"SELECT * FROM {table} WHERE id = 1 FOR UPDATE")
        connection.execute(f"INSERT INTO {table}_rows (content) VALUES (%s), (%s)", ("in" * 200, "out" * 200))
        connection.execute(f"UPDATE {table} SET state = %s, turns = turns + 1 WHERE id = 1", ("x" * 800,))


@contextmanager
def _all_cores() -> Iterator[None]:
    """The other benchmarks stay on one core; a server has them all."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
