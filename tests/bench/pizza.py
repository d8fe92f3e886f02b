"""A whole conversation, turn by turn, beside the same one in other engines."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Final

import msgspec

from tests.bench.conversation import REPLIES
from tests.bench.measure import Figures, Plan, Row, beside, duration, row
from tests.bench.peers import install

NAME: Final = "pizza"
OURS: Final = "botflow"
FLOOR: Final = "floor: dict and json"
MOST_FLOORS: Final = 5.2
AHEAD_OF: Final = ("xstate", "transitions", "botbuilder (Node)", "botbuilder (Python)", "chatsky")
ROUNDS_A_PASS: Final = 3
SECONDS: Final = 300
"""More than this no engine may take for one pass."""

Command = list[str]


class Report(msgspec.Struct):
    """What each script prints."""

    cpu: list[float]
    wall: list[float]
    replies: tuple[str, ...]


def rows(plan: Plan) -> list[Row]:
    """One row an engine, ours first. Each runs in a process of its own, several times in turns."""
    figures = _measured(_commands(plan), plan)
    ours = row(NAME, OURS, figures.pop(OURS))
    return _judged(ours, [beside(row(NAME, name, found), ours) for name, found in figures.items()])


def _commands(plan: Plan) -> dict[str, Command]:
    scripts = install.HERE / "python"
    alone = {
        OURS: [sys.executable, "-m", "tests.bench.with_botflow"],
        FLOOR: [sys.executable, str(scripts / "floor.py")],
    }
    if plan.small:
        return alone
    python, node = str(install.python()), install.node_command()
    folder = install.node()
    return {
        **alone,
        "floor: dict and orjson": [python, str(scripts / "floor.py"), "orjson"],
        "xstate": [*node, str(folder / "with_xstate.mjs")],
        "transitions": [python, str(scripts / "with_transitions.py")],
        "botbuilder (Node)": [*node, str(folder / "with_botbuilder.mjs")],
        "botbuilder (Python)": [python, str(scripts / "with_botbuilder.py")],
        "chatsky": [python, str(scripts / "with_chatsky.py")],
    }


def _measured(commands: Mapping[str, Command], plan: Plan) -> dict[str, Figures]:
    figures = {name: Figures([], []) for name in commands}
    for _ in range(max(1, plan.rounds // ROUNDS_A_PASS)):
        for name, command in commands.items():
            found = _run(name, command, plan)
            figures[name].cpu.extend(found.cpu)
            figures[name].wall.extend(found.wall)
    return figures


def _run(name: str, command: Command, plan: Plan) -> Report:
    rounds = str(min(plan.rounds, ROUNDS_A_PASS))
    given = [*command, rounds, str(plan.seconds)]
    done = subprocess.run(given, cwd=install.ROOT, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} has failed: {done.stderr.decode()}")
    report = msgspec.json.decode(done.stdout, type=Report)
    if report.replies != REPLIES:
        raise RuntimeError(f"{name} said {report.replies}, not {REPLIES}")
    return report


def _judged(ours: Row, peers: list[Row]) -> list[Row]:
    """Ours may take so many floors; some peers have to take longer than we do."""
    most = MOST_FLOORS * next(peer.us for peer in peers if peer.name == FLOOR)
    goal = f"at most {MOST_FLOORS} floors ({duration(most)})"
    judged = [msgspec.structs.replace(ours, goal=goal, met=ours.us <= most)]
    for peer in peers:
        ahead = {"goal": "ours is ahead", "met": ours.us < peer.us} if peer.name in AHEAD_OF else {}
        judged.append(msgspec.structs.replace(peer, **ahead))
    return judged
