"""A PostgreSQL and a Redis of a test's own, on free ports, that can be stopped and started again."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
from redis import Redis
from redis.exceptions import RedisError

from scripts.services import SERVICES, Service, free_port, program

START_SECONDS = 30.0


class OwnService:
    """A server in a folder; what it keeps outlives a restart, as far as the real one's does."""

    def __init__(self, service: Service) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="botflow-", ignore_cleanup_errors=True)
        folder = Path(self._temporary.name)
        self._account = service.account if os.geteuid() == 0 else None
        self._folder = folder
        if self._account:
            shutil.chown(folder, self._account, self._account)
        self.port = free_port()
        *preparations, self._serve = [
            [program(command[0]) or command[0], *command[1:]] for command in service.commands(folder, self.port)
        ]
        for command in preparations:
            subprocess.run(
                command, stdout=subprocess.DEVNULL, user=self._account, group=self._account, cwd=folder, check=True
            )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it need not answer yet."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._serve, stdout=log, stderr=log, user=self._account, group=self._account, cwd=self._folder
            )

    def stop(self, sign: int = signal.SIGINT) -> None:
        """End it: SIGINT ends a PostgreSQL without waiting for its clients, SIGQUIT or SIGKILL as a crash would."""
        if self._process is not None:
            self._process.send_signal(sign)
            self._process.wait()
            self._process = None

    def end(self) -> None:
        """Stop it and leave nothing behind."""
        self.stop(signal.SIGKILL)
        self._temporary.cleanup()


class OwnPostgres(OwnService):
    """PostgreSQL with fsync, as in production."""

    def __init__(self, *options: str) -> None:
        super().__init__(SERVICES[0])
        self._serve = [*(part.replace("fsync=off", "fsync=on") for part in self._serve), *options]
        self.address = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.address, connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                assert time.monotonic() < deadline, "PostgreSQL does not start"
                time.sleep(0.1)


class OwnRedis(OwnService):
    """Redis that keeps nothing on disk: a restart loses all that is queued."""

    def __init__(self) -> None:
        super().__init__(SERVICES[2])
        self.address = f"redis://127.0.0.1:{self.port}/0"

    def wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with Redis.from_url(self.address) as connection:
                    connection.ping()
                return
            except RedisError:
                assert time.monotonic() < deadline, "Redis does not start"
                time.sleep(0.1)
