"""`/health` and `/ready`: what does not answer is named, within bounded time, and nothing is given away."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from botflow.app import create_app, parts_of, prepare
from botflow.config import Settings
from botflow.db import Database
from botflow.jobs.queued import connect
from botflow.readiness import Check, database_check, problems_of, redis_check, threads_check
from botflow.scrape import Scrape
from botflow.status import status_api
from tests.server.process import ServerProcess
from tests.server.production import REDIS
from tests.server.scenarios import ECHO

SECRET = "s3cret-w0rd"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    settings = Settings(data=tmp_path, examples=None)
    prepare(settings)
    app = create_app(settings)
    yield app
    parts_of(app).stop()


@pytest.fixture
def silent() -> Iterator[str]:
    """An address where connections are taken and nothing is ever answered."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def asked(*checks: Check) -> FlaskClient:
    app = Flask("status")
    app.register_blueprint(status_api(checks, Scrape(None, lambda: 0), ""))
    return app.test_client()


def test_a_server_whose_jobs_have_begun_is_ready(app: Flask) -> None:
    parts_of(app).start()
    answer = app.test_client().get("/ready")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_a_thread_of_the_jobs_that_has_ended_is_named(app: Flask) -> None:
    parts = parts_of(app)
    parts.start()
    parts.jobs.stop()
    answer = app.test_client().get("/ready")
    assert answer.status_code == 503
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["failed"] == ["jobs"]
    assert "timers" in answer.get_json()["detail"]


def test_a_database_of_another_version_is_named(world_database: Database) -> None:
    answer = asked(database_check(world_database)).get("/ready")
    assert answer.status_code == 503
    assert "botflow db upgrade" in answer.get_json()["detail"]


@pytest.fixture
def world_database(tmp_path: Path) -> Iterator[Database]:
    """A database that no migration has run on."""
    database = Database.in_file(tmp_path / "empty.sqlite3")
    yield database
    database.close()


def test_what_is_not_there_is_named_without_its_address_and_password() -> None:
    database = Database.in_postgresql(f"postgresql://botflow:{SECRET}@127.0.0.1:1/bots")
    redis = connect(f"redis://:{SECRET}@127.0.0.1:1/0")
    answer = asked(database_check(database), redis_check(redis)).get("/ready")
    assert answer.status_code == 503
    assert answer.get_json()["failed"] == ["database", "redis"]
    assert answer.get_json()["detail"] == "The database does not answer. Redis does not answer."
    for secret in (SECRET, "127.0.0.1", "bots"):
        assert secret not in answer.text


def test_what_hangs_is_waited_for_two_seconds_by_everybody_together(silent: str) -> None:
    database = Database.in_postgresql(f"postgresql://botflow@{silent}/bots")
    check = database_check(database)
    begun = time.monotonic()
    assert problems_of([check]) == {"database": "The database does not answer."}
    assert time.monotonic() - begun < 3
    assert check.begin() is check.begin(), "a second thread waits for the same"


def test_what_answers_again_is_ready_again() -> None:
    up = [False]

    def ended() -> list[str]:
        return [] if up[0] else ["timers"]

    client = asked(threads_check(ended), redis_check(connect(REDIS)))
    assert client.get("/ready").status_code == 503
    up[0] = True
    assert client.get("/ready").status_code == 200


def test_health_asks_nobody(silent: str) -> None:
    client = asked(redis_check(connect(f"redis://{silent}/0")))
    assert client.get("/health").get_json() == {"status": "ok"}


def test_a_server_of_one_process_is_ready(serve: Callable[..., ServerProcess]) -> None:
    server = serve(ECHO)
    assert server.get("/ready")[0] == 200
