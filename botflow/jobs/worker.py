"""A worker: takes work from the queues of Redis, one piece after the other, and keeps lines of senders open."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import Final

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import SimpleWorker
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer
from rq.timeouts import BaseDeathPenalty

from botflow.jobs.lines import Lines
from botflow.jobs.loop import Loop
from botflow.jobs.queued import Piece, make_queue
from botflow.jobs.queues import OUTBOX
from botflow.jobs.tasks import Workplace, settle_in

WAIT_SECONDS: Final = 60
"""How long a worker waits for work before it looks whether it has to stop; Redis wakes it."""
STOP_SECONDS: Final = 5.0
AGAIN_SECONDS: Final = 1.0
"""How long after one of RQ's workers has ended by itself the next one begins."""

_log = structlog.get_logger()


class NoDeathPenalty(BaseDeathPenalty):
    """Pieces of work bound their own time: an exception out of a signal would strike in the middle of a commit."""

    def setup_death_penalty(self) -> None:
        """Set no alarm."""

    def cancel_death_penalty(self) -> None:
        """There is none."""


class Worker(SimpleWorker):
    """Works in its own process: what a piece of work needs was made once, and is warm."""

    death_penalty_class = NoDeathPenalty

    def __init__(self, queues: Sequence[str], redis: Redis, prefix: str = "") -> None:
        super().__init__(
            [make_queue(name, redis, prefix) for name in queues],
            connection=redis,
            serializer=JSONSerializer,
            job_class=Piece,
            log_job_description=False,
        )

    stopping: threading.Event | None = None
    """What tells the piece of work at hand that it is to end soon."""

    def subscribe(self) -> None:
        """Listen to no commands: signals say when to stop, and who can write to Redis must not."""

    def unsubscribe(self) -> None:
        """It has not subscribed."""

    def handle_warm_shutdown_request(self) -> None:
        """SIGTERM came for the first time."""
        if self.stopping is not None:
            self.stopping.set()


def work(workplace: Workplace, redis: str, queues: Sequence[str]) -> None:
    """Work until SIGTERM or SIGINT, after which the piece at hand is finished. Waits where Redis does not answer."""
    settle_in(workplace)
    logging.getLogger("rq.worker").setLevel(logging.WARNING)
    connection = Redis.from_url(redis)  # no time limits: a worker waits for work as long as it takes
    with kept_open(workplace) if OUTBOX in queues else nullcontext():
        while not workplace.stopping.is_set():
            with suppress(StopRequested, RedisError):  # a signal that comes between two of RQ's workers
                _work_while_redis_answers(workplace, connection, queues)
                workplace.stopping.wait(AGAIN_SECONDS)


def _work_while_redis_answers(workplace: Workplace, redis: Redis, queues: Sequence[str]) -> None:
    """RQ's workers end where Redis goes or loses the job that they are at: another one takes over a moment later."""
    worker = Worker(queues, redis, workplace.jobs.prefix)
    worker.stopping = workplace.stopping
    try:
        worker.work(logging_level="WARNING")
    except RedisError as error:
        _log.warning("queue does not answer; the worker waits for it", problem=type(error).__name__)


@contextmanager
def kept_open(workplace: Workplace) -> Iterator[None]:
    """Keep lines of senders open for the length of a `with`: messages come in where others leave."""
    lines = Lines(workplace.conversations, workplace.accounts, workplace.clock)
    loop = Loop("lines", lines.keep, workplace.clock)
    loop.start()
    try:
        yield
    finally:
        loop.stop(STOP_SECONDS)
        lines.close()
