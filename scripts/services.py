"""Run a command with everything the tests talk to: PostgreSQL, MariaDB, Redis and browsers.

    .venv/bin/python scripts/services.py COMMAND...

A server that answers where the tests look for it is used as it is and left alone. For one that does not, a private
one is started on a free port, in a temporary folder, for as long as the command runs; the command finds its address
in the variable named below. Programs that are missing are installed on Debian as root; elsewhere the command that
installs them is printed.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import psycopg
import pymysql

START_SECONDS = 60
STOP_SECONDS = 20
POLL_SECONDS = 0.1
CONNECT_SECONDS = 2
# Debian keeps the servers' programs off the PATH, macOS a browser's
PROGRAM_FOLDERS = ("usr/lib/postgresql/*/bin", "usr/sbin", "Applications/Firefox.app/Contents/MacOS")
BREW = "brew install postgresql mariadb redis && brew install --cask chromium firefox"


@dataclass(frozen=True)
class Service:
    """One server of the tests: where they look for it, how to ask whether it answers, how to start a private one."""

    variable: str
    address: str
    package: str
    programs: tuple[str, ...]
    answers: Callable[[SplitResult], bool]
    commands: Callable[[Path, int], tuple[list[str], ...]]
    """Command lines for a folder and a port: what prepares the folder, if anything, and last the server itself."""
    account: str | None = None
    """The account that the package made for the server, which refuses to run as root."""


@dataclass(frozen=True)
class Browser:
    """A browser of the tests: where they are told its program, and the names it may have, Debian's package first."""

    variable: str
    programs: tuple[str, ...]

    def path(self, environment: Mapping[str, str]) -> str | None:
        """Its program, None where it is not on this machine."""
        return environment.get(self.variable) or next(filter(None, map(program, self.programs)), None)


BROWSERS = (
    Browser("BOTFLOW_TEST_CHROMIUM", ("chromium", "chromium-browser", "google-chrome")),
    Browser("BOTFLOW_TEST_FIREFOX", ("firefox-esr", "firefox")),
)


def program(name: str) -> str | None:
    """The path of a program, also where Debian hides it; the newest version first."""
    hidden = (folder for pattern in PROGRAM_FOLDERS for folder in sorted(Path("/").glob(pattern), reverse=True))
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(map(str, hidden)))


def postgres_answers(address: SplitResult) -> bool:
    with contextlib.suppress(psycopg.OperationalError):
        psycopg.connect(address.geturl(), connect_timeout=CONNECT_SECONDS).close()
        return True
    return False


