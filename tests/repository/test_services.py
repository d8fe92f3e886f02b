"""What the tests talk to (scripts/services.py), and the Python that installs it all (scripts/find_python.sh)."""

import os
import socket
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scripts import services
from scripts.services import BROWSERS, SERVICES, Service

ROOT = Path(__file__).parent.parent.parent
NOWHERE = "127.0.0.1:1"
NAMES = [service.package for service in SERVICES]
# all of them, unless the person at the keyboard uses servers of another machine
INSTALLED = [service for service in SERVICES if all(map(services.program, service.programs))]


@pytest.mark.parametrize("service", INSTALLED, ids=[service.package for service in INSTALLED])
def test_a_private_server_runs_for_as_long_as_it_is_needed(service: Service) -> None:
    with services.running(service) as address:
        assert address != service.address
        assert service.answers(urlsplit(address))
    assert not service.answers(urlsplit(address))


@pytest.mark.parametrize("service", SERVICES, ids=NAMES)
def test_a_named_server_that_does_not_answer_is_an_error(service: Service) -> None:
    parts = urlsplit(service.address)
    address = parts._replace(netloc=parts.netloc.replace(f"127.0.0.1:{parts.port}", NOWHERE)).geturl()
    with pytest.raises(SystemExit, match=f"Nothing answers at {service.variable}"):
        services.silent_services({service.variable: address})


def test_what_is_missing_is_named_as_debian_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "program", lambda name: None)
    assert services.missing_packages(list(SERVICES), {}) == [*NAMES, "chromium", "firefox-esr"]
    assert services.missing_packages([], {browser.variable: "a browser" for browser in BROWSERS}) == []


@pytest.mark.parametrize(
    ("installer", "expected"),
    [("/usr/bin/apt-get", "Install them with: sudo sh -c 'apt-get update"), (None, "On macOS: brew install")],
)
def test_who_may_not_install_is_told_the_command(
    monkeypatch: pytest.MonkeyPatch, installer: str | None, expected: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: installer)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="The tests need postgresql, chromium") as refused:
        services.install(["postgresql", "chromium"])
    assert expected in str(refused.value)


def test_a_server_that_does_not_start_shows_its_log() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        redis = SERVICES[-1]
        broken = Service(
            redis.variable, redis.address, redis.package, redis.programs, lambda address: False,
            lambda folder, _: redis.commands(folder, port),
        )  # fmt: skip
        with pytest.raises(SystemExit, match=r"(?s)redis-server does not start:.*in use"), services.running(broken):
            pass


def find_python(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{folder}:/usr/bin:/bin", **variables}
    script = ROOT / "scripts" / "find_python.sh"
    return subprocess.run(["/bin/sh", str(script)], env=environment, capture_output=True, text=True)


def fake_python(path: Path, version: tuple[int, int]) -> None:
    """A program that answers as a Python of that version would."""
    new_enough = version >= (3, 11)
    path.write_text(f"""#!/bin/sh
if [ "$1" = --version ]; then echo "Python {version[0]}.{version[1]}"; else exit {0 if new_enough else 1}; fi
""")
    os.chmod(path, 0o755)


def test_an_old_python_is_refused_with_what_to_do(tmp_path: Path) -> None:
    old = tmp_path / "python"
    fake_python(old, (3, 9))
    finished = find_python(tmp_path, PYTHON=str(old))
    assert finished.returncode == 1
    assert "botflow needs Python 3.11 or later, and found Python 3.9." in finished.stderr
    assert "make run PYTHON=" in finished.stderr


def test_a_newer_python_beside_an_old_one_is_found(tmp_path: Path) -> None:
    fake_python(tmp_path / "python3", (3, 9))
    fake_python(tmp_path / "python3.14", (3, 14))
    assert find_python(tmp_path).stdout.strip() == str(tmp_path / "python3.14")
