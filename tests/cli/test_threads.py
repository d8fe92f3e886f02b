"""botflow threads: a thread of a server's database as a recording that botflow replay takes (TH-3)."""

from pathlib import Path

import pytest

from botflow.app import DATABASE_FILE
from botflow.db import Database
from botflow.migrations.upgrade import upgrade
from tests.cli.commands import botflow
from tests.server.scenarios import ECHO, THINKER
from tests.server.world import World


@pytest.fixture
def thread(tmp_path: Path) -> str:
    """A conversation with code and a message that was held meanwhile."""
    (tmp_path / "data").mkdir()
    database = Database.in_file(tmp_path / "data" / DATABASE_FILE)
    upgrade(database)
    world = World(database)
    sender = world.publish(THINKER)
    for text in ("hi", "1", "2"):
        world.write(sender, text)
    world.run_code()
    world.write(world.publish(ECHO), "hi")
    found: str = next(row[0] for row in world.rows("thread", "id", "scenario") if row[1] == "thinker")
    database.close()
    return found


def test_an_exported_thread_replays(thread: str, tmp_path: Path) -> None:
    file = tmp_path / "thread.json"
    result = botflow("threads", "export", thread, "--data", tmp_path / "data", "-o", file)
    assert result.output == f"wrote {file}: replay it with `botflow replay {file}`\n"
    assert file.stat().st_mode & 0o077 == 0
    assert botflow("replay", file).output == "5 turns, 1 threads, 0 differ\n"


def test_without_a_file_it_is_printed(thread: str, tmp_path: Path) -> None:
    result = botflow("threads", "export", thread, "--data", tmp_path / "data")
    assert result.output.startswith('{"scenarios":[{"version":1,')


def test_what_is_not_there_is_said(thread: str, tmp_path: Path) -> None:
    unknown = botflow("threads", "export", "nothing", "--data", tmp_path / "data")
    assert (unknown.exit_code, unknown.output) == (1, "Error: There is no thread 'nothing'.\n")
    nowhere = botflow("threads", "export", thread, "--data", tmp_path / "other")
    assert nowhere.exit_code == 1
    assert "There is no database" in nowhere.output
    assert not (tmp_path / "other").exists()


def test_a_database_of_another_version_is_said(tmp_path: Path) -> None:
    Database.in_file(tmp_path / DATABASE_FILE).engine.connect().close()
    result = botflow("threads", "export", "x", "--data", tmp_path)
    assert result.exit_code == 1
    assert "Cannot use the database" in result.output
