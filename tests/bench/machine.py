"""What the figures were measured on, and with what."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from tests.bench.peers import install

PACKAGES: Final = ("msgspec", "google-re2", "regex", "quickjs-ng", "RestrictedPython", "jsonschema", "psycopg")


def facts() -> dict[str, Any]:
    """The machine, the versions and the commit, as JSON values."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _printed("git", "describe", "--always", "--dirty"),
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "node": _printed(*install.node_command(), "--version"),
        "packages": {name: version(name) for name in PACKAGES},
    }


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _printed(*command: str) -> str:
    """What a command prints; nothing where it fails, as git does outside of a repository."""
    try:
        done = subprocess.run(command, cwd=install.ROOT, capture_output=True, text=True, timeout=60, check=False)
    except OSError:
        return ""
    return done.stdout.strip()
