"""Databases and servers for the tests of the server."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile

import pytest
import sqlalchemy as sa

from botflow.accounts import passwords
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
        url.update_query_dict({"options": f"-csearch_path={SCHEMA} -csynchronous_commit=off"}).render_as_string(
            hide_password=False
        )
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


@pytest.fixture(scope="session")
def quick_hashes() -> Iterator[None]:
    """Passwords hashed with less work than in earnest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "MEMORY_KIB", 64)
        patch.setattr(passwords, "TIME_COST", 1)
        yield


@pytest.fixture(scope="session")
def api_on_sqlite(quick_hashes: None, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """One for all tests: to put an app together takes a while."""
    folder = tmp_path_factory.mktemp("api")
    copyfile(migrated_file, folder / "botflow.sqlite3")
    api = Api(Database.in_file(folder / "botflow.sqlite3"), folder)
    yield api
    api.close()
    api.database.close()


@pytest.fixture(scope="session")
def api_on_postgres(quick_hashes: None, postgres: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The same on PostgreSQL."""
    api = Api(postgres, tmp_path_factory.mktemp("api"))
    yield api
    api.close()


@pytest.fixture(params=["api_on_sqlite", "api_on_postgres"])
def api(request: pytest.FixtureRequest) -> Iterator[Api]:
    """The HTTP API without jobs, on SQLite and on PostgreSQL, with no rows."""
    api: Api = request.getfixturevalue(request.param)
    yield api
    api.clear()


@pytest.fixture
def small_api(api_on_sqlite: Api) -> Iterator[Api]:
    """The same on SQLite alone: for what does not depend on the database."""
    yield api_on_sqlite
    api_on_sqlite.clear()


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
