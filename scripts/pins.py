"""Write constraints.txt: one `name==version` for everything our two distributions need, as installed in .venv.

    .venv/bin/python scripts/pins.py

To add or renew a dependency: name it in a pyproject.toml, install it into .venv, run this, commit both files.
"""

import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECTS = (ROOT / "pyproject.toml", ROOT / "runtime" / "pyproject.toml")
CONSTRAINTS = ROOT / "constraints.txt"
# what scripts/environment.py installs with
INSTALLERS = ("pip", "editables", "setuptools", "wheel")
OURS = {"botflow", "botflow-runtime"}
HEADER = "# What every installation of botflow is tested with. Written by scripts/pins.py.\n"


def named_requirements() -> Iterator[Requirement]:
    """What the two pyproject.toml files ask for: to build, to run, and to develop."""
    yield from map(Requirement, INSTALLERS)
    for project in PROJECTS:
        settings: dict[str, Any] = tomllib.loads(project.read_text())
        groups = settings.get("dependency-groups", {}).values()
        named = [settings["build-system"]["requires"], settings["project"]["dependencies"], *groups]
        yield from (Requirement(text) for texts in named for text in texts)


def needed_by(requirement: Requirement) -> Iterator[Requirement]:
    """What an installed distribution asks for in turn, with the extras that were asked for."""
    for text in distribution(requirement.name).requires or ():
        needed = Requirement(text)
        if any(applies(needed, extra) for extra in ("", *requirement.extras)):
            yield needed


def applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def pins() -> dict[str, str]:
    """Name to version of everything needed, directly or not. Raises SystemExit where something is not installed."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    waiting = list(named_requirements())
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if str(requirement) in seen or name in OURS:
            continue
        seen.add(str(requirement))
        try:
            found[name] = distribution(name).version
        except PackageNotFoundError:
            raise SystemExit(f"{name} is not installed: .venv/bin/python -m pip install '{requirement}'") from None
        waiting.extend(needed_by(requirement))
    return found


def constraints() -> str:
    """The text of constraints.txt for the environment that runs this."""
    return HEADER + "".join(f"{name}=={version}\n" for name, version in sorted(pins().items()))


if __name__ == "__main__":
    CONSTRAINTS.write_text(constraints())
