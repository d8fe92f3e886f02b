"""Messages a second through the whole server (`whole_server.py`), beside what the machine alone can do.

`by the wall` is the time a message takes from the webhook to its reply, median; the goal is on the 99th percentile. The
peers are bare turns of the database, and a Flask endpoint that does nothing. Where messages are stored, the runs go on
over 100,000 live threads and 1,000,000 messages (`stored.py`).
BOTFLOW_TEST_BENCH_SECONDS sets how long each run lasts: the goals are meant for 300 s, the default is 30 s.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import psycopg

from botflow.listener import listen
from tests.bench.measure import Plan, Row
from tests.bench.stored import MESSAGES_EACH, store
from tests.bench.vendor_load import FIRST_NUMBER
from tests.bench.whole_server import GREETINGS_A_SECOND, Site, Vendor, measure, own_postgres, running

NAME: Final = "server"
SECONDS: Final = float(os.environ.get("BOTFLOW_TEST_BENCH_SECONDS", "30"))
LATEST_MS: Final = 1000
STORED_THREADS: Final = 100_000
STATUSES_A_SECOND: Final = 1000.0
STATUSES_AT_ONCE: Final = 10
"""Statuses of one webhook: vendors send several together when there are many."""
STATUS_SECONDS: Final = min(SECONDS, 60.0)
WITHIN: Final = 0.8
"""Of the messages a second with nothing stored."""
BARE_HOOKS: Final = 5000
THREADS: Final = 128


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
    """A row for each run, and the peers."""
    runs = RUNS[2:] if plan.small else RUNS
    with _all_cores():
        return [
            *(_alone(run, plan) for run in runs),
            *_with_stored(plan),
            _turns_of_the_database(0.2 if plan.small else 5.0),
            _bare_flask(50 if plan.small else BARE_HOOKS),
        ]


def _alone(run: Run, plan: Plan) -> Row:
    rate, seconds = (10.0, 2.0) if plan.small else (run.rate, SECONDS)
    found = measure(rate, seconds, run.reports, run.embedded, contacts=10 if plan.small else 500)
    return _row(run.name, found, rate)


def _with_stored(plan: Plan) -> list[Row]:
    """The same server after long use: status webhooks alone, then messages of any of its contacts."""
    threads, seconds = (20, 1.0) if plan.small else (STORED_THREADS, SECONDS)
    with running() as site:
        site.run("greet", contacts=1, rate=GREETINGS_A_SECOND)
        messages = store(site.database, threads, FIRST_NUMBER)
        statuses = [
            _statuses(site, plan, at_once, first)
            for at_once, first in ((1, 1), (STATUSES_AT_ONCE, messages // MESSAGES_EACH))
        ]
        rate = 10.0 if plan.small else RUNS[0].rate
        found = site.run("converse", contacts=threads, rate=rate, seconds=seconds, reports=[])
        return [*statuses, _row(f"{threads:,} threads and {messages:,} messages stored", found, rate, WITHIN)]


def _statuses(site: Site, plan: Plan, at_once: int, first: int) -> Row:
    rate, seconds = (20.0, 1.0) if plan.small else (STATUSES_A_SECOND, STATUS_SECONDS)
    # as much again as a second may bring, so that the figure is what the server can do
    found = site.run("report", rate=rate * 1.5, seconds=seconds, at_once=at_once, first=first)
    us = sum(found["cpu_ms"].values()) * 1000
    return Row(
        benchmark=NAME,
        name=f"statuses, {at_once} a webhook: {found['per_second']} a second; {_taken(found)}",
        us=us,
        wall_us=1e6 / found["per_second"],
        goal=f"{rate:.0f} a second" if at_once > 1 else "",
        met=found["per_second"] >= rate if at_once > 1 else None,
        rounds=[us],
    )


def _row(name: str, found: dict[str, Any], rate: float, part: float = 0.95) -> Row:
    lost, p99 = found["sent"] - found["answered"], found["latency_ms"]["p99"]
    us = sum(found["cpu_ms"].values()) * 1000
    met = lost == 0 and found["twice"] == 0 and p99 < LATEST_MS and found["per_second"] >= part * rate
    return Row(
        benchmark=NAME,
        name=f"{name}: {found['per_second']} a second, p99 {p99} ms, {lost} lost; {_taken(found)}",
        us=us,
        wall_us=found["latency_ms"]["p50"] * 1000,
        goal=f"{rate * (part if part < 0.95 else 1):.0f} a second, p99 < {LATEST_MS} ms, none lost",
        met=met,
        rounds=[us],
    )


def _taken(found: dict[str, Any]) -> str:
    """What each process took: its share of a core, and its memory at the beginning and the end."""
    shares = ", ".join(f"{name} {share:.0%}" for name, share in found["cpu_share"].items())
    memory = ", ".join(f"{name} {begun} to {ended}" for name, (begun, ended) in found["memory_mb"].items())
    return f"cpu {shares}; MB {memory}"


def _bare_flask(count: int) -> Row:
    """Webhooks a second that Flask answers behind the same web server when it does nothing with them."""
    vendor, listener = Vendor(), listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    options = ["-k", "gthread", "--threads", str(THREADS), "-b", f"fd://{listener.fileno()}", "--log-level", "error"]
    command = [sys.executable, "-m", "gunicorn", *options, "--no-control-socket", "tests.bench.bare_flask:app"]
    server = subprocess.Popen(command, pass_fds=[listener.fileno()])
    try:
        vendor.say({"kind": "post", "webhook": f"http://127.0.0.1:{port}/hook", "count": count})
        assert vendor.listen()["warm"]
        found = vendor.listen()
    finally:
        vendor.end()
        server.terminate()
        server.wait()
        listener.close()
    us = 1e6 / found["per_second"]
    return Row(NAME, "bare Flask endpoint, webhooks", us, us, clock="wall", peer=True, rounds=[us])


def _turns_of_the_database(seconds: float) -> Row:
    """What a turn costs at the least: a lock, two rows, a change, a commit; two clients at a time."""
    done: list[int] = []
    with own_postgres() as postgres:
        clients = [threading.Thread(target=_turns, args=(postgres, seconds, f"bench_{one}", done)) for one in range(2)]
        begun = time.monotonic()
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        us = (time.monotonic() - begun) / sum(done) * 1e6
    return Row(NAME, "PostgreSQL alone, bare turns", us, us, clock="wall", peer=True, rounds=[us])


def _turns(postgres: str, seconds: float, table: str, done: list[int]) -> None:
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE {table} (id int primary key, state text, turns int)")
        connection.execute(f"CREATE TABLE {table}_rows (id bigserial primary key, content text)")
        connection.execute(f"INSERT INTO {table} VALUES (1, '', 0)")
        count, end = 0, time.monotonic() + seconds
        while time.monotonic() < end:
            _turn(connection, table)
            count += 1
        done.append(count)


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
