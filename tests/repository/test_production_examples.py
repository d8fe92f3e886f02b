"""The production examples can be read, and name only settings and commands that there are."""

import configparser
import re
from pathlib import Path

import pytest
import yaml

from botflow.cli import COMMANDS
from botflow.config import Settings, variable
from botflow.conversations.backlog import Backlog
from botflow.metrics import REGISTRY
from botflow.scrape import families

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "production"
PAGE = ROOT / "docs" / "how-to" / "run-in-production.md"
KNOWN = {variable(field) for field in Settings.model_fields}
UNITS = sorted(FOLDER.glob("*.service"))


@pytest.mark.parametrize("path", [*sorted(FOLDER.iterdir()), PAGE], ids=lambda path: path.name)
def test_every_setting_is_one(path: Path) -> None:
    assert set(re.findall(r"\bBOTFLOW_[A-Z_]+\b", path.read_text())) <= KNOWN


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_a_command(path: Path) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # its documented way to keep the case
    unit.read_string(path.read_text())
    program, command = unit["Service"]["ExecStart"].split()
    assert program.endswith("/bin/botflow")
    assert command in COMMANDS
    assert unit["Service"]["EnvironmentFile"] == "/etc/botflow/environment"


def test_the_environment_file_is_taken_as_it_is() -> None:
    lines = [line for line in (FOLDER / "environment").read_text().splitlines() if not line.startswith("#")]
    given = dict(line.split("=", 1) for line in lines)
    assert set(given) >= {"BOTFLOW_DATABASE", "BOTFLOW_REDIS", "BOTFLOW_SECRET_KEY"}


def test_compose_starts_every_process() -> None:
    services = yaml.safe_load((FOLDER / "compose.yaml").read_text())["services"]
    commands = [service["command"].split()[1] for service in services.values() if "command" in service]
    assert commands == ["web", "worker", "scheduler"]


def test_nginx_keeps_the_metrics_inside_and_passes_live_connections_on() -> None:
    text = (FOLDER / "nginx.conf").read_text()
    assert text.count("{") == text.count("}")
    for line in ("location = /metrics", "ip_hash;", "proxy_set_header Host $host;", "Upgrade $http_upgrade"):
        assert line in text


def test_the_page_tells_what_to_do_about_every_metric() -> None:
    names = {metric.name for metric in [*REGISTRY.collect(), *families(Backlog())]}
    assert names <= set(re.findall(r"botflow_[a-z_]+?(?=_total|_sum|_count|_bucket|\b)", PAGE.read_text()))
