"""Each benchmark runs, once and on small data, so that `make bench` cannot rot. No time is judged here."""

import msgspec
import pytest

from tests.bench import __main__ as command
from tests.bench.machine import facts
from tests.bench.measure import SMALL, Figures, Row, beside, measured, row, with_goal
from tests.bench.peers.install import HERE
from tests.bench.registry import BENCHMARKS


@pytest.mark.parametrize("name", BENCHMARKS)
def test_runs_and_tells(name: str) -> None:
    rows = BENCHMARKS[name](SMALL)
    assert rows
    assert {one.benchmark for one in rows} == {name}
    assert len({one.name for one in rows}) == len(rows)
    assert all(one.us > 0 and one.wall_us > 0 and one.rounds for one in rows)
    assert any(one.goal for one in rows)
    assert msgspec.json.decode(msgspec.json.encode(rows), type=list[Row]) == rows
    assert command.table(rows).row_count == len(rows)


def test_rounds_take_turns_after_everything_was_tried() -> None:
    seen: list[str] = []
    figures = measured({"one": lambda: seen.append("one"), "two": lambda: seen.append("two")}, SMALL)
    assert seen == ["one", "two"] * 2
    assert [len(found.wall) for found in figures.values()] == [1, 1]


def test_a_row_is_the_median_of_its_rounds() -> None:
    figures = Figures(cpu=[3.0, 1.0, 2.0], wall=[30.0, 10.0, 20.0])
    ours = row("routing", "ours", figures)
    assert (ours.us, ours.wall_us, ours.rounds) == (2.0, 20.0, [3.0, 1.0, 2.0])
    assert row("routing", "ours", figures, "wall").us == 20.0
    assert [with_goal(ours, most).met for most in (2.0, 1.9)] == [True, False]
    assert beside(row("routing", "theirs", figures, "wall"), ours).ratio == 10.0


def test_the_machine_is_named() -> None:
    machine = facts()
    assert machine["python"].startswith("3.")
    assert msgspec.json.decode(msgspec.json.encode(machine)) == machine


def test_an_unknown_name_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["pasta"]) == 2
    assert "there is no benchmark 'pasta': take some of pizza, routing" in capsys.readouterr().err


def test_every_peer_in_python_is_readable() -> None:
    scripts = sorted((HERE / "python").glob("*.py"))
    assert scripts
    for script in scripts:
        compile(script.read_text(), script.name, "exec")


def test_every_version_is_pinned() -> None:
    listed = (HERE / "python" / "requirements.txt").read_text().split()
    assert listed
    assert [line for line in listed if "==" not in line] == []
    package = msgspec.json.decode((HERE / "node" / "package.json").read_bytes())
    assert all(version[0].isdigit() for version in package["dependencies"].values())
