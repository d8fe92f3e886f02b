"""Everything that can break, breaks under load; every message is answered exactly once in the rows, in order.

Contacts write through a simulated vendor that errs, repeats and mixes up its webhooks, to the server as it runs in
production over a PostgreSQL and a Redis of its own. Meanwhile processes are killed with -9 or stopped for a while, the
processes of their scripts are stopped, PostgreSQL and Redis are restarted, and the vendor is down. `make test` kills
ten processes in two runs; `make soak` kills a hundred, and writes what it found to docs/reference/faults.json where
BOTFLOW_TEST_WRITE_FINDINGS is set.
"""

import contextlib
import json
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import sqlalchemy as sa

from botflow.senders.service import SENDERS
from botflow.vendor_sim.contract import Behaviour
from botflow.vendor_sim.server import Simulator
from botflow.vendor_sim.stand import HttpStand
from botflow.vendor_sim.whatsapp import WhatsAppCloud
from tests.server.own_services import OwnPostgres, OwnRedis
from tests.server.production import ROLES, Production
from tests.server.scenarios import ask, scenario

ECHO = scenario("echo", ask("ask", "You said {{word}}.", "word", "ask")) | {"channel": "whatsapp"}
CODED = scenario(
    "echo",
    ask("ask", "You said {{loud}}.", "word", "think"),
    {
        "id": "think",
        "kind": "action",
        "step": {
            "type": "execute_code",
            "language": "javascript",
            "source": "return {{word}}",
            "save_as": "loud",
        },
        "on_failure": {"action": "continue"},
        "next": ["ask"],
    },
) | {"channel": "whatsapp"}
"""A script that runs out of time is run once more; whatever comes of that, the contact is answered."""
ROUGH = Behaviour(
    delay_ms=5,
    reports=("sent", "delivered", "seen"),
    loss=0.05,
    duplicates=0.1,
    disorder=0.2,
    errors=0.05,
    retry_ms=200,
)
QUIET = replace(ROUGH, reports=())
CONTACTS = 6
PAUSE_SECONDS = 0.1
SETTLE_SECONDS = 120.0
STUCK_SECONDS = 60.0
"""How long a script whose process is stopped may take to be given up: its ten seconds, and a start before them."""
REPORT = Path(__file__).parents[2] / "docs" / "reference" / "faults.json"
SEED = 20_261_127
SENDING = tuple(role for role in ROLES if role.startswith("worker"))


@dataclass
class Findings:
    """What was done, and what came of it."""

    kills: int = 0
    stops: int = 0
    sandbox_stops: int = 0
    scripts_out_of_time: int = 0
    postgres_restarts: int = 0
    redis_restarts: int = 0
    vendor_outages: int = 0
    inbound: int = 0
    answered_in_rows: int = 0
    answers: int = 0
    messages_at_vendor: int = 0
    sent_twice: int = 0
    sent_twice_at_most: int = 0
    sent_twice_without_cause: int = 0
    lost: int = 0
    out_of_order: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Loss:
    """A time in which workers may have lost the note of what they had sent: seconds of time.monotonic."""

    begun: float
    ended: float
    workers: int


@dataclass
class Site:
    """The server, its services and its vendor."""

    server: Production
    postgres: OwnPostgres
    redis: OwnRedis
    stand: HttpStand
    findings: Findings = field(default_factory=Findings)
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    losses: list[Loss] = field(default_factory=list)

    def kill(self) -> None:
        """kill -9 of one process."""
        role, begun = self.chance.choice(ROLES), time.monotonic()
        self.server.kill_one(role)
        if role in SENDING:
            self.losses.append(Loss(begun, time.monotonic(), workers=1))
        self.findings.kills += 1
        time.sleep(self.chance.uniform(0, 0.5))
        self.server.start()

    def stop_for_a_while(self) -> None:
        """SIGSTOP: a process that neither works nor dies, for less than a lease."""
        process = self.server.processes[self.chance.choice(ROLES)]
        process.send_signal(signal.SIGSTOP)
        time.sleep(self.chance.uniform(0.5, 2))
        process.send_signal(signal.SIGCONT)
        self.findings.stops += 1

    def stop_the_sandboxes(self) -> None:
        """SIGSTOP of every process that runs scripts, until a script has run out of its time."""
        deadline, before = time.monotonic() + STUCK_SECONDS, out_of_time(self)
        stopped: set[int] = set()
        while out_of_time(self) == before:
            assert time.monotonic() < deadline, "no script ran out of time"
            for pid in scripts_of(self.server):
                signal_if_alive(pid, signal.SIGSTOP)
                stopped.add(pid)
            time.sleep(0.05)
        for pid in stopped:
            signal_if_alive(pid, signal.SIGCONT)
        self.findings.sandbox_stops += 1

    def restart_postgres(self) -> None:
        self.server.database.close()
        begun = time.monotonic()
        self.postgres.stop(self.chance.choice((signal.SIGINT, signal.SIGQUIT)))
        time.sleep(self.chance.uniform(0, 1))
        self.postgres.start()
        self.postgres.wait()
        self.losses.append(Loss(begun, time.monotonic(), workers=len(SENDING)))
        self.findings.postgres_restarts += 1

    def restart_redis(self) -> None:
        self.redis.stop(signal.SIGKILL)
        time.sleep(self.chance.uniform(0, 1))
        self.redis.start()
        self.redis.wait()
        self.findings.redis_restarts += 1

    def take_the_vendor_down(self) -> None:
        self.stand.behave({"errors": 1.0})
        time.sleep(self.chance.uniform(1, 4))
        self.stand.behave({"errors": ROUGH.errors})
        self.findings.vendor_outages += 1


