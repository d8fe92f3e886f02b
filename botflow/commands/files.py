"""Scenario files as the commands take them: paths, folders, standard input."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import click
import msgspec

STANDARD_INPUT: Final = "-"
MOST_BYTES: Final = 100_000_000
"""A file that is larger is neither a scenario nor a recording."""
CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What could steer a terminal, or turn around the order in which it shows what follows."""
UNREADABLE: Final = 2
"""Exit status when a file cannot be read or a command is used wrongly."""


class UnreadableFileError(click.ClickException):
    """A file that cannot be read: one line, exit status 2."""

    exit_code = UNREADABLE


class FileKind(NamedTuple):
    """A kind of files: its name, its endings, and the field by which a JSON object is known to be of it."""

    name: str
    endings: tuple[str, ...]
    field: str


SCENARIOS: Final = FileKind("scenario", (".json",), "format")
TRANSCRIPTS: Final = FileKind("transcript", (".yaml", ".yml", ".json"), "turns")
KINDS: Final = (SCENARIOS, TRANSCRIPTS)


class ScenarioFile(msgspec.Struct, frozen=True):
    """A file's name, as the user gave it, and what is in it."""

    name: str
    content: bytes


def scenario_files(names: Iterable[str]) -> list[ScenarioFile]:
    """Read all that is named; a folder stands for the scenarios in it. Raises UnreadableFileError."""
    return [ScenarioFile(name, _read(name)) for name in expanded(names, SCENARIOS)]


def scenario_file(name: str) -> ScenarioFile:
    """Read one file, not a folder. Raises UnreadableFileError."""
    return ScenarioFile(name, _read(name))


def printable(text: str) -> str:
    """A text of a file as a terminal may be given it: control characters are spelled out."""
    return CONTROL.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def in_one_line(text: object) -> str:
    """What is said of one problem, in one line, whatever names the file has given."""
    return printable("\\n".join(str(text).splitlines()))


def expanded(names: Iterable[str], kind: FileKind) -> Iterator[str]:
    """The names, a folder replaced by the files in it that may be of the kind. Raises UnreadableFileError."""
    for name in names:
        if name == STANDARD_INPUT or not os.path.isdir(name):
            yield name
            continue
        files = sorted(str(file) for file in Path(name).iterdir() if file.suffix in kind.endings)
        inside = [file for file in files if not _is_of_another_kind(file, kind)]
        if not inside:
            raise UnreadableFileError(f"{name}: there is no {kind.name} ({', '.join(kind.endings)}) in this folder")
        yield from inside


def _is_of_another_kind(name: str, kind: FileKind) -> bool:
    """Whether a file is surely not of the kind: a JSON object with the field of another kind, and not with its own."""
    if not name.endswith(".json"):
        return False
    try:
        value = msgspec.json.decode(_read(name))
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return False
    return isinstance(value, dict) and kind.field not in value and any(other.field in value for other in KINDS)


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    if name != STANDARD_INPUT:
        return open(name, "rb")
    if sys.stdin is None:
        raise ValueError("standard input is closed")
    return nullcontext(sys.stdin.buffer)


def _read(name: str) -> bytes:
    try:
        with _opened(name) as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{name}: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > MOST_BYTES:
        raise UnreadableFileError(f"{name}: larger than {MOST_BYTES:,} bytes")
    return content
