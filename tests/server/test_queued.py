"""Jobs over Redis: what is added once, what Redis loses, and what a worker does with it."""

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from botflow.channels.contract import RetryLater, SendResult
from botflow.jobs import outbox, tasks
from botflow.jobs.queued import MARK, WORKING_SECONDS, QueuedJobs, connect, make_queue
from botflow.jobs.queues import CODE, OUTBOX, QUEUES, TIMERS, UPKEEP, WEBHOOKS
from botflow.jobs.scheduler import Scheduler
from botflow.jobs.tasks import Workplace, run, settle_in
from botflow.jobs.worker import Worker, work
from tests.server.production import REDIS
from tests.server.scenarios import ECHO, HURRIED, THINKER
from tests.server.world import World

DATABASE = 1 + os.getpid() % 15
MARKER = f"/tmp/botflow-test-{os.getpid()}"
ADDRESS = f"{REDIS.rpartition('/')[0]}/{DATABASE}"
NOWHERE = "redis://127.0.0.1:1/0"


class Factory:
    """A world whose jobs are in the queues of Redis."""

    def __init__(self, world: World, redis: Redis) -> None:
        self.world = world
        self.redis = redis
        self.jobs = QueuedJobs(redis)
        self.scheduler = Scheduler(world.database, self.jobs, lambda: world.now)
        self.workplace = workplace(world, self.jobs)
        settle_in(self.workplace)

    def work(self) -> None:
        """A worker does what is in the queues, until they are empty."""
        Worker(QUEUES, self.redis).work(burst=True, logging_level="WARNING")

    def waiting(self, name: str) -> int:
        return len(make_queue(name, self.redis))


def workplace(world: World, jobs: QueuedJobs) -> Workplace:
    return Workplace(world.conversations, world.accounts, world.run_script, world.deliverer, jobs, lambda: world.now)


@pytest.fixture
def redis() -> Iterator[Redis]:
    connection = connect(ADDRESS)
    connection.flushdb()
    yield connection
    connection.flushdb()
    connection.close()


def test_installations_that_share_a_redis_do_not_meet_in_it(redis: Redis) -> None:
    ours, theirs, alone = (QueuedJobs(redis, prefix) for prefix in ("ours", "theirs", ""))
    for jobs in (ours, theirs, alone, ours):
        jobs.add(OUTBOX, "sender")
    assert [len(make_queue(OUTBOX, redis, jobs.prefix)) for jobs in (ours, theirs, alone)] == [1, 1, 1]
    ours.begun(OUTBOX, "sender")
    for jobs in (ours, theirs, alone):
        jobs.add(OUTBOX, "sender")
    assert [len(make_queue(OUTBOX, redis, jobs.prefix)) for jobs in (ours, theirs, alone)] == [2, 1, 1]
    (queue,) = Worker([OUTBOX], redis, "ours").queues
    assert queue.name == "ours:outbox"


@pytest.fixture
def factory(world: World, redis: Redis) -> Factory:
    return Factory(world, redis)


def test_the_same_work_is_added_once_while_it_waits(factory: Factory) -> None:
    for _ in range(5):
        factory.jobs.outbox("a")
    factory.jobs.outbox("b")
    assert factory.waiting(OUTBOX) == 2


def test_what_comes_up_while_a_piece_is_being_done_is_added_anew(
    factory: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "TASKS", {OUTBOX: lambda workplace, key: factory.jobs.outbox("a")})
    factory.jobs.outbox("a")
    make_queue(OUTBOX, factory.redis).pop_job_id()
    run(OUTBOX, "a")
    assert factory.waiting(OUTBOX) == 1


def test_a_worker_sends_fires_and_runs_code(factory: Factory) -> None:
    world = factory.world
    echo, hurried, thinker = world.publish(ECHO), world.publish(HURRIED), world.publish(THINKER)
    for sender in (echo, hurried, thinker):
        world.hand_in(sender, "hi")
    world.hand_in(thinker, "21")
    factory.scheduler.tick()
    factory.work()
    factory.scheduler.tick()
    factory.work()
    assert world.shown(echo) == ["> hi", "Say something."]
    assert world.shown(thinker)[-2:] == ["Twice 21 is 42.", "A number?"]
    world.now += 1000
    factory.scheduler.tick()
    factory.work()
    factory.scheduler.tick()
    factory.work()
    assert world.shown(hurried)[-1] == "Too late."


def test_what_redis_loses_is_found_again_in_the_rows(factory: Factory) -> None:
    world = factory.world
    sender = world.publish(ECHO)
    world.hand_in(sender, "hi")
    factory.scheduler.tick()
    factory.redis.flushdb()
    factory.scheduler.tick()
    factory.work()
    assert world.shown(sender) == ["> hi", "Say something."]


def test_a_piece_that_fails_ends_neither_the_worker_nor_the_work(
    factory: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = factory.world
    sender = world.publish(ECHO)
    world.hand_in(sender, "hi")

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "TASKS", dict.fromkeys((OUTBOX, TIMERS, CODE, UPKEEP), broken))
        factory.scheduler.tick()
        factory.work()
    factory.scheduler.tick()
    factory.work()
    assert world.shown(sender) == ["> hi", "Say something."]


