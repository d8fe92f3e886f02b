"""Messages a second through the whole server: webhook, turn, reply at the vendor, over real sockets.

    .venv/bin/python -m tests.bench.whole_server --rate 300 --seconds 60 --reports 0 [--embedded]

The server runs as it does in production (web, worker and scheduler over PostgreSQL and Redis; `--embedded`: one process
over SQLite), the simulated vendor as a process of its own, which also writes for the contacts. Everything shares the
machine's cores. fsync and synchronous_commit are on. Printed: messages sent and answered, latency from the webhook to
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
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from botflow.db import Database
from botflow.senders.sealing import Seal, key_in
from botflow.senders.service import SENDERS
from tests.server.process import ServerProcess
from tests.server.production import Production
from tests.server.scenarios import ask, scenario

CONTACTS: Final = 500
RATE_OF_SENDER: Final = 100_000
POSTGRES: Final = os.environ.get("BOTFLOW_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
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


def measure(rate: float, seconds: float, reports: int, embedded: bool, contacts: int = CONTACTS) -> dict[str, Any]:
    """Run it; returns the figures."""
    with tempfile.TemporaryDirectory(prefix="botflow-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        vendor = Vendor()
        environment = {
            "BOTFLOW_VENDOR_HOSTS": f"127.0.0.1:{vendor.facts['port']}",
            "BOTFLOW_LOG_LEVEL": "warning",
        }
        server = _server(folder, environment, embedded)
        try:
            server.start()
            seal, database = _database(server, folder)
            webhook = connect_sender(database, seal, "demo-echo", vendor, server.url)
            states = ["delivered", "seen"][:reports]
            vendor.say({"webhook": webhook, "rate": rate, "seconds": seconds, "contacts": contacts, "reports": states})
            assert vendor.listen()["warm"]
            with contextlib.closing(database):
                return _figures(vendor, server, database)
        finally:
            if "BOTFLOW_TEST_LOGS" in os.environ:
                print(server.log()[-4000:], file=sys.stderr)
            server.end()
            vendor.end()


def _server(folder: Path, environment: Mapping[str, str], embedded: bool) -> ServerProcess:
    if embedded:
        return ServerProcess(folder / "data", folder / "examples", [ECHO], environment)
    return Production(POSTGRES, folder, [ECHO], environment)


def _database(server: ServerProcess, folder: Path) -> tuple[Seal, Database]:
    if isinstance(server, Production):
        return Seal("of the tests"), server.database
    return Seal(key_in(folder / "data")), Database.in_file(folder / "data" / "botflow.sqlite3")


def _figures(vendor: Vendor, server: ServerProcess, database: Database) -> dict[str, Any]:
    pids = {"vendor-sim": [vendor.process.pid], "postgres and redis": database_pids()}
    if isinstance(server, Production):
        pids |= {role: [process.pid] for role, process in server.processes.items()}
    elif server.process:
        pids["serve"] = [server.process.pid]
    before = {name: sum(map(processor_seconds, group)) for name, group in pids.items()}
    begun = time.monotonic()
    result = vendor.listen()
    elapsed = time.monotonic() - begun
    pids["postgres and redis"] = database_pids()
    used = {name: sum(map(processor_seconds, group)) - before[name] for name, group in pids.items()}
    result["cpu_ms_a_message"] = {name: round(spent * 1000 / result["sent"], 2) for name, spent in used.items()}
    result["cpu_share"] = {name: round(spent / elapsed, 2) for name, spent in used.items()}
    with database.reading() as work:
        counted = work.all(sa.text("SELECT status, count(*) AS messages FROM outbound_message GROUP BY status"))
        result["statuses"] = {row["status"]: row["messages"] for row in counted}
    return result


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
