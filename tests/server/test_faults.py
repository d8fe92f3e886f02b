"""Everything that can break, breaks under load; every message is answered exactly once in the rows, in order.

Contacts write through a simulated vendor that errs, repeats and mixes up its webhooks, to the server as it runs in
production over a PostgreSQL and a Redis of its own. Meanwhile processes are killed with -9 or stopped for a while,
PostgreSQL and Redis are restarted, and the vendor is down. `make soak` does ten times as much and writes what it found
to docs/reference/faults.json.
"""

import json
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

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
        "next": ["ask"],
    },
) | {"channel": "whatsapp"}
ROUGH = Behaviour(
    delay_ms=5,
    reports=("sent", "delivered", "seen"),
    loss=0.05,
    duplicates=0.1,
    disorder=0.2,
    errors=0.05,
    retry_ms=200,
)
CONTACTS = 6
PAUSE_SECONDS = 0.1
SETTLE_SECONDS = 120.0
REPORT = Path(__file__).parents[2] / "docs" / "reference" / "faults.json"
SEED = 20_261_127


@dataclass
class Findings:
    """What was done, and what came of it."""

    kills: int = 0
    stops: int = 0
    postgres_restarts: int = 0
    redis_restarts: int = 0
    vendor_outages: int = 0
    inbound: int = 0
    answered_in_rows: int = 0
    messages_at_vendor: int = 0
    sent_twice: int = 0
    lost: int = 0
    out_of_order: int = 0
    seconds: float = 0.0


@dataclass
class Site:
    """The server, its services and its vendor."""

    server: Production
    postgres: OwnPostgres
    redis: OwnRedis
    stand: HttpStand
    findings: Findings = field(default_factory=Findings)
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))

    def kill(self) -> None:
        """kill -9 of one process."""
        self.server.kill_one(self.chance.choice(ROLES))
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

    def restart_postgres(self) -> None:
        self.server.database.close()
        self.postgres.stop(self.chance.choice((signal.SIGINT, signal.SIGQUIT)))
        time.sleep(self.chance.uniform(0, 1))
        self.postgres.start()
        self.postgres.wait()
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


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[Callable[[dict[str, Any]], Site]]:
    ends: list[Callable[[], None]] = []

    def make(chatbot: dict[str, Any]) -> Site:
        vendor = WhatsAppCloud()
        simulator = Simulator([vendor], behaviour=ROUGH, seed=SEED)
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


def judge(site: Site) -> Findings:
    """Compare the rows with what the vendor took."""
    findings = site.findings
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
        findings.sent_twice += sum((Counter(got) - Counter(row)).values())
        findings.out_of_order += list(dict.fromkeys(got)) != list(dict.fromkeys(row))
    return findings


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
    assert findings.answered_in_rows == findings.inbound
    assert (findings.lost, findings.out_of_order) == (0, 0)
    # At least once, where a process dies, or the vendor, between taking a message and the note of it.
    assert findings.sent_twice <= findings.kills * 32 + findings.postgres_restarts * 32


@pytest.mark.parametrize("chatbot", [ECHO, CODED], ids=["plain", "code"])
def test_whatever_breaks_every_message_is_answered_once_and_in_order(
    make_site: Callable[[dict[str, Any]], Site], chatbot: dict[str, Any]
) -> None:
    begun, site = time.monotonic(), make_site(chatbot)
    faults = [site.kill] * 5 + [site.restart_postgres, site.restart_redis, site.take_the_vendor_down]
    faults += [site.stop_for_a_while]
    site.chance.shuffle(faults)
    write(site, 5, faults)
    settle(site)
    check(site, begun)


@pytest.mark.soak
def test_a_hundred_kills(make_site: Callable[[dict[str, Any]], Site]) -> None:
    begun, site = time.monotonic(), make_site(CODED)
    faults = [site.kill] * 100 + [site.restart_postgres, site.restart_redis, site.take_the_vendor_down] * 5
    faults += [site.stop_for_a_while] * 10
    site.chance.shuffle(faults)
    write(site, 60, faults)
    settle(site)
    check(site, begun)
    if "BOTFLOW_TEST_WRITE_FINDINGS" in os.environ:
        REPORT.write_text(json.dumps(asdict(site.findings), indent=2) + "\n")
