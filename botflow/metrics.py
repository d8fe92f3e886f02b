"""What happens in this process, counted for Prometheus.

The domains call the functions below and know nothing else of it. `scrape.py` tells what was counted and what waits.
"""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram

from botflow.db import UnitOfWork

REGISTRY: Final = CollectorRegistry()

FAST_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
SLOW_SECONDS: Final = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)

TURN_SECONDS: Final = Histogram(
    "botflow_turn_seconds",
    "Time of the transaction that a turn was kept in, the wait for its conversation and the commit included.",
    buckets=FAST_SECONDS,
    registry=REGISTRY,
)
INBOUND: Final = Counter(
    "botflow_inbound_messages",
    "Messages of contacts that were kept, each once however often it came.",
    ["channel"],
    registry=REGISTRY,
)
SENDS: Final = Counter(
    "botflow_sends",
    "Tries to send a message, by what became of it: `accepted`, `retry_later`, `blocked` and `held` by consent, or why "
    "the vendor refused it: `permanent`, `credentials` and so on.",
    ["adapter", "result"],
    registry=REGISTRY,
)
WEBHOOKS: Final = Counter(
    "botflow_webhooks",
    "Calls of vendors, by the status that they were answered with.",
    ["adapter", "status"],
    registry=REGISTRY,
)
TIMER_DELAY_SECONDS: Final = Histogram(
    "botflow_timer_delay_seconds", "How long after it was due a timer fired.", buckets=SLOW_SECONDS, registry=REGISTRY
)
CODE_RUN_SECONDS: Final = Histogram(
    "botflow_code_run_seconds",
    "Time of a code step, by whether it ended well.",
    ["outcome"],
    buckets=(*FAST_SECONDS, 10.0, 30.0),
    registry=REGISTRY,
)


def turn_kept(work: UnitOfWork) -> None:
    """A turn was kept in this transaction: it counts when that is committed."""
    work.after_commit(lambda: TURN_SECONDS.observe(work.seconds))


def message_kept(work: UnitOfWork, channel: str) -> None:
    """A contact's message was kept in this transaction: it counts when that is committed."""
    work.after_commit(INBOUND.labels(channel).inc)


def sent(adapter: str, result: str) -> None:
    """A message was tried to be sent."""
    SENDS.labels(adapter, result).inc()


def webhook_answered(adapter: str, status: int) -> None:
    """A vendor was answered. `adapter` is one that there is, since anybody may call any address."""
    WEBHOOKS.labels(adapter, str(status)).inc()


def timer_fired(late_ms: int) -> None:
    """A timer fired, so many milliseconds after it was due."""
    TIMER_DELAY_SECONDS.observe(max(0, late_ms) / 1000)


def code_ran(seconds: float, *, well: bool) -> None:
    """A code step ended."""
    CODE_RUN_SECONDS.labels("ok" if well else "failed").observe(seconds)
