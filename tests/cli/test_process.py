"""Commands as processes: signals, pipes that close, and a quick start."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import BOTFLOW, written
from tests.runtime.bots import ask, document, say

HEAVY = ("flask", "flask_socketio", "sqlalchemy", "sqlmodel", "alembic", "gunicorn", "jsonschema", "rich")
"""What the server or a mistake needs: a command on a good file waits for none of it."""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    return written(tmp_path / "a.json", document(ask("name", ["done"], save_as="name"), say("done", final=True)))


def test_ctrl_c_ends_a_chat_quietly_and_keeps_its_recording(scenario: Path, tmp_path: Path) -> None:
    recording = tmp_path / "recording.json"
    arguments = [str(BOTFLOW), "chat", str(scenario), "--record", str(recording)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as chat:
        assert chat.stdout is not None
        assert chat.stderr is not None
        chat.stdout.readline()
        assert chat.stdout.readline() == b"bot: name?\n"
        chat.send_signal(signal.SIGINT)
        assert chat.wait(timeout=30) == 130
        assert chat.stderr.read() == b""
    assert json.loads(recording.read_bytes())["format"] == "botflow.recording/1"


@pytest.mark.parametrize("command", [["schema", "turn"], ["fmt", "--stdout"], ["graph"], ["validate"]])
def test_a_reader_that_leaves_early_is_no_error(scenario: Path, command: list[str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    file = [] if command[0] == "schema" else [str(scenario)]
    ended = subprocess.run([str(BOTFLOW), *command, *file], stdout=write_end, stderr=subprocess.PIPE, timeout=60)
    os.close(write_end)
    assert ended.stderr == b""


def test_closed_standard_input_is_said() -> None:
    arguments = ["sh", "-c", f"exec '{BOTFLOW}' validate - <&-"]
    ended = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "Error: -: standard input is closed\n"


@pytest.mark.parametrize("command", ["validate", "fmt", "graph"])
def test_a_command_imports_what_it_needs_only(scenario: Path, command: str) -> None:
    code = (
        "import contextlib, sys; from botflow.cli import main\n"
        "with contextlib.suppress(SystemExit): main(sys.argv[1:], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, command, str(scenario)], capture_output=True, text=True, timeout=60
    )
    *said, heavy = ended.stdout.splitlines()
    assert said, ended.stderr
    assert heavy == "[]"


def test_help_starts_at_once() -> None:
    """Processor time, which a busy machine does not stretch as it does the time on the clock."""
    before = os.times()
    subprocess.run([str(BOTFLOW), "--help"], capture_output=True, timeout=60, check=True)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 1.5
