"""Bring the virtual environment in .venv up to the pins; return at once when it already is.

    python scripts/environment.py run    what the server needs
    python scripts/environment.py dev    that, and what the tests and linters need

A stamp in .venv holds a digest of everything the environment is made from. It needs the standard library only.
"""

import hashlib
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PROJECTS = (ROOT / "runtime", ROOT)
SOURCES = (ROOT / "constraints.txt", *(project / "pyproject.toml" for project in PROJECTS))
# hatchling asks for it when it builds an editable installation
EDITABLE_BUILDS = "editables"
# for packages that are published as source only (http-ece)
SOURCE_BUILDS = ("setuptools", "wheel")
GROUPS: dict[str, tuple[str, ...]] = {"run": (), "dev": ("dev",)}


def digest(level: str) -> str:
    """Tell one state of the pins, the interpreter and the checkout's place from every other."""
    text = "\n".join([level, sys.version, str(ROOT), *(source.read_text() for source in SOURCES)])
    return hashlib.sha256(text.encode()).hexdigest()


def build_requirements() -> list[str]:
    """What builds our own distributions; installed first, as builds are not isolated from the pins."""
    names: set[str] = set()
    for project in PROJECTS:
        names.update(tomllib.loads((project / "pyproject.toml").read_text())["build-system"]["requires"])
    return sorted(names)


def pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    subprocess.run([*command, "--constraint", "constraints.txt", *arguments], cwd=ROOT, check=True)


def create() -> None:
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        sys.exit(f"{sys.executable} cannot make a virtual environment. On Debian: apt-get install python3-venv")


def install(level: str) -> None:
    pip("pip")
    pip(EDITABLE_BUILDS, *SOURCE_BUILDS, *build_requirements())
    groups = [argument for group in GROUPS[level] for argument in ("--group", group)]
    editables = [argument for project in PROJECTS for argument in ("--editable", str(project))]
    pip("--no-build-isolation", *groups, *editables)


def up_to_date(level: str) -> bool:
    stamp = VENV / f"{level}.stamp"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == digest(level)


def made_by_this_python() -> bool:
    """Whether .venv works and was made by the interpreter that runs this script."""
    command = [str(PYTHON), "-c", "import sys; print(sys.version)"]
    return PYTHON.exists() and subprocess.run(command, capture_output=True, text=True).stdout.strip() == sys.version


def main(level: str) -> None:
    if up_to_date(level):
        return
    print(
        f"Installing what botflow needs into {VENV.relative_to(ROOT)} (a minute or two the first time) ...", flush=True
    )
    if not made_by_this_python():
        create()
    try:
        install(level)
    except subprocess.CalledProcessError as error:
        sys.exit(f"Installing failed, see above. The command was: {' '.join(error.cmd)}")
    for satisfied in list(GROUPS)[: list(GROUPS).index(level) + 1]:
        (VENV / f"{satisfied}.stamp").write_text(digest(satisfied))


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in GROUPS:
        sys.exit(f"usage: python scripts/environment.py {{{'|'.join(GROUPS)}}}")
    main(sys.argv[1])
