"""Backup and restore: consistent while the server works, checked as a whole, and never a file outside."""

import io
import os
import stat
import subprocess
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from botflow.backup.archive import BrokenArchiveError, unpack
from botflow.backup.databases import dump_postgresql
from botflow.backup.service import Place, back_up, restore
from botflow.clock import system_clock
from botflow.db import Database
from botflow.errors import StartError
from botflow.migrations.upgrade import downgrade
from botflow.senders.sealing import key_in
from tests.server.conftest import POSTGRES
from tests.server.process import BOTFLOW, Page, ServerProcess
from tests.server.production import Production
from tests.server.scenarios import ECHO
from tests.server.world import World

FILE = "media/ab/0190-cdab"


def place(folder: Path) -> Place:
    folder.mkdir(exist_ok=True)
    return Place(folder, folder / "media", "")


def filled(sqlite: Database, tmp_path: Path) -> Place:
    """A server's folder: a conversation, a file of the library, a key."""
    here = place(tmp_path)
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_bytes(b"a picture")
    key_in(tmp_path)
    World(sqlite).write(World(sqlite).publish(ECHO), "hi")
    return here


def test_a_conversation_goes_on_from_a_backup_that_was_made_while_others_wrote(
    sqlite: Database, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here, target = filled(sqlite, tmp_path), tmp_path_factory.mktemp("kept") / "backup.tar.gz"
    world = World(sqlite)
    ended = threading.Event()

    def write() -> None:
        while not ended.is_set():
            world.write("sender-echo", "more", address=f"visitor:{world.ids()}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert back_up(here, target) == []
    finally:
        ended.set()
        writer.join()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(target.parent.iterdir()) == [target]
    there = place(tmp_path_factory.mktemp("elsewhere"))
    assert restore(there, target, replace=False) is None
    assert (there.data / FILE).read_bytes() == b"a picture"
    assert key_in(there.data) == key_in(tmp_path)
    database = there.database()
    again = World(database)
    assert again.write("sender-echo", "again").sequence == 3
    assert again.count("inbound_message", "handled_at IS NULL") == 0
    database.close()


def test_what_is_there_is_not_touched_unless_that_is_said(sqlite: Database, tmp_path: Path) -> None:
    here, target = filled(sqlite, tmp_path), tmp_path.parent / f"{tmp_path.name}.tar.gz"
    back_up(here, target)
    with pytest.raises(StartError, match=r"botflow\.sqlite3.*--replace"):
        restore(here, target, replace=False)
    World(sqlite).write("sender-echo", "later")
    sqlite.close()
    aside = restore(here, target, replace=True)
    assert aside is not None
    assert {path.name for path in aside.iterdir()} >= {"botflow.sqlite3", "media", "secret.key"}
    database = here.database()
    assert World(database).count("inbound_message") == 1
    database.close()


def test_an_older_one_is_brought_up_to_date_and_a_newer_one_refused(sqlite: Database, tmp_path: Path) -> None:
    here, old, new = filled(sqlite, tmp_path), tmp_path.parent / "old.tar.gz", tmp_path.parent / "new.tar.gz"
    old.unlink(missing_ok=True)
    new.unlink(missing_ok=True)
    world = World(sqlite)
    downgrade(sqlite, "-1")
    back_up(here, old)
    there = place(tmp_path.parent / f"{tmp_path.name}-there")
    restore(there, old, replace=False)
    world.execute("UPDATE alembic_version SET version_num = '9999'")
    back_up(here, new)
    with pytest.raises(StartError, match="newer botflow"):
        restore(place(tmp_path.parent / f"{tmp_path.name}-other"), new, replace=False)


BAD: list[tuple[str, Callable[[tarfile.TarInfo], object]]] = [
    ("../evil", lambda member: None),
    ("/etc/evil", lambda member: None),
    ("media/../../evil", lambda member: None),
    ("media/ab/evil", lambda member: setattr(member, "type", tarfile.SYMTYPE)),
    ("media/ab/evil", lambda member: setattr(member, "type", tarfile.LNKTYPE)),
    ("media/ab/evil", lambda member: setattr(member, "type", tarfile.CHRTYPE)),
    ("botflow.sqlite3", lambda member: None),
]


@pytest.mark.parametrize(("name", "change"), BAD)
def test_an_archive_that_somebody_made_up_writes_nothing_outside(
    tmp_path: Path, name: str, change: Callable[[tarfile.TarInfo], object]
) -> None:
    source, folder = tmp_path / "bad.tar.gz", tmp_path / "in" / "folder"
    folder.mkdir(parents=True)
    with tarfile.open(source, "w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.linkname, member.size = "/etc/passwd", 4
        change(member)
        archive.addfile(member, io.BytesIO(b"evil"))
    with pytest.raises(BrokenArchiveError):
        unpack(source, folder)
    assert not list(tmp_path.rglob("evil"))


def test_a_damaged_archive_is_refused_before_anything_is_touched(sqlite: Database, tmp_path: Path) -> None:
    here, target = filled(sqlite, tmp_path), tmp_path.parent / f"{tmp_path.name}.tar.gz"
    back_up(here, target)
    whole = target.read_bytes()
    there = place(tmp_path.parent / f"{tmp_path.name}-there")
    for damaged in (b"", b"no archive", whole[: len(whole) // 2], whole[:-20], whole[:5000] + b"\0\0\0" + whole[5003:]):
        target.write_bytes(damaged)
        with pytest.raises(BrokenArchiveError):
            restore(there, target, replace=False)
        assert list(there.data.iterdir()) == []


def test_the_commands_beside_a_server_that_runs(serve: Callable[..., ServerProcess], tmp_path: Path) -> None:
    server = serve(ECHO)
    with Page(server, f"demo-{ECHO['id']}") as page:
        page.send("hi")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(BOTFLOW), *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ.copy())

    target = str(tmp_path / "backup.tar.gz")
    assert run("backup", target, "--data", str(server.data)).returncode == 0
    assert "there is such a file already" in run("backup", target, "--data", str(server.data)).stderr
    assert "Another server uses" in run("restore", target, "--data", str(server.data), "--replace").stderr
    restored = run("restore", target, "--data", str(tmp_path / "elsewhere"))
    assert restored.returncode == 0, restored.stderr


def test_postgresql_is_dumped_and_restored(tmp_path: Path) -> None:
    production = Production(POSTGRES, tmp_path, [], {})
    try:
        here = Place(tmp_path, tmp_path / "media", production.address)
        world = World(production.database).at(system_clock())
        world.write(world.publish(ECHO), "hi")
        target = tmp_path.parent / f"{tmp_path.name}.tar.gz"
        back_up(here, target)
        world.write("sender-echo", "later")
        there = Place(tmp_path.parent / f"{tmp_path.name}-there", tmp_path.parent / "no-media", production.address)
        there.data.mkdir()
        with pytest.raises(StartError, match="tables in the database"):
            restore(there, target, replace=False)
        restore(there, target, replace=True)
        assert world.shown("sender-echo") == ["> hi", "Say something."]
        world.write("sender-echo", "again")
        assert world.count("inbound_message") == 2
    finally:
        production.end()


def test_without_the_programs_of_postgresql_the_command_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StartError, match="pg_dump --format=custom") as told:
        dump_postgresql("postgresql://ann:s3cret@db/bots", "public", tmp_path / "dump")
    assert "s3cret" not in str(told.value)
