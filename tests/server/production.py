"""The server as several processes over PostgreSQL, Redis and RQ, behind the same face as `botflow serve`."""

import os
import random
import signal
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from redis import Redis

from botflow.chatbots.examples import publish_examples
from botflow.chatbots.service import Chatbots
from botflow.clock import system_clock
from botflow.db import Database
from botflow.ids import Ids
from botflow.migrations.upgrade import upgrade
from tests.server.process import BOTFLOW, START_SECONDS, WAIT_SECONDS, ServerProcess, wait_until

REDIS = os.environ.get("BOTFLOW_TEST_REDIS", "redis://127.0.0.1:6379/0")
DATABASES_OF_REDIS = 15
NO_DATABASE = 1
"""The exit status of a process that could not begin."""
ROLES = ("web", "scheduler", "worker-1", "worker-2")


class Production(ServerProcess):
    """A web process, a scheduler and two workers; a schema of PostgreSQL and a database of Redis of their own."""

    def __init__(
        self,
        postgres: str,
        folder: Path,
        documents: Iterable[Mapping[str, Any]],
        environment: Mapping[str, str],
        redis: str | None = None,
    ) -> None:
        super().__init__(folder / "data", folder / "examples", documents, {})
        self._schema = f"botflow_production_{os.getpid()}_{random.randrange(10**6)}"
        self.address = f"{postgres}?options=-csearch_path%3D{self._schema}"
        self.redis = redis or f"{REDIS.rpartition('/')[0]}/{1 + os.getpid() % DATABASES_OF_REDIS}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._environment = os.environ | {
            "BOTFLOW_DATABASE": self.address,
            "BOTFLOW_REDIS": self.redis,
            "BOTFLOW_SECRET_KEY": "of the tests",
            "BOTFLOW_EXAMPLES": "",
            **environment,
        }
        self._admin = sa.create_engine(
            sa.make_url(postgres).set(drivername="postgresql+psycopg"),
            isolation_level="AUTOCOMMIT",
            poolclass=sa.NullPool,
        )
        with self._admin.connect() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA {self._schema}"))
        self.database = Database.in_postgresql(self.address)
        upgrade(self.database)
        publish_examples(
            self.database, Chatbots(system_clock, Ids(system_clock)), folder / "examples", system_clock(), is_open=True
        )
        Redis.from_url(self.redis).flushdb()

    def start(self) -> None:
        """Start every process that was killed, and wait until requests are answered.

        One that came up while there was no database has ended, and is started again, as by any supervisor. Whatever
        else ends by itself is a fault.
        """
        for role in ROLES:
            if role not in self.processes or self.processes[role].poll() == NO_DATABASE:
                self.processes[role] = self._begin(role)
        self.process = self.processes["web"]
        wait_until(self._answers, START_SECONDS)

    def kill(self) -> None:
        """kill -9 of every process."""
        for role in ROLES:
            self.kill_one(role)

    def kill_some(self) -> None:
        """kill -9 of one process or several."""
        for role in random.sample(ROLES, random.randint(1, len(ROLES))):
            self.kill_one(role)

    def end(self) -> None:
        """Leave nothing behind."""
        self.kill()
        self.database.close()
        with self._admin.connect() as connection:
            connection.execute(sa.text(f"DROP SCHEMA {self._schema} CASCADE"))
        self._admin.dispose()

    def stop(self, sign: int = signal.SIGTERM) -> int:
        """End all as an operator would; returns the worst exit status."""
        running = [self.processes.pop(role) for role in ROLES if role in self.processes]
        for process in running:
            process.send_signal(sign)
        return max(process.wait(timeout=WAIT_SECONDS) for process in running)

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Read the database."""
        with self.database.engine.connect() as connection:
            found = connection.exec_driver_sql(query.replace("%", "%%").replace("?", "%s"), parameters or None)
            return [tuple(row) for row in found]

    def begin(self, role: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start one process, with settings of its own."""
        self._environment |= environment
        self.processes[role] = self._begin(role)
        return self.processes[role]

    def _begin(self, role: str) -> subprocess.Popen[bytes]:
        options = ["--port", str(self.port)] if role == "web" else []
        with self._log.open("ab") as log:
            command = [str(BOTFLOW), role.partition("-")[0], *options]
            return subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)

    def kill_one(self, role: str) -> None:
        """kill -9 of this process."""
        process = self.processes.pop(role, None)
        if process is not None:
            process.kill()
            process.wait()
