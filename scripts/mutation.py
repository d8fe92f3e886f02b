"""Change the engine in small ways, one at a time, and list the changes that no test notices.

    .venv/bin/python -m scripts.mutation [NAME...]

mutmut wants the package beside its tests, so it works in a copy, mutants/, laid out that way. What it changes and
which tests it runs stands in pyproject.toml under [tool.mutmut]. NAMEs are mutants of an earlier run, to try again.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "mutants"
PARTS = {
    "runtime/botflow_runtime": "botflow_runtime",
    "tests": "tests",
    "examples": "examples",
    "schemas": "schemas",
    "pyproject.toml": "pyproject.toml",
}
MUTMUT = Path(sys.executable).parent / "mutmut"


def copy_parts() -> None:
    """Bring the copy up to date; mutmut keeps what it knows of unchanged functions."""
    for source, target in PARTS.items():
        if (ROOT / source).is_dir():
            shutil.rmtree(COPY / target, ignore_errors=True)
            shutil.copytree(ROOT / source, COPY / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, COPY / target)


def main(names: list[str]) -> int:
    COPY.mkdir(exist_ok=True)
    copy_parts()
    status = subprocess.run([str(MUTMUT), "run", *names], cwd=COPY).returncode
    subprocess.run([str(MUTMUT), "results"], cwd=COPY)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
