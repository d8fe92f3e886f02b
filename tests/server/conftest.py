"""Databases and servers for the tests of the server."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile

import pytest
import sqlalchemy as sa

from botflow.db import Database
from botflow.migrations.upgrade import upgrade
from tests.server.api import Api
from tests.server.process import ServerProcess
from tests.server.production import Production
from tests.server.world import World

POSTGRES = os.environ.get("BOTFLOW_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
SCHEMA = f"botflow_server_{os.getpid()}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    """A migrated schema of its own in the PostgreSQL of the tests."""
    url = sa.make_url(POSTGRES).set(drivername="postgresql+psycopg")
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE SCHEMA {SCHEMA}"))
    database = Database(
        url.update_query_dict({"options": f"-csearch_path={SCHEMA}"}).render_as_string(hide_password=False)
    )
    upgrade(database)
    yield database
    database.close()
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP SCHEMA {SCHEMA} CASCADE"))
    admin.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to take copies of: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("migrated") / "botflow.sqlite3"
    database = Database.in_file(file)
    upgrade(database)
    database.close()
    return file


@pytest.fixture
def sqlite(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    """A migrated SQLite file."""
    copyfile(migrated_file, tmp_path / "botflow.sqlite3")
    database = Database.in_file(tmp_path / "botflow.sqlite3")
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgres"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A server without threads, on SQLite and on PostgreSQL."""
    database: Database = request.getfixturevalue(request.param)
    yield World(database)
    with database.transaction() as work:
        # everything belongs to a company, and goes with it
        work.execute(sa.text("DELETE FROM company"))


@pytest.fixture(params=["sqlite", "postgres"])
def api(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Api]:
    """The HTTP API without jobs, on SQLite and on PostgreSQL."""
    database: Database = request.getfixturevalue(request.param)
    api = Api(database, tmp_path)
    yield api
    api.close()
    with database.transaction() as work:
        work.execute(sa.text("DELETE FROM company"))
        work.execute(sa.text("DELETE FROM sign_in_tries"))


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., ServerProcess]]:
    """Starts `botflow serve` with scenarios; every server is stopped in the end."""
    started: list[ServerProcess] = []

    def start(*documents: dict[str, object], **environment: str) -> ServerProcess:
        server = ServerProcess(tmp_path / "data", tmp_path / "examples", documents, environment)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.end()


@pytest.fixture(params=["embedded", "production"])
def serve_anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., ServerProcess]]:
    """Starts the server in both of its forms: one process over SQLite; several over PostgreSQL, Redis and RQ."""
    if request.param == "embedded":
        yield request.getfixturevalue("serve")
        return
    started: list[ServerProcess] = []

    def start(*documents: dict[str, object], **environment: str) -> ServerProcess:
        server = Production(POSTGRES, tmp_path, documents, environment)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.end()
