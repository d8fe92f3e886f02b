"""What a worker does: one function for each kind of work, called by RQ with the name and a key."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import structlog

from botflow.clock import Clock
from botflow.conversations.code import RunScript
from botflow.conversations.service import Conversations
from botflow.jobs.code import run_pending
from botflow.jobs.loop import Work
from botflow.jobs.outbox import drain
from botflow.jobs.queued import QueuedJobs
from botflow.jobs.queues import CODE, OUTBOX, TIMERS, UPKEEP, WEBHOOKS
from botflow.jobs.timers import fire_due
from botflow.jobs.upkeep import do_all, upkeep
from botflow.notices.delivering import Deliverer
from botflow.senders.service import SenderAccounts

LINGER_SECONDS: Final = 0.02
"""How long a worker that has sent waits for more of the same sender."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Workplace:
    """What the tasks of a worker work with."""

    conversations: Conversations
    accounts: SenderAccounts
    script: RunScript
    deliverer: Deliverer
    jobs: QueuedJobs
    clock: Clock
    chores: Mapping[str, Work] = field(default_factory=dict)
    """What is done besides, by name."""
    stopping: threading.Event = field(default_factory=threading.Event)
    """Set when the worker is to end."""


_workplaces: list[Workplace] = []
"""RQ calls a function by its name, so what it works with has to be found from there: the worker's one workplace."""


def settle_in(workplace: Workplace) -> None:
    """This process is a worker from now on."""
    _workplaces[:] = [workplace]


def run(task: str, key: str) -> None:
    """Do a piece of work. What fails is logged, and found again by the scheduler: its rows are still there."""
    (workplace,) = _workplaces
    workplace.jobs.begun(task, key)
    try:
        TASKS[task](workplace, key)
    except Exception:  # the worker has to outlive it
        _log.exception("task failed", task=task, key=key)


def _drain(workplace: Workplace, sender_id: str) -> None:
    """Drain it alone while its vendor is quick: two who share a sender would each do half as much at a time.

    What was queued between the last look and `begun` woke nobody, so there is one more look after it. A drain that
    fails looks no more: it leaves no mark behind, so that what is queued from then on wakes somebody.
    """

    def drained(goes_on: Callable[[], None]) -> None:
        stopping = workplace.stopping.is_set
        drain(
            workplace.conversations, workplace.accounts, sender_id, workplace.clock, stopping, goes_on, LINGER_SECONDS
        )

    try:
        drained(lambda: workplace.jobs.goes_on(OUTBOX, sender_id))
    finally:
        workplace.jobs.begun(OUTBOX, sender_id)
    drained(lambda: None)


def _fire(workplace: Workplace, _key: str) -> None:
    fire_due(workplace.conversations, workplace.clock, workplace.stopping.is_set)


def _run_code(workplace: Workplace, _key: str) -> None:
    run_pending(workplace.conversations, workplace.script, workplace.clock, workplace.stopping.is_set)


def _deliver(workplace: Workplace, webhook_id: str) -> None:
    workplace.deliverer.deliver(webhook_id, workplace.stopping.is_set)


def _keep_up(workplace: Workplace, _key: str) -> None:
    stopping = workplace.stopping.is_set
    do_all({**upkeep(workplace.conversations, workplace.clock, stopping), **workplace.chores}, stopping)


TASKS: Final[Mapping[str, Callable[[Workplace, str], None]]] = {
    OUTBOX: _drain,
    TIMERS: _fire,
    CODE: _run_code,
    WEBHOOKS: _deliver,
    UPKEEP: _keep_up,
}
