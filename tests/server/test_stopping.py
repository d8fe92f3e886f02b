"""Stopping: the work at hand is finished, what was only claimed is given back, and the process ends well and soon."""

import json
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from botflow.channels.contract import Accepted, Account, Credentials, Outbound, SendResult
from botflow.clock import system_clock
from botflow.conversations.delivery import next_of_senders
from botflow.jobs.embedded import Drains
from botflow.jobs.outbox import AT_ONCE, drain
from botflow.senders.sealing import Seal
from botflow.senders.service import SenderAccounts
from tests.server.conftest import POSTGRES
from tests.server.process import Page, ServerProcess, free_port, wait_until
from tests.server.production import Production
from tests.server.scenarios import ECHO
from tests.server.slow_vendor import SlowVendor
from tests.server.world import Vendor, World

MESSAGES = 60


class Slow(Vendor):
    """A vendor that takes its time; `called` is set at its first call."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.called = threading.Event()

    def send(self, account: Account[Credentials], message: Outbound) -> SendResult:
        self.sent.append(message)
        self.called.set()
        time.sleep(self.seconds)
        return Accepted((f"vendor-{message.id}",))


def slow(world: World, seconds: float) -> Slow:
    vendor = Slow(seconds)
    world.accounts = SenderAccounts({"webchat": vendor}, Seal("of the tests"))
    return vendor


def test_messages_at_hand_are_settled_and_those_claimed_are_given_back(world: World) -> None:
    vendor = slow(world, 0)
    sender = world.publish(ECHO)
    world.execute("UPDATE sender SET rate = 100000")
    for number in range(AT_ONCE + 3):
        world.hand_in(sender, "hi", address=f"visitor:{number}")
    drain(world.conversations, world.accounts, sender, lambda: world.now, vendor.called.is_set)
    assert world.count("outbound_message", "status = 'sent'") == AT_ONCE
    assert world.count("outbound_message", "status = 'queued' AND leased_until = 0") == 3


def test_the_threads_of_one_process_wait_for_the_vendor(world: World) -> None:
    vendor = slow(world, 0.3)
    world.hand_in(world.publish(ECHO), "hi")
    drains = Drains(world.conversations, world.accounts, lambda: world.now, lambda: None, vendor.called.is_set)
    drains.dispatch()
    assert vendor.called.wait(5)
    drains.close(5)
    assert world.count("outbound_message", "status = 'sent'") == 1
    with world.database.reading() as work:
        assert next_of_senders(work) == {}


def test_one_process_ends_well_and_soon_while_somebody_chats(serve: Callable[..., ServerProcess]) -> None:
    server = serve(ECHO)
    with Page(server, f"demo-{ECHO['id']}") as page:
        page.send("hi")
        begun = time.monotonic()
        assert server.stop() == 0
    assert time.monotonic() - begun < 10


@pytest.fixture
def vendor() -> Iterator[SlowVendor]:
    vendor = SlowVendor(1.0)
    yield vendor
    vendor.close()


@pytest.fixture
def jobs(tmp_path: Path, vendor: SlowVendor) -> Iterator[Production]:
    """A scheduler and a worker, which tells how it is."""
    settings = {"BOTFLOW_VENDOR_HOSTS": vendor.host, "BOTFLOW_LOG_FORMAT": "json"}
    production = Production(POSTGRES, tmp_path, [], settings)
    yield production
    production.end()


def test_a_worker_with_a_slow_vendor_finishes_the_calls_at_hand(jobs: Production, vendor: SlowVendor) -> None:
    world = World(jobs.database).at(system_clock())
    sender = world.publish(ECHO)
    for number in range(MESSAGES):
        world.hand_in(sender, "hi", address=f"+3460000{number:04}")
    vendor.carries(world, sender, "of the tests")
    world.execute("UPDATE sender SET rate = 1000")
    jobs.begin("scheduler")
    port = free_port()
    worker = jobs.begin("worker-1", BOTFLOW_METRICS_PORT=str(port))
    wait_until(lambda: bool(vendor.came), 60)
    assert b"ok" in urlopen(f"http://127.0.0.1:{port}/ready", timeout=10).read()
    assert b"botflow_sends_total" in urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10).read()
    begun = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(15) == 0
    assert time.monotonic() - begun < 8
    sent = world.count("outbound_message", "status = 'sent'")
    assert 0 < sent < MESSAGES
    assert len(vendor.came) == len(set(vendor.came)) == sent, "what the vendor took is settled, and came once"
    assert world.count("outbound_message", "status = 'queued' AND leased_until = 0") == MESSAGES - sent
    scheduler = jobs.processes["scheduler"]
    scheduler.send_signal(signal.SIGTERM)
    assert scheduler.wait(15) == 0
    lines = [line for line in jobs.log().splitlines() if not line.startswith("botflow ")]
    assert all(json.loads(line)["timestamp"] for line in lines)
