"""The settings that every test runs under (tests/conftest.py)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parent.parent / "conftest.py"

SKIPS = {
    "marked": "import pytest\n\n@pytest.mark.skip(reason='later')\ndef test_it(): pass\n",
    "while running": "import pytest\n\ndef test_it(): pytest.skip('later')\n",
    "a whole module": "import pytest\n\npytest.skip('later', allow_module_level=True)\n",
    "a missing module": "import pytest\n\npytest.importorskip('no_such_module')\n",
}
SETTINGS_TEST = """
import os
from hypothesis import settings

def test_settings():
    assert settings().deadline is None
    assert settings().derandomize is (os.environ.get("CI") == "true")
    assert "BOTFLOW_DATA" not in os.environ
    assert "BOTFLOW_TEST_POSTGRES" in os.environ
"""


def run_pytest(folder: Path, test: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one test file beside a copy of our conftest.py."""
    shutil.copy(CONFTEST, folder)
    (folder / "test_one.py").write_text(test)
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | variables
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("skip", SKIPS.values(), ids=SKIPS)
def test_a_skip_fails_in_ci(tmp_path: Path, skip: str) -> None:
    finished = run_pytest(tmp_path, skip, CI="true")
    assert finished.returncode != 0
    assert "was skipped, which CI=true does not allow" in finished.stdout


def test_a_skip_passes_elsewhere(tmp_path: Path) -> None:
    finished = run_pytest(tmp_path, SKIPS["marked"])
    assert finished.returncode == 0
    assert "1 skipped" in finished.stdout


@pytest.mark.parametrize("ci", ["true", "false"])
def test_settings_do_not_depend_on_the_person_who_runs_them(tmp_path: Path, ci: str) -> None:
    finished = run_pytest(tmp_path, SETTINGS_TEST, CI=ci, BOTFLOW_DATA="elsewhere", BOTFLOW_TEST_POSTGRES="there")
    assert finished.returncode == 0, finished.stdout
