"""Starting: what cannot be used is one clear line, never a traceback."""

import os
import socket
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from botflow import data_folder
from tests.server.process import BOTFLOW, ServerProcess, free_port
from tests.server.scenarios import ECHO


def refused(*arguments: str, **environment: str) -> str:
    """Run `botflow`, see it fail, and return the one line it says."""
    ended = subprocess.run(
        [str(BOTFLOW), *arguments], capture_output=True, text=True, timeout=40, env=os.environ | environment
    )
    assert ended.returncode == 1, ended.stderr
    (line,) = ended.stderr.splitlines()
    return line


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        line = refused("serve", "--port", str(port), "--data", str(tmp_path))
    assert f"127.0.0.1:{port}" in line
    assert "--port" in line


def test_a_host_that_does_not_exist(tmp_path: Path) -> None:
    assert "nowhere.invalid" in refused("serve", "--host", "nowhere.invalid", "--data", str(tmp_path))


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/nothing"])
def test_a_data_folder_that_cannot_be_used(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    line = refused("serve", "--port", str(free_port()), "--data", str(tmp_path / place))
    assert "data folder" in line
    assert "--data" in line


def test_a_data_folder_whose_database_is_none(tmp_path: Path) -> None:
    (tmp_path / "botflow.sqlite3").write_text("This is no database. " * 100)
    line = refused("serve", "--port", str(free_port()), "--data", str(tmp_path))
    assert "botflow.sqlite3" in line


def test_a_second_server_on_the_same_data(serve: Callable[..., ServerProcess]) -> None:
    server = serve(ECHO)
    assert "Another server uses" in refused("serve", "--port", str(free_port()), "--data", str(server.data))


def test_what_visitors_wrote_is_for_nobody_else_on_the_machine(serve: Callable[..., ServerProcess]) -> None:
    server = serve(ECHO)
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in server.data.iterdir()}
    assert {"botflow.sqlite3", "server.lock"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def test_a_data_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    data_folder.take(tmp_path).close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750


def test_an_unknown_setting(tmp_path: Path) -> None:
    assert "did you mean BOTFLOW_PORT" in refused("serve", "--data", str(tmp_path), BOTFLOW_PROT="1")


@pytest.mark.parametrize("arguments", [["serve", "--port", "many"], ["serve", "--nothing"], ["serv"]])
def test_bad_arguments_are_usage_errors(arguments: list[str]) -> None:
    ended = subprocess.run([str(BOTFLOW), *arguments], capture_output=True, text=True, timeout=40)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def test_help_does_not_wait_for_the_servers_libraries() -> None:
    code = "import sys; from botflow.cli import main; main(['serve', '--help'], standalone_mode=False); " + (
        "sys.exit(any(name in sys.modules for name in ('flask', 'sqlalchemy', 'alembic', 'gunicorn')))"
    )
    python = BOTFLOW.with_name("python")
    assert subprocess.run([str(python), "-c", code], capture_output=True, timeout=40).returncode == 0