def test_what_is_queued_after_the_last_look_leaves_without_the_scheduler(
    factory: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It finds the mark of a worker that has looked already, and wakes nobody: the worker looks once more."""
    world = factory.world
    sender = world.publish(ECHO)
    last_looks: list[int] = []

    def begun(task: str, key: str) -> None:
        if world.vendor.sent and not last_looks:
            world.hand_in(sender, "hi again")
            factory.jobs.outbox(sender)
            last_looks.append(factory.waiting(OUTBOX))
        QueuedJobs.begun(factory.jobs, task, key)

    monkeypatch.setattr(factory.jobs, "begun", begun)
    world.hand_in(sender, "hi")
    run(OUTBOX, sender)
    assert last_looks == [0]
    assert world.shown(sender)[-2:] == ["You said hi again.", "Say something."]


def test_what_is_queued_while_a_worker_sends_wakes_nobody_else(
    factory: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = factory.world
    sender = world.publish(ECHO)
    send = world.vendor.send
    waiting: list[int] = []

    def sends(*parameters: Any) -> SendResult:
        factory.jobs.outbox(sender)
        waiting.append(factory.waiting(OUTBOX))
        return send(*parameters)

    monkeypatch.setattr(world.vendor, "send", sends)
    world.hand_in(sender, "hi")
    run(OUTBOX, sender)
    assert waiting == [0]


def test_a_worker_killed_at_its_work_holds_it_up_no_longer_than_its_mark_lives(factory: Factory) -> None:
    world = factory.world
    sender = world.publish(ECHO)
    factory.jobs.goes_on(OUTBOX, sender)  # its last sign of life
    world.hand_in(sender, "hi")
    factory.scheduler.tick()
    assert factory.waiting(OUTBOX) == 0
    mark = MARK.format(task=OUTBOX, key=sender)
    assert 0 < factory.redis.pttl(mark) <= WORKING_SECONDS * 1000
    factory.redis.delete(mark)  # as Redis does then
    factory.scheduler.tick()
    factory.work()
    assert world.shown(sender) == ["> hi", "Say something."]


def test_a_drain_that_fails_leaves_no_mark(factory: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its message is leased for a while; others of the sender need not wait for a worker that is at it no more."""
    world = factory.world
    sender = world.publish(ECHO)

    def settles(*_: object) -> None:
        raise OSError("the database is gone")

    world.hand_in(sender, "hi")
    with monkeypatch.context() as patched:
        patched.setattr(outbox, "settle", settles)
        run(OUTBOX, sender)
    world.hand_in(sender, "hi", address="visitor:two")
    factory.scheduler.tick()
    assert factory.waiting(OUTBOX) == 1


def test_a_worker_sends_although_redis_does_not_answer(world: World) -> None:
    settle_in(workplace(world, QueuedJobs(connect(NOWHERE))))
    sender = world.publish(ECHO)
    world.hand_in(sender, "hi")
    run(OUTBOX, sender)
    assert world.shown(sender) == ["> hi", "Say something."]


@pytest.fixture
def own_signals() -> Iterator[None]:
    """What the test sets for the signals that end a worker is set back."""
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
    yield
    for sign, handler in before.items():
        signal.signal(sign, handler)


@pytest.mark.usefixtures("own_signals")
def test_a_worker_outlives_a_redis_that_loses_the_piece_that_it_is_at(
    factory: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def do(_workplace: Workplace, key: str) -> None:
        done.append(key)
        if key == "first":
            factory.redis.flushdb()
            factory.jobs.add(CODE, "second")
        else:
            signal.raise_signal(signal.SIGTERM)  # which finds the worker at work: it ends after this piece

    monkeypatch.setattr(tasks, "TASKS", {CODE: do})
    factory.jobs.add(CODE, "first")
    work(factory.workplace, ADDRESS, [CODE])
    assert done == ["first", "second"]


def test_a_message_that_has_to_wait_is_not_looked_at_before_its_time(factory: Factory) -> None:
    world = factory.world
    sender = world.publish(ECHO)
    world.vendor.answers = [RetryLater("busy", 60)]
    world.hand_in(sender, "hi")
    factory.scheduler.tick()
    factory.work()
    factory.scheduler.tick()
    assert factory.waiting(OUTBOX) == 0
    world.now += 60_000
    factory.scheduler.tick()
    assert factory.waiting(OUTBOX) == 1


def test_a_redis_that_does_not_answer_stops_no_commit(world: World) -> None:
    jobs = QueuedJobs(connect(NOWHERE))
    jobs.outbox("a")
    jobs.code()


def test_what_a_webhook_waits_for_is_found_by_the_scheduler(factory: Factory) -> None:
    """Nothing listens at the address: the attempt is counted, and the next one is later."""
    world = factory.world
    world.sender("shop")
    world.execute(
        "INSERT INTO webhook (id, company_id, name, address, events, enabled, secret, paused_until, leased_until, "
        "created_at, senders) VALUES ('w', 'acme', 'CRM', 'http://127.0.0.1:1/', '[\"message.received\"]', true, "
        f"'{world.accounts.seal('whsec_' + 'a' * 32)}', 0, 0, 0, '[]')"
    )
    world.execute("UPDATE company SET catalog_revision = catalog_revision + 1")
    world.hand_in("shop", "hello")
    factory.scheduler.tick()
    assert factory.waiting(WEBHOOKS) == 1
    factory.work()
    assert world.rows("webhook_delivery", "state", "attempts") == [("waiting", 1)]
    factory.scheduler.tick()
    assert factory.waiting(WEBHOOKS) == 0


def test_a_job_that_is_none_of_ours_is_not_done(factory: Factory) -> None:
    """Whoever can write to Redis can name any function; workers do their one."""
    queue = make_queue(OUTBOX, factory.redis)
    queue.enqueue_call("os.mkdir", args=(MARKER,), failure_ttl=60)
    factory.work()
    assert not os.path.exists(MARKER)
    assert queue.failed_job_registry.count == 1


def test_jobs_are_json(factory: Factory) -> None:
    factory.jobs.outbox("a")
    (job,) = make_queue(OUTBOX, factory.redis).jobs
    assert job.data.startswith(b"[")
