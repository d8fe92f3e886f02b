"""The jobs as work for other processes: Redis carries the news that there is something to do, rows say what.

What Redis loses is found again: the scheduler looks at the rows several times a second (`scheduler.py`). A piece of
work is "drain this sender's outbox", never one message; while one waits in the queue no second one is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from botflow.conversations.code import RunScript
from botflow.conversations.service import Conversations
from botflow.jobs.loop import Work
from botflow.jobs.queues import CODE, OUTBOX, QUEUES
from botflow.senders.service import SenderAccounts

DOES: Final = "botflow.jobs.tasks.run"
MARK: Final = "botflow:waits:{task}:{key}"
MARK_SECONDS: Final = 5
"""How long a piece of work counts as waiting in the queue; after that it may have been lost, and is added again."""
WORKING_SECONDS: Final = 1
"""How long after its last sign of life a worker counts as being at a piece of work, so that nobody else begins it."""
TASK_SECONDS: Final = 600
REDIS_SECONDS: Final = 2.0
"""How long a commit waits for Redis at the most, when it is slow; the scheduler makes up for what is not said."""

_log = structlog.get_logger()


def connect(address: str) -> Redis:
    """A connection to Redis that waits for nothing long."""
    return Redis.from_url(
        address,
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
        retry=Retry(NoBackoff(), 1),
    )


class Piece(Job):
    """A piece of work: the one function that workers do, whatever a job in Redis says."""

    def perform(self) -> Any:
        """Do it. Raises ValueError for a job that is none of ours."""
        if self.func_name != DOES:
            raise ValueError(f"workers do nothing but {DOES}")
        return super().perform()


def make_queue(name: str, redis: Redis, prefix: str = "") -> Queue:
    """A queue whose jobs are JSON: who can write to Redis must not be able to run code."""
    return Queue(_named(name, prefix), connection=redis, serializer=JSONSerializer, job_class=Piece)


def _named(name: str, prefix: str) -> str:
    """The name in Redis: installations that share one have a prefix each."""
    return f"{prefix}:{name}" if prefix else name


class QueuedJobs:
    """Puts work into the queues. Nothing is lost when Redis does not answer: the rows are there.

    `prefix` is what names in Redis begin with, where installations share one.
    """

    def __init__(self, redis: Redis, prefix: str = "") -> None:
        self.prefix = prefix
        self._redis = redis
        self._queues = {name: make_queue(name, redis, prefix) for name in QUEUES}

    def outbox(self, sender_id: str) -> None:
        """Messages of a sender were queued."""
        self.add(OUTBOX, sender_id)

    def timers(self) -> None:
        """Timers were armed: the scheduler sees when they are due."""

    def code(self) -> None:
        """Code is to be run."""
        self.add(CODE, "any")

    def start(
        self, conversations: Conversations, accounts: SenderAccounts, script: RunScript, chores: Mapping[str, Work]
    ) -> None:
        """Nothing to begin: workers and the scheduler are processes of their own."""

    def stop(self) -> None:
        """Nothing to end."""

    def ended(self) -> list[str]:
        """No thread of this process does any job."""
        return []

    def add(self, task: str, key: str) -> None:
        """Add a piece of work unless the same one waits in its queue."""
        with _unheard():
            if self._redis.set(self._mark(task, key), 1, nx=True, ex=MARK_SECONDS):
                self._queues[task].enqueue_call(
                    DOES,
                    args=(task, key),
                    timeout=TASK_SECONDS,
                    result_ttl=0,
                    failure_ttl=0,
                    description=f"{task} {key}",
                )

    def begun(self, task: str, key: str) -> None:
        """The piece of work left its queue: what comes up from now on is added anew."""
        with _unheard():
            self._redis.delete(self._mark(task, key))

    def goes_on(self, task: str, key: str) -> None:
        """A worker is at the piece of work, and will look again: what comes up meanwhile needs nobody else."""
        with _unheard():
            self._redis.set(self._mark(task, key), 1, ex=WORKING_SECONDS)

    def _mark(self, task: str, key: str) -> str:
        return _named(MARK.format(task=task, key=key), self.prefix)


@contextmanager
def _unheard() -> Iterator[None]:
    """Go on where Redis does not answer: marks and queues are news only, and the rows are there."""
    try:
        yield
    except RedisError as error:
        _log.warning("queue does not answer; the scheduler will find the work", problem=type(error).__name__)