def scripts_of(server: Production) -> list[int]:
    """The processes that run scripts for the workers: the children of their sandboxes, which are children of theirs."""
    workers = [process.pid for role, process in server.processes.items() if role in SENDING]
    return children_of(children_of(workers))


def children_of(pids: Iterable[int]) -> list[int]:
    lists = [path.read_text() for pid in pids for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for children in lists for child in children.split()]


def signal_if_alive(pid: int, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, sign)


MakeSite: TypeAlias = Callable[[dict[str, Any], Behaviour], Site]


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[MakeSite]:
    ends: list[Callable[[], None]] = []

    def make(chatbot: dict[str, Any], behaviour: Behaviour) -> Site:
        vendor = WhatsAppCloud()
        simulator = Simulator([vendor], behaviour=behaviour, seed=SEED)
        simulator.start()
        ends.append(simulator.stop)
        postgres, redis = OwnPostgres(), OwnRedis()
        ends.extend((postgres.end, redis.end))
        for service in (postgres, redis):
            service.start()
            service.wait()
        environment = {
            "BOTFLOW_VENDOR_HOSTS": f"127.0.0.1:{simulator.port}",
            "BOTFLOW_SECRET_KEY": "of the tests",
            "BOTFLOW_CODE_WORKERS": "1",
        }
        server = Production(postgres.address, tmp_path, [chatbot], environment, redis.address)
        ends.append(server.end)
        server.start()
        webhook = connect(server, simulator, vendor)
        stand = simulator[vendor.name]
        stand.connect(webhook)
        return Site(server, postgres, redis, stand)

    yield make
    for end in reversed(ends):
        end()


def connect(server: Production, simulator: Simulator, vendor: WhatsAppCloud) -> str:
    """Let the chatbot's sender be the vendor's. Returns its webhook."""
    from botflow.senders.sealing import Seal

    credentials = Seal("of the tests").close(json.dumps(simulator.credentials(vendor.name)))
    values = {
        "adapter": vendor.name,
        "channel": "whatsapp",
        "identity": vendor.identity,
        "rate": 1000.0,
        "credentials": credentials,
    }
    with server.database.transaction() as work:
        work.execute(SENDERS.update().where(SENDERS.c.id == "demo-echo").values(values))
        key = work.value(sa.select(SENDERS.c.webhook_key).where(SENDERS.c.id == "demo-echo"))
    return f"{server.url}/webhooks/{vendor.name}/{key}"


def write(site: Site, seconds: float, faults: list[Callable[[], None]]) -> None:
    """Contacts write all the time, while one fault follows the other."""
    over = threading.Event()
    writer = threading.Thread(target=keep_writing, args=(site, over))
    begun = time.monotonic()
    writer.start()
    try:
        for fault in faults:
            time.sleep(site.chance.uniform(0.1, 0.6))
            fault()
        time.sleep(max(0.0, begun + seconds - time.monotonic()))
    finally:
        over.set()
        writer.join()


def keep_writing(site: Site, over: threading.Event) -> None:
    number = 0
    while not over.wait(PAUSE_SECONDS):
        site.stand.write(str(34_600_000_000 + number % CONTACTS), f"n{number}")
        number += 1
    site.findings.inbound = number


def settle(site: Site) -> None:
    """Wait until all is answered and nothing is left to do."""
    site.stand.behave({"errors": 0.0})
    site.server.start()
    deadline = time.monotonic() + SETTLE_SECONDS
    while (left := unfinished(site)) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert not left, (left, site.server.log()[-3000:])


def unfinished(site: Site) -> dict[str, int]:
    found = {
        "missing": site.findings.inbound - count(site, "inbound_message", "true"),
        "held": count(site, "inbound_message", "state <> 'handled'"),
        "queued": count(site, "outbound_message", "status = 'queued'"),
        "code": count(site, "code_run", "state = 'pending'"),
    }
    return {name: number for name, number in found.items() if number}


