"""Runs commands of botflow in this process, and in one of their own."""

import json
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from botflow.cli import main

BOTFLOW = Path(sys.executable).with_name("botflow")


def botflow(*arguments: object, stdin: str | bytes | None = None) -> Result:
    """What a command says and its exit status. An exception that it lets out is raised here."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(path: Path, value: Any) -> Path:
    """A file with a JSON value, a text or bytes."""
    if not isinstance(value, str | bytes):
        value = json.dumps(value)
    path.write_bytes(value if isinstance(value, bytes) else value.encode())
    return path
