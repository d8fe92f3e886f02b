"""A folder of scenario files that is kept in step with a server: what is in it, what git and the last visit know.

What the server had when it was last visited stands in `.botflow/`, which git leaves out. A file's former contents are
asked of git. So a change on the server that this folder has never seen is told from one that was made here.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote

import click
import msgspec

from botflow.commands.files import MOST_BYTES, UNREADABLE

STATE_FOLDER: Final = ".botflow"
STATE_FILE: Final = "seen.json"
SCENARIO_FORMAT: Final = "botflow.scenario/"
MOST_FORMER: Final = 500
"""Former contents of a file that git is asked for."""
GIT_SECONDS: Final = 60.0


class FolderError(click.ClickException):
    """The folder cannot be used: one line, exit status 2."""

    exit_code = UNREADABLE


class LocalFile(msgspec.Struct, frozen=True):
    """A scenario file: where, whose, and its text in canonical form, as it is where it has none."""

    path: Path
    chatbot: str
    text: bytes


class GitFolder:
    """The scenario files below a folder."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise FolderError(f"{folder}: there is no such folder")
        self.folder = folder
        self._seen: dict[str, str] = _read_seen(folder / STATE_FOLDER / STATE_FILE)

    @classmethod
    def made(cls, folder: Path) -> GitFolder:
        """The scenario files below a folder, which is made when missing. Raises FolderError."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderError(f"{folder}: cannot be made: {error.strerror}") from None
        return cls(folder)

    def files(self) -> dict[str, LocalFile]:
        """The scenario files by the ids of their chatbots. Raises FolderError when two have the same id."""
        found: dict[str, LocalFile] = {}
        for file in sorted(_scenario_files(self.folder), key=lambda file: file.path):
            other = found.setdefault(file.chatbot, file)
            if other is not file:
                raise FolderError(f"{file.path}: has the id {file.chatbot!r}, as {other.path} has; change one of them")
        return found

    def new_path(self, chatbot: str) -> Path:
        """Where the file of a chatbot goes that has none yet: a name that stays in the folder, whatever the id."""
        name = quote(chatbot, safe=" !()+,;=@[]")
        return self.folder / f"{'%2E' + name[1:] if name.startswith('.') else name}.json"

    def has_seen(self, file: LocalFile, text: bytes) -> bool:
        """Whether a text of the server is what was seen there last, or what the file held in some commit before."""
        return self._seen.get(file.chatbot) == _digest(text) or text in self._former(file.path)

    def is_safe(self, file: LocalFile) -> bool:
        """Whether the file can be replaced: it is as the server was seen last, or git has it."""
        return self._seen.get(file.chatbot) == _digest(file.text) or self._is_committed(file.path)

    def note_seen(self, chatbot: str, text: bytes) -> None:
        """Remember what the server has."""
        self._seen[chatbot] = _digest(text)

    def keep_seen(self) -> None:
        """Write down what the server has."""
        folder = self.folder / STATE_FOLDER
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n")
        content = msgspec.json.encode(self._seen, order="sorted")
        write_whole(folder / STATE_FILE, msgspec.json.format(content, indent=2))

    def _is_committed(self, path: Path) -> bool:
        name = self._name(path)
        inside = self._git("ls-files", "--error-unmatch", "--", name)
        return inside is not None and self._git("status", "--porcelain", "--", name) == b""

    def _former(self, path: Path) -> Iterator[bytes]:
        """What the file held in the commits that lead to the present one, newest first, in canonical form."""
        name = self._name(path)
        listed = self._git("log", f"--max-count={MOST_FORMER}", "--format=%H", "--", name) or b""
        for commit in listed.decode().split():
            content = self._git("show", f"{commit}:./{name}")
            if content is not None:
                yield canonical_bytes(content)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _git(self, *arguments: str) -> bytes | None:
        """What git says, None where it cannot: no git, no repository, no such file."""
        command = ["git", "-C", str(self.folder), *arguments]
        try:
            done = subprocess.run(command, capture_output=True, timeout=GIT_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout if done.returncode == 0 else None


def canonical_bytes(content: bytes) -> bytes:
    """A scenario's text in canonical form; what does not fit the format stays as it is."""
    from botflow_runtime import ScenarioError
    from botflow_runtime.canonical import canonical_text

    try:
        return canonical_text(content).encode()
    except ScenarioError:
        return content.removeprefix(b"\xef\xbb\xbf")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:100]}.", delete=False) as draft:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
        os.chmod(draft.name, path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        os.replace(draft.name, path)
    except OSError as error:
        raise FolderError(f"{path}: cannot be written: {error.strerror}") from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _scenario_files(folder: Path) -> Iterator[LocalFile]:
    for path in folder.rglob("*.json"):
        if any(part.startswith(".") for part in path.relative_to(folder).parts[:-1]):
            continue
        content = _content(path)
        chatbot = _chatbot_of(content)
        if chatbot is not None:
            yield LocalFile(path, chatbot, canonical_bytes(content))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError as error:
        raise FolderError(f"{path}: {error.strerror}") from None


def _chatbot_of(content: bytes) -> str | None:
    """The id in a scenario file, None where it is no such file."""
    try:
        raw = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None
    if not isinstance(raw, dict) or not str(raw.get("format", "")).startswith(SCENARIO_FORMAT):
        return None
    return raw["id"] if isinstance(raw.get("id"), str) and raw["id"] else None


def _read_seen(path: Path) -> dict[str, str]:
    """What the server had at the last visit; what cannot be read is as if there had been none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError):
        return {}


def _digest(text: bytes) -> str:
    return sha256(text).hexdigest()
