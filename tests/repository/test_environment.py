"""When .venv is brought up to date again (scripts/environment.py)."""

from pathlib import Path

import pytest

from scripts import environment


@pytest.fixture
def pins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pins of one line, and an environment that was made from them."""
    pins = tmp_path / "constraints.txt"
    pins.write_text("flask==3.1.3\n")
    monkeypatch.setattr(environment, "SOURCES", (pins,))
    monkeypatch.setattr(environment, "VENV", tmp_path)
    (tmp_path / "run.stamp").write_text(environment.digest("run"))
    return pins


def test_nothing_is_done_while_the_pins_are_the_same(pins: Path) -> None:
    pins.touch()
    assert environment.up_to_date("run")


def test_a_changed_pin_is_installed(pins: Path) -> None:
    pins.write_text("flask==3.1.4\n")
    assert not environment.up_to_date("run")


def test_what_the_server_needs_is_not_all_that_the_tests_need(pins: Path) -> None:
    assert not environment.up_to_date("dev")


def test_an_environment_without_python_is_made_anew(pins: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "PYTHON", pins.parent / "bin" / "python")
    assert not environment.up_to_date("run")
