"""docs/reference/metrics.md: every metric, with its kind, its labels and what it tells."""

from collections.abc import Iterator

from prometheus_client import Metric

from botflow.conversations.backlog import Backlog
from botflow.metrics import REGISTRY
from botflow.scrape import ROWS_READ, families

HEADER = """# Metrics

`/metrics` tells Prometheus how a process does, in the text format or in OpenMetrics, as asked for. `botflow serve` and
`botflow web` serve it at their own address; `botflow worker` and `botflow scheduler` at `BOTFLOW_METRICS_HOST` and
`BOTFLOW_METRICS_PORT`, where a port is set, together with `/health` and `/ready`.

Without `BOTFLOW_METRICS_TOKEN` only this machine may read it: the request comes from a loopback address, asks for one
by name, and no proxy has added a header of its own (`X-Forwarded-For`, `X-Real-IP`, `Forwarded`). With a token whoever
shows it may: `Authorization: Bearer ...`. `/health` and `/ready` are open to everybody.

No label holds a name, an address or an id of a contact, a sender or a company.
"""
COUNTED = """## What each process counts

Each process counts for itself, from its start: add them up (`sum by (adapter) (rate(botflow_sends_total[5m]))`).
"""
ROWS = """## What waits

Read from the rows when somebody asks, so every process that tells it tells the same: take the maximum
(`max by (adapter) (botflow_oldest_message_seconds)`). `botflow serve`, `web` and `scheduler` tell it, workers do not.
The rows are asked for once at a time and for two seconds at the most, and no more of them are counted than the table
says.
"""
REST = """On Linux there is also what the Prometheus client tells of any process: `process_cpu_seconds_total`,
`process_resident_memory_bytes`, `process_open_fds`, `process_start_time_seconds` and their like.

[Run in production](../how-to/run-in-production.md) says what to watch, and when to be woken.
"""


def metrics_reference() -> str:
    """The page, ending in a newline."""
    counted = sorted(REGISTRY.collect(), key=lambda metric: metric.name)
    waiting = [*families(Backlog()), Metric("botflow_rows_read", ROWS_READ, "gauge")]
    parts = [HEADER, COUNTED, *_table(counted), "", ROWS, *_table(waiting), "", REST]
    return "\n".join(parts)


def _table(metrics: list[Metric]) -> Iterator[str]:
    yield "| metric | kind | labels | what it tells |"
    yield "|---|---|---|---|"
    for metric in metrics:
        name = f"{metric.name}_total" if metric.type == "counter" else metric.name
        labels = ", ".join(f"`{label}`" for label in LABELS.get(metric.name, ()))
        yield f"| `{name}` | {metric.type} | {labels} | {metric.documentation} |"


LABELS = {
    "botflow_inbound_messages": ("channel",),
    "botflow_sends": ("adapter", "result"),
    "botflow_webhooks": ("adapter", "status"),
    "botflow_code_run_seconds": ("outcome",),
    "botflow_queued_messages": ("adapter",),
    "botflow_oldest_message_seconds": ("adapter",),
}
"""A metric that has seen nothing yet does not say which labels it has; a test keeps this right."""
