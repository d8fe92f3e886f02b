"""What Prometheus is told when it asks: what this process has counted, and what waits in the rows."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import wait
from typing import Final

from prometheus_client import Metric, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from botflow.clock import Clock
from botflow.conversations.backlog import MOST_COUNTED, Backlog, backlog
from botflow.db import Database
from botflow.metrics import REGISTRY
from botflow.readiness import SECONDS, Question

_PROCESS: Final = ProcessCollector(registry=None)


class Scrape(Collector):
    """Tells the figures of this process; with a database also those of the rows, which every process tells alike."""

    def __init__(self, database: Database | None, clock: Clock) -> None:
        self._rows = None if database is None else Question("rows", lambda: _read(database, clock))

    def text(self, accepted: str) -> tuple[bytes, str]:
        """All of it in the format that suits the Accept header best, and that format's media type."""
        encode, media_type = choose_encoder(accepted)
        return encode(self), media_type

    def collect(self) -> Iterator[Metric]:
        """Every metric. Rows that cannot be read within two seconds are left out, which a metric tells."""
        yield from _PROCESS.collect()
        yield from REGISTRY.collect()
        if self._rows is not None:
            answer = self._rows.begin()
            wait([answer], timeout=SECONDS)
            read = answer.result() if answer.done() and answer.exception() is None else None
            yield GaugeMetricFamily("botflow_rows_read", ROWS_READ, value=float(read is not None))
            if read is not None:
                yield from families(read)


ROWS_READ: Final = "Whether the database answered within two seconds; where it did not (0), what waits is not told."


def families(rows: Backlog) -> Iterator[Metric]:
    """What waits, as metrics."""
    queued = GaugeMetricFamily(
        "botflow_queued_messages",
        f"Messages in the outbox, at most {MOST_COUNTED:,} of an adapter.",
        labels=["adapter"],
    )
    oldest = GaugeMetricFamily(
        "botflow_oldest_message_seconds",
        "How long ago the oldest message of the outbox was due that has not left.",
        labels=["adapter"],
    )
    for adapter, count in rows.queued.items():
        queued.add_metric([adapter], count)
    for adapter, seconds in rows.oldest_seconds.items():
        oldest.add_metric([adapter], seconds)
    yield queued
    yield oldest
    yield GaugeMetricFamily(
        "botflow_timers_late_seconds",
        "How long ago the oldest timer was due that nobody has taken up.",
        value=rows.timers_late_seconds,
    )
    yield GaugeMetricFamily(
        "botflow_code_runs_pending", f"Code steps that wait or run, at most {MOST_COUNTED:,}.", value=rows.code_runs
    )
    yield GaugeMetricFamily(
        "botflow_dead_letters",
        f"Messages that failed for good and are kept, at most {MOST_COUNTED:,}.",
        value=rows.dead_letters,
    )


def _read(database: Database, clock: Clock) -> Backlog:
    with database.reading() as work:
        return backlog(work, clock())
