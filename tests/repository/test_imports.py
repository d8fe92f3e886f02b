"""Who may import whom: each contract of pyproject.toml catches an import that is planted against it."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"

# contract -> (a module of ours or a new one, the import that it must not contain)
PLANTED = {
    "engine-alone": [
        ("botflow_runtime/router.py", "import flask"),
        ("botflow_runtime/steps/planted.py", "import sqlalchemy.orm"),
        ("botflow_runtime/engine.py", "from botflow import db"),
    ],
    "engine-without-io": [
        ("botflow_runtime/steps/handover.py", "import socket"),
        ("botflow_runtime/templates.py", "import random"),
        ("botflow_runtime/router.py", "from botflow_runtime.driver import Driver"),
    ],
    "wiring-on-top": [
        ("botflow/db.py", "import botflow.app"),
        ("botflow/conversations/service.py", "from botflow import cli"),
        ("botflow/jobs/planted.py", "import botflow.commands.serve"),
    ],
    "rules-without-http": [
        ("botflow/planted/service.py", "from botflow.planted import api"),
        ("botflow/planted/models.py", "from botflow.planted import api"),
    ],
    "tables-without-rules": [("botflow/conversations/models.py", "from botflow.conversations import service")],
    "database-without-tables": [("botflow/db.py", "from botflow.conversations import models")],
    "own-tables": [
        ("botflow/planted/service.py", "from botflow.conversations.models import *"),
        ("botflow/jobs/planted.py", "from botflow.conversations import models"),
    ],
    "own-http": [("botflow/conversations/service.py", "from botflow.planted import api")],
    "channels-apart": [
        ("botflow/channels/planted/adapter.py", "from botflow.channels import webchat"),
        ("botflow/channels/planted/adapter.py", "from botflow.conversations import service"),
        ("botflow/channels/webchat/planted.py", "import botflow.db"),
        ("botflow/channels/google_oauth.py", "from botflow.senders import sealing"),
    ],
    "vendors-apart": [("botflow/vendor_sim/planted.py", "from botflow.channels.whatsapp import adapter")],
}
CASES = [(contract, *case) for contract, cases in PLANTED.items() for case in cases]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("imports")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Our two packages and their contracts, with one more domain that has all three parts."""
    ignored = shutil.ignore_patterns("__pycache__", "static")
    shutil.copytree(ROOT / "botflow", tmp_path / "botflow", ignore=ignored)
    shutil.copytree(ROOT / "runtime" / "botflow_runtime", tmp_path / "botflow_runtime", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in ("__init__", "api", "service", "models"):
        plant(tmp_path / "botflow" / "planted" / f"{name}.py", "")
    return tmp_path


def plant(module: Path, line: str) -> None:
    """Add a line to a module, which is made when it is new, with the packages around it."""
    module.parent.mkdir(parents=True, exist_ok=True)
    (module.parent / "__init__.py").touch()
    with module.open("a") as file:
        file.write(f"\n{line}\n")


def lint(folder: Path, cache: Path, contract: str) -> subprocess.CompletedProcess[str]:
    command = [str(LINT_IMPORTS), "--no-logo", "--cache-dir", str(cache), "--contract", contract]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_every_contract_is_tried() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]} == set(PLANTED)


@pytest.mark.parametrize(("contract", "module", "line"), CASES)
def test_a_planted_import_is_caught(copy: Path, cache: Path, contract: str, module: str, line: str) -> None:
    plant(copy / module, line)
    finished = lint(copy, cache, contract)
    assert finished.returncode == 1, finished.stdout
    assert "BROKEN" in finished.stdout
    assert module.removesuffix(".py").removesuffix("/__init__").replace("/", ".") in finished.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_the_code_as_it_is_keeps_the_contract(copy: Path, cache: Path, contract: str) -> None:
    finished = lint(copy, cache, contract)
    assert finished.returncode == 0, finished.stdout
