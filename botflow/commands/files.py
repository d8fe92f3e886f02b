"""Scenario files as the commands take them: paths, folders, standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import click
import msgspec

STANDARD_INPUT: Final = "-"
UNREADABLE: Final = 2
"""Exit status when a file cannot be read or a command is used wrongly."""


class UnreadableFileError(click.ClickException):
    """A file that cannot be read: one line, exit status 2."""

    exit_code = UNREADABLE


class ScenarioFile(msgspec.Struct, frozen=True):
    """A file's name, as the user gave it, and what is in it."""

    name: str
    content: bytes

    @property
    def folder(self) -> Path:
        """Where names inside the file start from."""
        return Path(self.name).parent


def scenario_files(names: Iterable[str]) -> list[ScenarioFile]:
    """Read all that is named; a folder stands for the ``*.json`` in it. Raises UnreadableFileError."""
    return [ScenarioFile(name, _read(name)) for name in _expanded(names)]


def scenario_file(name: str) -> ScenarioFile:
    """Read one file, not a folder. Raises UnreadableFileError."""
    return ScenarioFile(name, _read(name))


def _expanded(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        path = Path(name)
        if name == STANDARD_INPUT or not path.is_dir():
            yield name
            continue
        inside = sorted(str(file) for file in path.glob("*.json"))
        if not inside:
            raise UnreadableFileError(f"{name}: there is no .json file in this folder")
        yield from inside


def _read(name: str) -> bytes:
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{name}: {getattr(error, 'strerror', None) or error}") from None
