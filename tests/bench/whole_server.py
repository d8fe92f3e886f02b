"""Messages a second through the whole server: webhook, turn, reply at the vendor, over real sockets.

    .venv/bin/python -m tests.bench.whole_server --rate 300 --seconds 60 --reports 0 [--embedded]

The server runs as it does in production (web, worker and scheduler over PostgreSQL and Redis; `--embedded`: one process
over SQLite), the simulated vendor as a process of its own, which also writes for the contacts. Everything shares the
machine's cores. PostgreSQL is one of its own with the settings that it comes with: fsync, synchronous_commit and
autovacuum are on, whatever the machine's has. Printed: messages sent and answered, latency from the webhook to
the reply at the vendor, processor time of each process for each message.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from botflow.db import Database
from botflow.senders.sealing import Seal, key_in
from botflow.senders.service import SENDERS
from tests.server.own_services import OwnPostgres
from tests.server.process import ServerProcess
from tests.server.production import Production
from tests.server.scenarios import ask, scenario

CONTACTS: Final = 500
GREETINGS_A_SECOND: Final = 100.0
RATE_OF_SENDER: Final = 100_000
ECHO: Final = scenario("echo", ask("ask", "You said {{word}}.", "word", "ask")) | {"channel": "whatsapp"}
ADAPTER: Final = "whatsapp_cloud"
TICKS: Final = os.sysconf("SC_CLK_TCK")


class Vendor:
    """The simulator as a process, which also writes for the contacts (vendor_load.py)."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.bench.vendor_load"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.facts = self.listen()

    def say(self, value: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(value) + "\n")
        self.process.stdin.flush()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()

    def listen(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        heard: dict[str, Any] = json.loads(self.process.stdout.readline() or "{}")
        return heard


def connect_sender(database: Database, seal: Seal, sender: str, vendor: Vendor, server_url: str) -> str:
    """Turn the example's web chat sender into one of the simulated vendor. Returns its webhook."""
    values = {
        "adapter": ADAPTER,
        "channel": "whatsapp",
        "identity": vendor.facts["identity"],
        "rate": RATE_OF_SENDER,
        "credentials": seal.close(json.dumps(vendor.facts["credentials"])),
    }
    with database.transaction() as work:
        work.execute(SENDERS.update().where(SENDERS.c.id == sender).values(values))
        key = work.value(sa.select(SENDERS.c.webhook_key).where(SENDERS.c.id == sender))
    return f"{server_url}/webhooks/{ADAPTER}/{key}"


def processor_seconds(pid: int) -> float:
    """User and system time of a process and of its children that live."""
    total = 0.0
    for one in [pid, *children(pid)]:
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def resident_megabytes(pid: int) -> float:
    """Memory of a process and of its children that live."""
    return sum(_resident_kilobytes(one) for one in [pid, *children(pid)]) / 1024


def _resident_kilobytes(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)


def children(pid: int) -> list[int]:
    try:
        found = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return found + [grandchild for child in found for grandchild in children(child)]


def database_pids() -> list[int]:
    return [
        int(folder.name)
        for folder in Path("/proc").iterdir()
        if folder.name.isdigit() and _name(folder) in ("postgres", "redis-server")
    ]


def _name(folder: Path) -> str:
    try:
        return (folder / "comm").read_text().strip()
    except OSError:
        return ""


class Site:
    """A running server and its vendor, ready for plans of vendor_load.py."""

    def __init__(self, folder: Path, postgres: str | None) -> None:
        self.vendor = Vendor()
        environment = {
            "BOTFLOW_VENDOR_HOSTS": f"127.0.0.1:{self.vendor.facts['port']}",
            "BOTFLOW_LOG_LEVEL": "warning",
        }
        self.server = _server(folder, environment, postgres)
        self.server.start()
        seal, self.database = _database(self.server, folder)
        self.webhook = connect_sender(self.database, seal, "demo-echo", self.vendor, self.server.url)

    def end(self) -> None:
        """Leave nothing behind."""
        self.database.close()
        self.server.end()
        self.vendor.end()

    def run(self, kind: str, **plan: Any) -> dict[str, Any]:
        """Have the vendor do a plan. Returns its figures, with what each process took of processor and memory."""
        self.vendor.say({"kind": kind, "webhook": self.webhook, **plan})
        assert self.vendor.listen()["warm"]
        used, memory, begun = self._processor_seconds(), self._megabytes(), time.monotonic()
        result = self.vendor.listen()
        elapsed = time.monotonic() - begun
        spent = {name: seconds - used.get(name, 0.0) for name, seconds in self._processor_seconds().items()}
        result["cpu_ms"] = {name: round(seconds * 1000 / result["sent"], 3) for name, seconds in spent.items()}
        result["cpu_share"] = {name: round(seconds / elapsed, 2) for name, seconds in spent.items()}
        result["memory_mb"] = {name: [memory[name], now] for name, now in self._megabytes().items() if name in memory}
        return result

    def statuses(self) -> dict[str, int]:
        """How many messages to contacts there are of each status."""
        with self.database.reading() as work:
            counted = work.all(sa.text("SELECT status, count(*) AS messages FROM outbound_message GROUP BY status"))
            return {row["status"]: row["messages"] for row in counted}

    def _processor_seconds(self) -> dict[str, float]:
        pids = self._pids() | {"vendor-sim": [self.vendor.process.pid], "postgres and redis": database_pids()}
        return {name: sum(map(processor_seconds, group)) for name, group in pids.items()}

    def _megabytes(self) -> dict[str, float]:
        return {name: round(sum(map(resident_megabytes, group))) for name, group in self._pids().items()}

    def _pids(self) -> dict[str, list[int]]:
        if isinstance(self.server, Production):
            return {role: [process.pid] for role, process in self.server.processes.items()}
        assert self.server.process is not None
        return {"serve": [self.server.process.pid]}


@contextlib.contextmanager
def own_postgres() -> Iterator[str]:
    """The address of a PostgreSQL for the length of a `with`."""
    service = OwnPostgres()
    service.start()
    try:
        service.wait()
        yield service.address
    finally:
        service.end()


@contextlib.contextmanager
def running(embedded: bool = False) -> Iterator[Site]:
    """A server for the length of a `with`."""
    with (
        tempfile.TemporaryDirectory(prefix="botflow-bench-", ignore_cleanup_errors=True) as name,
        contextlib.nullcontext() if embedded else own_postgres() as postgres,
    ):
        site = Site(Path(name), postgres)
        try:
            yield site
        finally:
            if "BOTFLOW_TEST_LOGS" in os.environ:
                print(site.server.log()[-4000:], file=sys.stderr)
            site.end()


def measure(rate: float, seconds: float, reports: int, embedded: bool, contacts: int = CONTACTS) -> dict[str, Any]:
    """Contacts write to a new server; returns the figures."""
    with running(embedded) as site:
        site.run("greet", contacts=contacts, rate=GREETINGS_A_SECOND)
        states = ["delivered", "seen"][:reports]
        result = site.run("converse", contacts=contacts, rate=rate, seconds=seconds, reports=states)
        return result | {"statuses": site.statuses()}


def _server(folder: Path, environment: Mapping[str, str], postgres: str | None) -> ServerProcess:
    if postgres is None:
        return ServerProcess(folder / "data", folder / "examples", [ECHO], environment)
    return Production(postgres, folder, [ECHO], environment)


def _database(server: ServerProcess, folder: Path) -> tuple[Seal, Database]:
    if isinstance(server, Production):
        return Seal("of the tests"), server.database
    return Seal(key_in(folder / "data")), Database.in_file(folder / "data" / "botflow.sqlite3")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=300)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--reports", type=int, default=0)
    parser.add_argument("--contacts", type=int, default=CONTACTS)
    parser.add_argument("--embedded", action="store_true")
    given = parser.parse_args()
    print(json.dumps(measure(given.rate, given.seconds, given.reports, given.embedded, given.contacts), indent=2))


if __name__ == "__main__":
    main()