def postgres_commands(folder: Path, port: int) -> tuple[list[str], ...]:
    data = str(folder / "data")
    options = ["-p", str(port), "-h", "127.0.0.1", "-k", str(folder), "-c", "fsync=off"]
    return (
        ["initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        ["postgres", "-D", data, *options],
    )


def mariadb_answers(address: SplitResult) -> bool:
    with contextlib.suppress(pymysql.MySQLError):
        pymysql.connect(
            host=address.hostname or "127.0.0.1",
            port=address.port or 3306,
            database=address.path.strip("/"),
            user=address.username or "root",
            password=address.password or "",
            connect_timeout=CONNECT_SECONDS,
        ).close()
        return True
    return False


def mariadb_commands(folder: Path, port: int) -> tuple[list[str], ...]:
    common = ["--no-defaults", f"--datadir={folder / 'data'}", "--skip-name-resolve"]
    where = [f"--socket={folder / 'socket'}", f"--pid-file={folder / 'pid'}", f"--port={port}"]
    return (
        ["mariadb-install-db", *common, "--auth-root-authentication-method=normal"],
        ["mariadbd", *common, *where, "--bind-address=127.0.0.1"],
    )


def redis_answers(address: SplitResult) -> bool:
    place = (address.hostname or "127.0.0.1", address.port or 6379)
    with contextlib.suppress(OSError), socket.create_connection(place, timeout=CONNECT_SECONDS) as connection:
        connection.sendall(b"PING\r\n")
        return connection.recv(16).startswith(b"+PONG")
    return False


def redis_commands(folder: Path, port: int) -> tuple[list[str], ...]:
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    return (["redis-server", *options],)


SERVICES = (
    Service(
        variable="BOTFLOW_TEST_POSTGRES",
        address="postgresql://postgres@127.0.0.1:5432/postgres",
        package="postgresql",
        programs=("initdb", "postgres"),
        answers=postgres_answers,
        commands=postgres_commands,
        account="postgres",
    ),
    Service(
        variable="BOTFLOW_TEST_MARIADB",
        address="mysql://root@127.0.0.1:3306/test",
        package="mariadb-server",
        programs=("mariadb-install-db", "mariadbd"),
        answers=mariadb_answers,
        commands=mariadb_commands,
        account="mysql",
    ),
    Service(
        variable="BOTFLOW_TEST_REDIS",
        address="redis://127.0.0.1:6379/0",
        package="redis-server",
        programs=("redis-server",),
        answers=redis_answers,
        commands=redis_commands,
    ),
)


def silent_services(environment: Mapping[str, str]) -> list[Service]:
    """The services to start. Raises SystemExit where one that the environment names does not answer."""
    silent = [item for item in SERVICES if not item.answers(urlsplit(environment.get(item.variable, item.address)))]
    for service in silent:
        if service.variable in environment:
            raise SystemExit(f"Nothing answers at {service.variable}={environment[service.variable]}")
    return silent


def missing_packages(services: list[Service], environment: Mapping[str, str]) -> list[str]:
    """Debian's names of what is not on this machine."""
    servers = [service.package for service in services if not all(map(program, service.programs))]
    return servers + [browser.programs[0] for browser in BROWSERS if not browser.path(environment)]


def install(packages: list[str]) -> None:
    """Install Debian packages as root; elsewhere raises SystemExit with the command that does it."""
    command = f"apt-get update && apt-get install --yes --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise SystemExit(f"The tests need {', '.join(packages)}. On Debian: sudo sh -c '{command}'. On macOS: {BREW}")
    if os.geteuid() != 0:
        raise SystemExit(f"The tests need {', '.join(packages)}. Install them with: sudo sh -c '{command}'")
    print(f"Installing {', '.join(packages)} ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(["sh", "-c", command], env=environment, stdout=subprocess.DEVNULL).returncode:
        raise SystemExit(f"Installing failed, see above. The command was: {command}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextlib.contextmanager
def running(service: Service) -> Iterator[str]:
    """A private server for the length of a `with`; gives its address. Raises SystemExit when it does not start."""
    account = service.account if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="botflow-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if account:
            shutil.chown(folder, account, account)
        port = free_port()
        *preparations, serve = (
            [program(command[0]) or command[0], *command[1:]] for command in service.commands(folder, port)
        )
        with (folder / "log").open("wb") as log:
            for command in preparations:
                subprocess.run(command, stdout=log, stderr=log, user=account, group=account, cwd=folder, check=True)
            server = subprocess.Popen(serve, stdout=log, stderr=log, user=account, group=account, cwd=folder)
        parts = urlsplit(service.address)
        address = parts._replace(netloc=parts.netloc.replace(f":{parts.port}", f":{port}"))
        try:
            wait_until_it_answers(service, address, server, folder / "log")
            yield address.geturl()
        finally:
            stop(server)


def wait_until_it_answers(service: Service, address: SplitResult, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not service.answers(address):
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"{service.package} does not start:\n{log.read_text(errors='replace')}")
        time.sleep(POLL_SECONDS)


def stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def main(command: list[str]) -> int:
    """Run the command with all services there; its exit status is ours."""
    services = silent_services(os.environ)
    if packages := missing_packages(services, os.environ):
        install(packages)
        services = silent_services(os.environ)
    browsers = {browser.variable: browser.path(os.environ) or browser.programs[0] for browser in BROWSERS}
    environment = {**os.environ, **browsers}
    with contextlib.ExitStack() as stack:
        for service in services:
            environment[service.variable] = stack.enter_context(running(service))
            print(f"Started {service.package} for the tests at {environment[service.variable]}", flush=True)
        return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python scripts/services.py COMMAND...")
    sys.exit(main(sys.argv[1:]))