def count(site: Site, table: str, where: str) -> int:
    return int(site.server.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])


def out_of_time(site: Site) -> int:
    """How many runs of scripts ended because their time was over."""
    return count(site, "turn", """event LIKE '%"error_kind":"timeout"%'""")


def judge(site: Site) -> Findings:
    """Compare the rows with what the vendor took."""
    findings = site.findings
    findings.scripts_out_of_time = out_of_time(site)
    findings.answers = count(site, "outbound_message", "true")
    turns = site.server.rows(
        "SELECT i.id, count(t.number) FROM inbound_message i LEFT JOIN turn t"
        " ON t.event_id = i.id OR t.event_id = i.id || '/replaced' GROUP BY i.id"
    )
    findings.answered_in_rows = sum(number == 1 for _, number in turns)
    taken: dict[str, list[str]] = {}
    for _, message in list(site.stand.taken):
        taken.setdefault(message.to, []).append(message.text)
    findings.messages_at_vendor = sum(map(len, taken.values()))
    for address, row in outbound(site).items():
        got = taken.get(address.removeprefix("+"), [])
        findings.lost += len(Counter(row) - Counter(got))
        findings.out_of_order += list(dict.fromkeys(got)) != list(dict.fromkeys(row))
    judge_doubles(site)
    return findings


def judge_doubles(site: Site) -> None:
    """What left twice left in the documented window: a worker sent it, and lost what it had not settled yet.

    A worker sends one message of each conversation at a time and settles them before it sends the next ones, so it
    loses no more than that. The vendor loses no answer here, and nobody is stopped for as long as a lease. Where the
    vendor reports, a report mostly settles the message before its lease is over; QUIET reports nothing.
    """
    times: dict[str, list[float]] = {}
    for at, message in list(site.stand.taken):
        times.setdefault(message.content["biz_opaque_callback_data"], []).append(at)
    doubles = [pair for taken in times.values() for pair in pairwise(taken)]
    findings = site.findings
    findings.sent_twice = len(doubles)
    findings.sent_twice_at_most = CONTACTS * sum(loss.workers for loss in site.losses)
    findings.sent_twice_without_cause = sum(
        not any(first <= loss.ended and loss.begun <= second for loss in site.losses) for first, second in doubles
    )


def outbound(site: Site) -> dict[str, list[str]]:
    """The texts to each address, in the order of the rows."""
    texts: dict[str, list[str]] = {}
    for address, content in site.server.rows(
        "SELECT c.address, o.content FROM outbound_message o JOIN conversation c ON c.id = o.conversation_id"
        " WHERE o.status IN ('sent', 'delivered', 'seen') ORDER BY c.address, o.position"
    ):
        texts.setdefault(address, []).append(json.loads(content)["text"])
    return texts


def check(site: Site, begun: float) -> None:
    findings = judge(site)
    findings.seconds = round(time.monotonic() - begun, 1)
    print(json.dumps(asdict(findings), indent=2))
    assert findings.answered_in_rows == findings.answers == findings.inbound
    assert (findings.lost, findings.out_of_order) == (0, 0)
    assert findings.sent_twice <= findings.sent_twice_at_most
    assert findings.sent_twice_without_cause == 0
    assert findings.scripts_out_of_time >= findings.sandbox_stops


@pytest.mark.parametrize(("chatbot", "behaviour"), [(ECHO, QUIET), (CODED, ROUGH)], ids=["plain", "code"])
def test_whatever_breaks_every_message_is_answered_once_and_in_order(
    make_site: MakeSite, chatbot: dict[str, Any], behaviour: Behaviour
) -> None:
    begun, site = time.monotonic(), make_site(chatbot, behaviour)
    faults = [site.kill] * 5 + [site.restart_postgres, site.restart_redis, site.take_the_vendor_down]
    faults += [site.stop_for_a_while] + [site.stop_the_sandboxes] * (chatbot is CODED)
    site.chance.shuffle(faults)
    write(site, 5, faults)
    settle(site)
    check(site, begun)


@pytest.mark.soak
def test_a_hundred_kills(make_site: MakeSite) -> None:
    begun, site = time.monotonic(), make_site(CODED, ROUGH)
    faults = [site.kill] * 100 + [site.restart_postgres, site.restart_redis, site.take_the_vendor_down] * 5
    faults += [site.stop_for_a_while] * 10 + [site.stop_the_sandboxes] * 5
    site.chance.shuffle(faults)
    write(site, 60, faults)
    settle(site)
    check(site, begun)
    if "BOTFLOW_TEST_WRITE_FINDINGS" in os.environ:
        REPORT.write_text(json.dumps(asdict(site.findings), indent=2) + "\n")
